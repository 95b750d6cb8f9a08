-- Reports of others about our domains: DMARC aggregate reports and TLS reports, and what came as one but could not be read.
create table received_report (
  id           bigint generated always as identity primary key,
  kind         text not null check (kind in ('dmarc', 'tls', 'unreadable')),
  domain       text not null,          -- ours, that the report was sent to
  about        text not null,          -- the policy domain that it is about; empty where unreadable
  organization text not null,
  report_id    text not null,          -- as the organization says; the message's where unreadable
  begins       timestamptz not null,
  ends         timestamptz not null,
  received_at  timestamptz not null,
  message_id   text not null,
  sender       text not null,          -- author domain of the message
  sender_dmarc text not null,
  counted      boolean not null,       -- false where the sender is forged, and where unreadable
  passed       bigint not null,        -- messages, sessions
  failed       bigint not null,
  problem      text not null,          -- why it cannot be read; empty where it can
  unique (kind, domain, organization, report_id)
);

create index received_report_domain on received_report (domain, kind, ends);
create index received_report_at on received_report (received_at);

create table dmarc_row (
  report        bigint not null references received_report (id) on delete cascade,
  source        text not null,         -- IP address
  messages      bigint not null,
  disposition   text not null,
  dkim          text not null,         -- aligned: pass or fail
  spf           text not null,
  header_from   text not null,
  envelope_from text not null,
  reason        text not null          -- override, results of single signatures; for people
);

create index dmarc_row_report on dmarc_row (report);

create table tls_row (
  report      bigint not null references received_report (id) on delete cascade,
  policy_type text not null,           -- sts, tlsa, no-policy-found
  result      text not null,           -- RFC 8460 section 4.3
  sessions    bigint not null,
  source      text not null,
  mx          text not null,
  detail      text not null
);

create index tls_row_report on tls_row (report);

-- What we have seen of others' domains, by day (UTC), until the report of that day is sent.
create table dmarc_published (
  day           date not null,
  policy_domain text not null,
  at            timestamptz not null,  -- of the newest observation
  policy        text not null,         -- JSON: the newest
  primary key (day, policy_domain)
);

create table dmarc_observed (
  day           date not null,
  policy_domain text not null,
  row_key       text not null,         -- hash of the row
  row           text not null,         -- JSON
  messages      bigint not null,
  primary key (day, policy_domain, row_key)
);

create table dmarc_sent (
  day           date not null,
  policy_domain text not null,
  at            timestamptz not null,
  report_id     text not null,
  recipients    text[] not null,       -- empty where there was nobody to send it to
  messages      bigint not null,
  primary key (day, policy_domain)
);
