-- In the queue: the person who is asked first, because of a promise. What was promised is looked up by
-- who promised it.
alter table conversation add column offered text not null default '';
create index promise_by on promise (workspace, by_member) where kept = 0 and broken = 0;
