-- Hard cases that went well, told without names, which a lead approved to learn from.
create table learn_cases (
    id {id},
    case_number bigint not null references cases (number),
    week text not null,                       -- the Monday of the week in which it was closed
    title text not null,
    story text not null,
    takeaway text not null,                   -- what to take from it
    approved_by bigint not null references people (id),
    approved_at bigint not null
);
create unique index learn_cases_case on learn_cases (case_number);
create index learn_cases_week on learn_cases (week);
