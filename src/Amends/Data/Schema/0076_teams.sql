-- Teams: who is in each, and what it answers for. A retired one keeps its name and has nobody.
create table teams (
    id {id},
    name text not null,
    name_key text not null unique,            -- without letter case
    retired_at bigint
);

-- A category is answered for by one team at the most; a code stands for all that belongs to it and has no row of its own.
create table team_categories (
    code text primary key,
    team_id bigint not null references teams (id)
);
create index team_categories_team on team_categories (team_id);

-- Who changed a team, how it was and how it became (JSON; empty before there was one).
create table team_log (
    id {id},
    team_id bigint not null references teams (id),
    person_id bigint not null references people (id),
    at bigint not null,
    was text not null,
    became text not null
);

alter table people add column team_id bigint references teams (id);
create index people_team on people (team_id) where team_id is not null;

-- The team to which a complaint went when it came, by its first impression.
alter table cases add column team_id bigint;
