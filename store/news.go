package store

import (
	"context"
	"database/sql"
	"time"

	"tandem"
)

const newsColumns = `id, account, code, subject, once, times, since, at, seen_at, seen_by`

func scanNews(r *sql.Rows, n *tandem.News) error {
	return r.Scan(&n.ID, &n.Account, &n.Code, &n.Subject, &n.Once, &n.Times, moment{&n.Since}, moment{&n.At}, moment{&n.SeenAt}, &n.SeenBy)
}

// AddNews records something that people should know about an account. What came before under the same
// Once is counted, and shown again where somebody had put it aside.
func (tx *Tx) AddNews(n tandem.News) error {
	if n.At.IsZero() {
		n.At = tx.Now
	}
	if n.Once == "" {
		n.Once = n.Code + ":" + n.Subject
	}
	tx.Emit(tandem.Event{Kind: tandem.AccountChanged, Subject: string(n.Account), Actor: "clock", Code: "news", Data: map[string]any{"news": n.Code, "since": us(n.Since), "at": us(n.At)}})
	return tx.must(`insert into account_news (workspace, id, account, code, subject, once, since, at) values ($1, $2, $3, $4, $5, $6, $7, $8)
		on conflict (workspace, account, once) do update set times = account_news.times + 1, seen_at = 0, seen_by = '',
		at = case when excluded.at > account_news.at then excluded.at else account_news.at end`,
		tx.WS, tandem.NewID[tandem.NewsID](), n.Account, n.Code, n.Subject, n.Once, us(n.Since), us(n.At))
}

// SeeNews puts a piece of news aside in a person's name.
func (tx *Tx) SeeNews(id tandem.NewsID, by tandem.UserID) error {
	n, err := tx.exec(`update account_news set seen_at = $3, seen_by = $4 where workspace = $1 and id = $2 and seen_at = 0`, tx.WS, id, us(tx.Now), by)
	if err == nil && n == 0 {
		return tandem.Coded(tandem.NotFound, "not_found", "there is no such news, or somebody has seen it")
	}
	tx.Emit(tandem.Event{Kind: tandem.AccountChanged, Actor: string(by), Code: "news_seen"})
	return err
}

// News returns what is new about the accounts of a workspace and nobody has put aside, newest first.
func (db *DB) News(ctx context.Context, ws tandem.WorkspaceID) ([]tandem.News, error) {
	return list(ctx, db, scanNews, `select `+newsColumns+` from account_news where workspace = $1 and seen_at = 0 order by at desc, id desc limit 200`, ws)
}

// SentAt replaces our time of a sending by the platform's own, which its watermarks are compared with.
func (tx *Tx) SentAt(m tandem.Message, at time.Time) error {
	return tx.must(`update message set sent_at = $3 where workspace = $1 and id = $2 and sent_at > $3`, tx.WS, m.ID, us(at))
}
