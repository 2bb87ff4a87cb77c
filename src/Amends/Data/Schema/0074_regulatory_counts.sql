-- What returns to regulators count by product, main cause and currency, so that nobody looks at each complaint of a half-year.
create table regulatory_counts (
    what integer not null,                    -- 1 received; 2 to 4 closed without a finding, upheld, rejected; 5 to 7 money that left us on those, in minor units
    grain integer not null,                   -- 1 a day, 2 a month
    span integer not null,
    product text not null,                    -- of the order; empty where it is not known
    category text not null,                   -- empty where there is none
    currency text not null,                   -- of money; else empty
    n bigint not null,
    primary key (what, grain, span, product, category, currency)
);

alter table regulatory_facts add column counted text not null default ''; -- what is counted of it, so that a late fact takes that away

-- All is counted again.
update report_reader set rules = '' where id = 1;
