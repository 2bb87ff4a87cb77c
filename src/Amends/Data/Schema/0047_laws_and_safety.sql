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

-- Since when a lead is asked whether something dangerous is sold on, until somebody answered; and when the next duty by a rule is due.
alter table cases add column stop_sale_at bigint;
alter table cases add column duty_due_at bigint;
create index cases_stop_sale on cases (stop_sale_at, number) where stop_sale_at is not null;
create index cases_duty_untaken on cases (duty_due_at, number) where duty_due_at is not null and owner_id is null and closed_at is null;
create index orders_product on orders (product, lot);
