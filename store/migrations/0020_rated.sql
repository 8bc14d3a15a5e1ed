-- When the customer answered how it went; a question that is older than that answer is not asked again.
alter table conversation add column rated_at bigint not null default 0;
