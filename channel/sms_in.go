package channel

import (
	"crypto/hmac"
	"crypto/sha1"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"net"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"tandem"
)

// maxMedia is how many files one MMS has (CHANNELS 14).
const maxMedia = 10

// sid is the form of Twilio's ids of messages.
var sid = regexp.MustCompile(`^[SM]M[0-9a-fA-F]{32}$`)

// parseSMS reads a call about one message: one that a customer wrote, or how far one of ours got.
func parseSMS(secrets []string, call tandem.Webhook) ([]tandem.Inbound, error) {
	form, err := url.ParseQuery(string(call.Body))
	if !slices.ContainsFunc(secrets, func(s string) bool { return s != "" && twilioSigned(s, call, form) }) {
		return nil, tandem.Coded(tandem.Denied, "signature", "the signature is missing or wrong")
	}
	id := form.Get("MessageSid")
	switch {
	case err != nil || id != "" && !sid.MatchString(id):
		return nil, tandem.Coded(tandem.Invalid, "unreadable", "a call of twilio is no form of the known kind")
	case id == "":
		return nil, nil
	}
	var all []tandem.Inbound
	if status := form.Get("MessageStatus"); status != "" {
		all = reported(id, status, form, call)
	} else {
		all = received(id, form.Get("From"), form.Get("Body"), form.Get("OptOutType"), media(form), call.At)
	}
	for i := range all {
		all[i].Account = site(call)
	}
	return all, nil
}

// twilioSigned tells whether a call has the signature of its address and its form (CHANNELS 14). The address
// is the one that Twilio was told, since a proxy changes what arrives here; Twilio may sign it with or without
// the usual port. A body in JSON is covered by its digest in the address.
func twilioSigned(token string, call tandem.Webhook, form url.Values) bool {
	said, err := base64.StdEncoding.DecodeString(call.Header.Get("X-Twilio-Signature"))
	if err != nil || call.Address == "" {
		return false
	}
	address, _, _ := strings.Cut(call.Address, "?")
	if call.Search != "" {
		address += "?" + call.Search
	}
	if digest := call.Query["bodySHA256"]; len(digest) == 1 {
		sum := sha256.Sum256(call.Body)
		if !hmac.Equal([]byte(hex.EncodeToString(sum[:])), []byte(strings.ToLower(digest[0]))) {
			return false
		}
		form = nil
	}
	for _, a := range ports(address) {
		if hmac.Equal(said, twilioSignature(token, a, form)) {
			return true
		}
	}
	return false
}

// twilioSignature is the HMAC-SHA1 of the address and, sorted by name, of each parameter's name and value.
// Twilio's own libraries sort the values of a repeated name and take each once.
func twilioSignature(token, address string, form url.Values) []byte {
	m := hmac.New(sha1.New, []byte(token))
	m.Write([]byte(address))
	names := make([]string, 0, len(form))
	for name := range form {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		values := slices.Clone(form[name])
		slices.Sort(values)
		for _, v := range slices.Compact(values) {
			m.Write([]byte(name + v))
		}
	}
	return m.Sum(nil)
}

// ports are an address as it is, and with or without the usual port.
func ports(address string) []string {
	out := []string{address}
	u, err := url.Parse(address)
	usual := map[string]string{"http": "80", "https": "443"}
	if err != nil || usual[u.Scheme] == "" {
		return out
	}
	switch u.Port() {
	case "":
		u.Host = net.JoinHostPort(u.Hostname(), usual[u.Scheme])
	case usual[u.Scheme]:
		u.Host = u.Hostname()
	default:
		return out
	}
	return append(out, u.String())
}

// media are the files of an MMS.
func media(form url.Values) (parts []tandem.Part) {
	n, _ := strconv.Atoi(form.Get("NumMedia"))
	for i := range min(n, maxMedia) {
		kind, _, _ := strings.Cut(form.Get("MediaContentType"+strconv.Itoa(i)), "/")
		if kind != "image" && kind != "audio" && kind != "video" {
			kind = "file"
		}
		if address := form.Get("MediaUrl" + strconv.Itoa(i)); address != "" {
			parts = append(parts, tandem.Part{Type: kind, URL: address})
		}
	}
	return parts
}

// The words by which people end and begin to be written to: Twilio's own, which it obeys too, and Polish
// ones, which only we know (CHANNELS 14). Only a whole message counts.
var (
	stopWords  = []string{"stop", "stopall", "unsubscribe", "cancel", "end", "quit", "revoke", "optout", "rezygnuje", "wypisz", "koniec sms"}
	startWords = []string{"start", "unstop"}
)

// received is what a customer's SMS means: words, or the wish to be written to no more. Twilio names that
// wish as well where its own lists are switched on; "yes" is an answer to us all the same.
func received(id, from, text, opt string, parts []tandem.Part, at time.Time) []tandem.Inbound {
	in := tandem.Inbound{Kind: tandem.InMessage, Key: id, External: id, User: strings.TrimPrefix(from, "+"), Surface: tandem.Direct, Text: strings.TrimSpace(text), Parts: parts, At: at}
	wish := in
	wish.Kind, wish.Key, wish.External, wish.Parts, wish.Subject = tandem.InConsent, "consent:"+id, "", nil, ConsentAll
	word := FoldWord(text)
	switch {
	case slices.Contains(stopWords, word) || opt == "STOP":
		wish.Text = "stop"
		return []tandem.Inbound{wish}
	case slices.Contains(startWords, word):
		wish.Text = "resume"
		return []tandem.Inbound{wish}
	case opt == "START":
		wish.Text = "resume"
		return []tandem.Inbound{wish, in}
	}
	return []tandem.Inbound{in}
}

// reported is how far a message of ours got. The steps before "sent" are no news.
func reported(id, status string, form url.Values, call tandem.Webhook) []tandem.Inbound {
	in := tandem.Inbound{Kind: tandem.InReceipt, Key: id + ":" + status, Target: id, User: strings.TrimPrefix(form.Get("To"), "+"), Surface: tandem.Direct, At: call.At}
	if m := call.Query["m"]; len(m) == 1 {
		in.Ours, in.Piece = marked(m[0])
	}
	switch status {
	case "sent":
		in.State = tandem.Sent
	case "delivered":
		in.State = tandem.Delivered
	case "read":
		in.State = tandem.Read
	case "undelivered", "failed", "canceled":
		in.State, in.Problem = tandem.Failed, smsFailure(form.Get("ErrorCode"))
	default:
		return nil
	}
	return []tandem.Inbound{in}
}
