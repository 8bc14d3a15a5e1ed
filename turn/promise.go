package turn

import (
	"context"
	"time"

	"tandem"
	"tandem/store"
)

// Promise makes a dated task of what was promised, and the jobs that watch it.
func Promise(tx *store.Tx, c tandem.Conversation, m tandem.MessageID, by tandem.UserID, text string, due time.Time) error {
	if !due.After(tx.Now) {
		return nil
	}
	p := tandem.Promise{ID: tandem.NewID[tandem.PromiseID](), Conversation: c.ID, Message: m, By: by, Text: text, Due: due}
	if err := tx.AddPromise(p); err != nil {
		return err
	}
	w, err := tx.Workspace()
	if err != nil {
		return err
	}
	if err := tx.Enqueue(store.Job{Kind: "promise_warn", Arg: string(p.ID), RunAt: warnAt(tx.Now, due, w)}); err != nil {
		return err
	}
	return tx.Enqueue(store.Job{Kind: "promise_due", Arg: string(p.ID), RunAt: due})
}

// warnAt is when who promised is reminded: a quarter of the time before it is due, at most an hour, while
// somebody is at the desk. What is due at the end of a day is due for people when the desk closes.
func warnAt(now, due time.Time, w tandem.Workspace) time.Time {
	zone := tandem.Snapshot{Workspace: w}.Zone()
	before := func(end time.Time) time.Time { return end.Add(-min(time.Hour, end.Sub(now)/4)) }
	warn := before(due).In(zone)
	if w.Hours.Open(warn) {
		return warn
	}
	if next, ok := w.Hours.Next(warn); ok && next.Before(due) {
		return next
	}
	if last, ok := w.Hours.Last(warn); ok && last.After(now) {
		return before(last)
	}
	return warn
}

// promiseGrace is how long a broken promise is left to the person who can still make it good: who has
// the conversation, or else who promised. As long as the ladder asks nobody else.
const promiseGrace = widenAfter

// here tells whether a person may be asked: still with the company and not away.
func here(tx *store.Tx, id tandem.UserID) (bool, error) {
	if id == "" {
		return false, nil
	}
	u, err := tx.User(id)
	if tandem.KindOf(err) == tandem.NotFound {
		return false, nil
	}
	return err == nil && u.Present, err
}

// PromiseWarn reminds the one who promised before it is too late; where that person is not there, the
// one who has the conversation, or else everybody.
func (t Turn) PromiseWarn(ctx context.Context, j store.Job) error {
	return t.DB.Write(ctx, j.Workspace, func(tx *store.Tx) error {
		p, err := tx.Promise(tandem.PromiseID(j.Arg))
		if err != nil || !p.Kept.IsZero() {
			return err
		}
		c, err := tx.Conversation(p.Conversation)
		if err != nil {
			return err
		}
		to := tandem.UserID("")
		for _, who := range []tandem.UserID{c.Agent, p.By} { // the last one wins
			if ok, err := here(tx, who); err != nil {
				return err
			} else if ok {
				to = who
			}
		}
		tx.TellPromise(p, "clock", "soon", to)
		return nil
	})
}

// PromiseDue brings a broken promise back. A person who has the conversation keeps it for the grace
// time and is alerted; otherwise it goes to the queue, first to the person who made it.
func (t Turn) PromiseDue(ctx context.Context, j store.Job) error {
	return t.DB.Write(ctx, j.Workspace, func(tx *store.Tx) error {
		p, err := tx.Promise(tandem.PromiseID(j.Arg))
		if err != nil || !p.Kept.IsZero() {
			return err
		}
		p.Broken = tx.Now
		if err := tx.SavePromise(p, "clock", "broken"); err != nil {
			return err
		}
		c, err := tx.Conversation(p.Conversation)
		if err != nil || c.Owner == tandem.Queue {
			return err
		}
		if ok, err := here(tx, c.Agent); err != nil || !ok {
			return t.comesBack(tx, c, p, err)
		}
		if c.Agent != p.By {
			tx.TellPromise(p, "clock", "broken", c.Agent)
		}
		return tx.Enqueue(store.Job{Kind: "promise_late", Arg: j.Arg, RunAt: tx.Now.Add(promiseGrace)})
	})
}

// PromiseLate ends the grace time of a broken promise: whoever has the conversation and says nothing
// loses it to the queue. While that person writes to the customer there is nothing better to do.
func (t Turn) PromiseLate(ctx context.Context, j store.Job) error {
	return t.DB.Write(ctx, j.Workspace, func(tx *store.Tx) error {
		p, err := tx.Promise(tandem.PromiseID(j.Arg))
		if err != nil || !p.Kept.IsZero() {
			return err
		}
		c, err := tx.Conversation(p.Conversation)
		if err != nil || c.Owner == tandem.Queue {
			return err
		}
		s, err := tx.Snapshot(c.ID)
		if err != nil {
			return err
		}
		if m, ok := s.Last(tandem.FromHuman); ok && c.Owner == tandem.Human && m.Author == c.Agent && m.ReceivedAt.After(tx.Now.Add(-promiseGrace)) {
			return tx.Enqueue(store.Job{Kind: "promise_late", Arg: j.Arg, RunAt: tx.Now.Add(promiseGrace)})
		}
		if c.Owner == tandem.Human {
			p.By = "" // the grace time is over: everybody is asked
		}
		return t.comesBack(tx, c, p, nil)
	})
}

// comesBack puts a conversation in which something is owed into the queue: of the person who promised it
// while the desk is open and that person is there, of everybody otherwise.
func (t Turn) comesBack(tx *store.Tx, c tandem.Conversation, p tandem.Promise, err error) error {
	if err != nil {
		return err
	}
	s, err := tx.Snapshot(c.ID)
	if err != nil {
		return err
	}
	ok, err := here(tx, p.By)
	if err != nil {
		return err
	}
	if ok && s.Staffed {
		c.Offered = p.By
	}
	return t.queue(tx, c, tandem.Trigger{Code: "T20", Kind: "promise"}, "clock")
}

// widen asks everybody about a conversation that was offered to one person first.
func widen(tx *store.Tx, id tandem.ConversationID, actor string) error {
	if err := unoffer(tx, id); err != nil {
		return err
	}
	h, err := tx.OpenHandover(id)
	if err != nil {
		return err
	}
	tx.Emit(tandem.Event{Kind: tandem.AlertWidened, Conversation: id, Subject: string(h.ID), Actor: actor, Code: h.Trigger.Code})
	return nil
}

// unoffer ends that one person is asked before the others.
func unoffer(tx *store.Tx, id tandem.ConversationID) error {
	c, err := tx.Conversation(id)
	if err != nil || c.Offered == "" {
		return err
	}
	c.Offered = ""
	return tx.SaveConversation(c)
}
