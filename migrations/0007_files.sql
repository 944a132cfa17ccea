-- +goose Up

-- Work that takes longer than a request: files on their way in, and jobs. Neither is a decision, so
-- neither is in the log; what they lead to is. Files themselves are in the store of files.
create schema file;

create table file.upload (
  id           uuid        primary key,
  owner        text        not null,
  on_behalf_of text        not null default '',
  purpose      text        not null,              -- what it may be used for
  name         text        not null,              -- as the sender calls it; never part of a path
  declared     text        not null default '',   -- the type the sender states
  size         bigint      not null check (size >= 0),
  sha256       bytea       check (length(sha256) = 32), -- that the sender states; null = nothing stated
  received     bigint      not null default 0 check (received between 0 and size),
  status       text        not null default 'arriving' check (status in ('arriving', 'kept', 'refused', 'cancelled', 'expired')),
  hash         bytea       check (length(hash) = 32),   -- of the kept file
  type         text        not null default '',   -- found from the content
  refusal      json,
  created_at   timestamptz not null,
  expires_at   timestamptz not null,
  holder       uuid,                              -- the one request that may add to it
  held_until   timestamptz,
  used_by      uuid,                              -- the one thing it was used for
  used_at      timestamptz,
  check ((status = 'kept') = (hash is not null)),
  check (used_by is null or status = 'kept')
);
create index upload_owner   on file.upload (owner, created_at desc);
create index upload_expires on file.upload (expires_at) where status in ('arriving', 'kept') and used_by is null;

create table file.job (
  id           uuid        primary key,
  owner        text        not null,
  on_behalf_of text        not null default '',
  language     text        not null check (language in ('ar', 'en')),
  kind         text        not null,
  title        json        not null,              -- in both languages
  params       json        not null,
  status       text        not null default 'waiting' check (status in ('waiting', 'running', 'done', 'failed', 'cancelled')),
  done         bigint      not null default 0,
  total        bigint      not null default 0,    -- 0 = not known
  step         json,                              -- where to go on after a stop; the kind's own
  attempts     int         not null default 0,
  cancel_asked boolean     not null default false,
  created_at   timestamptz not null,
  started_at   timestamptz,
  ended_at     timestamptz,
  expires_at   timestamptz,                       -- of an ended job and its result
  holder       uuid,
  held_until   timestamptz,
  result       bytea       check (length(result) = 32), -- file among the passing ones
  result_name  text        not null default '',
  result_type  text        not null default '',
  result_bytes bigint      not null default 0,
  summary      json,                              -- what became of it; the kind's own
  problems     json,
  check ((status = 'running') = (holder is not null)),
  check ((status in ('done', 'failed', 'cancelled')) = (ended_at is not null))
);
create index job_owner   on file.job (owner, created_at desc, id);
create index job_waiting on file.job (created_at) where status in ('waiting', 'running');
create index job_expires on file.job (expires_at) where expires_at is not null;

-- People see what is theirs; Diwan's own work sees all. The walls before this one are in the code.
alter table file.upload enable row level security;
alter table file.job    enable row level security;
create policy own on file.upload using (owner = current_setting('diwan.actor', true) or current_setting('diwan.actor', true) = 'system');
create policy own on file.job    using (owner = current_setting('diwan.actor', true) or current_setting('diwan.actor', true) = 'system');

grant usage on schema file to diwan_app;
grant select, insert, update, delete on file.upload, file.job to diwan_app;

-- +goose Down
select 1 / 0; -- migrations go forward only
