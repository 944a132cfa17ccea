package bench

import (
	"context"
	"fmt"
)

// fill writes a log of the given length, 50 events a stream, as quickly as SQL can.
func (r *rig) fill(ctx context.Context, size int) error {
	r.options.Tell(fmt.Sprintf("writing a log of %d events", size))
	return r.lengthen(ctx, 0, size)
}

// lengthen writes the events after a position, a multiple of 50, up to another.
func (r *rig) lengthen(ctx context.Context, after, size int) error {
	admin, err := r.admin(ctx)
	if err != nil {
		return err
	}
	defer admin.Close(ctx)
	data := string(committed{1250, "PO-2026-000123", "0190a3f2-77aa-7c1e-9f00-5b1d2c3e4f50", purpose}.AppendJSON(nil))
	for _, sql := range []string{
		`insert into es.event select 1, i, i - (i - 1) % 50, 1 + (i - 1) % 50, '00000000-0000-0000-0000-000000000000', 'bench.committed', 1,
			('01900000-0000-7000-8000-' || lpad(to_hex(i), 12, '0'))::uuid, 'rana', '', '2026-01-01'::timestamptz + i * interval '1 millisecond',
			$3::json, null, decode(md5(i::text), 'hex'), sha256(i::text::bytea) from generate_series($1::bigint + 1, $2::bigint) i`,
		`insert into es.stream (log_id, stream_no, tenant, category, key)
			select 1, i, '00000000-0000-0000-0000-000000000000', 'bench.line', 'old/' || i from generate_series($1::bigint + 1, $2::bigint, 50) i where $3::text <> ''`,
		`insert into es.command select 1, '00000000-0000-0000-0000-000000000000', ('01900000-0000-7000-8000-' || lpad(to_hex(i), 12, '0'))::uuid,
			sha256(i::text::bytea), i, i from generate_series($1::bigint + 1, $2::bigint) i where $3::text <> ''`,
	} {
		if _, err := admin.Exec(ctx, sql, after, size, data); err != nil {
			return fmt.Errorf("write a log of %d events: %w", size, err)
		}
	}
	if _, err := admin.Exec(ctx, "analyze es.event, es.stream, es.command"); err != nil {
		return err
	}
	_, err = admin.Exec(ctx, "checkpoint")
	return err
}
