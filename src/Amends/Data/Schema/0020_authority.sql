-- When a second person was asked to agree to what a case offers; the list of approvals is read along it.
alter table cases add column approval_at bigint;
create index cases_approval on cases (approval_at, number) where approval_at is not null;

-- Money that was offered (until the customer answers) or chosen: what limits over many cases and budgets count.
create table money_given (
    id {id},
    case_number bigint not null references cases (number),
    offer_id integer not null,
    person_id bigint not null,
    customer_id bigint not null,
    kind integer not null,
    minor bigint not null,
    currency text not null,
    statutory integer not null,
    chosen integer not null,
    at bigint not null,
    month_at bigint not null
);
create index money_given_case on money_given (case_number);
create index money_given_customer on money_given (customer_id, at);
create index money_given_person on money_given (person_id, at);
create index money_given_month on money_given (month_at, kind);

-- Whoever gives money holds this one row until the transaction ends, so that nobody counts while another is adding.
create table money_turns (
    id integer primary key,
    turn bigint not null
);

-- What a month may cost, of one kind of remedy, or (0) of all.
create table budgets (
    kind integer primary key,
    minor bigint not null
);

-- Somebody's limits, lent to another until a date.
create table delegations (
    id {id},
    from_person bigint not null references people (id),
    to_person bigint not null references people (id),
    from_at bigint not null,
    until_at bigint not null,
    why text not null,
    granted_by bigint not null references people (id),
    granted_at bigint not null,
    ended_at bigint
);
create index delegations_to on delegations (to_person, until_at);

-- Who changed limits, budgets, delegations and the books' period, and how. Rows are added, never changed.
create table authority_log (
    id {id},
    at bigint not null,
    person_id bigint not null references people (id),
    what text not null,
    detail text not null
);

-- What the report on approvals counts.
create index events_approvals on events (at) where kind in ('approval_asked', 'offer_approved', 'offer_refused', 'offer_sent', 'offer_prepared');
