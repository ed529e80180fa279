-- Where a program asks for two people, one asks to book or undo a repair, to publish or end a goal, and another one agrees: who, when, which step (and, of a repair, the reason).
alter table repair add column proposal jsonb, add check (proposal is null or state in ('ready', 'booked'));
alter table goal add column proposal jsonb, add check (proposal is null or state <> 'ended');
