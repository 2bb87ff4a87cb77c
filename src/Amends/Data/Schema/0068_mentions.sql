-- What people say of the company where everybody can read it: a review, a post. A person's link to a case is confirmed by one of us.
create table mentions (
    id {id},
    key text not null,                        -- its address, or a digest of who said what where on which day
    site text not null,
    link text,
    author text not null,                     -- as it stands there
    body text not null,
    said_at bigint not null,
    rating_before integer,                    -- stars, 1 to 5
    rating_after integer,
    rated_at bigint,                          -- when we learned of the rating after
    order_number text,
    case_number bigint references cases (number),
    linked_by bigint references people (id),
    linked_at bigint,
    answered_at bigint,
    answer text,
    answered_by bigint references people (id),
    added_at bigint not null
);
create unique index mentions_key on mentions (key);
create index mentions_said on mentions (said_at, id);
create index mentions_case on mentions (case_number) where case_number is not null;
create index mentions_loose on mentions (said_at) where case_number is null;
