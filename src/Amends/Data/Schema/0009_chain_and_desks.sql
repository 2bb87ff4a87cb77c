-- The message whose words an event is about; from here on the chain covers a keyed digest of those words, too.
alter table events add column message_id bigint;

-- Whose newest case is oldest.
create index cases_owner on cases (owner_id, number) where owner_id is not null;
