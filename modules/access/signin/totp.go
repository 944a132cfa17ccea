package signin

import (
	"bytes"
	"context"
	"crypto/rand"
	"crypto/subtle"
	"encoding/base32"
	"encoding/base64"
	"errors"
	"fmt"
	"image/png"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/pquerna/otp"
	"github.com/pquerna/otp/hotp"
	"github.com/pquerna/otp/totp"

	"diwan/modules/kernel"
)

// The authenticator app shows six digits that change every half minute; one step early or late is
// taken, each step once.
const (
	totpPeriod = 30
	totpSlack  = 1
	totpLife   = 10 * time.Minute // to finish enrolling
)

// Enrolment is what the app is set up with. It is shown once.
type Enrolment struct {
	Secret   string `json:"secret"`   // to type, in base32
	Address  string `json:"address"`  // otpauth://…
	Picture  string `json:"picture"`  // the same as a QR code: a PNG in a data URI
	Ceremony string `json:"ceremony"` // comes back with the first code
}

type enrolling struct {
	Person string `json:"person"`
	Seed   []byte `json:"seed"` // sealed with the person's key
}

// EnrolTOTP draws a seed. Nothing changes until ConfirmTOTP shows that the app has it.
func (h *House) EnrolTOTP(ctx context.Context, person string) (Enrolment, error) {
	raw := make([]byte, 20)
	if _, err := rand.Read(raw); err != nil {
		return Enrolment{}, fmt.Errorf("draw a seed: %w", err)
	}
	key, err := totp.Generate(totp.GenerateOpts{Issuer: "Diwan", AccountName: person, Secret: raw, Period: totpPeriod, Digits: otp.DigitsSix})
	if err != nil {
		return Enrolment{}, fmt.Errorf("make the address of an authenticator app: %w", err)
	}
	picture, err := key.Image(240, 240)
	if err != nil {
		return Enrolment{}, fmt.Errorf("draw the QR code of an authenticator app: %w", err)
	}
	var file bytes.Buffer
	if err := png.Encode(&file, picture); err != nil {
		return Enrolment{}, fmt.Errorf("draw the QR code of an authenticator app: %w", err)
	}
	seed, err := h.config.Sealer.Seal(ctx, vaultID(person), []byte(key.Secret()))
	if err != nil {
		return Enrolment{}, fmt.Errorf("seal a seed: %w", err)
	}
	ceremony, err := h.seals.seal(totpSeal, h.clock().Add(totpLife), enrolling{person, seed})
	if err != nil {
		return Enrolment{}, err
	}
	return Enrolment{
		Secret: key.Secret(), Address: key.URL(), Ceremony: ceremony,
		Picture: "data:image/png;base64," + base64.StdEncoding.EncodeToString(file.Bytes()),
	}, nil
}

// ConfirmTOTP takes the app into use with its first code. Recovery codes come back when the person
// had none. Errors: ErrHalf, ErrCode.
func (h *House) ConfirmTOTP(ctx context.Context, person, ceremony, code string) (codes []string, err error) {
	var e enrolling
	hash, until, ok := h.seals.open(totpSeal, ceremony, h.clock(), &e)
	if !ok || e.Person != person {
		return nil, ErrHalf
	}
	secret, err := h.config.Sealer.Open(ctx, vaultID(person), e.Seed)
	if err != nil {
		return nil, fmt.Errorf("open a seed: %w", err)
	}
	step, fits, err := matchTOTP(string(secret), code, h.clock())
	if err != nil || !fits {
		return nil, orRefuse(err, ErrCode)
	}
	now := h.clock()
	err = h.write(ctx, func(tx pgx.Tx) error {
		if fresh, err := once(ctx, tx, hash, until); err != nil || !fresh {
			return orRefuse(err, ErrHalf)
		}
		if err := makeAccount(ctx, tx, person, now); err != nil {
			return err
		}
		if _, err := tx.Exec(ctx, `update signin.account set totp = $2, totp_step = $3, totp_at = $4 where person = $1`, person, e.Seed, step, now); err != nil {
			return err
		}
		codes, err = firstRecoveryCodes(ctx, tx, person)
		return err
	})
	if err != nil {
		return nil, problemOr(err, "take an authenticator app into use")
	}
	return codes, h.tell(ctx, person, person, FactorAdded{Kind: "totp"})
}

// useTOTP accepts a code of the account's app once.
func (h *House) useTOTP(ctx context.Context, tx pgx.Tx, a account, code string) error {
	if a.totp == nil {
		return ErrCode
	}
	secret, err := h.config.Sealer.Open(ctx, vaultID(a.person), a.totp)
	if err != nil {
		return fmt.Errorf("open the seed of %s: %w", a.person, err)
	}
	step, fits, err := matchTOTP(string(secret), code, h.clock())
	if err != nil || !fits {
		return orRefuse(err, ErrCode)
	}
	tag, err := tx.Exec(ctx, `update signin.account set totp_step = $2 where person = $1 and totp_step < $2`, a.person, step)
	if err != nil {
		return err
	}
	if tag.RowsAffected() == 0 { // this step, or a later one, was used
		return ErrCode
	}
	return nil
}

// matchTOTP finds the step whose code it is. All steps are compared, so that the time tells nothing.
func matchTOTP(secret, code string, now time.Time) (step int64, fits bool, err error) {
	code = kernel.WesternDigits(code)
	if _, err := base32.StdEncoding.WithPadding(base32.NoPadding).DecodeString(secret); err != nil {
		return 0, false, errors.New("a seed is not base32")
	}
	current := now.Unix() / totpPeriod
	for s := current - totpSlack; s <= current+totpSlack; s++ {
		want, err := hotp.GenerateCodeCustom(secret, uint64(s), hotp.ValidateOpts{Digits: otp.DigitsSix, Algorithm: otp.AlgorithmSHA1})
		if err != nil {
			return 0, false, fmt.Errorf("compute a code: %w", err)
		}
		if subtle.ConstantTimeCompare([]byte(want), []byte(code)) == 1 {
			step, fits = s, true
		}
	}
	return step, fits, nil
}

// problemOr passes refusals and names what failed otherwise.
func problemOr(err error, tried string) error {
	if kernel.ProblemsOf(err) != nil {
		return err
	}
	return fmt.Errorf("%s: %w", tried, err)
}
