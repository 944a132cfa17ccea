package seal

import (
	"context"
	"fmt"
	"strconv"

	"golang.org/x/mod/sumdb/tlog"

	"diwan/eventstore"
	"diwan/eventstore/seal/checkpoint"
	"diwan/modules/kernel"
)

// Recognise tells whether a position that was handed out earlier still names the same entry. One
// from before a restore does, up to the position the restore went back to; above it the entry was
// given up, and the answer is a kernel.Problem that says so.
func Recognise(ctx context.Context, book Book, p kernel.Position) error {
	lane, err := checkpoint.LaneByName(p.Lane)
	if err != nil {
		return err
	}
	_, epoch, err := book.Head(ctx, lane)
	if err != nil {
		return err
	}
	if p.Epoch > epoch {
		return kernel.Problem{Code: "log.position_unknown", Message: kernel.Text{
			En: fmt.Sprintf("Position %s is of epoch %d; this log is in epoch %d.", p, p.Epoch, epoch),
			Ar: fmt.Sprintf("الموضع %s من العهد %d، وهذا السجل في العهد %d.", p, p.Epoch, epoch),
		}}
	}
	epochs, err := book.Epochs(ctx, lane)
	if err != nil {
		return err
	}
	for _, e := range epochs {
		if p.Epoch < e.Number && p.N > e.RestoredTo {
			return kernel.Problem{
				Code: "log.position_given_up",
				Message: kernel.Text{
					En: fmt.Sprintf("What was recorded at position %d is no longer there: the system was restored to position %d on %s. Please enter it again.", p.N, e.RestoredTo, e.At.UTC().Format("2006-01-02 15:04")),
					Ar: fmt.Sprintf("ما سُجّل في الموضع %d لم يعد موجودًا: استُعيد النظام إلى الموضع %d بتاريخ %s. يُرجى إدخاله من جديد.", p.N, e.RestoredTo, e.At.UTC().Format("2006-01-02 15:04")),
				},
				Details: map[string]string{"restored_to": strconv.FormatInt(e.RestoredTo, 10), "epoch": strconv.Itoa(int(e.Number))},
			}
		}
	}
	return nil
}

// RootOf recomputes size and root of a lane up to its head: kept tree hashes where they are, leaves
// above them.
func RootOf(ctx context.Context, book Book, lane eventstore.Lane) (size int64, root tlog.Hash, err error) {
	count, err := book.Stored(ctx, lane)
	if err != nil {
		return 0, root, err
	}
	sealed, _ := leavesIn(count)
	t, err := loadTree(ctx, book, lane, sealed)
	if err != nil {
		return 0, root, err
	}
	for {
		leaves, err := book.Leaves(ctx, lane, t.size, page)
		if err != nil {
			return 0, root, err
		}
		for _, l := range leaves {
			if l.Position != t.size+1 {
				return 0, root, fmt.Errorf("position %d of lane %s is missing", t.size+1, lane)
			}
			t.add(l.Hash(), nil)
		}
		if len(leaves) < page {
			return t.size, t.root(), nil
		}
	}
}
