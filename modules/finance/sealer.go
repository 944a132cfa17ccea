package finance

import (
	"context"

	"github.com/google/uuid"
)

// Sealer encrypts personal data with a person's key, made on first use. It is the vault's, wired in
// main; a person whose key was destroyed can no longer be opened.
type Sealer interface {
	// Seal returns what is stored beside an event. An error means that nothing can be sealed for the
	// person now; the command is then not tried.
	Seal(ctx context.Context, person uuid.UUID, plain []byte) ([]byte, error)
	// Open returns what was sealed, or an error when the key is gone.
	Open(ctx context.Context, person uuid.UUID, sealed []byte) ([]byte, error)
}

// SealWith gives the module the vault; without it payees who are natural persons are refused.
func (m *Module) SealWith(s Sealer) *Module {
	m.sealer = s
	return m
}

// PersonalData is what a natural person's payee events seal, as JSON.
type PersonalData struct {
	Name     string `json:"name,omitempty"`
	National string `json:"national,omitempty"` // national or residence number
	IBAN     string `json:"iban,omitempty"`
}
