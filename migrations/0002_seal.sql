-- +goose Up
-- What proves the log. The running role adds to these tables through the functions below; nothing
-- in Diwan updates or deletes a row of them.

-- The Merkle tree's hashes in tlog's order, one row a sealing: first is the index of its first hash,
-- hashes are 32 bytes each, one after another. Rows follow each other without a gap.
create table es.hash (
  log_id smallint not null,
  first  bigint   not null check (first >= 0),
  hashes bytea    not null check (length(hashes) > 0 and length(hashes) % 32 = 0),
  primary key (log_id, first)
);
alter table es.hash alter column hashes set storage external;   -- hashes do not compress; slices are cheap

create table es.checkpoint (              -- signed: origin, size, root
  log_id    smallint    not null,
  size      bigint      not null check (size > 0),
  epoch     int         not null,
  note      text        not null,
  signed_at timestamptz not null default clock_timestamp(),
  primary key (log_id, size, epoch)
);

create table es.cosignature (             -- a witness's line under a checkpoint
  log_id    smallint    not null,
  size      bigint      not null,
  epoch     int         not null,
  witness   text        not null,
  line      text        not null,
  added_at  timestamptz not null default clock_timestamp(),
  primary key (log_id, size, epoch, witness)
);

create table es.epoch (                   -- a restore to an earlier moment
  log_id      smallint    not null,
  epoch       int         not null check (epoch > 1),
  restored_to bigint      not null,
  root        bytea       not null check (length(root) = 32),
  at          timestamptz not null,
  statement   text,                       -- signed by the sealer when it next starts
  primary key (log_id, epoch)
);

-- seal keeps the hashes from index p_first on, if that is where the tree ends.
-- +goose StatementBegin
create function es.seal(p_lane smallint, p_first bigint, p_hashes bytea) returns boolean
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare next bigint;
begin
  perform pg_advisory_xact_lock(25972, p_lane);
  select h.first + length(h.hashes) / 32 into next from es.hash h where h.log_id = p_lane order by h.first desc limit 1;
  if coalesce(next, 0) <> p_first then
    return false;
  end if;
  insert into es.hash values (p_lane, p_first, p_hashes);
  return true;
end $$;
-- +goose StatementEnd

create function es.add_checkpoint(p_lane smallint, p_size bigint, p_epoch int, p_note text) returns void
language sql volatile security definer set search_path = pg_catalog, pg_temp as $$
  insert into es.checkpoint (log_id, size, epoch, note) values (p_lane, p_size, p_epoch, p_note) on conflict do nothing
$$;

create function es.add_cosignature(p_lane smallint, p_size bigint, p_epoch int, p_witness text, p_line text) returns void
language sql volatile security definer set search_path = pg_catalog, pg_temp as $$
  insert into es.cosignature (log_id, size, epoch, witness, line) values (p_lane, p_size, p_epoch, p_witness, p_line) on conflict do nothing
$$;

create function es.state_epoch(p_lane smallint, p_epoch int, p_statement text) returns void
language sql volatile security definer set search_path = pg_catalog, pg_temp as $$
  update es.epoch e set statement = p_statement where e.log_id = p_lane and e.epoch = p_epoch and e.statement is null
$$;

revoke all on function es.seal, es.add_checkpoint, es.add_cosignature, es.state_epoch from public;
grant execute on function es.seal, es.add_checkpoint, es.add_cosignature, es.state_epoch to diwan_app;
grant select on es.hash, es.checkpoint, es.cosignature, es.epoch to diwan_app;

-- +goose Down
select 1 / 0; -- migrations go forward only
