-- When the customer was last asked how it went: once for what belongs together.
alter table conversation add column rating_asked bigint not null default 0;
