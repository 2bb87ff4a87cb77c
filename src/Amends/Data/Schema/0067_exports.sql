-- Long files that somebody asked for. One node makes each; the file lies in pieces, so that every node can give it out.
create table exports (
    id {id},
    person_id bigint references people (id),  -- who asked, or for whom a program did
    token_id bigint references api_tokens (id), -- a program that acts for nobody
    by_name text not null,
    what integer not null,                    -- 1 cases, 2 messages, 3 events, 4 ledger, 5 orders, 6 promises, 7 answers
    from_day text,                            -- ISO 8601 days of the company, both included
    to_day text,
    category text,
    cases_in integer not null default 0,      -- 0 all, 1 open, 2 closed
    format integer not null,                  -- 1 CSV, 2 workbook
    state integer not null,                   -- 1 waiting, 2 running, 3 done, 4 cancelled, 5 failed, 6 removed
    row_count bigint not null default 0,
    total bigint,                             -- counted before the first row is written
    byte_count bigint not null default 0,     -- of the file
    at_id bigint not null default 0,          -- the newest row that is written, by the id of its table
    note text not null default '',            -- what its reader must know
    asked_at bigint not null,
    begun_at bigint,
    ended_at bigint,
    lease_until bigint not null default 0,
    epoch bigint not null default 0,          -- how often it was begun; whoever has an older one writes nothing
    tries integer not null default 0          -- how often it failed
);
create index exports_person on exports (person_id, id);
create index exports_token on exports (token_id, id) where token_id is not null;
create index exports_due on exports (id) where state in (1, 2);

-- The file, in pieces of at most 1 MiB before packing. In no backup.
create table export_pieces (
    export_id bigint not null references exports (id),
    epoch bigint not null,
    piece integer not null,
    size integer not null,                    -- unpacked
    packed integer not null,                  -- 1: compressed
    data {blob} not null,
    primary key (export_id, epoch, piece)
);
