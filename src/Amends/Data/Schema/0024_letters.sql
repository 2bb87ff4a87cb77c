-- Letters that a rule may ask for, as they were sent: the text is stored by its SHA-256, which the case's chain holds, too.
create table letters (
    id {id},
    message_id bigint not null unique references messages (id),
    case_number bigint not null references cases (number),
    kind integer not null,
    at bigint not null,
    digest text not null
);
create index letters_case on letters (case_number, id);
