package finance

import (
	"encoding/json"

	"diwan/eventstore"
	"diwan/projections"
)

func statementTables() []projections.Table {
	return []projections.Table{
		{Name: "finance_statement", Columns: `
			id          text   not null primary key,
			treasury    text   not null,
			bank_id     text   not null, -- the bank's own name of it
			number      text   not null,
			format      text   not null,
			file        text   not null,
			currency    text   not null,
			opening     bigint not null,
			closing     bigint not null,
			from_on     date,
			to_on       date,
			lines       int    not null,
			open_lines  int    not null, -- booked by the bank and not matched
			auto_lines  int    not null, -- matched by the name that the bank brought back
			state       text   not null, -- read, quarantined, accepted, reconciled
			reasons     json   not null, -- of a quarantine
			on_date     date   not null,
			imported_by text   not null,
			approved_by text   not null,
			approved_on date,
			version     bigint not null,
			position    bigint not null,
			unit        text   not null default '.'` + hot, Indexes: []string{"(treasury, position desc)", "(state, position desc)"}},
		{Name: "finance_statement_line", Columns: `
			statement  text   not null,
			line       int    not null,
			currency   text   not null,
			amount     bigint not null,
			booked     date,
			value_on   date,
			pending    bool   not null,
			reversal   bool   not null,
			code       text   not null,
			reference  text   not null,
			end_to_end text   not null,
			grp        int    not null, -- of the match; 0 = none
			unit       text   not null default '.',
			primary key (statement, line)` + hot, Indexes: []string{"(statement, grp, line)"}},
		{Name: "finance_statement_party", Columns: `
			statement text  not null,
			first     int   not null, -- the first line of those whose people are sealed together
			sealed    bytea not null,
			unit      text  not null default '.',
			primary key (statement, first)`},
		{Name: "finance_match", Columns: `
			statement text not null,
			grp       int  not null,
			auto      bool not null,
			on_date   date not null,
			by_person text not null,
			unit      text not null default '.',
			primary key (statement, grp)`},
		{Name: "finance_cleared", Columns: `
			journal   text   not null primary key,
			statement text   not null,
			grp       int    not null,
			amount    bigint not null,
			unit      text   not null default '.'`, Indexes: []string{"(statement, grp)"}},
	}
}

// statement writes what banks say, and how it was matched with the book.
func (w *treasuryWriter) statement(event eventstore.Event) {
	table := w.table("finance_statement")
	switch e := event.(type) {
	case StatementImported:
		w.do(`insert into `+table+` values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, 0, 0, 'read', '[]', $13, $14, '', null, $15, $16)`,
			w.id(), e.Treasury, e.ID, e.Number, e.Format, e.File, e.Currency, e.Opening, e.Closing, date(e.From), date(e.To), e.Count,
			date(e.On), e.By.Person, w.at.Version, w.at.Position)
	case StatementLinesRead:
		w.linesRead(e)
	case StatementAccepted:
		w.do(`update `+table+` set state = 'accepted', reasons = '[]', version = $2 where id = $1`, w.id(), w.at.Version)
	case StatementQuarantined:
		reasons, _ := json.Marshal(e.Reasons) // texts always marshal
		w.do(`update `+table+` set state = 'quarantined', reasons = $2, version = $3 where id = $1`, w.id(), string(reasons), w.at.Version)
	case LinesMatched:
		auto := 0
		if e.Auto {
			auto = len(e.Lines)
		}
		w.do(`update `+w.table("finance_statement_line")+` set grp = $2 where statement = $1 and line = any($3::int[])`, w.id(), e.Group, e.Lines)
		w.do(`insert into `+w.table("finance_match")+` values ($1, $2, $3, $4, $5)`, w.id(), e.Group, e.Auto, date(e.On), e.By.Person)
		for _, entry := range e.Entries {
			w.do(`insert into `+w.table("finance_cleared")+` values ($1, $2, $3, $4)`, entry.Journal, w.id(), e.Group, entry.Amount)
		}
		w.do(`update `+table+` set open_lines = open_lines - $2, auto_lines = auto_lines + $3, version = $4 where id = $1`,
			w.id(), len(e.Lines), auto, w.at.Version)
	case LinesUnmatched:
		lines, match := w.table("finance_statement_line"), w.table("finance_match")
		w.do(`
			update `+table+` set version = $3,
				open_lines = open_lines + (select count(*) from `+lines+` where statement = $1 and grp = $2),
				auto_lines = auto_lines - (select count(*) from `+lines+` where statement = $1 and grp = $2
					and (select auto from `+match+` m where m.statement = $1 and m.grp = $2))
			 where id = $1`, w.id(), e.Group, w.at.Version)
		w.do(`update `+lines+` set grp = 0 where statement = $1 and grp = $2`, w.id(), e.Group)
		w.do(`delete from `+w.table("finance_cleared")+` where statement = $1 and grp = $2`, w.id(), e.Group)
		w.do(`delete from `+match+` where statement = $1 and grp = $2`, w.id(), e.Group)
	case ReconciliationApproved:
		w.do(`update `+table+` set state = 'reconciled', approved_by = $2, approved_on = $3, version = $4 where id = $1`,
			w.id(), e.By.Person, date(e.On), w.at.Version)
	}
}

func (w *treasuryWriter) linesRead(e StatementLinesRead) {
	open := 0
	for _, l := range e.Lines {
		w.do(`
			insert into `+w.table("finance_statement_line")+`
			select $1, $2, s.currency, $3, $4, $5, $6, $7, $8, $9, $10, 0 from `+w.table("finance_statement")+` s where s.id = $1`,
			w.id(), l.Line, l.Amount, date(l.Booked), date(l.Value), l.Pending, l.Reversal, l.Code, l.Reference, l.EndToEnd)
		if !l.Pending {
			open++
		}
	}
	if w.at.Sealed != nil && len(e.Lines) > 0 {
		w.do(`insert into `+w.table("finance_statement_party")+` values ($1, $2, $3)`, w.id(), e.Lines[0].Line, w.at.Sealed)
	}
	w.do(`update `+w.table("finance_statement")+` set open_lines = open_lines + $2, version = $3 where id = $1`, w.id(), open, w.at.Version)
}
