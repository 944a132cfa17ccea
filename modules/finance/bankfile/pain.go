package bankfile

import (
	"bytes"
	"encoding/xml"
	"io"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"diwan/modules/kernel"
)

// Version is a version of pain.001 that a bank takes.
type Version string

// The versions that are written. They differ in the day of execution and the bank's code.
const (
	Pain03 Version = "pain.001.001.03"
	Pain09 Version = "pain.001.001.09"
)

// Orders is one file of payment orders from one account on one day. The same orders give the same
// bytes, whenever they are asked for.
type Orders struct {
	Version   Version
	ID        string    // of the file, at most 35 characters
	Made      time.Time // when the batch was released
	Initiator string    // who sends
	Debtor    Payer
	Day       kernel.Date // the bank is asked to pay on
	Currency  string
	Payments  []Payment
}

// Payer is the account the money leaves.
type Payer struct {
	Name string
	IBAN string
	BIC  string // of the bank; empty: the bank knows itself
}

// Payment is one transfer.
type Payment struct {
	EndToEnd string // at most 35 characters; comes back on the statement
	Amount   int64  // minor units
	Name     string
	IBAN     string
	BIC      string
	Country  string // of the payee's address, two letters; empty: not said
	Text     string // what the payee reads, at most 140 characters
}

const (
	longestID   = 35  // Max35Text
	longestText = 140 // Max140Text
)

// Check returns what a bank would refuse the file for.
func (o *Orders) Check() kernel.Problems {
	var found kernel.Problems
	bad := func(p kernel.Problem) { found = append(found, p) }
	if o.Version != Pain03 && o.Version != Pain09 {
		bad(problem("bankfile.version", "version", "نسخة الملف %[1]s غير معروفة.", "The version %[1]s of the file is not known.", string(o.Version)))
	}
	if len(o.Payments) == 0 {
		bad(problem("bankfile.no_payment", "payments", "لا دفعة في الملف.", "The file has no payment."))
	}
	if err := kernel.CheckCurrency(o.Currency); err != nil {
		found = append(found, kernel.ProblemsOf(err)...)
	}
	found = append(found, identifier(o.ID, "id")...)
	found = append(found, named(o.Initiator, "initiator")...)
	found = append(found, named(o.Debtor.Name, "debtor.name")...)
	if o.Day.IsZero() {
		bad(problem("bankfile.no_date", "day", "لا يوم تنفيذ للدفعات.", "The payments have no day of execution."))
	}
	seen := make(map[string]int, len(o.Payments))
	for i, p := range o.Payments {
		found = append(found, identifier(p.EndToEnd, at(i+1, "endToEnd"))...)
		found = append(found, named(p.Name, at(i+1, "name"))...)
		if before, doubled := seen[p.EndToEnd]; doubled {
			bad(problem("bankfile.doubled_id", at(i+1, "endToEnd"),
				"الرقم %[1]s للدفعة %[2]d هو رقم الدفعة %[3]d أيضاً.", "The id %[1]s of payment %[2]d is that of payment %[3]d too.", p.EndToEnd, i+1, before))
		}
		seen[p.EndToEnd] = i + 1
		if p.Amount <= 0 {
			bad(problem("bankfile.not_positive", at(i+1, "amount"), "مبلغ الدفعة %[1]d ليس أكبر من صفر.", "The amount of payment %[1]d is not above zero.", i+1))
		}
		if n := utf8.RuneCountInString(p.Text); n > longestText {
			bad(tooLong(at(i+1, "text"), n, longestText))
		}
	}
	if _, ok := o.total(); !ok {
		bad(problem("bankfile.too_large", "payments", "مجموع الدفعات أكبر من أي مبلغ يُحفظ.", "The payments add up to more than any amount that can be kept."))
	}
	return found
}

func (o *Orders) total() (sum int64, ok bool) {
	for _, p := range o.Payments {
		if sum, ok = kernel.AddAmounts(sum, p.Amount); !ok {
			return 0, false
		}
	}
	return sum, true
}

// identifier refuses ids that banks refuse: too long, or with signs outside the set every bank takes.
func identifier(id, path string) kernel.Problems {
	if id == "" || len(id) > longestID {
		return kernel.Problems{problem("bankfile.bad_id", path,
			"الرقم «%[1]s» من %[2]d حرفاً؛ يلزم من 1 إلى %[3]d.", "The id “%[1]s” has %[2]d characters; it must have 1 to %[3]d.", excerpt(id), len(id), longestID)}
	}
	for _, r := range id {
		if (r < 'a' || r > 'z') && (r < 'A' || r > 'Z') && (r < '0' || r > '9') && !strings.ContainsRune("/-?:().,'+", r) {
			return kernel.Problems{problem("bankfile.bad_id", path,
				"في الرقم «%[1]s» الحرف «%[2]c» ولا تقبله البنوك.", "The id “%[1]s” holds “%[2]c”, which banks do not take.", excerpt(id), r)}
		}
	}
	return nil
}

func named(name, path string) kernel.Problems {
	n := utf8.RuneCountInString(name)
	if strings.TrimSpace(name) == "" {
		return kernel.Problems{problem("bankfile.no_name", path, "الاسم فارغ.", "The name is empty.")}
	}
	if n > longestText {
		return kernel.Problems{tooLong(path, n, longestText)}
	}
	for _, r := range name {
		if unicode.IsControl(r) {
			return kernel.Problems{problem("bankfile.bad_name", path, "في الاسم حرف لا يظهر.", "The name holds a character that does not show.")}
		}
	}
	return nil
}

func tooLong(path string, n, most int) kernel.Problem {
	return problem("bankfile.too_long_text", path, "النص من %[1]d حرفاً وأكثر ما يُقبل %[2]d.", "The text has %[1]d characters; at most %[2]d are taken.", n, most)
}

// Write writes the file as the bank takes it, in UTF-8, Arabic names as they are.
func (o *Orders) Write(w io.Writer) error {
	if found := o.Check(); len(found) > 0 {
		return found
	}
	var b bytes.Buffer
	b.WriteString(xml.Header)
	e := xml.NewEncoder(&b)
	e.Indent("", "  ")
	if err := e.Encode(o.document()); err != nil {
		return err
	}
	b.WriteByte('\n')
	_, err := b.WriteTo(w)
	return err
}
