-- What is counted of what a case is worth and what it cost, kept beside the log and always to be had from it, the orders and the books again. Cases of which nothing is counted have no row.
create table worth_facts (
    case_number bigint primary key,
    customer_id bigint not null,
    category text not null,                   -- under which it is counted; empty while there is none
    cause text not null,                      -- what it was put down to; empty while nobody said
    ending integer not null,                  -- 1 put right, 3 not put right, 4 no answer, 0 while it has not ended so
    day integer not null,                     -- of that end, from 1 January 1 on
    fix_failed integer not null,
    promise_missed integer not null,
    marks text not null,                      -- from its own log, its customer's orders, the books and what was written down
    later text not null                       -- because of the complaint before it
);
create index worth_facts_customer on worth_facts (customer_id);
create index worth_facts_day on worth_facts (day, case_number) where ending > 0;

-- Answers to the question whether it is put right, newest first, without the ends beside them.
create index events_answered on events (at) where kind = 'check_back_answered';
