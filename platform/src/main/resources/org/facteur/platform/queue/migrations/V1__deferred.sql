-- Mail for one remote domain that could not be handed over yet. smtp-egress writes and works on it, admin shows it.
create table deferred (
  id           text primary key,  -- message id and recipient domain
  message_id   text not null,
  domain       text not null,
  state        text not null check (state in ('waiting', 'held')),
  accepted_at  timestamptz not null,
  next_attempt timestamptz not null,
  attempts     integer not null,
  last_error   text not null,
  leased_until timestamptz not null default '-infinity',
  sender       text not null,
  recipients   text[] not null,
  envelope     bytea not null,    -- JSON of the outbound record
  body         bytea,             -- the message, where it rode in the record
  body_ref     text               -- or its name in the body store
);

create index deferred_due on deferred (next_attempt) where state = 'waiting';
create index deferred_domain on deferred (domain);

-- What has been handed over or bounced, so that a record that is read again after a crash is not sent again.
create table settled (
  id text primary key,
  at timestamptz not null
);

create index settled_at on settled using brin (at);
