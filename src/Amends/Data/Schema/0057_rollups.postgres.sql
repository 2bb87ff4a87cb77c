-- What reports count, kept beside the log and always to be had from it again.

-- Cases of which something happened that is not counted yet. A row comes with the event, in its transaction.
create table report_due (
    id {id},
    case_number bigint not null
);

-- What is counted of each case, so that a late fact takes away what was counted before.
create table case_facts (
    case_number bigint primary key,
    customer_id bigint not null,
    is_complaint integer not null,
    category text not null,                   -- empty while there is none
    opened_at bigint not null,
    closed_at bigint,
    put_right_at bigint,
    broke_promise integer not null,
    at_once integer not null,                 -- ended with a summary and a remedy after one contact
    first_day integer not null,               -- the days of the marks, from 1 January 1 on
    last_day integer not null,
    events integer not null,                  -- how much of the log is counted
    marks text not null,                      -- from its own log
    later text not null                       -- because of other complaints of the customer
);
create index case_facts_customer on case_facts (customer_id);
create index case_facts_closed on case_facts (closed_at) where closed_at is not null;
create index case_facts_days on case_facts (last_day, first_day);

-- The sums: by day and category, by month and category, by month over all categories (category *).
create table report_counts (
    measure integer not null,
    grain integer not null,                   -- 1 a day, 2 a month
    span integer not null,                    -- the day, or twelve times the year and the month
    category text not null,
    part bigint not null,
    bucket integer not null,
    n bigint not null,
    primary key (measure, grain, part, span, category, bucket)
);

-- By which rules it is counted: other open hours mean that all is counted again.
create table report_reader (
    id integer primary key,
    rules text not null
);
insert into report_reader (id, rules) values (1, '');
