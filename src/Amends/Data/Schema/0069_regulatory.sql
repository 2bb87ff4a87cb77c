-- What returns to regulators count of each complaint, kept with the facts of reports and always to be had from the log again.
create table regulatory_facts (
    case_number bigint primary key,
    received_day integer not null,            -- days of the company, from 1 January 1 on
    received_at bigint not null,
    settled_day integer,                      -- a final response went out, or the customer accepted or took it back
    settled_at bigint,
    settled_by integer not null,              -- 0 not, 1 final response, 2 acceptance, 3 taken back
    week integer not null,                    -- how long it took, in bands of weeks, and of business days and weeks; 0 while it is outstanding
    quick integer not null,
    ended_day integer,                        -- closed here, for whatever reason; null while it is open
    outcome integer not null,                 -- 0 nothing decided, 1 upheld, 2 rejected
    category text not null,                   -- empty while there is none
    needs_support integer not null,
    represented integer not null
);
create index regulatory_settled on regulatory_facts (settled_day, received_day, outcome, category, ended_day, case_number);
create index regulatory_received on regulatory_facts (received_day, category, case_number);

-- Money that left us, or came back: the account 3.
create index ledger_money on ledger_lines (booked_on, case_number, currency, minor) where account = 3;
