package graph

import (
	"context"
	"encoding/json"
	"net/http"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/pquerna/otp/totp"

	"diwan/modules/access"
	"diwan/modules/access/signin"
	"diwan/modules/kernel"
)

// post sends JSON and reads JSON.
func (c *caller) post(path string, in any, out any) int {
	c.o.t.Helper()
	body, err := json.Marshal(in)
	must(c.o.t, err)
	a := c.send(path, "application/json", body)
	if out != nil && a.status < 300 {
		must(c.o.t, json.Unmarshal(a.body, out))
	}
	return a.status
}

const approval = `mutation($input: ActOnVoucherInput!) { mine: approveVoucher(input: $input) { problems { code } } }`

func (c *caller) approve() reply {
	return c.ask(nil, approval, map[string]any{"input": map[string]any{"command": uuid.NewString(), "id": uuid.NewString()}})
}

func code(r reply) any {
	if len(r.Errors) == 0 {
		return nil
	}
	return r.Errors[0].Extensions["code"]
}

// Under the house's policy an approval waits for a second factor; the error says how to give one.
func TestAnApprovalWaitsForAProof(t *testing.T) {
	o := openOffice(t)
	huda := o.as("huda")
	if r := huda.approve(); code(r) != nil {
		t.Fatalf("the demo's policy is content with the password, but %+v", r.Errors)
	}
	strict := signin.HousePolicy()
	strict.From = kernel.DateOf(time.Now())
	must(t, o.house.SetPolicy(context.Background(), "system", uuid.New(), strict))
	waitUntil(t, func() bool { return code(o.as("huda").approve()) != nil }) // each node reads the policy every few seconds

	huda = o.as("huda")
	r := huda.approve()
	if code(r) != "second_factor_missing" {
		t.Fatalf("without a second factor she is told %+v", r.Errors)
	}
	var enrolment signin.Enrolment
	huda.post("/sign-in/totp", struct{}{}, &enrolment)
	first, err := totp.GenerateCode(enrolment.Secret, time.Now())
	must(t, err)
	var confirmed struct {
		RecoveryCodes []string `json:"recovery_codes"`
	}
	if status := huda.post("/sign-in/totp/confirm", map[string]string{"ceremony": enrolment.Ceremony, "code": first}, &confirmed); status != 200 || len(confirmed.RecoveryCodes) != 10 {
		t.Fatalf("enrolling was answered with %d", status)
	}
	r = huda.approve()
	if means, _ := json.Marshal(r.Errors[0].Extensions["means"]); code(r) != "step_up_required" || string(means) != `["totp","recovery_code"]` {
		t.Fatalf("with a factor she is told %+v", r.Errors[0])
	}
	if path, _ := json.Marshal(r); !json.Valid(path) || r.Errors[0].Message == "" {
		t.Errorf("the refusal is %s", path)
	}
	if status := huda.post("/sign-in/step-up", map[string]any{"code": first}, nil); status != http.StatusUnauthorized {
		t.Errorf("the code of the enrolment did again: %d", status)
	}
	if status := huda.post("/sign-in/step-up", map[string]any{"code": confirmed.RecoveryCodes[0], "recovery": true}, nil); status != 200 {
		t.Fatalf("the step-up was answered with %d", status)
	}
	if r := huda.approve(); code(r) != nil {
		t.Errorf("after the step-up she is told %+v", r.Errors)
	}
	// Returning a voucher is no approval, and neither is a question.
	if r := o.as("rana").ask(nil, `mutation($input: ActOnVoucherInput!) { cancelVoucher(input: $input) { problems { code } } }`,
		map[string]any{"input": map[string]any{"command": uuid.NewString(), "id": uuid.NewString()}}); code(r) != nil {
		t.Errorf("a clerk's act is told %+v", r.Errors)
	}
	// The second step is asked at the next sign-in.
	again := o.anonymous()
	var next struct{ Next []string }
	if status := again.post("/sign-in", map[string]string{"person": "huda", "password": access.DemoPassword}, &next); status != 200 || len(next.Next) != 2 {
		t.Fatalf("signing in was answered with %d %v", status, next)
	}
	if r := again.ask(nil, "{ me { id } }", nil); code(r) != "unauthenticated" {
		t.Error("half a sign-in is a session")
	}
	if status := again.post("/sign-in/code", map[string]any{"code": confirmed.RecoveryCodes[1], "recovery": true}, nil); status != http.StatusNoContent {
		t.Fatalf("the second step was answered with %d", status)
	}
	if r := again.approve(); code(r) != nil {
		t.Errorf("after two factors she is told %+v", r.Errors)
	}
}

// The operation waits as a whole: what stands beside the approval is not done either.
func TestNothingOfAnOperationIsDoneBeforeTheProof(t *testing.T) {
	o := openOffice(t)
	huda := o.as("huda")
	huda.drop(approvalCookie) // as from another site
	r := huda.ask(nil, `mutation($input: ActOnVoucherInput!, $order: DraftOrderInput!) {
		draftOrder(input: $order) { position } ... on Mutation { approveVoucher(input: $input) { problems { code } } } }`, map[string]any{
		"input": map[string]any{"command": uuid.NewString(), "id": uuid.NewString()},
		"order": map[string]any{"command": uuid.NewString(), "year": 2026, "kind": "GENERAL", "subject": "x", "lines": []any{}},
	})
	if code(r) != "step_up_required" || string(r.Data) != "null" {
		t.Errorf("answered %s %+v", r.Data, r.Errors)
	}
}

// waitUntil waits for something that other goroutines bring about.
func waitUntil(t *testing.T, so func() bool) {
	t.Helper()
	tick := time.NewTicker(100 * time.Millisecond)
	defer tick.Stop()
	for !so() {
		select {
		case <-tick.C:
		case <-t.Context().Done():
			t.Fatal("it did not come about")
		}
	}
}

// drop forgets one cookie.
func (c *caller) drop(name string) {
	c.o.t.Helper()
	u := mustURL(c.o.t, c.o.url)
	c.client.Jar.SetCookies(u, []*http.Cookie{{Name: name, Value: "", Path: "/", MaxAge: -1}})
}
