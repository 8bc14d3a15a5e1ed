-- A link with which a person sets a password: good once, until it ends. Only the hash of its word is kept.
create table invite (
  workspace text not null, token text not null, member text not null, expires_at bigint not null, created_at bigint not null,
  primary key (token)
);
create index invite_member on invite (workspace, member);
