-- What is owed to customers, a line a row, so that one that is late is seen by itself and by whose it is.
create table owed_lines (
    case_number bigint not null references cases (number),
    remedy_id integer not null,
    person_id bigint references people (id),  -- null: whoever has the case
    due_at bigint not null,
    primary key (case_number, remedy_id)
);
create index owed_lines_due on owed_lines (due_at);
create index owed_lines_person on owed_lines (person_id, due_at) where person_id is not null;

insert into owed_lines (case_number, remedy_id, person_id, due_at)
select c.number, (r.value ->> 'id')::int, null, round(extract(epoch from (r.value ->> 'due_at')::timestamptz) * 1000)::bigint
from cases c, jsonb_array_elements(coalesce(c.state::jsonb -> 'remedies', '[]'::jsonb)) r
where c.closed_at is null
    and r.value ->> 'done_at' is null and r.value ->> 'failed_at' is null and r.value ->> 'lapsed_at' is null and r.value ->> 'replaced_at' is null
    and (r.value ->> 'released_at' is not null or coalesce(r.value -> 'data' ->> 'release_on', 'at_once') = 'at_once');

-- Lists go by the line that is due next; the clock looks at each.
update cases set fix_due_at = (select min(due_at) from owed_lines where case_number = number) where number in (select case_number from owed_lines);
update cases set wake_at = fix_due_at + 1 where number in (select case_number from owed_lines) and (wake_at is null or wake_at > fix_due_at + 1);

-- How much is left of what can be given on top, beside what is promised; what is not here is not counted. And what each case holds of it.
create table extra_stock (
    item text primary key,
    pieces integer not null check (pieces >= 0)
);

create table extras_held (
    id {id},
    case_number bigint not null references cases (number),
    offer_id integer not null,
    item text not null,
    pieces integer not null,
    chosen integer not null                   -- the customer chose it
);
create index extras_held_case on extras_held (case_number);

-- Whom the company promised what it changes: the lines of cases that an improvement stands for.
create table improvement_cases (
    improvement_id bigint not null references improvements (id),
    case_number bigint not null references cases (number),
    remedy_id integer not null,
    primary key (case_number, remedy_id)
);
create index improvement_cases_improvement on improvement_cases (improvement_id);
