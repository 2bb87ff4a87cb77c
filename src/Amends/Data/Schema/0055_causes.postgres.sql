-- Who supplied what was sold and from which place it came, beside product, lot and carrier.
alter table orders add column supplier text not null default '';
alter table orders add column site text not null default '';
create index orders_lot on orders (lot, placed_at) where lot <> '';
create index orders_carrier on orders (carrier, placed_at) where carrier <> '';
create index orders_supplier on orders (supplier, placed_at) where supplier <> '';
create index orders_site on orders (site, placed_at) where site <> '';

-- What it was put down to, and whether it turned out to be what it was heard as first.
alter table cases add column cause text;
alter table cases add column first_category text;
alter table cases add column confirmed_category text;
update cases set cause = state::jsonb->>'cause' where state like '%"cause":%';
update cases set
    first_category = (select g->>'code' from jsonb_array_elements(state::jsonb->'categories') with ordinality as t(g, place) where not coalesce((g->>'confirmed')::boolean, false) order by place limit 1),
    confirmed_category = (select g->>'code' from jsonb_array_elements(state::jsonb->'categories') with ordinality as t(g, place) where coalesce((g->>'confirmed')::boolean, false) order by place desc limit 1)
where state like '%"categories":[{%';

-- An improvement has a problem, an owner, a day and an end. What was noted before it had them is done already, and watched.
alter table improvements add column state integer not null default 4;
alter table improvements add column owner_id bigint references people (id);
alter table improvements add column due text;            -- ISO 8601 day
alter table improvements add column dimension integer not null default 0;
alter table improvements add column of_what text not null default '';
alter table improvements add column document text not null default '{}';
create index improvements_owner on improvements (owner_id, due) where owner_id is not null;
create index improvements_due on improvements (due) where due is not null;

-- Every move of it: written once, never changed.
create table improvement_moves (
    id {id},
    improvement_id bigint not null references improvements (id),
    at bigint not null,
    by_id bigint not null references people (id),
    by_name text not null,
    move text not null,
    from_state integer not null,
    to_state integer not null,
    words text not null
);
create index improvement_moves_improvement on improvement_moves (improvement_id, id);

-- The complaints that show the problem.
create table improvement_evidence (
    improvement_id bigint not null references improvements (id),
    case_number bigint not null references cases (number),
    added_by bigint not null references people (id),
    added_at bigint not null,
    primary key (improvement_id, case_number)
);
create index improvement_evidence_case on improvement_evidence (case_number);

-- Customers who were told what changed because of them.
create table improvement_letters (
    improvement_id bigint not null references improvements (id),
    case_number bigint not null references cases (number),
    message_id bigint not null,
    sent_by bigint not null references people (id),
    sent_at bigint not null,
    off_hash {blob} not null,
    primary key (improvement_id, case_number)
);
create index improvement_letters_off on improvement_letters (off_hash);
