// Package graph is Diwan's API and web server: one GraphQL endpoint, sign-in, the staff app's files.
//
// Three things to know. The modules' own methods are the resolvers: gqlgen writes only the code
// between the schema and them, and resolver.go joins the modules. Every root field names the
// permission its caller must hold, and deciders ask again. Whatever a request may cost is limited
// before it is looked at closely.
package graph

//go:generate sh -c "cd .. && go run ./graph/listplan/generate"
