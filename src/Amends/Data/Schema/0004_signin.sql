-- Who is signed in where. The cookie carries a random token; here is only its SHA-256.
create table sessions (
    id {id},
    token_hash {blob} not null unique,
    person_id bigint not null references people (id),
    created_at bigint not null,
    seen_at bigint not null,                  -- moved at most every few minutes
    address text not null default '',         -- where the sign-in came from
    browser text not null default ''
);
create index sessions_person on sessions (person_id);

-- Links that work once: an invitation, a new password.
create table one_time_links (
    token_hash {blob} primary key,
    person_id bigint not null references people (id),
    purpose integer not null,                 -- 1 invitation, 2 new password
    made_at bigint not null,
    made_by bigint not null default 0,        -- a person's id; 0 for the console or the person's own request
    expires_at bigint not null,
    used_at bigint
);
create index one_time_links_person on one_time_links (person_id);

-- Tries to sign in that did not succeed, by a digest of the address that was typed, known or not.
create table sign_in_tries (
    address_hash {blob} primary key,
    tries integer not null,                   -- since the last success or lock
    locks integer not null default 0,         -- how often it was locked: each lock is longer
    locked_until bigint not null default 0,
    last_at bigint not null
);

-- The keys that seal form tokens, so that every node reads what another wrote. Sealed by the key file.
create table protection_keys (
    id {id},
    name text not null unique,
    sealed text not null
);
