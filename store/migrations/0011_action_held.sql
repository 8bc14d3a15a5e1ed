-- An approved action is not carried out before this moment and can be taken back until it is.
alter table action add column held bigint not null default 0;
