-- What a complaint is about, for cases like it to be found.
alter table cases add column category text;
create index cases_category on cases (category, opened_at) where category is not null;
update cases set category = (
    select json_extract(g.value, '$.code') from json_each(cases.state, '$.categories') g
    order by coalesce(json_extract(g.value, '$.confirmed'), 0) desc, g.key desc limit 1)
where state like '%"categories":[{%';
