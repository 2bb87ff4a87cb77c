-- The complaints that were put down to a cause, by their end: also a cause that hardly any has is found at once.
create index cases_cause on cases (cause, closed_at) where cause is not null;
