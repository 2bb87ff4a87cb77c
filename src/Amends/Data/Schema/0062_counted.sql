-- What reports count of orders and complaints along the time, so that no wide row is read for it.
drop index orders_placed;
drop index cases_complaints;
create index orders_counted on orders (placed_at, product, lot, carrier, supplier, site);
create index cases_counted on cases (opened_at, kind, goes_on_in, close_reason, category, cause, order_id, customer_id, severity, stage) where kind = 1;
create index cases_ended on cases (closed_at, close_reason, customer_id, opened_at, category) where kind = 1 and closed_at is not null;

-- What happens in few cases, or what a report asks of each: found without reading the whole log.
create index events_dangers on events (case_number) where kind = 'stop_sale_asked';
create index events_chosen on events (case_number) where kind = 'option_chosen';
create index events_lessons on events (at) where kind = 'lesson_learned';
