-- A reply that its writer put aside until this moment, and the rules of wording that they were asked about already.
alter table drafts add column parked_until bigint;
alter table drafts add column asked text not null default '';
