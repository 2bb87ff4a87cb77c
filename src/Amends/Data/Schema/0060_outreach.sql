-- Notices to customers who have the same thing and said nothing.
create table outreaches (
    id {id},
    audience text not null,
    subject text not null,
    body text not null,
    per_hour integer not null,
    made_by bigint not null references people (id),
    made_at bigint not null,
    state integer not null,                   -- 1 draft, 2 sending, 3 sent, 4 stopped
    agreed_by bigint references people (id),
    agreed_at bigint,
    ended_at bigint,
    stopped_by bigint references people (id),
    why text not null default ''              -- of the stop
);

create table outreach_letters (
    id {id},
    outreach_id bigint not null references outreaches (id),
    customer_id bigint not null references customers (id),
    address text not null,
    state integer not null,                   -- 1 waiting, 2 sending, 3 accepted, 5 failed, 6 kept (demo), 7 left out meanwhile
    lease_until bigint not null default 0,
    epoch bigint not null default 0,
    tries integer not null default 0,
    due_at bigint not null,
    mail_id text not null default '',
    raw_digest text not null default '',      -- in blobs, sealed: it holds the customer's link
    off_hash {blob},
    reply text not null default '',
    sent_at bigint
);
create unique index outreach_letters_one on outreach_letters (outreach_id, customer_id);
create index outreach_letters_due on outreach_letters (outreach_id, due_at, id) where state in (1, 2);
create index outreach_letters_customer on outreach_letters (customer_id, sent_at);
create index outreach_letters_off on outreach_letters (off_hash) where off_hash is not null;
