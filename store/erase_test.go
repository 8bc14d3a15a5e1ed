package store_test

import (
	"database/sql"
	"fmt"
	"strings"
	"testing"
	"time"

	"tandem"
	"tandem/store"
)

// everyText returns every column of text of every table, so that what should be gone is looked for
// everywhere, also where nobody thought of it.
func everyText(t *testing.T, b *bench) map[string]string {
	t.Helper()
	tables := b.list(t, `select name from sqlite_master where type = 'table' and name not like 'sqlite%'`, `select table_name from information_schema.tables where table_schema = 'public'`)
	out := map[string]string{}
	for _, table := range tables {
		b.each(t, fmt.Sprintf(`select * from %q`, table), func(columns []string, values []any) {
			for i, v := range values {
				switch v := v.(type) {
				case string:
					out[table+"."+columns[i]] += v + "\n"
				case []byte:
					out[table+"."+columns[i]] += string(v) + "\n"
				}
			}
		})
	}
	return out
}

func (b *bench) list(t *testing.T, lite, postgres string) (out []string) {
	q := lite
	if b.Postgres() {
		q = postgres
	}
	b.each(t, q, func(_ []string, values []any) { out = append(out, fmt.Sprint(values[0])) })
	return out
}

func (b *bench) each(t *testing.T, query string, do func(columns []string, values []any)) {
	t.Helper()
	b.must(t, func(tx *store.Tx) error {
		r, err := tx.QueryContext(t.Context(), query)
		if err != nil {
			return err
		}
		defer r.Close()
		return scanAll(r, do)
	})
}

func scanAll(r *sql.Rows, do func([]string, []any)) error {
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
		do(columns, values)
	}
	return r.Err()
}

// Whoever is erased is nowhere any more, in any table; a neighbour stays whole, and so do the counters.
func TestAnErasedCustomerIsNowhere(t *testing.T) {
	each(t, func(t *testing.T, b *bench) {
		b.accounts(t)
		const secret = "tajne4711"
		mine, _ := b.says(t, "erasme-77001", "mój adres to "+secret, "m1")
		b.says(t, "other-88002", "zostaję", "m2")
		all, err := b.MessagesBefore(bg, ws, mine.ID, 100, 10)
		if err != nil || len(all) != 1 {
			t.Fatal(all, err)
		}
		m := all[0]
		b.must(t, func(tx *store.Tx) error {
			c, err := tx.Conversation(mine.ID)
			if err != nil {
				return err
			}
			c.Brief, c.Preview = secret, secret
			for _, err := range []error{
				tx.SaveConversation(c),
				tx.AddDecision(tandem.Decision{ID: "d1", Conversation: c.ID, Seq: 1, Act: "answer", Rule: "r", Touchpoint: "other", Reading: tandem.Reading{Entities: []tandem.Entity{{Value: secret}}}}, []byte(secret)),
				tx.AddHandover(tandem.Handover{ID: "h1", Conversation: c.ID, Trigger: tandem.Trigger{Code: "T2", Evidence: []tandem.Evidence{{Text: secret}}}, Card: tandem.Card{Headline: secret}}),
				tx.SaveWorded("h1", tandem.Worded{Text: secret}),
				tx.AddNote(tandem.Note{ID: "n1", Conversation: c.ID, By: "ola", Text: secret}),
				tx.AddPromise(tandem.Promise{ID: "p1", Conversation: c.ID, Text: secret, Due: time.Now().Add(time.Hour)}),
				tx.AddAction(tandem.Action{ID: "a1", Conversation: c.ID, Kind: tandem.RefundAmount, Subject: secret, Args: map[string]string{"to": secret}, Reason: secret, Key: "k", State: tandem.ActionDone}),
			} {
				if err != nil {
					return err
				}
			}
			return nil
		})
		e := example("przykład "+secret, "other", store.Approved)
		e.Source = string(m.ID)
		b.add(t, e)

		places := 0
		for _, text := range everyText(t, b) {
			if strings.Contains(text, secret) {
				places++
			}
		}
		if places < 14 {
			t.Fatalf("it stands in %d places only", places)
		}
		err = b.Write(bg, ws, func(tx *store.Tx) error { return tx.EraseCustomer(mine.Customer, "szef") })
		if tandem.CodeOf(err) != "still_open" {
			t.Fatalf("an open conversation is erased: %v", err)
		}
		b.must(t, func(tx *store.Tx) error {
			c, err := tx.Conversation(mine.ID)
			if err != nil {
				return err
			}
			if err := tx.Transfer(&c, tandem.Closed, "", "ola", "close"); err != nil {
				return err
			}
			return tx.EraseCustomer(mine.Customer, "szef")
		})

		for place, text := range everyText(t, b) {
			if strings.Contains(text, secret) || strings.Contains(text, "erasme-77001") {
				t.Errorf("%s still has it", place)
			}
		}
		if found, _, err := b.Check(bg); err != nil || len(found) > 0 {
			t.Errorf("the database is not whole: %+v, %v", found, err)
		}
		if left, err := b.MessagesBefore(bg, ws, mine.ID, 100, 10); err != nil || len(left) != 1 || !left[0].Removed || left[0].RemovedBy != tandem.ByErasure {
			t.Errorf("what is counted went too: %+v, %v", left, err)
		}
		if d, _, err := b.Decision(bg, ws, "d1"); err != nil || d.ID != "d1" || d.Rule != "r" || d.Act != "answer" {
			t.Errorf("the decision is %+v, %v", d, err)
		}
		if h, err := b.LastHandover(bg, ws, mine.ID); err != nil || h.Trigger.Code != "T2" {
			t.Errorf("the hand-over is %+v, %v", h, err)
		}
		again, _ := b.says(t, "erasme-77001", "dzień dobry", "m3")
		if again.ID == mine.ID || again.Customer == mine.Customer {
			t.Error("who writes again is not somebody new")
		}
		if other, _ := b.says(t, "other-88002", "nadal", "m4"); other.Customer == "" || other.Customer == mine.Customer {
			t.Error("a neighbour is gone")
		}
		err = b.Write(bg, ws, func(tx *store.Tx) error { return tx.EraseCustomer("nobody", "szef") })
		if tandem.KindOf(err) != tandem.NotFound {
			t.Errorf("erasing nobody: %v", err)
		}
	})
}

// A file that is being fetched while its message is taken back, or its customer erased, is not kept: its
// pieces come after the order to forget them.
func TestAFileThatComesTooLateIsNotKept(t *testing.T) {
	each(t, func(t *testing.T, b *bench) {
		for name, forget := range map[string]func(*store.Tx, tandem.Message, tandem.Conversation) error{
			"taken back": func(tx *store.Tx, m tandem.Message, _ tandem.Conversation) error {
				return tx.RemoveMessage(m, tandem.ByCustomer)
			},
			"erased": func(tx *store.Tx, _ tandem.Message, c tandem.Conversation) error {
				if err := tx.Transfer(&c, tandem.Closed, "", "ola", "close"); err != nil {
					return err
				}
				return tx.EraseCustomer(c.Customer, "szef")
			},
		} {
			c, _ := b.says(t, "ania "+name, "zdjęcie", "m "+name)
			all, err := b.MessagesBefore(bg, ws, c.ID, 100, 10)
			if err != nil || len(all) != 1 {
				t.Fatal(all, err)
			}
			f := store.File{ID: tandem.FileID("f " + name), Message: all[0].ID, State: tandem.FileWaiting, Kind: "image"}
			b.must(t, func(tx *store.Tx) error { return tx.AddFile(f) })
			b.must(t, func(tx *store.Tx) error {
				c, err := tx.Conversation(c.ID)
				if err != nil {
					return err
				}
				return forget(tx, all[0], c)
			})
			if err := b.KeepFile(bg, ws, f.ID, []byte("dowód osobisty")); tandem.KindOf(err) != tandem.NotFound {
				t.Errorf("%s: %v", name, err)
			}
			if body, err := b.FileBody(bg, ws, f.ID); err != nil || len(body) > 0 {
				t.Errorf("%s: %q is kept, %v", name, body, err)
			}
			b.whole(t)
		}
	})
}

// Who is part of another customer is erased as a whole or not at all: what they said is in the joint
// conversation.
func TestAPartOfACustomerIsNotErasedAlone(t *testing.T) {
	each(t, func(t *testing.T, b *bench) {
		b.accounts(t)
		k, _ := b.says(t, "ania", "pierwsza", "m1")
		g, _ := b.says(t, "anna", "druga", "m2")
		b.merge(t, k.Customer, g.Customer)
		if err := b.Write(bg, ws, func(tx *store.Tx) error { return tx.EraseCustomer(g.Customer, "szef") }); tandem.CodeOf(err) != "merged" {
			t.Errorf("%v", err)
		}
		if got := b.texts(t, k.ID); len(got) != 2 {
			t.Errorf("what was said is %q", got)
		}
		b.whole(t)
	})
}

// Sessions and links that ended are not kept for ever.
func TestWhatHasEndedIsForgotten(t *testing.T) {
	each(t, func(t *testing.T, b *bench) {
		b.must(t, func(tx *store.Tx) error {
			for _, err := range []error{
				tx.SaveUser(tandem.User{ID: "ola", Email: "ola@x", Name: "Ola", Role: tandem.RoleAgent}, "x"),
				tx.StartSession("ended", "ola", tx.Now.Add(-48*time.Hour), ""),
				tx.StartSession("open", "ola", tx.Now.Add(time.Hour), ""),
				tx.Invite("ola", "ended", tx.Now.Add(-48*time.Hour)),
			} {
				if err != nil {
					return err
				}
			}
			return tx.Forget(tx.Now.Add(-24 * time.Hour))
		})
		if sessions, links := b.count(t, `select count(*) from session`), b.count(t, `select count(*) from invite`); sessions != 1 || links != 0 {
			t.Errorf("%d sessions and %d links are kept", sessions, links)
		}
	})
}
