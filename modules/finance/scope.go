package finance

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"diwan/eventstore"
	"diwan/modules/kernel"
)

// This file is the first wall of acts: what an officer does, they do where the permission for it
// holds. What lies elsewhere is hidden from the decider, so the refusal is word for word the one for
// what does not exist.

// actPermissions are the permissions of which one is needed for an act on what belongs to a unit; an
// act that is not here needs any.
func actPermissions() map[string][]Permission {
	return map[string][]Permission{
		"ImportBudget": {MayImportBudget}, "CloseBudgetImport": {MayImportBudget},
		"SubmitBudgetRequest": {MayRequestBudget}, "AuthoriseTwelfths": {MaySpendProvisionally}, "CloseProvisional": {MaySpendProvisionally},
		"CarryCommitment": {MayCloseYear}, "LapseAppropriation": {MayCloseYear}, "LapseCommitment": {MayCloseYear}, "CloseResult": {MayCloseYear},
		"FreezeBudget": {MayFreezeBudget}, "UnfreezeBudget": {MayFreezeBudget},
		"DraftOrder": {MayDraftOrder}, "CertifyOrder": {MayCertifyOrder}, "CancelOrder": {MayDraftOrder, MayCertifyOrder},
		"ProposeVirement": {MayProposeVirement}, "ApproveVirement": {MayApproveVirement}, "RejectVirement": {MayApproveVirement},
		"ReserveFunds": {MayReserveFunds}, "ReleaseReservation": {MayReserveFunds}, "ExpireReservation": {MayReserveFunds},
		"RecordCommitment": {MayRecordCommitment}, "AmendCommitment": {MayRecordCommitment}, "ReleaseCommitment": {MayRecordCommitment},
		"RegisterInvoice": {MayRegisterInvoice}, "CancelInvoice": {MayRegisterInvoice},
		"VerifyInvoice": {MayVerifyInvoice}, "DisputeInvoice": {MayVerifyInvoice},
		"PrepareVoucher": {MayPrepareVoucher}, "ReviseVoucher": {MayPrepareVoucher},
		"AuditVoucher": {MayAuditVoucher}, "ApproveVoucher": {MayApproveVoucher, MayApproveVoucherAbove},
		"ReturnVoucher": {MayAuditVoucher, MayApproveVoucher, MayApproveVoucherAbove, MayPayVoucher},
		"CancelVoucher": {MayPrepareVoucher, MayAuditVoucher, MayApproveVoucher, MayApproveVoucherAbove, MayPayVoucher},
		"PayVoucher":    {MayPayVoucher}, "BuildBatch": {MayPayVoucher}, "ImportStatement": {MayReconcile}, "RetryStatement": {MayReconcile}, "MatchByName": {MayReconcile}, "MatchLines": {MayReconcile},
		"UnmatchLines": {MayReconcile}, "ApproveReconciliation": {MayApproveReconciled}, "ReleaseBatch": {MayPayVoucher}, "ProduceBatchFile": {MayPayVoucher}, "DropBatch": {MayPayVoucher}, "AnswerBatch": {MayPayVoucher}, "ReverseVoucher": {MayReverseVoucher}, "RecordRefund": {MayPayVoucher},
		"RequestAdvance": {MayPrepareVoucher}, "ApproveAdvance": {MayApproveVoucher}, "RefuseAdvance": {MayApproveVoucher},
		"IssueAdvance": {MayPayVoucher}, "ReturnAdvanceCash": {MayPayVoucher}, "ProposeSettlement": {MayPrepareVoucher},
		"VerifySettlement": {MayVerifyInvoice}, "ReturnSettlement": {MayVerifyInvoice},
		"OpenTrust": {MayPayVoucher}, "ReceiveDeposit": {MayPayVoucher}, "RequestTrustPayment": {MayPrepareVoucher},
		"PayFromTrust": {MayPayVoucher}, "RefuseTrustPayment": {MayPayVoucher},
		"IssueReceipt": {MayReceive}, "CloseCashierDay": {MayReceive}, "CancelReceipt": {MayCancelReceipt}, "DepositCash": {MayDepositCash},
		"DraftJournal": {MayDraftJournal}, "SubmitJournal": {MayDraftJournal}, "ReturnJournal": {MayPostJournal},
		"PostJournal": {MayPostJournal}, "ReverseJournal": {MayReverseJournal},
	}
}

// reaches tells whether an officer may do an act in a unit.
func (o Officer) reaches(act, unit string) bool {
	permissions, listed := actPermissions()[act]
	if !listed {
		permissions = Permissions()
	}
	return slices.ContainsFunc(permissions, func(p Permission) bool { return o.Covers(p, unit) })
}

// mustHold refuses whoever holds none of an act's permissions anywhere.
func (o Officer) mustHold(act string) error {
	permissions := actPermissions()[act]
	if len(permissions) == 0 || slices.ContainsFunc(permissions, o.May) {
		return nil
	}
	return forbidden(permissions[0])
}

// unit is where a line's money belongs.
func (c Codes) unit() string { return kernel.BudgetUnit(c.Chapter, c.Centre) }

// unitOfKey reads chapter and centre from a budget key; a key that does not say them belongs to the
// government as a whole.
func unitOfKey(key string, parts []KeyPart) string {
	codes := strings.Split(key, "-")
	var line Codes
	if len(codes) == len(parts) {
		for i, part := range parts {
			line = line.With(part.Segment, codes[i])
		}
	}
	return line.unit()
}

// unitOf is the lowest unit that everything in a stream's state belongs to; empty for what belongs to
// none, such as a fiscal year, and for what is not there.
func unitOf(state any, key func(year int, key string) string) string {
	var units []string
	switch s := state.(type) {
	case BudgetLine:
		if s.Exists() {
			return s.Codes.unit()
		}
	case FinancialOrder:
		for _, l := range s.Lines {
			units = append(units, key(s.Year, l.Key))
		}
	case Virement:
		for _, l := range s.Lines {
			units = append(units, key(s.Year, l.Key))
		}
	case Reservation:
		for _, l := range s.Lines {
			units = append(units, key(s.Year, l.Key))
		}
	case Commitment:
		for _, l := range s.Lines {
			units = append(units, key(s.Year, l.Key))
		}
	case Invoice:
		for _, l := range s.Lines {
			units = append(units, l.Codes.unit())
		}
	case Voucher:
		for _, l := range s.Content.Lines {
			units = append(units, l.Codes.unit())
		}
	case Advance:
		if s.Known() {
			return s.Asked.Codes.unit()
		}
	case TreasuryAccount: // the treasury's, its batches' and its statements' money is nobody's below the government
		if s.Known() {
			return kernel.WholeGovernment
		}
	case PaymentBatch:
		if s.Stage != "" {
			return kernel.WholeGovernment
		}
	case Statement:
		if s.Known() {
			return kernel.WholeGovernment
		}
	case BudgetRequest:
		if s.Asked.Round > 0 {
			return kernel.BudgetUnit(s.Asked.Chapter, "")
		}
	case CashierBook:
		if s.Known() {
			return s.Opened.Codes.unit()
		}
	case Trust:
		if s.Known() {
			return s.Opened.Codes.unit()
		}
	case JournalEntry:
		for _, l := range append(slices.Clip(s.Draft.Lines), s.Posted.Lines...) {
			units = append(units, l.Codes.unit())
		}
	}
	return unitAbove(units)
}

// unitAbove is the lowest unit that all belong to; empty for none.
func unitAbove(units []string) string {
	above := ""
	for i, u := range units {
		if i == 0 {
			above = u
		} else {
			above = kernel.UnitAbove(above, u)
		}
	}
	return above
}

// keys tells units of lines: by the touched line itself, else by the budget key of the year.
func keys(d *eventstore.Decision, touches []eventstore.Touch) func(year int, key string) string {
	rules := StandardRules()
	lines := map[eventstore.Stream]int{}
	for i, t := range touches {
		switch t.Stream.Category {
		case RulesStream.Category:
			rules = eventstore.StateOf[Rules](d, i)
		case "finance.budget":
			lines[t.Stream] = i
		}
	}
	known := map[eventstore.Stream]string{} // before anything is hidden
	for stream, i := range lines {
		if l := eventstore.StateOf[BudgetLine](d, i); l.Exists() {
			known[stream] = l.Codes.unit()
		}
	}
	return func(year int, key string) string {
		if unit, there := known[LineStream(year, key)]; there {
			return unit
		}
		return unitOfKey(key, rules.KeyParts(year))
	}
}

// inScope keeps a decision within the units where the officer may act.
func inScope(by Officer, act string, touches []eventstore.Touch, decide func(*eventstore.Decision) error) func(*eventstore.Decision) error {
	if by.reaches(act, kernel.WholeGovernment) {
		return decide
	}
	return func(d *eventstore.Decision) error {
		if err := by.mustHold(act); err != nil {
			return err
		}
		key := keys(d, touches)
		var hidden []int
		for i := range touches {
			if unit := unitOf(d.State(i), key); unit != "" && !by.reaches(act, unit) {
				hidden = append(hidden, i)
			}
		}
		for _, i := range hidden {
			d.Hide(i)
		}
		if err := decide(d); err != nil {
			return err
		}
		for i, t := range touches { // what was just written is within it too
			unit := unitOf(d.State(i), key)
			beyond := unit != "" && !by.reaches(act, unit) && (t.Stream.Category != "finance.journal" || strings.HasSuffix(act, "Journal"))
			if d.Recorded(i) && (beyond || slices.Contains(hidden, i)) {
				return outOfScope()
			}
		}
		return nil
	}
}

func outOfScope() kernel.Problem {
	return kernel.Problem{Code: "finance.out_of_scope", Path: "lines", Message: kernel.Text{
		Ar: "في المستند سطر من خارج وحدتك. يُعدّ في الوحدة التي تعلو أسطره كلها.",
		En: "The document has a line outside your unit. It is prepared in the unit above all of its lines.",
	}}
}

// commit executes a command. A conflict tells what has happened to a document; about one that the
// officer may not see it tells nothing, and the decider says that it is not there.
func (m *Module) commit(ctx context.Context, by Officer, c eventstore.Command, act string) (eventstore.Receipt, error) {
	receipt, err := m.log.Execute(ctx, c)
	var conflict *eventstore.Conflict
	if !errors.As(err, &conflict) || by.reaches(act, kernel.WholeGovernment) {
		return receipt, err
	}
	sees, failed := m.sees(ctx, by, act, conflict.Stream)
	if failed != nil {
		return receipt, failed
	}
	if sees {
		return receipt, err
	}
	blind := slices.Clone(c.Touches)
	for i := range blind {
		blind[i].Expected = eventstore.AnyVersion
	}
	c.Touches = blind
	return m.log.Execute(ctx, c)
}

// sees tells whether a stream lies where the officer may do an act.
func (m *Module) sees(ctx context.Context, by Officer, act string, stream eventstore.Stream) (bool, error) {
	for _, c := range Categories() {
		if c.Name == stream.Category {
			events, err := m.log.ReadStream(ctx, m.tenant, stream, 0)
			if err != nil {
				return false, fmt.Errorf("read %s: %w", stream, err)
			}
			state, err := c.Fold(nil, events)
			if err != nil {
				return false, fmt.Errorf("read %s: %w", stream, err)
			}
			return m.within(ctx, by, act, state)
		}
	}
	return true, nil
}

// within tells whether a stream's state lies where the officer may do an act.
func (m *Module) within(ctx context.Context, by Officer, act string, state any) (bool, error) {
	rules, err := now[Rules](ctx, m, rulesCategory(), RulesStream)
	if err != nil {
		return false, err
	}
	unit := unitOf(state, func(year int, key string) string { return unitOfKey(key, rules.KeyParts(year)) })
	return unit == "" || by.reaches(act, unit), nil
}

// prior is now for a document that a command looks at before it is decided: one that the officer may
// not act on is not there.
func prior[S any](ctx context.Context, m *Module, by Officer, act string, c eventstore.Category, s eventstore.Stream) (S, error) {
	var hidden S
	if err := by.mustHold(act); err != nil {
		return hidden, err
	}
	state, err := now[S](ctx, m, c, s)
	if err != nil || by.reaches(act, kernel.WholeGovernment) {
		return state, err
	}
	if within, err := m.within(ctx, by, act, state); err != nil || !within {
		return hidden, err
	}
	return state, nil
}
