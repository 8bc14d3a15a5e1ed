package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"runtime/debug"
	"time"

	"github.com/jackc/pgx/v5/pgconn"

	"tandem"
)

// Tx is one transaction of one workspace. Rooms write through it.
type Tx struct {
	WS  tandem.WorkspaceID
	Now time.Time // the moment of the transaction, the same in every row it writes

	db     *DB
	sql    runner
	events []tandem.Event
	due    time.Time // of the earliest job added that nobody carries out yet
	taken  []Job     // added and leased to hands of this node
}

type write struct {
	ws   tandem.WorkspaceID
	do   func(*Tx) error
	err  error
	tx   *Tx
	done chan struct{}
}

// batchMost bounds how many writes share a commit.
const batchMost = 128

// ErrClosed is returned by Write after Close.
var ErrClosed = tandem.Errorf(tandem.Transient, "the store is closed")

// Write runs do in a transaction: all of it is stored and then announced, or nothing is. do may be
// run more than once and does no I/O besides the Tx. Writes that wait at the same time share one
// commit; the failure of one does not touch the others.
func (db *DB) Write(ctx context.Context, ws tandem.WorkspaceID, do func(*Tx) error) (err error) {
	if err := ctx.Err(); err != nil {
		return err
	}
	w := &write{ws: ws, do: do, done: make(chan struct{})}
	defer func() {
		if recover() != nil { // the queue was closed while we were sending
			err = ErrClosed
		}
	}()
	db.queue <- w
	<-w.done // a write that was queued is waited for: its outcome must be known
	return w.err
}

func (db *DB) writer() {
	defer db.done.Done()
	for first := range db.queue {
		batch := append(make([]*write, 0, 8), first)
	gather:
		for len(batch) < batchMost {
			select {
			case w, ok := <-db.queue:
				if !ok {
					break gather
				}
				batch = append(batch, w)
			default:
				break gather
			}
		}
		db.commit(batch)
	}
}

// commit runs a batch. When the batch as a whole fails, each of its writes is tried alone, so that
// one cannot take the others down.
func (db *DB) commit(batch []*write) {
	err := db.attempt(batch)
	for try := 0; err != nil && len(batch) == 1 && retryable(err) && try < 8; try++ {
		err = db.attempt(batch)
	}
	if err != nil && len(batch) > 1 {
		for _, w := range batch {
			db.commit([]*write{w})
		}
		return
	}
	var events []tandem.Event
	var due time.Time
	for _, w := range batch {
		if err != nil {
			w.err = err
		}
		if w.err == nil {
			events = append(events, w.tx.events...)
			if !w.tx.due.IsZero() && (due.IsZero() || w.tx.due.Before(due)) {
				due = w.tx.due
			}
		}
	}
	if len(events) > 0 {
		db.publish(events)
	}
	if !due.IsZero() {
		db.wake(due)
	}
	for _, w := range batch {
		if w.err == nil {
			for _, j := range w.tx.taken {
				db.hands.Start(j)
			}
		}
		close(w.done)
	}
}

// attempt runs a batch once. Its error means that nothing of the batch is stored.
func (db *DB) attempt(batch []*write) (err error) {
	ctx := context.Background()
	defer func() {
		for _, w := range batch {
			if w.tx != nil && (err != nil || w.err != nil) {
				w.tx.drop()
			}
		}
	}()
	t, err := db.begin(ctx)
	if err != nil {
		return tandem.Errorf(tandem.Transient, "begin: %w", err)
	}
	defer t.rollback()
	now := time.Now().UTC().Truncate(time.Microsecond)
	for _, w := range batch {
		w.tx = &Tx{WS: w.ws, Now: now, db: db, sql: t.runner}
		if len(batch) > 1 {
			if _, err := t.ExecContext(ctx, "savepoint w"); err != nil {
				return err
			}
		}
		if w.err = w.tx.run(w.do); w.err == nil {
			continue
		}
		if len(batch) == 1 {
			if retryable(w.err) {
				return w.err
			}
			return nil
		}
		if retryable(w.err) {
			return w.err
		}
		if _, err := t.ExecContext(ctx, "rollback to savepoint w"); err != nil {
			return err
		}
	}
	if len(batch) == 1 && batch[0].err != nil {
		return nil
	}
	if err := number(ctx, t.runner, batch); err != nil {
		return err
	}
	if err := t.commit(); err != nil {
		return tandem.Errorf(tandem.Transient, "commit: %w", err)
	}
	return nil
}

// run keeps a panic in one write from stopping the writer.
func (tx *Tx) run(do func(*Tx) error) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = tandem.Errorf(tandem.Internal, "panic in a write: %v\n%s", p, debug.Stack())
		}
	}()
	return do(tx)
}

// runner is what a transaction runs on: a connection of SQLite, or a transaction of PostgreSQL.
type runner interface {
	querier
	ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error)
}

// begun is a transaction under way.
type begun struct {
	runner
	commit   func() error
	rollback func() // after a commit it does nothing
}

func (db *DB) begin(ctx context.Context) (begun, error) {
	if db.pg {
		t, err := db.pool.BeginTx(ctx, nil)
		if err != nil {
			return begun{}, err
		}
		return begun{t, t.Commit, func() { t.Rollback() }}, nil
	}
	unlock := func() {}
	if db.only != nil {
		db.mem.Lock()
		unlock = db.mem.Unlock
	}
	if err := db.hand.begin(ctx, "immediate"); err != nil {
		unlock()
		return begun{}, err
	}
	done := false
	return begun{db.hand, func() error {
		err := db.hand.commit()
		done = err == nil
		return err
	}, func() {
		if !done {
			db.hand.rollback()
		}
		unlock()
	}}, nil
}

// retryable tells whether PostgreSQL asks to run the transaction again: a deadlock or a
// serialisation failure.
func retryable(err error) bool {
	var pg *pgconn.PgError
	return errors.As(err, &pg) && (pg.Code == "40P01" || pg.Code == "40001")
}

// unique tells whether a unique key refused a row.
func unique(err error) bool {
	var pg *pgconn.PgError
	if errors.As(err, &pg) {
		return pg.Code == "23505"
	}
	var lite interface{ Code() int }
	return errors.As(err, &lite) && (lite.Code() == 2067 || lite.Code() == 1555)
}

func (tx *Tx) exec(query string, args ...any) (int64, error) {
	r, err := tx.sql.ExecContext(context.Background(), query, legible(args)...)
	if err != nil {
		return 0, fmt.Errorf("%.60s: %w", query, err)
	}
	n, err := r.RowsAffected()
	return n, err
}

// must is exec where the number of rows does not matter.
func (tx *Tx) must(query string, args ...any) error {
	_, err := tx.exec(query, args...)
	return err
}

// QueryContext lets a Tx be read like a view.
func (tx *Tx) QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error) {
	return tx.sql.QueryContext(ctx, query, args...)
}

// forUpdate is the row lock that PostgreSQL needs and SQLite's single writer does not.
func (tx *Tx) forUpdate() string {
	if tx.db.pg {
		return " for update"
	}
	return ""
}
