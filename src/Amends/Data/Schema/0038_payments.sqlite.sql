-- The payment that an order was paid with, as the provider calls it: what is given back goes back to it.
alter table orders add column payment text not null default '';
create index orders_payment on orders (payment) where payment <> '';

-- Payments of all cases, to be listed; each case holds its own.
create table payments (
    case_number bigint not null references cases (number),
    id integer not null,
    remedy_id integer not null,
    state integer not null,                   -- 1 asked for, 2 may go out, 3 said to have gone out, 4 seen, 5 failed
    minor bigint not null,
    currency text not null,
    provider text not null,
    other_route integer not null,
    original text,                            -- the customer's own payment, which it pays back
    reference text,
    requested_at bigint not null,
    requested_by bigint not null,
    problem text,
    primary key (case_number, id)
);
create index payments_state on payments (state, requested_at, case_number);

-- Those that cases have already.
insert into payments (case_number, id, remedy_id, state, minor, currency, provider, other_route, original, reference, requested_at, requested_by, problem)
select c.number, json_extract(p.value, '$.id'), json_extract(p.value, '$.remedy_id'),
    case coalesce(json_extract(p.value, '$.state'), 'requested') when 'requested' then 1 when 'authorised' then 2 when 'paid' then 3 when 'confirmed' then 4 else 5 end,
    json_extract(p.value, '$.amount.minor'), json_extract(p.value, '$.amount.currency'), json_extract(p.value, '$.provider'), coalesce(json_extract(p.value, '$.is_other_route'), 0), null, json_extract(p.value, '$.reference'),
    unixepoch(json_extract(p.value, '$.requested_at')) * 1000, json_extract(p.value, '$.requested_by_id'), json_extract(p.value, '$.problem')
from cases c, json_each(c.state, '$.payments') p
where c.state like '%"payments":[{%';
