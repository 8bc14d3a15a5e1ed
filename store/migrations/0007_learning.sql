-- What a company teaches. An example says who judged it and when, whether it is kept apart to check
-- new versions instead of teaching them, and, where the machine asks for a label, why.
alter table example add column held bigint not null default 0;
alter table example add column why text not null default '[]';
alter table example add column value double precision not null default 0;
alter table example add column judged_by text not null default '';
alter table example add column judged_at bigint not null default 0;
create index example_state on example (workspace, state, id);
create index example_source on example (workspace, source) where source <> '';
-- Versions of what understands a company's messages. Version 0, what the program ships with, has no
-- row; at most one row is in use. The newest few keep their body, the trained model itself.
create table model (
  workspace text not null, number bigint not null, name text not null, base text not null,
  state text not null, used bigint not null default 0, reasons text not null default '[]',
  examples bigint not null, held bigint not null, changed text not null default '{}',
  before text not null, after text not null, took bigint not null default 0,
  at bigint not null, by_member text not null default '', body bytea,
  primary key (workspace, number)
);
