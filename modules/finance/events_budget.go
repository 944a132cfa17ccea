package finance

import "diwan/modules/kernel"

// Stored events of the budget side. Amounts are int64 minor units (fils); the currency is the
// fiscal year's, stated once in FiscalYearOpened and again in BudgetLineOpened, so that a reader of
// one line needs no other stream. Names, JSON tags and meanings are never changed: a new meaning is
// a new event or a new shape with an upcaster.

// Signature says who did a step. Separation of duties compares it with the next officer, so it is
// part of the fact and not only of the log's columns.
type Signature struct {
	Person     string `json:"person"`
	OnBehalfOf string `json:"on_behalf_of,omitempty"`
}

// LineAmount is a part of a document on one budget line of the document's year.
type LineAmount struct {
	Key    string `json:"key"` // "01-2501-4401-001-221105-001"
	Amount int64  `json:"amount"`
}

// Budget line (بند اعتماد), stream finance.budget/{year}/{key}. Every one of them but the first
// is a move of Amount between memorandum accounts, see Transfers.
type (
	// BudgetLineOpened names the line by its codes; it moves no money.
	BudgetLineOpened struct {
		Year     int          `json:"year"`
		Key      string       `json:"key"`
		Codes    Codes        `json:"codes"`
		Currency string       `json:"currency"`
		Economic EconomicType `json:"economic"`
	}
	// AppropriationEnacted is the original appropriation of the budget law.
	AppropriationEnacted struct {
		Amount int64  `json:"amount"`
		Import string `json:"import,omitempty"` // key of the finance.import stream it came with
	}
	// SupplementaryEnacted raises the appropriation by a later law, or lowers it when negative.
	SupplementaryEnacted struct {
		Amount int64  `json:"amount"`
		Import string `json:"import,omitempty"`
	}
	// VirementApplied moves appropriation in, or out when negative.
	VirementApplied struct {
		Virement string `json:"virement"`
		Amount   int64  `json:"amount"`
	}
	// AppropriationFrozen holds appropriation back.
	AppropriationFrozen struct {
		Amount int64     `json:"amount"`
		Reason string    `json:"reason"`
		By     Signature `json:"by"`
	}
	// AppropriationUnfrozen gives held-back appropriation free.
	AppropriationUnfrozen struct {
		Amount int64     `json:"amount"`
		Reason string    `json:"reason"`
		By     Signature `json:"by"`
	}
	// AllotmentReleased opens part of the appropriation for spending under a certified order.
	AllotmentReleased struct {
		Order  string `json:"order"`
		Month  int    `json:"month"` // the month of the year it is meant for
		Amount int64  `json:"amount"`
	}
	// AllotmentWithdrawn takes unspent allotment back, for a cancelled order or a virement out.
	AllotmentWithdrawn struct {
		Document string `json:"document"`
		Amount   int64  `json:"amount"`
	}
	// FundsReserved holds money for a purchase that is being prepared.
	FundsReserved struct {
		Reservation string `json:"reservation"`
		Amount      int64  `json:"amount"`
	}
	// ReservationReleased gives reserved money free.
	ReservationReleased struct {
		Reservation string `json:"reservation"`
		Amount      int64  `json:"amount"`
	}
	// CommitmentRecorded binds money to a contract or order.
	CommitmentRecorded struct {
		Commitment string `json:"commitment"`
		Amount     int64  `json:"amount"`
	}
	// CommitmentReduced gives bound money free that will not be claimed.
	CommitmentReduced struct {
		Commitment string `json:"commitment"`
		Amount     int64  `json:"amount"`
	}
	// ObligationRecorded is a verified claim of Amount; FromCommitment of it had been committed
	// before, the rest is a direct charge.
	ObligationRecorded struct {
		Document       string `json:"document"` // invoice or voucher
		Commitment     string `json:"commitment,omitempty"`
		Amount         int64  `json:"amount"`
		FromCommitment int64  `json:"from_commitment"`
	}
	// ObligationReversed undoes a claim; ToCommitment of it is committed again.
	ObligationReversed struct {
		Document     string `json:"document"`
		Commitment   string `json:"commitment,omitempty"`
		Amount       int64  `json:"amount"`
		ToCommitment int64  `json:"to_commitment"`
	}
	// PaymentRecorded is money paid on a verified claim.
	PaymentRecorded struct {
		Voucher string `json:"voucher"`
		Amount  int64  `json:"amount"`
	}
	// PaymentReversed takes a payment back.
	PaymentReversed struct {
		Voucher string `json:"voucher"`
		Amount  int64  `json:"amount"`
	}
)

// Financial order (أمر مالي), stream finance.order/{id}.
type (
	// FinancialOrderDrafted asks for the release of allotments.
	FinancialOrderDrafted struct {
		ID       string      `json:"id"`
		Year     int         `json:"year"`
		Currency string      `json:"currency"`
		Kind     OrderKind   `json:"kind"`
		Subject  string      `json:"subject"`
		Lines    []OrderLine `json:"lines"`
		By       Signature   `json:"by"`
	}
	// FinancialOrderCertified releases them and gives the order its number.
	FinancialOrderCertified struct {
		Number string      `json:"number"`
		On     kernel.Date `json:"on"`
		By     Signature   `json:"by"`
	}
	// FinancialOrderCancelled drops a draft, or withdraws what a certified order had released.
	FinancialOrderCancelled struct {
		Reason    string    `json:"reason"`
		Withdrawn bool      `json:"withdrawn"` // it had been certified
		By        Signature `json:"by"`
	}
)

// OrderLine is the allotment of one line for one month (حوالة مالية شهرية).
type OrderLine struct {
	Key    string `json:"key"`
	Month  int    `json:"month"`
	Amount int64  `json:"amount"`
}

// Virement (مناقلة), stream finance.virement/{id}.
type (
	// VirementProposed asks to move appropriation; negative amounts go out, the sum is zero.
	VirementProposed struct {
		ID       string       `json:"id"`
		Year     int          `json:"year"`
		Currency string       `json:"currency"`
		Reason   string       `json:"reason"`
		Lines    []LineAmount `json:"lines"`
		By       Signature    `json:"by"`
	}
	// VirementApproved moves it and gives the virement its number.
	VirementApproved struct {
		Number string      `json:"number"`
		On     kernel.Date `json:"on"`
		By     Signature   `json:"by"`
	}
	// VirementRejected ends the proposal without any move.
	VirementRejected struct {
		Reason string    `json:"reason"`
		By     Signature `json:"by"`
	}
)

// Reservation (حجز مبدئي), stream finance.reservation/{id}.
type (
	// ReservationOpened holds money until a day.
	ReservationOpened struct {
		ID       string       `json:"id"`
		Number   string       `json:"number"`
		Year     int          `json:"year"`
		Currency string       `json:"currency"`
		Subject  string       `json:"subject"`
		On       kernel.Date  `json:"on"`
		Expires  kernel.Date  `json:"expires"`
		Lines    []LineAmount `json:"lines"`
		By       Signature    `json:"by"`
	}
	// ReservationConverted ends it in a commitment.
	ReservationConverted struct {
		Commitment string    `json:"commitment"`
		By         Signature `json:"by"`
	}
	// ReservationEnded ends it without one: released by a person, or expired.
	ReservationEnded struct {
		Expired bool      `json:"expired"`
		Reason  string    `json:"reason,omitempty"`
		By      Signature `json:"by"`
	}
)

// Commitment (التزام), stream finance.commitment/{id}.
type (
	// CommitmentOpened binds the year's money to a contract, order or decision.
	CommitmentOpened struct {
		ID          string       `json:"id"`
		Number      string       `json:"number"`
		Year        int          `json:"year"`
		Currency    string       `json:"currency"`
		Subject     string       `json:"subject"`
		Payee       string       `json:"payee,omitempty"`
		Reference   string       `json:"reference,omitempty"` // the contract's or order's own number
		Reservation string       `json:"reservation,omitempty"`
		On          kernel.Date  `json:"on"`
		Lines       []LineAmount `json:"lines"`
		By          Signature    `json:"by"`
	}
	// CommitmentAmended raises lines, or lowers them when negative.
	CommitmentAmended struct {
		Reason string       `json:"reason"`
		On     kernel.Date  `json:"on"`
		Lines  []LineAmount `json:"lines"`
		By     Signature    `json:"by"`
	}
	// CommitmentConsumed is the part a verified claim took.
	CommitmentConsumed struct {
		Document string       `json:"document"`
		Lines    []LineAmount `json:"lines"`
	}
	// CommitmentRestored is the part a reversed claim gave back.
	CommitmentRestored struct {
		Document string       `json:"document"`
		Lines    []LineAmount `json:"lines"`
	}
	// CommitmentReleased gives all that is outstanding free.
	CommitmentReleased struct {
		Reason string       `json:"reason"`
		On     kernel.Date  `json:"on"`
		Lines  []LineAmount `json:"lines"`
		By     Signature    `json:"by"`
	}
)
