package turn

import (
	"regexp"
	"slices"

	"tandem"
	"tandem/store"
)

// learn writes down what the turn found out about the customer and the matter.
func (w *settle) learn(tx *store.Tx, c *tandem.Conversation) error {
	carry(c, w.d)
	if err := w.matter(tx); err != nil {
		return err
	}
	if prefersPeople(w.s) && !w.s.Customer.Human {
		who := w.s.Customer
		who.Human = true
		if err := tx.SetCustomer(who); err != nil {
			return err
		}
	}
	return w.identify(tx)
}

// carry takes over into the conversation what a decision read.
func carry(c *tandem.Conversation, d tandem.Decision) {
	c.Mood, c.Tension = d.Reading.Mood, d.Tension
	if d.Reading.LangSure || c.Lang == "" {
		c.Lang = d.Reading.Lang
	}
	if d.Touchpoint != "" && d.Touchpoint != "other" && !smallTalk[d.Touchpoint] {
		c.Touchpoint = d.Touchpoint
	}
}

// matter opens the case of what the message is about, with the statutory clock where the law runs one:
// in any channel, whoever answers.
func (w *settle) matter(tx *store.Tx) error {
	topic, kind := w.d.Touchpoint, ""
	if len(w.d.Triggers) > 0 && w.d.Triggers[0].Code == "T11" {
		kind = w.d.Triggers[0].Kind
	}
	from := w.s.Now
	if m, ok := w.s.Last(tandem.FromCustomer); ok {
		from = m.At
	}
	term := w.s.Touchpoints[topic].Term(kind, from.In(w.s.Zone()))
	if term.IsZero() && (topic == "" || topic == "other" || smallTalk[topic]) {
		return nil
	}
	_, err := tx.CaseOn(w.s.Conversation.ID, topic, tx.Now, term)
	return err
}

var smallTalk = map[string]bool{"greeting": true, "thanks": true, "goodbye": true, "bot_question": true, "human_request": true}

var prefers = regexp.MustCompile(`(?i)\bwol[eę]\s+(z\s+)?(cz[lł]owiek|konsultant|(roz)?mawia[cć]|pisa[cć]\s+z|osob)|\b(i\s+)?prefer\s+(a\s+)?(human|person|real)`)

// prefersPeople tells whether the customer said, or pressed, that a person is preferred in general.
func prefersPeople(s tandem.Snapshot) bool {
	for _, m := range s.Unanswered() {
		if m.Kind == "human" || prefers.MatchString(m.Text) {
			return true
		}
	}
	return false
}

// identify links the writing identity with the shop's customer, or counts a failed proof.
func (w *settle) identify(tx *store.Tx) error {
	f := w.in.Findings
	if f == nil {
		return nil
	}
	m, ok := w.s.Last(tandem.FromCustomer)
	if !ok {
		return nil
	}
	if who, ok := writer(w.s, w.s.Thread(m.Thread)); ok {
		if f.Mismatch {
			_, err := tx.Attempt(who.ID)
			return err
		}
		if f.Customer != nil && f.Verified > tandem.V0 {
			if err := tx.Link(w.s.Customer.ID, who.ID, *f.Customer, f.Verified); err != nil {
				return err
			}
		}
	}
	id, err := tx.MergeOnProof(w.s.Customer.ID)
	w.merged = id != ""
	return err
}

// writer is the identity that writes in a thread: the one whose name on the account the thread answers to, or the
// first on that account where the platform calls it otherwise by now.
func writer(s tandem.Snapshot, th tandem.Thread) (tandem.Identity, bool) {
	on := func(i tandem.Identity) bool { return i.Account == th.Account }
	i := slices.IndexFunc(s.Customer.Identities, func(i tandem.Identity) bool { return on(i) && i.External == th.To })
	if i < 0 {
		i = slices.IndexFunc(s.Customer.Identities, on)
	}
	if i < 0 {
		return tandem.Identity{}, false
	}
	return s.Customer.Identities[i], true
}
