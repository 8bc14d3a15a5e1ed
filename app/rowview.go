package app

import (
	"cmp"
	"strings"
	"time"

	"tandem"
	"tandem/store"
)

// row is a conversation as a line of a list.
func row(l store.Line, p people, lang string, at time.Time) Row {
	r := Row{
		ID: l.ID, Customer: RowCustomer{ID: l.Customer, Name: cmp.Or(l.Name, spaced(l.Number)), Username: l.Username, VIP: l.VIP}, Channel: l.Channel, Surface: l.Surface,
		Owner: l.Owner, Agent: p.person(l.Agent), Team: l.Team, Epoch: l.Epoch, Rev: l.Rev, Seq: l.Seq, Priority: l.Priority, Touchpoint: l.Touchpoint,
		Mood: l.Mood, Moods: l.Moods, Lang: l.Lang, Reason: l.Reason, why: l.Why, WaitSince: when(l.WaitSince), Preview: hide(l.Preview), LastFrom: l.LastFrom, LastAt: l.LastAt,
		Draft: l.Draft, Failed: l.Failed, Public: l.Surface.Public(), WindowEnds: windowEnds(l.Channel, l.Surface, l.Window), HumanEnds: humanEnds(l.Channel, l.Surface, l.Window), Risk: risk(l, at),
	}
	r.Offered, r.PromiseDue, r.PromisedBy = p.person(l.Offered), when(l.Promised), p.person(l.PromisedBy)
	if r.Moods == nil {
		r.Moods = []float64{}
	}
	return worded(r, lang)
}

// worded puts the reason into words; all else of a row is the same in every language.
func worded(r Row, lang string) Row {
	if r.Reason != "" {
		r.ReasonText = words(lang, r.Reason+":"+r.why)
	}
	return r
}

// patience is how long a customer waits for a person before the wait alone counts in full.
const patience = 3 * time.Minute

// risk orders the live wall, 0 to 100: how the customer feels and whether it gets worse, what called
// for a person, how long nobody came, who it is and who can read along (UX.md 6.5).
func risk(l store.Line, at time.Time) int {
	if l.Owner == tandem.Closed {
		return 0
	}
	n := map[tandem.Mood]float64{tandem.Angry: 35, tandem.Tense: 18}[l.Mood]
	if k := len(l.Moods); k > 1 {
		n += min(15, max(0, l.Moods[0]-l.Moods[k-1])*12)
	}
	n += min(15, l.Tension*6)
	switch l.Reason {
	case "T11", "T19":
		n += 25
	case "T1", "T2", "T3", "T14", "T16", "T22":
		n += 12
	}
	if l.Owner == tandem.Queue {
		n += 15
		if !l.WaitSince.IsZero() {
			n += min(20, 20*float64(at.Sub(l.WaitSince))/float64(patience))
		}
	}
	if l.VIP {
		n += 8
	}
	if l.Surface.Public() {
		n += 8
	}
	return int(min(100, max(0, n)))
}

// spaced writes a telephone number as people read it: who writes from one has no other name.
func spaced(digits string) string {
	if strings.Trim(digits, "0123456789") != "" || len(digits) < 7 {
		return digits
	}
	if rest, polish := strings.CutPrefix(digits, "48"); polish && len(rest) == 9 {
		return "+48 " + rest[:3] + " " + rest[3:6] + " " + rest[6:]
	}
	return "+" + digits
}
