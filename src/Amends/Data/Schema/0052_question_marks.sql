-- What people say of a customer's question beside what words tell: it is answered, or it is not. A question is known by a digest of its words.
create table question_marks (
    case_number bigint not null references cases (number),
    question text not null,
    answered integer not null,
    person_id bigint not null references people (id),
    at bigint not null,
    primary key (case_number, question)
);
