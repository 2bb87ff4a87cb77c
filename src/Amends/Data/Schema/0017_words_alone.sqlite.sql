-- The index says which entries have a word, and neither where in them nor how often: nobody asks. One word is one token here
-- too, also when it has marks on its letters or letters that are newer than SQLite's tables: parts of words cannot be looked for.
create virtual table words_alone using fts5 (case_number unindexed, ref unindexed, text, tokenize = "unicode61 remove_diacritics 2 categories 'L* N* M* Co Cn'", detail = none, columnsize = 0);
insert into words_alone (rowid, case_number, ref, text) select rowid, case_number, ref, text from search order by rowid;
drop table search;
alter table words_alone rename to search;
