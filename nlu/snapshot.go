package nlu

import (
	"regexp"
	"strings"

	"tandem"
)

// ReadSnapshot reads all unanswered messages of a conversation as one turn, or the customer's last
// message where none is unanswered. Evidence and entities have their places in the last of them;
// both offsets are zero where they are about an earlier one or about no place.
func (m *Model) ReadSnapshot(s tandem.Snapshot) tandem.Reading {
	turn := s.Unanswered()
	if len(turn) == 0 {
		if last, ok := s.Last(tandem.FromCustomer); ok {
			turn = []tandem.Message{last}
		}
	}
	var texts []string
	last := ""
	for _, t := range turn {
		if t.Text != "" && !t.Removed {
			last = t.Text
			texts = append(texts, t.Text)
		}
	}
	c := contextOf(s, turn)
	text := strings.Join(texts, "\n")
	if len(text) > readLimit && len(texts) > 1 { // the newest words matter most
		text = last
	}
	r := m.Read(text, c)
	shift(&r, len(text)-len(last))
	m.person(&r, s)
	return r
}

// contextOf gathers what the snapshot knows besides the words.
func contextOf(s tandem.Snapshot, turn []tandem.Message) Context {
	w := s.Workspace
	c := Context{Lang: s.Conversation.Lang, Profile: w.Settings.Profile, Touchpoint: s.Conversation.Touchpoint}
	if c.Lang == "" {
		c.Lang = w.Lang
	}
	if !s.Now.IsZero() {
		c.Now = s.Now.In(s.Zone())
	}
	if p := w.Settings.OrderPattern; p != "" {
		// A pattern that cannot be read was refused when it was set; here it is as if there were none.
		c.Order, _ = regexp.Compile(p)
	}
	if len(s.Touchpoints) > 0 {
		c.Topics, c.Profiles = map[string]struct{}{}, map[string]string{}
		for id, t := range s.Touchpoints {
			c.Topics[id] = struct{}{}
			if t.Profile != "" {
				c.Profiles[id] = t.Profile
			}
		}
	}
	in := map[tandem.MessageID]bool{}
	for _, t := range turn {
		in[t.ID] = true
	}
	for _, t := range s.Messages {
		if in[t.ID] || t.Removed || t.Origin == tandem.FromNotice || len(turn) > 0 && t.Seq > turn[len(turn)-1].Seq {
			continue
		}
		c.Before = append(c.Before, Turn{Customer: t.Inbound(), Text: t.Text, Reading: t.Reading})
	}
	return c
}

// shift moves places from the joined text into its last message, which begins at base.
func shift(r *tandem.Reading, base int) {
	if base == 0 {
		return
	}
	for i := range r.Evidence {
		e := &r.Evidence[i]
		e.Start, e.End = moved(e.Start, e.End, base)
	}
	for i := range r.Entities {
		e := &r.Entities[i]
		e.Start, e.End = moved(e.Start, e.End, base)
	}
}

func moved(start, end, base int) (int, int) {
	if start < base || start == end {
		return 0, 0
	}
	return start - base, end - base
}

// person sets form of address and gender from all that the customer wrote: a first-name footing
// needs two messages, or two signs of it in one; gender falls back on the first name.
func (m *Model) person(r *tandem.Reading, s tandem.Snapshot) {
	ty, pan, gender := 0, 0, ""
	for i := len(s.Messages) - 1; i >= 0; i-- {
		if !s.Messages[i].Inbound() {
			continue
		}
		t := scan(clip(s.Messages[i].Text, 2000))
		switch form, n := formOf(t); form {
		case "ty":
			ty += min(n, 2)
		case "pan":
			pan++
			if ty == 0 { // the newest word counts most: who turns formal is followed
				pan += 2
			}
		}
		if gender == "" {
			gender = genderOf(t)
		}
	}
	switch {
	case pan > 0 && pan >= ty:
		r.Form = "pan"
	case ty >= 2:
		r.Form = "ty"
	default:
		r.Form = ""
	}
	if r.Gender == "" {
		r.Gender = gender
	}
	if r.Gender == "" {
		r.Gender = GenderOfName(s.Customer.First)
	}
}
