package finance

import "diwan/eventstore"

// paymentCategories lists the streams of the payment side.
func paymentCategories() []eventstore.Category {
	return []eventstore.Category{
		payeeCategory(), invoiceCategory(), invoiceNumberCategory(), voucherCategory(), journalCategory(),
		paymentPolicyCategory(), seriesCategory(), treasuryAccountCategory(), treasuryIBANCategory(), batchCategory(), statementCategory(),
		advanceCategory(), advanceHolderCategory(), trustCategory(),
		cashierBookCategory(), receiptCategory(),
	}
}

func payeeCategory() eventstore.Category {
	return eventstore.CategoryOf("finance.payee", eventstore.Main, paymentCodec(), Payee{}, Payee.evolve)
}

func invoiceCategory() eventstore.Category {
	return eventstore.CategoryOf("finance.invoice", eventstore.Main, paymentCodec(), Invoice{}, Invoice.evolve)
}

func invoiceNumberCategory() eventstore.Category {
	return eventstore.CategoryOf("finance.invoice_number", eventstore.Main, paymentCodec(), InvoiceNumber{}, InvoiceNumber.evolve)
}

func voucherCategory() eventstore.Category {
	return eventstore.CategoryOf("finance.voucher", eventstore.Main, paymentCodec(), Voucher{}, Voucher.evolve)
}

func journalCategory() eventstore.Category {
	return eventstore.CategoryOf("finance.journal", eventstore.Main, paymentCodec(), JournalEntry{}, JournalEntry.evolve)
}

func paymentPolicyCategory() eventstore.Category {
	return eventstore.CategoryOf("finance.payment_policy", eventstore.Main, paymentCodec(), PaymentPolicy{}, PaymentPolicy.evolve)
}

func treasuryAccountCategory() eventstore.Category {
	return eventstore.CategoryOf("finance.treasury_account", eventstore.Main, paymentCodec(), TreasuryAccount{}, TreasuryAccount.evolve)
}

func treasuryIBANCategory() eventstore.Category {
	return eventstore.CategoryOf("finance.treasury_iban", eventstore.Main, paymentCodec(), TreasuryIBAN{}, TreasuryIBAN.evolve)
}

func batchCategory() eventstore.Category {
	return eventstore.CategoryOf("finance.batch", eventstore.Main, paymentCodec(), PaymentBatch{}, PaymentBatch.evolve)
}

func statementCategory() eventstore.Category {
	return eventstore.CategoryOf("finance.statement", eventstore.Main, paymentCodec(), Statement{}, Statement.evolve)
}

func advanceCategory() eventstore.Category {
	return eventstore.CategoryOf("finance.advance", eventstore.Main, paymentCodec(), Advance{}, Advance.evolve)
}

func advanceHolderCategory() eventstore.Category {
	return eventstore.CategoryOf("finance.advance_holder", eventstore.Main, paymentCodec(), AdvanceHolder{}, AdvanceHolder.evolve)
}

func trustCategory() eventstore.Category {
	return eventstore.CategoryOf("finance.trust", eventstore.Main, paymentCodec(), Trust{}, Trust.evolve)
}

func cashierBookCategory() eventstore.Category {
	return eventstore.CategoryOf("finance.cashier_book", eventstore.Main, paymentCodec(), CashierBook{}, CashierBook.evolve)
}

func receiptCategory() eventstore.Category {
	return eventstore.CategoryOf("finance.receipt", eventstore.Main, paymentCodec(), ReceiptVoucher{}, ReceiptVoucher.evolve)
}

func paymentCodec() *eventstore.Codec {
	return eventstore.NewCodec(append(append(paymentEvents(), treasuryEvents()...), eventstore.Type[JournalForAdjustment](1, nil))...)
}
