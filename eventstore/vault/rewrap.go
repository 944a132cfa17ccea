package vault

import (
	"context"
	"fmt"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"diwan/database"
)

// Rewrap wraps every person's key with the newest master key. Sealed data is not touched. It may be
// stopped at any moment and run again; when it returns nil, the older master keys may be retired.
func (v *Vault) Rewrap(ctx context.Context, progress func(done int64)) error {
	const page = 2000
	m := v.newest()
	var done int64
	for after := uuid.Nil; ; {
		persons, olds, wrapped, err := v.underOlder(ctx, after, page)
		if err != nil {
			return err
		}
		if len(persons) == 0 {
			return nil
		}
		for i, person := range persons {
			key, err := v.unwrapBy(olds[i], person, wrapped[i])
			if err != nil {
				return err
			}
			wrapped[i] = m.wrap(person, key)
		}
		var changed int64
		err = v.db.Write(ctx, database.System, func(tx pgx.Tx) error {
			return tx.QueryRow(ctx, `select vault.rewrap($1, $2, $3, $4)`, persons, olds, m.name, wrapped).Scan(&changed)
		})
		if err != nil {
			return fmt.Errorf("rewrap %d keys: %w", len(persons), err)
		}
		done += changed
		after = persons[len(persons)-1]
		if progress != nil {
			progress(done)
		}
	}
}

func (v *Vault) underOlder(ctx context.Context, after uuid.UUID, limit int) (persons []uuid.UUID, olds []string, wrapped [][]byte, err error) {
	err = v.db.Read(ctx, database.System, func(tx pgx.Tx) error {
		rows, err := tx.Query(ctx, `
			select k.person, k.master, k.wrapped from vault.person_key k
			 where k.person > $1 and k.master <> $2 and k.wrapped is not null order by k.person limit $3`, after, v.newest().name, limit)
		if err != nil {
			return err
		}
		var person uuid.UUID
		var old string
		var key []byte
		_, err = pgx.ForEachRow(rows, []any{&person, &old, &key}, func() error {
			persons, olds, wrapped = append(persons, person), append(olds, old), append(wrapped, key)
			return nil
		})
		return err
	})
	if err != nil {
		return nil, nil, nil, fmt.Errorf("read keys to rewrap: %w", err)
	}
	return persons, olds, wrapped, nil
}

func (v *Vault) unwrapBy(master string, person uuid.UUID, wrapped []byte) ([]byte, error) {
	for _, m := range v.masters {
		if m.name == master {
			return m.unwrap(person, wrapped)
		}
	}
	return nil, fmt.Errorf("the key of person %s is wrapped by master key %s, which is not in the master file", person, master)
}
