// Package world sets a stage for tests: a tandem with a real store on one of the two engines, and
// the outside world in memory. Only tests import it.
package world

import (
	"context"
	"database/sql"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/google/uuid"

	"tandem/store"
)

// Engines names the engines that tests run on: always SQLite, and PostgreSQL where
// TANDEM_TEST_POSTGRES has the address of a server that tests may make databases on.
func Engines() []string {
	if os.Getenv("TANDEM_TEST_POSTGRES") == "" {
		return []string{"sqlite"}
	}
	return []string{"sqlite", "postgres"}
}

// Each runs a test once per engine.
func Each(t *testing.T, run func(t *testing.T, engine string)) {
	for _, e := range Engines() {
		t.Run(e, func(t *testing.T) { run(t, e) })
	}
}

// Database returns the address of a new database, with all tables and no rows, that ends with the
// test. Call it outside a synctest bubble.
func Database(t testing.TB, engine string) string {
	t.Helper()
	if engine == "sqlite" {
		path := filepath.Join(t.TempDir(), "tandem.db")
		if err := os.WriteFile(path, blank(t), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	admin := os.Getenv("TANDEM_TEST_POSTGRES")
	template(t, admin)
	name := "t_" + strings.ReplaceAll(uuid.NewString(), "-", "")
	ask(t, admin, `create database `+name+` template `+templateName())
	t.Cleanup(func() { ask(t, admin, `drop database if exists `+name+` with (force)`) })
	return at(t, admin, name)
}

var (
	blankOnce sync.Once
	blankFile []byte
)

// blank is the file of a SQLite database with all tables, made once.
func blank(t testing.TB) []byte {
	blankOnce.Do(func() {
		path := filepath.Join(t.TempDir(), "blank.db")
		db, err := store.Open(context.Background(), path, store.Options{Fast: true})
		if err != nil {
			t.Fatal(err)
		}
		db.Close() // what is in the log goes to the file
		if blankFile, err = os.ReadFile(path); err != nil {
			t.Fatal(err)
		}
	})
	return blankFile
}

var migrated sync.Once

func templateName() string { return "tandem_" + store.Fingerprint() }

// template makes, once per run of a server, a database with all tables, from which others are copied.
func template(t testing.TB, admin string) {
	migrated.Do(func() {
		db, err := sql.Open("pgx", admin)
		if err != nil {
			t.Fatal(err)
		}
		defer db.Close()
		ctx := context.Background()
		conn, err := db.Conn(ctx)
		if err != nil {
			t.Fatal(err)
		}
		defer conn.Close()
		if _, err := conn.ExecContext(ctx, `select pg_advisory_lock(1)`); err != nil { // test binaries run side by side
			t.Fatal(err)
		}
		var have int
		if err := conn.QueryRowContext(ctx, `select count(*) from pg_database where datname = $1`, templateName()).Scan(&have); err != nil {
			t.Fatal(err)
		}
		if have == 1 {
			return
		}
		if _, err := conn.ExecContext(ctx, `create database building_`+templateName()); err != nil {
			t.Fatal(err)
		}
		s, err := store.Open(ctx, at(t, admin, "building_"+templateName()), store.Options{})
		if err != nil {
			t.Fatal(err)
		}
		s.Close()
		if _, err := conn.ExecContext(ctx, `alter database building_`+templateName()+` rename to `+templateName()); err != nil {
			t.Fatal(err)
		}
	})
}

func ask(t testing.TB, address, query string) {
	t.Helper()
	db, err := sql.Open("pgx", address)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if _, err := db.ExecContext(context.Background(), query); err != nil {
		t.Errorf("%s: %v", query, err)
	}
}

func at(t testing.TB, address, name string) string {
	u, err := url.Parse(address)
	if err != nil {
		t.Fatal(fmt.Errorf("TANDEM_TEST_POSTGRES: %w", err))
	}
	u.Path = "/" + name
	return u.String()
}
