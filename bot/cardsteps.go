package bot

import (
	"slices"
	"strings"
	"time"

	"tandem"
)

// did is what the bot did before this moment, not its words.
func (c *card) did() []tandem.BotDid {
	out := []tandem.BotDid{}
	past := c.s.Decisions
	past = slices.Clone(past)
	slices.SortStableFunc(past, func(a, b tandem.Decision) int { return a.At.Compare(b.At) })
	for _, d := range past {
		if d.ID == c.d.ID && d.ID != "" || c.s.Now.Sub(d.At) > 72*time.Hour {
			continue
		}
		what, result := Words(c.lang, string(d.Act)), ""
		switch d.Act {
		case tandem.Answer:
			result = lowerFirst(Title(c.lang, d.Touchpoint))
		case tandem.Ask:
			result = strings.Join(c.words("data.", d.Missing), ", ")
		case tandem.Propose:
			result = lowerFirst(Title(c.lang, d.Touchpoint))
		default:
			continue
		}
		out = append(out, tandem.BotDid{At: d.At, What: what, Result: result})
	}
	if seen := c.sources(); len(seen) > 0 {
		out = append(out, tandem.BotDid{At: c.s.Now, What: c.t("sprawdzenie", "check"), Result: strings.Join(seen, ", ")})
	}
	return out[max(0, len(out)-6):]
}

func (c *card) sources() []string {
	var out []string
	for _, f := range c.f.Facts {
		if !slices.Contains(out, f.Source) {
			out = append(out, f.Source)
		}
	}
	return out
}

// words words codes of one sort, each once.
func (c *card) words(prefix string, codes []string) []string {
	out := []string{}
	for _, code := range codes {
		w := Words(c.lang, prefix+code)
		if w != prefix+code && !slices.Contains(out, w) {
			out = append(out, w)
		}
	}
	return out
}

// asked is what the bot asked for already: nobody has to ask again.
func (c *card) asked() []string {
	var codes []string
	for _, d := range c.s.Decisions {
		if d.Act == tandem.Ask {
			for _, m := range d.Missing {
				if m == "order" || m == "contact" {
					codes = append(codes, m)
				}
			}
		}
	}
	return c.words("data.", codes)
}

// given names the sorts of data that the customer gave in this conversation.
func (c *card) given() []string {
	var codes []string
	add := func(r tandem.Reading) {
		for _, e := range r.Entities {
			codes = append(codes, e.Kind)
		}
	}
	for _, m := range c.s.Messages {
		if m.Inbound() && m.Reading != nil && m.Seq != c.d.Seq {
			add(*m.Reading)
		}
		if m.Inbound() && slices.ContainsFunc(m.Parts, func(p tandem.Part) bool { return p.Type == "image" }) {
			codes = append(codes, "photo")
		}
	}
	add(c.d.Reading)
	return c.words("data.", codes)
}

// steps are what to do next: the table's row of the topic, after what the situation itself asks for.
func (c *card) steps() []tandem.NextStep {
	list := pick(c.lang, stepsPL, stepsEN)
	out := []tandem.NextStep{}
	if len(c.d.Triggers) > 0 {
		t := c.d.Triggers[0]
		out = append(out, list[t.Code+":"+t.Kind]...)
		if len(out) == 0 {
			out = append(out, list[t.Code]...)
		}
	}
	for _, f := range c.Facts {
		if f.Bad && len(list["fact:"+f.Value]) > 0 && !strings.HasPrefix(c.Code, "T11") && c.Code != "T19" {
			out = append(out, list["fact:"+f.Value]...)
			break
		}
	}
	out = append(out, list[c.topic()]...)
	if len(out) == 0 {
		out = append(out, list["other"]...)
	}
	return out[:min(3, len(out))]
}

// missing is the one question that is still open.
func (c *card) missing() []string {
	if c.Open {
		return []string{}
	}
	if slices.Contains(needy, c.topic()) && !slices.ContainsFunc(c.f.Facts, func(f tandem.Fact) bool { return f.Key == "order" }) {
		return []string{c.t("Którego zamówienia to dotyczy? Potrzebny numer i druga dana.", "Which order is it about? Its number and a second datum are needed.")}
	}
	if q := pick(c.lang, openPL, openEN)[c.topic()]; q != "" {
		return []string{q}
	}
	return []string{}
}

func (c *card) promised() []string {
	out := []string{}
	for _, p := range c.s.Promises {
		if p.Kept.IsZero() {
			text := clip(p.Text, 120)
			if !p.Due.IsZero() {
				text += " (" + when(c.lang, p.Due, c.now) + ")"
			}
			out = append(out, text)
		}
	}
	return out
}

// due is the statutory deadline: of the open case, else counted from the matter's first message.
func (c *card) due() time.Time {
	var due time.Time
	for _, k := range c.s.Cases {
		if k.Closed.IsZero() && !k.ClockDue.IsZero() && (due.IsZero() || k.ClockDue.Before(due)) {
			due = k.ClockDue
		}
	}
	if !due.IsZero() {
		return due
	}
	start := c.now
	if len(c.Quotes) > 0 {
		for _, m := range c.s.Messages {
			if m.Seq == c.Quotes[0].Seq {
				start = m.At.In(c.now.Location())
			}
		}
	}
	kind := ""
	if c.Code == "T11" {
		kind = c.d.Triggers[0].Kind
	}
	return c.s.Touchpoints[c.topic()].Term(kind, start)
}
