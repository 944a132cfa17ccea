package signin

import (
	"context"
	"testing"
)

func TestAnOperatorSeesWhoCanSignIn(t *testing.T) {
	o := openOffice(t)
	ctx := context.Background()
	o.enter("rana")
	o.withApp("huda")
	must(t, o.Suspend(ctx, "ahmad", "huda"))
	all, err := o.Accounts(ctx)
	must(t, err)
	if len(all) != 2 || all[0].Person != "huda" || !all[0].TOTP || all[0].Suspended == nil || all[0].Codes != 10 ||
		all[1].Person != "rana" || !all[1].Password || all[1].Sessions != 1 || all[1].Used == nil {
		t.Errorf("the accounts are %+v", all)
	}
}
