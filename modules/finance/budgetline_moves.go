package finance

import "diwan/modules/kernel"

// Every move of money on a budget line is one function here: it looks at the line's newest sums and
// returns the event, or the refusal with its figures. Documents call them inside their own decision,
// so the check and the move are one. Problems come without a path; the document knows the field.

// largestSum bounds every sum of a line, far from where int64 would wrap.
const largestSum int64 = 900_000_000_000_000_000

// Enact books the original appropriation of the budget law. It is enacted once.
func (l BudgetLine) Enact(amount int64, source string) (AppropriationEnacted, error) {
	if err := l.positive(amount); err != nil {
		return AppropriationEnacted{}, err
	}
	if l.Original != 0 {
		return AppropriationEnacted{}, alreadyEnacted(l)
	}
	if l.Provisional > 0 && l.Spendable()-l.Provisional+amount < l.Used() {
		return AppropriationEnacted{}, enactedBelowUsed(l, amount)
	}
	return AppropriationEnacted{Amount: amount, Import: source}, l.bounded(amount)
}

// Supplement raises the appropriation by a later law, or lowers it by what is neither used nor
// released.
func (l BudgetLine) Supplement(amount int64, source string) (SupplementaryEnacted, error) {
	e := SupplementaryEnacted{Amount: amount, Import: source}
	if !l.Exists() {
		return e, lineUnknown()
	}
	if amount == 0 || amount < -largestSum {
		return e, notPositive()
	}
	if amount > 0 {
		return e, l.bounded(amount)
	}
	if left := min(l.AvailableYear(), l.Spendable()-l.Released); amount < -left {
		return e, insufficient(l, -amount, left)
	}
	return e, nil
}

// MoveIn receives appropriation by virement.
func (l BudgetLine) MoveIn(amount int64, virement string) (VirementApplied, error) {
	if err := l.ready(amount); err != nil {
		return VirementApplied{}, err
	}
	return VirementApplied{Virement: virement, Amount: amount}, l.bounded(amount)
}

// MoveOut gives appropriation away by virement: only what no document holds and nothing freezes.
// Unreleased money goes first; allotment beyond it is withdrawn with it.
func (l BudgetLine) MoveOut(amount int64, virement string) (withdrawn AllotmentWithdrawn, moved VirementApplied, err error) {
	if err := l.ready(amount); err != nil {
		return withdrawn, moved, err
	}
	if left := l.AvailableYear(); amount > left {
		return withdrawn, moved, insufficient(l, amount, left)
	}
	return l.excess(amount, virement), VirementApplied{Virement: virement, Amount: -amount}, nil
}

// Freeze holds appropriation back that no document holds. Unreleased money goes first; allotment
// beyond it is withdrawn with it.
func (l BudgetLine) Freeze(amount int64, document, reason string, by Signature) (withdrawn AllotmentWithdrawn, frozen AppropriationFrozen, err error) {
	if err := l.ready(amount); err != nil {
		return withdrawn, frozen, err
	}
	if left := l.AvailableYear(); amount > left {
		return withdrawn, frozen, insufficient(l, amount, left)
	}
	return l.excess(amount, document), AppropriationFrozen{Amount: amount, Reason: reason, By: by}, nil
}

// excess is the allotment that must be withdrawn when the spendable appropriation falls by amount.
func (l BudgetLine) excess(amount int64, document string) AllotmentWithdrawn {
	return AllotmentWithdrawn{Document: document, Amount: max(0, l.Released-(l.Spendable()-amount))}
}

// Unfreeze gives frozen appropriation free; it is released again only by an order.
func (l BudgetLine) Unfreeze(amount int64, reason string, by Signature) (AppropriationUnfrozen, error) {
	if err := l.ready(amount); err != nil {
		return AppropriationUnfrozen{}, err
	}
	if amount > l.Frozen {
		return AppropriationUnfrozen{}, beyondStage(l, frozenStage, amount, l.Frozen)
	}
	return AppropriationUnfrozen{Amount: amount, Reason: reason, By: by}, nil
}

// Release opens allotment under a certified order, up to the spendable appropriation.
func (l BudgetLine) Release(amount int64, order string, month int) (AllotmentReleased, error) {
	if err := l.ready(amount); err != nil {
		return AllotmentReleased{}, err
	}
	if left := l.Spendable() - l.Released; amount > left {
		return AllotmentReleased{}, beyondStage(l, unreleasedStage, amount, left)
	}
	return AllotmentReleased{Order: order, Month: month, Amount: amount}, nil
}

// Withdraw takes allotment back that no document needs.
func (l BudgetLine) Withdraw(amount int64, document string, ceiling Ceiling) (AllotmentWithdrawn, error) {
	if err := l.ready(amount); err != nil {
		return AllotmentWithdrawn{}, err
	}
	if left := l.Withdrawable(ceiling); amount > left {
		return AllotmentWithdrawn{}, insufficient(l, amount, left)
	}
	return AllotmentWithdrawn{Document: document, Amount: amount}, nil
}

// Reserve holds money for a purchase in preparation.
func (l BudgetLine) Reserve(amount int64, reservation string, ceiling Ceiling) (FundsReserved, error) {
	if err := l.ready(amount); err != nil {
		return FundsReserved{}, err
	}
	if left := l.Available(ceiling); amount > left {
		return FundsReserved{}, insufficient(l, amount, left)
	}
	return FundsReserved{Reservation: reservation, Amount: amount}, nil
}

// ReleaseReservation gives reserved money free.
func (l BudgetLine) ReleaseReservation(amount int64, reservation string) (ReservationReleased, error) {
	if err := l.ready(amount); err != nil {
		return ReservationReleased{}, err
	}
	if amount > l.Reserved {
		return ReservationReleased{}, beyondStage(l, reservedStage, amount, l.Reserved)
	}
	return ReservationReleased{Reservation: reservation, Amount: amount}, nil
}

// Commit binds money to a commitment.
func (l BudgetLine) Commit(amount int64, commitment string, ceiling Ceiling) (CommitmentRecorded, error) {
	if err := l.ready(amount); err != nil {
		return CommitmentRecorded{}, err
	}
	if left := l.Available(ceiling); amount > left {
		return CommitmentRecorded{}, insufficient(l, amount, left)
	}
	return CommitmentRecorded{Commitment: commitment, Amount: amount}, nil
}

// Reduce gives committed money free that no claim will take.
func (l BudgetLine) Reduce(amount int64, commitment string) (CommitmentReduced, error) {
	if err := l.ready(amount); err != nil {
		return CommitmentReduced{}, err
	}
	if amount > l.Committed {
		return CommitmentReduced{}, beyondStage(l, committedStage, amount, l.Committed)
	}
	return CommitmentReduced{Commitment: commitment, Amount: amount}, nil
}

// Oblige makes a verified claim an obligation. fromCommitment of it was committed before (0 for a
// direct charge); the rest must be available, and all of it released.
func (l BudgetLine) Oblige(amount, fromCommitment int64, document, commitment string, ceiling Ceiling) (ObligationRecorded, error) {
	e := ObligationRecorded{Document: document, Commitment: commitment, Amount: amount, FromCommitment: fromCommitment}
	if err := l.ready(amount); err != nil {
		return e, err
	}
	if fromCommitment < 0 || fromCommitment > amount {
		return e, notPositive()
	}
	if fromCommitment > l.Committed {
		return e, beyondStage(l, committedStage, fromCommitment, l.Committed)
	}
	if direct := amount - fromCommitment; direct > 0 && direct > l.Available(ceiling) {
		return e, insufficient(l, direct, l.Available(ceiling))
	}
	if left := l.Obligable(); amount > left {
		return e, insufficient(l, amount, left)
	}
	return e, nil
}

// ReverseObligation undoes a claim that is not paid; toCommitment of it is committed again, the
// rest is available again.
func (l BudgetLine) ReverseObligation(amount, toCommitment int64, document, commitment string) (ObligationReversed, error) {
	e := ObligationReversed{Document: document, Commitment: commitment, Amount: amount, ToCommitment: toCommitment}
	if err := l.ready(amount); err != nil {
		return e, err
	}
	if toCommitment < 0 || toCommitment > amount {
		return e, notPositive()
	}
	if left := l.Obligated - l.Paid; amount > left {
		return e, beyondStage(l, obligatedStage, amount, left)
	}
	return e, nil
}

// Pay records a payment on verified claims.
func (l BudgetLine) Pay(amount int64, voucher string) (PaymentRecorded, error) {
	if err := l.ready(amount); err != nil {
		return PaymentRecorded{}, err
	}
	if left := l.Obligated - l.Paid; amount > left {
		return PaymentRecorded{}, beyondStage(l, obligatedStage, amount, left)
	}
	return PaymentRecorded{Voucher: voucher, Amount: amount}, nil
}

// ReversePayment takes a payment back; its obligation stands again.
func (l BudgetLine) ReversePayment(amount int64, voucher string) (PaymentReversed, error) {
	if err := l.ready(amount); err != nil {
		return PaymentReversed{}, err
	}
	if amount > l.Paid {
		return PaymentReversed{}, beyondStage(l, paidStage, amount, l.Paid)
	}
	return PaymentReversed{Voucher: voucher, Amount: amount}, nil
}

func (l BudgetLine) ready(amount int64) error {
	if !l.Exists() {
		return lineUnknown()
	}
	return l.positive(amount)
}

func (l BudgetLine) positive(amount int64) error {
	if amount <= 0 {
		return notPositive()
	}
	return nil
}

// bounded keeps every sum of the line far from the end of int64.
func (l BudgetLine) bounded(amount int64) error {
	for _, sum := range []int64{l.Revised(), l.VirementIn, l.Supplementary} {
		if amount > largestSum || sum > largestSum-amount {
			return kernel.Problem{Code: "money.too_large", Message: kernel.Text{
				Ar: "مجموع البند أكبر مما يُقيَّد.",
				En: "The line's total is larger than can be recorded.",
			}}
		}
	}
	return nil
}
