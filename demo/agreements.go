package demo

import (
	"github.com/google/uuid"

	"diwan/eventstore"
	"diwan/modules/directory"
	"diwan/modules/kernel"
)

// calendar is the office hours and the year's holidays as they were announced.
func (s *seeding) calendar() {
	for _, h := range []directory.SetOfficeHours{
		{Opens: "08:30", Closes: "15:30", From: "2000-01-01"},
		{Opens: "10:00", Closes: "15:00", From: "2026-02-18", To: "2026-03-19", Name: kernel.Text{Ar: "دوام رمضان", En: "Ramadan hours"}},
	} {
		s.registry("calendar/hours/"+h.From, func(id uuid.UUID) (eventstore.Receipt, error) {
			h.Command = id
			return s.d.SetOfficeHours(s.ctx, s.registrar(), h)
		})
	}
	for _, h := range []struct {
		day, ar, en string
		days        int
		estimated   bool
	}{
		{"2026-01-01", "رأس السنة الميلادية", "New Year's Day", 1, false},
		{"2026-03-19", "عيد الفطر", "Eid al-Fitr", 3, true},
		{"2026-05-01", "عيد العمال", "Labour Day", 1, false},
		{"2026-05-25", "عيد الاستقلال", "Independence Day", 1, false},
		{"2026-05-26", "وقفة عرفة وعيد الأضحى", "Arafat Day and Eid al-Adha", 4, false},
		{"2026-06-17", "رأس السنة الهجرية", "Islamic New Year", 1, false},
		{"2026-08-25", "المولد النبوي الشريف", "Prophet's Birthday", 1, false},
		{"2026-12-25", "عيد الميلاد المجيد", "Christmas Day", 1, false},
		{"2027-01-01", "رأس السنة الميلادية", "New Year's Day", 1, false},
		{"2027-03-10", "عيد الفطر", "Eid al-Fitr", 3, true},
		{"2027-05-01", "عيد العمال", "Labour Day", 1, false},
		{"2027-05-16", "وقفة عرفة وعيد الأضحى", "Arafat Day and Eid al-Adha", 4, true},
		{"2027-05-25", "عيد الاستقلال", "Independence Day", 1, false},
		{"2027-06-06", "رأس السنة الهجرية", "Islamic New Year", 1, true},
		{"2027-08-14", "المولد النبوي الشريف", "Prophet's Birthday", 1, true},
		{"2027-12-25", "عيد الميلاد المجيد", "Christmas Day", 1, false},
	} {
		s.registry("calendar/"+h.day, func(id uuid.UUID) (eventstore.Receipt, error) {
			return s.d.DeclareHoliday(s.ctx, s.registrar(), directory.DeclareHoliday{
				Command: id, Day: h.day, Days: h.days, Name: kernel.Text{Ar: h.ar, En: h.en}, Estimated: h.estimated,
			})
		})
	}
	s.registry("calendar/moon", func(id uuid.UUID) (eventstore.Receipt, error) { // the feast began a day later than reckoned
		return s.d.MoveHoliday(s.ctx, s.registrar(), directory.ChangeHoliday{
			Command: id, ID: ID("calendar/2026-03-19").String(), Day: "2026-03-22", Reason: "إعلان دائرة الإفتاء العام",
		})
	})
}

// terms are one agreed by vote, one rejected, and one before the bodies.
func (s *seeding) terms() {
	s.registry("terms/rule", func(id uuid.UUID) (eventstore.Receipt, error) {
		return s.d.SetTermRule(s.ctx, s.clerk("mazen"), directory.SetTermRule{
			Command: id, Voters: []string{"mof", "mpwh", "gbd"}, Quorum: 60, Majority: 50, Days: 14, From: "2026-01-01",
		})
	})
	s.registry("terms/rule/longer", func(id uuid.UUID) (eventstore.Receipt, error) { // so that the open vote is open for whoever looks
		return s.d.SetTermRule(s.ctx, s.clerk("mazen"), directory.SetTermRule{
			Command: id, Voters: []string{"mof", "mpwh", "gbd"}, Quorum: 60, Majority: 50, Days: 90, From: "2026-11-01",
		})
	})
	for _, t := range []struct {
		name                 string
		ar, en, defAr, defEn string
		person, body, on     string
		votes                [3]directory.VoteChoice // of mof, mpwh and gbd
		decided              string
	}{
		{
			"reservation", "حجز", "Reservation", "منع مبلغ من بند لشراء يُحضَّر.", "Money of a line held for a purchase in preparation.", "huda", "mpwh", "2026-02-08",
			[3]directory.VoteChoice{directory.VoteFor, directory.VoteFor, directory.VoteAbstain},
			"2026-02-25",
		},
		{
			"linkage", "ارتباط مالي", "Financial linkage", "ما يربط الجهة بمبلغ.", "What binds a body to an amount.", "sami", "gbd", "2026-04-05",
			[3]directory.VoteChoice{directory.VoteAgainst, directory.VoteAgainst, directory.VoteFor},
			"2026-04-21",
		},
		{
			"commitment", "التزام", "Commitment", "مبلغ على بند بعقد أو أمر شراء.", "An amount of a line bound by a contract or order.", "mazen", "mof", "2026-11-15",
			[3]directory.VoteChoice{directory.VoteFor, "", ""},
			"",
		},
	} {
		s.registry("term/"+t.name, func(id uuid.UUID) (eventstore.Receipt, error) {
			return s.d.ProposeTerm(s.ctx, s.clerk(t.person), directory.ProposeTerm{
				Command: id, Domain: "finance", Name: kernel.Text{Ar: t.ar, En: t.en}, Definition: kernel.Text{Ar: t.defAr, En: t.defEn}, Body: t.body, On: t.on,
			})
		})
		for i, voter := range [][2]string{{"mazen", "mof"}, {"huda", "mpwh"}, {"sami", "gbd"}} {
			if t.votes[i] == "" {
				continue
			}
			s.registry("term/"+t.name+"/"+voter[1], func(id uuid.UUID) (eventstore.Receipt, error) {
				return s.d.VoteOnTerm(s.ctx, s.clerk(voter[0]), directory.VoteOnTerm{Command: id, ID: ID("term/" + t.name).String(), Body: voter[1], Choice: t.votes[i], On: t.on})
			})
		}
		if t.decided != "" {
			s.registry("term/"+t.name+"/decided", func(id uuid.UUID) (eventstore.Receipt, error) {
				return s.d.DecideTerm(s.ctx, s.registrar(), directory.ActOnTerm{Command: id, ID: ID("term/" + t.name).String(), On: t.decided})
			})
		}
	}
}
