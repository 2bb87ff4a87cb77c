-- The telephone's list of calls, for counting alone: when, which way, how long, and how many calls are the same in all three. Neither whose number nor who of us.
create table phone_calls (
    at bigint not null,
    inbound integer not null,                 -- 1 they rang
    seconds integer not null,                 -- 0 when nobody answered
    calls integer not null,
    primary key (at, inbound, seconds)
);

-- How many of us were on the phone on a day (UTC, days since 1970), so that no mean tells how long one person takes.
create table phone_days (
    day bigint primary key,
    people integer not null
);

-- What the staffing report counts, along the time at which it came. All columns of the first condition are in it, so that no message is read.
create index messages_came on messages (at, channel, direction, automatic) where direction = 1 and automatic = 0;
create index events_calls on events (at) where kind in ('call_logged', 'they_rang');
create index cases_by_phone on cases (opened_at) where channel = 2;
