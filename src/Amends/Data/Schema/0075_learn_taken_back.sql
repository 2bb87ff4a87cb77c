-- A lead may take an approved story back, with a reason; it stays here and is shown to nobody but leads. The log has a line of JSON for each approval and each taking back.
alter table learn_cases add column taken_back_at bigint;
alter table learn_cases add column taken_back_by bigint references people (id);
alter table learn_cases add column taken_back_why text not null default '';
alter table learn_cases add column log text not null default '';
