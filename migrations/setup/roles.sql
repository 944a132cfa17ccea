-- Run once by a superuser on a server that Diwan shall use, then create the database:
--   create database diwan owner diwan_owner encoding 'UTF8' template template0;
-- Give the roles passwords as the server's own rules want. None of them is a superuser.
do $$
begin
  if not exists (select from pg_roles where rolname = 'diwan_owner') then
    create role diwan_owner login nosuperuser nocreatedb nocreaterole nobypassrls;
  end if;
  if not exists (select from pg_roles where rolname = 'diwan_app') then
    create role diwan_app login nosuperuser nocreatedb nocreaterole nobypassrls;
  end if;
  if not exists (select from pg_roles where rolname = 'diwan_projector') then
    create role diwan_projector login nosuperuser nocreatedb nocreaterole nobypassrls;
  end if;
end $$;

-- The owner creates the schema that the projector owns.
grant diwan_projector to diwan_owner;
