package store

import (
	"context"
	"database/sql"
	"time"

	"tandem"
)

// ratingPause is how long a customer who was asked for a rating is not asked again: a matter that is
// opened again within a day is the same matter.
const ratingPause = 24 * time.Hour

// AskRating asks the customer how it went, unless that was asked within the last day. The event tells
// the places that can show the question.
func (tx *Tx) AskRating(c tandem.ConversationID) error {
	n, err := tx.exec(`update conversation set rating_asked = $3 where workspace = $1 and id = $2 and rating_asked <= $4`, tx.WS, c, us(tx.Now), us(tx.Now.Add(-ratingPause)))
	if err == nil && n > 0 {
		tx.Emit(tandem.Event{Kind: tandem.ConversationMoved, Conversation: c, Actor: "clock", Code: RatingAsked})
	}
	return err
}

// ratingOpen is how long the question waits for a visitor whose chat was closed when it was asked.
const ratingOpen = 7 * 24 * time.Hour

// OpenRating returns when a customer was asked for a rating that may still be given, zero where there is no such
// question: it was answered, the customer has written since, or it is too old.
func (db *DB) OpenRating(ctx context.Context, ws tandem.WorkspaceID, c tandem.ConversationID, now time.Time) (time.Time, error) {
	all, err := list(ctx, db, func(r *sql.Rows, at *time.Time) error { return r.Scan(moment{at}) }, `select c.rating_asked from conversation c where c.workspace = $1 and c.id = $2
		and c.rating_asked > $3 and c.rated_at < c.rating_asked
		and not exists (select 1 from message m where m.workspace = c.workspace and m.conversation = c.id and m.seq = c.asked and m.received_at > c.rating_asked)`, ws, c, us(now.Add(-ratingOpen)))
	if err != nil || len(all) == 0 {
		return time.Time{}, err
	}
	return all[0], nil
}

// RatingAsked is the code of the event that a customer is asked for a rating.
const RatingAsked = "rating_asked"

// Rateable tells whether a customer can be asked how it went: in a place that shows the question, after
// somebody has answered.
func Rateable(s tandem.Snapshot) bool {
	last, ok := s.Last(tandem.FromCustomer)
	if !ok || s.Thread(last.Thread).Surface != tandem.Webchat {
		return false
	}
	for _, o := range []tandem.Origin{tandem.FromBot, tandem.FromDraft, tandem.FromHuman} {
		if m, ok := s.Last(o); ok && m.Delivery != tandem.Suppressed {
			return true
		}
	}
	return false
}
