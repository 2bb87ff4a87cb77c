-- Customers who want no letters that are not about their case, and the code that they named when asked who sent them.
alter table customers add column letters_off_at bigint;
alter table customers add column sent_by text;

-- Thank-you letters after a good end, and the code of each for a friend.
create table follow_ons (
    id {id},
    case_number bigint not null references cases (number),
    customer_id bigint not null references customers (id),
    sent_at bigint not null,
    asks_review integer not null,
    code text unique,                         -- null without one
    off_hash {blob} not null unique           -- SHA-256 of the token with which the customer says no to more of them
);
create index follow_ons_sent on follow_ons (sent_at);
create index follow_ons_customer on follow_ons (customer_id);

-- Who came with such a code; each customer once, by the first that they named.
create table referrals (
    id {id},
    follow_on_id bigint not null references follow_ons (id),
    customer_id bigint not null unique references customers (id),
    at bigint not null,
    via integer not null                      -- 1 somebody of us asked, 2 with an order, 3 with a list of customers
);
create index referrals_at on referrals (at);
