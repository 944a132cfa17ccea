-- +goose Up
-- The data keys of persons, wrapped by a master key that is not in the database. They stand apart
-- from the events and have their own short-lived backup: a backup that held them for years would
-- undo every erasure.
create schema vault;

create table vault.person_key (
  person       uuid        not null primary key,
  version      int         not null,
  master       text        not null,      -- name of the master key that wraps
  wrapped      bytea,                     -- null = destroyed
  made_at      timestamptz not null default clock_timestamp(),
  destroyed_at timestamptz,
  check ((wrapped is null) = (destroyed_at is not null))
) with (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1);   -- destroyed keys leave the disk soon

-- make_key keeps a first key for a person, or leaves the one that is there; it returns the one that holds.
-- +goose StatementBegin
create function vault.make_key(p_person uuid, p_version int, p_master text, p_wrapped bytea,
  out version int, out master text, out wrapped bytea)
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
begin
  insert into vault.person_key (person, version, master, wrapped) values (p_person, p_version, p_master, p_wrapped) on conflict do nothing;
  select k.version, k.master, k.wrapped into version, master, wrapped from vault.person_key k where k.person = p_person;
end $$;
-- +goose StatementEnd

-- destroy_keys ends keys for ever, also of persons who have none yet: no later key can be made for them.
create function vault.destroy_keys(p_persons uuid[]) returns void
language sql volatile security definer set search_path = pg_catalog, pg_temp as $$
  insert into vault.person_key as k (person, version, master, wrapped, destroyed_at)
    select distinct p, 0, '', null::bytea, clock_timestamp() from unnest(p_persons) p
  on conflict (person) do update set wrapped = null, destroyed_at = coalesce(k.destroyed_at, clock_timestamp())
  where k.wrapped is not null
$$;

-- rewrap replaces wrappings that are still by the old master.
create function vault.rewrap(p_persons uuid[], p_old text[], p_new text, p_wrapped bytea[]) returns bigint
language sql volatile security definer set search_path = pg_catalog, pg_temp as $$
  with done as (
    update vault.person_key k set master = p_new, wrapped = n.wrapped
      from unnest(p_persons, p_old, p_wrapped) as n(person, old, wrapped)
     where k.person = n.person and k.master = n.old and k.wrapped is not null
    returning 1)
  select count(*) from done
$$;

revoke all on all functions in schema vault from public;
grant usage on schema vault to diwan_app;
grant select on vault.person_key to diwan_app;
grant execute on all functions in schema vault to diwan_app;

-- +goose Down
select 1 / 0; -- migrations go forward only
