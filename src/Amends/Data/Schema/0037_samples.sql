-- A share of what was closed as taken back, duplicate or not ours, and of the mail that was left out, is looked at once more.
create index cases_ended_otherwise on cases (closed_at) where close_reason in (3, 4, 5);
alter table intake add column second_look integer not null default 0; -- 1 waits for a lead, 2 rightly left out, 3 it was a complaint
alter table intake add column looked_at bigint;
alter table intake add column looked_by text;
create index intake_second_look on intake (id) where second_look = 1;
create index intake_left_out on intake (done_at) where state = 4;

-- What the reports on check-backs, samples and follow-on letters count.
create index events_after on events (at) where kind in ('check_back_answered', 'case_closed', 'second_look_taken');
create index intake_looked on intake (looked_at) where looked_at is not null;
