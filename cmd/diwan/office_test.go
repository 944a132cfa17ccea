package main

import (
	"testing"

	"github.com/vektah/gqlparser/v2/gqlerror"

	"diwan/modules/kernel"
)

func TestARefusalKeepsBothLanguages(t *testing.T) {
	text := kernel.Text{Ar: "ليس لك حق هذا الإجراء.", En: "You may not do this."}
	err := refusedBy(gqlerror.List{{Message: text.En, Extensions: map[string]any{"code": "forbidden", "text": text}}})
	if p := kernel.ProblemsOf(err); len(p) != 1 || p[0].Code != "forbidden" || p[0].Message != text {
		t.Errorf("the refusal should come with both sentences: %+v", p)
	}
}
