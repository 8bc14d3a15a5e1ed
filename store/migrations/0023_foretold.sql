-- What platforms told about messages that had not come yet: they deliver in any order (CHANNELS.md 1.4), and what
-- somebody has taken back may not appear because the news of that was quicker.
create table foretold (
  workspace text not null, account text not null, external text not null, kind text not null,
  person text not null default '', text text not null default '', at bigint not null, told bigint not null,
  primary key (workspace, account, external, kind)
);
create index foretold_told on foretold (workspace, told);
