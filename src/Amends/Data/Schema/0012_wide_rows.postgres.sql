-- PostgreSQL would pack rows above 2 kB once more and put them elsewhere. Blobs are packed already, and whoever looks for
-- two common words reads the words of many entries.
alter table blobs alter column data set storage external;
alter table blobs set (toast_tuple_target = 8160);
alter table search set (toast_tuple_target = 8160);
