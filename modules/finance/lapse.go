package finance

// Lapse returns what no document holds to the treasury at the year's end (إلغاء المخصصات غير المستعملة),
// frozen appropriation with it. The revised appropriation stays as the law had it; what lapsed can no
// longer be spent.
func (l BudgetLine) Lapse() AppropriationLapsed {
	return AppropriationLapsed{
		Amount: l.AvailableYear() + l.Frozen, Unfrozen: l.Frozen, Withdrawn: max(0, l.Released-l.Used()),
	}
}

// AppropriationLapsed is appropriation of a line that its year did not use.
type AppropriationLapsed struct {
	Amount    int64 `json:"amount"`
	Unfrozen  int64 `json:"unfrozen,omitempty"`  // of it had been frozen
	Withdrawn int64 `json:"withdrawn,omitempty"` // allotment taken back
}
