-- How far the sender of a mail is who it says. 0 not checked, 1 verified, 2 not verified, 3 its domain says that it is not from there.
alter table mail_senders add column trust integer not null default 0;
alter table mail_senders add column trust_detail text;

-- Keys that our own mail is signed with, one in use for a domain.
create table dkim_keys (
    id {id},
    domain text not null,                     -- lower case
    selector text not null,
    private_key text not null,                -- sealed
    record text not null,                     -- what has to be published
    made_at bigint not null,
    signs_since bigint,                       -- null until the record is published
    unique (domain, selector)
);

-- One-time codes that a customer types in before money is accepted.
create table choice_codes (
    id {id},
    case_number bigint not null,
    offer_id integer not null,
    option_id integer not null,
    code_hash text not null,
    made_at bigint not null,
    expires_at bigint not null,
    tries integer not null default 0,
    done_at bigint
);
create index choice_codes_case on choice_codes (case_number, made_at);
