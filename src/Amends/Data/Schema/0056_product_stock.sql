-- How many pieces of what is sold are there, as the shop told it last; what is not here is not counted.
create table product_stock (
    product_key text primary key,
    product text not null,
    pieces integer not null check (pieces >= 0),
    told_at bigint not null
);
