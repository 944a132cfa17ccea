package main

import (
	"fmt"
	"io"
	"path/filepath"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"diwan/eventstore/seal/checkpoint"
	"diwan/eventstore/seal/witness"
)

// witnessCommand runs the outside party that keeps a log's checkpoints. It needs no database, and
// is meant for a machine that the log's operator cannot reach.
func witnessCommand(t *terminal) *cobra.Command {
	var name, listenOn, dir string
	c := &cobra.Command{
		Use:   "witness",
		Short: "Keep and cosign the checkpoints of somebody else's log (no database)",
		Long: "Runs a witness: it stores each signed checkpoint, and cosigns the next one only with a proof that the\n" +
			"new log contains the old. It prints its public key, which the log's operator puts into DIWAN_WITNESSES.\n" +
			"A log must first be made known to it with diwan witness add.",
		Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			folder, err := witnessDir(t, dir)
			if err != nil {
				return err
			}
			return witness.Serve(c.Context(), witness.Config{
				Dir: folder, Name: name, Listen: listenOn, Now: time.Now,
				Ready: func(address, key string) {
					t.answer(map[string]string{"address": address, "key": key, "dir": folder}, func(w io.Writer) {
						fmt.Fprintf(w, "The witness listens on %s\nIts public key is %s\n", address, key)
					})
				},
			})
		},
	}
	c.PersistentFlags().StringVar(&dir, "dir", "", "folder of its key and of what it has seen (default DIWAN_HOME/witness)")
	c.Flags().StringVar(&name, "name", "witness", "its name in cosignatures, such as audit-bureau.example/w1")
	c.Flags().StringVar(&listenOn, "listen", "127.0.0.1:8090", "address, or unix:PATH")
	c.AddCommand(&cobra.Command{
		Use:   "add ORIGIN PUBLIC-KEY",
		Short: "Make a log known to this witness, or its next epoch after a restore",
		Args:  cobra.ExactArgs(2),
		RunE: func(_ *cobra.Command, args []string) error {
			if _, err := checkpoint.ParseOrigin(args[0]); err != nil {
				return wrongUsage("%v; an origin looks like diwan/main/epoch-1", err)
			}
			key, err := checkpoint.ParsePublicKey(args[1])
			if err != nil {
				return wrongUsage("the public key cannot be read: %v", err)
			}
			folder, err := witnessDir(t, dir)
			if err != nil {
				return err
			}
			if err := witness.AddLog(folder, args[0], key); err != nil {
				return err
			}
			t.answer(map[string]string{"origin": args[0], "key": args[1]}, func(w io.Writer) {
				fmt.Fprintf(w, "%s is known to this witness.\n", args[0])
			})
			return nil
		},
	})
	return c
}

func witnessDir(t *terminal, dir string) (string, error) {
	if dir != "" {
		return dir, nil
	}
	s, err := readSettings(t.env)
	return filepath.Join(s.home, "witness"), err
}

// readWitnesses reads DIWAN_WITNESSES: KEY@ADDRESS, separated by spaces.
func readWitnesses(value string) ([]*witness.Remote, error) {
	var all []*witness.Remote
	for _, one := range strings.Fields(value) {
		key, address, found := strings.Cut(one, "@")
		w, err := checkpoint.ParseWitness(key)
		if err != nil || !found || address == "" {
			return nil, badSetting("DIWAN_WITNESSES", one, "KEY@ADDRESS as diwan witness prints them")
		}
		all = append(all, witness.NewRemote(w, address))
	}
	return all, nil
}
