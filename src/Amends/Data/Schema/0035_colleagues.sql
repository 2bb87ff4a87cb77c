-- A colleague reads a draft before it goes. While they do, it lies here and not in its writer's place to write.
create table draft_readings (
    id {id},
    case_number bigint not null references cases (number),
    asked_by bigint not null references people (id),
    asked_of bigint not null references people (id),
    text text not null,
    html text,
    next_what text not null default '',
    next_due text not null default '',        -- as the field holds it, local time
    question text not null default '',        -- what the reader should look at
    asked_at bigint not null,
    comments text,
    answered_at bigint,
    ended_at bigint                           -- its writer has it back
);
create index draft_readings_by on draft_readings (asked_by, ended_at);
create index draft_readings_of on draft_readings (asked_of, answered_at);

-- Somebody takes over a colleague's hours on a day.
create table shift_swaps (
    id {id},
    asked_by bigint not null references people (id),
    asked_of bigint not null references people (id),
    day text not null,                        -- the day at the desk, ISO 8601
    from_at bigint not null,                  -- where it begins and ends
    to_at bigint not null,
    why text not null default '',
    asked_at bigint not null,
    state integer not null,                   -- 1 asked, 2 agreed, 3 no, 4 taken back
    answered_at bigint,
    answer text not null default ''
);
create index shift_swaps_by on shift_swaps (asked_by, day) where state = 2;
create index shift_swaps_to on shift_swaps (to_at) where state = 2;
