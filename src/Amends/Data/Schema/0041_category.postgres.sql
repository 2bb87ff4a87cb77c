-- What a complaint is about, for cases like it to be found.
alter table cases add column category text;
create index cases_category on cases (category, opened_at) where category is not null;
update cases set category = (
    select g->>'code' from jsonb_array_elements(state::jsonb->'categories') with ordinality as t(g, place)
    order by coalesce((g->>'confirmed')::boolean, false) desc, place desc limit 1)
where state like '%"categories":[{%';
