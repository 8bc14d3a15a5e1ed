package store

import (
	"context"
	"path/filepath"
	"strings"
	"testing"
)

// What the wall and the sweep ask for of a growing table is found by its time, not by looking at all there is.
func TestWhatIsRecentIsFoundByItsTime(t *testing.T) {
	db, err := Open(t.Context(), filepath.Join(t.TempDir(), "x.db"), Options{Fast: true})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	for query, want := range map[string]string{
		botTimesQuery: "SEARCH b USING INDEX sqlite_autoindex_message_1 (workspace=? AND id>?)",
		ignoredQuery:  "SEARCH q USING INDEX sqlite_autoindex_message_1 (workspace=? AND id>?)",
		oldBodies:     "SEARCH raw_body USING INDEX sqlite_autoindex_raw_body_1 (workspace=? AND id<?)",
		outcomesQuery: "SEARCH draft USING INDEX draft_decided (workspace=? AND decided_at>?)",
	} {
		if err := db.view(t.Context(), func(q querier) error {
			type step struct {
				id, parent, unused int
				detail             string
			}
			r, err := q.QueryContext(context.Background(), "explain query plan "+query, "w", 1, "0")
			if err != nil {
				return err
			}
			defer r.Close()
			var plan []string
			for r.Next() {
				var s step
				if err := r.Scan(&s.id, &s.parent, &s.unused, &s.detail); err != nil {
					return err
				}
				plan = append(plan, s.detail)
			}
			if !strings.Contains(strings.Join(plan, "\n"), want) {
				t.Errorf("%s\nis looked for by\n%s", query, strings.Join(plan, "\n"))
			}
			return r.Err()
		}); err != nil {
			t.Fatal(err)
		}
	}
}

func TestWide(t *testing.T) {
	for _, c := range []struct {
		query, step string
		wide        bool
	}{
		{"select a from note where workspace = $1 and conversation = $2 order by id", "SEARCH note USING INDEX sqlite_autoindex_note_1 (workspace=?)", true},
		{"select a from note where workspace = $1 and conversation = $2 order by id", "SEARCH note USING INDEX note_conversation (workspace=? AND conversation=?)", false},
		{"select a from note where workspace = $1 order by id limit 9", "SEARCH note USING INDEX sqlite_autoindex_note_1 (workspace=?)", false},
		{"select 1 from job e where e.queue = $1", "SEARCH e USING INDEX sqlite_autoindex_job_1 (workspace=? AND id<?)", true},
		{"select 1 from job e where e.queue = $1", "SCAN e", true},
		{"select a from touchpoint where workspace = $1 and conversation = $2", "SCAN touchpoint", false},
		{"update draft set a = $1 where conversation = $2", "SEARCH draft USING COVERING INDEX x (workspace=? AND id>?)", true},
	} {
		if got := wide(c.query, c.step); got != c.wide {
			t.Errorf("%s, %s: %v", c.query, c.step, got)
		}
	}
}
