package finance

// ColumnMap (خريطة الأعمدة) says how a file's columns are read; what it leaves out is found from the file.
type ColumnMap struct {
	Columns    map[string]string `json:"columns,omitempty"` // column in the file → field
	Decimal    string            `json:"decimal,omitempty"`
	Thousands  string            `json:"thousands,omitempty"`
	Multiplier int64             `json:"multiplier,omitempty"` // 1000 for amounts in thousands
	Currency   string            `json:"currency,omitempty"`
	Encoding   string            `json:"encoding,omitempty"`
	Delimiter  string            `json:"delimiter,omitempty"`
}
