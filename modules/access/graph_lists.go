package access

import "diwan/modules/kernel"

// Connections and edges of the module's lists.
type (
	PersonConnection     = kernel.Connection[PersonSheet]
	PersonEdge           = kernel.Edge[PersonSheet]
	ColleagueConnection  = kernel.Connection[Colleague]
	ColleagueEdge        = kernel.Edge[Colleague]
	RoleConnection       = kernel.Connection[RoleSheet]
	RoleEdge             = kernel.Edge[RoleSheet]
	RoleHolderConnection = kernel.Connection[RoleHolderSheet]
	RoleHolderEdge       = kernel.Edge[RoleHolderSheet]
	ActConnection        = kernel.Connection[Act]
	ActEdge              = kernel.Edge[Act]
	ApartConnection      = kernel.Connection[ApartSheet]
	ApartEdge            = kernel.Edge[ApartSheet]
	ObjectConnection     = kernel.Connection[ObjectSheet]
	ObjectEdge           = kernel.Edge[ObjectSheet]
	EmergencyConnection  = kernel.Connection[EmergencySheet]
	EmergencyEdge        = kernel.Edge[EmergencySheet]
	StepConnection       = kernel.Connection[Step]
	StepEdge             = kernel.Edge[Step]
	VerdictConnection    = kernel.Connection[VerdictSheet]
	VerdictEdge          = kernel.Edge[VerdictSheet]
)

// paged is one page of a list that stands in memory; key is a row's own, and unique. The page goes on
// after the row of the cursor, or from the beginning when that row is no longer in the list.
func paged[T any](all []T, first int, after *string, key func(*T) string) (*kernel.Connection[T], error) {
	p, err := kernel.NewPage(first, after, 1)
	if err != nil {
		return nil, err
	}
	from := 0
	if p.After != nil {
		for i := range all {
			if key(&all[i]) == p.After[0] {
				from = i + 1
				break
			}
		}
	}
	page := append([]T{}, all[from:min(len(all), from+p.First+1)]...)
	return kernel.NewConnection(p, page, func(row *T) []string { return []string{key(row)} }), nil
}
