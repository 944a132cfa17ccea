package signin

import (
	"errors"
	"fmt"
	"strconv"
	"time"

	"diwan/modules/kernel"
)

// What people are told. Names and passwords are never told apart.
var (
	// ErrRefused is the one answer to a wrong name, a wrong password and a suspended account.
	ErrRefused = kernel.Problem{Code: "sign_in_refused", Message: kernel.Text{
		Ar: "الاسم وكلمة السر لا يتوافقان.", En: "Name and password do not fit.",
	}}
	// ErrCode: a code that is wrong, was used, or is over.
	ErrCode = kernel.Problem{Code: "code_refused", Path: "code", Message: kernel.Text{
		Ar: "الرمز غير صحيح أو استُعمل من قبل. انتظر الرمز التالي.", En: "The code is wrong or was used before. Wait for the next one.",
	}}
	// ErrHalf: the first step of a sign-in is too old, or was finished before.
	ErrHalf = kernel.Problem{Code: "sign_in_over", Message: kernel.Text{
		Ar: "انتهت مهلة الدخول. ابدأ من جديد.", En: "This sign-in took too long. Begin again.",
	}}
	// ErrPasskey: what the authenticator answered does not fit.
	ErrPasskey = kernel.Problem{Code: "passkey_refused", Message: kernel.Text{
		Ar: "لم يُقبل مفتاح المرور. أعد المحاولة.", En: "The passkey was not accepted. Try again.",
	}}
	// ErrSignedOut: the session is over.
	ErrSignedOut = kernel.Problem{Code: "unauthenticated", Message: kernel.Text{
		Ar: "سجّل الدخول أولاً.", En: "Sign in first.",
	}}
	// ErrStepUp: the act needs a fresh proof of who acts.
	ErrStepUp = kernel.Problem{Code: "step_up_required", Message: kernel.Text{
		Ar: "هذا الإجراء يحتاج إلى تأكيد هويتك الآن. أكّدها وأعد الإجراء.", En: "This act needs you to confirm who you are now. Confirm, and do it again.",
	}}
	// ErrNoFactor: the act needs a second factor and the person has none.
	ErrNoFactor = kernel.Problem{Code: "second_factor_missing", Message: kernel.Text{
		Ar: "الموافقات تحتاج إلى عامل تحقق ثانٍ. أضف تطبيق الرموز أو مفتاح مرور في صفحة حسابك.",
		En: "Approvals need a second factor. Add an authenticator app or a passkey on your account page.",
	}}
	// ErrInvitation: the one-time code is wrong, was used, or is over.
	ErrInvitation = kernel.Problem{Code: "invitation_refused", Path: "code", Message: kernel.Text{
		Ar: "رمز المرة الواحدة غير صحيح أو استُعمل أو انتهت مدته. اطلب رمزاً جديداً من مدير النظام.",
		En: "The one-time code is wrong, was used, or has run out. Ask your administrator for a new one.",
	}}
	// ErrIssuer: the other issuer's answer does not fit what was asked of it.
	ErrIssuer = kernel.Problem{Code: "issuer_refused", Message: kernel.Text{
		Ar: "لم يُقبل الدخول من الجهة الأخرى. ابدأ من جديد.", En: "The sign-in by the other service was not accepted. Begin again.",
	}}
)

// errCrowded: so many strangers sign in at once that this one must come back.
var errCrowded = errors.New("too many sign-ins wait")

// Wait tells how long somebody has to wait before the next attempt. It is the same for names that
// exist and names that do not.
func Wait(d time.Duration) kernel.Problem {
	seconds := int64((d + time.Second - 1) / time.Second)
	seconds = max(1, seconds)
	return kernel.Problem{
		Code: "sign_in_wait", Details: map[string]string{"seconds": strconv.FormatInt(seconds, 10)},
		Message: kernel.Text{
			Ar: fmt.Sprintf("محاولات كثيرة. أعد المحاولة بعد %d ثانية، أو ادخل بمفتاح مرور أو من جهاز دخلت منه من قبل.", seconds),
			En: fmt.Sprintf("Too many attempts. Try again in %d seconds, or use a passkey, or a device you have signed in on before.", seconds),
		},
	}
}

func refused(code, path, ar, en string) kernel.Problem {
	return kernel.Problem{Code: code, Path: path, Message: kernel.Text{Ar: ar, En: en}}
}
