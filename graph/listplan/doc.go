// Package listplan is the run-time half of Diwan's list plans: lists of objects are answered by
// writers that the plugin beside it compiles from the schema.
//
// Three things to know. What is asked of a list is read once, into a Plan, and every row is then
// written by a switch over small numbers into one buffer. Whatever a plan does not know (a field
// with arguments, a resolver for one row, an interface) makes it slow, and the whole list goes
// gqlgen's ordinary way, with the same answer. A batch field is resolved with one call for all rows
// of the list, also below edges and inside other objects.
package listplan
