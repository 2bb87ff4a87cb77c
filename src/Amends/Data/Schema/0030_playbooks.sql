-- Versions of playbooks beside those that ship: a proposal first, a version when somebody else has agreed to it. A version never changes.
create table playbook_versions (
    id {id},
    playbook text not null,                   -- its key
    version integer,                          -- null while it is a proposal
    based_on integer not null,                -- the version that it was written from; 0 for a new one
    document text not null,                   -- the playbook, as JSON
    effective_from text not null,             -- the first day at the desk, ISO 8601
    why text not null,
    proposed_by bigint not null references people (id),
    proposed_at bigint not null,
    decided_by bigint references people (id),
    decided_at bigint,
    decided_why text                          -- why not; null when it was agreed to
);
create unique index playbook_versions_version on playbook_versions (playbook, version);
