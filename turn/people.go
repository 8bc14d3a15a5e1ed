package turn

import (
	"tandem"
	"tandem/bot"
	"tandem/desk"
	"tandem/intake"
	"tandem/policy"
	"tandem/store"
)

// Desk is the room of people with the story's own ways into the queue, the sender and the clock.
func (t Turn) Desk() desk.Room {
	return desk.Room{
		DB: t.DB, Regrade: Regrade, PrivateKey: PrivateKey, Card: card, Window: t.window, Watch: t.watch,
		Second: func(w tandem.Workspace, id tandem.DraftID) bool {
			return policy.Chosen(string(id), "second", w.Settings.Sampling.Second)
		},
		Clean: clean, Held: held, Learn: LearnJob, Renew: t.Renew,
		HandOver: t.handOver, Widen: widen, Send: SendJob, Act: ActJob, Turn: intake.TurnJob, Silence: SilenceJob,
		Promises: func(tx *store.Tx, c tandem.Conversation, m tandem.Message, s tandem.Snapshot) error {
			for _, p := range bot.Promises(m.Text, c.Lang, tx.Now, s.Zone()) {
				if err := Promise(tx, c, m.ID, m.Author, p.Text, p.Due); err != nil {
					return err
				}
			}
			return nil
		},
	}
}
