-- When we owe the customer a call; the list of calls is read along it.
alter table cases add column call_at bigint;
create index cases_call on cases (call_at, number) where call_at is not null;

-- Times for calls that are taken: one a case at the most.
create table call_times (
    case_number bigint primary key references cases (number),
    from_at bigint not null,
    to_at bigint not null
);
create index call_times_to on call_times (to_at);

-- Whoever takes a time holds this one row until the transaction ends, so that nobody counts while another is adding.
create table call_turns (
    id integer primary key,
    turn bigint not null
);
