package access

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"net/http"
	"time"
)

// SessionLasts is how long a session is good for.
const SessionLasts = 14 * 24 * time.Hour

// Cookie is the name of the session cookie.
const Cookie = "tandem_session"

// NewToken makes a session's token, 256 bits of chance, and the hash under which it is stored. Who
// reads the database cannot sign in with what is there.
func NewToken() (token, hash string) {
	b := make([]byte, 32)
	rand.Read(b) // never fails (crypto/rand since Go 1.24)
	token = base64.RawURLEncoding.EncodeToString(b)
	return token, TokenHash(token)
}

// TokenHash returns the hash under which a token's session is stored.
func TokenHash(token string) string {
	sum := sha256.Sum256([]byte(token))
	return hex.EncodeToString(sum[:])
}

// SessionCookie is the cookie that carries a token. An empty token takes the cookie away. secure is
// whether the browser came over https.
func SessionCookie(token string, secure bool) http.Cookie {
	c := http.Cookie{Name: Cookie, Value: token, Path: "/", HttpOnly: true, Secure: secure, SameSite: http.SameSiteLaxMode, MaxAge: int(SessionLasts / time.Second)}
	if token == "" {
		c.MaxAge = -1
	}
	return c
}
