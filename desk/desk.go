// Package desk is people at work: take over, reply, note, hand back, close, approve, edit, reject,
// and what a manager decides. Every act is one transaction; the person who was quicker wins and the
// other is told. It never talks to a platform: a reply becomes a job.
package desk

import (
	"context"
	"time"

	"tandem"
	"tandem/store"
)

// Room is where people work.
type Room struct {
	DB *store.DB
	// Card makes the summary for a conversation that a person takes without a hand-over.
	Card func(s tandem.Snapshot, why tandem.Trigger) tandem.Card
	// HandOver moves a conversation into the queue; the turn's one way in.
	HandOver func(tx *store.Tx, c tandem.Conversation, s tandem.Snapshot, why tandem.Trigger, card tandem.Card, actor string) error
	// Widen asks everybody about a conversation of the queue that was offered to one person first.
	Widen func(tx *store.Tx, id tandem.ConversationID, actor string) error
	// Promises finds what a text promises.
	Promises func(tx *store.Tx, c tandem.Conversation, m tandem.Message, s tandem.Snapshot) error
	// Regrade looks, after a review, whether the topic's level must fall.
	Regrade func(*store.Tx, tandem.Draft) error
	// Second tells whether an approved draft is also shown to another reviewer.
	Second func(tandem.Workspace, tandem.DraftID) bool
	// PrivateKey is the key of the one private reply to a comment.
	PrivateKey func(comment string) string
	// Window is how long after a customer's message a kind of channel takes free text, and a named
	// person's; 0: no limit.
	Window func(kind string, s tandem.Surface) (free, human time.Duration)
	// Watch leaves the warning that a thread's window closes.
	Watch func(*store.Tx, tandem.Thread) error
	// Clean takes personal data out of a text; the name is that of who wrote it.
	Clean func(text, name string) string
	// Held tells whether an approved example is kept apart to check new versions; n were approved before.
	Held func(text string, n int) bool
	// Renew makes a change of what understands the messages and looks which levels are to be earned again.
	Renew func(tx *store.Tx, change func() error) error
	// Learn makes the job that trains a new version, on a person's word or, where there is none, on
	// what was approved.
	Learn func(by tandem.UserID, now time.Time) store.Job
	// Send, Act and Turn make the jobs that follow.
	Send    func(tandem.Message) store.Job
	Act     func(tandem.Action) store.Job
	Turn    func(tandem.ConversationID, time.Time) store.Job
	Silence func(c tandem.Conversation, now time.Time, limit time.Duration) store.Job
}

// AnyEpoch lets TakeOver act on whatever state there is.
const AnyEpoch = -1

// TakeOver makes a person the owner. Exactly one of two who press at once wins; the other gets a
// Conflict that names the winner. Rows of the bot that are still queued are refused by the sender.
func (r Room) TakeOver(ctx context.Context, ws tandem.WorkspaceID, id tandem.ConversationID, u tandem.User, epoch int64) error {
	return r.DB.Write(ctx, ws, func(tx *store.Tx) error {
		c, err := tx.Conversation(id)
		if err != nil {
			return err
		}
		if epoch != AnyEpoch && c.Epoch != epoch && !(c.Owner == tandem.Human && c.Agent == u.ID) {
			return r.taken(tx, c)
		}
		return r.own(tx, &c, u, "takeover")
	})
}

func (r Room) taken(tx *store.Tx, c tandem.Conversation) error {
	if c.Owner == tandem.Human && c.Agent != "" {
		if who, err := tx.User(c.Agent); err == nil {
			return tandem.Coded(tandem.Conflict, "taken", "%s has taken over", who.Name)
		}
	}
	return tandem.Coded(tandem.Conflict, "moved", "the conversation has changed; read it again")
}

// own makes a person the owner inside a transaction.
func (r Room) own(tx *store.Tx, c *tandem.Conversation, u tandem.User, code string) error {
	if c.Owner == tandem.Human && c.Agent == u.ID {
		return nil
	}
	if c.Owner == tandem.Human && c.Agent != "" && code == "takeover" {
		return r.taken(tx, *c)
	}
	s, err := tx.Snapshot(c.ID)
	if err != nil {
		return err
	}
	if err := tx.Transfer(c, tandem.Human, u.ID, string(u.ID), code); err != nil {
		return err
	}
	h, err := tx.OpenHandover(c.ID)
	switch {
	case err == nil:
		if h.TakenBy == "" {
			h.TakenBy, h.TakenAt = u.ID, tx.Now
			if err := tx.SaveHandover(h); err != nil {
				return err
			}
		}
	case tandem.KindOf(err) == tandem.NotFound:
		why := tandem.Trigger{Code: "M1", Kind: "takeover"}
		h := tandem.Handover{ID: tandem.NewID[tandem.HandoverID](), Conversation: c.ID, Epoch: c.Epoch, Trigger: why, Card: r.Card(s, why), At: tx.Now, TakenBy: u.ID, TakenAt: tx.Now}
		if err := tx.AddHandover(h); err != nil {
			return err
		}
		if err := tx.Outdate(c.ID, tandem.DraftStale); err != nil {
			return err
		}
		if err := tx.Enqueue(r.Turn(c.ID, tx.Now)); err != nil { // the same turn, now with a suggestion
			return err
		}
	default:
		return err
	}
	if err := tx.Dispose(c, c.Asked, tandem.WithHuman); err != nil {
		return err
	}
	if c.Asked > c.Answered {
		if err := tx.Enqueue(r.Silence(*c, tx.Now, s.Workspace.Settings.AgentSilence)); err != nil {
			return err
		}
	}
	return tx.SaveConversation(*c)
}

// Reply is what a person sends.
type Reply struct {
	Text     string
	Template *tandem.Filled                        // an approved template in the place of a text: what may be said outside the window
	Thread   tandem.ThreadID                       // empty: where the customer wrote last
	Private  bool                                  // answer a public comment in private: once per comment
	Key      string                                // the client's idempotency key
	Draft    tandem.DraftID                        // the suggestion it came from, if any
	SeenSeq  int64                                 // the newest message the person had seen; 0: not told
	Hold     time.Duration                         // how long it may still be cancelled
	Files    []tandem.FileID                       // brought before; each goes with one message only
	Takes    func(kind string, p tandem.Part) bool // tells whether a kind of channel sends such a file
}

// Reply sends a person's words and makes them the owner if they are not: a human reply is always a
// take-over (I9). The same key again returns the message that is already there. Outside the customer's
// window a text is refused here and not by the platform later: Conflict window_closed.
func (r Room) Reply(ctx context.Context, ws tandem.WorkspaceID, id tandem.ConversationID, u tandem.User, in Reply) (m tandem.Message, err error) {
	if in.Text == "" && in.Template == nil && len(in.Files) == 0 {
		return m, tandem.Coded(tandem.Invalid, "empty_text", "there is no text to send")
	}
	err = r.DB.Write(ctx, ws, func(tx *store.Tx) error {
		c, err := tx.Conversation(id)
		if err != nil {
			return err
		}
		if in.Key != "" { // looked for while the conversation is held: two presses at once are one
			if was, err := tx.MessageByKey(id, "desk:"+in.Key); err == nil {
				m = was
				return nil
			}
		}
		if in.SeenSeq != 0 && in.SeenSeq < c.Asked {
			return tandem.Coded(tandem.Conflict, "newer_message", "the customer has written again; read it first")
		}
		if err := r.own(tx, &c, u, "reply"); err != nil {
			return err
		}
		s, err := tx.Snapshot(id)
		if err != nil {
			return err
		}
		th, replyTo, err := aim(s, in.Thread)
		if err != nil {
			return err
		}
		if err := welcome(tx, c, th, in.Template); err != nil {
			return err
		}
		m = tandem.Message{Origin: tandem.FromHuman, Author: u.ID, Text: in.Text, Delivery: tandem.Queued, Draft: in.Draft, ReplyTo: replyTo, Epoch: c.Epoch}
		if err := attach(tx, in, th, &m); err != nil {
			return err
		}
		if in.Template != nil {
			if err := fill(tx, th, in, &m); err != nil {
				return err
			}
		} else if err := r.open(th, in.Private && th.Surface == tandem.Comment, tx.Now); err != nil {
			return err
		}
		if in.Key != "" {
			m.Key = "desk:" + in.Key
		}
		if in.Private && th.Surface == tandem.Comment {
			if th, err = r.aside(tx, c, s, th, &m); err != nil {
				return err
			}
		}
		if err := r.speak(tx, &c, s, th, &m, in.Hold); err != nil {
			return err
		}
		return r.used(tx, c, in, u)
	})
	return m, err
}

// aside makes a message the private reply to the comment it answers.
func (r Room) aside(tx *store.Tx, c tandem.Conversation, s tandem.Snapshot, public tandem.Thread, m *tandem.Message) (tandem.Thread, error) {
	m.Kind, m.Key = "private_reply", r.PrivateKey(m.ReplyTo)
	if _, err := tx.MessageByKey(c.ID, m.Key); err == nil {
		return public, tandem.Coded(tandem.Conflict, "private_reply_used", "this comment was answered in private already; write in the private thread or in public")
	}
	th, err := tx.ThreadOf(c.ID, tandem.Thread{Account: public.Account, Surface: tandem.Direct, External: public.To, To: public.To})
	if err != nil {
		return th, err
	}
	return th, enter(s.Thread(th.ID))
}

// speak commits a person's message: the customer is answered, drafts are void, promises are kept in
// mind, the sender is called once the time to take it back is over.
func (r Room) speak(tx *store.Tx, c *tandem.Conversation, s tandem.Snapshot, th tandem.Thread, m *tandem.Message, hold time.Duration) error {
	if hold > 0 {
		m.Held = tx.Now.Add(hold)
	}
	if _, err := tx.AddMessage(c, th, m); err != nil {
		return err
	}
	if err := belong(tx, *m); err != nil {
		return err
	}
	if err := tx.Dispose(c, c.Asked, tandem.AnsweredByHuman); err != nil {
		return err
	}
	c.WaitSince = time.Time{}
	if err := tx.SaveConversation(*c); err != nil {
		return err
	}
	if h, err := tx.OpenHandover(c.ID); err == nil && h.FirstReply.IsZero() {
		h.FirstReply = tx.Now
		if err := tx.SaveHandover(h); err != nil {
			return err
		}
		if err := tx.Cancel("ladder:" + string(h.ID)); err != nil {
			return err
		}
	}
	if err := r.Promises(tx, *c, *m, s); err != nil {
		return err
	}
	if err := r.Watch(tx, th); err != nil {
		return err
	}
	j := r.Send(*m)
	j.RunAt = tx.Now.Add(hold)
	return tx.Enqueue(j)
}

// used records what became of the suggestions: one was sent, the others were not.
func (r Room) used(tx *store.Tx, c tandem.Conversation, in Reply, u tandem.User) error {
	if in.Draft != "" {
		d, err := tx.Draft(in.Draft)
		if err == nil && d.State == tandem.DraftPending && d.Conversation == c.ID {
			d.State, d.Final, d.Reviewer, d.DecidedAt = tandem.DraftUsed, in.Text, u.ID, tx.Now
			d.Edit, d.Distance = Class(d.Text, in.Text)
			if err := tx.SaveDraft(d, string(u.ID)); err != nil {
				return err
			}
		}
	}
	if err := r.measure(tx, c, in.Text, u); err != nil {
		return err
	}
	return tx.Outdate(c.ID, tandem.DraftStale)
}

// measure lays what a person wrote beside what the bot would have suggested, where that was withheld.
func (r Room) measure(tx *store.Tx, c tandem.Conversation, text string, u tandem.User) error {
	d, err := tx.Withheld(c.ID, c.Asked)
	if tandem.KindOf(err) == tandem.NotFound && err != nil || text == "" {
		return nil
	}
	if err != nil {
		return err
	}
	d.Final, d.Reviewer, d.DecidedAt = text, u.ID, tx.Now
	d.Edit, d.Distance = Class(d.Text, text)
	return tx.SaveDraft(d, string(u.ID))
}

// Retry sends a failed or unknown message again on a person's word. Where nothing can be sent it is refused as
// a new one would be, but for a person who could not be reached: this is how to find out that they can again.
func (r Room) Retry(ctx context.Context, ws tandem.WorkspaceID, id tandem.ConversationID, u tandem.User, mid tandem.MessageID) error {
	return r.DB.Write(ctx, ws, func(tx *store.Tx) error {
		m, err := tx.Message(mid)
		if err != nil {
			return err
		}
		if m.Conversation != id || m.Delivery != tandem.Failed && m.Delivery != tandem.Unknown || m.Origin == tandem.FromBot {
			return tandem.Coded(tandem.Conflict, "not_failed", "only a message of a person that failed can be sent again")
		}
		s, err := tx.Snapshot(id)
		if err != nil {
			return err
		}
		if th := s.Thread(m.Thread); th.Shut != tandem.ShutUnreachable {
			if err := enter(th); err != nil {
				return err
			}
		}
		if err := tx.Requeue(&m, tandem.Queued, ""); err != nil {
			return err
		}
		return tx.Enqueue(r.Send(m))
	})
}
