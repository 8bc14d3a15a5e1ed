package store_test

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"tandem"
	"tandem/store"
	"tandem/stories/world"
)

const ws = tandem.WorkspaceID("w1")

// bench is a store with one workspace, one account and what it published.
type bench struct {
	*store.DB
	mu     sync.Mutex
	events []tandem.Event
}

func open(t *testing.T, address string) *bench {
	t.Helper()
	b := &bench{}
	db, err := store.Open(t.Context(), address, store.Options{Fast: true, Sealer: plainSealer{}, Publish: func(e []tandem.Event) {
		b.mu.Lock()
		defer b.mu.Unlock()
		b.events = append(b.events, e...)
	}})
	if err != nil {
		t.Fatal(err)
	}
	b.DB = db
	t.Cleanup(func() { db.Close() })
	b.must(t, func(tx *store.Tx) error {
		if err := tx.SaveWorkspace(tandem.Workspace{ID: ws, Name: "Sklep", Zone: "Europe/Warsaw", Lang: "pl"}); err != nil {
			return err
		}
		return tx.SaveAccount(tandem.Account{ID: "a1", Kind: "instagram", Name: "IG", External: "178", State: tandem.AccountOK, Secrets: map[string]string{"token": "tajne"}})
	})
	return b
}

// plainSealer shows that what is stored went through the sealer, with the row's name.
type plainSealer struct{}

func (plainSealer) Seal(s, ad string) (string, error) { return "sealed:" + ad + ":" + s, nil }
func (plainSealer) Open(s, ad string) (string, error) {
	plain, ok := strings.CutPrefix(s, "sealed:"+ad+":")
	if !ok {
		return "", errors.New("moved")
	}
	return plain, nil
}

func (b *bench) must(t *testing.T, do func(*store.Tx) error) {
	t.Helper()
	if err := b.Write(context.Background(), ws, do); err != nil {
		t.Fatal(err)
	}
}

// says lets a person write and returns the conversation afterwards.
func (b *bench) says(t *testing.T, user, text, external string) (c tandem.Conversation, th tandem.Thread) {
	t.Helper()
	b.must(t, func(tx *store.Tx) error {
		i, err := tx.Identify("a1", user, tandem.Profile{Name: user}, tandem.V0)
		if err != nil {
			return err
		}
		if c, err = tx.ConversationOf(i.Customer, tx.Now); err != nil {
			return err
		}
		if th, err = tx.ThreadOf(c.ID, tandem.Thread{Account: "a1", Surface: tandem.Direct, External: user, To: user}); err != nil {
			return err
		}
		m := tandem.Message{Origin: tandem.FromCustomer, Text: text, External: external, Delivery: tandem.Received, Disposition: tandem.Pending}
		_, err = tx.AddMessage(&c, th, &m)
		return err
	})
	return c, th
}

func each(t *testing.T, run func(t *testing.T, b *bench)) {
	world.Each(t, func(t *testing.T, engine string) { run(t, open(t, world.Database(t, engine))) })
}

func TestOneCustomerOneConversation(t *testing.T) {
	each(t, func(t *testing.T, b *bench) {
		c1, _ := b.says(t, "ania", "Dzień dobry", "m1")
		c2, _ := b.says(t, "ania", "Halo?", "m2")
		if c1.ID != c2.ID || c2.Seq != 2 || c2.Asked != 2 {
			t.Errorf("two messages of one person: %+v and %+v", c1, c2)
		}
		again, _ := b.says(t, "ania", "Halo?", "m2")
		if again.Seq != 2 || again.Rev != c2.Rev {
			t.Errorf("a repeated delivery changed the conversation: %+v", again)
		}
	})
}

func TestWebhooksAtOnceMakeOneCustomer(t *testing.T) {
	each(t, func(t *testing.T, b *bench) {
		var wg sync.WaitGroup
		ids := make([]tandem.CustomerID, 24)
		for n := range ids {
			wg.Go(func() {
				err := b.Write(context.Background(), ws, func(tx *store.Tx) error {
					i, err := tx.Identify("a1", "same", tandem.Profile{}, tandem.V0)
					ids[n] = i.Customer
					return err
				})
				if err != nil {
					t.Error(err)
				}
			})
		}
		wg.Wait()
		slices.Sort(ids)
		if got := slices.Compact(ids); len(got) != 1 {
			t.Errorf("one person became %d customers", len(got))
		}
	})
}

func TestEventsAreNumberedWithoutGapsInCommitOrder(t *testing.T) {
	each(t, func(t *testing.T, b *bench) {
		var wg sync.WaitGroup
		for n := range 60 {
			wg.Go(func() {
				err := b.Write(context.Background(), ws, func(tx *store.Tx) error {
					tx.Emit(tandem.Event{Kind: tandem.NoteAdded, Code: fmt.Sprint(n)})
					if n%7 == 3 {
						return errors.New("no")
					}
					return nil
				})
				if (err != nil) != (n%7 == 3) {
					t.Errorf("write %d: %v", n, err)
				}
			})
		}
		wg.Wait()
		all, err := b.EventsAfter(t.Context(), ws, 0, 1000)
		if err != nil {
			t.Fatal(err)
		}
		for i, e := range all {
			if e.Seq != int64(i+1) {
				t.Fatalf("event %d has the number %d", i, e.Seq)
			}
			if e.Kind == tandem.NoteAdded && strings.HasSuffix(e.Code, "3") && (atoi(e.Code)%7 == 3) {
				t.Errorf("an event of a refused write is in the ledger: %s", e.Code)
			}
		}
		if last, err := b.LastEvent(t.Context(), ws); err != nil || last != int64(len(all)) {
			t.Errorf("the last number is %d of %d, %v", last, len(all), err)
		}
		b.mu.Lock()
		defer b.mu.Unlock()
		if len(b.events) != len(all) {
			t.Errorf("%d events were published, %d are in the ledger", len(b.events), len(all))
		}
	})
}

func atoi(s string) (n int) {
	fmt.Sscan(s, &n)
	return n
}

func TestAFailedWriteLeavesNothing(t *testing.T) {
	each(t, func(t *testing.T, b *bench) {
		c, th := b.says(t, "ania", "Dzień dobry", "m1")
		err := b.Write(t.Context(), ws, func(tx *store.Tx) error {
			c, err := tx.Conversation(c.ID)
			if err != nil {
				return err
			}
			if _, err := tx.AddMessage(&c, th, &tandem.Message{Origin: tandem.FromBot, Text: "x", Delivery: tandem.Queued}); err != nil {
				return err
			}
			return tandem.Coded(tandem.Conflict, "taken", "no")
		})
		if tandem.CodeOf(err) != "taken" {
			t.Errorf("the error did not come through: %v", err)
		}
		if now, _ := b.Conversation(t.Context(), ws, c.ID); now.Seq != 1 || now.Rev != c.Rev {
			t.Errorf("a refused write changed the conversation: %+v", now)
		}
		err = b.Write(t.Context(), ws, func(*store.Tx) error { panic("ups") })
		if tandem.KindOf(err) != tandem.Internal {
			t.Errorf("a panic in a write: %v", err)
		}
		b.says(t, "ania", "dalej działa", "m2")
	})
}

func TestDeliveryOnlyClimbs(t *testing.T) {
	each(t, func(t *testing.T, b *bench) {
		c, th := b.says(t, "ania", "Dzień dobry", "m1")
		var m tandem.Message
		b.must(t, func(tx *store.Tx) error {
			c, err := tx.Conversation(c.ID)
			if err != nil {
				return err
			}
			m = tandem.Message{Origin: tandem.FromHuman, Text: "x", Delivery: tandem.Queued}
			_, err = tx.AddMessage(&c, th, &m)
			return err
		})
		steps := []struct {
			to   tandem.Delivery
			want tandem.Delivery
		}{
			{tandem.Sending, tandem.Sending}, {tandem.Unknown, tandem.Unknown}, {tandem.Sent, tandem.Sent}, {tandem.Unknown, tandem.Sent},
			{tandem.Read, tandem.Read}, {tandem.Delivered, tandem.Read}, {tandem.Failed, tandem.Read},
		}
		for _, s := range steps {
			b.must(t, func(tx *store.Tx) error {
				m, err := tx.Message(m.ID)
				if err == nil {
					_, err = tx.Deliver(&m, s.to, "x1", "")
				}
				return err
			})
			if now, _ := b.Message(t.Context(), ws, m.ID); now.Delivery != s.want {
				t.Errorf("after %s it is %s, want %s", s.to, now.Delivery, s.want)
			}
		}
	})
}

func TestOpenRefusesANewerDatabase(t *testing.T) {
	world.Each(t, func(t *testing.T, engine string) {
		address := world.Database(t, engine)
		b := open(t, address)
		b.must(t, func(tx *store.Tx) error { return tx.Migration(store.Version()+1, "9999_future.sql") })
		b.Close()
		_, err := store.Open(t.Context(), address, store.Options{})
		if tandem.CodeOf(err) != "newer_database" || strings.Contains(err.Error(), "\n") {
			t.Errorf("a newer database: %v", err)
		}
	})
}

func TestSecretsAreSealedWithTheirRow(t *testing.T) {
	each(t, func(t *testing.T, b *bench) {
		all, err := b.Accounts(t.Context())
		if err != nil || len(all) != 1 || all[0].Secrets["token"] != "tajne" {
			t.Errorf("accounts: %v, %v", all, err)
		}
	})
}

// An interleaving of many writers on one conversation keeps seq without gaps and rev growing.
func TestWritersOnOneConversation(t *testing.T) {
	each(t, func(t *testing.T, b *bench) {
		c, _ := b.says(t, "ania", "0", "m0")
		var wg sync.WaitGroup
		for n := range 20 {
			wg.Go(func() { b.says(t, "ania", fmt.Sprint(n), fmt.Sprintf("x%d", n)) })
		}
		wg.Wait()
		s, err := b.Snapshot(t.Context(), ws, c.ID, time.Now())
		if err != nil {
			t.Fatal(err)
		}
		if len(s.Messages) != 21 || s.Conversation.Seq != 21 {
			t.Fatalf("%d messages, seq %d", len(s.Messages), s.Conversation.Seq)
		}
		// They are read in the order of their time; two writers' clocks may differ from that of the commits.
		slices.SortFunc(s.Messages, func(a, b tandem.Message) int { return cmp.Compare(a.Seq, b.Seq) })
		for i, m := range s.Messages {
			if m.Seq != int64(i+1) {
				t.Errorf("message %d has the number %d", i, m.Seq)
			}
		}
	})
}

// The store runs in a bubble of virtual time: nothing in it waits for a real clock.
func TestVirtualTime(t *testing.T) {
	world.Each(t, func(t *testing.T, engine string) {
		address := world.Database(t, engine)
		synctest.Test(t, func(t *testing.T) {
			b := open(t, address)
			before := time.Now()
			time.Sleep(24 * time.Hour)
			c, _ := b.says(t, "ania", "po dobie", "m1")
			if got := c.LastAt.Sub(before); got < 24*time.Hour {
				t.Errorf("the message was stored %s after the start", got)
			}
			b.Close()
		})
	})
}

// Two who change a company's settings at once both keep what they changed: the pause button is not
// undone by a form that was read before it was pressed.
func TestChangesOfACompanyAtOnceLoseNothing(t *testing.T) {
	each(t, func(t *testing.T, db *bench) {
		const changes = 10
		var all sync.WaitGroup
		for range 4 {
			all.Go(func() {
				for range changes {
					err := db.Write(t.Context(), ws, func(tx *store.Tx) error {
						w, err := tx.LockWorkspace()
						if err != nil {
							return err
						}
						w.Settings.Sampling.Review++
						return tx.SaveWorkspace(w)
					})
					if err != nil {
						t.Error(err)
					}
				}
			})
		}
		all.Wait()
		if w, err := db.Workspace(t.Context(), ws); err != nil || w.Settings.Sampling.Review != 4*changes {
			t.Errorf("%d of %d changes are there, %v", w.Settings.Sampling.Review, 4*changes, err)
		}
	})
}

// A folder may have any name: signs that mean something in an address do not lead to another file.
func TestAFolderMayHaveAnyName(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "a#b ?c=d&e %41 ż")
	if err := os.Mkdir(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(dir, "tandem.db")
	db := open(t, path)
	if _, err := db.Workspace(bg, ws); err != nil { // readers have their own connections
		t.Error(err)
	}
	db.Close()
	if v, err := store.FileVersion(bg, path); err != nil || v != store.Version() {
		t.Errorf("the file is of version %d, %v", v, err)
	}
}

// What a database cannot keep as text does not stop the message that has it: PostgreSQL takes neither a zero
// byte nor what is no UTF-8, and a platform would repeat the call for days.
func TestTextThatADatabaseCannotKeep(t *testing.T) {
	each(t, func(t *testing.T, b *bench) {
		const odd = "gdzie\x00 paczka\xff?"
		c, _ := b.says(t, "ania\x00", odd, "m\x001")
		b.must(t, func(tx *store.Tx) error { return tx.KeepRaw("meta", "", odd, "") })
		all, err := b.MessagesBefore(bg, ws, c.ID, 100, 10)
		if err != nil || len(all) != 1 || all[0].Text != "gdzie paczka�?" {
			t.Errorf("%+v, %v", all, err)
		}
		if again, _ := b.says(t, "ania\x00", odd, "m\x001"); again.Seq != 1 {
			t.Errorf("a repeated delivery is message %d", again.Seq)
		}
		if lines, _, err := b.Lines(bg, ws, store.View{Name: "all", Search: "ani\x00a", Limit: 10}); err != nil || len(lines) != 1 {
			t.Errorf("%d found, %v", len(lines), err)
		}
		if _, err := b.Conversation(bg, ws, "no\x00such"); tandem.KindOf(err) != tandem.NotFound {
			t.Errorf("%v", err)
		}
	})
}

// A name is found whatever the case of its letters, Polish ones too.
func TestSearchKnowsPolishLetters(t *testing.T) {
	each(t, func(t *testing.T, b *bench) {
		b.says(t, "Łukasz Żółć", "cześć", "m1")
		for _, part := range []string{"łuk", "ŁUK", "Żół", "żółć", "lukasz zolc"} {
			if lines, _, err := b.Lines(bg, ws, store.View{Name: "all", Search: part, Limit: 10}); err != nil || len(lines) != 1 {
				t.Errorf("%q finds %d, %v", part, len(lines), err)
			}
		}
		if lines, _, err := b.Lines(bg, ws, store.View{Name: "all", Search: "%", Limit: 10}); err != nil || len(lines) != 0 {
			t.Errorf("a sign finds %d, %v", len(lines), err)
		}
	})
}
