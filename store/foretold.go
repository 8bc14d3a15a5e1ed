package store

import (
	"context"
	"database/sql"
	"time"

	"tandem"
)

// Foretold is what a platform told about a message before it told the message itself.
type Foretold struct {
	Kind tandem.InboundKind // InEdited or InDeleted
	Text string             // what it says now
	At   time.Time
}

// Foretell remembers it; of two corrections the later one, by the platform's time.
func (tx *Tx) Foretell(account tandem.AccountID, in tandem.Inbound) error {
	return tx.must(`insert into foretold (workspace, account, external, kind, person, text, at, told) values ($1, $2, $3, $4, $5, $6, $7, $8)
		on conflict (workspace, account, external, kind) do update set text = excluded.text, at = excluded.at where foretold.at <= excluded.at`,
		tx.WS, account, in.Target, in.Kind, in.User, in.Text, us(in.At), us(tx.Now))
}

// ForetoldOf returns what was told about a message before it came, and forgets it.
func (tx *Tx) ForetoldOf(account tandem.AccountID, external string) ([]Foretold, error) {
	if external == "" {
		return nil, nil
	}
	all, err := rows(context.Background(), tx, func(r *sql.Rows, f *Foretold) error { return r.Scan(&f.Kind, &f.Text, moment{&f.At}) },
		`select kind, text, at from foretold where workspace = $1 and account = $2 and external = $3 order by kind`, tx.WS, account, external)
	if err != nil || len(all) == 0 {
		return nil, err
	}
	return all, tx.must(`delete from foretold where workspace = $1 and account = $2 and external = $3`, tx.WS, account, external)
}
