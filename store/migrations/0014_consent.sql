-- What people said about being written to, wish by wish; the newest of a scope counts. Kept by the id that
-- the platform knows them by, so that merging and splitting customers changes nothing in it.
create table consent (
  workspace text not null, id text not null, account text not null, external text not null,
  scope text not null, wish text not null, source text not null, at bigint not null,
  primary key (workspace, id)
);
create index consent_who on consent (workspace, account, external, at);
-- How people came to a conversation: through an advertisement or a link with a reference of ours.
create table referral (
  workspace text not null, id text not null, account text not null, external text not null,
  kind text not null, ref text not null default '', title text not null default '', url text not null default '', at bigint not null,
  primary key (workspace, id)
);
create index referral_who on referral (workspace, account, external, at);
