-- Addresses that mail came back from, as the last report says; gone when somebody writes from there.
create table address_bounces (
    address_key text primary key,
    hard integer not null,                    -- the address itself is at fault
    reason text not null,                     -- a word such as userunknown
    reply text not null default '',           -- code and status of the server that refused
    at bigint not null,
    case_number bigint not null,
    message_id bigint not null
);

-- Who wrote the mail that a message hands on, as its forwarder says.
create table forwards (
    message_id bigint primary key references messages (id),
    case_number bigint not null,
    address text not null,
    name text not null
);
create index forwards_case on forwards (case_number);

-- The calendar invitation of a message, as one document.
create table invitations (
    message_id bigint primary key references messages (id),
    document text not null
);

-- Whose key seals the words in a case's chain; the customer's, unless the case was another customer's first.
alter table cases add column sealed_for bigint;
