-- Addresses that mail comes in by: accounts that are fetched, and, without a host, addresses of our own listener.
create table mailboxes (
    id {id},
    name text not null,
    address text not null,
    address_key text not null unique,         -- folded
    host text,
    port integer not null default 993,
    security text not null default 'tls',     -- tls, starttls, none
    username text not null default '',
    password text,                            -- sealed
    folder text not null default 'INBOX',
    move_to text,                             -- where a mail goes after it is stored; it stays, marked as seen, when null
    active integer not null default 1,
    created_at bigint not null,
    uid_validity bigint not null default 0,
    last_uid bigint not null default 0,
    checked_at bigint,
    error text,                               -- one sentence; null while all is well
    failing_since bigint,
    unaccounted integer not null default 0,   -- mails on the server that are not stored, at the last reconciliation
    reconciled_at bigint
);

-- Every mail that we have answered for, before anything has read it. Reading it is a second step that can be repeated.
create table intake (
    id {id},
    entry_key text not null unique,           -- mailbox, UIDVALIDITY and UID; by SMTP the content and its recipients
    mailbox_id bigint not null default 0,     -- 0 for our own listener
    uid_validity bigint not null default 0,
    uid bigint not null default 0,
    content_key text not null,                -- SHA-256 of the mail without trace headers
    raw_digest text not null,                 -- in blobs; empty when the mail was too large and is left on the server
    size bigint not null,
    received_at bigint not null,
    envelope_from text,                       -- null when not known
    recipients text not null default '',
    state integer not null,                   -- 1 waits, 2 read, 3 quarantine, 4 discarded by a person, 5 a copy of one we have
    due_at bigint not null,
    lease_until bigint not null default 0,
    epoch bigint not null default 0,
    tries integer not null default 0,
    reason text,
    case_number bigint,
    message_id bigint,
    done_at bigint,
    done_by text
);
create index intake_waiting on intake (due_at, id) where state = 1;
create index intake_quarantine on intake (id) where state = 3;
create index intake_message on intake (message_id) where message_id is not null;
create index intake_content on intake (content_key);
create index intake_mailbox on intake (mailbox_id, uid_validity, uid);

-- Where a mail of a conversation came from, and how it found its case. Placing a mail does not make its sender trusted.
create table mail_senders (
    message_id bigint primary key references messages (id),
    case_number bigint not null,
    address text not null,
    known integer not null,                   -- an address of the case's customer
    placed_by integer not null,               -- 1 a new case, 2 our reply address, 3 our Message-ID, 4 by hand
    same_id integer not null default 0        -- another mail came with this Message-ID and other content
);
create index mail_senders_case on mail_senders (case_number, message_id);

-- Automatic answers that went out, for the caps.
create table automatic_answers (
    id {id},
    address_key text not null,
    domain text not null,
    case_number bigint not null,
    at bigint not null
);
create index automatic_answers_address on automatic_answers (address_key, at);
create index automatic_answers_domain on automatic_answers (domain, at);

-- Outgoing mail, one row a recipient. Bytes and Message-ID are frozen when it is queued.
create table outbox (
    id {id},
    message_id bigint not null references messages (id),
    case_number bigint not null,
    recipient text not null,
    envelope_from text not null,
    mail_id text not null,
    raw_digest text not null,                 -- in blobs, sealed: it holds the customer's link
    state integer not null,                   -- 1 queued, 2 sending, 3 accepted, 4 deferred, 5 failed, 6 kept (demo), 7 taken back
    queued_at bigint not null,
    due_at bigint not null,
    lease_until bigint not null default 0,
    epoch bigint not null default 0,
    tries integer not null default 0,
    possible_duplicates integer not null default 0, -- attempts that ended between the mail and the server's answer
    reply text,                               -- the server's last words
    done_at bigint
);
create index outbox_due on outbox (due_at, id) where state in (1, 2, 4);
create index outbox_message on outbox (message_id);
create index outbox_case on outbox (case_number);
create index outbox_mail_id on outbox (mail_id);
create index outbox_state on outbox (state, id);
