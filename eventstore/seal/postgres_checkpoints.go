package seal

import (
	"context"
	"errors"
	"fmt"

	"github.com/jackc/pgx/v5"
	"golang.org/x/mod/sumdb/tlog"

	"diwan/eventstore"
)

// AddCheckpoint keeps a checkpoint.
func (p *Postgres) AddCheckpoint(ctx context.Context, lane eventstore.Lane, epoch int32, size int64, signed []byte) error {
	return p.add(ctx, "keep a checkpoint", `select es.add_checkpoint($1, $2, $3, $4)`, lane, size, epoch, string(signed))
}

// AddCosignature keeps a cosignature.
func (p *Postgres) AddCosignature(ctx context.Context, lane eventstore.Lane, epoch int32, size int64, witness, line string) error {
	return p.add(ctx, "keep a cosignature", `select es.add_cosignature($1, $2, $3, $4, $5)`, lane, size, epoch, witness, line)
}

// StateEpoch keeps the statement of a restore.
func (p *Postgres) StateEpoch(ctx context.Context, lane eventstore.Lane, epoch int32, statement []byte) error {
	return p.add(ctx, "keep the statement of a restore", `select es.state_epoch($1, $2, $3)`, lane, epoch, string(statement))
}

func (p *Postgres) add(ctx context.Context, what, call string, args ...any) error {
	err := p.write(ctx, func(tx pgx.Tx) error {
		_, err := tx.Exec(ctx, call, args...)
		return err
	})
	if err != nil {
		return fmt.Errorf("%s: %w", what, err)
	}
	return nil
}

const selectCheckpoint = `
	select c.epoch, c.size, c.note,
	       array(select s.line from es.cosignature s
	              where s.log_id = c.log_id and s.size = c.size and s.epoch = c.epoch order by s.witness)
	  from es.checkpoint c `

// Checkpoints returns kept checkpoints in order.
func (p *Postgres) Checkpoints(ctx context.Context, lane eventstore.Lane, afterSize int64, afterEpoch int32, limit int) (found []Signed, err error) {
	err = p.read(ctx, func(tx pgx.Tx) error {
		rows, err := tx.Query(ctx, selectCheckpoint+`
			where c.log_id = $1 and (c.size, c.epoch) > ($2, $3) order by c.size, c.epoch limit $4`, lane, afterSize, afterEpoch, limit)
		if err != nil {
			return err
		}
		found, err = pgx.CollectRows(rows, signedRow)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("read checkpoints of %s: %w", lane, err)
	}
	return found, nil
}

// Newest returns the largest checkpoint.
func (p *Postgres) Newest(ctx context.Context, lane eventstore.Lane, cosigned bool) (s Signed, ok bool, err error) {
	err = p.read(ctx, func(tx pgx.Tx) error {
		condition := `where c.log_id = $1 order by c.size desc, c.epoch desc limit 1`
		if cosigned {
			condition = `where (c.log_id, c.size, c.epoch) = (
				select s.log_id, s.size, s.epoch from es.cosignature s where s.log_id = $1 order by s.size desc, s.epoch desc limit 1)`
		}
		rows, err := tx.Query(ctx, selectCheckpoint+condition, lane)
		if err != nil {
			return err
		}
		s, err = pgx.CollectExactlyOneRow(rows, signedRow)
		if errors.Is(err, pgx.ErrNoRows) {
			return nil
		}
		ok = err == nil
		return err
	})
	if err != nil {
		return Signed{}, false, fmt.Errorf("read the newest checkpoint of %s: %w", lane, err)
	}
	return s, ok, nil
}

func signedRow(row pgx.CollectableRow) (Signed, error) {
	var s Signed
	var note string
	err := row.Scan(&s.Epoch, &s.Size, &note, &s.Cosignatures)
	s.Note = []byte(note)
	return s, err
}

// Epochs lists the restores of a lane.
func (p *Postgres) Epochs(ctx context.Context, lane eventstore.Lane) (epochs []Epoch, err error) {
	err = p.read(ctx, func(tx pgx.Tx) error {
		rows, err := tx.Query(ctx, `
			select e.epoch, e.restored_to, e.root, e.at, e.statement from es.epoch e
			 where e.log_id = $1 order by e.epoch`, lane)
		if err != nil {
			return err
		}
		var e Epoch
		var root []byte
		var statement *string
		_, err = pgx.ForEachRow(rows, []any{&e.Number, &e.RestoredTo, &root, &e.At, &statement}, func() error {
			e.Root, e.Statement = tlog.Hash(root), nil
			if statement != nil {
				e.Statement = []byte(*statement)
			}
			epochs = append(epochs, e)
			return nil
		})
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("read the epochs of %s: %w", lane, err)
	}
	return epochs, nil
}
