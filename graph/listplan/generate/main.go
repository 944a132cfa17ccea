// Command generate writes graph/generated: gqlgen with the plugin that compiles list plans. It runs
// at the repository's root, see go generate ./graph.
package main

import (
	"fmt"
	"os"

	"github.com/99designs/gqlgen/api"
	"github.com/99designs/gqlgen/codegen/config"

	"diwan/graph/listplan/plugin"
)

func main() {
	if err := generate(); err != nil {
		fmt.Fprintln(os.Stderr, "generate the API:", err)
		os.Exit(1)
	}
}

func generate() error {
	for _, name := range []string{"graph/gqlgen.yml", "graph/listplan/trial/gqlgen.yml"} {
		c, err := config.LoadConfig(name)
		if err != nil {
			return err
		}
		if err := api.Generate(c, api.AddPlugin(plugin.New("class"))); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
	}
	return nil
}
