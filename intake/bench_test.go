package intake_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"tandem"
	"tandem/intake"
	"tandem/policy"
	"tandem/store"
	"tandem/stories/world"
)

const ws = tandem.WorkspaceID("w")

var (
	bg    = context.Background()
	start = time.Date(2026, 11, 23, 10, 0, 0, 0, time.UTC)
)

// bench is the door with a real store behind it. Nothing thinks and nothing is sent.
type bench struct {
	*store.DB
	t    *testing.T
	room intake.Room
	accs map[tandem.AccountID]store.StoredAccount
	n    int
}

// each runs a test in virtual time, once per engine.
func each(t *testing.T, run func(b *bench)) {
	world.Each(t, func(t *testing.T, engine string) {
		address := world.Database(t, engine)
		synctest.Test(t, func(t *testing.T) {
			time.Sleep(start.Sub(time.Now()))
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
	b := &bench{DB: db, t: t, accs: map[tandem.AccountID]store.StoredAccount{}}
	b.room = intake.Room{DB: db, Read: read, Urgent: policy.Urgent, Gather: 800 * time.Millisecond}
	b.must(func(tx *store.Tx) error {
		if err := tx.SaveWorkspace(tandem.Workspace{ID: ws, Name: "Modna Szafa", Zone: "Europe/Warsaw", Lang: "pl"}); err != nil {
			return err
		}
		for id, kind := range map[tandem.AccountID]string{"ig": "instagram", "fb": "facebook", "chat": "webchat"} {
			a := tandem.Account{ID: id, Kind: kind, External: "x-" + string(id), State: tandem.AccountOK}
			b.accs[id] = store.StoredAccount{Workspace: ws, Account: a}
			if err := tx.SaveAccount(a); err != nil {
				return err
			}
		}
		return nil
	})
	return b
}

// read knows one hard word.
func read(text string, _ []tandem.Part) tandem.Reading {
	r := tandem.Reading{Lang: "pl", LangSure: true, Touchpoint: "store_hours", Set: []string{"store_hours"}, Mood: tandem.Calm, Version: "test"}
	if strings.Contains(text, "oszustwo") {
		r.Hard, r.HardKind, r.Mood = true, "fraud", tandem.Angry
	}
	return r
}

func (b *bench) must(do func(*store.Tx) error) {
	b.t.Helper()
	if err := b.Write(bg, ws, do); err != nil {
		b.t.Fatal(err)
	}
}

// accept lets events of an account in as one call of the platform.
func (b *bench) accept(account tandem.AccountID, events ...tandem.Inbound) error {
	var all []intake.Event
	for _, in := range events {
		all = append(all, intake.Event{Inbound: in, Account: b.accs[account]})
	}
	return b.room.Accept(bg, ws, intake.Raw{Hook: "meta", Body: []byte(`{}`)}, all)
}

// in is accept that must succeed.
func (b *bench) in(account tandem.AccountID, events ...tandem.Inbound) {
	b.t.Helper()
	if err := b.accept(account, events...); err != nil {
		b.t.Fatal(err)
	}
}

// says is a private message with a number of its own.
func (b *bench) says(user, text string) tandem.Inbound {
	b.n++
	id := fmt.Sprintf("%s-%d", user, b.n)
	return tandem.Inbound{Kind: tandem.InMessage, Key: id, External: id, User: user, Name: user, Surface: tandem.Direct, Text: text, At: time.Now()}
}

// comment is a public message under a post.
func (b *bench) comment(user, text string) tandem.Inbound {
	in := b.says(user, text)
	in.Surface, in.Thread = tandem.Comment, "post-1:"+user
	return in
}

func (b *bench) snap(account tandem.AccountID, user string) tandem.Snapshot {
	b.t.Helper()
	id, err := b.ConversationOfUser(bg, ws, account, user)
	if err != nil {
		b.t.Fatal(err)
	}
	s, err := b.Snapshot(bg, ws, id, time.Now())
	if err != nil {
		b.t.Fatal(err)
	}
	return s
}

// change lets a test put a conversation into a state.
func (b *bench) change(id tandem.ConversationID, do func(*store.Tx, *tandem.Conversation) error) {
	b.t.Helper()
	b.must(func(tx *store.Tx) error {
		c, err := tx.Conversation(id)
		if err != nil {
			return err
		}
		if err := do(tx, &c); err != nil {
			return err
		}
		return tx.SaveConversation(c)
	})
}

// goes makes somebody the owner.
func (b *bench) goes(id tandem.ConversationID, to tandem.Owner, agent tandem.UserID) {
	b.t.Helper()
	b.change(id, func(tx *store.Tx, c *tandem.Conversation) error {
		if err := tx.Dispose(c, c.Asked, tandem.WithHuman); err != nil {
			return err
		}
		return tx.Transfer(c, to, agent, "test", "test")
	})
}

// ours is something we said, which has got so far. It takes its platform's id with it.
func (b *bench) ours(id tandem.ConversationID, o tandem.Origin, d tandem.Delivery, external string) tandem.Message {
	b.t.Helper()
	var m tandem.Message
	s, err := b.Snapshot(bg, ws, id, time.Now())
	if err != nil {
		b.t.Fatal(err)
	}
	th := s.Thread(s.Messages[len(s.Messages)-1].Thread)
	b.change(id, func(tx *store.Tx, c *tandem.Conversation) error {
		m = tandem.Message{Origin: o, Text: "od nas", Delivery: d, External: external, Epoch: c.Epoch}
		if d == tandem.Sent {
			m.SentAt = tx.Now
		}
		_, err := tx.AddMessage(c, th, &m)
		return err
	})
	return m
}

func (b *bench) message(id tandem.MessageID) tandem.Message {
	b.t.Helper()
	m, err := b.Message(bg, ws, id)
	if err != nil {
		b.t.Fatal(err)
	}
	return m
}

// turns returns how many turns wait, and clears them.
func (b *bench) turns() (n int) {
	b.t.Helper()
	b.must(func(tx *store.Tx) error { return nil })
	n, err := b.Jobs(bg, ws, "turn")
	if err != nil {
		b.t.Fatal(err)
	}
	time.Sleep(2 * time.Second)
	jobs, err := b.ClaimJobs(bg, time.Minute, 1000)
	if err != nil {
		b.t.Fatal(err)
	}
	b.must(func(tx *store.Tx) error {
		for _, j := range jobs {
			if err := tx.Finish(j); err != nil {
				return err
			}
		}
		return nil
	})
	return n
}

func (b *bench) count(kind string) int {
	b.t.Helper()
	n, err := b.Jobs(bg, ws, kind)
	if err != nil {
		b.t.Fatal(err)
	}
	return n
}
