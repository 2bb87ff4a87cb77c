-- How a mailbox is read: imap or pop3.
alter table mailboxes add column protocol text not null default 'imap';
-- Set when only mail from then on is taken; what the mailbox held at that moment is in start_mark: UIDVALIDITY and the
-- highest UID, or by POP3 the last mail's unique id. Without a mark the time of arrival decides at the first look.
alter table mailboxes add column start_at bigint;
alter table mailboxes add column start_mark text;
-- POP3 alone: 0 deletes a mail on the server once it is stored.
alter table mailboxes add column keep_on_server integer not null default 1;
-- Whose consent signs in, in place of a password.
alter table mailboxes add column grant_id bigint;
-- The last comparison with the server that found nothing missing: the server's count of changes then, and how many mails
-- up to which UID were accounted for. 0 when the server does not count.
alter table mailboxes add column compared_modseq bigint not null default 0;
alter table mailboxes add column compared_uid bigint not null default 0;
alter table mailboxes add column compared_count bigint not null default 0;
alter table mailboxes add column compared_whole_at bigint not null default 0;

-- Mails of a mailbox that are left where they are on purpose: older than the start. The key of the header outlives the UIDs.
create table mail_ignored (
    id {id},
    entry_key text not null unique,           -- as in intake
    mailbox_id bigint not null,
    uid_validity bigint not null default 0,
    uid bigint not null default 0,
    header_key text not null,                 -- SHA-256 of Message-ID, Date, From and Subject
    reason text not null,
    at bigint not null
);
create index mail_ignored_place on mail_ignored (mailbox_id, uid_validity, uid);
create index mail_ignored_header on mail_ignored (mailbox_id, header_key);

-- The consent of an account at Microsoft, Google or another provider (OAuth 2.0) to read and send its mail. Tokens, the
-- client secret and what a sign-in under way needs are sealed.
create table mail_grants (
    id {id},
    provider text not null,                   -- microsoft, google, other
    account text not null,                    -- the user name it signs in
    client_id text not null,
    client_secret text,
    authorize_url text not null,
    token_url text not null,
    device_url text,
    scope text not null,
    refresh_token text,                       -- null until the account's owner has consented
    access_token text,
    access_until bigint not null default 0,
    pending text,                             -- sealed: the state and the verifier, or the device code, of a sign-in under way
    pending_until bigint not null default 0,
    error text,
    created_at bigint not null
);
