-- The serial numbers of what was sent, several parted by commas: what comes back is compared with them.
alter table orders add column serial text not null default '';

-- When a payment was seen, and when it was last looked at since: a bank may give it back days later.
alter table payments add column seen_at bigint;
alter table payments add column looked_at bigint;
update payments set seen_at = requested_at where state = 4;
create index payments_seen on payments (provider, seen_at) where state = 4;
create index payments_reference on payments (reference) where reference is not null;

-- What a payment provider told us, each event once.
create table provider_events (
    provider text not null,
    id text not null,
    at bigint not null,
    primary key (provider, id)
);
create index provider_events_at on provider_events (at);
