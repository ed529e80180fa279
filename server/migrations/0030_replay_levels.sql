-- Results of replays tell of levels, of members who cross a price, and of facts that history knows only as they are today. What was counted
-- before did not look at that: its prices are gone, the rest stays. A repair
-- names the members that it leaves out; null: it cannot be booked at all.
update replay set result = (result - 'unknownFacts') || '{"presentFacts": [], "thresholds": [], "levels": null}' where result is not null;
update repair set result = (result - 'unknownFacts') || '{"presentFacts": [], "goals": [], "levels": null}'
  || jsonb_build_object('leftOut', case when (result ->> 'differing')::int8 = 0 then '[]'::jsonb end) where result is not null;
