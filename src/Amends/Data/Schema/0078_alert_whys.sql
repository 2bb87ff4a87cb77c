-- On which improvement somebody asks why of what stands out.
alter table alerts add column improvement_id bigint references improvements (id);
