package sim

import (
	"bytes"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"strconv"
	"unicode/utf16"
)

// object is a JSON object whose keys keep their order, so that bodies look like the documents' samples.
type object []pair

// pair is one key with its value.
type pair struct {
	key   string
	value any
}

// obj builds an object from key, value, key, value ...; a nil value leaves the key out.
func obj(kv ...any) object {
	o := make(object, 0, len(kv)/2)
	for i := 0; i+1 < len(kv); i += 2 {
		if kv[i+1] != nil {
			o = append(o, pair{kv[i].(string), kv[i+1]})
		}
	}
	return o
}

// with gives a copy of o with one more key.
func (o object) with(key string, value any) object {
	return append(append(object{}, o...), pair{key, value})
}

// get is the value of a key, or nil.
func (o object) get(key string) any {
	for _, p := range o {
		if p.key == key {
			return p.value
		}
	}
	return nil
}

// encode writes JSON the way Meta does: every non-ASCII rune as \u with lower-case hex, every slash as \/
// (CHANNELS 1.2). A receiver that parses and writes it again gets other bytes and therefore another signature.
func encode(v any) []byte {
	var b bytes.Buffer
	write(&b, v)
	return b.Bytes()
}

// write appends one value. An unknown type is a mistake in this package, never in input.
func write(b *bytes.Buffer, v any) {
	switch v := v.(type) {
	case nil:
		b.WriteString("null")
	case string:
		writeString(b, v)
	case bool:
		b.WriteString(strconv.FormatBool(v))
	case int:
		b.WriteString(strconv.Itoa(v))
	case int64:
		b.WriteString(strconv.FormatInt(v, 10))
	case float64:
		b.WriteString(strconv.FormatFloat(v, 'f', -1, 64))
	case json.Number:
		b.WriteString(v.String())
	case object:
		b.WriteByte('{')
		for i, p := range v {
			if i > 0 {
				b.WriteByte(',')
			}
			writeString(b, p.key)
			b.WriteByte(':')
			write(b, p.value)
		}
		b.WriteByte('}')
	case []object:
		list := make([]any, len(v))
		for i := range v {
			list[i] = v[i]
		}
		write(b, list)
	case []string:
		list := make([]any, len(v))
		for i := range v {
			list[i] = v[i]
		}
		write(b, list)
	case []any:
		b.WriteByte('[')
		for i, e := range v {
			if i > 0 {
				b.WriteByte(',')
			}
			write(b, e)
		}
		b.WriteByte(']')
	default:
		panic(fmt.Sprintf("sim: no JSON form for %T", v))
	}
}

// writeString appends a JSON string as PHP's json_encode does, which is where Meta's escapes come from.
func writeString(b *bytes.Buffer, s string) {
	b.WriteByte('"')
	for _, r := range s {
		switch {
		case r == '"' || r == '\\' || r == '/':
			b.WriteByte('\\')
			b.WriteRune(r)
		case r == '\n':
			b.WriteString(`\n`)
		case r == '\r':
			b.WriteString(`\r`)
		case r == '\t':
			b.WriteString(`\t`)
		case r >= 0x10000:
			hi, lo := utf16.EncodeRune(r)
			fmt.Fprintf(b, `\u%04x\u%04x`, hi, lo)
		case r < 0x20 || r >= 0x7f:
			fmt.Fprintf(b, `\u%04x`, r)
		default:
			b.WriteRune(r)
		}
	}
	b.WriteByte('"')
}

// Sign gives the value of X-Hub-Signature-256 for a body: "sha256=" and the lower-case hex HMAC-SHA256 of the raw
// bytes under the app secret (CHANNELS 1.2).
func Sign(secret string, body []byte) string { return "sha256=" + hexHMAC(secret, body) }

// Proof gives appsecret_proof for a token: the hex HMAC-SHA256 of the token under the app secret (CHANNELS 0).
func Proof(secret, token string) string { return hexHMAC(secret, []byte(token)) }

// hexHMAC is the one primitive behind signatures and proofs.
func hexHMAC(secret string, body []byte) string {
	mac := hmac.New(sha256.New, []byte(secret))
	mac.Write(body)
	return hex.EncodeToString(mac.Sum(nil))
}

// idKeys are the keys whose digits old fixtures of Meta carry as JSON numbers (CHANNELS 1.5 rule 4).
var idKeys = map[string]bool{
	"id": true, "app_id": true, "sender_id": true, "sticker_id": true,
	"previous_owner_app_id": true, "new_owner_app_id": true, "requested_owner_app_id": true,
}

// bend changes a payload in the ways of CHANNELS 1.5: digits as numbers, seconds where milliseconds belong.
func bend(v any, d Delivery) any {
	switch v := v.(type) {
	case object:
		out := make(object, len(v))
		for i, p := range v {
			out[i] = pair{p.key, bendField(p.key, p.value, d)}
		}
		return out
	case []object:
		list := make([]any, len(v))
		for i := range v {
			list[i] = bend(v[i], d)
		}
		return list
	case []any:
		list := make([]any, len(v))
		for i := range v {
			list[i] = bend(v[i], d)
		}
		return list
	}
	return v
}

// bendField bends one key; whether it is an id or a time only the key tells.
func bendField(key string, v any, d Delivery) any {
	if s, ok := v.(string); ok && d.NumericIDs && idKeys[key] && digits(s) && len(s) <= 18 {
		return json.Number(s)
	}
	if n, ok := v.(int64); ok && d.Seconds && key == "timestamp" && n >= 1e12 {
		return n / 1000
	}
	return bend(v, d)
}

// digits tells whether s is a number without a leading zero.
func digits(s string) bool {
	for _, r := range s {
		if r < '0' || r > '9' {
			return false
		}
	}
	return s != "" && s[0] != '0'
}
