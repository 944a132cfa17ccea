-- +goose Up

-- What lies on a person's desk: drafts, views they keep, how things look for them, what they have
-- read. None of it is a fact of the office, so none of it is in the log. Every row belongs to whoever
-- is named in owner; row-level security lets nobody else near it.
create schema desk;

create table desk.draft (
  id         uuid        not null primary key,
  owner      text        not null,
  hands      text[]      not null default '{}',     -- others who may work on it
  kind       text        not null,                  -- the form it belongs to: "finance.journal"
  document   text        not null default '',       -- what it changes; empty for something new
  title      text        not null,
  version    bigint      not null,
  content    text        not null check (length(content) <= 1000000), -- a JSON object
  created_at timestamptz not null default now(),
  changed_at timestamptz not null default now(),
  changed_by text        not null,
  expires_at timestamptz not null
);
create index draft_owner on desk.draft (owner, changed_at desc, id desc);
create index draft_hands on desk.draft using gin (hands);
create index draft_expires on desk.draft (expires_at);

-- Older contents, so that two people's changes can be told apart field by field.
create table desk.draft_version (
  draft   uuid   not null references desk.draft on delete cascade,
  version bigint not null,
  content text   not null,
  primary key (draft, version)
);

create table desk.saved_view (
  id         uuid        not null primary key,
  owner      text        not null,
  page       text        not null,                  -- "finance.execution"
  name       text        not null,
  params     text        not null,                  -- of the address: "group=item&state=low"
  columns    text        not null default '',       -- order, width and pins, as JSON
  audience   text        not null check (audience in ('user', 'role', 'link')),
  role       text        not null default '' check ((role <> '') = (audience = 'role')),
  preferred  boolean     not null default false,    -- opens with the page
  changed_at timestamptz not null default now()
);
create index saved_view_page on desk.saved_view (page, owner);

create table desk.preference (
  owner      text        not null,
  device     text        not null,                  -- empty: wherever the person is
  name       text        not null,
  value      text        not null check (length(value) <= 4000),
  changed_at timestamptz not null default now(),
  primary key (owner, device, name)
);

-- How far a person has read what happened to a document.
create table desk.read_mark (
  owner    text   not null,
  kind     text   not null,
  document text   not null,
  position bigint not null,
  primary key (owner, kind, document)
);

alter table desk.draft         enable row level security;
alter table desk.draft_version enable row level security;
alter table desk.saved_view    enable row level security;
alter table desk.preference    enable row level security;
alter table desk.read_mark     enable row level security;

-- One policy a kind of act, because a draft lent to somebody may be read and written there, but only
-- its owner lends it or throws it away.
create policy draft_read on desk.draft for select
  using (owner = nullif(current_setting('diwan.actor', true), '') or current_setting('diwan.actor', true) = any (hands));
create policy draft_begin on desk.draft for insert
  with check (owner = nullif(current_setting('diwan.actor', true), ''));
create policy draft_write on desk.draft for update
  using (owner = nullif(current_setting('diwan.actor', true), '') or current_setting('diwan.actor', true) = any (hands))
  with check (owner = nullif(current_setting('diwan.actor', true), '') or current_setting('diwan.actor', true) = any (hands));
create policy draft_discard on desk.draft for delete
  using (owner = nullif(current_setting('diwan.actor', true), ''));
create policy draft_version_with_draft on desk.draft_version
  using (exists (select from desk.draft d where d.id = draft))
  with check (exists (select from desk.draft d where d.id = draft));

create policy saved_view_read on desk.saved_view for select
  using (nullif(current_setting('diwan.actor', true), '') is not null
         and (audience <> 'user' or owner = current_setting('diwan.actor', true)));
create policy saved_view_begin on desk.saved_view for insert
  with check (owner = nullif(current_setting('diwan.actor', true), ''));
create policy saved_view_write on desk.saved_view for update
  using (owner = nullif(current_setting('diwan.actor', true), ''));
create policy saved_view_remove on desk.saved_view for delete
  using (owner = nullif(current_setting('diwan.actor', true), ''));

create policy preference_own on desk.preference
  using (owner = nullif(current_setting('diwan.actor', true), ''));
create policy read_mark_own on desk.read_mark
  using (owner = nullif(current_setting('diwan.actor', true), ''));

-- A backup takes every desk along, and reads only.
create policy draft_backup on desk.draft for select using (current_setting('diwan.purpose', true) = 'backup');
create policy draft_version_backup on desk.draft_version for select using (current_setting('diwan.purpose', true) = 'backup');
create policy saved_view_backup on desk.saved_view for select using (current_setting('diwan.purpose', true) = 'backup');
create policy preference_backup on desk.preference for select using (current_setting('diwan.purpose', true) = 'backup');
create policy read_mark_backup on desk.read_mark for select using (current_setting('diwan.purpose', true) = 'backup');

grant usage on schema desk to diwan_app;
grant select, insert, update, delete on all tables in schema desk to diwan_app;

-- +goose Down
select 1 / 0; -- migrations go forward only
