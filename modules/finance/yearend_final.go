package finance

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"net/url"
	"strings"

	"diwan/eventstore"
	"diwan/modules/kernel"
)

// final produces the final account and waits for its signature; with it the year is locked.
func (c *closing) final(ctx context.Context, report *YearEndReport) (YearEndStepCompleted, error) {
	account := c.end.Account
	if account.Hash == "" {
		var err error
		if account, err = c.account(ctx); err != nil {
			return YearEndStepCompleted{}, err
		}
		var t touches
		end := t.add(yearEndStream(c.year))
		_, err = c.m.execute(ctx, c.by, c.id("account"), "ProduceFinalAccount", account, &t, func(d *eventstore.Decision) error {
			if eventstore.StateOf[YearEnd](d, end).Account.Hash == "" {
				d.Record(end, account)
			}
			return nil
		})
		if err != nil {
			return YearEndStepCompleted{}, err
		}
	}
	if c.end.Confirmed[StepFinal] == (Signature{}) {
		report.Waiting = kernel.Text{Ar: "الحساب الختامي بانتظار توقيع شخص ثانٍ.", En: "The final account waits for a second person's signature."}
	}
	return YearEndStepCompleted{Amount: account.Revenue - account.Expense, Hash: account.Hash}, nil
}

// account sums the year.
func (c *closing) account(ctx context.Context) (FinalAccountProduced, error) {
	var e FinalAccountProduced
	sums, _, err := c.books.sums(ctx, c.year)
	if err != nil {
		return e, err
	}
	stages := sums.Stages(c.fiscal.Currency)
	e = FinalAccountProduced{
		Original: sums.Original, Revised: stages.Revised.Amount, Obligated: sums.Obligated, Paid: sums.Paid,
		Carried: sums.Carried, Lapsed: sums.Lapsed, Balances: c.end.Steps[StepOpenings-1].Hash, On: c.m.today(), By: c.by.Sign(),
	}
	if e.Revised != e.Obligated+e.Lapsed {
		return e, refused("finance.account_differs", "year",
			"المخصصات النهائية لا تساوي المستحق والملغى: الفرق %s.", "The final appropriation is not what was obligated and what lapsed: they differ by %s.",
			kernel.GroupAmount(e.Revised-e.Obligated-e.Lapsed, c.fiscal.Currency))
	}
	if e.Revenue, e.Expense, _, err = c.books.closed(ctx, c.year, c.rules); err != nil {
		return e, err
	}
	text, err := json.Marshal(struct {
		Year    int `json:"year"`
		Figures FinalAccountProduced
	}{c.year, FinalAccountProduced{
		Original: e.Original, Revised: e.Revised, Obligated: e.Obligated, Paid: e.Paid, Carried: e.Carried, Lapsed: e.Lapsed,
		Revenue: e.Revenue, Expense: e.Expense, Balances: e.Balances,
	}})
	if err != nil {
		return e, fmt.Errorf("write the final account of %d: %w", c.year, err)
	}
	sum := sha256.Sum256(text)
	e.Hash = hex.EncodeToString(sum[:])
	return e, nil
}

// codesOfUnit reads chapter and centre back from a budget unit.
func codesOfUnit(unit string) Codes {
	var codes Codes
	chapter, centre, _ := strings.Cut(strings.TrimSuffix(unit, "."), ".")
	codes.Chapter, _ = url.PathUnescape(chapter)
	codes.Centre, _ = url.PathUnescape(centre)
	return codes
}
