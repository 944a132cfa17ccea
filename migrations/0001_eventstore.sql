-- +goose Up
-- The log. es.event is written by the functions below and by nothing else: the running role may
-- read it and call them. Nothing in Diwan updates or deletes an event.

create schema es;

create table es.log (                     -- a lane
  log_id smallint primary key,
  name   text     not null unique,
  base   bigint   not null default 0,     -- positions up to here live only in the archive
  epoch  int      not null default 1      -- raised by a restore
);
insert into es.log (log_id, name) values (1, 'main'), (2, 'telemetry'), (3, 'access');

create table es.stream (
  log_id    smallint not null,
  stream_no bigint   not null,            -- position of its first event
  tenant    uuid     not null,
  category  text     not null,
  key       text     not null,
  closed_at timestamptz,                  -- a closed stream takes no more events
  primary key (log_id, stream_no),
  unique (log_id, tenant, category, key)
);

create table es.event (
  log_id       smallint    not null,
  position     bigint      not null,      -- 1, 2, 3 … no holes
  stream_no    bigint      not null,
  version      bigint      not null,
  tenant       uuid        not null,
  type         text        not null,      -- chosen by hand, never renamed
  schema       smallint    not null,      -- version of the payload's shape
  command_id   uuid        not null,
  actor        text        not null,
  on_behalf_of text        not null,
  recorded_at  timestamptz not null,      -- never runs backwards within a lane
  data         json        not null,      -- json keeps the exact bytes that are hashed
  sealed       bytea,                     -- personal data, encrypted with the person's key
  salt         bytea       not null,
  digest       bytea       not null,
  primary key (log_id, position),
  unique (log_id, stream_no, version)
) partition by list (log_id);
create table es.event_main   partition of es.event for values in (1);
create table es.event_access partition of es.event for values in (3);

create table es.command (                 -- one row per executed command
  log_id     smallint not null,
  tenant     uuid     not null,
  command_id uuid     not null,
  request    bytea    not null,           -- hash of what was asked
  first_pos  bigint   not null,
  last_pos   bigint   not null,
  primary key (log_id, tenant, command_id)
);

create table es.frame (                   -- the telemetry lane: one device message a row
  position    bigint      primary key,
  recorded_at timestamptz not null,
  raw         bytea       not null,
  salt        bytea       not null
);

create table es.snapshot (                -- a cache: may be emptied at any time
  log_id    smallint not null,
  stream_no bigint   not null,
  shape     text     not null,
  version   bigint   not null,
  state     bytea    not null,
  primary key (log_id, stream_no)
);

-- head takes the lane's lock, until the end of the transaction, and then reads the newest row. Lock
-- and read are separate statements: in one, the snapshot would be older than the lock.
-- +goose StatementBegin
create function es.head_locked(p_lane smallint, out head bigint, out at timestamptz)
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform pg_advisory_xact_lock(25971, p_lane);
  if p_lane = 1 then
    select e.position, e.recorded_at into head, at from es.event_main e where e.log_id = 1 order by e.position desc limit 1;
  elsif p_lane = 3 then
    select e.position, e.recorded_at into head, at from es.event_access e where e.log_id = 3 order by e.position desc limit 1;
  else
    select f.position, f.recorded_at into head, at from es.frame f order by f.position desc limit 1;
  end if;
  if head is null then
    select l.base into strict head from es.log l where l.log_id = p_lane;
  end if;
  at := greatest(clock_timestamp(), at);
end $$;
-- +goose StatementEnd

-- append writes one batch at p_head + 1, or writes nothing and answers the head found, with at null.
-- +goose StatementBegin
create function es.append(
  p_lane smallint, p_head bigint,
  p_stream bigint[], p_version bigint[], p_tenant uuid[], p_type text[], p_schema smallint[], p_command uuid[],
  p_actor text[], p_behalf text[], p_data json[], p_sealed bytea[], p_salt bytea[], p_digest bytea[],
  p_new_no bigint[], p_new_tenant uuid[], p_new_category text[], p_new_key text[],
  p_closed bigint[],
  p_done_tenant uuid[], p_done_id uuid[], p_done_request bytea[], p_done_first bigint[], p_done_last bigint[],
  out head bigint, out at timestamptz)
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare found_at timestamptz;
begin
  select h.head, h.at into head, found_at from es.head_locked(p_lane) h;
  if head <> p_head then
    return;
  end if;
  at := found_at;
  insert into es.event
    select p_lane, p_head + e.ord, e.stream_no, e.version, e.tenant, e.type, e.schema, e.command_id, e.actor, e.behalf,
           found_at, e.data, e.sealed, e.salt, e.digest
      from unnest(p_stream, p_version, p_tenant, p_type, p_schema, p_command, p_actor, p_behalf, p_data, p_sealed, p_salt, p_digest)
           with ordinality as e(stream_no, version, tenant, type, schema, command_id, actor, behalf, data, sealed, salt, digest, ord);
  head := p_head + cardinality(p_stream);
  if cardinality(p_new_no) > 0 then
    insert into es.stream (log_id, stream_no, tenant, category, key)
      select p_lane, s.no, s.tenant, s.category, s.key
        from unnest(p_new_no, p_new_tenant, p_new_category, p_new_key) as s(no, tenant, category, key);
  end if;
  if cardinality(p_closed) > 0 then
    update es.stream s set closed_at = found_at where s.log_id = p_lane and s.stream_no = any(p_closed);
  end if;
  if cardinality(p_done_id) > 0 then
    insert into es.command
      select p_lane, c.tenant, c.id, c.request, c.first_pos, c.last_pos
        from unnest(p_done_tenant, p_done_id, p_done_request, p_done_first, p_done_last) as c(tenant, id, request, first_pos, last_pos);
  end if;
end $$;
-- +goose StatementEnd

-- append_one is append for one command with one event: arrays are dear for a single row, and so are
-- calls of functions and the search for the partition, which is why they are written out here.
-- +goose StatementBegin
create function es.append_one(
  p_lane smallint, p_head bigint,
  p_stream bigint, p_version bigint, p_tenant uuid, p_type text, p_schema smallint, p_command uuid,
  p_actor text, p_behalf text, p_data json, p_sealed bytea, p_salt bytea, p_digest bytea,
  p_category text, p_key text, p_closes boolean, p_request bytea,
  out head bigint, out at timestamptz)
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare found_at timestamptz;
begin
  perform pg_advisory_xact_lock(25971, p_lane);
  if p_lane = 1 then
    select e.position, e.recorded_at into head, found_at from es.event_main e where e.log_id = 1 order by e.position desc limit 1;
  else
    select e.position, e.recorded_at into head, found_at from es.event_access e where e.log_id = 3 order by e.position desc limit 1;
  end if;
  if head is null then
    select l.base into strict head from es.log l where l.log_id = p_lane;
  end if;
  if head <> p_head then
    return;
  end if;
  at := greatest(clock_timestamp(), found_at);
  head := p_head + 1;
  if p_lane = 1 then
    insert into es.event_main values (1, p_head + 1, p_stream, p_version, p_tenant, p_type, p_schema, p_command, p_actor, p_behalf,
                               at, p_data, p_sealed, p_salt, p_digest);
  else
    insert into es.event_access values (p_lane, p_head + 1, p_stream, p_version, p_tenant, p_type, p_schema, p_command, p_actor, p_behalf,
                               at, p_data, p_sealed, p_salt, p_digest);
  end if;
  if p_category is not null then      -- the event begins its stream
    insert into es.stream (log_id, stream_no, tenant, category, key) values (p_lane, p_stream, p_tenant, p_category, p_key);
  end if;
  if p_closes then
    update es.stream s set closed_at = at where s.log_id = p_lane and s.stream_no = p_stream;
  end if;
  insert into es.command values (p_lane, p_tenant, p_command, p_request, p_head + 1, p_head + 1);
end $$;
-- +goose StatementEnd

-- append_frames appends device messages in the order given.
-- +goose StatementBegin
create function es.append_frames(p_raw bytea[], p_salt bytea[], out first_pos bigint, out last_pos bigint)
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  found_head bigint;
  found_at   timestamptz;
begin
  select h.head, h.at into found_head, found_at from es.head_locked(2::smallint) h;
  insert into es.frame
    select found_head + f.ord, found_at, f.raw, f.salt from unnest(p_raw, p_salt) with ordinality as f(raw, salt, ord);
  first_pos := found_head + 1;
  last_pos := found_head + cardinality(p_raw);
end $$;
-- +goose StatementEnd

-- save_snapshot keeps the newest state of a stream; an older one never replaces a newer of its shape.
create function es.save_snapshot(p_lane smallint, p_stream bigint, p_shape text, p_version bigint, p_state bytea) returns void
language sql volatile security definer set search_path = pg_catalog, pg_temp as $$
  insert into es.snapshot as s values (p_lane, p_stream, p_shape, p_version, p_state)
  on conflict (log_id, stream_no) do update set shape = excluded.shape, version = excluded.version, state = excluded.state
  where s.shape <> excluded.shape or s.version < excluded.version
$$;

revoke all on all functions in schema es from public;
grant usage on schema es to diwan_app, diwan_projector;
grant select on all tables in schema es to diwan_app, diwan_projector;
grant execute on function es.head_locked, es.append, es.append_one, es.append_frames, es.save_snapshot to diwan_app;

-- The read tables belong to the projector; the running role reads them.
create schema read authorization diwan_projector;
grant usage on schema read to diwan_app;
alter default privileges for role diwan_projector in schema read grant select on tables to diwan_app;

-- Nobody but owner and projector makes objects, not even temporary ones.
-- +goose StatementBegin
do $$
begin
  execute format('revoke temporary on database %I from public', current_database());
  execute format('revoke create on database %I from public', current_database());
end $$;
-- +goose StatementEnd
revoke all on schema public from public;
