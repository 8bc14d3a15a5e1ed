package store

import (
	"context"
	"database/sql"
	"time"

	"tandem"
)

// Watched is a connected account as the watch sees it.
type Watched struct {
	ID      tandem.AccountID
	Kind    string
	State   tandem.AccountState
	Alive   time.Time // when we last gave a sign of life for it
	Broken  time.Time // since when it was broken and nobody has fetched what was missed; zero: it was not
	Checked time.Time // when its subscription was last seen to be good
}

// Watch returns the accounts of the workspace.
func (tx *Tx) Watch() ([]Watched, error) {
	return rows(context.Background(), tx, func(r *sql.Rows, w *Watched) error {
		return r.Scan(&w.ID, &w.Kind, &w.State, moment{&w.Alive}, moment{&w.Broken}, moment{&w.Checked})
	}, `select id, kind, state, alive_at, gap_from, checked_at from account where workspace = $1 order by id`, tx.WS)
}

// Alive is a sign of life for all accounts. What was broken and works again is no gap any more: whoever
// calls it has seen to that.
func (tx *Tx) Alive() error {
	return tx.must(`update account set alive_at = $2, gap_from = case when state = 'ok' then 0 else gap_from end where workspace = $1`, tx.WS, us(tx.Now))
}

// Missed records that what an account received since a moment is not all there, until somebody can fetch
// it. An earlier moment stays.
func (tx *Tx) Missed(id tandem.AccountID, since time.Time) error {
	return tx.must(`update account set gap_from = $3 where workspace = $1 and id = $2 and (gap_from = 0 or gap_from > $3)`, tx.WS, id, us(since))
}

// Checked records that an account's subscription was good, or tells when it was last.
func (tx *Tx) Checked(id tandem.AccountID) error {
	return tx.must(`update account set checked_at = $3 where workspace = $1 and id = $2`, tx.WS, id, us(tx.Now))
}

// CheckedAt returns when an account's subscription was last seen to be good.
func (db *DB) CheckedAt(ctx context.Context, ws tandem.WorkspaceID, id tandem.AccountID) (time.Time, error) {
	return get(ctx, db, "account", func(r *sql.Rows, t *time.Time) error { return r.Scan(moment{t}) }, `select checked_at from account where workspace = $1 and id = $2`, ws, id)
}

// WatchJob looks after the accounts of a workspace: once a minute, or at once where one was repaired.
func WatchJob(at time.Time) Job { return Job{Kind: "watch", Once: "watch", RunAt: at} }
