package main

import (
	"bytes"
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/spf13/cobra"
	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"
)

// schemaText is a small office: one report and one act, in the shapes the real schema uses.
const schemaText = `
scalar Amount
scalar UUID
scalar Long
scalar Position
type Money { amount: String! currency: String! }
type Text { ar: String! en: String! }
type PageInfo { hasNextPage: Boolean! endCursor: String }
enum SegmentName { FUND CHAPTER ITEM }
type SegmentLabel { segment: SegmentName! code: String! name: Text! }
type Stages { original: Money! availableNow: Money! }
type Row { id: ID! segments: [SegmentLabel!]! stages: Stages! months: [Month!]! holds(first: Int = 50): RowConnection! }
type Month { month: Int! paid: Money! }
type RowConnection { edges: [RowEdge!]! nodes: [Row!]! pageInfo: PageInfo! }
type RowEdge { cursor: String! node: Row! }
type Report { year: Int! total: Stages! months: [Month!]! rows: RowConnection! }
type Query {
  "Execution of the budget. With rows."
  executionReport("The year." year: Int!, groupBy: [SegmentName!]! = [], first: Int = 50): Report!
}
interface Problem { code: String! message: String! path: String }
type Refused implements Problem { code: String! message: String! path: String }
input CodesInput { item: String fund: String }
input LineInput { key: String! amount: Amount! codes: CodesInput }
input CommitInput { command: UUID! title: String! lines: [LineInput!]! expected: Long urgent: Boolean }
type CommitPayload { position: Position problems: [Problem!]! }
type Mutation {
  "Record a commitment (التزام)."
  recordCommitment(input: CommitInput!): CommitPayload!
}
`

// asked is one document that a command sent.
type asked struct {
	document  string
	variables map[string]any
}

// officeCommand runs one command of the small office, answered with data.
func officeCommand(t *testing.T, asJSON bool, data string, args ...string) (answer, asked) {
	t.Helper()
	schema, err := gqlparser.LoadSchema(&ast.Source{Name: "modules/finance/x.graphqls", Input: schemaText})
	if err != nil {
		t.Fatal(err)
	}
	var out, errs bytes.Buffer
	term := &terminal{out: &out, err: &errs, json: asJSON, env: func(string) string { return "" }}
	var sent asked
	root := &cobra.Command{Use: "finance", SilenceErrors: true, SilenceUsage: true}
	root.AddCommand(schemaCommands(term, schema, "finance", func(_ context.Context, document string, variables map[string]any) (map[string]json.RawMessage, error) {
		if _, problems := gqlparser.LoadQuery(schema, document); problems != nil {
			t.Fatalf("the document is not valid: %v\n%s", problems, document)
		}
		sent = asked{document, variables}
		answered := map[string]json.RawMessage{}
		return answered, json.Unmarshal([]byte(data), &answered)
	})...)
	root.SetArgs(args)
	status := exitDone
	if err := root.ExecuteContext(t.Context()); err != nil {
		status = answerFailure(t.Context(), term, err)
	}
	return answer{status, out.String(), errs.String()}, sent
}

func TestAnActIsWrittenAsFlags(t *testing.T) {
	a, sent := officeCommand(t, true, `{"recordCommitment":{"position":"main.1.9","problems":[]}}`,
		"record-commitment", "--title", "قرطاسية", "--line", "key=01-2501,amount=1,234.500", "--line", "amount=٥٠٫٠٠٠,key=01-2502,codes={item=221105,fund=01}")
	if a.status != exitDone || oneValue(t, a.out)["position"] != "main.1.9" {
		t.Fatalf("status %d\n%s%s", a.status, a.out, a.err)
	}
	input := sent.variables["input"].(map[string]any)
	if id, _ := input["command"].(string); len(id) != 36 {
		t.Errorf("no command id was made: %v", input["command"])
	}
	if _, given := input["expected"]; given {
		t.Error("a flag that was not given was sent")
	}
	lines, err := json.Marshal(input["lines"])
	if want := `[{"amount":"1,234.500","key":"01-2501"},{"amount":"٥٠٫٠٠٠","codes":{"fund":"01","item":"221105"},"key":"01-2502"}]`; err != nil || string(lines) != want {
		t.Errorf("lines are %s, want %s", lines, want)
	}
}

func TestARefusalIsStatusOne(t *testing.T) {
	const data = `{"recordCommitment":{"position":null,"problems":[{"code":"finance.budget_insufficient","message":"750.500 is free, 750.501 was asked.","path":"lines.0.amount"}]}}`
	args := []string{"record-commitment", "--title", "x", "--line", "key=a,amount=1"}
	a, _ := officeCommand(t, false, data, args...)
	if a.status != exitRefused || a.out != "" || !strings.Contains(a.err, "lines.0.amount: 750.500 is free") {
		t.Errorf("status %d\n%s%s", a.status, a.out, a.err)
	}
	a, _ = officeCommand(t, true, data, args...)
	problems, _ := oneValue(t, a.out)["problems"].([]any)
	if a.status != exitRefused || len(problems) != 1 {
		t.Errorf("status %d\n%s%s", a.status, a.out, a.err)
	}
}

func TestFlagsThatCannotBeRead(t *testing.T) {
	for _, args := range [][]string{
		{"record-commitment", "--line", "key=a,amount=1"}, // no title
		{"record-commitment", "--title", "x", "--line", "a"},
		{"record-commitment", "--title", "x", "--line", "ky=a"},
		{"execution-report", "--year", "next"},
		{"execution-report", "--year", "2026", "--group-by", "planet"},
	} {
		if a, _ := officeCommand(t, false, `{}`, args...); a.status != exitUsage || strings.Count(a.err, "\n") != 1 {
			t.Errorf("%v: status %d\n%s", args, a.status, a.err)
		}
	}
}

func TestAReportIsATable(t *testing.T) {
	const data = `{"executionReport":{"year":2026,"total":{"original":{"amount":"12000.000","currency":"JOD"},"availableNow":{"amount":"750.500","currency":"JOD"}},
	 "rows":{"nodes":[{"id":"r1","segments":[{"segment":"CHAPTER","code":"2501","name":{"ar":"وزارة","en":"Ministry"}}],
	  "stages":{"original":{"amount":"12000.000","currency":"JOD"},"availableNow":{"amount":"750.500","currency":"JOD"}}}],"pageInfo":{"hasNextPage":false,"endCursor":"x"}}}}`
	args := []string{"execution-report", "--year", "2026", "--group-by", "chapter,item"}
	a, sent := officeCommand(t, false, data, args...)
	for _, want := range []string{"2501 Ministry", "12000.000", "available now", "750.500"} {
		if !strings.Contains(a.out, want) {
			t.Errorf("the report lacks %q:\n%s", want, a.out)
		}
	}
	if strings.Contains(a.out, "JOD") || strings.Contains(a.out, "map[") || strings.Contains(a.out, "cursor") {
		t.Errorf("the report shows what nobody asked for:\n%s", a.out)
	}
	if got, _ := json.Marshal(sent.variables["groupBy"]); string(got) != `["CHAPTER","ITEM"]` {
		t.Errorf("group by %s", got)
	}
	a, _ = officeCommand(t, true, data, args...)
	if total := oneValue(t, a.out)["total"].(map[string]any); total["availableNow"] != "750.500" {
		t.Errorf("money is not a decimal string: %v", total)
	}
}

// Every document that the real schema makes a command of is valid and can be explained.
func TestTheRealSchemaMakesCommands(t *testing.T) {
	var sources []*ast.Source
	for _, pattern := range []string{"../../graph/*.graphqls", "../../modules/*/*.graphqls"} {
		names, err := filepath.Glob(pattern)
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range names {
			text, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			sources = append(sources, &ast.Source{Name: name, Input: string(text)})
		}
	}
	schema, err := gqlparser.LoadSchema(sources...)
	if err != nil {
		t.Fatal(err)
	}
	for _, root := range []*ast.Definition{schema.Query, schema.Mutation} {
		if root == nil {
			continue
		}
		for _, f := range root.Fields {
			if strings.HasPrefix(f.Name, "__") {
				continue
			}
			document := documentFor(schema, root, f)
			if _, problems := gqlparser.LoadQuery(schema, document); problems != nil {
				t.Errorf("%s: %v\n%s", f.Name, problems, document)
			}
			if f.Description == "" {
				t.Errorf("%s has no description", f.Name)
			}
		}
	}
}
