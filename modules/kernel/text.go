package kernel

// Text is something people read, in the two languages of the house.
type Text struct {
	Ar string `json:"ar"`
	En string `json:"en"`
}

// In returns the text in language "ar" or "en", falling back to the other one when it is empty.
func (t Text) In(language string) string {
	if language == "en" {
		if t.En != "" {
			return t.En
		}
		return t.Ar
	}
	if t.Ar != "" {
		return t.Ar
	}
	return t.En
}
