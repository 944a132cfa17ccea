package finance

import (
	"errors"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/google/uuid"

	"diwan/eventstore"
	"diwan/modules/kernel"
)

// clerk sends random commands of the whole spending path, most of them sensible and some not, by
// random people.
type clerk struct {
	*office
	r                            *rand.Rand
	commitments                  []bound
	invoices, vouchers, journals []string
	account                      string // the treasury's
	batches                      []string
	people                       []Officer
	tried, done                  int
	refusals                     map[string]int
	books                        *ledgers
	codec                        *eventstore.Codec
	lines                        map[string]BudgetLine
}

func newClerk(o *office, seed uint64) *clerk {
	c := &clerk{
		office: o, r: rand.New(rand.NewPCG(seed, 1)), refusals: map[string]int{}, books: newLedgers(), lines: map[string]BudgetLine{},
		codec: eventstore.NewCodec(slices.Concat(budgetEvents(), paymentEvents(), treasuryEvents(), cycleEvents(), yearEvents())...),
	}
	yusuf, sara := o.omar, o.omar
	yusuf.ID, sara.ID = "yusuf", "sara"
	c.people = []Officer{o.rana, o.omar, yusuf, sara, o.huda, o.samar, o.lina, o.zaid, o.mazen}
	for _, e := range o.everything() {
		c.books.add(e)
	}
	for _, key := range []string{roadsFuel, roadsParts} {
		c.lines[key] = o.line(key)
	}
	return c
}

// look checks what must hold after every single command: both books balance, every stage of every
// line is possible.
func (c *clerk) look(what string, receipt eventstore.Receipt, err error) string {
	c.t.Helper()
	c.tried++
	if err != nil {
		problems := kernel.ProblemsOf(err)
		if problems == nil && !errors.Is(err, eventstore.ErrStreamClosed) {
			c.t.Fatalf("%s: %v", what, err)
		}
		c.refusals[problems[0].Code]++
		return ""
	}
	c.done++
	for _, r := range receipt.Events {
		e, err := c.codec.Decode(r.Type, r.Schema, r.Data)
		if err != nil {
			c.t.Fatal(err)
		}
		c.books.add(e)
		for key := range c.lines {
			if r.Stream == LineStream(2026, key) {
				c.lines[key] = c.lines[key].evolve(e)
			}
		}
	}
	if err := c.books.trialBalance(); err != nil {
		c.t.Fatalf("after %s: %v", what, err)
	}
	for key, l := range c.lines {
		if l.Committed < 0 || l.Obligated < 0 || l.Paid < 0 || l.Paid > l.Obligated || l.Obligated > l.Released || l.AvailableNow() < 0 {
			c.t.Fatalf("after %s line %s is %+v", what, key, l)
		}
	}
	return receipt.Events[0].Command.String()
}

func pick[T any](c *clerk, from []T) T {
	if len(from) == 0 {
		var zero T
		return zero
	}
	// mostly something recent, so that documents get to their end
	if c.r.IntN(3) > 0 && len(from) > 8 {
		from = from[len(from)-8:]
	}
	return from[c.r.IntN(len(from))]
}

func (c *clerk) amount() string {
	if c.r.IntN(100) == 0 {
		return kernel.FormatAmount(c.r.Int64N(80_000_000), "JOD")
	}
	return kernel.FormatAmount(1+c.r.Int64N(30_000), "JOD")
}

func (c *clerk) act(what string, voucher string) {
	in := act(voucher, "")
	by := pick(c, c.people)
	if voucher != "" && c.r.IntN(3) > 0 { // mostly what comes next
		switch c.voucher(voucher).Stage {
		case AtAudit:
			what = "audit"
		case AtApproval, AtSpendingOfficer:
			what = "approve"
		case AtTreasury:
			what = "pay"
		case VoucherIsReversed:
			what = "refund"
		case VoucherIsScheduled, VoucherIsPaid, VoucherIsReturned, VoucherIsCancelled:
		}
	}
	if voucher != "" && c.r.IntN(4) > 0 { // mostly somebody who may
		if able := c.able(c.voucher(voucher), what); len(able) > 0 {
			by = able[c.r.IntN(len(able))]
		}
	}
	steps := map[string]func() (eventstore.Receipt, error){
		"audit":   func() (eventstore.Receipt, error) { return c.m.AuditVoucher(c.ctx(), by, in) },
		"approve": func() (eventstore.Receipt, error) { return c.m.ApproveVoucher(c.ctx(), by, in) },
		"pay":     func() (eventstore.Receipt, error) { return c.m.PayVoucher(c.ctx(), by, in) },
		"return":  func() (eventstore.Receipt, error) { return c.m.ReturnVoucher(c.ctx(), by, in) },
		"cancel":  func() (eventstore.Receipt, error) { return c.m.CancelVoucher(c.ctx(), by, in) },
		"reverse": func() (eventstore.Receipt, error) { return c.m.ReverseVoucher(c.ctx(), by, in) },
		"refund": func() (eventstore.Receipt, error) {
			in.Amount = c.amount()
			return c.m.RecordRefund(c.ctx(), by, in)
		},
	}
	r, err := steps[what]()
	c.look(what, r, err)
}

// able are the people who hold the permission of an act at the stage the voucher stands at.
func (c *clerk) able(v Voucher, what string) []Officer {
	p := v.Awaits().permission()
	switch what {
	case "cancel":
		p = MayPrepareVoucher
	case "refund":
		p = MayPayVoucher
	}
	var able []Officer
	for _, o := range c.people {
		if o.May(p) {
			able = append(able, o)
		}
	}
	return able
}

// bound is a commitment and what it was made for.
type bound struct {
	id, key string
	amount  int64
}

func (c *clerk) step() {
	if c.r.IntN(12) == 0 {
		c.batch()
		return
	}
	ctx, m, id := c.ctx(), c.m, uuid.New()
	key := pick(c, []string{roadsFuel, roadsParts})
	keep := func(into *[]string, made string) {
		if made != "" {
			*into = append(*into, made)
		}
	}
	switch n := c.r.IntN(100); {
	case n < 8:
		amount := c.amount()
		r, err := m.RecordCommitment(ctx, c.rana, RecordCommitment{Command: id, Year: 2026, Subject: "Fuel", Payee: c.supplier, Lines: []LineInput{{key, amount}}})
		if made := c.look("commit", r, err); made != "" {
			fils, _ := kernel.ParseAmount(amount, "JOD")
			c.commitments = append(c.commitments, bound{made, key, fils})
		}
	case n < 18:
		from, amount := pick(c, c.commitments), c.amount()
		if from.amount > 1 && c.r.IntN(5) > 0 {
			key, amount = from.key, kernel.FormatAmount(1+c.r.Int64N(from.amount/2), "JOD")
		}
		r, err := m.RegisterInvoice(ctx, c.rana, RegisterInvoice{
			Command: id, Commitment: from.id, Payee: c.supplier, Number: uuid.NewString()[:6], Date: "2026-06-01",
			Lines: []ChargeInput{{Key: key, Amount: amount}},
		})
		keep(&c.invoices, c.look("register", r, err))
	case n < 28:
		r, err := m.VerifyInvoice(ctx, pick(c, c.people[1:4]), ActOnInvoice{Command: id, ID: pick(c, c.invoices)})
		c.look("verify", r, err)
	case n < 36:
		var deductions []DeductionInput
		if c.r.IntN(2) == 0 {
			deductions = []DeductionInput{{"tax", c.amount()}}
		}
		r, err := m.PrepareVoucher(ctx, c.rana, PrepareVoucher{Command: id, Invoice: pick(c, c.invoices), Deductions: deductions})
		keep(&c.vouchers, c.look("prepare", r, err))
	case n < 42:
		r, err := m.PrepareVoucher(ctx, c.rana, PrepareVoucher{
			Command: id, Payee: c.supplier, Year: 2026,
			Lines: []ChargeInput{{Key: key, Amount: c.amount(), Codes: Codes{}}, {Key: roadsFuel, Amount: c.amount(), Codes: Codes{Item: "22110501"}}},
		})
		keep(&c.vouchers, c.look("prepare a direct charge", r, err))
	case n < 56:
		c.act("audit", pick(c, c.vouchers))
	case n < 68:
		c.act("approve", pick(c, c.vouchers))
	case n < 80:
		c.act("pay", pick(c, c.vouchers))
	case n < 83:
		c.act("return", pick(c, c.vouchers))
	case n < 85:
		c.act("cancel", pick(c, c.vouchers))
	case n < 89:
		c.act("reverse", pick(c, c.vouchers))
	case n < 91:
		c.act("refund", pick(c, c.vouchers))
	case n < 95:
		fund := pick(c, []string{"01", "05"})
		amount := c.amount()
		other := amount
		if c.r.IntN(10) == 0 {
			other = c.amount()
		}
		r, err := m.DraftJournal(ctx, c.rana, DraftJournal{Command: id, Submit: true, Lines: []EntryLine{
			{Codes: Codes{Fund: fund, Item: "221105"}, Debit: amount}, {Codes: Codes{Fund: fund, Item: "111001"}, Credit: other},
		}})
		keep(&c.journals, c.look("draft", r, err))
	case n < 98:
		r, err := m.PostJournal(ctx, pick(c, c.people), ActOnJournal{Command: id, ID: pick(c, c.journals)})
		c.look("post", r, err)
	default:
		r, err := m.ReverseJournal(ctx, pick(c, c.people), ActOnJournal{Command: id, ID: pick(c, c.journals), Reason: "wrong"})
		c.look("reverse an entry", r, err)
	}
}

// batch builds, releases, drops or answers a payment batch.
func (c *clerk) batch() {
	ctx, m, by := c.ctx(), c.m, pick(c, []Officer{c.lina, c.zaid})
	if c.account == "" {
		c.account = c.treasury()
	}
	waiting := slices.DeleteFunc(slices.Clone(c.vouchers[max(0, len(c.vouchers)-40):]), func(v string) bool { return c.voucher(v).Stage != AtTreasury })
	id := pick(c, c.batches)
	act := ActOnBatch{Command: uuid.New(), ID: id, Reason: "as the bank says"}
	known := state[PaymentBatch](c.office, batchCategory(), batchStream(id))
	switch n := c.r.IntN(10); {
	case n < 3 && len(waiting) > 0:
		r, err := m.BuildBatch(ctx, by, BuildBatch{Command: uuid.New(), Treasury: c.account, Vouchers: waiting[:1+c.r.IntN(min(3, len(waiting)))]})
		if made := c.look("build a batch", r, err); made != "" {
			c.batches = append(c.batches, made)
		}
	case n < 4:
		r, err := m.DropBatch(ctx, by, act)
		c.look("drop a batch", r, err)
	case n < 6 || known.Stage == BatchIsBuilt:
		r, err := m.ReleaseBatch(ctx, by, act)
		c.look("release a batch", r, err)
	default:
		voucher := uuid.NewString()
		if payments := known.Built.Payments; len(payments) > 0 {
			voucher = pick(c, payments).Voucher
		}
		r, err := m.AnswerBatch(ctx, by, AnswerBatch{Command: uuid.New(), ID: id, Voucher: voucher, Rejected: c.r.IntN(3) > 0, Reason: "AC01"})
		c.look("answer for a batch", r, err)
	}
}

// A6, its second half: after each of 10,000 random commands the trial balance is 0.000 per fund, and
// so is the budget ledger.
func TestA6BothLedgersBalanceAfterEachOfTenThousandRandomCommands(t *testing.T) {
	commands := 10_000
	if testing.Short() {
		commands = 1_000
		t.Log("1,000 commands of 10,000 because of -short")
	}
	c := newClerk(openOffice(t, memoryLog(t)), 20261124)
	for c.tried < commands {
		c.step()
	}
	c.finish("invoice_verified", "voucher_paid", "voucher_returned", "voucher_cancelled", "voucher_reversed", "refund_received",
		"journal_posted", "journal_reversed", "obligation_reversed", "batch_released", "batch_dropped", "payment_returned")
}

func TestBothLedgersBalanceAfterRandomCommandsOnPostgres(t *testing.T) {
	onBothStores(t, func(t *testing.T, log eventstore.Store) {
		c := newClerk(openOffice(t, log), 7)
		for c.tried < 400 {
			c.step()
		}
		c.finish("invoice_verified", "voucher_paid", "journal_posted")
	})
}

// finish requires that the walk reached the kinds of event named, and that the log alone gives the same books.
func (c *clerk) finish(reached ...string) {
	c.t.Helper()
	kinds := map[string]int{}
	again := newLedgers()
	numbers := map[string]int64{}
	for _, e := range c.everything() {
		kinds[e.EventType()]++
		again.add(e)
		if posted, ok := e.(JournalPosted); ok {
			numbers[posted.Number]++
		}
	}
	for _, kind := range reached {
		if kinds["finance."+kind] == 0 {
			c.t.Errorf("no %s in %d commands", kind, c.tried)
		}
	}
	for account, sum := range again.byAccount {
		if c.books.byAccount[account] != sum {
			c.t.Errorf("%s: %d while going, %d from the log", account, c.books.byAccount[account], sum)
		}
	}
	for key, l := range c.lines {
		if got := c.line(key); got != l {
			c.t.Errorf("line %s: %+v while going, %+v from the log", key, l, got)
		}
	}
	// Gapless: as many different numbers as entries, the last of them as high.
	if entries := kinds["finance.journal_posted"]; len(numbers) != entries || again.entries != entries {
		c.t.Errorf("%d entries carry %d numbers", entries, len(numbers))
	}
	c.t.Logf("%d commands, %d done; events %v; refusals %v", c.tried, c.done, kinds, c.refusals)
}
