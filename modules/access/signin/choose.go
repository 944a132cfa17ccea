package signin

import (
	"context"
	"fmt"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/jackc/pgx/v5"
	"github.com/trustelem/zxcvbn/frequency"
	"golang.org/x/text/unicode/norm"

	"diwan/modules/kernel"
)

// How long a password is at least, in letters.
const (
	alonePassword  = 15 // as the only factor
	secondPassword = 8  // beside a second factor
)

// localWords are what people of this country's offices would try first.
const localWords = `diwan ديوان jordan jordanian amman irbid zarqa aqaba karak salt mafraq madaba jerash ajloun tafila maan hashemite
الأردن اردن أردن الاردن عمان عمّان اربد إربد الزرقاء العقبة الكرك السلط المفرق مادبا جرش عجلون الطفيلة معان هاشمية الهاشمية المملكة
ministry minister finance treasury budget government municipality palace police army directorate department employee welcome secret
وزارة وزير مالية المالية خزينة موازنة حكومة الحكومة بلدية مديرية دائرة موظف موظفة مرحبا سر كلمة السر محمد احمد أحمد علي فاطمة الله
password passw0rd admin administrator user login qwerty letmein changeme temp temporary test hello azerty asdfgh zxcvbn iloveyou
كلمةالسر كلمةالمرور مرور password123 ramadan رمضان january february march april may june july august september october november
december sunday monday tuesday wednesday thursday friday saturday spring summer autumn winter`

// words is the list of common passwords and local words, made once.
type words map[string]bool

func commonWords() words {
	w := words{}
	for _, one := range frequency.FrequencyLists["passwords"] {
		w[one] = true
	}
	for _, one := range strings.Fields(localWords) {
		w[strings.ToLower(one)] = true
	}
	return w
}

// CheckPassword tells what is wrong with a password somebody chooses. Long is what counts: nothing
// must be mixed in, and nothing runs out. alone is whether it is the only factor.
func (h *House) CheckPassword(password string, who Person, alone bool) error {
	return checkChoice(password, who, alone, h.words)
}

func checkChoice(password string, who Person, alone bool, common words) error {
	const path = "password"
	text := string(norm.NFKC.Bytes([]byte(password)))
	least := secondPassword
	if alone {
		least = alonePassword
	}
	letters := utf8.RuneCountInString(text)
	switch {
	case !utf8.ValidString(password) || strings.IndexFunc(text, unicode.IsControl) >= 0:
		return refused("password_unreadable", path, "في كلمة السر رموز لا تُقرأ.", "The password holds signs that cannot be read.")
	case letters < least:
		return kernel.Problem{
			Code: "password_short", Path: path, Details: map[string]string{"least": fmt.Sprint(least), "letters": fmt.Sprint(letters)},
			Message: kernel.Text{
				Ar: fmt.Sprintf("كلمة السر %d حرفاً على الأقل، وهذه %d. جملة من أربع كلمات سهلة الحفظ.", least, letters),
				En: fmt.Sprintf("A password has at least %d letters; this one has %d. A sentence of four words is easy to keep.", least, letters),
			},
		}
	case len(password) > longestPassword:
		return refused("password_long", path, "كلمة السر أطول من 1024 بايت.", "The password is longer than 1,024 bytes.")
	case common.guessable(text, who):
		return refused("password_common", path,
			"كلمة السر هذه سهلة التخمين: كلمات شائعة أو محلية أو اسمك أو تكرار. اختر جملة لا يعرفها غيرك.",
			"This password is easily guessed: common or local words, your name, or a pattern. Choose a sentence only you know.")
	}
	return nil
}

// guessable tells whether a password is nothing but a common or local word or two, the person's own
// names, and digits or signs around them; or a pattern.
func (w words) guessable(text string, who Person) bool {
	text = strings.ToLower(text)
	if w[text] || repeats(text) || runs(text) {
		return true
	}
	own := map[string]bool{}
	noLetter := func(r rune) bool { return !unicode.IsLetter(r) }
	for _, name := range strings.FieldsFunc(strings.ToLower(who.Name.Ar+" "+who.Name.En+" "+who.ID), noLetter) {
		own[name] = true
	}
	known := func(s string) bool { return w[s] || own[s] }
	for _, plain := range []string{lettersOf(text), lettersOf(unmasked.Replace(text))} {
		if plain == "" || known(plain) || made(plain, 3, known) {
			return true
		}
	}
	return false
}

// unmasked undoes the usual disguises of letters.
var unmasked = strings.NewReplacer("0", "o", "1", "i", "3", "e", "4", "a", "5", "s", "7", "t", "8", "b", "@", "a", "$", "s", "!", "i")

func lettersOf(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) {
			return r
		}
		return -1
	}, s)
}

// made tells whether s is put together of at most n known words of three letters or more.
func made(s string, n int, known func(string) bool) bool {
	if s == "" {
		return true
	}
	if n == 0 {
		return false
	}
	letters := []rune(s)
	for end := 3; end <= len(letters) && end <= 24; end++ {
		if known(string(letters[:end])) && made(string(letters[end:]), n-1, known) {
			return true
		}
	}
	return false
}

// repeats tells whether a text is one part of at most four letters over and over.
func repeats(s string) bool {
	letters := []rune(s)
	for period := 1; period <= 4 && period*2 <= len(letters); period++ {
		same := true
		for i := period; i < len(letters) && same; i++ {
			same = letters[i] == letters[i-period]
		}
		if same {
			return true
		}
	}
	return false
}

// runs tells whether a text climbs or falls letter by letter, as 123456789 does, or along a keyboard.
func runs(s string) bool {
	letters := []rune(s)
	steps := 0
	for i := 1; i < len(letters); i++ {
		d := letters[i] - letters[i-1]
		if d == 1 || d == -1 || d == 0 || beside(letters[i-1], letters[i]) {
			steps++
		}
	}
	return len(letters) > 3 && steps >= len(letters)-2
}

const keyboards = "1234567890 qwertyuiop asdfghjkl zxcvbnm ضصثقفغعهخحجد شسيبلاتنمكط ئءؤرىةوزظ"

func beside(a, b rune) bool {
	return strings.Contains(keyboards, string([]rune{a, b})) || strings.Contains(keyboards, string([]rune{b, a}))
}

// ChangePassword replaces the password of somebody who knows it. All other sessions end.
func (h *House) ChangePassword(ctx context.Context, one Session, old, chosen string, from Origin) error {
	a, _, err := h.account(ctx, one.Person)
	if err != nil {
		return err
	}
	if a.password != "" {
		if err := h.provePassword(ctx, a, old, from); err != nil {
			return atOld(err)
		}
	}
	if err := h.choose(ctx, one.Person, one.Person, chosen, a.factors()); err != nil {
		return err
	}
	_, err = h.Sessions.EndAll(ctx, one.Person, one.ID)
	return err
}

// atOld moves a refusal of the old password to its field.
func atOld(err error) error {
	if all := kernel.ProblemsOf(err); len(all) == 1 && all[0].Path == "password" {
		all[0].Path = "old"
		return all[0]
	}
	return err
}

// choose sets a password that is good enough.
func (h *House) choose(ctx context.Context, by, person, chosen string, factors bool) error {
	who, known := h.config.People.Person(person)
	if !known {
		return ErrSignedOut
	}
	if err := h.CheckPassword(chosen, who, !factors); err != nil {
		return err
	}
	leave, err := h.gate.enter(ctx, true)
	if err != nil {
		return fmt.Errorf("wait to keep a password: %w", err)
	}
	hash, err := hashPassword(chosen, h.config.Cost)
	leave()
	if err != nil {
		return err
	}
	alone := utf8.RuneCount(spelled(chosen)) >= alonePassword
	first, err := h.keepPassword(ctx, person, hash, alone, h.clock())
	if err != nil {
		return err
	}
	return h.tell(ctx, by, person, PasswordChanged{First: first})
}

func (h *House) keepPassword(ctx context.Context, person, hash string, alone bool, now time.Time) (first bool, err error) {
	err = h.write(ctx, func(tx pgx.Tx) error {
		if err := makeAccount(ctx, tx, person, now); err != nil {
			return err
		}
		return tx.QueryRow(ctx, `update signin.account a set password = $2, password_alone = $3, password_at = $4
			from (select person, password is null as first from signin.account where person = $1 for update) o
			where a.person = o.person returning o.first`, person, hash, alone, now).Scan(&first)
	})
	if err != nil {
		return false, fmt.Errorf("keep a password: %w", err)
	}
	return first, nil
}

// GivePasswords lets people without a password sign in with a shared one, as the demo does.
func (h *House) GivePasswords(ctx context.Context, people []string, shared string) error {
	hash, err := hashPassword(shared, h.config.Cost) // they share it, so a salt each would hide nothing
	if err != nil {
		return err
	}
	now := h.clock()
	err = h.write(ctx, func(tx pgx.Tx) error {
		for _, person := range people {
			if err := makeAccount(ctx, tx, person, now); err != nil {
				return err
			}
			if _, err := tx.Exec(ctx, `update signin.account set password = $2, password_alone = true, password_at = $3
				where person = $1 and password is null`, person, hash, now); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("give the demo's people their password: %w", err)
	}
	return nil
}
