-- The books: two lines an entry, numbered without a gap, each chained to the one before. Rows are added, never changed.
create table ledger_lines (
    number bigint primary key,
    entry bigint not null,                    -- the number of its first line
    kind integer not null,                    -- 1 owed, 2 paid, 3 reversed
    booked_on text not null,
    at bigint not null,
    case_number bigint not null,
    remedy_id integer not null,
    remedy_kind integer not null,
    account integer not null,
    account_code text not null,
    cost_centre text not null,
    minor bigint not null,                    -- debited; what is credited is negative
    currency text not null,
    tax_points integer not null,              -- hundredths of a per cent
    tax_minor bigint not null,
    order_ref text not null,
    payment_ref text not null,
    reversal_of bigint,                       -- the entry that this one turns round
    approved_by text not null,
    hash {blob} not null
);
create index ledger_lines_remedy on ledger_lines (case_number, remedy_id, kind);
create index ledger_lines_day on ledger_lines (booked_on, number);

-- The last number and its hash. Whoever writes holds this row until the transaction ends, so no number is lost or given twice.
create table ledger_head (
    id integer primary key,
    number bigint not null,
    hash {blob} not null
);
create index events_remedies on events (at) where kind in ('remedy_added', 'remedy_done');
