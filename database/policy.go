package database

// The second wall: row-level security of every read table, over the settings of the transaction. A
// setting that is missing, or empty after a transaction before, shows nothing. The settings are read
// in sub-selects so that PostgreSQL reads them once a statement and not once a row; only built-in
// operators stand in a policy, because they are leakproof.

const (
	scopeSetting          = `(select coalesce(nullif(current_setting('diwan.scope', true), '')::text[], '{}'))`
	emergencySetting      = `(select coalesce(nullif(current_setting('diwan.emergency_scope', true), '')::text[], '{}'))`
	clearanceSetting      = `(select coalesce(nullif(current_setting('diwan.clearance', true), '')::int, 0))`
	emergencyGradeSetting = `(select coalesce(nullif(current_setting('diwan.emergency_clearance', true), '')::int, 0))`
	readersSetting        = `(select array_remove(array[nullif(current_setting('diwan.actor', true), ''), nullif(current_setting('diwan.on_behalf_of', true), '')], null))`
	somebody              = `(select nullif(current_setting('diwan.actor', true), '') is not null)`
)

// secret is the grade from which a reader must be named.
const secret = "2"

// Somebody is the policy of tables that everybody who works here may see: whoever says who they are.
func Somebody() string { return somebody }

// InScope is the policy of rows that belong to a unit: column holds the unit's path ended by a dot,
// "." for the government as a whole, or nothing for what belongs to no unit.
func InScope(column string) string {
	return covers(column, scopeSetting) + ` or ` + covers(column, emergencySetting)
}

// InScopeOrCommon is InScope for tables whose rows without a unit are everybody's who works here.
func InScopeOrCommon(column string) string {
	return InScope(column) + ` or ` + column + ` = '' and ` + somebody
}

// Guarded is the policy of rows that have a grade of secrecy and a need-to-know list as well.
func Guarded(unit, secrecy, readers string) string {
	return `(` + covers(unit, scopeSetting) + ` and ` + secrecy + ` <= ` + clearanceSetting +
		` and (` + secrecy + ` < ` + secret + ` or ` + readers + ` @> ` + readersSetting + ` and cardinality(` + readersSetting + `) > 0))` +
		` or (` + covers(unit, emergencySetting) + ` and ` + secrecy + ` <= ` + emergencyGradeSetting + `)`
}

// covers tells whether one of the prefixes begins the path; what belongs to no unit needs only that
// there are any.
func covers(column, prefixes string) string {
	return `(` + column + ` ^@ any (` + prefixes + `::text[]) or ` + column + ` = '' and cardinality(` + prefixes + `) > 0)`
}
