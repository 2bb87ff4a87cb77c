-- What was counted about a customer and is explained: it counts no more.
create table signal_corrections (
    id {id},
    customer_id bigint not null references customers (id),
    kind integer not null,
    why text not null,
    person_id bigint not null references people (id),
    at bigint not null
);
create index signal_corrections_customer on signal_corrections (customer_id);

-- What was looked at in the sample of a month's gifts, and what was found.
create table gift_checks (
    month text not null,                      -- 2026-03, at the desk
    case_number bigint not null references cases (number),
    offer_id integer not null,
    person_id bigint not null references people (id),
    at bigint not null,
    is_right integer not null,
    words text not null,
    primary key (month, case_number, offer_id)
);
