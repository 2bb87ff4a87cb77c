-- By what customers are alike: an address without what follows a plus, the end of a number, a name.
create index customer_addresses_alike on customer_addresses ((split_part(split_part(address_key, '@', 1), '+', 1) || '@' || split_part(address_key, '@', 2)));
create index customers_phone on customers ((right(regexp_replace(phone, '[^0-9]', '', 'g'), 9))) where phone is not null;
create index customers_name on customers ((lower(name)));
