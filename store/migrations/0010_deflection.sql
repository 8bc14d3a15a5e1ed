-- Callers of the hotline who chose to go on in writing. The code is in the link that they get; it is good
-- once and for a day.
create table deflection (
  workspace text not null, id text not null, code text not null, phone text not null, call_ref text not null,
  topic text not null default '', prompt text not null default '', waited bigint not null default 0,
  at bigint not null, used_at bigint not null default 0, conversation text not null default '',
  primary key (workspace, id), unique (workspace, code), unique (workspace, call_ref)
);
create index deflection_phone on deflection (workspace, phone, at);
