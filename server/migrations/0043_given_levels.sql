-- A level that a member has besides what the measure gives has a first day, and is remembered when it is over, for sales of its days that come late.

-- [[level, first local day, last or null, "hand" or "return"], …]; null: nothing was given
alter table member_tier add column given jsonb check (jsonb_typeof(given) = 'array');

-- The owner sees no row of any program.
reset role;

-- Of what was given by hand the history of the level knows the day; a grant that has no row there counts from the last look before it.
with made as (
  select t.program_id, t.member_id, coalesce((select max(c.at) from member_tier_change c where c.program_id = t.program_id and c.member_id = t.member_id and c.reason = 'granted') at time zone p.time_zone, t.checked_on)::date as given_on
  from member_tier t join program p on p.id = t.program_id where t.grant_level is not null
)
update member_tier t set given = jsonb_build_array(jsonb_build_array(t.grant_level, made.given_on, t.grant_until, 'hand'))
from made where made.program_id = t.program_id and made.member_id = t.member_id;

-- Where returns left levels, a standing could be higher than purchases tell: what each member has today is left to them to its end, and the rest
-- is told anew (no ladder has the number 0).
with keeping as (
  select distinct on (v.program_id) v.program_id, v.definition ->> 'returns' = 'keepLevel' as keeps, (v.definition ->> 'graceDays')::int as grace
  from tier_ladder_version v join program p on p.id = v.program_id
  where v.effective_on <= (coalesce(p.test_now, now()) at time zone p.time_zone)::date order by v.program_id, v.no desc
)
update member_tier t set ladder_no = 0, given = case when t.level is null or t.level = t.grant_level then t.given
  else coalesce(t.given, '[]') || jsonb_build_array(jsonb_build_array(t.level, t.since, t.until + keeping.grace, 'return')) end
from keeping where keeping.program_id = t.program_id and keeping.keeps;
