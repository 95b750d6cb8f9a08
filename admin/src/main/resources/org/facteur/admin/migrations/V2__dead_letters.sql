-- Records that can never succeed, kept until a person replays or deletes them; the topic alone would forget them in a week.
create table dead_letter (
  id      text primary key,   -- topic, partition and offset that the record came from
  at      timestamptz not null,
  stage   text not null,
  cause   text not null,
  topic   text not null,
  key     text,
  headers bytea not null,     -- JSON: name to base64
  value   bytea
);
