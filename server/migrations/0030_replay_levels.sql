-- Results of replays tell of levels, of members who cross a price, and of facts that history knows only as they are today. What was counted
-- before did not look at that: its prices are gone, the rest stays.
update replay set result = (result - 'unknownFacts') || '{"presentFacts": [], "thresholds": [], "levels": null}' where result is not null;
update repair set result = (result - 'unknownFacts') || '{"presentFacts": []}' where result is not null;
