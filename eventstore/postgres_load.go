package eventstore

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"
)

// load finds all the streams with their snapshots in one query and their events in a second, on a
// reading connection. A snapshot saved in between does no harm: the second query names versions.
func (p *postgres) load(ctx context.Context, lane Lane, streams []streamID, cats categories) ([]history, error) {
	var found []history
	err := p.readers.with(ctx, func(ctx context.Context, conn *pgx.Conn) (err error) {
		found, err = p.loadOn(ctx, conn, lane, streams, cats)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("load streams: %w", err)
	}
	return found, nil
}

func (p *postgres) loadOn(ctx context.Context, conn *pgx.Conn, lane Lane, streams []streamID, cats categories) ([]history, error) {
	n := len(streams)
	tenants, kinds, keys, shapes := make([][16]byte, n), make([]string, n), make([]string, n), make([]string, n)
	for i, id := range streams {
		tenants[i], kinds[i], keys[i], shapes[i] = id.tenant, id.stream.Category, id.stream.Key, cats[id.stream.Category].Snapshot
	}
	found := make([]history, n)
	rows, err := conn.Query(ctx, `
		select w.ord, s.stream_no, s.closed_at is not null, n.state, coalesce(n.version, 0)
		  from unnest($2::uuid[], $3::text[], $4::text[], $5::text[]) with ordinality as w(tenant, category, key, shape, ord)
		  join es.stream s on s.log_id = $1 and s.tenant = w.tenant and s.category = w.category and s.key = w.key
		  left join es.snapshot n on n.log_id = $1 and n.stream_no = s.stream_no and n.shape = w.shape and w.shape <> ''`,
		lane, tenants, kinds, keys, shapes)
	if err != nil {
		return nil, err
	}
	which := map[int64]int{}
	var numbers, after []int64
	for rows.Next() {
		var ord int
		var h history
		if err := rows.Scan(&ord, &h.no, &h.closed, &h.snapshot, &h.snapshotVersion); err != nil {
			rows.Close()
			return nil, err
		}
		found[ord-1], which[h.no] = h, ord-1
		numbers, after = append(numbers, h.no), append(after, h.snapshotVersion)
	}
	if rows.Err() != nil || len(numbers) == 0 {
		return found, rows.Err()
	}
	rows, err = conn.Query(ctx, `
		select `+eventColumns+`
		  from unnest($2::bigint[], $3::bigint[]) as w(no, after)
		  join es.event e on e.log_id = $1 and e.stream_no = w.no and e.version > w.after
		 order by e.stream_no, e.version`, pgx.QueryResultFormats{1}, lane, numbers, after)
	if err != nil {
		return nil, err
	}
	page, err := scanEvents(rows, lane, 0)
	if err != nil {
		return nil, err
	}
	for i := range page.events {
		at := which[page.numbers[i]]
		page.events[i].Stream = streams[at].stream
		found[at].events = append(found[at].events, page.events[i])
	}
	return found, nil
}

func (p *postgres) outcomes(ctx context.Context, lane Lane, ids []commandKey) (map[commandKey]commandRow, error) {
	found := make(map[commandKey]commandRow, len(ids))
	tenants, commands := make([][16]byte, len(ids)), make([][16]byte, len(ids))
	for i, k := range ids {
		tenants[i], commands[i] = k.tenant, k.id
	}
	err := p.readers.with(ctx, func(ctx context.Context, conn *pgx.Conn) error {
		rows, err := conn.Query(ctx, askedSQL, lane, tenants, commands)
		if err != nil {
			return err
		}
		for rows.Next() {
			var c commandRow
			var request []byte
			if err := rows.Scan(&c.key.tenant, &c.key.id, &request, &c.first, &c.last); err != nil {
				rows.Close()
				return err
			}
			copy(c.request[:], request)
			found[c.key] = c
		}
		return rows.Err()
	})
	if err != nil {
		return nil, fmt.Errorf("look up commands: %w", err)
	}
	return found, nil
}

func (p *postgres) saveSnapshot(ctx context.Context, lane Lane, no int64, shape string, version int64, state []byte) error {
	return p.readers.with(ctx, func(ctx context.Context, conn *pgx.Conn) error {
		_, err := conn.Exec(ctx, `select es.save_snapshot($1, $2, $3, $4, $5)`, lane, no, shape, version, state)
		return err
	})
}
