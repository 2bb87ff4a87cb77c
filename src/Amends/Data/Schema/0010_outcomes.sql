-- A share of what was answered plainly is looked at once more by a lead.
alter table cases add column second_look integer not null default 0; -- 1 waits for a lead, 2 taken
create index cases_second_look on cases (closed_at) where second_look = 1;
create index cases_answered on cases (closed_at) where close_reason = 6;

-- What reports count.
create index cases_complaints on cases (opened_at) where kind = 1;
create index orders_placed on orders (placed_at);
create index events_outcomes on events (at) where kind in ('next_contact_kept', 'next_contact_missed', 'delivery_completed', 'check_back_answered', 'case_closed');
create index cases_order on cases (order_id) where order_id is not null;

-- What the company changed, and since when, so that one sees whether it helped.
create table improvements (
    id {id},
    since bigint not null,
    what text not null,
    noted_by bigint not null references people (id),
    noted_at bigint not null
);
create index improvements_since on improvements (since);
