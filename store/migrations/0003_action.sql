-- What is done outside the conversation on a person's word: a refund, another address. Conversation
-- and home follow merges, as they do for drafts.
create table action (
  workspace text not null, id text not null, conversation text not null, home text not null default '',
  kind text not null, subject text not null, amount bigint not null, currency text not null, args text not null,
  reason text not null, state text not null, proposed_by text not null, approved_by text not null default '',
  epoch bigint not null default 0, key text not null, result text not null default '',
  created_at bigint not null, decided_at bigint not null default 0, done_at bigint not null default 0,
  primary key (workspace, id)
);
create index action_conversation on action (workspace, conversation, id);
