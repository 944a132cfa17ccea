package checkpoint

import (
	"crypto/ed25519"
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"strconv"
	"strings"
	"time"

	"golang.org/x/mod/sumdb/note"
)

// Witness is somebody outside who keeps the log's checkpoints: the audit court, a university.
type Witness struct {
	Name string
	Key  PublicKey
}

// String is the witness's public key in note form: name+hash+base64.
func (w Witness) String() string {
	material := append([]byte{typeCosignature}, w.Key[:]...)
	return fmt.Sprintf("%s+%08x+%s", w.Name, keyHash(w.Name, typeCosignature, w.Key), base64.StdEncoding.EncodeToString(material))
}

// ParseWitness reads a witness's public key in note form.
func ParseWitness(vkey string) (Witness, error) {
	parts := strings.SplitN(vkey, "+", 3)
	if len(parts) != 3 || !ValidName(parts[0]) {
		return Witness{}, fmt.Errorf("%q is not a witness key (name+hash+base64)", vkey)
	}
	hash, err := hex.DecodeString(parts[1])
	material, err2 := base64.StdEncoding.Strict().DecodeString(parts[2])
	if err != nil || err2 != nil || len(hash) != 4 || len(material) != 1+ed25519.PublicKeySize || material[0] != typeCosignature {
		return Witness{}, fmt.Errorf("the key of witness %s is not a cosignature/v1 key", parts[0])
	}
	w := Witness{Name: parts[0], Key: PublicKey(material[1:])}
	if keyHash(w.Name, typeCosignature, w.Key) != binary.BigEndian.Uint32(hash) {
		return Witness{}, fmt.Errorf("the key of witness %s does not fit its hash", w.Name)
	}
	return w, nil
}

// Verifier checks this witness's cosignatures.
func (w Witness) Verifier() note.Verifier {
	return verifier{w.Name, keyHash(w.Name, typeCosignature, w.Key), func(msg, sig []byte) bool {
		if len(sig) != 8+ed25519.SignatureSize || sig[0] >= 0x80 {
			return false
		}
		at := binary.BigEndian.Uint64(sig)
		return ed25519.Verify(w.Key[:], cosigned(at, string(msg)), sig[8:])
	}}
}

// Cosign returns the witness's signature line over a checkpoint's text, stating that at this time
// it was the largest consistent tree the witness had seen of that log.
func (k Key) Cosign(name, text string, at time.Time) string {
	var raw [12]byte
	binary.BigEndian.PutUint32(raw[:], keyHash(name, typeCosignature, k.Public()))
	binary.BigEndian.PutUint64(raw[4:], uint64(at.Unix()))
	sig := append(raw[:], ed25519.Sign(k.private, cosigned(uint64(at.Unix()), text))...)
	return "— " + name + " " + base64.StdEncoding.EncodeToString(sig) + "\n"
}

func cosigned(at uint64, text string) []byte {
	return []byte("cosignature/v1\ntime " + strconv.FormatUint(at, 10) + "\n" + text)
}

// Cosignatures returns, of the signature lines offered for a signed checkpoint, those that are
// valid cosignatures of a known witness, by the witness's name. Lines of strangers and broken ones
// are left out, as the protocol asks.
func Cosignatures(signed []byte, lines string, known []Witness) map[string]string {
	text, _, _ := strings.Cut(string(signed), "\n\n")
	found := make(map[string]string)
	for line := range strings.Lines(lines) {
		for _, w := range known {
			if !strings.HasPrefix(line, "— "+w.Name+" ") {
				continue
			}
			n, err := note.Open([]byte(text+"\n\n"+line), note.VerifierList(w.Verifier()))
			if err == nil && len(n.Sigs) == 1 {
				found[w.Name] = line
			}
		}
	}
	return found
}
