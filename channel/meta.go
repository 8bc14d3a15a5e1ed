package channel

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"net/http"
	"strconv"
	"strings"
	"time"

	"tandem"
)

// What all webhooks of Meta have in common: the handshake, the signature, the envelope and ids that
// are texts one day and numbers the next (CHANNELS 1).

func init() {
	RegisterHook(Hook{Name: "meta", Secret: "app_secret", Token: "verify_token",
		Handshake: handshake, Parse: parseMeta, read: readMeta})
}

// MaxBody is the longest webhook that is read, in bytes. WhatsApp promises at most 3 MB
// (CHANNELS 1.2).
const MaxBody = 4 << 20

// handshake answers the subscription's GET. Proxies in the PHP manner turn dots into underscores.
func handshake(tokens []string, call tandem.Webhook) (int, string) {
	ask := func(name string) string {
		for _, key := range []string{"hub." + name, "hub_" + name} {
			if v := call.Query[key]; len(v) > 0 {
				return v[0]
			}
		}
		return ""
	}
	given := []byte(ask("verify_token"))
	good := false
	for _, t := range tokens {
		good = hmac.Equal(given, []byte(t)) && t != "" || good
	}
	if !good || ask("mode") != "subscribe" {
		return http.StatusForbidden, "forbidden"
	}
	return http.StatusOK, ask("challenge")
}

// signed checks X-Hub-Signature-256 over the raw bytes. Several secrets stand for several apps and
// for one that is being replaced; the SHA-1 header is not looked at.
func signed(secrets []string, call tandem.Webhook) error {
	if len(call.Body) > MaxBody {
		return tandem.Coded(tandem.TooLarge, "too_large", "a webhook is longer than %d bytes", MaxBody)
	}
	text, found := strings.CutPrefix(call.Header.Get("X-Hub-Signature-256"), "sha256=")
	mac, err := hex.DecodeString(text)
	if !found || err != nil {
		return tandem.Coded(tandem.Denied, "unsigned", "a webhook is not signed")
	}
	for _, s := range secrets {
		m := hmac.New(sha256.New, []byte(s))
		m.Write(call.Body)
		if s != "" && hmac.Equal(mac, m.Sum(nil)) {
			return nil
		}
	}
	return tandem.Coded(tandem.Denied, "signature", "a webhook's signature is wrong")
}

// envelope is the frame of every webhook. The parts stay raw, so that one odd element does not
// spoil the others of its batch.
type envelope struct {
	Object string `json:"object"`
	Entry  []struct {
		ID        id                `json:"id"`
		Time      stamp             `json:"time"`
		Messaging []json.RawMessage `json:"messaging"`
		Standby   []json.RawMessage `json:"standby"`
		Changes   []change          `json:"changes"`
		// Instagram Login documents also show one change directly in the entry (CHANNELS 1.5).
		change
	} `json:"entry"`
}

type change struct {
	Field string          `json:"field"`
	Value json.RawMessage `json:"value"`
}

// open verifies a call and returns its envelope.
func open(secrets []string, call tandem.Webhook) (e envelope, err error) {
	if err := signed(secrets, call); err != nil {
		return e, err
	}
	if _, err := decode(call.Body, &e); err != nil {
		return e, tandem.Coded(tandem.Invalid, "unreadable", "a webhook is no JSON of the known form")
	}
	return e, nil
}

// decode reads JSON and goes on past values of an unexpected type: one odd field must not cost the
// message around it. It tells whether everything fitted.
func decode(b []byte, v any) (fitted bool, err error) {
	err = json.Unmarshal(b, v)
	if _, odd := errors.AsType[*json.UnmarshalTypeError](err); odd {
		return false, nil
	}
	return err == nil, err
}

// place is where an event was found: whose it is and when the batch was sent.
type place struct {
	account string
	sent    time.Time
	standby bool
}

// key marks the copy that an app gets while another owns the thread: the owner's copy of the same
// message must still get through later (CHANNELS 1.6).
func (p place) key(k string) string {
	if p.standby {
		return "standby:" + k
	}
	return k
}

// at returns when an event happened; some carry no time of their own.
func (p place) at(s stamp) time.Time {
	if s.IsZero() {
		return p.sent
	}
	return s.Time
}

// unreadable is the event of an element that has a form nobody knows, so that a message hidden in
// it is not lost in silence. The raw body is kept by the receiver.
func (p place) unreadable(raw []byte) tandem.Inbound {
	return tandem.Inbound{Kind: tandem.InNews, Account: p.account, Problem: "unreadable",
		Key: p.key("unreadable:" + sign("", raw)), At: p.sent}
}

// parseMeta reads the webhooks of Pages and of Instagram accounts.
func parseMeta(secrets []string, call tandem.Webhook) ([]tandem.Inbound, error) {
	e, err := open(secrets, call)
	if err != nil {
		return nil, err
	}
	return readMeta(e, call.At), nil
}

func readMeta(e envelope, _ time.Time) []tandem.Inbound {
	changes, known := map[string]func(place, change) []tandem.Inbound{
		"page": pageChange, "instagram": instagramChange,
	}[e.Object]
	if !known {
		return nil
	}
	var all []tandem.Inbound
	for _, entry := range e.Entry {
		p := place{account: string(entry.ID), sent: entry.Time.Time}
		for _, raw := range entry.Messaging {
			all = append(all, messaging(p, raw)...)
		}
		for _, c := range entry.Changes {
			all = append(all, changes(p, c)...)
		}
		if entry.Field != "" {
			all = append(all, changes(p, entry.change)...)
		}
		p.standby = true
		for _, raw := range entry.Standby {
			all = append(all, messaging(p, raw)...)
		}
	}
	return all
}

// id is an identifier that may come as a text or as a number. It never passes through a float,
// which would lose the last digits of the long ones.
type id string

// UnmarshalJSON takes texts and numbers; anything else is an empty id.
func (i *id) UnmarshalJSON(b []byte) error {
	*i = ""
	var s string
	switch {
	case json.Unmarshal(b, &s) == nil:
		*i = id(s)
	case len(b) > 0 && (b[0] == '-' || b[0] >= '0' && b[0] <= '9'):
		*i = id(b)
	}
	return nil
}

// number is a whole number that may come as a text; anything else is 0.
type number int64

// UnmarshalJSON takes numbers and texts of digits.
func (n *number) UnmarshalJSON(b []byte) error {
	v, err := strconv.ParseInt(strings.Trim(string(b), `"`), 10, 64)
	if err != nil {
		v = 0
	}
	*n = number(v)
	return nil
}

// flag is a yes or no that may come as a text; anything unknown is no.
type flag bool

// UnmarshalJSON takes true, "true" and 1.
func (f *flag) UnmarshalJSON(b []byte) error {
	v, _ := strconv.ParseBool(strings.Trim(string(b), `"`))
	*f = flag(v)
	return nil
}

// stamp is a moment in seconds or milliseconds, as number or text, or in the form of RFC 3339 with
// or without the colon of the zone.
type stamp struct{ time.Time }

// UnmarshalJSON reads any of the forms; an unknown one is the zero time. Facebook sends seconds
// where milliseconds belong, hence the border at 10^12 (CHANNELS 1.5).
func (s *stamp) UnmarshalJSON(b []byte) error {
	text := strings.Trim(string(b), `"`)
	s.Time = time.Time{}
	if n, err := strconv.ParseInt(text, 10, 64); err == nil {
		switch {
		case n >= 1e12 && n < 1e14:
			s.Time = time.UnixMilli(n).UTC()
		case n > 0 && n < 1e12:
			s.Time = time.Unix(n, 0).UTC()
		}
		return nil
	}
	for _, form := range []string{time.RFC3339, "2006-01-02T15:04:05Z0700"} {
		if t, err := time.Parse(form, text); err == nil {
			s.Time = t.UTC()
			return nil
		}
	}
	return nil
}
