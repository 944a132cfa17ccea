package access

import (
	"slices"
	"testing"
)

// No role of the demo holds two steps of one document.
func TestNoDemoRoleHoldsTwoStepsOfOneDocument(t *testing.T) {
	chains := [][]string{
		{"finance.invoice.register", "finance.invoice.verify"},
		{"finance.voucher.prepare", "finance.voucher.audit", "finance.voucher.approve", "finance.voucher.approve_above", "finance.voucher.pay", "finance.voucher.reverse"},
		{"finance.journal.draft", "finance.journal.post"},
		{"finance.order.draft", "finance.order.certify"},
		{"finance.virement.propose", "finance.virement.approve"},
		{"finance.payee.register", "finance.payee.approve_bank"},
	}
	for _, r := range DemoRoles() {
		for _, chain := range chains {
			var held []string
			for _, p := range chain {
				if slices.Contains(r.Permissions, p) {
					held = append(held, p)
				}
			}
			if len(held) > 1 {
				t.Errorf("%s holds %v", r.ID, held)
			}
		}
	}
	for _, p := range DemoPeople() {
		if p.Role.ID == "" || p.Role.ID == "audit_bureau" && !slices.Equal(p.Role.Permissions, []string{"finance.read", "directory.read"}) {
			t.Errorf("%s has role %+v", p.ID, p.Role)
		}
	}
}
