package finance

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"strings"
	"testing"

	"github.com/google/uuid"

	"diwan/database/dbtest"
	"diwan/eventstore"
	"diwan/projections/projectionstest"
)

// A9, its file: three payments that sum to 1,245.000, Arabic as it is, and the same bytes whoever asks
// again and whenever; a batch that was not released has none.
func TestA9TheFileOfABatchIsTheSameWheneverItIsAskedFor(t *testing.T) {
	db := dbtest.New(t)
	log, err := eventstore.OpenPostgres(t.Context(), db, Categories()...)
	o := openOffice(t, opened(t, log, err))
	batch := o.built(o.treasury(), o.approved("1,234.567"), o.approved("0.433"), o.approved("10.000"))
	reports, err := o.m.NewReports(o.ctx(), db)
	if err != nil {
		t.Fatal(err)
	}
	projectionstest.CatchUp(t, db, o.log, Views()...)
	lina := o.lina
	lina.Permissions = map[Permission]bool{MayPayVoucher: true, MayReadFinance: true}
	lina.Units = Everywhere(lina.Permissions)
	write := func(by Officer) ([]byte, error) {
		var file bytes.Buffer
		err := o.m.WriteBatchFile(o.ctx(), by, reports, batch, &file)
		return file.Bytes(), err
	}
	_, err = write(lina)
	o.refused("finance.batch_stage", "id", eventstore.Receipt{}, err)
	o.must(o.m.ReleaseBatch(o.ctx(), o.zaid, ActOnBatch{Command: uuid.New(), ID: batch}))
	_, err = write(o.rana)
	o.refused("finance.not_permitted", "*", eventstore.Receipt{}, err)

	file, err := write(lina)
	if err != nil {
		t.Fatal(err)
	}
	for _, part := range []string{"<NbOfTxs>3</NbOfTxs>", "<CtrlSum>1245.000</CtrlSum>", "الخزينة العامة", "JO94CBJO0010000000000131000302", "pain.001.001.03"} {
		if !strings.Contains(string(file), part) {
			t.Errorf("the file lacks %s:\n%s", part, file)
		}
	}
	o.day = on(t, "2026-06-20")
	again, err := write(lina)
	if err != nil || !bytes.Equal(file, again) {
		t.Errorf("asked again the file differs (%v)", err)
	}
	sum := sha256.Sum256(file)
	if b := state[PaymentBatch](o, batchCategory(), batchStream(batch)); b.File != hex.EncodeToString(sum[:]) {
		t.Errorf("the batch records %q", b.File)
	}
}
