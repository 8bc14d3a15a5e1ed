package turn

import (
	"time"

	"tandem"
	"tandem/store"
)

// SendJob is the job that brings a message to its platform. Those of one thread go out in the order
// in which they were committed (I7).
func SendJob(m tandem.Message) store.Job {
	return store.Job{Kind: "send", Arg: string(m.ID), Queue: "send:" + string(m.Thread)}
}

// Promise makes a dated task of what was promised, and the jobs that watch it.
func Promise(tx *store.Tx, c tandem.Conversation, m tandem.MessageID, by tandem.UserID, text string, due time.Time) error {
	if !due.After(tx.Now) {
		return nil
	}
	p := tandem.Promise{ID: tandem.NewID[tandem.PromiseID](), Conversation: c.ID, Message: m, By: by, Text: text, Due: due}
	if err := tx.AddPromise(p); err != nil {
		return err
	}
	warn := due.Add(-min(time.Hour, due.Sub(tx.Now)/4))
	if err := tx.Enqueue(store.Job{Kind: "promise_warn", Arg: string(p.ID), RunAt: warn}); err != nil {
		return err
	}
	return tx.Enqueue(store.Job{Kind: "promise_due", Arg: string(p.ID), RunAt: due})
}
