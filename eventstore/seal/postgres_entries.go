package seal

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"

	"github.com/jackc/pgx/v5"

	"diwan/eventstore"
)

// Entries returns whole entries as they stand in the columns. An event whose stream's row is gone
// comes with an empty stream name, which its digest then betrays.
func (p *Postgres) Entries(ctx context.Context, lane eventstore.Lane, after int64, limit int) (entries []eventstore.Recorded, err error) {
	err = p.read(ctx, func(tx pgx.Tx) error {
		if lane == eventstore.Telemetry {
			entries, err = frames(ctx, tx, after, limit)
		} else {
			entries, err = events(ctx, tx, lane, after, limit)
		}
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("read entries of %s after %d: %w", lane, after, err)
	}
	return entries, nil
}

func events(ctx context.Context, tx pgx.Tx, lane eventstore.Lane, after int64, limit int) ([]eventstore.Recorded, error) {
	rows, err := tx.Query(ctx, `
		select e.position, e.stream_no, e.version, e.tenant, e.type, e.schema, e.command_id, e.actor, e.on_behalf_of,
		       e.recorded_at, e.data::text, e.sealed, e.salt, e.digest
		  from es.event e where e.log_id = $1 and e.position > $2 order by e.position limit $3`, lane, after, limit)
	if err != nil {
		return nil, err
	}
	entries := make([]eventstore.Recorded, 0, min(limit, page))
	numbers := make([]int64, 0, cap(entries))
	streams := make(map[int64]eventstore.Stream)
	var no int64
	var salt, digest, data []byte
	e := eventstore.Recorded{Lane: lane}
	_, err = pgx.ForEachRow(rows, []any{
		&e.Position, &no, &e.Version, (*[16]byte)(&e.Tenant), &e.Type, &e.Schema, (*[16]byte)(&e.Command), &e.Actor, &e.OnBehalfOf,
		&e.RecordedAt, &data, &e.Sealed, &salt, &digest,
	}, func() error {
		e.Data = data
		// A salt or digest of another length is damage; it shows as zero bytes at the end.
		e.Salt, e.Digest = [16]byte{}, [32]byte{}
		copy(e.Salt[:], salt)
		copy(e.Digest[:], digest)
		entries = append(entries, e)
		numbers = append(numbers, no)
		streams[no] = eventstore.Stream{}
		return nil
	})
	if err != nil {
		return nil, err
	}
	if err := nameStreams(ctx, tx, lane, streams); err != nil {
		return nil, err
	}
	for i := range entries {
		entries[i].Stream = streams[numbers[i]]
	}
	return entries, nil
}

// nameStreams fills in category and key of the streams of one page.
func nameStreams(ctx context.Context, tx pgx.Tx, lane eventstore.Lane, streams map[int64]eventstore.Stream) error {
	rows, err := tx.Query(ctx, `
		select s.stream_no, s.category, s.key from es.stream s
		 where s.log_id = $1 and s.stream_no = any($2)`, lane, slices.Collect(maps.Keys(streams)))
	if err != nil {
		return err
	}
	var no int64
	var s eventstore.Stream
	_, err = pgx.ForEachRow(rows, []any{&no, &s.Category, &s.Key}, func() error {
		streams[no] = s
		return nil
	})
	return err
}

func frames(ctx context.Context, tx pgx.Tx, after int64, limit int) ([]eventstore.Recorded, error) {
	rows, err := tx.Query(ctx, `
		select f.position, f.recorded_at, f.raw, f.salt from es.frame f
		 where f.position > $1 order by f.position limit $2`, after, limit)
	if err != nil {
		return nil, err
	}
	entries := make([]eventstore.Recorded, 0, min(limit, page))
	e := eventstore.Recorded{Lane: eventstore.Telemetry}
	var salt []byte
	_, err = pgx.ForEachRow(rows, []any{&e.Position, &e.RecordedAt, &e.Data, &salt}, func() error {
		e.Salt = [16]byte{}
		copy(e.Salt[:], salt)
		entries = append(entries, e)
		return nil
	})
	return entries, err
}

// VersionHole looks for versions that do not follow one another in their stream. A stream's number
// is the position of its first event, so a first version standing elsewhere is found too.
func (p *Postgres) VersionHole(ctx context.Context, lane eventstore.Lane) (position int64, why string, err error) {
	if lane == eventstore.Telemetry {
		return 0, "", nil
	}
	err = p.read(ctx, func(tx pgx.Tx) error {
		var no, before, version int64
		err := tx.QueryRow(ctx, `
			select x.stream_no, x.before, x.version from (
			  select e.stream_no, e.version, coalesce(lag(e.version) over (partition by e.stream_no order by e.version), 0) as before
			    from es.event e where e.log_id = $1) x
			 where x.version <> x.before + 1 limit 1`, lane).Scan(&no, &before, &version)
		if errors.Is(err, pgx.ErrNoRows) {
			return nil
		}
		if err != nil {
			return err
		}
		why = fmt.Sprintf("the stream begun at %d goes from version %d to %d", no, before, version)
		return tx.QueryRow(ctx, `
			select e.position from es.event e where e.log_id = $1 and e.stream_no = $2 and e.version = $3`,
			lane, no, version).Scan(&position)
	})
	if err != nil {
		return 0, "", fmt.Errorf("look for holes in the versions of %s: %w", lane, err)
	}
	return position, why, nil
}
