-- What is more than a plain note: somebody's exact words, a note as it was put right, a correction. Their words are messages, which never change.
create table notes (
    message_id bigint primary key references messages (id),
    case_number bigint not null references cases (number),
    note_id bigint not null,                  -- the note that this belongs to; itself when it is the first
    kind integer not null,                    -- 1 exact words, 2 the note as its writer put it right, 3 a correction to one that is fixed
    said_by text,                             -- whose exact words they are
    said_at bigint
);
create index notes_case on notes (case_number, message_id);

-- What somebody has typed into a longer form, kept until it is sent: it survives a crash of the browser.
create table form_drafts (
    person_id bigint not null references people (id),
    form text not null,                       -- which form, with the case's number where it has one
    fields text not null,                     -- name and value of each field, as JSON
    saved_at bigint not null,
    primary key (person_id, form)
);

-- The calls of each of us, for that person alone: how long, and who spoke how much.
create table call_log (
    message_id bigint primary key references messages (id),
    case_number bigint not null references cases (number),
    person_id bigint not null references people (id),
    at bigint not null,
    minutes integer,
    balance integer,                          -- 1 mostly they, 2 even, 3 mostly we
    their_seconds integer,
    our_seconds integer
);
create index call_log_person on call_log (person_id, at);
