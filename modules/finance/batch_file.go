package finance

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/google/uuid"

	"diwan/eventstore"
	"diwan/modules/finance/bankfile"
	"diwan/modules/kernel"
)

// FileOfBatch refuses whoever may not have the order to the bank made, and a batch that was not
// released. It returns the batch's number.
func (m *Module) FileOfBatch(ctx context.Context, by Officer, id string) (number string, err error) {
	b, err := m.orderedBatch(ctx, by, id)
	return b.Built.Number, err
}

// Batch is a payment batch as it stands, for an officer who may act on it.
func (m *Module) Batch(ctx context.Context, by Officer, id string) (PaymentBatch, error) {
	return prior[PaymentBatch](ctx, m, by, "AnswerBatch", batchCategory(), batchStream(id))
}

func (m *Module) orderedBatch(ctx context.Context, by Officer, id string) (PaymentBatch, error) {
	b, err := prior[PaymentBatch](ctx, m, by, "ProduceBatchFile", batchCategory(), batchStream(id))
	if err != nil {
		return b, err
	}
	if b.Stage == BatchIsSettled {
		return b, nil
	}
	return b, b.mustBe(BatchIsReleased)
}

// WriteBatchFile writes the order that a released batch is to its bank, as pain.001. The first time it
// records the file's SHA-256; asked again it is the same bytes, or a refusal. That the names and accounts
// of natural persons were opened is recorded before.
func (m *Module) WriteBatchFile(ctx context.Context, by Officer, reports *Reports, id string, w io.Writer) error {
	b, err := m.orderedBatch(ctx, by, id)
	if err != nil {
		return err
	}
	account, err := now[TreasuryAccount](ctx, m, treasuryAccountCategory(), treasuryAccountStream(b.Built.Treasury))
	if err != nil {
		return err
	}
	made, err := m.releasedAt(ctx, id)
	if err != nil {
		return err
	}
	orders, err := m.orders(ctx, by, reports, b, account, made)
	if err != nil {
		return err
	}
	var file bytes.Buffer
	if err := orders.Write(&file); err != nil {
		return at("file", err)
	}
	sum := sha256.Sum256(file.Bytes())
	if err := m.fileProduced(ctx, by, id, BatchFileProduced{SHA256: hex.EncodeToString(sum[:]), Bytes: file.Len()}); err != nil {
		return err
	}
	_, err = file.WriteTo(w)
	return err
}

// releasedAt is the moment of the release, which the file says it was made at.
func (m *Module) releasedAt(ctx context.Context, id string) (time.Time, error) {
	events, err := m.log.ReadStream(ctx, m.tenant, batchStream(id), 0)
	if err != nil {
		return time.Time{}, fmt.Errorf("read batch %s: %w", id, err)
	}
	for i := range events {
		if events[i].Type == (BatchReleased{}).EventType() {
			return events[i].RecordedAt.UTC().Truncate(time.Second), nil
		}
	}
	return time.Time{}, missing("id")
}

// orders is the batch in the bank's terms.
func (m *Module) orders(ctx context.Context, by Officer, reports *Reports, b PaymentBatch, account TreasuryAccount, made time.Time) (*bankfile.Orders, error) {
	ids := make([]string, len(b.Built.Payments))
	for i, p := range b.Built.Payments {
		ids[i] = p.Payee
	}
	payees, err := reports.PayeesByID(ctx, by, ids)
	if err != nil {
		return nil, err
	}
	name := inArabic(account.Opened.Name)
	o := &bankfile.Orders{
		Version: bankfile.Version(b.Released.Form), ID: "DIWAN-" + strings.ReplaceAll(b.Built.Number, "/", "-"), Made: made, Initiator: name,
		Debtor: bankfile.Payer{Name: name, IBAN: account.Opened.IBAN, BIC: account.Opened.BIC}, Day: b.Built.PayOn, Currency: b.Built.Currency,
	}
	for i, p := range b.Built.Payments {
		payee := payees[p.Payee]
		var to *AccountSheet
		if payee != nil && payee.Visibility == Shown {
			for n := range payee.Accounts {
				if payee.Accounts[n].Account == p.Account && payee.Accounts[n].IBAN != "" {
					to = &payee.Accounts[n]
				}
			}
		}
		if to == nil {
			return nil, refused("finance.payee_unreadable", fmt.Sprintf("payments.%d", i),
				"لا يُقرأ اسم مستفيد المستند %s أو حسابه، فلا يُكتب ملف الدفعة.",
				"The name or account of voucher %s's payee cannot be read, so no file can be written.", p.Number)
		}
		o.Payments = append(o.Payments, bankfile.Payment{EndToEnd: p.EndToEnd, Amount: p.Amount, Name: inArabic(payee.Name), IBAN: to.IBAN, Text: p.Number})
	}
	return o, nil
}

func inArabic(name kernel.Text) string {
	if name.Ar != "" {
		return name.Ar
	}
	return name.En
}

// fileProduced records the file once. Another file of the same batch is refused.
func (m *Module) fileProduced(ctx context.Context, by Officer, id string, e BatchFileProduced) error {
	name, err := uuid.Parse(id)
	if err != nil {
		return missing("id")
	}
	var t touches
	batch := t.add(batchStream(id))
	_, err = m.execute(ctx, by, uuid.NewSHA1(name, []byte("file "+e.SHA256)), "ProduceBatchFile", e, &t, func(d *eventstore.Decision) error {
		switch b := eventstore.StateOf[PaymentBatch](d, batch); b.File {
		case "":
			d.Record(batch, e)
		case e.SHA256:
		default:
			return refused("finance.batch_file_differs", "id",
				"صدر ملف الدفعة %s من قبل، وما يُكتب الآن غيره.", "A file of batch %s was made before, and the one written now differs.", b.Built.Number)
		}
		return nil
	})
	return err
}
