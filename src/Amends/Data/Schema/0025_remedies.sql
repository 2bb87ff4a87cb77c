-- What is sent back to us: its number, and the carrier's, by which scans find it.
create table returns (
    number text primary key,
    case_number bigint not null references cases (number),
    remedy_id integer not null,
    tracking text
);
create index returns_case on returns (case_number, remedy_id);
create index returns_tracking on returns (tracking) where tracking is not null;

-- The last number of a return; whoever takes the next one holds this row, so that none is left out.
create table return_numbers (
    id integer primary key,
    last bigint not null
);

-- Windows for visits that are held for a customer, or agreed.
create table visit_times (
    case_number bigint not null references cases (number),
    remedy_id integer not null,
    from_at bigint not null,
    to_at bigint not null,
    primary key (case_number, remedy_id, from_at)
);
create index visit_times_to on visit_times (to_at);

-- Codes of vouchers and credit, and what is left of each: what we owe is their sum.
create table vouchers (
    code text primary key,
    case_number bigint not null references cases (number),
    remedy_id integer not null,
    currency text not null,
    face_minor bigint not null,
    left_minor bigint not null,
    expires_at bigint
);
create index vouchers_case on vouchers (case_number);
create index vouchers_left on vouchers (case_number, code) where left_minor > 0;
