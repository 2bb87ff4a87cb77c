-- How upset the newest words of the customer are, 0 to 3; null where nothing was heard. For rows and for whose turn it is.
alter table cases add column mood integer;

-- What people say of the tone of a message beside what was heard; message 0 is the one that the case began with.
create table tone_corrections (
    case_number bigint not null references cases (number),
    message_id bigint not null,
    heard integer not null,
    score integer not null,
    level integer not null,
    person_id bigint not null references people (id),
    at bigint not null,
    primary key (case_number, message_id)
);
