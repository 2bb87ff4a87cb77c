-- People who work here.
create table people (
    id {id},
    name text not null,
    email text not null,
    email_key text not null unique,           -- folded, for look-ups
    role integer not null,
    password_hash text,                       -- null until the invitation is accepted
    active integer not null default 1,
    available integer not null default 1,     -- takes new cases
    preferences text not null default '{}',
    created_at bigint not null
);

-- People who bought something, or might have.
create table customers (
    id {id},
    name text not null,
    phone text,
    language text,
    place text,
    since bigint not null,
    created_at bigint not null,
    text_key {blob} not null                  -- keys the digests of this person's words in the event chain; erasing it erases the link
);

create table customer_addresses (
    address_key text primary key,             -- folded
    address text not null,
    customer_id bigint not null references customers (id)
);
create index customer_addresses_customer on customer_addresses (customer_id);

create table orders (
    id {id},
    customer_id bigint not null references customers (id),
    number text not null,
    number_key text not null unique,
    placed_at bigint not null,
    total_minor bigint not null,
    currency text not null,
    product text not null default '',
    lot text not null default '',
    carrier text not null default '',
    status text not null default ''
);
create index orders_customer on orders (customer_id, placed_at);

-- A case: its whole state as one document, beside it what lists sort and filter by.
create table cases (
    number {id},
    version bigint not null,
    customer_id bigint not null references customers (id),
    owner_id bigint references people (id),
    stage integer not null,
    kind integer not null,
    channel integer not null,
    severity integer not null,
    subject text not null,
    preview text not null default '',         -- the newest words, for the list
    opened_at bigint not null,
    closed_at bigint,
    close_reason integer,
    wake_at bigint,                           -- the earliest alarm
    next_contact_at bigint,                   -- the open promise
    missed integer not null default 0,        -- it is overdue
    fix_due_at bigint,                        -- the last open remedy
    check_back_at bigint,
    last_message_at bigint not null,
    waits_for_us integer not null default 1,  -- the customer spoke last
    order_id bigint references orders (id),
    chain_length integer not null,
    chain_head {blob} not null,
    state text not null
);
create index cases_wake on cases (wake_at) where wake_at is not null;
create index cases_open_owner on cases (owner_id, next_contact_at) where closed_at is null;
create index cases_open_promise on cases (next_contact_at) where closed_at is null;
create index cases_customer on cases (customer_id, opened_at);
create index cases_stage on cases (stage, next_contact_at);
create index cases_closed on cases (closed_at) where closed_at is not null;

-- What happened: append-only, one hash chain a case.
create table events (
    id {id},
    case_number bigint not null references cases (number),
    seq integer not null,
    at bigint not null,
    kind text not null,
    body text not null,                       -- with the words
    sealed text not null,                     -- with keyed digests in place of the words; this is what the chain covers
    hash {blob} not null,
    unique (case_number, seq)
);

-- What was said. Bodies live here, not in the case.
create table messages (
    id {id},
    case_number bigint not null references cases (number),
    at bigint not null,
    direction integer not null,               -- 1 from the customer, 2 to the customer, 3 note, 4 call
    channel integer not null,
    author_id bigint not null default 0,      -- a person's id when we wrote it
    author_name text not null,
    subject text not null default '',
    text text not null,                       -- the newest words only
    elided text not null default '',          -- quoted text and signature, one click away
    html text,                                -- cleaned once, on arrival
    recipients text not null default '',
    mail_id text,                             -- Message-ID without brackets
    raw_digest text,                          -- the raw mail in blobs
    automatic integer not null default 0      -- an acknowledgement, a bounce, an automatic reply
);
create index messages_case on messages (case_number, id);
create index messages_mail_id on messages (mail_id) where mail_id is not null;

create table attachments (
    id {id},
    message_id bigint not null references messages (id),
    name text not null,
    content_type text not null,
    size bigint not null,
    content_id text,
    digest text not null
);
create index attachments_message on attachments (message_id);

-- Content by its SHA-256: raw mails and files, compressed, in pieces of at most 1 MiB.
create table blobs (
    digest text not null,
    piece integer not null,
    pieces integer not null,
    size bigint not null,                     -- of the whole content, uncompressed
    data {blob} not null,
    primary key (digest, piece)
);

-- The durable queue.
create table jobs (
    id {id},
    name text not null,
    case_number bigint,
    body text not null,
    dedupe text unique,
    due_at bigint not null,
    lease_until bigint not null default 0,
    epoch bigint not null default 0,
    tries integer not null default 0,
    failed_at bigint,
    error text
);
create index jobs_due on jobs (due_at) where failed_at is null;

-- Work that one node does at a time.
create table leases (
    name text primary key,
    owner text not null,
    until bigint not null,
    epoch bigint not null
);

create table settings (
    name text primary key,
    value text not null
);

-- What Amends tells somebody of us.
create table notices (
    id {id},
    person_id bigint not null references people (id),
    case_number bigint references cases (number),
    dedupe text unique,
    text text not null,
    at bigint not null,
    read_at bigint
);
create index notices_person on notices (person_id, read_at);
