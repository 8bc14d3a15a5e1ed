-- Which piece of a message a platform's id is about (from 1; 0: not told), and whether the platform lost it: who tries
-- a message again that went out in part sends what is missing, and nothing twice.
alter table message_piece add column piece bigint not null default 0;
alter table message_piece add column lost bigint not null default 0;
create index message_piece_message on message_piece (workspace, message);
