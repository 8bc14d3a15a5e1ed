-- Approved drafts that may still be taken back are looked for with every message of a customer: few
-- rows, found at once however long the conversation is.
create index message_held on message (workspace, conversation) where delivery = 'queued' and held > 0;
