-- A token that acts for one of us: their role and limits hold, and it ends when they go. Null for a program that acts for itself.
alter table api_tokens add column acts_as bigint references people (id);
create index api_tokens_acts_as on api_tokens (acts_as) where acts_as is not null;
