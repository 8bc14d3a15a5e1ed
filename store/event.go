package store

import (
	"context"
	"database/sql"

	"tandem"
)

// Emit adds an event to the ledger; it is numbered and published with the commit.
func (tx *Tx) Emit(e tandem.Event) {
	e.Workspace, e.At = tx.WS, tx.Now
	tx.events = append(tx.events, e)
}

// number gives the events of a batch their sequence as its last statements. The workspace's counter
// row is locked from here to the commit, so sequences commit in order on PostgreSQL too: a reader
// that saw a number has seen all before it.
func number(ctx context.Context, t runner, batch []*write) error {
	need := map[tandem.WorkspaceID]int64{}
	for _, w := range batch {
		if w.err == nil {
			need[w.ws] += int64(len(w.tx.events))
		}
	}
	next := map[tandem.WorkspaceID]int64{}
	for _, w := range batch {
		n := need[w.ws]
		if w.err != nil || n == 0 || next[w.ws] != 0 {
			continue
		}
		top, err := row(ctx, t, "workspace", one[int64], `update workspace set event_seq = event_seq + $1 where id = $2 returning event_seq`, n, w.ws)
		if err != nil {
			return err
		}
		next[w.ws] = top - n + 1
	}
	for _, w := range batch {
		if w.err != nil {
			continue
		}
		for i := range w.tx.events {
			e := &w.tx.events[i]
			e.Seq = next[w.ws]
			next[w.ws]++
			data := ""
			if e.Data != nil {
				data = text(e.Data)
			}
			if _, err := t.ExecContext(ctx, `insert into event (workspace, seq, kind, at, conversation, subject, actor, code, data) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
				w.ws, e.Seq, e.Kind, us(e.At), e.Conversation, e.Subject, e.Actor, e.Code, data); err != nil {
				return err
			}
		}
	}
	return nil
}

const eventColumns = `workspace, seq, kind, at, conversation, subject, actor, code, data`

func scanEvent(r *sql.Rows, e *tandem.Event) error {
	return r.Scan(&e.Workspace, &e.Seq, &e.Kind, moment{&e.At}, &e.Conversation, &e.Subject, &e.Actor, &e.Code, body{&e.Data})
}

// EventsAfter returns at most limit events after a sequence number, oldest first.
func (db *DB) EventsAfter(ctx context.Context, ws tandem.WorkspaceID, seq int64, limit int) ([]tandem.Event, error) {
	return list(ctx, db, scanEvent, `select `+eventColumns+` from event where workspace = $1 and seq > $2 order by seq`+top(limit), ws, seq)
}

// LastEvent returns the newest sequence number of a workspace.
func (db *DB) LastEvent(ctx context.Context, ws tandem.WorkspaceID) (int64, error) {
	return get(ctx, db, "workspace", one[int64], `select event_seq from workspace where id = $1`, ws)
}

// EventsOf returns the events of a kind in a conversation, oldest first.
func (db *DB) EventsOf(ctx context.Context, ws tandem.WorkspaceID, c tandem.ConversationID, kind tandem.EventKind) ([]tandem.Event, error) {
	return list(ctx, db, scanEvent, `select `+eventColumns+` from event where workspace = $1 and conversation = $2 and kind = $3 order by seq`, ws, c, kind)
}
