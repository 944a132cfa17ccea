package main

import (
	"fmt"
	"io"
	"os"

	"github.com/spf13/cobra"

	"diwan/eventstore/seal"
	"diwan/eventstore/seal/checkpoint"
	"diwan/modules/kernel"
)

// proveCommand writes a proof that needs no database to be checked, and checks one.
func proveCommand(t *terminal) *cobra.Command {
	var check, withhold bool
	var keyFile string
	var witnesses []string
	var quorum int
	c := &cobra.Command{
		Use:   "prove POSITION | prove --check FILE",
		Short: "Write a self-contained proof of one event, or check one (checking needs no database)",
		Long: "POSITION is n in the lane main, or lane/n. The proof is a text file: the event, its path in the Merkle tree and\n" +
			"the signed checkpoint. With --check a proof file is accepted or refused; give the published keys with --key and\n" +
			"the witnesses you trust with --witness, else it only shows that the file agrees with itself.",
		Args: cobra.ExactArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			if check {
				trust, err := trustFrom(keyFile, witnesses, quorum)
				if err != nil {
					return err
				}
				return checkProof(t, args[0], trust)
			}
			lane, position, err := seal.ParsePosition(args[0])
			if err != nil {
				return wrongUsage("%v", err)
			}
			a, err := open(c.Context(), t)
			if err != nil {
				return err
			}
			defer a.end(t)
			if err := a.sealNow(c.Context()); err != nil {
				return err
			}
			keys, err := a.settings.publicKeys()
			if err != nil {
				return missing(err, "the public keys of the log cannot be read")
			}
			notary := seal.Notary{Book: seal.NewPostgres(a.db, nil), Name: a.settings.logName, Keys: keys}
			for _, w := range a.settings.witnesses {
				notary.Witnesses = append(notary.Witnesses, w.Witness)
			}
			proof, err := notary.Prove(c.Context(), lane, position, withhold)
			if err != nil {
				return kernel.Problem{Code: "seal.not_proved", Message: kernel.Text{
					Ar: fmt.Sprintf("تعذر إثبات الموضع %s.", args[0]), En: fmt.Sprintf("Position %s is not proved: %v.", args[0], err),
				}}
			}
			t.answer(map[string]string{"proof": string(proof)}, func(w io.Writer) { w.Write(proof) })
			return nil
		},
	}
	c.Flags().BoolVar(&check, "check", false, "accept or refuse a proof file instead")
	c.Flags().BoolVar(&withhold, "withhold", false, "leave the event's content out of the proof")
	c.Flags().StringVar(&keyFile, "key", "", "with --check: file of the log's published public keys")
	c.Flags().StringSliceVar(&witnesses, "witness", nil, "with --check: public key of a witness you trust")
	c.Flags().IntVar(&quorum, "quorum", 0, "with --check: so many of these witnesses must have cosigned")
	return c
}

func trustFrom(keyFile string, witnesses []string, quorum int) (seal.Trust, error) {
	trust := seal.Trust{Quorum: quorum}
	if keyFile != "" {
		keys, err := checkpoint.LoadPublic(keyFile)
		if err != nil {
			return trust, wrongUsage("the public keys in %s cannot be read: %v", keyFile, err)
		}
		trust.Logs = keys
	}
	for _, text := range witnesses {
		w, err := checkpoint.ParseWitness(text)
		if err != nil {
			return trust, wrongUsage("%v", err)
		}
		trust.Witnesses = append(trust.Witnesses, w)
	}
	return trust, nil
}

// checkProof accepts a proof, or refuses it with status 1 and the reason.
func checkProof(t *terminal, name string, trust seal.Trust) error {
	file, err := os.ReadFile(name)
	if err != nil {
		return wrongUsage("the proof file cannot be read: %v", err)
	}
	statement, err := seal.CheckProof(file, trust)
	if err != nil {
		return kernel.Problem{Code: "seal.proof_refused", Message: kernel.Text{
			Ar: "الإثبات مرفوض.", En: fmt.Sprintf("The proof is refused: %v.", err),
		}}
	}
	t.answer(struct {
		OK bool `json:"ok"`
		seal.Statement
	}{true, statement}, func(w io.Writer) {
		fmt.Fprintf(w, "Accepted: position %d of %s, recorded %s, among %d entries.\n", statement.Position, statement.Origin, statement.RecordedAt, statement.Size)
		for _, s := range statement.Signers {
			fmt.Fprintf(w, "Signed by the log's key %s\n", s)
		}
		for _, s := range statement.Cosigners {
			fmt.Fprintf(w, "Cosigned by %s\n", s)
		}
		if !statement.Trusted {
			fmt.Fprintln(w, "Compare the key with the published one, or give that with --key: without it the file only agrees with itself.")
		}
	})
	return nil
}
