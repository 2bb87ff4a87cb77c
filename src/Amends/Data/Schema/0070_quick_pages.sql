-- What some pages over all cases ask, found along an index that holds it.

-- Somebody chose something in it, ever: what like cases got is read along these.
alter table cases add column has_choice integer not null default 0;
update cases set has_choice = 1 where number in (select case_number from events where kind = 'option_chosen');
create index cases_chosen on cases (opened_at, kind, stage, category, severity, number, has_choice) where has_choice = 1;
drop index money_given_case;
create index money_given_case on money_given (case_number, chosen, currency, minor);

-- Who wants no more letters.
create index customers_letters_off on customers (letters_off_at) where letters_off_at is not null;

-- Decisions that go out without an offer of their own are part of how money is decided.
drop index events_approvals;
create index events_approvals on events (at) where kind in ('approval_asked', 'offer_approved', 'offer_refused', 'offer_sent', 'offer_prepared', 'decision_added');

-- What a remedy that is done is worth: said when it was added. What went out of the books for it.
create index events_worth on events (case_number) where kind = 'remedy_added';
create index ledger_lines_paid on ledger_lines (at, currency, minor) where kind = 2 and account = 2;
drop index ledger_lines_day;
create index ledger_lines_day on ledger_lines (booked_on, number, account, currency, minor);
