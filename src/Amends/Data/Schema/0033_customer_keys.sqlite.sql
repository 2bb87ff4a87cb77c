-- By what customers are alike: an address without what follows a plus, the end of a number, a name.
create index customer_addresses_alike on customer_addresses (case when instr(address_key, '+') between 2 and instr(address_key, '@') then substr(address_key, 1, instr(address_key, '+') - 1) || substr(address_key, instr(address_key, '@')) else address_key end);
create index customers_phone on customers (substr(replace(replace(replace(replace(replace(replace(phone, ' ', ''), '-', ''), '(', ''), ')', ''), '.', ''), '+', ''), -9)) where phone is not null;
create index customers_name on customers (lower(name));
