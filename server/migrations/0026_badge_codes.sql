-- The code by which rules name a badge they give; null: rules cannot give it.
alter table badge add column code text collate "C" check (code ~ '^[a-z][a-z0-9-]{0,39}$');
create unique index badge_code on badge (program_id, code);
