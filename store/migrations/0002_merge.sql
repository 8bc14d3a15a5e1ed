-- One person, one conversation. A merge is an edge from the customer that is gone to the one that is
-- kept, with its reason and evidence. What moves along it remembers where it is at home, so that
-- merges can be undone in any order.
create table merge (
  workspace text not null, id text not null,
  kept text not null, gone text not null, kept_conversation text not null, gone_conversation text not null,
  actor text not null, reason text not null, evidence text not null, moved text not null, filled text not null,
  at bigint not null, undone_at bigint not null default 0, undone_by text not null default '',
  primary key (workspace, id)
);
create index merge_gone on merge (workspace, gone, undone_at);
create index merge_kept on merge (workspace, kept, undone_at);
create table merge_proposal (
  workspace text not null, id text not null, a text not null, b text not null,
  evidence text not null, score double precision not null, state text not null,
  at bigint not null, decided_by text not null default '', decided_at bigint not null default 0,
  primary key (workspace, id), unique (workspace, a, b)
);
create index merge_proposal_waiting on merge_proposal (workspace, state, score);
create index merge_proposal_b on merge_proposal (workspace, b);
-- What two customers may have in common, as digests: a clue can be compared and not read.
create table clue (
  workspace text not null, kind text not null, value text not null, customer text not null, at bigint not null,
  primary key (workspace, kind, value, customer)
);
create index clue_customer on clue (workspace, customer);
create index customer_merged on customer (workspace, merged_into) where merged_into <> '';
alter table conversation add column merged_into text not null default '';
-- Messages up to this number are in the order of their time, those above it in the order of their numbers.
alter table conversation add column sorted bigint not null default 0;
-- Home is the customer or the conversation that a row belongs to when no merge is in force; empty:
-- where it is.
alter table identity add column home text not null default '';
alter table identity add column alias bigint not null default 0;
alter table thread add column home text not null default '';
alter table message add column home text not null default '';
alter table matter add column home text not null default '';
alter table promise add column home text not null default '';
alter table note add column home text not null default '';
alter table assignment add column home text not null default '';
alter table decision add column home text not null default '';
alter table handover add column home text not null default '';
alter table draft add column home text not null default '';
