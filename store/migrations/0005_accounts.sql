-- What keeps a connection honest: when this installation last gave a sign of life for an account, since
-- when it was broken, and when its subscription was last seen to be good.
alter table account add column alive_at bigint not null default 0;
alter table account add column gap_from bigint not null default 0;
alter table account add column checked_at bigint not null default 0;
-- What people should know about an account and nobody would see otherwise: a part that could not be
-- read, a template that was refused, a time in which nothing was received. One row a matter.
create table account_news (
  workspace text not null, id text not null, account text not null,
  code text not null, subject text not null default '', once text not null, times bigint not null default 1,
  since bigint not null default 0, at bigint not null, seen_at bigint not null default 0, seen_by text not null default '',
  primary key (workspace, id), unique (workspace, account, once)
);
create index account_news_open on account_news (workspace, seen_at, at);
-- The platform's ids of the earlier pieces of a message that was sent in several; the last piece's is
-- the message's own.
create table message_piece (
  workspace text not null, account text not null, external text not null, message text not null,
  primary key (workspace, account, external)
);
-- Files of messages. The platforms forget theirs within minutes or days, so a copy is kept, in pieces
-- that a writer can bear. bytea is PostgreSQL's name; SQLite keeps bytes under any.
create table file (
  workspace text not null, id text not null, message text not null default '', part bigint not null default 0, account text not null default '',
  state text not null, problem text not null default '', kind text not null, name text not null default '', mime text not null default '', size bigint not null default 0, digest text not null default '',
  at bigint not null, primary key (workspace, id)
);
create index file_message on file (workspace, message, part);
create table file_piece (workspace text not null, file text not null, n bigint not null, body bytea not null, primary key (workspace, file, n));
