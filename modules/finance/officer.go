package finance

import (
	"math"
	"strings"

	"diwan/modules/kernel"
)

// Permission is one act in finance that an officer may hold. The names are stored in role tables
// and never renamed.
type Permission string

// The permissions of the budget side.
const (
	MayOpenYear         Permission = "finance.year.open"
	MayClosePeriod      Permission = "finance.period.close"
	MayReopenPeriod     Permission = "finance.period.reopen" // given twice, to two people
	MayChangeChart      Permission = "finance.chart.change"
	MaySetPolicy        Permission = "finance.policy.set"
	MayImportBudget     Permission = "finance.budget.import"
	MayRequestBudget    Permission = "finance.budget.request" // what one's own body needs
	MayPrepareBudget    Permission = "finance.budget.prepare" // circular, ceilings, requests, draft
	MayEnactBudget      Permission = "finance.budget.enact"
	MayFreezeBudget     Permission = "finance.budget.freeze"
	MayDraftOrder       Permission = "finance.order.draft"
	MayCertifyOrder     Permission = "finance.order.certify"
	MayProposeVirement  Permission = "finance.virement.propose"
	MayApproveVirement  Permission = "finance.virement.approve"
	MayReserveFunds     Permission = "finance.reservation.record"
	MayRecordCommitment Permission = "finance.commitment.record"

	MaySpendProvisionally Permission = "finance.year.provisional" // the one-twelfth regime of a late law
	MayCloseYear          Permission = "finance.year.close"       // the year-end's steps
	MaySignFinalAccount   Permission = "finance.year.sign"        // waivers and the final account, by a second person
)

// The permissions of the payment side.
const (
	MayRegisterPayee       Permission = "finance.payee.register"
	MayApproveBankAccount  Permission = "finance.payee.approve_bank"
	MayRegisterInvoice     Permission = "finance.invoice.register"
	MayVerifyInvoice       Permission = "finance.invoice.verify"
	MayPrepareVoucher      Permission = "finance.voucher.prepare"
	MayAuditVoucher        Permission = "finance.voucher.audit"
	MayApproveVoucher      Permission = "finance.voucher.approve"       // up to the officer's limit
	MayApproveVoucherAbove Permission = "finance.voucher.approve_above" // the spending officer's step (آمر الصرف)
	MayPayVoucher          Permission = "finance.voucher.pay"
	MayReverseVoucher      Permission = "finance.voucher.reverse"
	MayDraftJournal        Permission = "finance.journal.draft"
	MayPostJournal         Permission = "finance.journal.post"
	MayReverseJournal      Permission = "finance.journal.reverse"
	MayReceive             Permission = "finance.receipt.issue"
	MayCancelReceipt       Permission = "finance.receipt.cancel"
	MayDepositCash         Permission = "finance.cash.deposit"
	MayReconcile           Permission = "finance.bank.reconcile"              // take statements, match lines
	MayApproveReconciled   Permission = "finance.bank.approve_reconciliation" // the second person's step
	MayReadFinance         Permission = "finance.read"
)

// Permissions lists all of them.
func Permissions() []Permission {
	return []Permission{
		MayOpenYear,
		MayClosePeriod,
		MayReopenPeriod,
		MayChangeChart,
		MaySetPolicy,
		MayImportBudget,
		MayRequestBudget,
		MayPrepareBudget,
		MayEnactBudget,
		MayFreezeBudget,
		MayDraftOrder,
		MayCertifyOrder,
		MayProposeVirement,
		MayApproveVirement,
		MayReserveFunds,
		MayRecordCommitment,
		MaySpendProvisionally,
		MayCloseYear,
		MaySignFinalAccount,
		MayRegisterPayee,
		MayApproveBankAccount,
		MayRegisterInvoice,
		MayVerifyInvoice,
		MayPrepareVoucher,
		MayAuditVoucher,
		MayApproveVoucher,
		MayApproveVoucherAbove,
		MayPayVoucher,
		MayReverseVoucher,
		MayDraftJournal,
		MayPostJournal,
		MayReverseJournal,
		MayReceive,
		MayCancelReceipt,
		MayDepositCash,
		MayReconcile,
		MayApproveReconciled,
		MayReadFinance,
	}
}

// ofTheGovernment tells that what the permission changes holds for everybody: whoever has it in one unit
// only changes none of it.
func (p Permission) ofTheGovernment() bool {
	switch p {
	case MayOpenYear, MayClosePeriod, MayReopenPeriod, MayChangeChart, MaySetPolicy, MayPrepareBudget, MayEnactBudget,
		MaySpendProvisionally, MayCloseYear, MaySignFinalAccount:
		return true
	}
	return false
}

// Unlimited as an approval limit means no upper bound.
const Unlimited int64 = math.MaxInt64

// Officer is who acts, with the facts about them that deciders need. It is resolved at the edge,
// from the session, and handed in; finance never looks anybody up.
type Officer struct {
	ID         string // of the person at the keyboard
	OnBehalfOf string // the principal, when ID acts under a delegation
	Name       kernel.Text
	Roles      []string // such as "finance_manager"; the dated policy gives limits to roles
	// Permissions are those in force now, a principal's included when acting for one.
	Permissions map[Permission]bool
	// Units are where each permission holds: prefixes of budget units, see kernel.BudgetUnit. One empty
	// prefix is the whole government; a permission without units opens nothing that belongs to a unit.
	Units map[Permission][]string
	// Limit is the most this officer approves finally, in minor units: 0 = nothing, Unlimited = no bound.
	Limit int64
	// Payee is the officer's own payee, when there is one: nobody approves a payment to himself.
	Payee string
}

// Sign is the officer's signature under a step.
func (o Officer) Sign() Signature { return Signature{Person: o.ID, OnBehalfOf: o.OnBehalfOf} }

// Signed tells whether the officer, or the principal acted for, gave a signature or had it given.
// Separation of duties counts all four: a delegate cannot do for his principal what the principal
// may not do.
func (o Officer) Signed(s Signature) bool { return o.Is(s.Person) || o.Is(s.OnBehalfOf) }

// May tells whether the officer holds a permission.
func (o Officer) May(p Permission) bool { return o.Permissions[p] }

// Covers tells whether a permission holds in a budget unit.
func (o Officer) Covers(p Permission, unit string) bool {
	if !o.Permissions[p] {
		return false
	}
	for _, prefix := range o.Units[p] {
		if strings.HasPrefix(unit, prefix) {
			return true
		}
	}
	return false
}

// Everywhere is the reach of permissions that hold in the whole government.
func Everywhere(held map[Permission]bool) map[Permission][]string {
	units := make(map[Permission][]string, len(held))
	for p := range held {
		units[p] = []string{""}
	}
	return units
}

// Is tells whether the officer, or the principal acted for, is the named person.
func (o Officer) Is(person string) bool {
	return person != "" && (o.ID == person || o.OnBehalfOf == person)
}
