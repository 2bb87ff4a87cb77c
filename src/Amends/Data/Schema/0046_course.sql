-- Since when the time to answer an offer is over, while it is with the customer: whoever has the case sees it today.
alter table cases add column unanswered_at bigint;

-- The case in which a closed one goes on: its messages are shown there, and what still comes for it goes there.
alter table cases add column goes_on_in bigint;
create index cases_goes_on_in on cases (goes_on_in) where goes_on_in is not null;
