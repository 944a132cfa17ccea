package signin

import (
	"context"
	"crypto/rand"
	"fmt"
	"math/big"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"

	"diwan/modules/kernel"
)

// recoveryCodes is how many one-time codes a person keeps on paper.
const recoveryCodes = 10

// codeLetters are easily told apart, and make no words.
const codeLetters = "23456789BCDFGHJKMNPQRSTVWXYZ"

// drawCode returns 72 random bits as three groups of five letters, and the hash that is stored.
func drawCode() (code string, hash []byte, err error) {
	text := make([]byte, 15)
	for i := range text {
		n, err := rand.Int(rand.Reader, big.NewInt(int64(len(codeLetters))))
		if err != nil {
			return "", nil, fmt.Errorf("draw a code: %w", err)
		}
		text[i] = codeLetters[n.Int64()]
	}
	code = string(text[:5]) + "-" + string(text[5:10]) + "-" + string(text[10:])
	return code, hashOfCode(code), nil
}

// hashOfCode is the same however the code was typed: with or without lines between, in any digits.
func hashOfCode(code string) []byte {
	code = kernel.WesternDigits(code)
	code = strings.Map(func(r rune) rune {
		if r == '-' || r == ' ' || r == '\u2011' || r == '\u2010' {
			return -1
		}
		return r
	}, code)
	return hashOf("code " + strings.ToUpper(code))
}

// RecoveryCodes draws ten codes; those before end. They are shown once.
func (h *House) RecoveryCodes(ctx context.Context, person string) (codes []string, err error) {
	now := h.clock()
	err = h.write(ctx, func(tx pgx.Tx) error {
		if err := makeAccount(ctx, tx, person, now); err != nil {
			return err
		}
		codes, err = newRecoveryCodes(ctx, tx, person)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("draw recovery codes: %w", err)
	}
	return codes, h.tell(ctx, person, person, FactorAdded{Kind: "recovery_codes"})
}

// firstRecoveryCodes draws codes for somebody who has none left.
func firstRecoveryCodes(ctx context.Context, tx pgx.Tx, person string) ([]string, error) {
	var left int
	err := tx.QueryRow(ctx, `select count(*) from signin.recovery_code where person = $1 and used_at is null`, person).Scan(&left)
	if err != nil || left > 0 {
		return nil, err
	}
	return newRecoveryCodes(ctx, tx, person)
}

func newRecoveryCodes(ctx context.Context, tx pgx.Tx, person string) ([]string, error) {
	codes, hashes := make([]string, recoveryCodes), make([][]byte, recoveryCodes)
	for i := range codes {
		var err error
		if codes[i], hashes[i], err = drawCode(); err != nil {
			return nil, err
		}
	}
	if _, err := tx.Exec(ctx, `delete from signin.recovery_code where person = $1`, person); err != nil {
		return nil, err
	}
	_, err := tx.Exec(ctx, `insert into signin.recovery_code (person, hash) select $1, h from unnest($2::bytea[]) h`, person, hashes)
	return codes, err
}

// useRecoveryCode accepts a code once.
func useRecoveryCode(ctx context.Context, tx pgx.Tx, person, code string, now time.Time) error {
	tag, err := tx.Exec(ctx, `update signin.recovery_code set used_at = $3 where person = $1 and hash = $2 and used_at is null`, person, hashOfCode(code), now)
	if err != nil {
		return err
	}
	if tag.RowsAffected() == 0 {
		return ErrCode
	}
	return nil
}
