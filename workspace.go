package tandem

import "time"

// Workspace is one company. Its id is in every row and every unique key.
type Workspace struct {
	ID       WorkspaceID
	Name     string // as customers know it: "Modna Szafa"
	Zone     string // IANA time zone; times are stored in UTC and shown in it
	Lang     string // the language of the brand when the customer's is not known: "pl" or "en"
	Hours    Hours
	Settings Settings
}

// Settings are what a manager decides for the whole workspace.
type Settings struct {
	Paused       bool          `json:"paused"`        // the kill switch: the bot says nothing anywhere
	OrderPattern string        `json:"order_pattern"` // RE2; what an order number looks like
	Profile      string        `json:"profile"`       // shipped sensitivity: wysoka, zrownowazona, niska
	Gather       time.Duration `json:"gather"`        // how long a burst of messages is gathered, at most 1 s
	AgentSilence time.Duration `json:"agent_silence"` // an owner silent for longer loses the conversation to the queue
	ShopFacts    ShopFacts     `json:"shop_facts"`
	Sampling     Sampling      `json:"sampling"`
	RefundLimit  int64         `json:"refund_limit"` // minor units that an agent may give back alone; 0 is RefundLimit
	Speaks       Speaks        `json:"speaks"`
}

// Speaks is what the bot speaks and understands with, and since when. Evidence for levels is about one
// version of it (HITL.md 3.2).
type Speaks struct {
	Version string    `json:"version"` // of rules, words and model; empty where nothing was recorded yet
	Since   time.Time `json:"since,omitzero"`
}

// RefundLimit is what an agent may give back without a manager, unless the company says otherwise.
const RefundLimit = 20000

// Sampling says how many of a thousand are looked at twice. Zero is none.
type Sampling struct {
	Review   int `json:"review"`   // answers at L3 that a person reviews afterwards
	Traps    int `json:"traps"`    // drafts with a planted error, which can never be sent
	Second   int `json:"second"`   // approved drafts that another person reviews blind
	Withheld int `json:"withheld"` // hand-overs without a suggestion: what people do unaided
}

// Usual is the sampling a new company starts with (HITL.md 3.3-3.5).
var Usual = Sampling{Review: 200, Traps: 15, Second: 50, Withheld: 20}

// ShopFacts are the D0 facts that the bot may tell anybody, also in public.
type ShopFacts struct {
	DeliveryPrice string `json:"delivery_price"` // "14,99 zł"
	FreeFrom      string `json:"free_from"`      // "199 zł"
	DeliveryTime  string `json:"delivery_time"`  // "1–2 dni robocze"
	Methods       string `json:"methods"`
	ReturnDays    int    `json:"return_days"`
	PayMethods    string `json:"pay_methods"`
	Address       string `json:"address"`
	Phone         string `json:"phone"`
	ResetURL      string `json:"reset_url"`   // where a customer sets a new password
	ReturnURL     string `json:"return_url"`  // where a customer reports a return
	BookingURL    string `json:"booking_url"` // where a customer books a visit; empty where there is none
	Warranty      string `json:"warranty"`    // length and terms in one sentence
	Loyalty       string `json:"loyalty"`     // the club in one sentence; empty where there is none
	Newsletter    string `json:"newsletter"`  // how to get in and out in one sentence
	Promo         string `json:"promo"`       // the current offer in one sentence; empty where there is none
}

// Hours are when people are at the desk, in the workspace's zone.
type Hours struct {
	Week     [7]Span  `json:"week"`     // Sunday first, as time.Weekday counts
	Holidays []string `json:"holidays"` // dates as 2006-01-02
}

// Span is a part of a day in minutes after midnight; From == To means closed.
type Span struct {
	From int `json:"from"`
	To   int `json:"to"`
}

// Open tells whether people are at the desk at a moment given in the workspace's zone.
func (h Hours) Open(at time.Time) bool {
	for _, d := range h.Holidays {
		if at.Format(time.DateOnly) == d {
			return false
		}
	}
	s, m := h.Week[at.Weekday()], at.Hour()*60+at.Minute()
	return m >= s.From && m < s.To
}

// Next returns the next moment at or after at when people are at the desk, and false where the
// week has no open hour.
func (h Hours) Next(at time.Time) (time.Time, bool) {
	if h.Open(at) {
		return at, true
	}
	for day := range 15 {
		d := at.AddDate(0, 0, day)
		s := h.Week[d.Weekday()]
		start := time.Date(d.Year(), d.Month(), d.Day(), s.From/60, s.From%60, 0, 0, at.Location())
		if s.From != s.To && !start.Before(at) && h.Open(start) {
			return start, true
		}
	}
	return time.Time{}, false
}

// Last returns the last moment at or before at when people are at the desk, the closing time where they
// are not, and false where the fortnight before has no open hour.
func (h Hours) Last(at time.Time) (time.Time, bool) {
	if h.Open(at) {
		return at, true
	}
	for day := range 15 {
		d := at.AddDate(0, 0, -day)
		s := h.Week[d.Weekday()]
		end := time.Date(d.Year(), d.Month(), d.Day(), s.To/60, s.To%60, 0, 0, at.Location())
		if s.From != s.To && !end.After(at) && h.Open(end.Add(-time.Minute)) {
			return end, true
		}
	}
	return time.Time{}, false
}

// Account is one connected channel account. Its secrets are stored encrypted and are in memory
// only where an adapter needs them.
type Account struct {
	ID       AccountID
	Kind     string // the adapter's name: "instagram", "webchat"
	Name     string // for people: "Instagram @modnaszafa"
	External string // the platform's id of it, which webhooks name; unique per kind
	State    AccountState
	Reason   string // why it is broken, as a code
	Settings map[string]string
	Secrets  map[string]string
}

// AccountState says whether an account can be used.
type AccountState string

// The states of an account.
const (
	AccountOK     AccountState = "ok"
	AccountBroken AccountState = "broken" // messages wait until a person re-authorises it
	AccountOff    AccountState = "off"
)

// Team is people who share a queue.
type Team struct {
	ID   TeamID
	Name string
}

// User is a person who works at the desk.
type User struct {
	ID        UserID
	Workspace WorkspaceID
	Email     string
	Name      string
	Role      Role
	Lang      string
	Present   bool // has a live connection and is not away
}

// Role says what a user may do; access.Can has the table.
type Role string

// The roles.
const (
	RoleAgent   Role = "agent"
	RoleManager Role = "manager"
	RoleOwner   Role = "owner"
)
