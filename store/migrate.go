package store

import (
	"context"
	"database/sql"
	"embed"
	"fmt"
	"hash/fnv"
	"io/fs"
	"strconv"
	"strings"

	"tandem"
)

//go:embed migrations/*.sql
var migrations embed.FS

// Version returns the newest migration that this program knows.
func Version() int {
	names, _ := fs.Glob(migrations, "migrations/*.sql")
	return len(names)
}

// conn is one connection that may write.
func (db *DB) conn(ctx context.Context) (*sql.Conn, func() error, error) {
	if db.only != nil {
		return db.only, func() error { return nil }, nil
	}
	h := db.pen
	if db.pg {
		h = db.pool
	}
	c, err := h.Conn(ctx)
	if err != nil {
		return nil, nil, err
	}
	return c, c.Close, nil
}

// migrate brings the tables up to date: numbered files, forward only, each in a transaction.
func (db *DB) migrate(ctx context.Context) error {
	conn, done, err := db.conn(ctx)
	if err != nil {
		return err
	}
	defer done()
	if db.pg { // two nodes may start at once
		if _, err := conn.ExecContext(ctx, `select pg_advisory_lock(7243019)`); err != nil {
			return err
		}
		defer conn.ExecContext(context.WithoutCancel(ctx), `select pg_advisory_unlock(7243019)`)
	}
	if _, err := conn.ExecContext(ctx, `create table if not exists migration (version bigint primary key, name text not null)`); err != nil {
		return err
	}
	var have int
	if err := conn.QueryRowContext(ctx, `select coalesce(max(version), 0) from migration`).Scan(&have); err != nil {
		return err
	}
	names, err := fs.Glob(migrations, "migrations/*.sql")
	if err != nil {
		return err
	}
	if have > len(names) {
		return tandem.Coded(tandem.Conflict, "newer_database",
			"the database is of version %d, this program knows %d: start the newer program, or restore a backup", have, len(names))
	}
	for i, name := range names[have:] {
		version := have + i + 1
		base := strings.TrimPrefix(name, "migrations/")
		if n, err := strconv.Atoi(base[:4]); err != nil || n != version {
			return fmt.Errorf("migration %s is out of order", base)
		}
		text, err := migrations.ReadFile(name)
		if err != nil {
			return err
		}
		tx, err := conn.BeginTx(ctx, nil)
		if err != nil {
			return err
		}
		if _, err = tx.ExecContext(ctx, string(text)); err == nil {
			_, err = tx.ExecContext(ctx, `insert into migration (version, name) values ($1, $2)`, version, base)
		}
		if err != nil {
			tx.Rollback()
			return fmt.Errorf("migration %s: %w", base, err)
		}
		if err := tx.Commit(); err != nil {
			return err
		}
	}
	return nil
}

// Migration records a version by hand; a restored or repaired database needs it.
func (tx *Tx) Migration(version int, name string) error {
	return tx.must(`insert into migration (version, name) values ($1, $2)`, version, name)
}

// Fingerprint names the text of all migrations: two programs with the same one make the same tables.
func Fingerprint() string {
	h := fnv.New64a()
	names, _ := fs.Glob(migrations, "migrations/*.sql")
	for _, n := range names {
		b, _ := migrations.ReadFile(n)
		h.Write(b)
	}
	return strconv.FormatUint(h.Sum64(), 36)
}
