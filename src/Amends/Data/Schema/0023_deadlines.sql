-- Which days are no business days, a row for each version: due dates were counted with the versions before.
create table holiday_calendars (
    code text not null,
    version integer not null,
    body text not null,
    changed_at bigint not null,
    changed_by bigint references people (id),
    primary key (code, version)
);
