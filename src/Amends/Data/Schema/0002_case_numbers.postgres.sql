alter table cases alter column number restart with 1001;
