package store

import (
	"context"
	"database/sql"
	"time"

	"tandem"
)

// BotTimes returns how long the bot's answers took since a moment, from the customer's message being
// received to the answer being sent, shortest first, the newest thousand at most.
func (db *DB) BotTimes(ctx context.Context, ws tandem.WorkspaceID, since time.Time) ([]time.Duration, error) {
	return list(ctx, db, func(r *sql.Rows, d *time.Duration) error {
		var us int64
		err := r.Scan(&us)
		*d = time.Duration(us) * time.Microsecond
		return err
	}, botTimesQuery, ws, us(since), bornSince(since))
}

const botTimesQuery = `select took from (select b.sent_at - q.received_at as took from message b
	join message q on q.workspace = b.workspace and q.conversation = b.conversation and 'bot:' || cast(q.seq as text) = b.key
	where b.workspace = $1 and b.id >= $3 and b.origin = 'bot' and b.sent_at > 0 and b.received_at >= $2 order by b.id desc limit 1000) as newest order by took`

// Ignored counts the requests for a person since a moment, in words or by the button, after which the
// first to speak was the bot: also where the request was one message of several. The expected number is 0.
func (db *DB) Ignored(ctx context.Context, ws tandem.WorkspaceID, since time.Time) (int, error) {
	return get(ctx, db, "workspace", one[int], ignoredQuery, ws, us(since), bornSince(since))
}

const ignoredQuery = `select count(*) from message q where q.workspace = $1 and q.id >= $3 and q.origin = 'customer' and q.received_at >= $2
	and (q.kind = 'human' or q.reading like '%"wants_human":true%') and q.disposition in ('bot', 'merged')
	and 'bot' = (select a.origin from message a where a.workspace = q.workspace and a.conversation = q.conversation and a.seq > q.seq
		and a.origin <> 'customer' and a.delivery <> 'suppressed' order by a.seq limit 1)`
