package store

import (
	"context"
	"database/sql"
	"time"

	"tandem"
)

const draftColumns = `id, conversation, thread, decision, suggestion, rev, epoch, seq, touchpoint, lang, text, claims, class, why, purpose, state, trap, original, due, lease_by, lease_until, opened,
	final, edit, distance, reason, reviewer, decided_at, created_at`

func scanDraft(r *sql.Rows, d *tandem.Draft) error { return r.Scan(draftInto(d)...) }

func draftInto(d *tandem.Draft) []any {
	return []any{&d.ID, &d.Conversation, &d.Thread, &d.Decision, flag{&d.Suggestion}, &d.Rev, &d.Epoch, &d.Seq, &d.Touchpoint, &d.Lang, &d.Text, body{&d.Claims}, &d.Class, &d.Why,
		&d.Purpose, &d.State, &d.Trap, &d.Original, moment{&d.Due}, &d.LeaseBy, moment{&d.LeaseUntil}, moment{&d.Opened}, &d.Final, &d.Edit, &d.Distance, &d.Reason, &d.Reviewer, moment{&d.DecidedAt}, moment{&d.CreatedAt}}
}

// AddDraft stores a draft for approval or a suggestion. Rev is the conversation's at that moment.
func (tx *Tx) AddDraft(d tandem.Draft) error {
	if d.Claims == nil {
		d.Claims = []tandem.Claim{}
	}
	if d.State != tandem.DraftWithheld {
		tx.Emit(tandem.Event{Kind: tandem.DraftAdded, Conversation: d.Conversation, Subject: string(d.ID), Actor: "bot", Data: map[string]any{"suggestion": d.Suggestion}})
	}
	return tx.must(`insert into draft (workspace, id, conversation, thread, decision, suggestion, rev, epoch, seq, touchpoint, lang, text, claims, class, why, purpose, state, trap, original, due, created_at, reviewer)
		values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22)`,
		tx.WS, d.ID, d.Conversation, d.Thread, d.Decision, bit(d.Suggestion), d.Rev, d.Epoch, d.Seq, d.Touchpoint, d.Lang, d.Text, text(d.Claims), d.Class, d.Why, d.Purpose, d.State, d.Trap, d.Original, us(d.Due), us(tx.Now), d.Reviewer)
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
	if d.State != tandem.DraftWithheld { // nobody is told what the bot would have said
		tx.Emit(tandem.Event{Kind: tandem.DraftChanged, Conversation: d.Conversation, Subject: string(d.ID), Actor: actor, Code: string(d.State), Data: map[string]any{"suggestion": d.Suggestion}})
	}
	return tx.must(`update draft set state = $3, lease_by = $4, lease_until = $5, opened = $6, final = $7, edit = $8, distance = $9, reason = $10, reviewer = $11, decided_at = $12, due = $13
		where workspace = $1 and id = $2`, tx.WS, d.ID, d.State, d.LeaseBy, us(d.LeaseUntil), us(d.Opened), d.Final, d.Edit, d.Distance, d.Reason, d.Reviewer, us(d.DecidedAt), us(d.Due))
}

// Outdate makes the waiting drafts of a conversation void: something newer was said.
func (tx *Tx) Outdate(c tandem.ConversationID, to tandem.DraftState) error {
	old, err := rows(context.Background(), tx, scanDraft, `select `+draftColumns+` from draft where workspace = $1 and conversation = $2 and state = 'pending' and purpose = ''`, tx.WS, c)
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
	return list(ctx, db, scanDraft, `select `+draftColumns+` from draft where workspace = $1 and state = 'pending' and suggestion = 0 order by due, id`+top(limit), ws)
}

// DecidedDrafts returns the drafts that people decided on since a moment, oldest first.
func (db *DB) DecidedDrafts(ctx context.Context, ws tandem.WorkspaceID, since time.Time) ([]tandem.Draft, error) {
	return list(ctx, db, scanDraft, `select `+draftColumns+` from draft where workspace = $1 and suggestion = 0 and decided_at >= $2 and reviewer <> '' order by decided_at, id`, ws, us(since))
}

// Reviewed is a draft that was decided on, with the kind of place it was for. Of the draft it has what is weighed,
// and none of its texts: half a year of them does not fit into a request.
type Reviewed struct {
	tandem.Draft
	Surface tandem.Surface
}

func scanReviewed(r *sql.Rows, d *Reviewed) error {
	return r.Scan(&d.Decision, &d.Purpose, &d.Touchpoint, &d.Lang, &d.State, &d.Edit, &d.Reason, flag{&d.Suggestion}, &d.Trap, moment{&d.DecidedAt}, &d.Surface)
}

const outcomesQuery = `select decision, purpose, touchpoint, lang, state, edit, reason, suggestion, trap, decided_at, coalesce((select t.surface from thread t where t.workspace = draft.workspace and t.id = draft.thread), 'dm')
	from draft where workspace = $1 and (touchpoint = $2 or $2 = '') and decided_at >= $3
	and state in ('approved', 'edited', 'rejected', 'used', 'ignored', 'caught', 'missed') order by decided_at, id`

// Outcomes returns the reviewed drafts and suggestions of a topic (of all, where it is empty) since
// a moment, oldest first: the evidence for its level.
func (db *DB) Outcomes(ctx context.Context, ws tandem.WorkspaceID, touchpoint string, since time.Time) ([]Reviewed, error) {
	return list(ctx, db, scanReviewed, outcomesQuery, ws, touchpoint, us(since))
}

// Outcomes returns the same within a transaction.
func (tx *Tx) Outcomes(touchpoint string, since time.Time) ([]Reviewed, error) {
	return rows(context.Background(), tx, scanReviewed, outcomesQuery, tx.WS, touchpoint, us(since))
}
