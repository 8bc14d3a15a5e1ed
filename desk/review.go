package desk

import (
	"cmp"
	"context"
	"strings"
	"time"

	"tandem"
	"tandem/store"
)

// leaseFor is how long a reviewer has a draft alone; the desk renews it while the card is open.
const leaseFor = 60 * time.Second

// OpenDraft shows a draft to one reviewer at a time: two never see "approve" at once.
func (r Room) OpenDraft(ctx context.Context, ws tandem.WorkspaceID, id tandem.DraftID, u tandem.User) (d tandem.Draft, err error) {
	err = r.DB.Write(ctx, ws, func(tx *store.Tx) error {
		if d, err = r.mine(tx, id, u); err != nil {
			return err
		}
		d.LeaseBy, d.LeaseUntil = u.ID, tx.Now.Add(leaseFor)
		if d.Opened.IsZero() {
			d.Opened = tx.Now
		}
		return tx.SaveDraft(d, string(u.ID))
	})
	return d, err
}

// ReleaseDraft lets others review it.
func (r Room) ReleaseDraft(ctx context.Context, ws tandem.WorkspaceID, id tandem.DraftID, u tandem.User) error {
	return r.DB.Write(ctx, ws, func(tx *store.Tx) error {
		d, err := tx.Draft(id)
		if err != nil || d.LeaseBy != u.ID || d.State != tandem.DraftPending {
			return err
		}
		d.LeaseBy, d.LeaseUntil = "", time.Time{}
		return tx.SaveDraft(d, string(u.ID))
	})
}

// mine reads a draft that waits and that nobody else has open.
func (r Room) mine(tx *store.Tx, id tandem.DraftID, u tandem.User) (tandem.Draft, error) {
	d, err := tx.Draft(id)
	switch {
	case err != nil:
		return d, err
	case d.State != tandem.DraftPending:
		return d, tandem.Coded(tandem.Conflict, "decided", "the draft is no longer waiting (%s)", d.State)
	case d.Purpose == tandem.ForSecond && d.Reviewer == u.ID:
		return d, tandem.Coded(tandem.Conflict, "own_review", "a second review is made by somebody else")
	case d.LeaseBy != "" && d.LeaseBy != u.ID && d.LeaseUntil.After(tx.Now):
		name := "somebody else"
		if who, err := tx.User(d.LeaseBy); err == nil {
			name = who.Name
		}
		return d, tandem.Coded(tandem.Conflict, "leased", "%s is looking at it", name)
	}
	return d, nil
}

// Approval is a reviewer's yes.
type Approval struct {
	SeenRev int64           // of the conversation the reviewer saw; any other is refused (I10)
	Text    string          // the text with the reviewer's changes; empty: as it was
	Thread  tandem.ThreadID // another place to send it to, in private; empty: where it was written for
	Reasons []string
	Hold    time.Duration // how long it may still be taken back
}

// Approve sends a draft in the reviewer's name. It is bound to the rev the reviewer saw: there is no
// "send anyway". A planted wrong draft is never sent, whatever is pressed; that it would have been is
// recorded. Where nothing can be sent it is refused with a code of tandem.Shut and goes on waiting: it can be
// sent to another place, or the conversation be taken.
func (r Room) Approve(ctx context.Context, ws tandem.WorkspaceID, id tandem.DraftID, u tandem.User, in Approval) (m tandem.Message, err error) {
	var refusal error
	err = r.DB.Write(ctx, ws, func(tx *store.Tx) error {
		refusal = nil
		d, err := r.mine(tx, id, u)
		if err != nil {
			return err
		}
		c, err := tx.Conversation(d.Conversation)
		if err != nil {
			return err
		}
		if in.Text == "" {
			in.Text = d.Text
		}
		if d.Purpose != tandem.ForApproval {
			return r.judge(tx, d, u, in)
		}
		if c.Rev != in.SeenRev {
			return tandem.Coded(tandem.Conflict, "stale_rev", "the conversation has changed since you opened the draft; read it again")
		}
		d.Final, d.Reviewer, d.DecidedAt, d.Reason = in.Text, u.ID, tx.Now, strings.Join(in.Reasons, ",")
		d.Edit, d.Distance = Class(d.Text, in.Text)
		if d.Trap != "" { // never sent
			d.State, refusal = trapped(d, in)
			return r.reveal(tx, d, u)
		}
		if in.Text == d.Text {
			if why := Blocked(d); why != "" {
				return tandem.Coded(tandem.Conflict, "blocked", "a claim of the draft is %s; edit it first", why)
			}
		}
		return r.sendDraft(tx, c, d, u, in.Thread, in.Hold, &m)
	})
	if err == nil && refusal != nil {
		return tandem.Message{}, refusal
	}
	return m, err
}

// trapped says whether a planted draft was caught: the reviewer changed what was wrong in it.
func trapped(d tandem.Draft, in Approval) (tandem.DraftState, error) {
	if !strings.Contains(in.Text, d.Trap) {
		return tandem.DraftCaught, tandem.Coded(tandem.Conflict, "trap_caught", "this was a planted draft with an error in it: you found it. Nothing was sent")
	}
	return tandem.DraftMissed, tandem.Coded(tandem.Conflict, "trap", "this was a planted draft with an error in it. Nothing was sent")
}

// reveal ends a planted draft and puts the true one in its place.
func (r Room) reveal(tx *store.Tx, d tandem.Draft, u tandem.User) error {
	if err := tx.SaveDraft(d, string(u.ID)); err != nil {
		return err
	}
	real := d
	real.ID, real.Text, real.Original, real.Trap, real.State = tandem.NewID[tandem.DraftID](), d.Original, "", "", tandem.DraftPending
	real.Final, real.Edit, real.Reason, real.Reviewer, real.Distance = "", "", "", "", 0
	real.LeaseBy, real.LeaseUntil, real.Opened, real.DecidedAt = "", time.Time{}, time.Time{}, time.Time{}
	if err := tx.AddDraft(real); err != nil {
		return err
	}
	return tx.Enqueue(store.Job{Kind: "draft_due", Arg: string(real.ID), RunAt: d.Due})
}

// judge records the review of what was sent already: a sample at L3, or a second look at an approved
// draft. Nothing is sent; the level may fall.
func (r Room) judge(tx *store.Tx, d tandem.Draft, u tandem.User, in Approval) error {
	d.Final, d.Reviewer, d.DecidedAt, d.Reason = in.Text, u.ID, tx.Now, strings.Join(in.Reasons, ",")
	d.Edit, d.Distance = Class(d.Text, in.Text)
	d.State = tandem.DraftApproved
	if in.Text != d.Text {
		d.State = tandem.DraftEdited
	}
	if err := tx.SaveDraft(d, string(u.ID)); err != nil {
		return err
	}
	return r.Regrade(tx, d)
}

// again shows an approved draft, as it was written, to another reviewer.
func (r Room) again(tx *store.Tx, d tandem.Draft) error {
	w, err := tx.Workspace()
	if err != nil || !r.Second(w, d.ID) {
		return err
	}
	second := tandem.Draft{
		ID: tandem.NewID[tandem.DraftID](), Conversation: d.Conversation, Thread: d.Thread, Decision: d.Decision, Rev: d.Rev, Epoch: d.Epoch, Seq: d.Seq,
		Touchpoint: d.Touchpoint, Lang: d.Lang, Text: d.Text, Claims: d.Claims, Class: d.Class, Why: "second_review", Purpose: tandem.ForSecond,
		State: tandem.DraftPending, Due: tx.Now.Add(24 * time.Hour), Reviewer: d.Reviewer,
	}
	return tx.AddDraft(second)
}

// Blocked tells, as a code, why a draft cannot be approved as it is: contradicted or unsourced.
func Blocked(d tandem.Draft) string {
	for _, c := range d.Claims {
		if c.Bad {
			return "contradicted"
		}
		if c.Source == "" {
			return "unsourced"
		}
	}
	return ""
}

func (r Room) sendDraft(tx *store.Tx, c tandem.Conversation, d tandem.Draft, u tandem.User, to tandem.ThreadID, hold time.Duration, m *tandem.Message) error {
	if why := store.Moved(c, d.Epoch, d.Seq); why != "" {
		return tandem.Coded(tandem.Conflict, "stale_rev", "the conversation has changed since the draft was written")
	}
	s, err := tx.Snapshot(c.ID)
	if err != nil {
		return err
	}
	th, replyTo, err := aim(s, cmp.Or(to, d.Thread))
	if err != nil {
		return err
	}
	if th.ID != d.Thread && th.Surface.Public() {
		return tandem.Coded(tandem.Invalid, "public_place", "a draft can be sent elsewhere only in private")
	}
	if err := enter(th); err != nil {
		return err
	}
	if err := r.open(th, false, tx.Now); err != nil {
		return err
	}
	d.State = tandem.DraftApproved
	if d.Final != d.Text {
		d.State = tandem.DraftEdited
	}
	if err := tx.SaveDraft(d, string(u.ID)); err != nil {
		return err
	}
	*m = tandem.Message{Origin: tandem.FromDraft, Author: u.ID, Draft: d.ID, Text: d.Final, Key: "draft:" + string(d.ID), Delivery: tandem.Queued, ReplyTo: replyTo, Epoch: c.Epoch}
	c.BotTurns, c.Clarified, c.Fails, c.Instructed = 0, 0, 0, "" // what was whispered, the reviewer has seen to
	if err := r.speak(tx, &c, s, th, m, hold); err != nil {
		return err
	}
	if err := tx.DecisionOutcome(d.Decision, string(d.State)); err != nil {
		return err
	}
	if err := r.again(tx, d); err != nil {
		return err
	}
	return r.Regrade(tx, d)
}

// Reject says no with a reason. The conversation goes to the reviewer's hands: nobody is left
// without an answer. With an instruction the bot writes again.
func (r Room) Reject(ctx context.Context, ws tandem.WorkspaceID, id tandem.DraftID, u tandem.User, reason, instruction string) error {
	if reason == "" {
		return tandem.Coded(tandem.Invalid, "no_reason", "say why the draft is rejected")
	}
	return r.DB.Write(ctx, ws, func(tx *store.Tx) error {
		d, err := r.mine(tx, id, u)
		if err != nil {
			return err
		}
		d.State, d.Reason, d.Reviewer, d.DecidedAt = tandem.DraftRejected, reason, u.ID, tx.Now
		if d.Trap != "" {
			d.State = tandem.DraftCaught
			return r.reveal(tx, d, u)
		}
		if err := tx.SaveDraft(d, string(u.ID)); err != nil {
			return err
		}
		if err := r.Regrade(tx, d); err != nil || d.Purpose != tandem.ForApproval {
			return err
		}
		if err := tx.DecisionOutcome(d.Decision, "rejected"); err != nil {
			return err
		}
		c, err := tx.Conversation(d.Conversation)
		if err != nil || c.Owner != tandem.Bot {
			return err
		}
		if instruction != "" {
			c.Instructed, c.Rev = instruction, c.Rev+1
			if err := tx.SaveConversation(c); err != nil {
				return err
			}
			return tx.Enqueue(r.Turn(c.ID, tx.Now))
		}
		return r.own(tx, &c, u, "reject")
	})
}
