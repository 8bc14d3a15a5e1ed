package store

import (
	"context"
	"database/sql"
	"time"

	"tandem"
)

const draftColumns = `id, conversation, thread, decision, suggestion, rev, epoch, seq, touchpoint, lang, text, claims, class, why, state, trap, due, lease_by, lease_until, opened,
	final, edit, distance, reason, reviewer, decided_at, created_at`

func scanDraft(r *sql.Rows, d *tandem.Draft) error {
	return r.Scan(&d.ID, &d.Conversation, &d.Thread, &d.Decision, flag{&d.Suggestion}, &d.Rev, &d.Epoch, &d.Seq, &d.Touchpoint, &d.Lang, &d.Text, body{&d.Claims}, &d.Class, &d.Why,
		&d.State, &d.Trap, moment{&d.Due}, &d.LeaseBy, moment{&d.LeaseUntil}, moment{&d.Opened}, &d.Final, &d.Edit, &d.Distance, &d.Reason, &d.Reviewer, moment{&d.DecidedAt}, moment{&d.CreatedAt})
}

// AddDraft stores a draft for approval or a suggestion. Rev is the conversation's at that moment.
func (tx *Tx) AddDraft(d tandem.Draft) error {
	if d.Claims == nil {
		d.Claims = []tandem.Claim{}
	}
	tx.Emit(tandem.Event{Kind: tandem.DraftAdded, Conversation: d.Conversation, Subject: string(d.ID), Actor: "bot", Data: map[string]any{"suggestion": d.Suggestion}})
	return tx.must(`insert into draft (workspace, id, conversation, thread, decision, suggestion, rev, epoch, seq, touchpoint, lang, text, claims, class, why, state, trap, due, created_at)
		values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19)`,
		tx.WS, d.ID, d.Conversation, d.Thread, d.Decision, bit(d.Suggestion), d.Rev, d.Epoch, d.Seq, d.Touchpoint, d.Lang, d.Text, text(d.Claims), d.Class, d.Why, d.State, d.Trap, us(d.Due), us(tx.Now))
}

// Draft reads a draft and keeps others from deciding on it until the commit.
func (tx *Tx) Draft(id tandem.DraftID) (tandem.Draft, error) {
	return row(context.Background(), tx, "draft", scanDraft, `select `+draftColumns+` from draft where workspace = $1 and id = $2`+tx.forUpdate(), tx.WS, id)
}

// Draft reads a draft.
func (db *DB) Draft(ctx context.Context, ws tandem.WorkspaceID, id tandem.DraftID) (tandem.Draft, error) {
	return get(ctx, db, "draft", scanDraft, `select `+draftColumns+` from draft where workspace = $1 and id = $2`, ws, id)
}

// SaveDraft writes a draft that this transaction read.
func (tx *Tx) SaveDraft(d tandem.Draft, actor string) error {
	tx.Emit(tandem.Event{Kind: tandem.DraftChanged, Conversation: d.Conversation, Subject: string(d.ID), Actor: actor, Code: string(d.State), Data: map[string]any{"suggestion": d.Suggestion}})
	return tx.must(`update draft set state = $3, lease_by = $4, lease_until = $5, opened = $6, final = $7, edit = $8, distance = $9, reason = $10, reviewer = $11, decided_at = $12, due = $13
		where workspace = $1 and id = $2`, tx.WS, d.ID, d.State, d.LeaseBy, us(d.LeaseUntil), us(d.Opened), d.Final, d.Edit, d.Distance, d.Reason, d.Reviewer, us(d.DecidedAt), us(d.Due))
}

// Outdate makes the waiting drafts of a conversation void: something newer was said.
func (tx *Tx) Outdate(c tandem.ConversationID, to tandem.DraftState) error {
	old, err := rows(context.Background(), tx, scanDraft, `select `+draftColumns+` from draft where workspace = $1 and conversation = $2 and state = 'pending'`, tx.WS, c)
	if err != nil {
		return err
	}
	for _, d := range old {
		d.State, d.DecidedAt = to, tx.Now
		if d.Suggestion && to == tandem.DraftStale {
			d.State = tandem.DraftIgnored
		}
		if err := tx.SaveDraft(d, "clock"); err != nil {
			return err
		}
	}
	return nil
}

// PendingDrafts returns the approval queue, the soonest deadline first.
func (db *DB) PendingDrafts(ctx context.Context, ws tandem.WorkspaceID, limit int) ([]tandem.Draft, error) {
	return list(ctx, db, scanDraft, `select `+draftColumns+` from draft where workspace = $1 and state = 'pending' and suggestion = 0 order by due, id limit $2`, ws, limit)
}

// DecidedDrafts returns the drafts that people decided on since a moment, oldest first.
func (db *DB) DecidedDrafts(ctx context.Context, ws tandem.WorkspaceID, since time.Time) ([]tandem.Draft, error) {
	return list(ctx, db, scanDraft, `select `+draftColumns+` from draft where workspace = $1 and suggestion = 0 and decided_at >= $2 and reviewer <> '' order by decided_at, id`, ws, us(since))
}

// Outcomes returns the reviewed drafts and used suggestions of one topic in one language since a
// moment: the evidence for its level.
func (db *DB) Outcomes(ctx context.Context, ws tandem.WorkspaceID, touchpoint, lang string, since time.Time) ([]tandem.Draft, error) {
	return list(ctx, db, scanDraft, `select `+draftColumns+` from draft where workspace = $1 and touchpoint = $2 and lang = $3 and decided_at >= $4
		and state in ('approved', 'edited', 'rejected', 'used', 'ignored', 'caught', 'missed') order by decided_at, id`, ws, touchpoint, lang, us(since))
}
