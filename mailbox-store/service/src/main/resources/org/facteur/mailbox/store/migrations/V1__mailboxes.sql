-- Mailboxes. Only mailbox-store writes here; gateways have the role facteur_reader, which may only SELECT.
-- Hot tables have few indexes and no foreign keys: the transactions of the store keep them consistent.

create table account (
  id      bigint generated always as identity primary key,
  address text not null unique
);

create table mailbox (
  id           bigint generated always as identity primary key,
  account      bigint not null,
  name         text not null,
  special_use  text,
  uid_validity bigint not null,
  uid_next     bigint not null default 1,
  modseq       bigint not null default 1,
  messages     bigint not null default 0,
  unseen       bigint not null default 0,
  deleted      bigint not null default 0,
  size         bigint not null default 0,
  unique (account, name)
) with (fillfactor = 30); -- each delivery updates a row: room for HOT updates

create table subscription (
  account bigint not null,
  name    text not null,
  primary key (account, name)
);

-- What never changes about a message in an account, computed once.
create sequence email_id increment by 1000;

create table email (
  id             bigint primary key,
  account        bigint not null,
  message_id     text,             -- the platform's id of a delivery: it is delivered to an account once
  stored_at      timestamptz not null,
  size           bigint not null,  -- octets of prefix and body
  prefix         bytea not null,   -- trace fields that stand before the body
  body_hash      bytea not null,
  body_size      bigint not null,
  internal_date  timestamptz not null,
  sent           date,
  envelope       bytea not null,
  body_structure bytea not null,
  body           bytea not null,
  parts          bytea not null,
  base_subject   text not null,
  thread_id      text not null
) with (toast_tuple_target = 8160);

alter table email alter prefix set storage external, alter envelope set storage external,
  alter body_structure set storage external, alter body set storage external, alter parts set storage external;

create unique index email_delivery on email (message_id, account) where message_id is not null;

create table message (
  mailbox  bigint not null,
  uid      bigint not null,
  email    bigint not null,
  flags    integer not null,       -- 1 Seen, 2 Answered, 4 Flagged, 8 Deleted, 16 Draft
  keywords text[],                 -- null for none
  modseq   bigint not null,
  saved    timestamptz not null,
  primary key (mailbox, uid)
) with (fillfactor = 90);

create index message_modseq on message (mailbox, modseq);
create index message_email on message (email);

-- UIDs that are gone, for QRESYNC and for telling other sessions.
create table expunged (
  mailbox bigint not null,
  modseq  bigint not null,
  uid     bigint not null,
  primary key (mailbox, modseq, uid)
);

-- One copy of the bytes, however many recipients: compressed here, or by its name in the body store where bytes is null.
create table body (
  hash       bytea primary key,
  size       bigint not null,
  compressed boolean not null,
  stored_at  timestamptz not null,
  bytes      bytea
) with (toast_tuple_target = 8160);

alter table body alter bytes set storage external;

-- Results of commands by their ids, so that a command that is sent again is not run again.
create table command_result (
  id     text primary key,
  at     timestamptz not null,
  result bytea not null
);

do $$ begin
  if not exists (select 1 from pg_roles where rolname = 'facteur_reader') then
    create role facteur_reader nologin;
  end if;
end $$;

grant usage on schema mailbox to facteur_reader;
grant select on account, mailbox, subscription, email, message, expunged, body to facteur_reader;
