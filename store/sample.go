package store

import (
	"context"
	"time"

	"tandem"
)

// Withhold keeps a suggestion that nobody is shown, once for each message of the customer.
func (tx *Tx) Withhold(d tandem.Draft) error {
	if _, err := tx.Withheld(d.Conversation, d.Seq); err == nil || tandem.KindOf(err) != tandem.NotFound {
		return err
	}
	d.State, d.Purpose = tandem.DraftWithheld, tandem.ForMeasure
	return tx.AddDraft(d)
}

// Withheld returns the suggestion that was withheld on a customer's message and not compared yet.
func (tx *Tx) Withheld(c tandem.ConversationID, seq int64) (tandem.Draft, error) {
	return row(context.Background(), tx, "draft", scanDraft, `select `+draftColumns+` from draft where workspace = $1 and conversation = $2 and state = 'withheld' and seq = $3 and final = ''`, tx.WS, c, seq)
}

// sampled are the drafts that measure the bot and its reviewers: samples of what was sent, second
// reviews, planted errors, suggestions that were withheld, and those that were used.
const sampled = `(purpose in ('sample', 'second') or trap <> '' or state = 'withheld' and final <> '' or state = 'used')`

// Samples returns those that were decided on since a moment, the newest first.
func (db *DB) Samples(ctx context.Context, ws tandem.WorkspaceID, since time.Time, limit int) ([]tandem.Draft, error) {
	return list(ctx, db, scanDraft, `select `+draftColumns+` from draft where workspace = $1 and decided_at >= $2 and state not in ('pending', 'stale', 'handed') and `+sampled+`
		order by decided_at desc, id desc limit $3`, ws, us(since), limit)
}

// FirstReviews returns the drafts whose second review is among the samples since a moment.
func (db *DB) FirstReviews(ctx context.Context, ws tandem.WorkspaceID, since time.Time) ([]tandem.Draft, error) {
	return list(ctx, db, scanDraft, `select `+draftColumns+` from draft where workspace = $1 and purpose = '' and state in ('approved', 'edited') and decision in (
		select d.decision from draft d where d.workspace = $1 and d.purpose = 'second' and d.decided_at >= $2)`, ws, us(since))
}

// SamplesWaiting counts the samples and second reviews that nobody has looked at yet.
func (db *DB) SamplesWaiting(ctx context.Context, ws tandem.WorkspaceID) (sample, second int, err error) {
	count := func(p tandem.Purpose) (int, error) {
		return get(ctx, db, "workspace", one[int], `select count(*) from draft where workspace = $1 and state = 'pending' and suggestion = 0 and purpose = $2`, ws, p)
	}
	if sample, err = count(tandem.ForSample); err == nil {
		second, err = count(tandem.ForSecond)
	}
	return sample, second, err
}
