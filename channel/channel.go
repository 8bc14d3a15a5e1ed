// Package channel speaks to the platforms on which customers write: one file per platform, and
// nothing else in tandem knows how any of them looks. A file registers a Kind, which describes the
// platform as data, and where the platform calls us a Hook, which verifies and normalises a call.
// The package stores nothing, decides nothing and retries nothing: parsing is a pure function of the
// bytes that came, and sending is one attempt whose error says what has to happen next.
//
// Facts about platforms carry their source as "CHANNELS" with a section: the state of knowledge of
// 22 November 2026 that docs/channels.md explains.
package channel

import (
	"cmp"
	"maps"
	"net/http"
	"slices"
	"strings"
	"time"

	"tandem"
)

// Words is a text of the settings page in the languages of the desk.
type Words struct {
	PL string `json:"pl"`
	EN string `json:"en"`
}

// Field is one line of the form with which an account is connected. The name External is that of
// Account.External; any other is a key of Account.Secrets where Secret is set, otherwise of
// Account.Settings.
type Field struct {
	Name     string   `json:"name"`
	Label    Words    `json:"label"`
	Help     Words    `json:"help"`
	Secret   bool     `json:"secret"`
	Required bool     `json:"required"`
	Options  []string `json:"options,omitempty"` // the allowed values, the first is the default
}

// External is the name of the form field that fills Account.External.
const External = "external"

// Group sorts the kinds on the settings page.
type Group string

// The groups.
const (
	Chat   Group = "chat"   // only private messages
	Public Group = "public" // comments as well
	Post   Group = "mail"
)

// Receipts says what a platform tells about the way of a message.
type Receipts string

// The kinds of receipts.
const (
	NoReceipts  Receipts = "none"
	ByWatermark Receipts = "watermark" // everything up to a moment
	ByMessage   Receipts = "message"
	Delivered   Receipts = "delivered" // for each message, and nothing of reading
)

// Kind describes a platform completely, so that the settings form, the desk and the windows of
// policy need no code of their own for it.
type Kind struct {
	Name        string           `json:"name"`
	Title       Words            `json:"title"`
	Icon        string           `json:"icon"` // the d of one svg path in a 24 by 24 box
	Hook        string           `json:"hook,omitempty"`
	Group       Group            `json:"group"`
	Fields      []Field          `json:"fields"`
	Limit       int              `json:"limit"`       // longest private text; a longer one is split
	LimitBytes  bool             `json:"limit_bytes"` // Limit counts bytes of UTF-8, not characters
	Window      time.Duration    `json:"window"`      // how long after the customer wrote anything may be sent; 0 ever
	HumanWindow time.Duration    `json:"human_window"`
	Receipts    Receipts         `json:"receipts"`
	Surfaces    []tandem.Surface `json:"surfaces"`
	Buttons     int              `json:"buttons"`  // most quick replies
	Media       []string         `json:"media"`    // types of tandem.Part that can be sent
	Approved    bool             `json:"approved"` // outside the window there are approved templates; the adapter is a tandem.Templater
	Segments    bool             `json:"segments"` // a text is billed by the number of SMS that it takes

	// fits tells whether a file of one of the Media types is also of a format and a size that the platform
	// takes; nil: any is.
	fits func(tandem.Part) bool

	// Open makes the adapter of one account. It does no I/O; Invalid names a missing field.
	Open func(Settings) (tandem.Channel, error) `json:"-"`
}

// Sends tells whether the platform takes a file, so that nothing is promised which it would refuse later.
func (k Kind) Sends(p tandem.Part) bool {
	return slices.Contains(k.Media, p.Type) && (k.fits == nil || k.fits(p))
}

// Settings is what an adapter is opened with. Account.Settings "base" replaces the platform's
// address and "version" its version, which is how the simulators are reached.
type Settings struct {
	Account tandem.Account
	Web     *http.Client
}

// Hook is one address that platforms call. Several kinds may share it, because an app of Meta has
// one address for all its Pages and Instagram accounts.
type Hook struct {
	Name   string // the address is /hook/ and the name
	Secret string // the key of Account.Secrets that holds the signing secret
	Token  string // the key of Account.Secrets that holds the handshake's token; empty: no handshake

	// Address is the key of Account.Settings with the address that the platform was told, which it signs
	// with each call; Parse finds it in Webhook.Address. Empty: it signs the body alone.
	Address string

	// Type and Answer are what the platform is told when everything is stored; empty: a word in plain text.
	Type, Answer string

	// Account returns the external id of the account that the address itself names. Then Parse must
	// be given the secrets of that account alone. It is nil where the body names the accounts.
	Account func(tandem.Webhook) string

	// Handshake answers the platform's question whether the address is ours. Nil where none asks.
	Handshake func(tokens []string, call tandem.Webhook) (status int, body string)

	// Parse verifies a call over its raw bytes against any of the secrets and returns everything in
	// it; one call may speak of many accounts. It changes nothing. Denied: signature missing or
	// wrong. Invalid: signed, but no JSON. What is not known is no error and no event.
	Parse func(secrets []string, call tandem.Webhook) ([]tandem.Inbound, error)

	// read reads a verified call of Meta's, sent at a moment; nil where the address names the account.
	read func(envelope, time.Time) []tandem.Inbound
}

var (
	kinds = map[string]Kind{}
	hooks = map[string]Hook{}
)

// Register adds a kind. An adapter calls it in init; a second one of the same name panics.
func Register(k Kind) {
	if _, ok := kinds[k.Name]; ok {
		panic("channel: two kinds are called " + k.Name)
	}
	kinds[k.Name] = k
}

// RegisterHook adds an address, as Register does a kind.
func RegisterHook(h Hook) {
	if _, ok := hooks[h.Name]; ok {
		panic("channel: two hooks are called " + h.Name)
	}
	hooks[h.Name] = h
}

// Kinds returns all kinds, sorted by name.
func Kinds() []Kind {
	return slices.SortedFunc(maps.Values(kinds), func(a, b Kind) int { return cmp.Compare(a.Name, b.Name) })
}

// Find returns the kind of a name.
func Find(name string) (Kind, bool) {
	k, ok := kinds[name]
	return k, ok
}

// FindHook returns the address of a name.
func FindHook(name string) (Hook, bool) {
	h, ok := hooks[name]
	return h, ok
}

// Kinds returns the names of the kinds that are called at this address. The account of an Inbound
// is the one that has its Account as External and one of these kinds.
func (h Hook) Kinds() []string {
	var names []string
	for _, k := range Kinds() {
		if k.Hook == h.Name {
			names = append(names, k.Name)
		}
	}
	return names
}

// Open opens the adapter of an account. NotFound: nobody registered its kind. Invalid, code
// setting_missing: required fields are empty, all of which are named.
func Open(s Settings) (tandem.Channel, error) {
	k, ok := kinds[s.Account.Kind]
	if !ok {
		return nil, tandem.Coded(tandem.NotFound, "channel_unknown", "no channel of this kind")
	}
	var missing []string
	for _, f := range k.Fields {
		if f.Required && f.value(s.Account) == "" {
			missing = append(missing, f.Name)
		}
	}
	if len(missing) > 0 {
		return nil, tandem.Coded(tandem.Invalid, "setting_missing", "%s needs the setting %s", k.Name, strings.Join(missing, " and "))
	}
	return k.Open(s)
}

func (f Field) value(a tandem.Account) string {
	switch {
	case f.Name == External:
		return a.External
	case f.Secret:
		return a.Secrets[f.Name]
	}
	return a.Settings[f.Name]
}

// About tells whether an event is about an account of the hook that it came by. What concerns a whole
// WhatsApp Business account names that; where it is about one of its numbers, the event's Target has the
// number's digits, and only an account that is known to have another number is left out.
func About(a tandem.Account, in tandem.Inbound) bool {
	if in.Account == a.External {
		return true
	}
	if in.Account == "" || in.Account != a.Settings["waba_id"] || in.Kind != tandem.InNews && in.Kind != tandem.InAlert {
		return false
	}
	mine, theirs := numeral(a.Settings["phone"]), numeral(in.Target)
	return mine == "" || theirs == "" || mine == theirs
}

// numeral is a text without all that is no digit.
func numeral(s string) string {
	return strings.Map(func(r rune) rune {
		if r < '0' || r > '9' {
			return -1
		}
		return r
	}, s)
}

// EchoSetting is the key of Account.Settings that says which answers given outside tandem silence the bot.
const EchoSetting = "echoes"

// Settle completes an event with what only its account knows: whose app or role owns a thread now, and which
// app is our own.
// Whoever finds the account of an Inbound calls it before anything else looks at the event.
func Settle(a tandem.Account, in tandem.Inbound) tandem.Inbound {
	own := cmp.Or(a.Settings["app_id"], a.Settings["role"])
	if in.Kind == tandem.InEcho && in.App != "" && in.App == a.Settings["app_id"] {
		in.Auto = true // sent with our own app: where the row is not known, another installation has it
	}
	if in.Kind == tandem.InControl && own != "" && in.App != "" {
		in.State = tandem.StateTheirs
		if in.App == own {
			in.State = tandem.StateOurs
		}
	}
	return in
}

// inThread is the key of a public thread: the root comment and the person, because several people
// write below one comment, and each of them has a conversation of their own.
func inThread(root, user string) string { return root + "/" + user }

// rootOf returns the root comment of a public thread's key.
func rootOf(thread string) string {
	root, _, _ := strings.Cut(thread, "/")
	return root
}

// inPublic tells whether a message is to be read by everybody. A caller that does not know the
// surface is understood by the thread, whose key is the person's own id in private.
func inPublic(o tandem.Outgoing) bool {
	if o.Surface == "" {
		return o.Thread != "" && o.Thread != o.To && !o.Private
	}
	return o.Surface.Public() && !o.Private
}
