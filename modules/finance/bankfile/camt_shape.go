package bankfile

import "strings"

// The elements of camt.053 and camt.054 that are read. Version 02 and version 08 differ in where a
// party's name, a status and a bank's code stand; both places are read.
type camtStatement struct {
	ID         string `xml:"Id"`
	Number     string `xml:"LglSeqNb"`
	Electronic string `xml:"ElctrncSeqNb"`
	Copy       string `xml:"CpyDplctInd"`
	Page       struct {
		Number int  `xml:"PgNb"`
		Last   bool `xml:"LastPgInd"`
	} `xml:"StmtPgntn"`
	Account  camtAccount   `xml:"Acct"`
	Balances []camtBalance `xml:"Bal"`
	Entries  []camtEntry   `xml:"Ntry"`
}

type camtAccount struct {
	IBAN     string `xml:"Id>IBAN"`
	Other    string `xml:"Id>Othr>Id"`
	Currency string `xml:"Ccy"`
}

func (a camtAccount) number() string {
	if a.IBAN != "" {
		return strings.TrimSpace(a.IBAN)
	}
	return strings.TrimSpace(a.Other)
}

type camtAmount struct {
	Text     string `xml:",chardata"`
	Currency string `xml:"Ccy,attr"`
}

type camtDay struct {
	Day    string `xml:"Dt"`
	Moment string `xml:"DtTm"`
}

// text is the day as written; of a moment its day in the bank's own zone.
func (d camtDay) text() string {
	if d.Day != "" {
		return strings.TrimSpace(d.Day)
	}
	day, _, _ := strings.Cut(strings.TrimSpace(d.Moment), "T")
	return day
}

type camtBalance struct {
	Type   string     `xml:"Tp>CdOrPrtry>Cd"`
	Sub    string     `xml:"Tp>SubTp>Cd"`
	Amount camtAmount `xml:"Amt"`
	Sign   string     `xml:"CdtDbtInd"`
	Date   camtDay    `xml:"Dt"`
}

type camtEntry struct {
	Amount   camtAmount `xml:"Amt"`
	Sign     string     `xml:"CdtDbtInd"`
	Reversal string     `xml:"RvslInd"`
	Status   struct {
		Text string `xml:",chardata"`
		Code string `xml:"Cd"`
	} `xml:"Sts"`
	Booked    camtDay           `xml:"BookgDt"`
	Value     camtDay           `xml:"ValDt"`
	Reference string            `xml:"AcctSvcrRef"`
	Code      camtCode          `xml:"BkTxCd"`
	Parts     []camtTransaction `xml:"NtryDtls>TxDtls"`
	Text      string            `xml:"AddtlNtryInf"`
}

func (e *camtEntry) status() string {
	if e.Status.Code != "" {
		return e.Status.Code
	}
	return strings.TrimSpace(e.Status.Text)
}

type camtCode struct {
	Domain      string `xml:"Domn>Cd"`
	Family      string `xml:"Domn>Fmly>Cd"`
	SubFamily   string `xml:"Domn>Fmly>SubFmlyCd"`
	Proprietary string `xml:"Prtry>Cd"`
}

// String is the ISO code "PMNT-RCDT-BOOK", else the bank's own.
func (c camtCode) String() string {
	if c.Domain != "" {
		return c.Domain + "-" + c.Family + "-" + c.SubFamily
	}
	return c.Proprietary
}

type camtTransaction struct {
	EndToEnd    string      `xml:"Refs>EndToEndId"`
	Instruction string      `xml:"Refs>InstrId"`
	Reference   string      `xml:"Refs>AcctSvcrRef"`
	Amount      camtAmount  `xml:"Amt"`
	Inside      camtAmount  `xml:"AmtDtls>TxAmt>Amt"`
	Instructed  camtAmount  `xml:"AmtDtls>InstdAmt>Amt"`
	Sign        string      `xml:"CdtDbtInd"`
	Debtor      camtParty   `xml:"RltdPties>Dbtr"`
	DebtorAcct  camtAccount `xml:"RltdPties>DbtrAcct"`
	Creditor    camtParty   `xml:"RltdPties>Cdtr"`
	CreditAcct  camtAccount `xml:"RltdPties>CdtrAcct"`
	Plain       []string    `xml:"RmtInf>Ustrd"`
	Structured  []string    `xml:"RmtInf>Strd>CdtrRefInf>Ref"`
	Old         []string    `xml:"RmtInf>Strd>CdtrRefInf>CdtrRef"`
	Returned    string      `xml:"RtrInf>Rsn>Cd"`
}

type camtParty struct {
	Name  string `xml:"Nm"`
	Inner string `xml:"Pty>Nm"`
}

func (p camtParty) name() string {
	if p.Name != "" {
		return strings.TrimSpace(p.Name)
	}
	return strings.TrimSpace(p.Inner)
}

func (t *camtTransaction) text() string {
	lines := append(append(append([]string{}, t.Plain...), t.Structured...), t.Old...)
	return strings.TrimSpace(strings.Join(lines, " "))
}
