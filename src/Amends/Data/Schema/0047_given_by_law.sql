-- Which law gave it, where one did: in the books, and among what was given. Lines from before have none.
alter table ledger_lines add column law text not null default '';
alter table money_given add column law text not null default '';

-- What was given by law above somebody's limit, and who looked at it afterwards.
create table law_checks (
    case_number bigint not null references cases (number),
    offer_id integer not null,
    person_id bigint not null references people (id),
    at bigint not null,
    primary key (case_number, offer_id)
);
create index money_given_by_law on money_given (at) where statutory = 1;
