// Package store remembers. All SQL is in this room, one file per noun, one text for SQLite and
// PostgreSQL. There is no interface in front of it: the embedded SQLite is its own fake.
//
// Writes go through DB.Write, which gathers what is waiting into one durable commit; what a
// transaction announces is published after that commit and never before. Reads see a consistent
// state of one moment.
package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"runtime"
	"strings"
	"sync"
	"time"

	_ "github.com/jackc/pgx/v5/stdlib" // the engine for many machines
	_ "modernc.org/sqlite"             // the embedded engine

	"tandem"
)

// DB is the memory of one node.
type DB struct {
	pool    *sql.DB // readers; on PostgreSQL also the writers
	pen     *sql.DB // the one writing connection of SQLite
	pg      bool
	address string     // for sentences about a file; what a PostgreSQL address holds is never said
	mem     sync.Mutex // serialises everything on an in-memory database
	only    *sql.Conn  // the single connection of an in-memory database
	hand    *hand      // the writing connection with its compiled statements; nil on PostgreSQL

	readers chan *hand    // reading connections of a SQLite file that are free
	slots   chan struct{} // one for each that was made

	queue   chan *write
	done    sync.WaitGroup
	stop    sync.Once
	sealer  Sealer
	publish func([]tandem.Event)
	wake    func(time.Time)
	hands   Hands
}

// Sealer encrypts secrets at rest. Associated names the row, so that a sealed text cannot be moved.
type Sealer interface {
	Seal(plain, associated string) (string, error)
	Open(sealed, associated string) (string, error)
}

// Options are what a DB needs besides its address.
type Options struct {
	Sealer  Sealer               // nil: secrets cannot be stored
	Publish func([]tandem.Event) // called after commit, in commit order of this node
	Wake    func(time.Time)      // called after commit with the earliest due time of new jobs
	Hands   Hands                // carry out what is due at once; nil: it waits to be claimed
	Fast    bool                 // tests only: do not wait for the disk
}

// Open opens the database at address (a path, ":memory:", or postgres://...), brings its tables up
// to date and starts the writer. A database of a newer version is refused with a clear sentence.
func Open(ctx context.Context, address string, o Options) (_ *DB, err error) {
	db := &DB{address: address, queue: make(chan *write, 1024), sealer: o.Sealer, publish: o.Publish, wake: o.Wake, hands: o.Hands}
	if db.publish == nil {
		db.publish = func([]tandem.Event) {}
	}
	if db.wake == nil {
		db.wake = func(time.Time) {}
	}
	defer func() {
		if err != nil {
			db.closeHandles()
		}
	}()
	if err := db.connect(ctx, address, o.Fast); err != nil {
		return nil, db.Plainly(fmt.Errorf("open the database: %w", err))
	}
	if err := db.migrate(ctx); err != nil {
		return nil, db.Plainly(err)
	}
	writers := 1
	switch {
	case db.pg:
		writers = 4
	case db.only != nil:
		db.hand = &hand{conn: db.only, stmts: map[string]*sql.Stmt{}}
	default:
		if db.hand, err = newHand(ctx, db.pen); err != nil {
			return nil, db.Plainly(fmt.Errorf("open the database: %w", err))
		}
	}
	for range writers {
		db.done.Add(1)
		go db.writer()
	}
	return db, nil
}

func (db *DB) connect(ctx context.Context, address string, fast bool) (err error) {
	switch {
	case strings.HasPrefix(address, "postgres://") || strings.HasPrefix(address, "postgresql://"):
		db.pg = true
		if db.pool, err = sql.Open("pgx", address); err != nil {
			return errors.New("the PostgreSQL address cannot be read") // it may hold a password
		}
		db.pool.SetMaxOpenConns(16)
		db.pool.SetMaxIdleConns(16)
		if err := db.pool.PingContext(ctx); err != nil {
			return tandem.Errorf(tandem.Transient, "PostgreSQL does not answer: %s", reason(err))
		}
		return nil
	case address == ":memory:":
		if db.pen, err = sql.Open("sqlite", "file::memory:?_pragma=foreign_keys(1)"); err != nil {
			return err
		}
		db.pen.SetMaxOpenConns(1)
		db.only, err = db.pen.Conn(ctx)
		return err
	}
	sync := "full"
	if fast {
		sync = "off"
	}
	pragmas := "?_pragma=busy_timeout(10000)&_pragma=journal_mode(wal)&_pragma=synchronous(" + sync + ")&_pragma=foreign_keys(1)&_pragma=wal_autocheckpoint(2000)"
	if db.pen, err = sql.Open("sqlite", fileURI(address)+pragmas+"&_txlock=immediate"); err != nil {
		return err
	}
	db.pen.SetMaxOpenConns(1)
	if err := db.pen.PingContext(ctx); err != nil {
		return fmt.Errorf("%s: %w", address, err)
	}
	if db.pool, err = sql.Open("sqlite", fileURI(address)+pragmas+"&_pragma=query_only(1)"); err != nil {
		return err
	}
	n := max(4, runtime.GOMAXPROCS(0)*2)
	db.pool.SetMaxOpenConns(n + 1) // one more for a backup
	db.pool.SetMaxIdleConns(n + 1)
	db.readers, db.slots = make(chan *hand, n), make(chan struct{}, n)
	return nil
}

// fileURI is a path as SQLite takes it with parameters behind: what means something in an address stands
// for itself (https://www.sqlite.org/uri.html, section 3.1).
func fileURI(path string) string {
	return "file:" + strings.NewReplacer("%", "%25", "?", "%3f", "#", "%23").Replace(path)
}

// reason keeps an address, which may hold a password, out of an error.
func reason(err error) string {
	s := err.Error()
	if i := strings.LastIndex(s, ": "); i >= 0 && strings.Contains(s, "postgres") {
		s = s[i+2:]
	}
	return s
}

// Postgres tells whether many machines may share this store.
func (db *DB) Postgres() bool { return db.pg }

// Close finishes what is waiting and closes the database. It may be called twice.
func (db *DB) Close() error {
	db.stop.Do(func() { close(db.queue) })
	db.done.Wait()
	return db.closeHandles()
}

func (db *DB) closeHandles() error {
	if db.hand != nil {
		db.hand.close()
	}
	for range len(db.readers) {
		(<-db.readers).close()
	}
	var err error
	for _, h := range []*sql.DB{db.pool, db.pen} {
		if h != nil {
			err = errors.Join(err, h.Close())
		}
	}
	return err
}
