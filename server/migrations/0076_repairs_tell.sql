-- Whom a step of a repair tells: members by e-mail, other systems by their webhooks. Nobody, unless it is asked for.
alter table repair
  add book_tells text[] not null default '{}' check (book_tells <@ array['members', 'systems']),
  add undo_tells text[] not null default '{}' check (undo_tells <@ array['members', 'systems']);
