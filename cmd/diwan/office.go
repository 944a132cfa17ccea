package main

import (
	"context"
	"encoding/json"
	"errors"

	"github.com/spf13/cobra"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"diwan/graph"
	"diwan/modules/access"
	"diwan/modules/kernel"
)

// financeCommand is the work of finance's officers, made from the schema.
func financeCommand(t *terminal) *cobra.Command {
	c := &cobra.Command{
		Use:   "finance",
		Short: "The budget from law to payment: reports and acts (in the demo with --as PERSON)",
	}
	c.AddCommand(schemaCommands(t, graph.Schema(), "finance", t.ask)...)
	return c
}

// directoryCommand is the national registry on the command line, made from the schema.
func directoryCommand(t *terminal) *cobra.Command {
	c := &cobra.Command{
		Use:   "directory",
		Short: "Bodies, units, posts, code lists, terms and the working calendar (in the demo with --as PERSON)",
	}
	c.AddCommand(schemaCommands(t, graph.Schema(), "directory", t.ask)...)
	return c
}

// ask opens Diwan, brings the read tables up to date, and asks one document as whoever acts.
func (t *terminal) ask(ctx context.Context, document string, variables map[string]any) (data map[string]json.RawMessage, err error) {
	a, err := open(ctx, t)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, a.close()) }()
	by, err := t.officer(a.settings)
	if err != nil {
		return nil, err
	}
	people, err := access.NewPeople(access.DemoPeople())
	if err != nil {
		return nil, err
	}
	if err := a.views.CatchUp(ctx); err != nil {
		return nil, missing(err, "the read tables are not up to date")
	}
	if err := a.registry.CatchUp(ctx); err != nil {
		return nil, missing(err, "the national registry is not up to date")
	}
	before := a.head(ctx)
	answer := graph.NewLocal(a.api(people)).Ask(ctx, by, t.language(), document, variables)
	if len(answer.Errors) > 0 {
		return nil, refusedBy(answer.Errors)
	}
	if err := json.Unmarshal(answer.Data, &data); err != nil {
		return nil, err
	}
	if a.head(ctx) > before { // what was written is sealed before the command ends
		err = a.sealNow(ctx)
	}
	return data, err
}

// refusedBy turns the errors of an answer into refusals; what is no refusal is a failure.
func refusedBy(errs gqlerror.List) error {
	var all kernel.Problems
	for _, e := range errs {
		code, _ := e.Extensions["code"].(string)
		switch code {
		case "":
			return wrongUsage("%s", e.Message)
		case "internal":
			return missing(nil, "%s", e.Message)
		}
		text, both := e.Extensions["text"].(kernel.Text)
		if !both {
			text = kernel.Text{Ar: e.Message, En: e.Message} // limits of a document speak one language
		}
		all = append(all, kernel.Problem{Code: code, Message: text})
	}
	return all
}
