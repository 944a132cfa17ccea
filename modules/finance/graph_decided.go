package finance

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"diwan/eventstore"
	"diwan/modules/kernel"
)

// Act is the answer to a command: the document as decided, where the log stands, or why not.
type Act struct {
	Document *Decided
	Position *kernel.Position
	Replayed bool
	Problems []kernel.Refusal
}

// Decided is a document right after a command, folded from its stream and not from a view.
type Decided struct {
	Kind      DocumentKind
	ID        string
	Number    string
	StateCode string
	Version   int64
	Recorded  []kernel.Change
	held      int64 // what a commitment has outstanding; how many payments of a batch the bank has not answered for
}

// State is the state in the office's words.
func (d *Decided) State() kernel.Text {
	switch d.Kind {
	case VoucherDocument:
		return stateWords("voucher_" + d.StateCode)
	case ReceiptDocument:
		return stateWords("receipt_" + d.StateCode)
	case AdvanceDocument:
		return stateWords("advance_" + d.StateCode)
	case TrustDocument:
		return stateWords("trust_" + d.StateCode)
	case CashierBookDocument:
		return stateWords("cashier_" + d.StateCode)
	case StatementDocument:
		return stateWords("statement_" + d.StateCode)
	case BatchDocument:
		return stateWords("batch_" + d.StateCode)
	case RequestDocument:
		return stateWords("request_" + d.StateCode)
	}
	return stateWords(d.StateCode)
}

// carryOut carries out one command and puts its answer together.
func carryOut[I any](ctx context.Context, m *Mutation, kind DocumentKind, in I, do func(context.Context, Officer, I) (eventstore.Receipt, error)) (*Act, error) {
	receipt, err := do(ctx, m.Officer(ctx), in)
	if err != nil {
		problems, err := m.refusals(ctx, err)
		return &Act{Problems: problems}, err
	}
	position := kernel.Position{Lane: receipt.Lane.String(), Epoch: receipt.Epoch, N: receipt.Last}
	a := &Act{Position: &position, Replayed: receipt.Replayed, Problems: []kernel.Refusal{}}
	a.Document, err = m.decided(ctx, kind, receipt)
	return a, err
}

// refusals turns an error into problems; a failure that is no answer stays an error.
func (m *Mutation) refusals(ctx context.Context, err error) ([]kernel.Refusal, error) {
	var all []kernel.Refusal
	for _, p := range kernel.ProblemsOf(err) {
		all = append(all, p)
	}
	var moved *eventstore.Conflict
	switch {
	case all != nil:
		return all, nil
	case errors.As(err, &moved):
		_, epoch, failed := m.Module.log.Head(ctx, eventstore.Main)
		if failed != nil {
			return nil, failed
		}
		return []kernel.Refusal{conflictOf(moved, epoch)}, nil
	case errors.Is(err, eventstore.ErrReusedID):
		return []kernel.Refusal{kernel.Problem{Code: "command.id_reused", Path: "command", Message: kernel.Text{
			Ar: "رقم الأمر استُعمل لأمر آخر. لم يُقيَّد شيء.", En: "This command id was used for another command. Nothing was recorded.",
		}}}, nil
	case errors.Is(err, eventstore.ErrStreamClosed):
		return []kernel.Refusal{kernel.Problem{Code: "finance.document_closed", Message: kernel.Text{
			Ar: "المستند مغلق ولا يقبل إجراءً.", En: "The document is closed and takes no further step.",
		}}}, nil
	case errors.Is(err, eventstore.ErrBusy):
		return []kernel.Refusal{kernel.Problem{Code: "try_again", Message: kernel.Text{
			Ar: "السجل مشغول ولم يُقيَّد شيء. أعد المحاولة.", En: "The log is busy and nothing was recorded. Try again.",
		}}}, nil
	case errors.Is(err, eventstore.ErrUnknown):
		return []kernel.Refusal{kernel.Problem{Code: "outcome_unknown", Message: kernel.Text{
			Ar: "لم تُعرف النتيجة بعد. أعد إرسال الأمر نفسه لتعرفها.",
			En: "The outcome is not known yet. Send the same command again to learn it.",
		}}}, nil
	}
	return nil, err
}

func conflictOf(c *eventstore.Conflict, epoch int32) kernel.Conflict {
	return kernel.Conflict{
		Problem: kernel.Problem{Code: "conflict", Path: "expected", Message: kernel.Text{
			Ar: fmt.Sprintf("تغير المستند منذ فتحته: كان على النسخة %d وصار على %d.", c.Expected, c.Actual),
			En: fmt.Sprintf("The document has changed since you opened it: it was at version %d and is at %d now.", c.Expected, c.Actual),
		}},
		Expected: c.Expected, Actual: c.Actual, Changed: changes(c.Changed, epoch),
	}
}

func changes(events []eventstore.Recorded, epoch int32) []kernel.Change {
	all := make([]kernel.Change, len(events))
	for i := range events {
		e := &events[i]
		all[i] = kernel.Change{
			Type: e.Type, Version: e.Version, Actor: e.Actor, At: e.RecordedAt,
			Position: kernel.Position{Lane: e.Lane.String(), Epoch: epoch, N: e.Position},
		}
		if e.OnBehalfOf != "" {
			all[i].OnBehalfOf = &e.OnBehalfOf
		}
	}
	return all
}

// decided folds the document of a receipt up to what the receipt recorded.
func (m *Mutation) decided(ctx context.Context, kind DocumentKind, receipt eventstore.Receipt) (*Decided, error) {
	var own []eventstore.Recorded
	for _, e := range receipt.Events {
		if e.Stream.Category == string(kind) && (len(own) == 0 || e.Stream == own[0].Stream) {
			own = append(own, e)
		}
	}
	if len(own) == 0 {
		return nil, nil
	}
	d := &Decided{Kind: kind, ID: own[0].Stream.Key, Recorded: changes(own, receipt.Epoch)}
	history := own
	if own[0].Version > 1 && kind != LineDocument {
		before, err := m.Module.log.ReadStream(ctx, m.Module.tenant, own[0].Stream, 0)
		if err != nil {
			return nil, fmt.Errorf("read %s: %w", own[0].Stream, err)
		}
		history = before
	}
	reader := viewReader{eventstore.NewCodec(slices.Concat(budgetEvents(), paymentEvents(), treasuryEvents(), cycleEvents(), yearEvents())...)}
	for i := range history {
		if history[i].Version > own[len(own)-1].Version {
			break
		}
		e, err := reader.event(&history[i])
		if err != nil {
			return nil, err
		}
		d.evolve(e)
		d.Version = history[i].Version
	}
	return d, nil
}

// evolve moves number and state by one event of the document.
func (d *Decided) evolve(event eventstore.Event) {
	switch e := event.(type) {
	case FinancialOrderDrafted:
		d.StateCode = "draft"
	case FinancialOrderCertified:
		d.Number, d.StateCode = e.Number, "certified"
	case VirementProposed:
		d.StateCode = "proposed"
	case VirementApproved:
		d.Number, d.StateCode = e.Number, "approved"
	case VirementRejected:
		d.StateCode = "rejected"
	case ReservationOpened:
		d.Number, d.StateCode = e.Number, "held"
	case ReservationConverted:
		d.StateCode = "converted"
	case ReservationEnded:
		d.StateCode = "released"
		if e.Expired {
			d.StateCode = "expired"
		}
	case CommitmentOpened:
		d.Number = e.Number
		d.holds(sumOf(e.Lines))
	case CommitmentAmended:
		d.holds(sumOf(e.Lines))
	case CommitmentConsumed:
		d.holds(-sumOf(e.Lines))
	case CommitmentRestored:
		d.holds(sumOf(e.Lines))
	case InvoiceRegistered:
		d.Number, d.StateCode = e.Number, "registered"
	case InvoiceVerified:
		d.StateCode = "verified"
	case InvoiceDisputed:
		d.StateCode = "disputed"
	case VoucherPrepared:
		d.Number, d.StateCode = e.Number, string(AtAudit)
	case VoucherRevised:
		d.StateCode = string(AtAudit)
	case VoucherAudited:
		d.StateCode = string(AtApproval)
	case VoucherApproved:
		d.StateCode = string(AtSpendingOfficer)
		if e.Final {
			d.StateCode = string(AtTreasury)
		}
	case VoucherPaid:
		d.StateCode = string(VoucherIsPaid)
	case VoucherScheduled:
		d.StateCode = string(VoucherIsScheduled)
	case VoucherUnscheduled, PaymentReturned:
		d.StateCode = string(AtTreasury)
	case JournalSubmitted, BudgetRequestSubmitted:
		d.StateCode = "submitted"
	case BudgetRequestApproved:
		d.StateCode = "approved"
	case BudgetCircularIssued:
		d.StateCode = "cycle_" + string(CycleIsOpen)
	case BudgetLocked:
		d.StateCode = "cycle_" + string(CycleIsLocked)
	case BudgetEnacted:
		d.StateCode = "cycle_" + string(CycleIsEnacted)
	case JournalPosted:
		d.Number, d.StateCode = e.Number, "posted"
	case JournalDrafted:
		d.StateCode = "draft"
	case PayeeRegistered:
		d.StateCode = "registered"
	case FinancialOrderCancelled, InvoiceCancelled, VoucherCancelled:
		d.StateCode = "cancelled"
	case VoucherReturned, JournalReturned, BudgetRequestReturned:
		d.StateCode = "returned"
	case VoucherReversed, JournalReversed:
		d.StateCode = "reversed"
	case CommitmentReleased:
		d.StateCode = "released"
	case FiscalYearOpened, PeriodReopened, BudgetLineOpened:
		d.StateCode = "open"
	case PeriodSoftClosed:
		d.StateCode = "soft_closed"
	case PeriodClosed:
		d.StateCode = "closed"
	case PeriodReopenAsked:
		d.StateCode = "reopening"
	default:
		d.evolveTreasury(event)
	}
}

// evolveTreasury is evolve for the documents of treasury.
func (d *Decided) evolveTreasury(event eventstore.Event) {
	switch e := event.(type) {
	case TreasuryAccountOpened:
		d.StateCode = "open"
	case StatementImported:
		d.Number, d.StateCode = e.Number, string(StatementIsRead)
	case StatementQuarantined:
		d.StateCode = string(StatementInQuarantine)
	case StatementAccepted:
		d.StateCode = string(StatementIsAccepted)
	case ReconciliationApproved:
		d.StateCode = string(StatementIsReconciled)
	case BatchBuilt:
		d.Number, d.StateCode, d.held = e.Number, string(BatchIsBuilt), int64(len(e.Payments))
	case BatchReleased:
		d.StateCode = string(BatchIsReleased)
	case BatchDropped:
		d.StateCode = string(BatchIsDropped)
	case BatchAnswered:
		if d.held--; d.held == 0 {
			d.StateCode = string(BatchIsSettled)
		}
	default:
		d.evolveCash(event)
	}
}

// evolveCash is evolve for receipts, advances and trusts.
func (d *Decided) evolveCash(event eventstore.Event) {
	switch e := event.(type) {
	case CashierBookOpened, CashierDayClosed:
		d.StateCode = "closed"
	case ReceiptBooked:
		d.StateCode = "open"
	case ReceiptIssued:
		d.Number, d.StateCode = e.Number, "issued"
	case ReceiptCancelled:
		d.StateCode = "cancelled"
	case AdvanceRequested:
		d.StateCode = string(AdvanceIsRequested)
	case AdvanceApproved:
		d.StateCode = string(AdvanceIsApproved)
	case AdvanceRefused:
		d.StateCode = string(AdvanceIsRefused)
	case AdvanceIssued:
		d.Number, d.StateCode = e.Number, string(AdvanceIsOut)
	case AdvanceSettled:
		d.owes(e.Outstanding)
	case AdvanceCashReturned:
		d.owes(e.Outstanding)
	case TrustOpened:
		d.StateCode = "open"
	}
}

func (d *Decided) owes(outstanding int64) {
	if outstanding == 0 {
		d.StateCode = string(AdvanceIsSettled)
	}
}

func (d *Decided) holds(amount int64) {
	d.held += amount
	d.StateCode = "open"
	if d.held == 0 {
		d.StateCode = "consumed"
	}
}
