-- The ten minutes in which a team looks at its week: one row a week, and each save of it in the log, a JSON object a line.
create table learn_weeks (
    id {id},
    week text not null,                       -- its Monday, ISO 8601
    people integer not null,                  -- how many were there
    action text not null,
    owner_id bigint not null references people (id),
    due text not null,                        -- ISO 8601 day
    kind integer not null,                    -- 1 an improvement, 2 a better playbook
    decision text not null,
    came text not null default '',            -- what came of the action before
    saved_by bigint not null references people (id),
    saved_at bigint not null,
    log text not null
);
create unique index learn_weeks_week on learn_weeks (week);
