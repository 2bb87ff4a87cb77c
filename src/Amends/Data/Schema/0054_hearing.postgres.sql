-- What a reply that is held says, as it was read when its writer pressed send.
alter table held_replies add column said text not null default '';

-- Each message of a customer that was heard: for the page on how well it hears, and for samples. Message 0 is the one that the case began with.
create table tones (
    case_number bigint not null references cases (number),
    message_id bigint not null,
    at bigint not null,
    heard integer not null,
    score integer not null,
    language text not null default '',        -- empty where it was too short to tell, or from before this was kept
    is_fallback integer not null,
    primary key (case_number, message_id)
);
create index tones_at on tones (at);

-- Some of them, drawn by chance and read by a person who does not see what was heard.
create table tone_samples (
    case_number bigint not null references cases (number),
    message_id bigint not null,
    drawn_at bigint not null,
    level integer,                            -- null until somebody has read it, and where they cannot tell
    person_id bigint references people (id),
    at bigint,
    primary key (case_number, message_id)
);

insert into tones (case_number, message_id, at, heard, score, language, is_fallback)
select c.number, (t.value ->> 'message_id')::bigint, floor(extract(epoch from (t.value ->> 'at')::timestamptz))::bigint * 1000,
    case t.value -> 'tone' ->> 'level' when 'calm' then 0 when 'annoyed' then 1 when 'upset' then 2 else 3 end,
    (t.value -> 'tone' ->> 'score')::int, coalesce(t.value -> 'tone' ->> 'language', ''), case when (t.value -> 'tone' ->> 'is_fallback')::boolean then 1 else 0 end
from cases c, jsonb_array_elements(coalesce(c.state::jsonb -> 'tones', '[]'::jsonb)) t
on conflict do nothing;
