-- The cases of a category, for the list behind a figure.
create index case_facts_category on case_facts (category, opened_at);
