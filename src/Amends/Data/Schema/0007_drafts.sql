-- What lists show of a case's way, lifted from its state.
alter table cases add column step integer not null default 0;          -- 1 listen … 5 check back, 6 done; 0 where there is no such way
alter table cases add column with_customer integer not null default 0; -- a summary or an offer waits for the customer's answer
create index cases_with_customer on cases (next_contact_at) where with_customer = 1;
create index cases_others on cases (next_contact_at) where closed_at is null and kind <> 1;

-- What somebody is writing, kept until it is sent: it survives a crash and follows its writer to another device.
create table drafts (
    person_id bigint not null references people (id),
    case_number bigint not null references cases (number),
    kind integer not null,                    -- 1 reply, 2 note
    text text not null,
    html text,
    next_what text not null default '',
    next_due text not null default '',        -- as the field holds it, local time
    device bigint not null,                   -- the session it was written in
    saved_at bigint not null,
    other_text text,                          -- what another device had, offered beside it
    other_at bigint,
    primary key (person_id, case_number, kind)
);

-- Replies that wait for a few seconds, so that they can be taken back. One unit of work turns each into a letter, once.
create table held_replies (
    id {id},
    person_id bigint not null references people (id),
    case_number bigint not null references cases (number),
    text text not null,
    html text,
    next_what text,                           -- null when the reply keeps no promise
    next_due_at bigint,
    pressed_at bigint not null,
    due_at bigint not null
);
create index held_replies_due on held_replies (due_at);
create index held_replies_case on held_replies (case_number);

create table held_files (
    held_id bigint not null references held_replies (id),
    place integer not null,
    name text not null,
    content_type text not null,
    size bigint not null,
    digest text not null,
    primary key (held_id, place)
);

-- Who has a case open, or writes. Gone a moment after the browser stops saying so.
create table presence (
    case_number bigint not null references cases (number),
    person_id bigint not null references people (id),
    writing integer not null,
    until bigint not null,
    primary key (case_number, person_id)
);

-- Up to when somebody has seen a case.
create table case_reads (
    person_id bigint not null references people (id),
    case_number bigint not null references cases (number),
    seen_at bigint not null,
    primary key (person_id, case_number)
);
