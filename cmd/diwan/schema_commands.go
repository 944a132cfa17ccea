package main

import (
	"context"
	"encoding/json"
	"io"
	"strings"
	"unicode"

	"github.com/spf13/cobra"
	"github.com/vektah/gqlparser/v2/ast"

	"diwan/modules/kernel"
)

// The officers' commands are made from the GraphQL schema: diwan finance record-commitment is the
// mutation recordCommitment, its flags are the input's fields, its help is the schema's own text. So
// the command line refuses what the browser refuses, and no act can be missing from it.

// asker sends one document as the person who runs the command and returns the data of the answer.
type asker func(ctx context.Context, document string, variables map[string]any) (map[string]json.RawMessage, error)

// schemaCommands makes a command of every query and mutation that a module's schema files declare.
func schemaCommands(t *terminal, schema *ast.Schema, module string, ask asker) []*cobra.Command {
	var all []*cobra.Command
	for _, root := range []*ast.Definition{schema.Query, schema.Mutation} {
		if root == nil {
			continue
		}
		for _, f := range root.Fields {
			if f.Position == nil || !strings.Contains(f.Position.Src.Name, "modules/"+module+"/") {
				continue
			}
			all = append(all, schemaCommand(t, schema, root, f, ask))
		}
	}
	return all
}

func schemaCommand(t *terminal, schema *ast.Schema, root *ast.Definition, f *ast.FieldDefinition, ask asker) *cobra.Command {
	c := &cobra.Command{
		Use:   kebab(f.Name) + " [flags]",
		Short: firstSentence(f.Description),
		Long:  f.Description,
		Args:  cobra.NoArgs,
	}
	if short, has := shortNames()[f.Name]; has {
		c.Aliases = []string{short}
	}
	params := paramsOf(schema, f.Arguments)
	for _, p := range params {
		p.addFlag(c.Flags())
	}
	document := documentFor(schema, root, f)
	c.RunE = func(c *cobra.Command, _ []string) error {
		variables, err := variablesFrom(schema, f.Arguments, params, c.Flags())
		if err != nil {
			return err
		}
		data, err := ask(c.Context(), document, variables)
		if err != nil {
			return err
		}
		return answerSchema(t, schema, f, data[f.Name])
	}
	return c
}

// shortNames are what people type most.
func shortNames() map[string]string {
	return map[string]string{
		"executionReport": "execution", "budgetLine": "line", "recordCommitment": "commit", "reserveFunds": "reserve", "history": "timeline",
	}
}

// answerSchema prints the value of one root field; problems in it make the status 1.
func answerSchema(t *terminal, schema *ast.Schema, f *ast.FieldDefinition, raw json.RawMessage) error {
	d := json.NewDecoder(strings.NewReader(string(raw)))
	d.UseNumber()
	var value any
	if err := d.Decode(&value); err != nil {
		return err
	}
	problems := problemsIn(value)
	if len(problems) > 0 && !t.json {
		return problems
	}
	value = withPlainMoney(schema, f.Type, value)
	if value == nil && !t.json {
		return kernel.Problem{Code: "diwan.not_found", Message: kernel.Text{Ar: "لا يوجد ما طُلب.", En: "There is no such thing."}}
	}
	p := printer{schema: schema, language: t.language()}
	t.answer(value, func(w io.Writer) { p.value(w, f.Type, value, "") })
	if len(problems) > 0 {
		return errSaid
	}
	return nil
}

// problemsIn finds the refusals of a mutation's payload.
func problemsIn(value any) kernel.Problems {
	payload, _ := value.(map[string]any)
	list, _ := payload["problems"].([]any)
	var all kernel.Problems
	for _, one := range list {
		fields, _ := one.(map[string]any)
		text := func(name string) string { s, _ := fields[name].(string); return s }
		all = append(all, kernel.Problem{
			Code: text("code"), Path: text("path"),
			Message: kernel.Text{Ar: text("message"), En: text("message")},
		})
	}
	return all
}

// kebab is the command-line form of a schema name: recordCommitment → record-commitment.
func kebab(name string) string {
	var b strings.Builder
	for i, r := range name {
		if unicode.IsUpper(r) && i > 0 {
			b.WriteByte('-')
		}
		b.WriteRune(unicode.ToLower(r))
	}
	return b.String()
}

func firstSentence(description string) string {
	line := strings.Join(strings.Fields(description), " ")
	if i := strings.IndexAny(line, ".;:"); i > 0 {
		line = line[:i]
	}
	return line
}
