package store

import (
	"context"
	"database/sql"
	"strings"
	"time"

	"tandem"
)

// Doubtful finds a message to a person of which nobody knows yet whether it went out, by its words: all of them,
// with the person's name before them as in public, or a piece of a text too long for one. piece tells that it is not
// the last one, which gives a message its id.
func (tx *Tx) Doubtful(account tandem.AccountID, to, words string) (m tandem.Message, piece bool, err error) {
	all, err := rows(context.Background(), tx, scanMessage, `select `+messageColumns+` from message where workspace = $1 and account = $2 and external is null
		and delivery in ('sending', 'unknown') and thread in (select t.id from thread t where t.workspace = $1 and t.account = $2 and t.recipient = $3) order by seq`, tx.WS, account, to)
	if err != nil {
		return m, false, err
	}
	for _, m := range all {
		if text := strings.TrimSpace(m.Text); text != "" && (words == text || strings.HasPrefix(words, "@") && strings.HasSuffix(words, " "+text)) {
			return m, false, nil
		}
	}
	for _, m := range all {
		if len(words) >= shortestPiece && strings.Contains(m.Text, words) {
			return m, !strings.HasSuffix(strings.TrimSpace(m.Text), words), nil
		}
	}
	return m, false, tandem.Coded(tandem.NotFound, "not_found", "no such message")
}

// shortestPiece is how many bytes make a piece of a longer text: fewer may be said by chance. Texts are cut near
// the platform's limit, which is 1000 bytes at least.
const shortestPiece = 100

// AskedBefore returns the platform's time of the newest message that a customer wrote in a place up to a moment;
// zero where there is none.
func (tx *Tx) AskedBefore(th tandem.ThreadID, upto time.Time) (at time.Time, err error) {
	all, err := rows(context.Background(), tx, func(r *sql.Rows, at *time.Time) error { return r.Scan(moment{at}) },
		`select coalesce(max(at), 0) from message where workspace = $1 and thread = $2 and origin = 'customer' and at <= $3`, tx.WS, th, us(upto))
	if err != nil || len(all) == 0 {
		return at, err
	}
	return all[0], nil
}
