package app

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"tandem"
	"tandem/demo"
	"tandem/sim"
	"tandem/store"
)

// dump is every row of a company, by table, and the ids of what it has.
func (s *shop) dump(ws tandem.WorkspaceID) (rows map[string][]string, ids map[string][]string) {
	s.t.Helper()
	rows, ids = map[string][]string{}, map[string][]string{}
	var tables []string
	read := func(query string, each func(columns []string, values []any)) {
		err := s.DB().Write(s.t.Context(), ws, func(tx *store.Tx) error {
			r, err := tx.QueryContext(s.t.Context(), query)
			if err != nil {
				return err
			}
			defer r.Close()
			columns, err := r.Columns()
			if err != nil {
				return err
			}
			for r.Next() {
				values, into := make([]any, len(columns)), make([]any, len(columns))
				for i := range values {
					into[i] = &values[i]
				}
				if err := r.Scan(into...); err != nil {
					return err
				}
				each(columns, values)
			}
			return r.Err()
		})
		if err != nil {
			s.t.Fatal(err)
		}
	}
	read(`select name from sqlite_master where type = 'table' and name not in ('migration', 'workspace', 'job', 'account') order by name`, func(_ []string, v []any) { tables = append(tables, v[0].(string)) })
	for _, table := range tables {
		read(fmt.Sprintf(`select * from %q where workspace = '%s'`, table, ws), func(columns []string, values []any) {
			rows[table] = append(rows[table], fmt.Sprint(values...))
			if i := slices.Index(columns, "id"); i >= 0 {
				ids[table] = append(ids[table], values[i].(string))
			}
		})
	}
	return rows, ids
}

// furnish gives the demo company something of everything that has an id.
func (s *shop) furnish() {
	s.t.Helper()
	boss := s.sit("kierownik@demo.pl")
	for _, one := range []struct{ who, text string }{{"marek", "Gdzie jest moja paczka?! Miała być wczoraj!"}, {"kasia", "Dzień dobry, poproszę o fakturę do zamówienia 48377, mój adres katarzyna.lis@example.pl"}, {"adam", "Ile kosztuje dostawa?"}, {"ewa", "Ile kosztuje dostawa?"}} {
		s.world.Meta.DM(s.world.Instagram, one.who, one.text, sim.DMOptions{})
		s.settle(6 * time.Second)
	}
	mine := boss.first("needs_human")
	at := "/api/conversations/" + string(mine.ID)
	boss.must("POST", at+"/takeover", nil, nil)
	boss.must("POST", at+"/reply", map[string]any{"text": "Oddzwonię jutro do 12:00."}, nil)
	boss.must("POST", at+"/note", map[string]any{"text": "xyzzy"}, nil)
	boss.must("POST", at+"/actions", map[string]any{"kind": "refund_amount", "subject": "48213", "amount": 1, "currency": "PLN"}, nil)
	boss.must("POST", "/api/learning/examples", map[string]any{"text": "gdzie moja paczka", "touchpoint": "order_status"}, nil)
	boss.must("POST", "/api/learning/words", map[string]any{"pattern": "skandal*", "side": "harmless"}, nil)
	boss.must("POST", "/api/files?name=umowa.pdf", "%PDF-1.7 xyzzy", nil)
	_, ids := s.dump("modna-szafa")
	people := ids["customer"]
	boss.must("POST", "/api/merges", map[string]any{"keep": people[0], "gone": people[1]}, nil)
	err := s.DB().Write(s.t.Context(), "modna-szafa", func(tx *store.Tx) error {
		if _, err := tx.Propose(tandem.CustomerID(people[2]), tandem.CustomerID(people[3]), []string{"phone"}); err != nil {
			return err
		}
		return tx.AddNews(tandem.News{Account: "ig", Code: "template_paused"})
	})
	if err != nil {
		s.t.Fatal(err)
	}
	s.settle(time.Minute)
}

// TestAnotherCompanyReachesNothing calls every described route as the owner of another company, with every id
// that this company has, in the address, in the query and in the body: no answer tells anything of it, and not a
// row of it is another afterwards.
func TestAnotherCompanyReachesNothing(t *testing.T) {
	play(t, func(t *testing.T, s *shop) {
		s.furnish()
		stranger := tandem.User{ID: "obcy", Email: "obcy@inny.pl", Name: "Obcy", Role: tandem.RoleOwner}
		if err := s.Found(t.Context(), Company{Workspace: tandem.Workspace{ID: "other", Name: "Inny", Zone: "UTC", Lang: "pl"}, People: []Employee{{stranger, demo.Password}}}); err != nil {
			t.Fatal(err)
		}
		them := s.sit("obcy@inny.pl")
		before, ids := s.dump("modna-szafa")
		var all []string
		for _, table := range []string{"conversation", "customer", "draft", "decision", "action", "promise", "merge", "merge_proposal", "example", "rule", "member", "file", "message", "thread", "account_news", "note", "handover"} {
			if len(ids[table]) == 0 {
				t.Errorf("the company has no %s: nothing is tried", table)
			}
			all = append(all, ids[table][:min(2, len(ids[table]))]...)
		}
		calls := 0
		try := func(method, path, sent string, body any) {
			calls++
			got := them.call(method, path, body)
			if got.status >= 500 || got.status == 401 {
				t.Errorf("%s %s: %d %s", method, path, got.status, got.body)
			}
			for _, id := range all {
				if len(id) > 8 && id != sent && strings.Contains(string(got.body), id) {
					t.Errorf("%s %s tells of %s: %s", method, path, id, got.body)
				}
			}
			for _, word := range []string{"48213", "xyzzy", "Dąbrowski", "kierownik@demo.pl"} {
				if strings.Contains(string(got.body), word) {
					t.Errorf("%s %s tells %q: %s", method, path, word, got.body)
				}
			}
		}
		for path, item := range s.api.OpenAPI().Paths {
			for method, op := range map[string]any{"GET": item.Get, "POST": item.Post, "PUT": item.Put, "DELETE": item.Delete} {
				name, _, there := described(t, op)
				if !there || everybody[name] || strings.Contains(path, "/touchpoints/") {
					continue
				}
				for _, id := range all {
					body, _ := wellFormed(name).(map[string]any)
					for field := range body {
						switch field {
						case "message", "keep", "user":
							body[field] = id
						case "gone":
							body[field] = all[0]
						}
					}
					if name == "post-conversations-id-reply" {
						body["thread"], body["draft"], body["files"] = ids["thread"][0], ids["draft"][0], ids["file"][:1]
					}
					var send any
					if body != nil {
						send = body
					}
					at := strings.NewReplacer("{id}", id).Replace(path)
					if method == "GET" {
						at += "?customer=" + id + "&after=" + id
					}
					try(method, at, id, send)
				}
			}
		}
		if calls < 1000 {
			t.Errorf("only %d calls were made", calls)
		}
		s.settle(time.Second)
		after, _ := s.dump("modna-szafa")
		for table, rows := range before {
			if !slices.Equal(rows, after[table]) {
				t.Errorf("the table %s is another: %d rows were %d", table, len(after[table]), len(rows))
			}
		}
	})
}
