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
	// Promises finds what a text promises.
	Promises func(tx *store.Tx, c tandem.Conversation, m tandem.Message, s tandem.Snapshot) error
	// Regrade looks, after a review, whether the topic's level must fall.
	Regrade func(*store.Tx, tandem.Draft) error
	// Second tells whether an approved draft is also shown to another reviewer.
	Second func(tandem.Workspace, tandem.DraftID) bool
	// PrivateKey is the key of the one private reply to a comment.
	PrivateKey func(comment string) string
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
	Text    string
	Thread  tandem.ThreadID // empty: where the customer wrote last
	Private bool            // answer a public comment in private: once per comment
	Key     string          // the client's idempotency key
	Draft   tandem.DraftID  // the suggestion it came from, if any
	SeenSeq int64           // the newest message the person had seen; 0: not told
	Hold    time.Duration   // how long it may still be cancelled
}

// Reply sends a person's words and makes them the owner if they are not: a human reply is always a
// take-over (I9). The same key again returns the message that is already there.
func (r Room) Reply(ctx context.Context, ws tandem.WorkspaceID, id tandem.ConversationID, u tandem.User, in Reply) (m tandem.Message, err error) {
	if in.Text == "" {
		return m, tandem.Coded(tandem.Invalid, "empty_text", "there is no text to send")
	}
	err = r.DB.Write(ctx, ws, func(tx *store.Tx) error {
		if in.Key != "" {
			if was, err := tx.MessageByKey(id, "desk:"+in.Key); err == nil {
				m = was
				return nil
			}
		}
		c, err := tx.Conversation(id)
		if err != nil {
			return err
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
		m = tandem.Message{Origin: tandem.FromHuman, Author: u.ID, Text: in.Text, Delivery: tandem.Queued, Draft: in.Draft, ReplyTo: replyTo, Epoch: c.Epoch}
		if in.Key != "" {
			m.Key = "desk:" + in.Key
		}
		if in.Private && th.Surface == tandem.Comment {
			if th, err = r.aside(tx, c, th, &m); err != nil {
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
func (r Room) aside(tx *store.Tx, c tandem.Conversation, public tandem.Thread, m *tandem.Message) (tandem.Thread, error) {
	m.Kind, m.Key = "private_reply", r.PrivateKey(m.ReplyTo)
	if _, err := tx.MessageByKey(c.ID, m.Key); err == nil {
		return public, tandem.Coded(tandem.Conflict, "private_reply_used", "this comment was answered in private already; write in the private thread or in public")
	}
	return tx.ThreadOf(c.ID, tandem.Thread{Account: public.Account, Surface: tandem.Direct, External: public.To, To: public.To})
}

// aim finds the thread a reply goes to and, in public, the comment it answers.
func aim(s tandem.Snapshot, want tandem.ThreadID) (tandem.Thread, string, error) {
	for i := len(s.Messages) - 1; i >= 0; i-- {
		m := s.Messages[i]
		if !m.Inbound() || want != "" && m.Thread != want {
			continue
		}
		th := s.Thread(m.Thread)
		if th.Surface == tandem.Comment {
			return th, m.External, nil
		}
		return th, "", nil
	}
	for _, th := range s.Threads {
		if th.ID == want {
			return th, "", nil
		}
	}
	return tandem.Thread{}, "", tandem.Coded(tandem.Invalid, "no_thread", "there is no such place in this conversation to answer in")
}

// speak commits a person's message: the customer is answered, drafts are void, promises are kept in
// mind, the sender is called.
func (r Room) speak(tx *store.Tx, c *tandem.Conversation, s tandem.Snapshot, th tandem.Thread, m *tandem.Message, hold time.Duration) error {
	if _, err := tx.AddMessage(c, th, m); err != nil {
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
	return tx.Outdate(c.ID, tandem.DraftStale)
}

// Cancel takes back a reply that has not been sent yet and returns its text. The customer waits again,
// and what the reply promised is void.
func (r Room) Cancel(ctx context.Context, ws tandem.WorkspaceID, id tandem.ConversationID, u tandem.User, mid tandem.MessageID) (text string, err error) {
	err = r.DB.Write(ctx, ws, func(tx *store.Tx) error {
		c, err := tx.Conversation(id)
		if err != nil {
			return err
		}
		m, err := tx.Message(mid)
		if err != nil {
			return err
		}
		if m.Conversation != id || m.Author != u.ID || m.Delivery != tandem.Queued {
			return tandem.Coded(tandem.Conflict, "already_sent", "it is too late: the message is on its way")
		}
		text = m.Text
		waits, err := tx.CancelMessage(&c, m)
		if err != nil {
			return err
		}
		s, err := tx.Snapshot(id)
		if err != nil {
			return err
		}
		for _, p := range s.Promises {
			if p.Message == mid {
				p.Kept = tx.Now
				if err := tx.SavePromise(p, string(u.ID), "withdrawn"); err != nil {
					return err
				}
			}
		}
		if !waits || c.Owner != tandem.Human {
			return nil
		}
		if h := s.Handover; h != nil && h.FirstReply.Equal(m.ReceivedAt) {
			h.FirstReply = time.Time{}
			if err := tx.SaveHandover(*h); err != nil {
				return err
			}
		}
		return tx.Enqueue(r.Silence(c, tx.Now, s.Workspace.Settings.AgentSilence))
	})
	return text, err
}

// Retry sends a failed or unknown message again on a person's word.
func (r Room) Retry(ctx context.Context, ws tandem.WorkspaceID, id tandem.ConversationID, u tandem.User, mid tandem.MessageID) error {
	return r.DB.Write(ctx, ws, func(tx *store.Tx) error {
		m, err := tx.Message(mid)
		if err != nil {
			return err
		}
		if m.Conversation != id || m.Delivery != tandem.Failed && m.Delivery != tandem.Unknown || m.Origin == tandem.FromBot {
			return tandem.Coded(tandem.Conflict, "not_failed", "only a message of a person that failed can be sent again")
		}
		if err := tx.Requeue(&m, tandem.Queued); err != nil {
			return err
		}
		return tx.Enqueue(r.Send(m))
	})
}
