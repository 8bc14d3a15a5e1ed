package store

import (
	"context"
	"database/sql"

	"tandem"
)

// Example is a labelled message, from a company's file or from a correction at the desk.
type Example struct {
	ID         tandem.ExampleID
	Lang       string
	Touchpoint string
	Mood       tandem.Mood
	Human      bool
	Text       string
	Source     string // the message it came from, or the name of a file
	State      string // waiting, approved, rejected
	By         tandem.UserID
}

// AddExample stores a correction that waits for approval. One message gives one example: a later
// correction replaces an earlier one.
func (tx *Tx) AddExample(lang, touchpoint string, mood tandem.Mood, words, source string, by tandem.UserID) error {
	if err := tx.must(`delete from example where workspace = $1 and source = $2 and state = 'waiting'`, tx.WS, source); err != nil {
		return err
	}
	return tx.must(`insert into example (workspace, id, lang, touchpoint, mood, text, source, state, by_member, at) values ($1, $2, $3, $4, $5, $6, $7, 'waiting', $8, $9)`,
		tx.WS, tandem.NewID[tandem.ExampleID](), lang, touchpoint, mood, words, source, by, us(tx.Now))
}

// Examples returns a workspace's own examples in a state, oldest first.
func (db *DB) Examples(ctx context.Context, ws tandem.WorkspaceID, state string) ([]Example, error) {
	return list(ctx, db, func(r *sql.Rows, e *Example) error {
		return r.Scan(&e.ID, &e.Lang, &e.Touchpoint, &e.Mood, flag{&e.Human}, &e.Text, &e.Source, &e.State, &e.By)
	}, `select id, lang, touchpoint, mood, human, text, source, state, by_member from example where workspace = $1 and state = $2 order by id`, ws, state)
}

// JudgeExample approves or rejects a waiting example.
func (tx *Tx) JudgeExample(id tandem.ExampleID, state string) error {
	n, err := tx.exec(`update example set state = $3 where workspace = $1 and id = $2 and state = 'waiting'`, tx.WS, id, state)
	if err == nil && n == 0 {
		return tandem.Coded(tandem.NotFound, "not_found", "no such waiting example")
	}
	return err
}
