-- A text's words are the index entry alone: what was said is kept with the message.
alter table search alter column words drop expression;
alter table search drop column text;

-- A new case is written once, at the end of its unit of work, when all that happened to it is known.
alter table messages alter constraint messages_case_number_fkey deferrable initially deferred;
alter table customer_links alter constraint customer_links_case_number_fkey deferrable initially deferred;
