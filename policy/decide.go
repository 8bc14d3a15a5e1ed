package policy

import (
	"slices"
	"strconv"

	"tandem"
)

// Hard decides on the message alone, before anything is looked up. It returns false where no hard
// trigger fires.
func Hard(in Input) (tandem.Decision, bool) {
	found := find(in, true)
	if len(found) == 0 {
		return tandem.Decision{}, false
	}
	return handOver(in, found), true
}

// Decide says what happens next. It is asked before lookups (Findings nil), after them, and once
// more with the composed Reply; each answer stands on all that is known by then.
func Decide(in Input) tandem.Decision {
	if o := in.Snapshot.Conversation.Owner; o == tandem.Queue || o == tandem.Human {
		d := base(in)
		d.Act, d.Rule = tandem.Suggest, "owner:"+string(o)
		return d
	}
	found := find(in, false)
	if awaited(in, found) {
		d := base(in)
		d.Act, d.Rule, d.Triggers = tandem.Answer, tandem.RulePromise, found
		return d
	}
	if len(found) > 0 {
		return handOver(in, found)
	}
	d := base(in)
	if !in.understood() && !smallTalk[in.Reading.Touchpoint] {
		d.Act, d.Rule = tandem.Ask, "T8"
		d.Missing = []string{"topic"}
		if n := len(in.Reading.Set); n < 2 || n > 4 {
			d.Missing = []string{"more"}
		}
		return d
	}
	if missing := missing(in); len(missing) > 0 {
		d.Act, d.Rule, d.Missing = tandem.Ask, "verification", missing
		return d
	}
	switch {
	case d.Level >= tandem.L3:
		d.Act = tandem.Answer
	default:
		d.Act = tandem.Propose
	}
	return d
}

// missing returns what the bot must know before it may answer a matter of the customer's own.
func missing(in Input) []string {
	need := Needs[in.Reading.Touchpoint]
	if !need.Bot || in.Findings == nil {
		return nil
	}
	if in.public() {
		return []string{"private"} // nobody is asked for an order number in public, and nobody is told about one
	}
	who := max(in.Snapshot.Customer.Verified(), in.Findings.Verified)
	if who >= need.Class.Needs() && len(in.Findings.Facts) > 0 {
		return nil
	}
	have := map[string]bool{}
	for _, e := range in.Reading.Entities {
		have[e.Kind] = true
	}
	var out []string
	if in.Findings.Mismatch {
		return []string{"order", "contact", "again"}
	}
	if !have["order"] {
		out = append(out, "order")
	}
	if !have["email"] && !have["phone"] && !have["postcode"] {
		out = append(out, "contact")
	}
	if len(out) == 0 {
		out = []string{"order", "contact", "again"}
	}
	return out
}

func base(in Input) tandem.Decision {
	c := in.Snapshot.Conversation
	l, rule, all := level(in)
	d := tandem.Decision{
		Conversation: c.ID, Seq: c.Asked, Epoch: c.Epoch, Rev: c.Rev,
		Touchpoint: in.Reading.Touchpoint, Level: l, Rule: rule, Rules: all, Tension: in.tension(), Reading: in.Reading,
		Team: in.touchpoint().Team, Versions: []string{Version, in.Reading.Version}, At: in.Snapshot.Now,
	}
	if t, ok := in.Snapshot.Touchpoints[in.Reading.Touchpoint]; ok {
		d.Versions = append(d.Versions, "map:"+t.ID+":"+strconv.FormatInt(t.Version, 10))
	}
	if in.Findings != nil {
		d.Facts = in.Findings.Facts
	}
	if in.Reply != nil {
		d.Reply = in.Reply.ID
	}
	return d
}

func handOver(in Input, found []tandem.Trigger) tandem.Decision {
	d := base(in)
	d.Act, d.Rule, d.Triggers = tandem.HandOver, found[0].Code, found
	d.Priority = priority(in, found)
	return d
}

// priority orders the queue: danger and law first, then feelings and requests, then the rest.
func priority(in Input, found []tandem.Trigger) tandem.Priority {
	p := tandem.Normal
	for _, t := range found {
		switch t.Code {
		case "T11", "T19":
			return tandem.Urgent
		case "T2", "T3", "T4", "T14", "T16", "T22":
			if t.Kind != "complaint" || t.Code != "T3" {
				p = max(p, tandem.High)
			}
		case "T1":
			if t.Kind == "request" {
				p = max(p, tandem.High)
			}
		}
	}
	if in.Snapshot.Customer.VIP || slices.Contains([]string{"fraud_safety", "parcel_lost", "payment_problem"}, in.Reading.Touchpoint) {
		p = max(p, tandem.High)
	}
	return p
}
