package bankfile

import (
	"encoding/xml"
	"time"

	"diwan/modules/kernel"
)

// The elements of pain.001 that are written, in the schema's order.
type painDocument struct {
	XMLName xml.Name `xml:"Document"`
	Space   string   `xml:"xmlns,attr"`
	Header  struct {
		ID        string    `xml:"MsgId"`
		Made      string    `xml:"CreDtTm"`
		Count     int       `xml:"NbOfTxs"`
		Sum       string    `xml:"CtrlSum"`
		Initiator painParty `xml:"InitgPty"`
	} `xml:"CstmrCdtTrfInitn>GrpHdr"`
	Info struct {
		ID       string       `xml:"PmtInfId"`
		Method   string       `xml:"PmtMtd"`
		Batch    bool         `xml:"BtchBookg"`
		Count    int          `xml:"NbOfTxs"`
		Sum      string       `xml:"CtrlSum"`
		Day      painDay      `xml:"ReqdExctnDt"`
		Debtor   painParty    `xml:"Dbtr"`
		Account  painAccount  `xml:"DbtrAcct"`
		Bank     painBank     `xml:"DbtrAgt"`
		Charges  string       `xml:"ChrgBr"`
		Payments []painCredit `xml:"CdtTrfTxInf"`
	} `xml:"CstmrCdtTrfInitn>PmtInf"`
}

type painDay struct {
	Text string `xml:",chardata"`
	Day  string `xml:"Dt,omitempty"`
}

type painParty struct {
	Name    string       `xml:"Nm"`
	Address *painAddress `xml:"PstlAdr,omitempty"`
}

type painAddress struct {
	Country string `xml:"Ctry"`
}

type painAccount struct {
	IBAN     string `xml:"Id>IBAN"`
	Currency string `xml:"Ccy,omitempty"`
}

type painBank struct {
	BIC   string     `xml:"FinInstnId>BIC,omitempty"`
	BICFI string     `xml:"FinInstnId>BICFI,omitempty"`
	Other *painOther `xml:"FinInstnId>Othr,omitempty"`
}

type painOther struct {
	ID string `xml:"Id"`
}

type painCredit struct {
	EndToEnd string      `xml:"PmtId>EndToEndId"`
	Amount   painAmount  `xml:"Amt>InstdAmt"`
	Bank     *painBank   `xml:"CdtrAgt,omitempty"`
	Payee    painParty   `xml:"Cdtr"`
	Account  painAccount `xml:"CdtrAcct"`
	Text     *painText   `xml:"RmtInf,omitempty"`
}

type painAmount struct {
	Text     string `xml:",chardata"`
	Currency string `xml:"Ccy,attr"`
}

type painText struct {
	Plain string `xml:"Ustrd"`
}

// document is the orders in the file's shape.
func (o *Orders) document() *painDocument {
	total, _ := o.total()
	sum := kernel.FormatAmount(total, o.Currency)
	d := &painDocument{Space: "urn:iso:std:iso:20022:tech:xsd:" + string(o.Version)}
	h, i := &d.Header, &d.Info
	h.ID, h.Count, h.Sum, h.Initiator = o.ID, len(o.Payments), sum, painParty{Name: o.Initiator}
	h.Made = o.Made.UTC().Format(time.RFC3339)
	i.ID, i.Method, i.Count, i.Sum, i.Charges = o.ID, "TRF", len(o.Payments), sum, "SLEV"
	i.Day = painDay{Text: o.Day.String()}
	if o.Version == Pain09 {
		i.Day = painDay{Day: o.Day.String()}
	}
	i.Debtor, i.Account = painParty{Name: o.Debtor.Name}, painAccount{IBAN: o.Debtor.IBAN, Currency: o.Currency}
	i.Bank = o.bank(o.Debtor.BIC)
	for _, p := range o.Payments {
		c := painCredit{
			EndToEnd: p.EndToEnd, Amount: painAmount{kernel.FormatAmount(p.Amount, o.Currency), o.Currency},
			Payee: painParty{Name: p.Name}, Account: painAccount{IBAN: p.IBAN},
		}
		if p.BIC != "" {
			bank := o.bank(p.BIC)
			c.Bank = &bank
		}
		if p.Country != "" {
			c.Payee.Address = &painAddress{p.Country}
		}
		if p.Text != "" {
			c.Text = &painText{p.Text}
		}
		i.Payments = append(i.Payments, c)
	}
	return d
}

// bank is a bank by its code; one without a code is the bank that keeps the account.
func (o *Orders) bank(bic string) painBank {
	switch {
	case bic == "":
		return painBank{Other: &painOther{"NOTPROVIDED"}}
	case o.Version == Pain09:
		return painBank{BICFI: bic}
	}
	return painBank{BIC: bic}
}
