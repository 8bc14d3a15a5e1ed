package app

import (
	"tandem"
	"tandem/bot"
	"tandem/nlu"
	"tandem/store"
	"tandem/turn"
)

// card is the summary for a conversation that a person takes without a turn having decided it.
func card(s tandem.Snapshot, why tandem.Trigger) tandem.Card {
	d := tandem.Decision{
		Conversation: s.Conversation.ID, Act: tandem.HandOver, Touchpoint: s.Conversation.Touchpoint, Rule: why.Code, Triggers: []tandem.Trigger{why},
		At: s.Now, Reading: tandem.Reading{Mood: s.Conversation.Mood, Lang: s.Conversation.Lang},
	}
	if m, ok := s.Last(tandem.FromCustomer); ok && m.Reading != nil {
		d.Reading = *m.Reading
	}
	return bot.Card(s, d, nil, nlu.Mask)
}

// promises makes dated tasks of what a person's words promise.
func promises(tx *store.Tx, c tandem.Conversation, m tandem.Message, s tandem.Snapshot) error {
	for _, p := range bot.Promises(m.Text, c.Lang, tx.Now, s.Zone()) {
		if err := turn.Promise(tx, c, m.ID, m.Author, p.Text, p.Due); err != nil {
			return err
		}
	}
	return nil
}
