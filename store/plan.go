package store

import (
	"context"
	"regexp"
	"strings"
)

// grows names the tables that grow with the business; the others are as small as a company.
var grows = map[string]bool{"customer": true, "identity": true, "conversation": true, "thread": true, "message": true, "matter": true, "promise": true,
	"note": true, "assignment": true, "decision": true, "handover": true, "draft": true, "event": true, "job": true, "clue": true, "merge": true,
	"merge_proposal": true, "action": true, "file": true, "example": true}

var (
	parameter = regexp.MustCompile(`\$\d+`)
	step      = regexp.MustCompile(`^(SCAN|SEARCH) (\S+)(?: USING (?:COVERING )?INDEX \S+ \((.*)\))?`)
	narrow    = regexp.MustCompile(`\b(conversation|customer|queue|thread|message) = \$`)
	aliased   = regexp.MustCompile(`(?:from|join|update) (\w+) (?:as )?(\w)\b`)
)

// Slow returns the statements run so far on SQLite that look for what belongs to one conversation,
// customer or queue by reading all that a workspace has, each with its plan. Such a statement is fast
// in a test and takes seconds after a year; stories check that there is none.
func (db *DB) Slow(ctx context.Context) ([]string, error) {
	if db.hand == nil {
		return nil, nil
	}
	var slow []string
	for query := range db.hand.stmts {
		args := make([]any, 0, 8)
		seen := map[string]bool{}
		for _, p := range parameter.FindAllString(query, -1) {
			if !seen[p] {
				seen[p] = true
				args = append(args, "")
			}
		}
		rows, err := db.hand.conn.QueryContext(ctx, "explain query plan "+query, args...)
		if err != nil {
			continue // begin, commit and the like have no plan
		}
		for rows.Next() {
			var id, parent, unused int
			var detail string
			if err := rows.Scan(&id, &parent, &unused, &detail); err != nil {
				rows.Close()
				return nil, err
			}
			if wide(query, detail) {
				slow = append(slow, query+"\n\t"+detail)
			}
		}
		rows.Close()
	}
	return slow, nil
}

// wide tells whether one step of a plan reads a growing table by nothing but its workspace, although
// the query names a narrower place.
func wide(query, detail string) bool {
	m := step.FindStringSubmatch(detail)
	if m == nil {
		return false
	}
	table := m[2]
	for _, a := range aliased.FindAllStringSubmatch(query, -1) {
		if a[2] == table {
			table = a[1]
		}
	}
	if !grows[table] || !narrow.MatchString(query) {
		return false
	}
	return m[1] == "SCAN" || m[3] == "" || !strings.Contains(strings.ReplaceAll(m[3], "workspace=?", ""), "=?")
}
