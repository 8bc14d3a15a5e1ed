-- Everything of DESIGN section 2. One text for SQLite and PostgreSQL: bigint microseconds UTC (0 is
-- "never"), text for ids and JSON, workspace in every table and every unique key.
create table workspace (
  id text primary key,
  name text not null,
  zone text not null,
  lang text not null,
  hours text not null,
  settings text not null,
  event_seq bigint not null default 0
);
create table account (
  workspace text not null, id text not null,
  kind text not null, name text not null, external text not null,
  state text not null, reason text not null default '',
  settings text not null, secrets text not null,
  blocked_until bigint not null default 0,
  created_at bigint not null,
  primary key (workspace, id), unique (workspace, kind, external)
);
create index account_external on account (kind, external);
create table team (workspace text not null, id text not null, name text not null, primary key (workspace, id));
create table member (
  workspace text not null, id text not null,
  email text not null, name text not null, role text not null, lang text not null,
  password text not null, away bigint not null default 0, disabled bigint not null default 0,
  created_at bigint not null,
  primary key (workspace, id), unique (workspace, email)
);
create table team_member (workspace text not null, team text not null, member text not null, primary key (workspace, team, member));
create table session (
  workspace text not null, token text not null, member text not null,
  created_at bigint not null, seen_at bigint not null, expires_at bigint not null, agent text not null default '',
  primary key (workspace, token)
);
create index session_token on session (token);
create table customer (
  workspace text not null, id text not null,
  name text not null default '', first text not null default '', lang text not null default '',
  shop text not null default '', shop_info text not null default '{}',
  vip bigint not null default 0, human bigint not null default 0, vulnerable bigint not null default 0,
  merged_into text not null default '',
  created_at bigint not null,
  primary key (workspace, id)
);
create index customer_shop on customer (workspace, shop);
create table identity (
  workspace text not null, id text not null,
  account text not null, external text not null, customer text not null,
  name text not null default '', username text not null default '',
  verified bigint not null default 0, attempts bigint not null default 0, attempts_since bigint not null default 0,
  created_at bigint not null,
  primary key (workspace, id), unique (workspace, account, external)
);
create index identity_customer on identity (workspace, customer);
create table conversation (
  workspace text not null, id text not null, customer text not null,
  owner text not null, agent text not null default '', team text not null default '',
  epoch bigint not null, rev bigint not null, seq bigint not null, asked bigint not null, answered bigint not null,
  priority bigint not null default 0, touchpoint text not null default '',
  mood text not null default 'calm', moods text not null default '[]', tension double precision not null default 0,
  lang text not null default '', reason text not null default '',
  wait_since bigint not null default 0, bot_turns bigint not null default 0, clarified bigint not null default 0, fails bigint not null default 0,
  disclosed bigint not null default 0, parked text not null default '', brief text not null default '', instructed text not null default '',
  last_at bigint not null, last_thread text not null default '', preview text not null default '', last_from text not null default '',
  opened bigint not null, closed_at bigint not null default 0,
  primary key (workspace, id), unique (workspace, customer)
);
create index conversation_list on conversation (workspace, owner, last_at, id);
create index conversation_wait on conversation (workspace, owner, priority desc, wait_since, id);
create index conversation_agent on conversation (workspace, agent, owner, last_at);
create index conversation_people on conversation (workspace, last_at, id) where owner in ('queue', 'human');
create index conversation_open on conversation (workspace, last_at, id) where owner <> 'closed';
create table thread (
  workspace text not null, id text not null, conversation text not null, account text not null,
  surface text not null, external text not null, subject text not null default '', recipient text not null default '',
  window_from bigint not null default 0, elsewhere bigint not null default 0, created_at bigint not null,
  primary key (workspace, id), unique (workspace, account, external)
);
create index thread_conversation on thread (workspace, conversation);
create table message (
  workspace text not null, id text not null, conversation text not null, thread text not null, account text not null,
  seq bigint not null, origin text not null, author text not null default '', draft text not null default '',
  text text not null, parts text not null default '[]',
  external text, reply_to text not null default '', key text,
  epoch bigint not null default 0, delivery text not null, problem text not null default '',
  disposition text not null default '', reading text not null default '',
  kind text not null default '', decision text not null default '', choice text not null default '[]',
  hidden bigint not null default 0, removed bigint not null default 0, edited bigint not null default 0,
  at bigint not null, received_at bigint not null, sent_at bigint not null default 0, read_at bigint not null default 0,
  primary key (workspace, id), unique (workspace, conversation, seq), unique (workspace, account, external), unique (workspace, conversation, key)
);
create index message_thread on message (workspace, thread, seq);
create index message_pending on message (workspace, received_at) where disposition = 'pending';
create table seen_key (workspace text not null, account text not null, key text not null, at bigint not null, primary key (workspace, account, key));
create table raw_body (workspace text not null, id text not null, hook text not null, header text not null, body text not null, at bigint not null, note text not null default '', primary key (workspace, id));
create table matter (
  workspace text not null, id text not null, conversation text not null, touchpoint text not null,
  opened bigint not null, closed bigint not null default 0, outcome text not null default '', clock_due bigint not null default 0, csat bigint not null default 0, csat_text text not null default '',
  primary key (workspace, id)
);
create index matter_conversation on matter (workspace, conversation);
create table promise (
  workspace text not null, id text not null, conversation text not null, message text not null, by_member text not null default '',
  text text not null, due bigint not null, kept bigint not null default 0, broken bigint not null default 0, warned bigint not null default 0, created_at bigint not null,
  primary key (workspace, id)
);
create index promise_conversation on promise (workspace, conversation);
create table note (
  workspace text not null, id text not null, conversation text not null, by_member text not null, text text not null, for_bot bigint not null default 0, at bigint not null,
  primary key (workspace, id)
);
create index note_conversation on note (workspace, conversation);
create table assignment (
  workspace text not null, id text not null, conversation text not null, member text not null default '', team text not null default '',
  by_member text not null default '', rule text not null default '', at bigint not null, ended bigint not null default 0,
  primary key (workspace, id)
);
create index assignment_conversation on assignment (workspace, conversation);
create table decision (
  workspace text not null, id text not null, conversation text not null, seq bigint not null, act text not null, touchpoint text not null, rule text not null,
  code text not null default '', outcome text not null default '', body text not null, input text not null, at bigint not null,
  primary key (workspace, id)
);
create index decision_conversation on decision (workspace, conversation, id);
create table handover (
  workspace text not null, id text not null, conversation text not null, epoch bigint not null,
  code text not null, "trigger" text not null, card text not null, step bigint not null default 0,
  at bigint not null, taken_by text not null default '', taken_at bigint not null default 0, first_reply bigint not null default 0,
  ended_at bigint not null default 0, ended_by text not null default '', outcome text not null default '', verdict text not null default '',
  primary key (workspace, id)
);
create index handover_conversation on handover (workspace, conversation, id);
create table draft (
  workspace text not null, id text not null, conversation text not null, thread text not null, decision text not null,
  suggestion bigint not null default 0, rev bigint not null, epoch bigint not null, seq bigint not null,
  touchpoint text not null, lang text not null, text text not null, claims text not null, class bigint not null default 0, why text not null default '', purpose text not null default '',
  state text not null, trap text not null default '', original text not null default '', due bigint not null,
  lease_by text not null default '', lease_until bigint not null default 0, opened bigint not null default 0,
  final text not null default '', edit text not null default '', distance double precision not null default 0, reason text not null default '',
  reviewer text not null default '', decided_at bigint not null default 0, created_at bigint not null,
  primary key (workspace, id)
);
create index draft_queue on draft (workspace, state, suggestion, due);
create index draft_conversation on draft (workspace, conversation, state);
create table touchpoint (
  workspace text not null, id text not null, temper text not null, speed bigint not null, empathy bigint not null,
  level bigint not null, profile text not null default '', team text not null default '', paused bigint not null default 0, clock bigint not null default 0, levels text not null default '{}', version bigint not null default 1,
  primary key (workspace, id)
);
create table rule (
  workspace text not null, id text not null, kind text not null, body text not null, version bigint not null default 1, at bigint not null, by_member text not null default '',
  primary key (workspace, id)
);
create table example (
  workspace text not null, id text not null, lang text not null, touchpoint text not null, mood text not null, human bigint not null default 0,
  text text not null, source text not null default '', state text not null, by_member text not null default '', at bigint not null,
  primary key (workspace, id)
);
create table article (
  workspace text not null, id text not null, lang text not null, title text not null, body text not null, touchpoint text not null default '',
  state text not null, verified_at bigint not null default 0, version bigint not null default 1, at bigint not null,
  primary key (workspace, id)
);
create table trail (
  workspace text not null, id text not null, member text not null, action text not null, subject text not null default '', data text not null default '{}', at bigint not null,
  primary key (workspace, id)
);
create table event (
  workspace text not null, seq bigint not null, kind text not null, at bigint not null,
  conversation text not null default '', subject text not null default '', actor text not null default '', code text not null default '', data text not null default '',
  primary key (workspace, seq)
);
create index event_conversation on event (workspace, conversation, seq);
create table job (
  workspace text not null, id text not null, kind text not null, arg text not null, queue text not null default '', once text,
  run_at bigint not null, lease_until bigint not null default 0, fence bigint not null default 0,
  tries bigint not null default 0, dead bigint not null default 0, problem text not null default '', created_at bigint not null,
  primary key (workspace, id), unique (workspace, once)
);
create index job_due on job (dead, run_at, id);
create index job_queue on job (queue, id) where queue <> '';
