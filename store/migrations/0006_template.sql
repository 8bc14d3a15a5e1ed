-- What may be said outside a customer's window: the texts that a platform has approved, as it last
-- told them. An account remembers when it was asked, and the code of what went wrong.
create table template (
  workspace text not null, account text not null, name text not null, lang text not null,
  category text not null, body text not null, examples text not null, state text not null,
  primary key (workspace, account, name, lang)
);
alter table account add column templates_at bigint not null default 0;
alter table account add column templates_problem text not null default '';
-- A message that is a template carries its name and values; one that a person may still take back is
-- not sent before the moment in held.
alter table message add column template text not null default '';
alter table message add column held bigint not null default 0;
