-- Whose page a customer's leads to since they turned out to be the same person; null for a customer of their own.
alter table customers add column merged_into bigint;
create index customers_merged on customers (merged_into) where merged_into is not null;

-- What they told us once: the name they want, how they want to hear from us (1 phone, 2 mail, 3 letter), what they need from us and when
-- they agreed that we keep it, and who acts for them.
alter table customers add column preferred_name text;
alter table customers add column preferred_channel integer;
alter table customers add column support text;
alter table customers add column support_words text;
alter table customers add column support_agreed_at bigint;
alter table customers add column representative text;

-- Customers that were joined. Nothing is deleted: what came with the one who joined is listed, so that it can go back.
create table customer_merges (
    id {id},
    customer_id bigint not null references customers (id), -- who joined
    into_id bigint not null references customers (id),
    at bigint not null,
    by_name text not null,
    why text not null,
    filled text not null,                     -- what the other got of theirs, and what was there before, as JSON
    undone_at bigint,
    undone_by text,
    undone_why text
);
create index customer_merges_into on customer_merges (into_id);
create index customer_merges_customer on customer_merges (customer_id);

create table customer_merge_items (
    merge_id bigint not null references customer_merges (id),
    kind integer not null,                    -- 1 case, 2 order, 3 address
    item text not null,                       -- its number, id, or folded address
    left_at bigint,                           -- when it went away again
    primary key (merge_id, kind, item)
);
create index customer_merge_items_item on customer_merge_items (kind, item) where left_at is null;

-- Pairs that look alike and are two people, the lower id first.
create table customers_apart (
    one_id bigint not null references customers (id),
    other_id bigint not null references customers (id),
    at bigint not null,
    by_name text not null,
    primary key (one_id, other_id)
);

-- What was changed of a customer, in a sentence. What they need from us is not in it.
create table customer_log (
    id {id},
    customer_id bigint not null references customers (id),
    at bigint not null,
    by_name text not null,
    what text not null
);
create index customer_log_customer on customer_log (customer_id, id);

-- Who acts for the customer of a case, and who gets its letters: 1 the customer, 2 the representative, 3 both.
create table case_representatives (
    case_number bigint primary key,
    name text not null,
    email text not null,
    letters_to integer not null,
    until_at bigint
);

-- Through whom a link came to the customer's pages; null for the customer.
alter table customer_links add column through text;

-- Since when the customer has heard nothing from us; from the beginning of the case while we never spoke.
alter table cases add column silent_since bigint;
update cases set silent_since = coalesce((select max(m.at) from messages m where m.case_number = cases.number and m.direction in (2, 4) and m.automatic = 0), opened_at);
create index cases_silent on cases (silent_since, number) where closed_at is null;
create index cases_reply_due on cases (reply_due_at, number) where reply_due_at is not null;
