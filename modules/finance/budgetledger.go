package finance

import (
	"slices"

	"diwan/eventstore"
)

// Account is a memorandum account of the budget ledger; each budget line has one of each.
type Account string

// The memorandum accounts. Appropriation is the credit side: minus the revised appropriation. The
// others say where that money stands, so all of them together always sum to zero.
const (
	AppropriationAccount Account = "appropriation" // الاعتماد
	UnreleasedAccount    Account = "unreleased"    // غير المفرج عنه
	FrozenAccount        Account = "frozen"        // المجمّد
	AllotmentAccount     Account = "allotment"     // المفرج عنه المتاح; below zero where contracts run ahead of releases
	ReservedAccount      Account = "reserved"      // المحجوز
	CommittedAccount     Account = "committed"     // الملتزم به
	ObligatedAccount     Account = "obligated"     // المستحق غير المدفوع
	PaidAccount          Account = "paid"          // المدفوع
	LapsedAccount        Account = "lapsed"        // الملغى في نهاية السنة
)

// Accounts lists the memorandum accounts in order.
var Accounts = []Account{
	AppropriationAccount, UnreleasedAccount, FrozenAccount, AllotmentAccount,
	ReservedAccount, CommittedAccount, ObligatedAccount, PaidAccount, LapsedAccount,
}

// Transfer moves an amount from one memorandum account to another of the same line.
type Transfer struct {
	From, To Account
	Amount   int64 // above zero
}

// Transfers are the moves a budget line's event makes in the budget ledger. An event that moves
// nothing, or is not a budget line's, has none.
func Transfers(e eventstore.Event) []Transfer {
	switch e := e.(type) {
	case AppropriationEnacted:
		return move(AppropriationAccount, UnreleasedAccount, e.Amount)
	case SupplementaryEnacted:
		return move(AppropriationAccount, UnreleasedAccount, e.Amount)
	case VirementApplied:
		return move(AppropriationAccount, UnreleasedAccount, e.Amount)
	case AppropriationFrozen:
		return move(UnreleasedAccount, FrozenAccount, e.Amount)
	case AppropriationUnfrozen:
		return move(FrozenAccount, UnreleasedAccount, e.Amount)
	case AllotmentReleased:
		return move(UnreleasedAccount, AllotmentAccount, e.Amount)
	case AllotmentWithdrawn:
		return move(AllotmentAccount, UnreleasedAccount, e.Amount)
	case FundsReserved:
		return move(AllotmentAccount, ReservedAccount, e.Amount)
	case ReservationReleased:
		return move(ReservedAccount, AllotmentAccount, e.Amount)
	case CommitmentRecorded:
		return move(AllotmentAccount, CommittedAccount, e.Amount)
	case CommitmentReduced:
		return move(CommittedAccount, AllotmentAccount, e.Amount)
	case ObligationRecorded:
		return append(move(CommittedAccount, ObligatedAccount, e.FromCommitment),
			move(AllotmentAccount, ObligatedAccount, e.Amount-e.FromCommitment)...)
	case ObligationReversed:
		return append(move(ObligatedAccount, CommittedAccount, e.ToCommitment),
			move(ObligatedAccount, AllotmentAccount, e.Amount-e.ToCommitment)...)
	case PaymentRecorded:
		return move(ObligatedAccount, PaidAccount, e.Amount)
	case PaymentReversed:
		return move(PaidAccount, ObligatedAccount, e.Amount)
	case ProvisionalTwelfthAuthorised:
		return move(AppropriationAccount, AllotmentAccount, e.Amount)
	case ProvisionalAuthorityClosed:
		return move(UnreleasedAccount, AppropriationAccount, e.Amount)
	case CommitmentBroughtIn:
		return append(move(AppropriationAccount, UnreleasedAccount, e.Appropriation+e.Provisional),
			append(move(UnreleasedAccount, AllotmentAccount, e.Released), move(AllotmentAccount, CommittedAccount, e.Amount)...)...)
	case CommitmentCarriedOut:
		return slices.Concat(move(CommittedAccount, AllotmentAccount, e.Amount),
			move(AllotmentAccount, UnreleasedAccount, e.Withdrawn), move(UnreleasedAccount, AppropriationAccount, e.Appropriation))
	case AppropriationLapsed:
		return slices.Concat(move(AllotmentAccount, UnreleasedAccount, e.Withdrawn),
			move(FrozenAccount, UnreleasedAccount, e.Unfrozen), move(UnreleasedAccount, LapsedAccount, e.Amount))
	}
	return nil
}

// move is one transfer; a negative amount goes the other way, zero is none.
func move(from, to Account, amount int64) []Transfer {
	switch {
	case amount > 0:
		return []Transfer{{From: from, To: to, Amount: amount}}
	case amount < 0:
		return []Transfer{{From: to, To: from, Amount: -amount}}
	}
	return nil
}
