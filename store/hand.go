package store

import (
	"context"
	"database/sql"
	"fmt"
)

// hand is one connection to SQLite that keeps its statements compiled: the texts are constants of
// this room, so there are few, and compiling them costs more than running them. It is used by one
// goroutine at a time.
type hand struct {
	conn  *sql.Conn
	stmts map[string]*sql.Stmt
}

// mostStatements bounds the cache; lists with a search have texts of their own.
const mostStatements = 400

func newHand(ctx context.Context, pool *sql.DB) (*hand, error) {
	c, err := pool.Conn(ctx)
	return &hand{conn: c, stmts: map[string]*sql.Stmt{}}, err
}

func (h *hand) stmt(ctx context.Context, query string) (*sql.Stmt, error) {
	if s, ok := h.stmts[query]; ok {
		return s, nil
	}
	if len(h.stmts) >= mostStatements {
		h.forget()
	}
	s, err := h.conn.PrepareContext(ctx, query)
	if err == nil {
		h.stmts[query] = s
	}
	return s, err
}

func (h *hand) forget() {
	for q, s := range h.stmts {
		s.Close()
		delete(h.stmts, q)
	}
}

// ExecContext runs a statement.
func (h *hand) ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error) {
	s, err := h.stmt(ctx, query)
	if err != nil {
		return nil, err
	}
	return s.ExecContext(ctx, args...)
}

// QueryContext runs a query; its rows are read to the end before the next statement.
func (h *hand) QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error) {
	s, err := h.stmt(ctx, query)
	if err != nil {
		return nil, err
	}
	return s.QueryContext(ctx, args...)
}

func (h *hand) close() {
	h.forget()
	h.conn.Close()
}

// begin, end: a transaction on this connection.
func (h *hand) begin(ctx context.Context, how string) error {
	_, err := h.ExecContext(ctx, "begin "+how)
	return err
}

func (h *hand) commit() error {
	_, err := h.ExecContext(context.Background(), "commit")
	return err
}

func (h *hand) rollback() {
	h.ExecContext(context.Background(), "rollback")
}

// reader takes a reading connection out of the drawer, makes one while there are fewer than may be,
// or waits for one.
func (db *DB) reader(ctx context.Context) (*hand, error) {
	select {
	case h := <-db.readers:
		return h, nil
	default:
	}
	select {
	case h := <-db.readers:
		return h, nil
	case db.slots <- struct{}{}:
		h, err := newHand(context.WithoutCancel(ctx), db.pool)
		if err != nil {
			<-db.slots
			return nil, fmt.Errorf("a reading connection: %w", err)
		}
		return h, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// viewHand is a view on a SQLite file: one read transaction on a connection with compiled statements.
func (db *DB) viewHand(ctx context.Context, do func(querier) error) error {
	h, err := db.reader(ctx)
	if err != nil {
		return err
	}
	defer func() { db.readers <- h }()
	if err := h.begin(context.WithoutCancel(ctx), "deferred"); err != nil {
		return err
	}
	defer h.rollback()
	return do(h)
}
