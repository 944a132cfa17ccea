-- +goose Up

-- One row per generation of a view. The row is the view's checkpoint: it moves in the transaction
-- that writes the view, so the two never disagree. A name has at most one live generation, which
-- readers see, and one that is being built beside it.
create table es.projection (
  name           text        not null,
  generation     int         not null,
  version        int         not null,              -- of the program's view
  lane           smallint    not null,
  tables         text[]      not null,              -- without the generation in their names
  status         text        not null check (status in ('building', 'live', 'retired')),
  position       bigint      not null default 0,    -- newest event applied
  reached_at     timestamptz,                       -- when that event was recorded
  indexed        boolean     not null default false,
  changed_at     timestamptz not null default now(),
  fault          text,                              -- why it stopped; null while it runs
  fault_position bigint,
  fault_type     text,
  fault_since    timestamptz,
  primary key (name, generation)
) with (fillfactor = 50);

create unique index projection_live     on es.projection (name) where status = 'live';
create unique index projection_building on es.projection (name) where status = 'building';

-- How far a consumer of the log has come. The holder is the one process that delivers at present;
-- when it dies another takes over after held_until.
create table es.feed (
  consumer   text        not null,
  topic      text        not null,
  position   bigint      not null default 0,
  moved_at   timestamptz not null default now(),
  holder     uuid,
  held_until timestamptz,
  primary key (consumer, topic)
) with (fillfactor = 50);

-- Events a consumer could not handle, kept until somebody has them handled again.
create table es.parked (
  consumer  text        not null,
  topic     text        not null,
  lane      smallint    not null,
  position  bigint      not null,
  type      text        not null,
  reason    text        not null,
  parked_at timestamptz not null default now(),
  done_at   timestamptz,
  primary key (consumer, lane, position)
);

grant select, insert, update, delete on es.projection, es.feed, es.parked to diwan_projector;
grant select on es.projection, es.feed, es.parked to diwan_app;

-- +goose Down
select 1 / 0; -- migrations go forward only
