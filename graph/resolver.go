package graph

import (
	"diwan/graph/generated"
	"diwan/modules/access"
	"diwan/modules/finance"
)

// Aliases give the embedded fields of the modules distinct names.
type (
	financeQuery    = finance.Query
	financeMutation = finance.Mutation
)

// root joins the modules' resolvers. A method that is missing, or that two modules have, does not
// compile.
type root struct {
	query    query
	mutation mutation
	people   *access.People
}

type query struct{ *financeQuery }

type mutation struct{ *financeMutation }

// Query returns the resolvers of questions.
func (r *root) Query() generated.QueryResolver { return r.query }

// Mutation returns the resolvers of acts.
func (r *root) Mutation() generated.MutationResolver { return r.mutation }

// Refused returns the resolvers of refusals.
func (r *root) Refused() generated.RefusedResolver { return refused{} }

// Conflict returns the resolvers of conflicts.
func (r *root) Conflict() generated.ConflictResolver { return conflict{} }

// Signer returns the resolvers of people who signed.
func (r *root) Signer() generated.SignerResolver { return signer{r.people} }
