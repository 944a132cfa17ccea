package directory

import (
	"diwan/eventstore"
	"diwan/modules/kernel"
)

// Code lists (قوائم الرموز), stream directory.lists/government.
type (
	// ListVersionPublished publishes a version of a code list, whole: what it adds or changes, and what
	// it retires. Values that it does not name stay as they are. A list begins with its first version.
	ListVersionPublished struct {
		List    string         `json:"list"` // "currency"
		Title   kernel.Text    `json:"title"`
		Version string         `json:"version"`
		From    kernel.Date    `json:"from"`
		Source  string         `json:"source,omitempty"`
		Values  []ListValue    `json:"values,omitempty"`
		Retired []RetiredValue `json:"retired,omitempty"`
	}
)

// ListValue is one code with its meaning.
type ListValue struct {
	Code       string            `json:"code"`
	Name       kernel.Text       `json:"name"`
	Parent     string            `json:"parent,omitempty"`
	Attributes map[string]string `json:"attributes,omitempty"` // "decimals": "3"
}

// RetiredValue is a code that no new document takes, and the one to use in its place if there is one.
type RetiredValue struct {
	Code       string `json:"code"`
	ReplacedBy string `json:"replaced_by,omitempty"`
}

// EventType is the stored name.
func (ListVersionPublished) EventType() string { return "directory.list_version_published" }

func listEvents() []eventstore.EventType {
	return []eventstore.EventType{eventstore.Type[ListVersionPublished](1, nil)}
}
