-- Reports that come by mail, and the letters that went.
create table report_mails (
    id {id},
    person_id bigint not null references people (id),
    report text not null,
    days integer not null,
    category text not null default '',
    rhythm integer not null,                  -- 1 daily, 2 weekly, 3 monthly
    day integer not null,
    hour integer not null,
    format integer not null,                  -- 1 CSV, 2 workbook
    made_at bigint not null,
    due_at bigint not null,
    paused_at bigint,
    ended_at bigint,
    note text not null default ''             -- why it rests
);
create index report_mails_due on report_mails (due_at) where paused_at is null and ended_at is null;
create index report_mails_person on report_mails (person_id);

create table report_letters (
    id {id},
    report_mail_id bigint not null references report_mails (id),
    period_at bigint not null,                -- when it was due: once each
    address text not null,
    subject text not null,
    state integer not null,                   -- 1 waiting, 2 tried, 3 accepted, 5 failed, 6 kept (demo)
    made_at bigint not null,
    due_at bigint not null,
    lease_until bigint not null default 0,
    epoch bigint not null default 0,
    tries integer not null default 0,
    mail_id text not null,
    raw_digest text not null,                 -- in blobs, sealed
    reply text not null default '',
    sent_at bigint
);
create unique index report_letters_once on report_letters (report_mail_id, period_at);
create index report_letters_due on report_letters (due_at, id) where state in (1, 2);
