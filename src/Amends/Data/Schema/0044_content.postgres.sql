-- Versions of content beside what ships: questions, letters, extras, the hiring kit, policies. A proposal first, a version when somebody else
-- has agreed to it. A version never changes.
create table content_versions (
    id {id},
    item text not null,                       -- its key
    version integer,                          -- null while it is a proposal
    based_on integer not null,                -- the own version that it was written from; 0 for what ships and for something new
    document text not null,                   -- the item, as JSON
    effective_from text not null,             -- the first day at the desk, ISO 8601
    why text not null,
    proposed_by bigint references people (id), -- null for what was in the settings before
    proposed_at bigint not null,
    decided_by bigint references people (id),
    decided_at bigint,
    decided_why text                          -- why not; null when it was agreed to
);
create unique index content_versions_version on content_versions (item, version);

-- The list of extras from the settings: what differs from the five that ship becomes a version of the company's own, and what was taken out ends.
insert into content_versions (item, version, based_on, document, effective_from, why, proposed_at, decided_at)
with known (item, name, cost, worth, suits) as (values
    ('extra.warranty', 'A year more of warranty', 600, 3000, 'Something broke early, and they wonder whether the next one will, too.'),
    ('extra.delivery_hour', 'Delivery at the hour that suits you', 500, 1500, 'They waited at home in vain. An hour that they choose gives the day back to them.'),
    ('extra.spare_part', 'A spare part with it', 300, 1200, 'It is the part that fails first, and they would rather have one in the drawer than write to us again.'),
    ('extra.set_up', 'Set up by us', 2000, 6000, 'Putting it together was the trouble, or they have nobody who helps.'),
    ('extra.free_month', 'A month free', 400, 1500, 'They pay by the month and could not use it for some of the time.')),
listed (place, name, cost, worth) as (
    select t.place - 1, e->>'name', (e->>'costMinor')::bigint, (e->>'worthMinor')::bigint
    from (select value::jsonb #> '{remedies,extras}' as extras from settings where name = 'company') s
    cross join lateral jsonb_array_elements(case when jsonb_typeof(s.extras) = 'array' then s.extras else '[]'::jsonb end) with ordinality as t(e, place)),
changed (item, title, cost, worth, suits, edition, until) as (
    select 'extra.own_' || (l.place + 1), l.name, l.cost, l.worth, '', 0, null from listed l where l.name not in (select name from known)
    union all
    select k.item, k.name, l.cost, l.worth, k.suits, 1, null from known k join listed l on l.name = k.name
    where (l.cost <> k.cost or l.worth <> k.worth) and l.place = (select min(first.place) from listed first where first.name = k.name)
    union all
    select k.item, k.name, k.cost, k.worth, k.suits, 1, '2000-01-01' from known k where k.name not in (select name from listed)
    and exists (select 1 from (select value::jsonb #> '{remedies,extras}' as extras from settings where name = 'company') s where jsonb_typeof(s.extras) = 'array'))
select item, 1, 0, json_strip_nulls(json_build_object('key', item, 'kind', 'Extra', 'title', title, 'version', 1, 'edition', edition, 'effective_from', '2000-01-01', 'effective_until', until, 'text', suits, 'cost_minor', cost, 'worth_minor', worth))::text,
    '2000-01-01', 'As the list in the settings had it.', 0, 0
from changed;
