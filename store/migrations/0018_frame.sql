-- What stands around the body of an approved template: its header, its footer and its buttons.
alter table template add column frame text not null default '';
