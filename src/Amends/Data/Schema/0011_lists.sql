-- A list is read along an index that ends with the number, since many cases have the same promise.
drop index cases_open_owner;
create index cases_open_owner on cases (owner_id, next_contact_at, number) where closed_at is null;
drop index cases_open_promise;
create index cases_open_promise on cases (next_contact_at, number) where closed_at is null;
drop index cases_with_customer;
create index cases_with_customer on cases (next_contact_at, number) where with_customer = 1;
drop index cases_stage;
create index cases_stage on cases (stage, next_contact_at, number);
drop index cases_closed;
create index cases_closed on cases (closed_at, number) where closed_at is not null;
drop index cases_others;
create index cases_others on cases (next_contact_at, number) where closed_at is null and kind <> 1;
drop index cases_second_look;
create index cases_second_look on cases (closed_at, number) where second_look = 1;

-- Whose newest case is oldest. The condition is there so that only that question finds this index: SQLite would otherwise
-- count somebody's open cases along it, and look at every closed one, too.
drop index cases_owner;
create index cases_newest_of on cases (owner_id, number) where owner_id > 0;
