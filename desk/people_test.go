package desk_test

import (
	"sync"
	"testing"

	"tandem"
	"tandem/desk"
	"tandem/store"
)

// TestSomebodyWhoIsGone: whoever loses access leaves nothing behind that waits for them.
func TestSomebodyWhoIsGone(t *testing.T) {
	each(t, func(b *bench) {
		mine, theirs, offered, reviewed := b.stranger(), b.stranger(), b.stranger(), b.stranger()
		for _, take := range []struct {
			id tandem.ConversationID
			u  tandem.User
		}{{mine, ola}, {theirs, piotr}} {
			if err := b.desk.TakeOver(bg, ws, take.id, take.u, desk.AnyEpoch); err != nil {
				t.Fatal(err)
			}
		}
		b.queued(offered)
		b.must(func(tx *store.Tx) error {
			c, err := tx.Conversation(offered)
			if err != nil {
				return err
			}
			c.Offered = ola.ID
			return tx.SaveConversation(c)
		})
		d := b.draft(reviewed, nil)
		if _, err := b.desk.OpenDraft(bg, ws, d.ID, ola); err != nil {
			t.Fatal(err)
		}
		b.must(func(tx *store.Tx) error { return tx.StartSession("hash", ola.ID, tx.Now.AddDate(0, 0, 1), "test") })
		if err := b.desk.Disable(bg, ws, ola.ID, string(boss.ID)); err != nil {
			t.Fatal(err)
		}
		if c := b.now(mine); c.Owner != tandem.Queue || c.Agent != "" || c.Reason != "M3" {
			t.Errorf("what she had is with %s %s (%s)", c.Owner, c.Agent, c.Reason)
		}
		if c := b.now(theirs); c.Owner != tandem.Human || c.Agent != piotr.ID {
			t.Errorf("a colleague lost a conversation to %s", c.Owner)
		}
		if c := b.now(offered); c.Offered != "" {
			t.Errorf("it is still offered to %s", c.Offered)
		}
		if all, err := b.EventsOf(bg, ws, offered, tandem.AlertWidened); err != nil || len(all) != 1 {
			t.Errorf("nobody else was asked: %v, %v", all, err)
		}
		if _, err := b.desk.OpenDraft(bg, ws, d.ID, piotr); err != nil {
			t.Errorf("the draft she looked at: %v", err)
		}
		if _, err := b.Session(bg, "hash", b.snap(mine).Now); tandem.KindOf(err) != tandem.NotFound {
			t.Errorf("her session is still there: %v", err)
		}
		if err := b.desk.Assign(bg, ws, theirs, boss, ola.ID, ""); code(err) != "not_found" {
			t.Errorf("assigned to somebody who is gone: %v", err)
		}
		if err := b.desk.Enable(bg, ws, ola.ID); err != nil {
			t.Fatal(err)
		}
		if err := b.desk.Assign(bg, ws, theirs, boss, ola.ID, ""); err != nil {
			t.Errorf("assigned to somebody who is back: %v", err)
		}
	})
}

// TestWhoLooksAfterPeople: one row is one word, and what it is refused with.
func TestWhoLooksAfterPeople(t *testing.T) {
	owner := func(b *bench, u tandem.User) error { return b.desk.SetRole(bg, ws, u.ID, tandem.RoleOwner) }
	for _, row := range []struct {
		name string
		do   func(b *bench) error
		code string
	}{
		{"nobody is there", func(b *bench) error { return b.desk.Disable(bg, ws, "no-such", "szef") }, "not_found"},
		{"oneself", func(b *bench) error { return b.desk.Disable(bg, ws, boss.ID, string(boss.ID)) }, "yourself"},
		{"twice", func(b *bench) error {
			b.desk.Disable(bg, ws, ola.ID, "szef")
			return b.desk.Disable(bg, ws, ola.ID, "szef")
		}, ""},
		{"the last owner", func(b *bench) error { owner(b, boss); return b.desk.Disable(bg, ws, boss.ID, "tandem") }, "last_owner"},
		{"the last owner's role", func(b *bench) error {
			owner(b, boss)
			return b.desk.SetRole(bg, ws, boss.ID, tandem.RoleAgent)
		}, "last_owner"},
		{"one of two owners", func(b *bench) error { owner(b, boss); owner(b, ola); return b.desk.Disable(bg, ws, boss.ID, "tandem") }, ""},
		{"the other owner is gone", func(b *bench) error {
			owner(b, boss)
			owner(b, ola)
			b.desk.Disable(bg, ws, ola.ID, "tandem")
			return b.desk.Disable(bg, ws, boss.ID, "tandem")
		}, "last_owner"},
		{"a role that nobody knows", func(b *bench) error { return b.desk.SetRole(bg, ws, ola.ID, "king") }, "no_such_role"},
		{"back who was never gone", func(b *bench) error { return b.desk.Enable(bg, ws, ola.ID) }, ""},
	} {
		t.Run(row.name, func(t *testing.T) {
			each(t, func(b *bench) {
				b.t = t
				if got := code(row.do(b)); got != row.code {
					t.Errorf("refused with %q", got)
				}
			})
		})
	}
}

// Two owners who make each other agents, or take each other's access away, at the same moment: one of them is
// told that a company keeps an owner.
func TestTheLastOwnerStaysAlsoWhereTwoAreQuick(t *testing.T) {
	each(t, func(b *bench) {
		one, two := tandem.User{ID: "o1", Email: "o1@x", Name: "O", Role: tandem.RoleOwner}, tandem.User{ID: "o2", Email: "o2@x", Name: "P", Role: tandem.RoleOwner}
		for n := range 40 {
			for _, u := range []tandem.User{one, two} {
				b.must(func(tx *store.Tx) error { return tx.SaveUser(u, "x") })
				if err := b.desk.Enable(bg, ws, u.ID); err != nil {
					b.t.Fatal(err)
				}
			}
			leaves := func(u, by tandem.User) error { return b.desk.SetRole(bg, ws, u.ID, tandem.RoleAgent) }
			if n%2 == 1 {
				leaves = func(u, by tandem.User) error { return b.desk.Disable(bg, ws, u.ID, string(by.ID)) }
			}
			var both sync.WaitGroup
			both.Go(func() { leaves(one, two) })
			both.Go(func() { leaves(two, one) })
			both.Wait()
			owners := 0
			b.must(func(tx *store.Tx) (err error) { owners, err = tx.Owners(); return err })
			if owners != 1 {
				b.t.Fatalf("%d owners are left", owners)
			}
		}
	})
}
