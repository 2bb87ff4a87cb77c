-- What stands out among complaints. One of a name is open at a time; what was decided stays.
create table alerts (
    id {id},
    alert_key text not null,
    rule integer not null,
    category text not null,
    product text not null,
    from_day text not null,
    to_day text not null,
    observed integer not null,
    expected_milli bigint,                    -- thousandths
    exposure bigint,
    p_nano bigint,                            -- the chance, in billionths
    first_at bigint not null,
    last_at bigint not null,                  -- when it stood out last
    state integer not null,                   -- 1 open, 2 taken up, 3 set aside
    decided_by bigint references people (id),
    decided_at bigint,
    words text not null default ''
);
create unique index alerts_open on alerts (alert_key) where state = 1;
create index alerts_last on alerts (last_at);

create table alert_cases (
    alert_id bigint not null references alerts (id),
    case_number bigint not null references cases (number),
    primary key (alert_id, case_number)
);
