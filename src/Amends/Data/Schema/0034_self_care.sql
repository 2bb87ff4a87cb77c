-- What people keep for themselves: a look back at a case, a mood, how they practised. All of it is sealed with a key of the person's own,
-- which is itself sealed under the key file; where a thing lies says nothing about what it is. Without the key nothing can be read again.
create table private_keys (
    person_id bigint primary key references people (id),
    sealed {blob} not null
);

create table private_entries (
    id {id},
    person_id bigint not null references people (id),
    slot {blob} not null,                     -- a keyed digest of what it is
    sealed {blob} not null
);
create unique index private_entries_slot on private_entries (person_id, slot);

-- Made-up complaints that people practised on. They touch no case, no figure and no limit.
create table practice_runs (
    id {id},
    person_id bigint not null references people (id),
    slot {blob} not null,
    sealed {blob} not null
);
create unique index practice_runs_slot on practice_runs (person_id, slot);

-- What somebody shows to a lead, until they take it back: one look back, or how often they practised.
create table private_shares (
    id {id},
    person_id bigint not null references people (id),
    with_id bigint not null references people (id),
    kind integer not null,                    -- 1 a look back, 2 how often they practised
    slot {blob} not null,                     -- which entry
    shared_at bigint not null
);
create unique index private_shares_one on private_shares (person_id, with_id, slot);
create index private_shares_with on private_shares (with_id);

-- With whom somebody was in touch last, and whose case closed last: for a rest, a light word, and a look back.
create index messages_author on messages (author_id, at) where author_id > 0;
create index cases_closed_owner on cases (owner_id, closed_at) where closed_at is not null;
create index cases_praise on cases (opened_at) where kind = 5;
