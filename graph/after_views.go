package graph

import (
	"context"
	"time"

	"diwan/modules/directory"
	"diwan/modules/finance"
	"diwan/projections/inbox"
)

// registryView stands for the directory's registry, which is in memory, among the views that a
// question waits for.
const registryView = "directory.registry"

// views are what a question after a position waits for.
func (c *Config) views() []string {
	views := append(finance.ViewNames(), inbox.ViewName)
	if c.Registry != nil {
		views = append(append(views, directory.ViewNames()...), registryView)
	}
	return views
}

// wait waits for the registry or for a view; nil when nothing can be waited for.
func (c *Config) wait() func(ctx context.Context, view string, position int64) error {
	if c.Wait == nil {
		return nil
	}
	return func(ctx context.Context, view string, position int64) error {
		if view == registryView {
			return c.Registry.Wait(ctx, position)
		}
		return c.Wait(ctx, view, position)
	}
}

// clock and zone say which day it is in the office.
func (c *Config) clock() func() time.Time {
	if c.Now == nil {
		return time.Now
	}
	return c.Now
}

func (c *Config) zone() *time.Location {
	if c.Zone == nil {
		return time.UTC
	}
	return c.Zone
}
