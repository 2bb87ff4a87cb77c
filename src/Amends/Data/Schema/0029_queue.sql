-- How early a case comes among those that are due, what rests, what waits for an answer, and what is hard.
alter table cases add column urgency integer not null default 3;
alter table cases add column snoozed_until bigint;
alter table cases add column reply_due_at bigint;
alter table cases add column is_hard integer not null default 0;
update cases set urgency = 1, is_hard = 1 where severity = 2 and closed_at is null;

-- The lists sort what is due by urgency, so the index has it at its end, and closed_at, which SQLite would otherwise look up: the case
-- itself is not looked at.
drop index cases_open_owner;
create index cases_open_owner on cases (owner_id, next_contact_at, number, urgency, closed_at) where closed_at is null;
drop index cases_open_promise;
create index cases_open_promise on cases (next_contact_at, number, urgency, closed_at) where closed_at is null;
drop index cases_others;
create index cases_others on cases (next_contact_at, number, kind, closed_at) where closed_at is null and kind <> 1;
create index cases_hard on cases (next_contact_at, number) where is_hard = 1 and closed_at is null;
