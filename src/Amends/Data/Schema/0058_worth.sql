-- What the company believes of a figure that nobody has counted here: each change is a row, the newest counts.
create table assumption_changes (
    id {id},
    name text not null,                       -- the assumption's key
    low bigint not null,                      -- millionths
    middle bigint not null,
    high bigint not null,
    source text not null,
    dated text not null,
    grade integer not null,                   -- 1 folklore, 2 survey, 3 own data
    person_id bigint not null references people (id),
    at bigint not null
);
create index assumption_changes_name on assumption_changes (name, id);

-- What was spent on finding customers in a month, and how many came.
create table acquisition_spend (
    month text primary key,                   -- 2026-03
    minor bigint not null,
    currency text not null,
    new_customers integer not null,
    told_at bigint not null
);

-- Customers who had a problem and were asked whether they told us.
create table voice_surveys (
    id {id},
    asked_on text not null,                   -- a day, ISO 8601
    asked integer not null,
    told integer not null,
    how text not null,
    person_id bigint not null references people (id),
    at bigint not null
);

-- The last sign of work of each of us, until the next one takes its place; and what cases took, of all who worked on them together.
create table work_signs (
    person_id bigint primary key references people (id),
    case_number bigint not null references cases (number),
    at bigint not null
);
create table case_work (
    case_number bigint not null references cases (number),
    day text not null,                        -- at the desk, ISO 8601
    seconds bigint not null,
    primary key (case_number, day)
);
create index case_work_day on case_work (day);

-- What a complaint cost besides, written down by hand: minutes, parcels, goods that are worth nothing any more, margin that was lost.
create table case_costs (
    id {id},
    case_number bigint not null references cases (number),
    kind integer not null,                    -- 1 minutes, 2 shipping, 3 written off, 4 lost margin
    minutes integer not null,
    minor bigint not null,
    currency text not null,
    why text not null,
    at bigint not null
);
create index case_costs_case on case_costs (case_number);
create index case_costs_at on case_costs (at);
