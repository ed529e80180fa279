-- Codes of the levels whose members may take the reward; empty: everybody may.
alter table reward add column levels text[] not null default '{}';
