package store

import (
	"context"
	"slices"
	"time"

	"tandem"
)

// CancelMessage takes back a person's reply, or an approved draft, that was still queued; why is a
// code. What it had answered, and nothing else had, waits for a person again; the second value tells
// whether anything does. What it promised is void.
func (tx *Tx) CancelMessage(c *tandem.Conversation, m tandem.Message, actor, why string) (bool, error) {
	tx.Emit(tandem.Event{Kind: tandem.MessageChanged, Conversation: m.Conversation, Subject: string(m.ID), Actor: actor, Code: why, Data: map[string]any{"seq": m.Seq}})
	if err := tx.must(`delete from job where workspace = $1 and kind = 'send' and arg = $2`, tx.WS, m.ID); err != nil {
		return false, err
	}
	// The same may be said once more, by a later press: its key is free again.
	if err := tx.must(`update message set delivery = 'suppressed', problem = $3, key = case when kind = 'private_reply' or origin = 'draft' then null else key end where workspace = $1 and id = $2`, tx.WS, m.ID, why); err != nil {
		return false, err
	}
	if err := tx.voidPromises(m.Conversation, m.ID, actor); err != nil {
		return false, err
	}
	if err := tx.unsay(c, m); err != nil {
		return false, err
	}
	open, err := rows(context.Background(), tx, one[int64], `update message set disposition = 'queued' where workspace = $1 and conversation = $2 and origin = 'customer'
		and disposition = 'human' and seq > coalesce((select max(o.seq) from message o where o.workspace = $1 and o.conversation = $2
		and o.origin in ('human', 'draft', 'external') and o.delivery <> 'suppressed'), 0) returning seq`, tx.WS, c.ID)
	if err != nil || len(open) == 0 {
		return false, err
	}
	c.Answered = min(c.Answered, slices.Min(open)-1)
	return true, tx.SaveConversation(*c)
}

// unsay lets a list show what was really said last, where it showed a message that nobody will read.
func (tx *Tx) unsay(c *tandem.Conversation, m tandem.Message) error {
	if !c.LastAt.Equal(m.At) || c.LastFrom != m.Origin {
		return nil
	}
	last, err := rows(context.Background(), tx, scanMessage, `select `+messageColumns+` from message where workspace = $1 and conversation = $2 and delivery <> 'suppressed' order by seq desc limit $3`, tx.WS, c.ID, newestShown)
	if err != nil || len(last) == 0 {
		return err
	}
	c.Preview = ""
	for _, m := range slices.Backward(last) {
		shows(c, m)
	}
	if err := tx.must(`update conversation set last_thread = $3 where workspace = $1 and id = $2`, tx.WS, c.ID, last[0].Thread); err != nil {
		return err
	}
	return tx.SaveConversation(*c)
}

// voidPromises ends what a message promised that nobody will read.
func (tx *Tx) voidPromises(c tandem.ConversationID, m tandem.MessageID, actor string) error {
	all, err := rows(context.Background(), tx, scanPromise, `select `+promiseColumns+` from promise where workspace = $1 and conversation = $2 and message = $3 and kept = 0`, tx.WS, c, m)
	if err != nil {
		return err
	}
	for _, p := range all {
		p.Kept = tx.Now
		if err := tx.SavePromise(p, actor, "withdrawn"); err != nil {
			return err
		}
	}
	return nil
}

// Withdraw takes back the approved drafts of a conversation that are still held: the customer has
// written again, or somebody else has the conversation now. An approval is for what its reviewer saw.
// Those of the person except stay.
func (tx *Tx) Withdraw(c *tandem.Conversation, except tandem.UserID, why string) error {
	held, err := rows(context.Background(), tx, scanMessage, `select `+messageColumns+` from message where workspace = $1 and conversation = $2 and delivery = 'queued' and held > 0
		and origin = 'draft' and held > $3 and author <> $4 order by seq`, tx.WS, c.ID, us(tx.Now), except)
	if err != nil {
		return err
	}
	for _, m := range held {
		if _, err := tx.CancelMessage(c, m, "clock", why); err != nil {
			return err
		}
		if err := tx.ReopenDraft(m.Draft, tandem.DraftStale, "clock"); err != nil {
			return err
		}
	}
	return nil
}

// ReopenDraft takes an approval back: the draft waits again, or is void, and so is the second review of
// it.
func (tx *Tx) ReopenDraft(id tandem.DraftID, to tandem.DraftState, actor string) error {
	d, err := tx.Draft(id)
	if err != nil {
		return err
	}
	d.State, d.Final, d.Edit, d.Distance, d.Reason, d.Reviewer = to, "", "", 0, "", ""
	if d.DecidedAt = tx.Now; to == tandem.DraftPending {
		d.DecidedAt = time.Time{}
	}
	if err := tx.SaveDraft(d, actor); err != nil {
		return err
	}
	second, err := rows(context.Background(), tx, scanDraft, `select `+draftColumns+` from draft where workspace = $1 and decision = $2 and purpose = 'second' and state = 'pending'`, tx.WS, d.Decision)
	if err != nil {
		return err
	}
	for _, s := range second {
		s.State, s.DecidedAt = tandem.DraftStale, tx.Now
		if err := tx.SaveDraft(s, actor); err != nil {
			return err
		}
	}
	return tx.DecisionOutcome(d.Decision, string(to))
}
