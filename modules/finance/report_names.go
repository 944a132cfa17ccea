package finance

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"

	"diwan/modules/kernel"
)

// SegmentLabel is a segment with a value of it. The value's name is read for all labels of an answer
// at once, when it is asked for.
type SegmentLabel struct {
	Segment Segment
	Code    string
}

// SegmentNames reads the names of segment values with one statement; empty for a code that the chart
// does not know.
func (r *Reports) SegmentNames(ctx context.Context, by Officer, all []SegmentLabel) ([]*kernel.Text, error) {
	known := make(map[SegmentLabel]*kernel.Text, len(all))
	var segments, codes []string
	for _, l := range all {
		if _, met := known[l]; !met && l.Code != "" {
			known[l] = &kernel.Text{}
			segments, codes = append(segments, string(l.Segment)), append(codes, l.Code)
		}
	}
	err := r.read(ctx, by, func(tx pgx.Tx) error {
		rows, err := tx.Query(ctx, `
			select s.segment, s.code, s.name_ar, s.name_en
			  from read.finance_segment s
			  join unnest($1::text[], $2::text[]) as v(segment, code) using (segment, code)`, segments, codes)
		if err != nil {
			return err
		}
		var of SegmentLabel
		var name kernel.Text
		_, err = pgx.ForEachRow(rows, []any{&of.Segment, &of.Code, &name.Ar, &name.En}, func() error {
			*known[of] = name
			return nil
		})
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("read names of segment values: %w", err)
	}
	names := make([]*kernel.Text, len(all))
	for i, l := range all {
		if names[i] = known[l]; names[i] == nil {
			names[i] = &kernel.Text{}
		}
	}
	return names, nil
}

// LineSegments reads the segments of budget lines with one statement a year; none for a key that the
// year does not have.
func (r *Reports) LineSegments(ctx context.Context, by Officer, lines []*DocumentLine) ([][]SegmentLabel, error) {
	keys := map[int][]string{}
	for _, l := range lines {
		keys[l.year] = append(keys[l.year], l.Key)
	}
	found := make([][]SegmentLabel, len(lines))
	err := r.read(ctx, by, func(tx pgx.Tx) error {
		for year, of := range keys {
			codes, err := codesOf(ctx, tx, year, of)
			if err != nil {
				return err
			}
			for i, l := range lines {
				if l.year == year {
					found[i] = codes[l.Key]
				}
			}
		}
		return nil
	})
	return found, err
}
