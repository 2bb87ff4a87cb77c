-- Programs that may ask: a token each. The program carries the token; here is only its SHA-256.
create table api_tokens (
    id {id},
    name text not null,                       -- as the timeline names what it did
    token_hash {blob} not null unique,
    scopes text not null,                     -- parted by spaces
    made_at bigint not null,
    made_by bigint not null default 0,        -- a person's id; 0 for the console
    used_at bigint,                           -- moved at most every few minutes
    revoked_at bigint
);

-- What was answered to a write, under the key that its sender gave it, so that a write that arrives twice is done once.
create table api_writes (
    token_id bigint not null references api_tokens (id),
    idempotency_key text not null,
    request_digest {blob} not null,           -- a keyed digest of method, path and body
    status integer not null,
    location text not null,
    answer text not null,                     -- numbers and dates; no words of anybody
    at bigint not null,
    primary key (token_id, idempotency_key)
);
create index api_writes_at on api_writes (at);

-- What changed since a moment, in its order.
create index events_at on events (at, case_number);
