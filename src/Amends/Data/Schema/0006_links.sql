-- Secure links to the customer's pages: only the hash of the token is kept.
create table customer_links (
    token_hash {blob} primary key,
    case_number bigint not null references cases (number),
    issued_at bigint not null,
    expires_at bigint not null,
    revoked_at bigint,
    shown_to bigint references people (id)    -- one of us who looks at the customer's pages; null for the customer
);
create index customer_links_case on customer_links (case_number);

-- What a link was exchanged for: a browser that sees one case for a while.
create table customer_sessions (
    id_hash {blob} primary key,
    token_hash {blob} not null references customer_links (token_hash),
    case_number bigint not null references cases (number),
    began_at bigint not null,
    expires_at bigint not null
);
create index customer_sessions_link on customer_sessions (token_hash);

-- Forms that were answered already, so that pressing twice does nothing twice.
create table answered_forms (
    id text primary key,
    at bigint not null
);
create index answered_forms_at on answered_forms (at);
