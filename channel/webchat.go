package channel

import (
	"context"
	"crypto/hmac"
	"crypto/rand"
	"strconv"
	"strings"
	"unicode/utf8"

	"tandem"
)

// The website widget. No platform stands behind it: the visitor's browser calls us and listens to
// its stream, so sending is nothing but the row that is already stored (CHANNELS 11).

func init() {
	Register(Kind{
		Name:  "webchat",
		Title: Words{"Czat na stronie", "Website chat"},
		Icon:  "M4 3h16a2 2 0 0 1 2 2v10a2 2 0 0 1-2 2H9l-5 4v-4a2 2 0 0 1-2-2V5a2 2 0 0 1 2-2zm3 5v2h10V8zm0 4v2h7v-2z",
		Hook:  "webchat",
		Group: Chat,
		Fields: []Field{
			{Name: External, Required: true,
				Label: Words{"Klucz witryny", "Site key"},
				Help:  Words{"Jest w kodzie wklejanym na stronę; nie jest tajny.", "Part of the snippet on the site; no secret."}},
			{Name: "widget_secret", Secret: true, Required: true,
				Label: Words{"Sekret widżetu", "Widget secret"},
				Help: Words{"Serwer sklepu podpisuje nim identyfikator zalogowanej osoby. Nie może trafić do przeglądarki.",
					"The shop's server signs the id of a signed-in person with it. It must never reach a browser."}},
			{Name: "origins",
				Label: Words{"Dozwolone adresy stron", "Allowed sites"},
				Help: Words{"Po przecinku, np. https://sklep.example. Puste pole dopuszcza każdą stronę.",
					"Separated by commas, such as https://shop.example. Empty allows every site."}},
		},
		Limit:    4000,
		Receipts: ByMessage,
		Surfaces: []tandem.Surface{tandem.Webchat},
		Buttons:  10,
		Media:    []string{"image", "file", "audio", "video"},
		Open:     func(Settings) (tandem.Channel, error) { return webchat{}, nil },
	})
	RegisterHook(Hook{Name: "webchat", Secret: "widget_secret", Account: site, Parse: parseWebchat})
}

type webchat struct{}

// Send has nobody to call: the visitor's stream shows the row. Whether it was read the widget says.
func (webchat) Send(_ context.Context, o tandem.Outgoing) (tandem.Receipt, error) {
	return tandem.Receipt{External: string(o.Message), User: o.To, Delivery: tandem.Sent}, nil
}

// NewVisitor makes a visitor and the token that proves it, which is kept in the browser. The
// visitor's name is 130 bits of chance, so it cannot be guessed either.
func NewVisitor(secret string) (visitor, token string) {
	visitor = strings.ToLower(rand.Text())
	return visitor, visitor + "." + visitorProof(secret, visitor)
}

// VisitorOf returns the visitor of a token, and false where the token was not made with the secret
// of this website.
func VisitorOf(secret, token string) (visitor string, ok bool) {
	visitor, proof, _ := strings.Cut(token, ".")
	if secret == "" || visitor == "" || !hmac.Equal([]byte(proof), []byte(visitorProof(secret, visitor))) {
		return "", false
	}
	return visitor, true
}

func visitorProof(secret, visitor string) string {
	return sign(secret, []byte("visitor:"+visitor))[:43]
}

// Identified tells whether the shop's own server vouches for a user: proof is the hex HMAC-SHA256 of
// the user's id with the widget secret. It vouches for the id alone, for no name and no address.
func Identified(secret, user, proof string) bool {
	return secret != "" && user != "" && hmac.Equal([]byte(proof), []byte(sign(secret, []byte(user))))
}

// FromSite tells whether a website may hold the widget of an account; origin is the header of that
// name. An account without the setting origins may be used anywhere.
func FromSite(a tandem.Account, origin string) bool {
	allowed := strings.TrimSpace(a.Settings["origins"])
	for o := range strings.SplitSeq(allowed, ",") {
		if o = strings.TrimRight(strings.TrimSpace(o), "/"); o != "" && strings.EqualFold(o, origin) {
			return true
		}
	}
	return allowed == ""
}

// site returns the site key that a call's address names.
func site(call tandem.Webhook) string {
	key, _, _ := strings.Cut(strings.Trim(call.Path, "/"), "/")
	return key
}

// widgetCall is what the widget posts: a message, or an event.
type widgetCall struct {
	Client string   `json:"client_id"`
	Text   string   `json:"text"`
	Files  []string `json:"files"` // tickets
	Event  string   `json:"event"`
	Value  number   `json:"value"`   // of a rating, 1 to 5
	Seq    number   `json:"seq"`     // of read: the newest message seen
	User   id       `json:"user_id"` // of identify: the shop's id of the person, with the proof of it
	Proof  string   `json:"proof"`
}

// parseWebchat reads one call of the widget. The secrets must be those of the site in the address:
// a token of one site is worth nothing at another.
func parseWebchat(secrets []string, call tandem.Webhook) ([]tandem.Inbound, error) {
	token, bearer := strings.CutPrefix(call.Header.Get("Authorization"), "Bearer ")
	visitor, secret := "", ""
	for _, s := range secrets { // two while the secret is being replaced
		if v, ok := VisitorOf(s, token); ok && bearer {
			visitor, secret = v, s
		}
	}
	if visitor == "" {
		return nil, tandem.Coded(tandem.Denied, "token", "a visitor's token is missing or wrong")
	}
	var w widgetCall
	if fitted, err := decode(call.Body, &w); err != nil || !fitted {
		return nil, tandem.Coded(tandem.Invalid, "unreadable", "a call of the widget is no JSON of the known form")
	}
	in := tandem.Inbound{Account: site(call), User: visitor, Surface: tandem.Webchat, At: call.At}
	known, err := w.fill(&in, secret)
	if err != nil || !known {
		return nil, err
	}
	in.Key = visitor + ":" + in.Key
	return []tandem.Inbound{in}, nil
}

// fill completes the event of a call. A client id makes a call safe to repeat; without one the
// moment has to do.
func (w widgetCall) fill(in *tandem.Inbound, secret string) (known bool, err error) {
	moment := strconv.FormatInt(in.At.UnixMicro(), 10)
	switch { // whatever the event: it is stored, and anybody on the site may call
	case len(w.Client) > 100:
		return false, tandem.Coded(tandem.Invalid, "client_id", "a client_id has at most 100 bytes")
	case utf8.RuneCountInString(strings.TrimSpace(w.Text)) > longestWritten:
		return false, tandem.Coded(tandem.TooLarge, "too_long", "a message has at most %d characters", longestWritten)
	case len(w.User) > 200:
		return false, tandem.Coded(tandem.Invalid, "user_id", "a user_id has at most 200 bytes")
	}
	switch w.Event {
	case "", "message":
		return true, w.message(in, secret)
	case "human":
		in.Kind, in.Text = tandem.InHuman, w.Text
		in.Key = orElse(w.Client, "human:"+moment)
		in.External = in.User + ":" + in.Key
	case "rating":
		if w.Value < 1 || w.Value > 5 {
			return false, tandem.Coded(tandem.Invalid, "rating", "a rating is 1 to 5")
		}
		in.Kind, in.Text = tandem.InRating, strconv.Itoa(int(w.Value))
		in.Key = orElse(w.Client, "rating:"+moment)
	case "read":
		in.Kind, in.State, in.Seq = tandem.InReceipt, tandem.Read, int64(w.Seq)
		in.Key = "read:" + strconv.FormatInt(in.Seq, 10)
	case "typing":
		in.Kind, in.Key = tandem.InTyping, "typing:"+moment
	case "identify":
		if !Identified(secret, string(w.User), w.Proof) {
			return false, tandem.Coded(tandem.Denied, "proof", "the proof of a user is wrong")
		}
		in.Kind, in.Alias, in.Verified = tandem.InIdentity, []string{string(w.User)}, tandem.V3
		in.Key = "identify:" + string(w.User)
	default:
		return false, nil
	}
	return true, nil
}

// longestWritten is how many characters a visitor may send at once.
const longestWritten = 4000

// mostVisitorFiles is how many files one message of a visitor names.
const mostVisitorFiles = 5

// Brought is the type of a part that names a file which is here already: its sender brought it before the
// message. Whoever stores the message looks at what it is.
const Brought = "brought"

// FileTicket proves that a visitor brought a file; nobody else can send it.
func FileTicket(secret, visitor string, f tandem.FileID) string {
	return string(f) + "." + sign(secret, []byte("file:"+visitor+":"+string(f)))[:43]
}

func (w widgetCall) message(in *tandem.Inbound, secret string) error {
	in.Kind, in.Text, in.Key = tandem.InMessage, strings.TrimSpace(w.Text), w.Client
	in.External = in.User + ":" + w.Client
	switch {
	case w.Client == "":
		return tandem.Coded(tandem.Invalid, "client_id", "a message needs a client_id of at most 100 bytes")
	case len(w.Files) > mostVisitorFiles:
		return tandem.Coded(tandem.Invalid, "too_many_files", "a message has at most %d files", mostVisitorFiles)
	case in.Text == "" && len(w.Files) == 0:
		return tandem.Coded(tandem.Invalid, "empty", "a message needs a text")
	}
	for _, ticket := range w.Files {
		f, _, _ := strings.Cut(ticket, ".")
		if f == "" || !hmac.Equal([]byte(ticket), []byte(FileTicket(secret, in.User, tandem.FileID(f)))) {
			return tandem.Coded(tandem.Denied, "file_ticket", "a file is not this visitor's")
		}
		in.Parts = append(in.Parts, tandem.Part{Type: Brought, File: tandem.FileID(f)})
	}
	return nil
}
