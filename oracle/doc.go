// Package oracle tests who sees what, over the whole schema, with data that is marked.
//
// Three things to know. Questions are made from the schema by reflection, so a new field is asked
// without anybody writing it down, and one that cannot be asked fails the test. Every protected value
// of the world holds a token of its body; whatever leaves is searched for tokens that the class of
// user may not see, and must hold those it may. Each of the two walls is also tried alone: the SQL's
// filters with row-level security off, and row-level security under SQL without filters.
package oracle
