package store_test

import (
	"testing"
	"time"

	"tandem"
	"tandem/store"
)

// The figure that must be 0 can be something else: whoever asked for a person and heard the bot first is
// counted, also in a burst and by the button; whoever heard a person, or a notice, is not.
func TestIgnoredRequestsAreCounted(t *testing.T) {
	each(t, func(t *testing.T, b *bench) {
		wish, plain := &tandem.Reading{WantsHuman: true}, &tandem.Reading{}
		says := func(tx *store.Tx, c *tandem.Conversation, th tandem.Thread, m tandem.Message) {
			m.At = tx.Now
			if _, err := tx.AddMessage(c, th, &m); err != nil {
				t.Fatal(err)
			}
		}
		customer := func(r *tandem.Reading) tandem.Message {
			return tandem.Message{Origin: tandem.FromCustomer, Text: "x", Reading: r, Disposition: tandem.Pending}
		}
		button := customer(plain)
		button.Kind = "human"
		from := func(o tandem.Origin) tandem.Message { return tandem.Message{Origin: o, Text: "x"} }
		silenced := from(tandem.FromBot)
		silenced.Delivery = tandem.Suppressed
		total := 0
		for name, c := range map[string]struct {
			said []tandem.Message
			by   tandem.Disposition
			n    int
		}{
			"answered by the bot":        {[]tandem.Message{customer(wish), from(tandem.FromBot)}, tandem.AnsweredByBot, 1},
			"the first of two":           {[]tandem.Message{customer(wish), customer(plain), from(tandem.FromBot)}, tandem.AnsweredByBot, 1},
			"the button":                 {[]tandem.Message{button, from(tandem.FromBot)}, tandem.AnsweredByBot, 1},
			"no wish":                    {[]tandem.Message{customer(plain), from(tandem.FromBot)}, tandem.AnsweredByBot, 0},
			"a person answered":          {[]tandem.Message{customer(wish), from(tandem.FromHuman)}, tandem.AnsweredByHuman, 0},
			"a person gave it back":      {[]tandem.Message{customer(wish), customer(plain), from(tandem.FromBot)}, tandem.AnsweredByHuman, 0},
			"what the bot said was held": {[]tandem.Message{customer(wish), silenced}, tandem.WithHuman, 0},
			"a notice, then the bot":     {[]tandem.Message{customer(wish), from(tandem.FromNotice), customer(plain), from(tandem.FromBot)}, tandem.AnsweredByBot, 0},
		} {
			c0, th := b.says(t, name, "dzień dobry", "")
			b.must(t, func(tx *store.Tx) error {
				now, err := tx.Conversation(c0.ID)
				if err != nil {
					return err
				}
				for _, m := range c.said {
					says(tx, &now, th, m)
				}
				if err := tx.Dispose(&now, now.Asked, c.by); err != nil {
					return err
				}
				return tx.SaveConversation(now)
			})
			was := total
			var err error
			if total, err = b.Ignored(t.Context(), ws, time.Now().Add(-time.Hour)); err != nil || total-was != c.n {
				t.Errorf("%s: %d counted, want %d, %v", name, total-was, c.n, err)
			}
		}
	})
}
