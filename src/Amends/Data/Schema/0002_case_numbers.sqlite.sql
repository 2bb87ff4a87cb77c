insert into sqlite_sequence (name, seq) values ('cases', 1000);
