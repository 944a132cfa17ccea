package finance

import "diwan/modules/kernel"

// Blocker is something open that stands in the way of a close (مانع الإقفال), with the worklist it is
// settled on.
type Blocker struct {
	Code     string
	Count    int
	Amount   int64
	Currency string
	Waiver   Waiver
}

type blockerKind struct {
	title    kernel.Text
	waivable bool
	list     string // the screen's path, with the year to come
}

// blockerKinds are what is looked for. Unsigned vouchers, draft entries and suspense accounts are never
// waived: the final account would be wrong.
func blockerKinds() map[string]blockerKind {
	return map[string]blockerKind{
		"vouchers":   {kernel.Text{Ar: "مستندات صرف لم تُعتمد", En: "vouchers not approved"}, false, "/finance/vouchers"},
		"journals":   {kernel.Text{Ar: "قيود لم تُرحّل", En: "entries not posted"}, false, "/finance/journals"},
		"suspense":   {kernel.Text{Ar: "حسابات تحت التسوية برصيد", En: "suspense accounts with a balance"}, false, "/finance/trial-balance"},
		"payments":   {kernel.Text{Ar: "مستندات معتمدة لم تُدفع", En: "approved vouchers not paid"}, true, "/finance/vouchers"},
		"invoices":   {kernel.Text{Ar: "مطالبات لم تُدقق", En: "claims not verified"}, true, "/finance/claims"},
		"orders":     {kernel.Text{Ar: "أوامر مالية لم تُصدّق", En: "financial orders not certified"}, true, "/finance/orders"},
		"virements":  {kernel.Text{Ar: "مناقلات لم يُبت فيها", En: "virements not decided"}, true, "/finance/virements"},
		"advances":   {kernel.Text{Ar: "سلف لم تُسدد", En: "advances not settled"}, true, "/finance/advances"},
		"statements": {kernel.Text{Ar: "كشوف بنك لم تُطابق", En: "bank statements not reconciled"}, true, "/finance/statements"},
		"cash":       {kernel.Text{Ar: "مقبوضات لم تُورّد إلى البنك", En: "receipts not brought to the bank"}, true, "/finance/receipts"},
	}
}

// Title names the blocker.
func (b *Blocker) Title() kernel.Text { return blockerKinds()[b.Code].title }

// Waivable tells whether two people may close although it is there.
func (b *Blocker) Waivable() bool { return blockerKinds()[b.Code].waivable }

// Waived tells that they did.
func (b *Blocker) Waived() bool { return b.Waiver.Stands() }

// Worklist is the page it is settled on.
func (b *Blocker) Worklist() string { return blockerKinds()[b.Code].list }

// Total is the money in it.
func (b *Blocker) Total() kernel.Money { return kernel.Money{Amount: b.Amount, Currency: b.Currency} }
