package access

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"encoding/base64"
	"fmt"
	"runtime"
	"strings"
	"unicode/utf8"

	"golang.org/x/crypto/argon2"

	"tandem"
)

// The cost of a hash: 19 MiB, two passes, one lane (OWASP Password Storage Cheat Sheet, first
// argon2id choice). 66 ms were measured on a machine with two cores.
const (
	memoryKiB = 19 * 1024
	passes    = 2
	lanes     = 1
	keyBytes  = 32
	saltBytes = 16
)

// slots bounds how many hashes are computed at once: more than there are cores only makes each
// slower and takes memory.
var slots = make(chan struct{}, runtime.NumCPU())

// longestPassword keeps somebody from making us hash megabytes.
const longestPassword = 1024

// Hash returns a password as it is stored: argon2id in PHC form. It waits for a free slot; ctx ends
// the wait. Invalid: empty, or longer than 1024 bytes, or no text.
func Hash(ctx context.Context, password string) (string, error) {
	if password == "" || len(password) > longestPassword || !utf8.ValidString(password) {
		return "", tandem.Coded(tandem.Invalid, "bad_password", "a password is a text of 1 to %d bytes", longestPassword)
	}
	salt := make([]byte, saltBytes)
	rand.Read(salt) // never fails (crypto/rand since Go 1.24)
	sum, err := derive(ctx, password, salt, memoryKiB, passes, lanes)
	if err != nil {
		return "", err
	}
	enc := base64.RawStdEncoding
	return fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$%s$%s", argon2.Version, memoryKiB, passes, lanes, enc.EncodeToString(salt), enc.EncodeToString(sum)), nil
}

// nobody is a hash that no password fits. An unknown address is checked against it, so that it takes
// as long to be refused as a wrong password.
var nobody = fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$%s$%s", argon2.Version, memoryKiB, passes, lanes,
	base64.RawStdEncoding.EncodeToString(make([]byte, saltBytes)), base64.RawStdEncoding.EncodeToString(make([]byte, keyBytes)))

// Check tells whether a password fits a stored hash. An empty hash stands for somebody who is not
// there and takes as long as any other. The error is that of ctx.
func Check(ctx context.Context, hash, password string) (bool, error) {
	there := hash != ""
	if !there {
		hash = nobody
	}
	var version int
	var memory, time uint32
	var threads uint8
	parts := strings.Split(hash, "$")
	if len(parts) != 6 || parts[1] != "argon2id" || len(password) > longestPassword {
		return false, nil
	}
	if _, err := fmt.Sscanf(parts[2]+" "+parts[3], "v=%d m=%d,t=%d,p=%d", &version, &memory, &time, &threads); err != nil || version != argon2.Version {
		return false, nil
	}
	salt, err := base64.RawStdEncoding.DecodeString(parts[4])
	want, err2 := base64.RawStdEncoding.DecodeString(parts[5])
	if err != nil || err2 != nil || memory > 1<<20 || time == 0 || time > 16 || threads == 0 {
		return false, nil
	}
	got, err := derive(ctx, password, salt, memory, time, threads)
	if err != nil {
		return false, err
	}
	return subtle.ConstantTimeCompare(got, want) == 1 && there, nil
}

func derive(ctx context.Context, password string, salt []byte, memory, time uint32, threads uint8) ([]byte, error) {
	select {
	case slots <- struct{}{}:
	case <-ctx.Done():
		return nil, tandem.Errorf(tandem.Transient, "too many sign-ins at once: %w", ctx.Err())
	}
	defer func() { <-slots }()
	return argon2.IDKey([]byte(password), salt, time, memory, threads, keyBytes), nil
}
