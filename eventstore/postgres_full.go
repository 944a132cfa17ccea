package eventstore

import (
	"github.com/jackc/pgx/v5/pgconn"

	"diwan/modules/kernel"
)

// outOfResources says in words what the database ran out of, or that its disk fails: nothing was written, reading goes on,
// and the command may be sent again as soon as there is room.
func outOfResources(err *pgconn.PgError) error {
	if err.Code == "53100" {
		return kernel.Problem{Code: "log.disk_full", Message: kernel.Text{
			Ar: "امتلأ قرص قاعدة البيانات ولم يُحفظ شيء. القراءة مستمرة، ويمكن إعادة الطلب نفسه بعد توفير مساحة.",
			En: "The database's disk is full and nothing was saved. Reading goes on; the same request can be sent again once there is room.",
		}}
	}
	if err.Code[:2] == "58" {
		return kernel.Problem{Code: "log.disk_failing", Message: kernel.Text{
			Ar: "قرص قاعدة البيانات لا يستجيب ولم يُحفظ شيء. يلزم فحص القرص قبل إعادة الطلب نفسه.",
			En: "The database's disk does not answer and nothing was saved. The disk must be looked at before the same request is sent again.",
		}}
	}
	return kernel.Problem{Code: "log.no_resources", Message: kernel.Text{
		Ar: "استنفدت قاعدة البيانات مواردها ولم يُحفظ شيء. أعد الطلب نفسه بعد قليل.",
		En: "The database has run out of resources and nothing was saved. Send the same request again in a moment.",
	}}
}
