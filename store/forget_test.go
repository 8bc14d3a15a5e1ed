package store_test

import (
	"slices"
	"strings"
	"testing"

	"tandem"
	"tandem/store"
)

// What a customer takes back is nowhere any more: not in the card, not in what decisions were made from.
func TestWhatIsTakenBackIsForgotten(t *testing.T) {
	each(t, func(t *testing.T, b *bench) {
		c, _ := b.says(t, "ania", "gdzie paczka?", "m1")
		b.says(t, "ania", "mój PIN to 4711", "m2")
		all, err := b.MessagesBefore(bg, ws, c.ID, 100, 10)
		if err != nil || len(all) != 2 {
			t.Fatal(all, err)
		}
		secret := all[slices.IndexFunc(all, func(m tandem.Message) bool { return m.Seq == 2 })]
		read := tandem.Reading{Entities: []tandem.Entity{{Kind: "order", Value: "4711"}}, Evidence: []tandem.Evidence{{Code: "pin", Text: "PIN"}}}
		b.must(t, func(tx *store.Tx) error {
			for seq, id := range map[int64]tandem.DecisionID{1: "d1", 2: "d2", 3: "d3"} {
				d := tandem.Decision{ID: id, Conversation: c.ID, Seq: seq, Rule: "r", Reading: read, Triggers: []tandem.Trigger{{Code: "T2", Evidence: read.Evidence}}}
				if err := tx.AddDecision(d, []byte(`{"said":"4711"}`)); err != nil {
					return err
				}
			}
			h := tandem.Handover{ID: "h1", Conversation: c.ID, Trigger: tandem.Trigger{Code: "T2", Evidence: read.Evidence}, Card: tandem.Card{Headline: "PIN", Quotes: []tandem.Quote{{Seq: 1, Text: "gdzie paczka?"}, {Seq: 2, Text: "mój PIN to 4711"}}}}
			if err := tx.AddHandover(h); err != nil {
				return err
			}
			return tx.SaveWorded("h1", tandem.Worded{Text: "PIN 4711"})
		})
		b.must(t, func(tx *store.Tx) error { return tx.RemoveMessage(secret, tandem.ByCustomer) })

		h, err := b.LastHandover(bg, ws, c.ID)
		if err != nil || len(h.Card.Quotes) != 1 || h.Card.Quotes[0].Seq != 1 || h.Worded.Text != "" || h.Card.Headline != "PIN" || h.Trigger.Evidence[0] != (tandem.Evidence{Code: "pin"}) {
			t.Errorf("the card is %+v, %v", h, err)
		}
		for id, kept := range map[tandem.DecisionID]bool{"d1": true, "d2": false, "d3": false} {
			d, input, err := b.Decision(bg, ws, id)
			if err != nil || strings.Contains(input, "4711") != kept || d.Rule != "r" {
				t.Errorf("%s was made from %q, %+v, %v", id, input, d, err)
			}
			gone := len(d.Reading.Entities) == 0 && d.Reading.Evidence[0].Text == "" && d.Triggers[0].Evidence[0].Text == ""
			if gone != (id == "d2") {
				t.Errorf("%s keeps %+v, %+v", id, d.Reading, d.Triggers)
			}
		}
	})
}
