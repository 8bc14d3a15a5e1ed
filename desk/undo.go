package desk

import (
	"context"
	"time"

	"tandem"
	"tandem/store"
)

// Cancel takes back a reply, or an approved draft, that has not been sent yet and returns its text. The
// customer waits again, and what was promised is void. A draft goes back to the queue of those that
// wait for a person, in front of the one who took it back. Errors: Conflict already_sent; Conflict
// withdrawn where the customer or a colleague was quicker.
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
		switch {
		case m.Conversation == id && m.Author == u.ID && m.Delivery == tandem.Suppressed:
			return tandem.Coded(tandem.Conflict, "withdrawn", "it was taken back already (%s)", m.Problem)
		case m.Conversation != id || m.Author != u.ID || m.Delivery != tandem.Queued:
			return tandem.Coded(tandem.Conflict, "already_sent", "it is too late: the message is on its way")
		}
		text = m.Text
		waits, err := tx.CancelMessage(&c, m, string(u.ID), "cancelled")
		if err != nil {
			return err
		}
		if m.Origin == tandem.FromDraft {
			return r.reopen(tx, c, m.Draft, u)
		}
		if !waits || c.Owner != tandem.Human {
			return nil
		}
		s, err := tx.Snapshot(id)
		if err != nil {
			return err
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

// reopen lets a draft wait again whose approval was taken back. One that the conversation has left
// behind is void, and the bot looks again at what nobody answered.
func (r Room) reopen(tx *store.Tx, c tandem.Conversation, id tandem.DraftID, u tandem.User) error {
	d, err := tx.Draft(id)
	if err != nil {
		return err
	}
	if store.Moved(c, d.Epoch, d.Seq) != "" {
		if err := tx.ReopenDraft(id, tandem.DraftStale, string(u.ID)); err != nil {
			return err
		}
		return tx.Enqueue(r.Turn(c.ID, tx.Now))
	}
	if err := tx.ReopenDraft(id, tandem.DraftPending, string(u.ID)); err != nil {
		return err
	}
	due := d.Due
	if due.Before(tx.Now) {
		due = tx.Now
	}
	return tx.Enqueue(store.Job{Kind: "draft_due", Arg: string(id), RunAt: due}) // its time goes on, it does not begin anew
}

// CancelAction takes back the approval of an action that nobody has begun to carry out; it waits for a
// person again. Only who approved it can. Errors: Conflict withdrawn where it was taken back before;
// Conflict action_under_way; Denied not_yours.
func (r Room) CancelAction(ctx context.Context, ws tandem.WorkspaceID, id tandem.ActionID, u tandem.User) (a tandem.Action, err error) {
	err = r.DB.Write(ctx, ws, func(tx *store.Tx) error {
		if a, err = tx.Action(id); err != nil {
			return err
		}
		switch {
		case a.State == tandem.ActionProposed || a.State == tandem.ActionUnknown:
			return tandem.Coded(tandem.Conflict, "withdrawn", "the action waits for a decision already")
		case a.State != tandem.ActionApproved:
			return tandem.Coded(tandem.Conflict, "action_under_way", "it is too late: the action is %s", a.State)
		case a.ApprovedBy != u.ID:
			return tandem.Coded(tandem.Denied, "not_yours", "only who approved the action can take that back")
		}
		err := tx.TakeBackAction(a, string(u.ID), "cancelled")
		a = a.TakeBack("cancelled")
		return err
	})
	return a, err
}
