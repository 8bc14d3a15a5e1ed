// Package policy decides who answers and how. It is a pure function of what is known: the same
// Input gives the same Decision, so that every decision can be replayed. Every rule is a row of a
// table: triggers in trigger.go, ceilings and floors of autonomy in level.go, touchpoints in map.go.
// It has no clock and no I/O, and it writes nothing.
package policy

import "tandem"

// Version names the rules; it is stored with every decision.
const Version = "policy-1"

// Input is everything a decision is made of. It is stored with the decision.
type Input struct {
	Snapshot tandem.Snapshot  `json:"snapshot"`
	Reading  tandem.Reading   `json:"reading"`
	Findings *tandem.Findings `json:"findings,omitempty"` // nil before the lookups
	Reply    *tandem.Reply    `json:"reply,omitempty"`    // what the bot would say, nil before it was composed
	Attempts int              `json:"attempts"`           // failed proofs of identity within the hour
	Again    bool             `json:"again"`              // the reply was said before in this stretch (T6)
	Unheard  bool             `json:"unheard,omitempty"`  // a person has whispered what the bot cannot follow by itself
}

// tension is the soft score S of trigger T3 after this turn: what was decays, what is new adds.
func (in Input) tension() float64 {
	return 0.7*in.Snapshot.Conversation.Tension + in.Reading.Escalation
}

// limit is the threshold of the soft score for the topic at hand.
func (in Input) limit() float64 {
	profile := in.Snapshot.Workspace.Settings.Profile
	if t, ok := in.Snapshot.Touchpoints[in.Reading.Touchpoint]; ok && t.Profile != "" {
		profile = t.Profile
	}
	return Limit(profile, in.Snapshot.Customer.VIP || in.Snapshot.Customer.Vulnerable)
}

// Limit is the threshold of the soft score in a sensitivity profile (HITL.md 1.6, T3). A VIP or a
// vulnerable customer is heard one profile earlier.
func Limit(profile string, careful bool) float64 {
	limits := map[string]float64{"wysoka": 1.2, "zrownowazona": 2.5, "niska": 4.0}
	l, ok := limits[profile]
	if !ok {
		l = limits["wysoka"]
	}
	if careful {
		l *= 0.6
	}
	return l
}

func (in Input) touchpoint() tandem.Touchpoint {
	if t, ok := in.Snapshot.Touchpoints[in.Reading.Touchpoint]; ok {
		return t
	}
	return tandem.Touchpoint{ID: in.Reading.Touchpoint, Temper: "empathy", Level: tandem.L2}
}

// level is the topic's own level in the customer's language on this kind of place.
func (in Input) level() tandem.Autonomy {
	lang, surface := in.Snapshot.Conversation.Lang, tandem.Direct
	if in.Reading.LangSure || lang == "" {
		lang = in.Reading.Lang
	}
	if m, ok := in.Snapshot.Last(tandem.FromCustomer); ok {
		surface = in.Snapshot.Thread(m.Thread).Surface
	}
	return in.touchpoint().At(lang, surface)
}

// bad returns the first verified bad fact.
func (in Input) bad() (tandem.Fact, bool) {
	if in.Findings != nil {
		for _, f := range in.Findings.Facts {
			if f.Bad {
				return f, true
			}
		}
	}
	return tandem.Fact{}, false
}

// public tells whether the newest message was written where everybody can read.
func (in Input) public() bool {
	m, ok := in.Snapshot.Last(tandem.FromCustomer)
	return ok && in.Snapshot.Thread(m.Thread).Surface.Public()
}
