-- The summary of a hand-over in the words of a language model, where one is used; the card it words stays
-- as it is beside it.
alter table handover add column worded text not null default '{}';
