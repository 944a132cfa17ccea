// Package unbound stays empty: a schema type that no module binds would be generated here, and a
// test refuses it.
package unbound
