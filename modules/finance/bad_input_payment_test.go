package finance

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/uuid"

	"diwan/eventstore"
	"diwan/modules/kernel"
)

// badAmounts are amounts no form takes, and the reason each is told.
func badAmounts() map[string]string {
	return map[string]string{
		"": "money.empty", "0": "finance.amount_not_positive", "0.000": "finance.amount_not_positive", "-5": "finance.amount_not_positive",
		"1000000000000000000": "money.too_large", "1e18": "money.not_a_number", "ten": "money.not_a_number", "عشرة": "money.not_a_number",
		"10.0005": "money.precision", "1,0,0": "money.not_a_number", "NaN": "money.not_a_number", "0x10": "money.not_a_number",
		"1\u200b0": "money.not_a_number", "\u202e01": "money.not_a_number", strings.Repeat("9", 10<<20): "money.too_large",
	}
}

// hidden are codes with a character that does not show.
func hiddenCodes(code string) []string {
	return []string{code[:2] + "\u200f" + code[2:], "\u202a" + code + "\u202c", code[:3] + "\u200b" + code[3:], "\ufeff" + code, code[:2] + "\u00ad" + code[2:]}
}

// try is one wrong form and what is said of it, at which field.
type try struct {
	what, code, path string
	send             func() (eventstore.Receipt, error)
}

// Wrong input gets a sentence naming field and reason in both languages, and changes nothing.
func TestWrongInputOfThePaymentFormsIsRefusedAtItsField(t *testing.T) {
	o := openOffice(t, memoryLog(t))
	var tries []try
	add := func(what, code, path string, send func() (eventstore.Receipt, error)) {
		tries = append(tries, try{what, code, path, send})
	}
	ctx, m := o.ctx(), o.m
	long := strings.Repeat("ن", 10<<20)

	payee := func(change func(*RegisterPayee)) func() (eventstore.Receipt, error) {
		return func() (eventstore.Receipt, error) {
			in := RegisterPayee{Command: uuid.New(), Kind: Company, Name: kernel.Text{Ar: "شركة"}}
			change(&in)
			return m.RegisterPayee(ctx, o.dima, in)
		}
	}
	add("a payee without a name", "field.missing", "name", payee(func(in *RegisterPayee) { in.Name = kernel.Text{} }))
	add("a payee of no kind", "finance.payee_kind", "kind", payee(func(in *RegisterPayee) { in.Kind = "robot" }))
	add("a name of 10 MB", "text.too_long", "name.ar", payee(func(in *RegisterPayee) { in.Name.Ar = long }))
	add("a name that is not text", "text.not_text", "name.en", payee(func(in *RegisterPayee) { in.Name.En = "\xff\xfe" }))
	add("31 February", "date.not_a_day", "on", payee(func(in *RegisterPayee) { in.On = "2026-02-31" }))
	add("a person without a vault", "finance.vault_missing", "kind", payee(func(in *RegisterPayee) {
		in.Kind, in.Personal = Person, PersonalData{Name: "سعاد", National: "9871002345"}
	}))
	add("a person without a number", "field.missing", "personal.national", payee(func(in *RegisterPayee) { in.Kind, in.Personal.Name = Person, "سعاد" }))
	add("no command id", "command.id_missing", "command", payee(func(in *RegisterPayee) { in.Command = uuid.Nil }))

	bank := func(iban string) func() (eventstore.Receipt, error) {
		return func() (eventstore.Receipt, error) {
			return m.ProposeBankAccount(ctx, o.dima, ProposeBankAccount{Command: uuid.New(), Payee: o.supplier, IBAN: iban})
		}
	}
	add("a wrong checksum", "finance.iban_checksum", "iban", bank("JO95CBJO0010000000000131000302"))
	add("an empty IBAN", "finance.iban_missing", "iban", bank(" "))
	for _, iban := range hiddenCodes("JO94CBJO0010000000000131000302") {
		add(fmt.Sprintf("IBAN %+q", iban), "code.hidden_character", "iban", bank(iban))
	}
	add("an unknown payee", "finance.payee_unknown", "payee", func() (eventstore.Receipt, error) {
		return m.ProposeBankAccount(ctx, o.dima, ProposeBankAccount{Command: uuid.New(), Payee: "nobody", IBAN: "JO94CBJO0010000000000131000302"})
	})

	c := o.commitment("500.000")
	taken := RegisterInvoice{Command: uuid.New(), Commitment: c, Payee: o.supplier, Number: "A-1", Date: "2026-06-01", Lines: []ChargeInput{{Key: roadsFuel, Amount: "1"}}}
	o.must(m.RegisterInvoice(ctx, o.rana, taken))
	invoice := func(change func(*RegisterInvoice)) func() (eventstore.Receipt, error) {
		return func() (eventstore.Receipt, error) {
			in := RegisterInvoice{
				Command: uuid.New(), Commitment: c, Payee: o.supplier, Number: "A-2", Date: "2026-06-01",
				Lines: []ChargeInput{{Key: roadsFuel, Amount: "100.000"}},
			}
			change(&in)
			return m.RegisterInvoice(ctx, o.rana, in)
		}
	}
	for amount, code := range badAmounts() {
		add(fmt.Sprintf("invoice amount %.20q", amount), code, "lines.0.amount", invoice(func(in *RegisterInvoice) { in.Lines[0].Amount = amount }))
	}
	for _, key := range hiddenCodes(roadsFuel) {
		add(fmt.Sprintf("budget line %+q", key), "code.hidden_character", "lines.0.key", invoice(func(in *RegisterInvoice) { in.Lines[0].Key = key }))
	}
	for _, number := range hiddenCodes("INV-77") {
		add(fmt.Sprintf("invoice number %+q", number), "code.hidden_character", "number", invoice(func(in *RegisterInvoice) { in.Number = number }))
	}
	add("a duplicate number", "finance.invoice_duplicate", "number", invoice(func(in *RegisterInvoice) { in.Number = " A-1 " }))
	add("a duplicate number in Arabic digits", "finance.invoice_duplicate", "number", invoice(func(in *RegisterInvoice) { in.Number = "A-١" }))
	add("no number", "field.missing", "number", invoice(func(in *RegisterInvoice) { in.Number = "" }))
	add("no payee", "field.missing", "payee", invoice(func(in *RegisterInvoice) { in.Payee = "" }))
	add("an unknown payee", "finance.payee_unknown", "payee", invoice(func(in *RegisterInvoice) { in.Payee = "nobody" }))
	add("an unknown commitment", "finance.document_unknown", "commitment", invoice(func(in *RegisterInvoice) { in.Commitment = "none" }))
	add("31 February", "date.not_a_day", "date", invoice(func(in *RegisterInvoice) { in.Date = "2026-02-31" }))
	add("an invoice of tomorrow", "finance.invoice_from_the_future", "date", invoice(func(in *RegisterInvoice) { in.Date = "2026-06-16" }))
	add("an unknown line", "finance.line_unknown", "lines.0.key", invoice(func(in *RegisterInvoice) { in.Lines[0].Key = "01-9999-4401-001-221105-001" }))
	add("a line of another commitment", "finance.line_not_committed", "lines.0.key", invoice(func(in *RegisterInvoice) { in.Lines[0].Key = roadsParts }))
	add("an unknown segment", "finance.segment_unknown", "lines.0.codes.item", invoice(func(in *RegisterInvoice) { in.Lines[0].Codes.Item = "22110599" }))
	add("codes of another line", "finance.codes_outside_line", "lines.0.codes", invoice(func(in *RegisterInvoice) { in.Lines[0].Codes.Item = "221106" }))
	add("no lines", "finance.lines_missing", "lines", invoice(func(in *RegisterInvoice) { in.Lines = nil }))
	add("501 lines", "finance.lines_too_many", "lines", invoice(func(in *RegisterInvoice) { in.Lines = make([]ChargeInput, 501) }))
	add("10 MB of narration", "text.too_long", "narration", invoice(func(in *RegisterInvoice) { in.Narration = long }))
	add("4,001 characters of narration", "text.too_long", "narration", invoice(func(in *RegisterInvoice) { in.Narration = strings.Repeat("ن", 4001) }))

	direct := func(change func(*PrepareVoucher)) func() (eventstore.Receipt, error) {
		return func() (eventstore.Receipt, error) {
			in := PrepareVoucher{Command: uuid.New(), Payee: o.supplier, Year: 2026, Lines: []ChargeInput{{Key: roadsParts, Amount: "100.000"}}}
			change(&in)
			return m.PrepareVoucher(ctx, o.rana, in)
		}
	}
	for amount, code := range badAmounts() {
		add(fmt.Sprintf("voucher amount %.20q", amount), code, "lines.0.amount", direct(func(in *PrepareVoucher) { in.Lines[0].Amount = amount }))
		add(fmt.Sprintf("deduction %.20q", amount), code, "deductions.0.amount", direct(func(in *PrepareVoucher) { in.Deductions = []DeductionInput{{"tax", amount}} }))
	}
	add("an unknown deduction", "finance.deduction_unknown", "deductions.0.code", direct(func(in *PrepareVoucher) { in.Deductions = []DeductionInput{{"bribe", "1"}} }))
	add("deductions of everything", "finance.nothing_left", "deductions", direct(func(in *PrepareVoucher) { in.Deductions = []DeductionInput{{"tax", "60"}, {"retention", "40"}} }))
	add("no payee", "field.missing", "payee", direct(func(in *PrepareVoucher) { in.Payee = "" }))
	add("a year of another age", "finance.year_impossible", "year", direct(func(in *PrepareVoucher) { in.Year = 26 }))
	add("a year that is not open", "finance.year_not_open", "*", direct(func(in *PrepareVoucher) { in.Year = 2031 }))
	add("both invoice and lines", "finance.invoice_or_direct", "invoice", direct(func(in *PrepareVoucher) { in.Invoice = "x" }))
	add("an unknown invoice", "finance.document_unknown", "invoice", direct(func(in *PrepareVoucher) { *in = PrepareVoucher{Command: uuid.New(), Invoice: "x"} }))
	add("31 February", "date.not_a_day", "on", direct(func(in *PrepareVoucher) { in.On = "2026-02-31" }))
	add("a day outside the year", "finance.date_outside_year", "on", direct(func(in *PrepareVoucher) { in.On = "2027-01-01" }))
	add("10 MB of narration", "text.too_long", "narration", direct(func(in *PrepareVoucher) { in.Narration = long }))
	poor := o.must(m.RegisterPayee(ctx, o.dima, RegisterPayee{Command: uuid.New(), Kind: Company, Name: kernel.Text{Ar: "بلا حساب"}}))
	add("a payee without an account", "finance.payee_without_account", "payee", direct(func(in *PrepareVoucher) { in.Payee = poor }))

	v := o.prepared("10.000", "")
	o.must(m.AuditVoucher(ctx, o.omar, act(v, "")))
	o.must(m.ApproveVoucher(ctx, o.huda, act(v, "")))
	pay := func(change func(*ActOnVoucher)) func() (eventstore.Receipt, error) {
		return func() (eventstore.Receipt, error) {
			in := act(v, "")
			change(&in)
			return m.PayVoucher(ctx, o.lina, in)
		}
	}
	add("no voucher", "field.missing", "id", pay(func(in *ActOnVoucher) { in.ID = "" }))
	add("an unknown voucher", "finance.document_unknown", "id", pay(func(in *ActOnVoucher) { in.ID = uuid.NewString() }))
	add("no bank reference", "field.missing", "reference", pay(func(in *ActOnVoucher) { in.Reference = "" }))
	add("a bank account of nobody", "finance.bank_item_unknown", "bankItem", pay(func(in *ActOnVoucher) { in.BankItem = "999" }))
	add("a payment before its approval", "finance.date_before_last_step", "on", pay(func(in *ActOnVoucher) { in.On = "2026-06-14" }))
	add("a return without a reason", "field.missing", "reason", func() (eventstore.Receipt, error) {
		return m.ReturnVoucher(ctx, o.lina, ActOnVoucher{Command: uuid.New(), ID: v})
	})

	journal := func(change func(*DraftJournal)) func() (eventstore.Receipt, error) {
		return func() (eventstore.Receipt, error) {
			in := entryOf("", debit("221105", "1.000"), credit("111001", "1.000"))
			change(&in)
			return m.DraftJournal(ctx, o.rana, in)
		}
	}
	for amount, code := range badAmounts() {
		if amount == "" {
			code = "finance.entry_line_sides" // a line with neither side
		}
		add(fmt.Sprintf("entry amount %.20q", amount), code, "lines.0.debit", journal(func(in *DraftJournal) { in.Lines[0].Debit = amount }))
	}
	for _, item := range hiddenCodes("221105") {
		add(fmt.Sprintf("item %+q", item), "code.hidden_character", "lines.0.codes.item", journal(func(in *DraftJournal) { in.Lines[0].Codes.Item = item }))
	}
	add("both sides of a line", "finance.entry_line_sides", "lines.0.debit", journal(func(in *DraftJournal) { in.Lines[0].Credit = "1.000" }))
	add("no fund", "field.missing", "lines.1.codes.fund", journal(func(in *DraftJournal) { in.Lines[1].Codes.Fund = "" }))
	add("29 February of 2026", "date.not_a_day", "on", journal(func(in *DraftJournal) { in.On = "2026-02-29" }))
	add("10 MB of narration", "text.too_long", "narration", journal(func(in *DraftJournal) { in.Narration = long }))

	before, _, err := o.log.Head(ctx, eventstore.Main)
	if err != nil {
		t.Fatal(err)
	}
	for _, one := range tries {
		t.Run(one.what, func(t *testing.T) {
			o.t = t
			r, err := one.send()
			p := o.refused(one.code, one.path, r, err)
			for language, sentence := range map[string]string{"ar": p.Message.Ar, "en": p.Message.En} {
				if len(sentence) > 600 {
					t.Errorf("the %s sentence is %d bytes long", language, len(sentence))
				}
			}
		})
	}
	o.t = t
	if after, _, err := o.log.Head(ctx, eventstore.Main); err != nil || after != before {
		t.Errorf("the log went from %d to %d (%v)", before, after, err)
	}
}

func TestEachKindOfStepNeedsItsPermission(t *testing.T) {
	o := openOffice(t, memoryLog(t))
	reading := map[Permission]bool{MayReadFinance: true}
	nour := Officer{ID: "nour", Permissions: reading, Units: Everywhere(reading)}
	v, i := o.prepared("1.000", ""), o.registered("1.000")
	ctx, m := o.ctx(), o.m
	for name, try := range map[string]func() (eventstore.Receipt, error){
		"RegisterPayee": func() (eventstore.Receipt, error) {
			return m.RegisterPayee(ctx, nour, RegisterPayee{Command: uuid.New()})
		},
		"ProposeBankAccount": func() (eventstore.Receipt, error) {
			return m.ProposeBankAccount(ctx, nour, ProposeBankAccount{Command: uuid.New()})
		},
		"ApproveBankAccount": func() (eventstore.Receipt, error) {
			return m.ApproveBankAccount(ctx, nour, DecideBankAccount{Command: uuid.New()})
		},
		"RejectBankAccount": func() (eventstore.Receipt, error) {
			return m.RejectBankAccount(ctx, nour, DecideBankAccount{Command: uuid.New(), Reason: "x"})
		},
		"RegisterInvoice": func() (eventstore.Receipt, error) {
			return m.RegisterInvoice(ctx, nour, RegisterInvoice{Command: uuid.New()})
		},
		"VerifyInvoice": func() (eventstore.Receipt, error) {
			return m.VerifyInvoice(ctx, nour, ActOnInvoice{Command: uuid.New(), ID: i})
		},
		"DisputeInvoice": func() (eventstore.Receipt, error) {
			return m.DisputeInvoice(ctx, nour, ActOnInvoice{Command: uuid.New(), ID: i})
		},
		"CancelInvoice": func() (eventstore.Receipt, error) {
			return m.CancelInvoice(ctx, nour, ActOnInvoice{Command: uuid.New(), ID: i})
		},
		"PrepareVoucher": func() (eventstore.Receipt, error) {
			return m.PrepareVoucher(ctx, nour, PrepareVoucher{Command: uuid.New()})
		},
		"ReviseVoucher": func() (eventstore.Receipt, error) {
			return m.ReviseVoucher(ctx, nour, ReviseVoucher{Command: uuid.New(), ID: v})
		},
		"AuditVoucher":   func() (eventstore.Receipt, error) { return m.AuditVoucher(ctx, nour, act(v, "")) },
		"ApproveVoucher": func() (eventstore.Receipt, error) { return m.ApproveVoucher(ctx, nour, act(v, "")) },
		"ReturnVoucher":  func() (eventstore.Receipt, error) { return m.ReturnVoucher(ctx, nour, act(v, "")) },
		"CancelVoucher":  func() (eventstore.Receipt, error) { return m.CancelVoucher(ctx, nour, act(v, "")) },
		"PayVoucher":     func() (eventstore.Receipt, error) { return m.PayVoucher(ctx, nour, act(v, "")) },
		"ReverseVoucher": func() (eventstore.Receipt, error) { return m.ReverseVoucher(ctx, nour, act(v, "")) },
		"RecordRefund":   func() (eventstore.Receipt, error) { return m.RecordRefund(ctx, nour, act(v, "")) },
		"DraftJournal": func() (eventstore.Receipt, error) {
			return m.DraftJournal(ctx, nour, DraftJournal{Command: uuid.New()})
		},
		"SubmitJournal": func() (eventstore.Receipt, error) {
			return m.SubmitJournal(ctx, nour, ActOnJournal{Command: uuid.New()})
		},
		"ReturnJournal": func() (eventstore.Receipt, error) {
			return m.ReturnJournal(ctx, nour, ActOnJournal{Command: uuid.New()})
		},
		"PostJournal": func() (eventstore.Receipt, error) { return m.PostJournal(ctx, nour, ActOnJournal{Command: uuid.New()}) },
		"ReverseJournal": func() (eventstore.Receipt, error) {
			return m.ReverseJournal(ctx, nour, ActOnJournal{Command: uuid.New()})
		},
		"SetWaitingTime": func() (eventstore.Receipt, error) {
			return m.SetWaitingTime(ctx, nour, SetWaitingTime{Command: uuid.New()})
		},
		"SetApprovalLimit": func() (eventstore.Receipt, error) {
			return m.SetApprovalLimit(ctx, nour, SetApprovalLimit{Command: uuid.New()})
		},
		"SetPaymentRules": func() (eventstore.Receipt, error) {
			return m.SetPaymentRules(ctx, nour, SetPaymentRules{Command: uuid.New()})
		},
	} {
		t.Run(name, func(t *testing.T) {
			o.t = t
			r, err := try()
			o.refused("finance.not_permitted", "*", r, err)
		})
	}
}
