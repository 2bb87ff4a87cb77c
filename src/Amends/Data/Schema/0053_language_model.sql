-- What was asked of a language model, each once when it was sent: what went out, what came back, what it cost, what became of it.
create table model_calls (
    id {id},
    case_number bigint not null references cases (number),
    message_id bigint,                        -- the message that it is about, where it is about one
    person_id bigint not null references people (id),
    task integer not null,                    -- 1 summary, 2 calmer, 3 plainer, 4 translation, 5 gist
    into_language text,                       -- of a translation
    host text not null,                       -- where it went
    model text not null,
    prompt_version integer not null,
    request text not null,                    -- the messages as they went out, masked, as JSON
    placeholders text not null,               -- what the placeholders stand for, sealed
    answer text not null default '',          -- as it came back, made harmless, with its placeholders
    taken_out integer not null default 0,     -- links, addresses and numbers that were taken out of it
    cut integer not null default 0,
    tokens_in bigint not null,
    tokens_out bigint not null,
    counted integer not null default 0,       -- the provider counted the tokens; else they are estimated
    cost bigint not null,                     -- estimated, millionths of a minor unit
    currency text not null,
    started_at bigint not null,
    milliseconds bigint,
    outcome integer not null,                 -- 0 on its way, 1 answered, 2 refused, 3 timed out, 4 failed, 5 over the ceiling, 6 the person left
    problem text,
    decision integer,                         -- 1 taken, 2 thrown away
    decided_at bigint,
    erased_at bigint                          -- its words were erased
);
create index model_calls_started on model_calls (started_at);
create index model_calls_case on model_calls (case_number, id);
