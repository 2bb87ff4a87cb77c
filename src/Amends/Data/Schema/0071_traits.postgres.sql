-- What complaints and orders share: a product, a lot, a carrier. Counted by day and month, so that a report over a year adds up some thousand sums.

-- Orders that came or changed and are not counted yet: what was goes with -1, what is with 1.
create table order_due (
    id {id},
    placed_at bigint not null,                -- any moment of the day
    product text not null,
    lot text not null,
    carrier text not null,
    supplier text not null,
    site text not null,
    n bigint not null
);

create table trait_counts (
    what integer not null,                    -- 1 orders, 2 complaints, 3 their severity, 4 what they cost in minor units
    trait integer not null,
    grain integer not null,                   -- 1 a day, 2 a month
    within text not null,                     -- of a pair the first, else empty
    span integer not null,
    value text not null,
    n bigint not null,
    primary key (what, trait, grain, within, span, value)
);

alter table case_facts add column traits text not null default ''; -- what is counted of it, so that a late fact takes that away
