-- The last UIDVALIDITY that a mailbox of the account got.
alter table account add column uid_validity bigint not null default 0;
