-- What belongs to one conversation or customer is found by an index that also has the order in which it is
-- read: otherwise SQLite prefers the primary key and reads the whole workspace.
drop index identity_customer;
create index identity_customer on identity (workspace, customer, id);
drop index thread_conversation;
create index thread_conversation on thread (workspace, conversation, id);
drop index matter_conversation;
create index matter_conversation on matter (workspace, conversation, id);
drop index note_conversation;
create index note_conversation on note (workspace, conversation, id);
drop index draft_conversation;
create index draft_conversation on draft (workspace, conversation, id);
drop index promise_conversation;
create index promise_conversation on promise (workspace, conversation, id);
drop index assignment_conversation;
create index assignment_conversation on assignment (workspace, conversation, id);
drop index clue_customer;
create index clue_customer on clue (workspace, customer, kind, value);
