package desk_test

import (
	"context"
	"fmt"
	"testing"
	"testing/synctest"
	"time"

	"tandem"
	"tandem/desk"
	"tandem/intake"
	"tandem/policy"
	"tandem/store"
	"tandem/stories/world"
	"tandem/turn"
)

const ws = tandem.WorkspaceID("w")

var (
	bg    = context.Background()
	ola   = tandem.User{ID: "ola", Email: "ola@x", Name: "Ola", Role: tandem.RoleAgent}
	piotr = tandem.User{ID: "piotr", Email: "piotr@x", Name: "Piotr", Role: tandem.RoleAgent}
	boss  = tandem.User{ID: "szef", Email: "szef@x", Name: "Kierownik", Role: tandem.RoleManager}
)

// bench is a desk with a real store, and customers who write to it. Nothing thinks and nothing is
// sent: the jobs stay where they are.
type bench struct {
	*store.DB
	t    *testing.T
	desk desk.Room
	turn turn.Turn
	in   intake.Room
	acc  store.StoredAccount
	n    int
}

// each runs a test in virtual time, once per engine.
func each(t *testing.T, run func(b *bench)) {
	world.Each(t, func(t *testing.T, engine string) {
		address := world.Database(t, engine)
		synctest.Test(t, func(t *testing.T) {
			time.Sleep(time.Date(2026, 11, 23, 10, 0, 0, 0, time.UTC).Sub(time.Now())) // a Monday
			b := open(t, address)
			defer b.Close()
			run(b)
		})
	})
}

func open(t *testing.T, address string) *bench {
	db, err := store.Open(bg, address, store.Options{Fast: true})
	if err != nil {
		t.Fatal(err)
	}
	b := &bench{DB: db, t: t, turn: turn.Turn{DB: db}}
	b.desk = b.turn.Desk()
	b.in = intake.Room{DB: db, Urgent: policy.Urgent, Read: func(string, []tandem.Part) tandem.Reading {
		return tandem.Reading{Lang: "pl", LangSure: true, Touchpoint: "exchange", Set: []string{"exchange"}, Mood: tandem.Calm, Version: "test"}
	}}
	b.acc = store.StoredAccount{Workspace: ws, Account: tandem.Account{ID: "ig", Kind: "instagram", External: "178", State: tandem.AccountOK}}
	b.must(func(tx *store.Tx) error {
		day := tandem.Span{From: 0, To: 24 * 60}
		w := tandem.Workspace{ID: ws, Name: "Modna Szafa", Zone: "Europe/Warsaw", Lang: "pl", Hours: tandem.Hours{Week: [7]tandem.Span{day, day, day, day, day, day, day}}}
		if err := tx.SaveWorkspace(w); err != nil {
			return err
		}
		if err := tx.SaveAccount(b.acc.Account); err != nil {
			return err
		}
		for _, u := range []tandem.User{ola, piotr, boss} {
			if err := tx.SaveUser(u, "x"); err != nil {
				return err
			}
		}
		for _, tp := range policy.Shipped {
			if err := tx.SaveTouchpoint(tp, "setup"); err != nil {
				return err
			}
		}
		return nil
	})
	return b
}

func (b *bench) must(do func(*store.Tx) error) {
	b.t.Helper()
	if err := b.Write(bg, ws, do); err != nil {
		b.t.Fatal(err)
	}
}

// writes lets a customer write in private.
func (b *bench) writes(user string) tandem.ConversationID {
	return b.event(tandem.Inbound{Kind: tandem.InMessage, User: user, Name: user, Surface: tandem.Direct, Text: "Chcę wymienić sukienkę"})
}

// comments lets a customer write in public and returns the comment's id too.
func (b *bench) comments(user string) (tandem.ConversationID, string) {
	id := b.event(tandem.Inbound{Kind: tandem.InMessage, User: user, Name: user, Surface: tandem.Comment, Thread: "post-" + user, Text: "A kiedy moja?"})
	return id, fmt.Sprintf("m%d", b.n)
}

func (b *bench) event(in tandem.Inbound) tandem.ConversationID {
	b.t.Helper()
	b.n++
	in.Key, in.External, in.At = fmt.Sprintf("k%d", b.n), fmt.Sprintf("m%d", b.n), time.Now()
	if err := b.in.Accept(bg, ws, intake.Raw{Hook: "test"}, []intake.Event{{Inbound: in, Account: b.acc}}); err != nil {
		b.t.Fatal(err)
	}
	id, err := b.ConversationOfUser(bg, ws, "ig", in.User)
	if err != nil {
		b.t.Fatal(err)
	}
	return id
}

// stranger is a new customer who has just written.
func (b *bench) stranger() tandem.ConversationID { return b.writes(fmt.Sprintf("u%d", b.n)) }

func (b *bench) now(id tandem.ConversationID) tandem.Conversation {
	b.t.Helper()
	c, err := b.Conversation(bg, ws, id)
	if err != nil {
		b.t.Fatal(err)
	}
	return c
}

func (b *bench) snap(id tandem.ConversationID) tandem.Snapshot {
	b.t.Helper()
	s, err := b.Snapshot(bg, ws, id, time.Now())
	if err != nil {
		b.t.Fatal(err)
	}
	return s
}

// draft lays the bot's draft for a conversation before the reviewers, as the turn does.
func (b *bench) draft(id tandem.ConversationID, change func(*tandem.Draft)) tandem.Draft {
	b.t.Helper()
	var d tandem.Draft
	b.must(func(tx *store.Tx) error {
		s, err := tx.Snapshot(id)
		if err != nil {
			return err
		}
		c, last := s.Conversation, s.Messages[len(s.Messages)-1]
		text := "Wymiana trwa 14 dni, a kurier jest za darmo."
		d = tandem.Draft{
			ID: tandem.NewID[tandem.DraftID](), Conversation: id, Thread: last.Thread, Rev: c.Rev, Epoch: c.Epoch, Seq: c.Asked, Touchpoint: "exchange", Lang: "pl",
			Text: text, Claims: []tandem.Claim{{Start: 13, End: 19, Text: "14 dni", Source: "workspace:return_days"}}, State: tandem.DraftPending, Due: tx.Now.Add(time.Minute),
		}
		if change != nil {
			change(&d)
		}
		return tx.AddDraft(d)
	})
	d, err := b.Draft(bg, ws, d.ID)
	if err != nil {
		b.t.Fatal(err)
	}
	return d
}

// trap makes a draft a planted one.
func trap(d *tandem.Draft) {
	d.Original, d.Text, d.Trap = d.Text, "Wymiana trwa 12 dni, a kurier jest za darmo.", "12 dni"
}

func (b *bench) state(id tandem.DraftID) tandem.Draft {
	b.t.Helper()
	d, err := b.Draft(bg, ws, id)
	if err != nil {
		b.t.Fatal(err)
	}
	return d
}

// yes approves a draft as it is, on the page as it is.
func (b *bench) yes(d tandem.Draft, u tandem.User) error {
	_, err := b.desk.Approve(bg, ws, d.ID, u, desk.Approval{SeenRev: b.now(d.Conversation).Rev})
	return err
}

// said returns what was said to the customer, whatever became of it.
func (b *bench) said(id tandem.ConversationID) (out []tandem.Message) {
	b.t.Helper()
	all, err := b.MessagesBefore(bg, ws, id, 1<<40, 1000)
	if err != nil {
		b.t.Fatal(err)
	}
	for _, m := range all {
		if !m.Inbound() {
			out = append(out, m)
		}
	}
	return out
}

func (b *bench) jobs(kind string) int {
	b.t.Helper()
	n, err := b.Jobs(bg, ws, kind)
	if err != nil {
		b.t.Fatal(err)
	}
	return n
}

// queued puts a conversation into the queue, as a trigger does.
func (b *bench) queued(id tandem.ConversationID) {
	b.t.Helper()
	b.must(func(tx *store.Tx) error {
		s, err := tx.Snapshot(id)
		if err != nil {
			return err
		}
		c, err := tx.Conversation(id)
		if err != nil {
			return err
		}
		return turn.HandOver(tx, c, s, tandem.Trigger{Code: "T2", Kind: "fraud"}, tandem.Card{Headline: "x"}, "bot")
	})
}

// code is what an act was refused with, empty where it was done.
func code(err error) string {
	if err == nil {
		return ""
	}
	return tandem.CodeOf(err)
}
