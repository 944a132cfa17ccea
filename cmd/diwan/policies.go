package main

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"diwan/eventstore"
	"diwan/graph/house"
	"diwan/modules/kernel"
)

// policies lists what the modules decided with dates, read from their streams with a small struct of our
// own: what a rate was, and who set it, is the log's to say.
func (a *app) policies(ctx context.Context) ([]house.Policy, error) {
	today := kernel.DateOf(time.Now().In(a.zone))
	var order []string
	titles, made := map[string]kernel.Text{}, map[string][]house.Decision{}
	for _, stream := range []eventstore.Stream{
		{Category: "finance.payment_policy", Key: "rules"},
		{Category: "finance.rules", Key: "chart"},
		{Category: "access.policy", Key: "sessions"},
		{Category: "signin.policy", Key: "house"},
	} {
		recorded, err := a.store.ReadStream(ctx, government(), stream, 0)
		if err != nil {
			return nil, fmt.Errorf("read the policy %s: %w", stream, err)
		}
		for _, e := range recorded {
			var d decided
			if err := json.Unmarshal(e.Data, &d); err != nil {
				return nil, fmt.Errorf("read event %d: %w", e.Position, err)
			}
			id, title, says, known := d.words(e.Type)
			if !known || d.From.IsZero() {
				continue
			}
			if _, seen := titles[id]; !seen {
				order, titles[id] = append(order, id), title
			}
			made[id] = append(made[id], house.Decision{ID: fmt.Sprintf("%s/%d", id, e.Position), From: d.From, Says: says, By: e.Actor})
		}
	}
	all := []house.Policy{}
	for _, id := range order {
		all = append(all, house.Policy{ID: id, Title: titles[id], Decisions: house.Dated(made[id], today)})
	}
	return all, nil
}

// decided is what the decisions have in common, and what each says.
type decided struct {
	From           kernel.Date `json:"from"`
	Role           string      `json:"role"`
	Limit          int64       `json:"limit"`
	BankChangeDays int         `json:"bank_change_days"`
	PayableItem    string      `json:"payable_item"`
	Deductions     []struct {
		Name kernel.Text `json:"name"`
	} `json:"deductions"`
	Economic string      `json:"economic"`
	Ceiling  string      `json:"ceiling"`
	ID       string      `json:"id"`
	Message  kernel.Text `json:"message"`
	Needed   bool        `json:"needed"`
	Days     int         `json:"days"`
	StepUp   int         `json:"step_up_minutes"`
	Idle     int         `json:"idle_minutes"`
	Longest  int         `json:"absolute_minutes"`
}

// words says what a decision is about and what it says; known is false for other events of the streams.
func (d decided) words(event string) (id string, title, says kernel.Text, known bool) {
	switch event {
	case "finance.approval_limit_set":
		return "finance.limit." + d.Role, kernel.Text{Ar: "سقف الاعتماد النهائي: " + d.Role, En: "Limit of final approval: " + d.Role}, limitWords(d.Limit), true
	case "finance.payment_rules_set":
		var ar, en []string
		for _, one := range d.Deductions {
			ar, en = append(ar, one.Name.Ar), append(en, one.Name.En)
		}
		return "finance.paying", kernel.Text{Ar: "تعليمات الصرف", En: "Rules of paying"}, kernel.Text{
			Ar: fmt.Sprintf("حساب الدائنين %s. ينتظر الحساب البنكي الجديد %d أيام. الاقتطاعات: %s.", d.PayableItem, d.BankChangeDays, strings.Join(ar, "، ")),
			En: fmt.Sprintf("Payables on %s. A new bank account waits %d days. Deductions: %s.", d.PayableItem, d.BankChangeDays, strings.Join(en, ", ")),
		}, true
	case "finance.waiting_time_set":
		return "finance.waiting_time", kernel.Text{Ar: "انتظار ما لا موعد له", En: "Wait of what has no due day"}, kernel.Text{
			Ar: fmt.Sprintf("%d أيام ثم يتقدم الصندوق", d.Days), En: fmt.Sprintf("%d days, then to the front of the inbox", d.Days),
		}, true
	case "finance.ceiling_chosen":
		of, by := ceilingWords(d.Economic), ceilingWords(d.Ceiling)
		return "finance.ceiling." + d.Economic, kernel.Text{Ar: "سقف الالتزام: " + of.Ar, En: "Ceiling of commitments: " + of.En}, by, true
	case "finance.virement_rule_set":
		return "finance.virement." + d.ID, kernel.Text{Ar: "قاعدة مناقلات: " + d.ID, En: "Rule of virements: " + d.ID}, d.Message, true
	case "access.approvals_need_step_up":
		says := kernel.Text{Ar: "الاعتماد لا يحتاج إثباتاً جديداً للهوية.", En: "Approvals need no fresh proof of who acts."}
		if d.Needed {
			says = kernel.Text{Ar: "الاعتماد يحتاج إثباتاً جديداً للهوية.", En: "Approvals need a fresh proof of who acts."}
		}
		return "access.step_up", kernel.Text{Ar: "إثبات الهوية عند الاعتماد", En: "Proof of who acts, on approval"}, says, true
	case "signin.policy_set":
		return "signin.house", kernel.Text{Ar: "سياسة الدخول", En: "Policy of signing in"}, kernel.Text{
			Ar: fmt.Sprintf("سكون %d دقيقة، وأطول جلسة %d دقيقة، وتأكيد الاعتماد %d دقيقة.", d.Idle, d.Longest, d.StepUp),
			En: fmt.Sprintf("%d minutes idle, %d at most, %d for approvals.", d.Idle, d.Longest, d.StepUp),
		}, true
	}
	return "", kernel.Text{}, kernel.Text{}, false
}

// ceilingWords names economic types and ceilings.
func ceilingWords(code string) kernel.Text {
	switch code {
	case "current":
		return kernel.Text{Ar: "النفقات الجارية", En: "current expenditure"}
	case "capital":
		return kernel.Text{Ar: "النفقات الرأسمالية", En: "capital expenditure"}
	case "allotment":
		return kernel.Text{Ar: "على المفرج عنه", En: "By what was released"}
	case "appropriation":
		return kernel.Text{Ar: "على المخصصات", En: "By the appropriation"}
	}
	return kernel.Text{Ar: code, En: code}
}

// unlimitedAmount is how a limit without bound is stored.
const unlimitedAmount = 1<<63 - 1

func limitWords(limit int64) kernel.Text {
	if limit == unlimitedAmount {
		return kernel.Text{Ar: "بلا سقف", En: "No bound"}
	}
	amount := kernel.GroupAmount(limit, "JOD")
	return kernel.Text{Ar: amount + " دينار", En: amount + " JOD"}
}
