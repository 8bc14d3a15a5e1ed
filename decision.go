package tandem

import "time"

// Act is what happens next in a conversation.
type Act string

// The acts.
const (
	Answer   Act = "answer"   // the bot replies by itself
	Ask      Act = "ask"      // the bot asks one question
	Propose  Act = "propose"  // the bot writes, a person approves before it is sent
	Suggest  Act = "suggest"  // the bot writes for the agent only
	HandOver Act = "handover" // the bot steps back in silence and a person is alerted
	Nothing  Act = "nothing"  // nothing is to be said
)

// Autonomy is how much the bot may do on a topic (HITL.md 3.1).
type Autonomy int

// The levels.
const (
	L0 Autonomy = iota // human only
	L1                 // suggest to the agent
	L2                 // approve first
	L3                 // autopilot with sampled review
	L4                 // autopilot
)

// Trigger is one reason to hand over that was found, T1 to T19 of HITL.md 1.6.
type Trigger struct {
	Code     string     `json:"code"`
	Kind     string     `json:"kind,omitempty"` // a finer reason: fraud, safety ...
	Score    float64    `json:"score,omitempty"`
	Limit    float64    `json:"limit,omitempty"`
	Evidence []Evidence `json:"evidence,omitempty"`
	Offer    bool       `json:"offer,omitempty"` // weak: a person is offered once
}

// Decision is an act with everything that led to it, stored as it is, so that it can be explained
// and replayed.
type Decision struct {
	ID           DecisionID     `json:"id"`
	Conversation ConversationID `json:"conversation"`
	Seq          int64          `json:"seq"` // the customer's message it is about
	Epoch        int64          `json:"epoch"`
	Rev          int64          `json:"rev"`
	Act          Act            `json:"act"`
	Touchpoint   string         `json:"touchpoint"`
	Level        Autonomy       `json:"level"`
	Rule         string         `json:"rule"`  // the single rule that decided
	Rules        []string       `json:"rules"` // all ceilings and floors that were looked at, with their levels
	Triggers     []Trigger      `json:"triggers"`
	Priority     Priority       `json:"priority"`
	Team         TeamID         `json:"team"`
	Tension      float64        `json:"tension"`
	Reading      Reading        `json:"reading"`
	Facts        []Fact         `json:"facts"`
	Missing      []string       `json:"missing"` // data to ask for
	Versions     []string       `json:"versions"`
	Reply        string         `json:"reply"` // id of the reply that was composed
	Outcome      string         `json:"outcome"`
	At           time.Time      `json:"at"`
}

// Reply is what the bot would say.
type Reply struct {
	ID     string   // template or article it comes from: never the same one twice (T6)
	Text   string   // in the customer's language
	Claims []Claim  // every factual claim in it
	Class  Class    // the highest class it discloses
	Choice []string // buttons, where the channel has them
	OK     bool     // false: the bot has nothing true to say
}

// Claim is a factual statement in a text with its source. Start and End are byte offsets.
type Claim struct {
	Start  int    `json:"start"`
	End    int    `json:"end"`
	Text   string `json:"text"`
	Source string `json:"source"` // empty: unsourced, blocks approval
	Value  string `json:"value"`  // the verified value, where it contradicts the text
	Bad    bool   `json:"bad"`    // contradicted
	Class  Class  `json:"class"`
}

// RulePromise decides an answer that says what people have promised, and nothing else.
const RulePromise = "promise"

// Touchpoint is one topic on the map of speed and empathy. The map is the policy.
type Touchpoint struct {
	ID      string
	Temper  string // speed or empathy
	Speed   int    // 0 to 100
	Empathy int    // 0 to 100
	Level   Autonomy
	Profile string // sensitivity: wysoka, zrownowazona, niska; empty is the workspace's
	Team    TeamID
	Paused  bool
	Clock   bool // a message on it starts a statutory clock
	Version int64
	Levels  map[string]Graded // where a language and channel group departs from Level, by Group's key
}

// Graded is a level that was earned, or lost, in one language and channel group.
type Graded struct {
	Level Autonomy  `json:"level"`
	Since time.Time `json:"since"` // evidence counts from here
	By    UserID    `json:"by"`    // who raised it; empty: it fell by itself
	Why   string    `json:"why,omitempty"`
}

// Term returns by when the law wants an answer to a matter that a message opened, zero where it names no
// term. kind is the kind of a T11 trigger, where one decided. A complaint, and so a product that put
// somebody in danger, has 14 days (art. 7a of the Polish consumer rights act), a request about personal
// data one month (art. 12(3) GDPR). Calendar days in the zone of from, to the end of the last.
func (t Touchpoint) Term(kind string, from time.Time) time.Time {
	var last time.Time
	switch {
	case kind == "privacy" || t.Clock && t.ID == "privacy_request":
		if last = from.AddDate(0, 1, 0); last.Day() < from.Day() {
			last = last.AddDate(0, 0, -last.Day()) // no such day in that month: its last one (Regulation 1182/71, art. 3)
		}
	case t.Clock || kind == "safety" || kind == "legal":
		last = from.AddDate(0, 0, 14)
	default:
		return last
	}
	return time.Date(last.Year(), last.Month(), last.Day(), 23, 59, 59, 0, from.Location())
}

// At returns the topic's level in a language on a kind of place.
func (t Touchpoint) At(lang string, s Surface) Autonomy {
	if g, ok := t.Levels[Group(lang, s)]; ok {
		return g.Level
	}
	return t.Level
}

// Group is the key of a language and channel group: "pl/chat", "en/public".
func Group(lang string, s Surface) string {
	group := "chat"
	switch s {
	case Comment:
		group = "public"
	case Mail:
		group = "mail"
	}
	return lang + "/" + group
}
