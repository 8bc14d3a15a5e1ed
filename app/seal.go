package app

import (
	"bytes"
	"context"
	"crypto/aes"
	"crypto/cipher"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"strings"

	"tandem"
	"tandem/store"
)

// Keys seal secrets at rest with AES-256-GCM. The first key seals; all open, so that a key can be
// replaced while the program runs on. It implements store.Sealer.
type Keys struct {
	first string
	aeads map[string]cipher.AEAD
}

const keyBytes = 32

// NewKey makes a line of a key file: 256 bits of chance in base64.
func NewKey() string {
	b := make([]byte, keyBytes)
	rand.Read(b) // never fails (crypto/rand since Go 1.24)
	return base64.StdEncoding.EncodeToString(b)
}

// ParseKeys reads the secrets key: 32 bytes as they are, or text with one base64 key of 32 bytes a
// line, the newest first; lines that begin with # are comments. Invalid says what is wrong without
// showing any of it.
func ParseKeys(raw []byte) (*Keys, error) {
	k := &Keys{aeads: map[string]cipher.AEAD{}}
	if len(raw) == keyBytes && !bytes.ContainsAny(raw, "\n=") {
		return k, k.add(raw)
	}
	for line := range strings.FieldsFuncSeq(string(raw), func(r rune) bool { return r == '\n' || r == ',' || r == '\r' }) {
		line = strings.TrimSpace(line)
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		b, err := base64.StdEncoding.DecodeString(line)
		if err != nil || len(b) != keyBytes {
			return nil, tandem.Coded(tandem.Invalid, "bad_key", "a secrets key is 32 bytes in base64, one a line; a line is not")
		}
		if err := k.add(b); err != nil {
			return nil, err
		}
	}
	if k.first == "" {
		return nil, tandem.Coded(tandem.Invalid, "bad_key", "the secrets key is empty")
	}
	return k, nil
}

// add takes one key. Its id is the beginning of its hash: it tells which key sealed a text and
// nothing about the key.
func (k *Keys) add(key []byte) error {
	block, err := aes.NewCipher(key)
	if err != nil {
		return err
	}
	aead, err := cipher.NewGCM(block)
	if err != nil {
		return err
	}
	sum := sha256.Sum256(append([]byte("tandem key id:"), key...))
	id := hex.EncodeToString(sum[:4])
	k.aeads[id] = aead
	if k.first == "" {
		k.first = id
	}
	return nil
}

// Seal encrypts a text. The same associated text must be given to open it, so that a sealed text
// cannot be moved to another row.
func (k *Keys) Seal(plain, associated string) (string, error) {
	aead := k.aeads[k.first]
	nonce := make([]byte, aead.NonceSize())
	rand.Read(nonce)
	sealed := aead.Seal(nonce, nonce, []byte(plain), []byte(k.first+"\x00"+associated))
	return "v1." + k.first + "." + base64.RawStdEncoding.EncodeToString(sealed), nil
}

// Open decrypts what Seal made with any of the keys. Denied: no key fits, or the text was changed
// or moved.
func (k *Keys) Open(sealed, associated string) (string, error) {
	parts := strings.Split(sealed, ".")
	if len(parts) != 3 || parts[0] != "v1" {
		return "", tandem.Errorf(tandem.Denied, "a sealed text is not of the known form")
	}
	aead, ok := k.aeads[parts[1]]
	if !ok {
		return "", tandem.Errorf(tandem.Denied, "a secret was sealed with key %s, which was not given", parts[1])
	}
	b, err := base64.RawStdEncoding.DecodeString(parts[2])
	if err != nil || len(b) < aead.NonceSize() {
		return "", tandem.Errorf(tandem.Denied, "a sealed text is damaged")
	}
	n := aead.NonceSize()
	plain, err := aead.Open(nil, b[:n], b[n:], []byte(parts[1]+"\x00"+associated))
	if err != nil {
		return "", tandem.Errorf(tandem.Denied, "a sealed text was changed or belongs to another row")
	}
	return string(plain), nil
}

// Reseal seals every stored secret anew with the first key and returns how many there were.
func (a *App) Reseal(ctx context.Context) (int, error) {
	n := 0
	accounts, err := a.db.Accounts(ctx)
	if err != nil {
		return n, err
	}
	for _, s := range accounts {
		if err := a.db.Write(ctx, s.Workspace, func(tx *store.Tx) error { return tx.SaveAccount(s.Account) }); err != nil {
			return n, err
		}
		n++
	}
	spaces, err := a.db.Workspaces(ctx)
	if err != nil {
		return n, err
	}
	for _, w := range spaces {
		sources, err := a.db.Sources(ctx, w.ID)
		if err != nil {
			return n, err
		}
		for _, s := range sources {
			if err := a.db.Write(ctx, w.ID, func(tx *store.Tx) error { return tx.SaveSource(s, "") }); err != nil {
				return n, err
			}
			n++
		}
	}
	return n, nil
}
