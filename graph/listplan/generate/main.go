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
	c, err := config.LoadConfig("graph/gqlgen.yml")
	if err != nil {
		return err
	}
	return api.Generate(c, api.AddPlugin(plugin.New("class")))
}
