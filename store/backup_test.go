package store

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	"tandem"
)

// letters is a sealer that shows what was sealed with what.
type letters struct{}

func (letters) Seal(plain, associated string) (string, error) { return associated + "|" + plain, nil }
func (letters) Open(sealed, associated string) (string, error) {
	if len(sealed) <= len(associated) || sealed[:len(associated)+1] != associated+"|" {
		return "", tandem.Errorf(tandem.Denied, "moved")
	}
	return sealed[len(associated)+1:], nil
}

// kept opens a database in a folder of the test's own with one company.
func kept(t *testing.T, o Options) (*DB, string) {
	t.Helper()
	file := filepath.Join(t.TempDir(), "tandem.db")
	o.Fast = true
	db, err := Open(t.Context(), file, o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	if err := db.Write(t.Context(), "w", func(tx *Tx) error { return tx.SaveWorkspace(tandem.Workspace{ID: "w", Name: "Sklep"}) }); err != nil {
		t.Fatal(err)
	}
	return db, file
}

func TestBackupIsAWholeDatabase(t *testing.T) {
	ctx := context.Background()
	db, _ := kept(t, Options{})
	to := filepath.Join(t.TempDir(), "copy.db")
	if err := db.Backup(ctx, to); err != nil {
		t.Fatal(err)
	}
	if err := db.Backup(ctx, to); tandem.CodeOf(err) != "file_exists" {
		t.Errorf("a backup was overwritten: %v", err)
	}
	if v, err := FileVersion(ctx, to); err != nil || v != Version() {
		t.Errorf("version %d %v", v, err)
	}
	again, err := Open(ctx, to, Options{Fast: true})
	if err != nil {
		t.Fatal(err)
	}
	defer again.Close()
	if w, err := again.Workspace(ctx, "w"); err != nil || w.Name != "Sklep" {
		t.Errorf("%+v %v", w, err)
	}
	if found, looked, err := again.Check(ctx); err != nil || len(found) != 0 || looked < 10 {
		t.Errorf("of %d checks %v found something (%v)", looked, found, err)
	}
	other := filepath.Join(t.TempDir(), "other.db")
	os.WriteFile(other, []byte("no database at all"), 0o600)
	for _, path := range []string{other, filepath.Join(t.TempDir(), "missing.db")} {
		if _, err := FileVersion(ctx, path); tandem.KindOf(err) != tandem.Invalid {
			t.Errorf("%s passes for a database: %v", filepath.Base(path), err)
		}
	}
}

func TestSourcesAreSealedAndAnnounced(t *testing.T) {
	ctx := context.Background()
	db, _ := kept(t, Options{Sealer: letters{}})
	s := Source{ID: "shop", Kind: "httpjson", Settings: map[string]string{"base": "https://x"}, Secrets: map[string]string{"token": "secret"}}
	for range 2 {
		if err := db.Write(ctx, "w", func(tx *Tx) error { return tx.SaveSource(s, "ola") }); err != nil {
			t.Fatal(err)
		}
	}
	rules, err := db.Rules(ctx, "w", sourceRule)
	if err != nil || len(rules) != 1 || rules[0].Version != 2 || rules[0].By != "ola" {
		t.Errorf("rules %+v %v", rules, err)
	}
	got, err := db.Sources(ctx, "w")
	if err != nil || len(got) != 1 || got[0].Secrets["token"] != "secret" || got[0].Settings["base"] != "https://x" {
		t.Errorf("%+v %v", got, err)
	}
	events, err := db.EventsAfter(ctx, "w", 0, 100)
	if last := events[len(events)-1]; err != nil || last.Kind != tandem.PolicyChanged || last.Code != "lookup" || last.Subject != "shop" {
		t.Errorf("announced %+v %v", last, err)
	}
	if err := db.Write(ctx, "w", func(tx *Tx) error { return tx.DropRule(rules[0]) }); err != nil {
		t.Fatal(err)
	}
	if got, err := db.Sources(ctx, "w"); err != nil || len(got) != 0 {
		t.Errorf("%v %v", got, err)
	}
	plain, _ := kept(t, Options{})
	if err := plain.Write(ctx, "w", func(tx *Tx) error { return tx.SaveSource(s, "") }); tandem.CodeOf(err) != "no_key" {
		t.Errorf("a secret was stored without a key: %v", err)
	}
}
