package finance

import "diwan/eventstore"

// commitment writes commitments (التزام) and what they hold.
func (w *documentWriter) commitment(event eventstore.Event) {
	switch e := event.(type) {
	case CommitmentOpened:
		total := sumOf(e.Lines)
		w.do(`insert into `+w.table("finance_commitment")+` values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $9, 'open', $10, $11, $12, $13)`,
			w.id(), e.Year, e.Number, e.Subject, e.Payee, e.Reference, e.Reservation, e.Currency, total, date(e.On), e.By.Person,
			w.at.Version, w.at.Position)
		w.lines(e.Year, e.Lines)
		w.place("finance_commitment")
		w.hold("commitment", e.Year, e.Lines, 1)
		w.committedIn(int(e.On.Month()), e.Lines, 1)
	case CommitmentBroughtForward:
		w.do(`insert into `+w.table("finance_commitment")+` values ($1, $2, $3, $4, $5, $6, '', $7, $8, $8, 'open', $9, $10, $11, $12)`,
			w.id(), e.Year, e.Number, e.Subject, e.Payee, e.Reference, e.Currency, sumOf(e.Lines), date(e.On), e.By.Person, w.at.Version, w.at.Position)
		w.lines(e.Year, e.Lines)
		w.place("finance_commitment")
		w.hold("commitment", e.Year, e.Lines, 1)
		w.committedIn(int(e.On.Month()), e.Lines, 1)
	case CommitmentCarriedForward:
		w.moveCommitment(e.Lines, -1, 0)
		w.do(`update `+w.table("finance_commitment")+` set state = 'carried' where id = $1`, w.id())
		w.committedIn(int(e.On.Month()), e.Lines, -1)
	case CommitmentAmended:
		w.moveCommitment(e.Lines, 1, 1)
		w.committedIn(int(e.On.Month()), e.Lines, 1)
	case CommitmentConsumed:
		w.moveCommitment(e.Lines, -1, 0)
	case CommitmentRestored:
		w.moveCommitment(e.Lines, 1, 0)
	case CommitmentReleased:
		w.moveCommitment(e.Lines, -1, 0)
		w.do(`update `+w.table("finance_commitment")+` set state = 'released' where id = $1`, w.id())
		w.committedIn(int(e.On.Month()), e.Lines, -1)
	}
}

// moveCommitment changes what the commitment still holds, by lines times sign, and its total by
// lines times total.
func (w *documentWriter) moveCommitment(lines []LineAmount, sign, total int64) {
	sum := sumOf(lines)
	w.do(`
		update `+w.table("finance_commitment")+` set
			total = total + $2, outstanding = outstanding + $3, version = $4,
			state = case when state in ('released', 'carried') then state when outstanding + $3 = 0 then 'consumed' else 'open' end
		where id = $1`, w.id(), total*sum, sign*sum, w.at.Version)
	for _, l := range lines {
		w.do(`
			insert into `+w.table("finance_hold")+` as hold
			select c.year, $2, 'commitment', $1, $3, `+w.unitOf(`c.year`, `$2`)+` from `+w.table("finance_commitment")+` c where id = $1
			on conflict (year, key, kind, document) do update set amount = hold.amount + excluded.amount`,
			w.id(), l.Key, sign*l.Amount)
	}
}
