-- What is kept of a case beside its marks, so that nobody asks the orders and the log of each: see the reader of the log.
alter table case_facts add column ended_yes integer not null default 0;   -- closed with the customer's yes
alter table case_facts add column ordered_at bigint;                      -- the customer's first order after it was closed
alter table case_facts add column offered_at bigint;                      -- the newest of its offers with money
alter table case_facts add column offers text not null default '';        -- all of them, and how each was decided

-- Of the customer's last complaint, when all are closed and no order came since: how many came before, the first and the last.
alter table case_facts add column orders bigint;
alter table case_facts add column first_order_at bigint;
alter table case_facts add column last_order_at bigint;

drop index case_facts_closed;
create index case_facts_closed on case_facts (closed_at, ended_yes, ordered_at, customer_id, is_complaint) where is_complaint = 1 and closed_at is not null;
create index case_facts_quiet on case_facts (opened_at, last_order_at, first_order_at, orders, customer_id, case_number) where last_order_at is not null;
create index case_facts_offers on case_facts (offered_at) where offered_at is not null;

-- All is counted again.
update report_reader set rules = '' where id = 1;
