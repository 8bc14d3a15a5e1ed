-- Who took the content of a message away: its author, somebody at the company or on the platform, or the
-- erasure of the customer. Of what was removed before, the kind of place tells.
alter table message add column removed_by text not null default '';
update message set removed_by = case
  when exists (select 1 from thread t where t.workspace = message.workspace and t.id = message.thread and t.external like 'erased:%') then 'erasure'
  when exists (select 1 from thread t where t.workspace = message.workspace and t.id = message.thread and t.surface = 'comment') then 'platform'
  when origin = 'customer' then 'customer' else 'company' end where removed = 1;
