-- The directory as people edit it. The topics directory.domains and directory.addresses are fed from it by the outbox,
-- whose rows are written in the same transaction as the change.
create table domain (
  name       text primary key,
  created_at timestamptz not null default now()
);

create table address (
  address       text primary key,
  domain        text not null references domain (name),
  kind          text not null check (kind in ('account', 'alias')),
  password_hash text not null default '',
  quota         bigint not null default 0,
  display_name  text not null default '',
  targets       text[] not null default '{}',
  created_at    timestamptz not null default now()
);

create index address_domain on address (domain);

create table outbox (
  seq   bigint generated always as identity primary key,
  topic text not null,
  key   text not null,
  value bytea -- null deletes the key
);

-- What each stage did with a message. Rows are only ever added; old ones are deleted by age.
create table journey (
  message_id text not null,
  at         timestamptz not null,
  stage      text not null,
  what       text not null,
  micros     bigint not null,
  detail     text not null
);

create index journey_message on journey (message_id);
create index journey_at on journey using brin (at);

-- Which message ids an address has to do with, as sender or recipient.
create table journey_address (
  address    text not null,
  at         timestamptz not null,
  message_id text not null
);

create index journey_address_address on journey_address (address, at);
create index journey_address_at on journey_address using brin (at);
