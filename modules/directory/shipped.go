package directory

import (
	"embed"
	"encoding/csv"
	"fmt"

	"diwan/modules/kernel"
)

// The lists that come with the program. Codes are those of public standards; the names in Arabic are
// the program's own.
//
//go:embed lists/*.csv
var listFiles embed.FS

// shippedList names a file of lists/ and what it is a version of.
type shippedList struct {
	name, version, from string
	title               kernel.Text
	source              string
}

func shippedNames() []shippedList {
	return []shippedList{
		{"body_kind", "1", "1946-05-25", kernel.Text{Ar: "أنواع الجهات", En: "Kinds of body"}, ""},
		{"unit_level", "1", "1946-05-25", kernel.Text{Ar: "مستويات الوحدات", En: "Levels of units"}, ""},
		{"governorate", "1", "1994-01-01", kernel.Text{Ar: "المحافظات", En: "Governorates"}, ""},
		{"secrecy", "1", "2000-01-01", kernel.Text{Ar: "درجات السرية", En: "Levels of secrecy"}, ""},
		{"urgency", "1", "2000-01-01", kernel.Text{Ar: "درجات الاستعجال", En: "Levels of urgency"}, ""},
		{"currency", "2024", "2000-01-01", kernel.Text{Ar: "العملات", En: "Currencies"}, "ISO 4217"},
		{"unit_of_measure", "1", "2000-01-01", kernel.Text{Ar: "وحدات القياس", En: "Units of measure"}, "UN/ECE Recommendation 20"},
		{"cofog", "1999", "2000-01-01", kernel.Text{Ar: "وظائف الحكومة", En: "Functions of government (COFOG)"}, "UN Statistics Division, COFOG 1999"},
		{"term_domain", "1", "2000-01-01", kernel.Text{Ar: "مجالات المصطلحات", En: "Domains of terms"}, ""},
	}
}

// shippedLists reads them. The first columns of a file are code, ar, en and parent; the others are
// attributes.
func shippedLists() ([]ListVersionPublished, error) {
	var all []ListVersionPublished
	for _, s := range shippedNames() {
		f, err := listFiles.Open("lists/" + s.name + ".csv")
		if err != nil {
			return nil, fmt.Errorf("open the list %s: %w", s.name, err)
		}
		rows, err := csv.NewReader(f).ReadAll()
		_ = f.Close() // read whole, from memory
		if err != nil {
			return nil, fmt.Errorf("read the list %s: %w", s.name, err)
		}
		from, err := kernel.ParseDate(s.from)
		if err != nil {
			return nil, fmt.Errorf("read the list %s: %w", s.name, err)
		}
		e := ListVersionPublished{List: s.name, Title: s.title, Version: s.version, From: from, Source: s.source}
		for _, row := range rows[1:] {
			v := ListValue{Code: row[0], Name: kernel.Text{Ar: row[1], En: row[2]}, Parent: row[3]}
			for i := 4; i < len(row); i++ {
				if row[i] == "" {
					continue
				}
				if v.Attributes == nil {
					v.Attributes = map[string]string{}
				}
				v.Attributes[rows[0][i]] = row[i]
			}
			e.Values = append(e.Values, v)
		}
		all = append(all, e)
	}
	return all, nil
}

// orShipped is the lists with the shipped versions they would take, for trying things out.
func (l lists) orShipped() (lists, error) {
	shipped, err := shippedLists()
	if err != nil {
		return l, err
	}
	for _, e := range shipped {
		if l.publish(e) == nil {
			l = l.evolve(e)
		}
	}
	return l, nil
}
