-- What was decided lately is found without looking at what was decided ever.
create index draft_decided on draft (workspace, decided_at);
