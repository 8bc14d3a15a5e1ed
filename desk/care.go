package desk

import (
	"context"

	"tandem"
	"tandem/store"
)

// act is one change of a conversation by a person.
func (r Room) act(ctx context.Context, ws tandem.WorkspaceID, id tandem.ConversationID, do func(*store.Tx, *tandem.Conversation) error) error {
	return r.DB.Write(ctx, ws, func(tx *store.Tx) error {
		c, err := tx.Conversation(id)
		if err != nil {
			return err
		}
		return do(tx, &c)
	})
}

// end closes the stretch of people that is under way.
func end(tx *store.Tx, c tandem.ConversationID, u tandem.UserID, outcome string) error {
	h, err := tx.OpenHandover(c)
	if tandem.KindOf(err) == tandem.NotFound && err != nil {
		return nil
	}
	if err != nil {
		return err
	}
	h.EndedAt, h.EndedBy, h.Outcome = tx.Now, u, outcome
	if err := tx.Cancel("ladder:" + string(h.ID)); err != nil {
		return err
	}
	return tx.SaveHandover(h)
}

// Return gives a conversation back to the bot with a line of instruction. The bot says nothing until
// the customer writes again, and then introduces itself anew (I18).
func (r Room) Return(ctx context.Context, ws tandem.WorkspaceID, id tandem.ConversationID, u tandem.User, brief, outcome string) error {
	return r.act(ctx, ws, id, func(tx *store.Tx, c *tandem.Conversation) error {
		if c.Owner == tandem.Bot {
			return tandem.Coded(tandem.Conflict, "moved", "the bot has it already")
		}
		if outcome == "" {
			outcome = "returned"
		}
		if err := end(tx, c.ID, u.ID, outcome); err != nil {
			return err
		}
		if err := tx.Dispose(c, c.Asked, tandem.AnsweredByHuman); err != nil {
			return err
		}
		if err := tx.Outdate(c.ID, tandem.DraftStale); err != nil {
			return err
		}
		c.Brief, c.Instructed = brief, ""
		return tx.Transfer(c, tandem.Bot, "", string(u.ID), "return")
	})
}

// durable are the outcomes that say how a matter with a statutory clock ended: with an answer on a
// durable medium, which a chat is not, or because the customer gave it up.
var durable = map[string]bool{"answered_by_mail": true, "answered_by_letter": true, "withdrawn": true}

// answered refuses to close a matter whose statutory clock runs before it was answered on a durable
// medium (art. 7a of the Polish consumer rights act).
func answered(tx *store.Tx, c tandem.ConversationID, outcome string) error {
	if durable[outcome] {
		return nil
	}
	s, err := tx.Snapshot(c)
	if err != nil {
		return err
	}
	for _, k := range s.Cases {
		if k.Closed.IsZero() && !k.ClockDue.IsZero() {
			return tandem.Coded(tandem.Conflict, "durable_reply_missing",
				"the matter has a statutory term: answer it by mail or letter and say so in the outcome, or say that the customer withdrew it")
		}
	}
	return nil
}

// Close ends the matter. Every waiting message gets its disposition by a named person (I6).
func (r Room) Close(ctx context.Context, ws tandem.WorkspaceID, id tandem.ConversationID, u tandem.User, outcome string) error {
	return r.act(ctx, ws, id, func(tx *store.Tx, c *tandem.Conversation) error {
		if c.Owner == tandem.Closed {
			return nil
		}
		if outcome == "" {
			outcome = "resolved"
		}
		if err := answered(tx, c.ID, outcome); err != nil {
			return err
		}
		if err := end(tx, c.ID, u.ID, outcome); err != nil {
			return err
		}
		if err := tx.Dispose(c, c.Asked, tandem.NoReply); err != nil {
			return err
		}
		if err := tx.Outdate(c.ID, tandem.DraftStale); err != nil {
			return err
		}
		if err := tx.CloseCases(c.ID, outcome); err != nil {
			return err
		}
		c.Parked = ""
		if err := tx.Transfer(c, tandem.Closed, "", string(u.ID), "close"); err != nil {
			return err
		}
		return rated(tx, c.ID)
	})
}

// rated asks the customer how it went, where that can be shown and somebody had answered.
func rated(tx *store.Tx, id tandem.ConversationID) error {
	s, err := tx.Snapshot(id)
	if err != nil || !store.Rateable(s) {
		return err
	}
	return tx.AskRating(id)
}

// Note writes a note for colleagues; for the bot it is a whisper: the bot obeys it in its next answer.
func (r Room) Note(ctx context.Context, ws tandem.WorkspaceID, id tandem.ConversationID, u tandem.User, text string, forBot bool) (n tandem.Note, err error) {
	if text == "" {
		return n, tandem.Coded(tandem.Invalid, "empty_text", "the note is empty")
	}
	err = r.act(ctx, ws, id, func(tx *store.Tx, c *tandem.Conversation) error {
		n = tandem.Note{ID: tandem.NewID[tandem.NoteID](), Conversation: id, By: u.ID, Text: text, ForBot: forBot, At: tx.Now}
		if forBot {
			c.Instructed = text
			c.Rev++
			if err := tx.SaveConversation(*c); err != nil {
				return err
			}
		}
		return tx.AddNote(n)
	})
	return n, err
}

// Assign gives a conversation to a person or to a team's queue.
func (r Room) Assign(ctx context.Context, ws tandem.WorkspaceID, id tandem.ConversationID, u tandem.User, to tandem.UserID, team tandem.TeamID) error {
	return r.act(ctx, ws, id, func(tx *store.Tx, c *tandem.Conversation) error {
		if to != "" {
			who, err := tx.User(to)
			if err != nil {
				return err
			}
			return r.own(tx, c, who, "assign")
		}
		c.Team = team
		if c.Owner == tandem.Queue {
			c.Rev++
			tx.Emit(tandem.Event{Kind: tandem.ConversationMoved, Conversation: id, Actor: string(u.ID), Code: "team", Subject: string(team)})
			return tx.SaveConversation(*c)
		}
		return r.toQueue(tx, c, u, "assign")
	})
}

// toQueue puts a conversation into the queue on a person's word.
func (r Room) toQueue(tx *store.Tx, c *tandem.Conversation, u tandem.User, kind string) error {
	if err := end(tx, c.ID, u.ID, kind); err != nil {
		return err
	}
	s, err := tx.Snapshot(c.ID)
	if err != nil {
		return err
	}
	why := tandem.Trigger{Code: "M2", Kind: kind}
	c.Reason = why.Code
	return r.HandOver(tx, *c, s, why, r.Card(s, why), string(u.ID))
}

// SetPriority orders the queue by hand.
func (r Room) SetPriority(ctx context.Context, ws tandem.WorkspaceID, id tandem.ConversationID, u tandem.User, p tandem.Priority) error {
	if p < tandem.Normal || p > tandem.Urgent {
		return tandem.Coded(tandem.Invalid, "bad_priority", "a priority is 0, 1 or 2")
	}
	return r.act(ctx, ws, id, func(tx *store.Tx, c *tandem.Conversation) error {
		c.Priority, c.Rev = p, c.Rev+1
		tx.Emit(tandem.Event{Kind: tandem.ConversationMoved, Conversation: id, Actor: string(u.ID), Code: "priority", Data: map[string]any{"priority": p}})
		return tx.SaveConversation(*c)
	})
}

// SetTopic corrects what a conversation is about, or how the customer feels; the correction waits
// as an example for training.
func (r Room) SetTopic(ctx context.Context, ws tandem.WorkspaceID, id tandem.ConversationID, u tandem.User, touchpoint string, mood tandem.Mood) error {
	return r.act(ctx, ws, id, func(tx *store.Tx, c *tandem.Conversation) error {
		if touchpoint != "" {
			if _, err := tx.Touchpoint(touchpoint); err != nil {
				return tandem.Coded(tandem.Invalid, "no_such_topic", "there is no such topic")
			}
			c.Touchpoint = touchpoint
		}
		if mood != "" {
			c.Mood = mood
		}
		c.Rev++
		tx.Emit(tandem.Event{Kind: tandem.ConversationMoved, Conversation: id, Actor: string(u.ID), Code: "topic", Subject: c.Touchpoint, Data: map[string]any{"mood": c.Mood}})
		if err := tx.SaveConversation(*c); err != nil {
			return err
		}
		s, err := tx.Snapshot(id)
		if err != nil {
			return err
		}
		return r.corrected(tx, *c, s, u)
	})
}

// Verdict says whether a hand-over was right, too early or too late; thresholds are tuned by it.
func (r Room) Verdict(ctx context.Context, ws tandem.WorkspaceID, id tandem.ConversationID, u tandem.User, verdict string) error {
	if verdict != "right" && verdict != "early" && verdict != "late" {
		return tandem.Coded(tandem.Invalid, "bad_verdict", "a verdict is right, early or late")
	}
	return r.act(ctx, ws, id, func(tx *store.Tx, c *tandem.Conversation) error {
		h, err := tx.LastHandover(id)
		if err != nil {
			return err
		}
		h.Verdict = verdict
		tx.Emit(tandem.Event{Kind: tandem.ConversationMoved, Conversation: id, Actor: string(u.ID), Code: "verdict", Subject: string(h.ID), Data: map[string]any{"verdict": verdict}})
		return tx.SaveHandover(h)
	})
}

// KeepPromise records that what was promised was done.
func (r Room) KeepPromise(ctx context.Context, ws tandem.WorkspaceID, u tandem.User, id tandem.PromiseID) error {
	return r.DB.Write(ctx, ws, func(tx *store.Tx) error {
		p, err := tx.Promise(id)
		if err != nil || !p.Kept.IsZero() {
			return err
		}
		p.Kept = tx.Now
		return tx.SavePromise(p, string(u.ID), "kept")
	})
}
