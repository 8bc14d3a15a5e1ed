package store_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"tandem"
	"tandem/store"
)

// accounts adds the places that merges are about: a second network, telephone numbers, mail, a widget.
func (b *bench) accounts(t *testing.T) {
	t.Helper()
	b.must(t, func(tx *store.Tx) error {
		for id, kind := range map[tandem.AccountID]string{"a2": "messenger", "wa": "whatsapp", "sms": "sms", "mail": "email", "web": "webchat"} {
			if err := tx.SaveAccount(tandem.Account{ID: id, Kind: kind, Name: kind, External: string(id), State: tandem.AccountOK}); err != nil {
				return err
			}
		}
		return nil
	})
}

// writes lets somebody write on an account at a moment, as intake does.
func (b *bench) writes(t testing.TB, account tandem.AccountID, user, external string, at time.Time, entities ...tandem.Entity) (c tandem.Conversation, m tandem.Message) {
	t.Helper()
	err := b.Write(context.Background(), ws, func(tx *store.Tx) error {
		i, err := tx.Identify(account, user, tandem.Profile{}, tandem.V0)
		if err != nil {
			return err
		}
		if c, err = tx.ConversationOf(i.Customer, at); err != nil {
			return err
		}
		if c.Owner == tandem.Closed {
			if err := tx.Transfer(&c, tandem.Bot, "", "customer", "reopened"); err != nil {
				return err
			}
		}
		th, err := tx.ThreadOf(c.ID, tandem.Thread{Account: account, Surface: tandem.Direct, External: user, To: user})
		if err != nil {
			return err
		}
		m = tandem.Message{Origin: tandem.FromCustomer, Text: external, External: external, Delivery: tandem.Received, Disposition: tandem.Pending, At: at,
			Reading: &tandem.Reading{Version: "t", Entities: entities}}
		if c.Owner != tandem.Bot {
			m.Disposition = tandem.WithHuman
		}
		_, err = tx.AddMessage(&c, th, &m)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return c, m
}

// speaks lets the bot or a person answer in a conversation where the customer wrote last.
func (b *bench) speaks(t testing.TB, c tandem.ConversationID, o tandem.Origin, key string, d tandem.Delivery) (m tandem.Message) {
	t.Helper()
	err := b.Write(context.Background(), ws, func(tx *store.Tx) error {
		c, err := tx.Conversation(c)
		if err != nil {
			return err
		}
		s, err := tx.Snapshot(c.ID)
		if err != nil {
			return err
		}
		last, _ := s.Last(tandem.FromCustomer)
		if key == "" {
			key = fmt.Sprintf("bot:%d", c.Asked)
		}
		m = tandem.Message{Origin: o, Text: "odpowiedź", Key: key, Epoch: c.Epoch, Delivery: d, At: last.At.Add(time.Second)}
		if _, err = tx.AddMessage(&c, s.Thread(last.Thread), &m); err != nil {
			return err
		}
		by := tandem.AnsweredByBot
		if o == tandem.FromHuman {
			by = tandem.AnsweredByHuman
		}
		if err := tx.Dispose(&c, c.Asked, by); err != nil {
			return err
		}
		if d == tandem.Queued {
			if err := tx.Enqueue(store.Job{Kind: "send", Arg: string(m.ID)}); err != nil {
				return err
			}
		}
		return tx.SaveConversation(c)
	})
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// transfer gives a conversation to somebody, with the hand-over and its ladder where people are meant.
func (b *bench) transfer(t testing.TB, id tandem.ConversationID, to tandem.Owner, agent tandem.UserID) {
	t.Helper()
	err := b.Write(context.Background(), ws, func(tx *store.Tx) error {
		c, err := tx.Conversation(id)
		if err != nil {
			return err
		}
		if err := tx.Outdate(c.ID, tandem.DraftStale); err != nil {
			return err
		}
		if h, err := tx.OpenHandover(c.ID); err == nil && (to == tandem.Bot || to == tandem.Closed || to == tandem.Queue) {
			h.EndedAt, h.Outcome = tx.Now, "returned"
			if err := tx.SaveHandover(h); err != nil {
				return err
			}
			if err := tx.Cancel("ladder:" + string(h.ID)); err != nil {
				return err
			}
		}
		if _, err := tx.OpenHandover(c.ID); err != nil && (to == tandem.Queue || to == tandem.Human) {
			h := tandem.Handover{ID: tandem.NewID[tandem.HandoverID](), Conversation: c.ID, Epoch: c.Epoch + 1, At: tx.Now, Trigger: tandem.Trigger{Code: "T1"},
				Card: tandem.Card{Headline: "karta", Quotes: []tandem.Quote{{Seq: c.Asked, Text: "cytat"}}}}
			if err := tx.AddHandover(h); err != nil {
				return err
			}
			if err := tx.Enqueue(store.Job{Kind: "ladder", Arg: string(h.ID), Once: "ladder:" + string(h.ID), RunAt: tx.Now.Add(time.Minute)}); err != nil {
				return err
			}
		}
		d := tandem.WithHuman
		if to == tandem.Closed {
			d = tandem.NoReply
		} else if to == tandem.Bot {
			d = tandem.AnsweredByHuman
		}
		if err := tx.Dispose(&c, c.Asked, d); err != nil {
			return err
		}
		return tx.Transfer(&c, to, agent, "t", "test")
	})
	if err != nil {
		t.Fatal(err)
	}
}

func (b *bench) merge(t testing.TB, keep, gone tandem.CustomerID) (id store.MergeID) {
	t.Helper()
	if err := b.Write(context.Background(), ws, func(tx *store.Tx) (err error) {
		id, err = tx.Merge(keep, gone, "ola", "same_person", []string{"person"})
		return err
	}); err != nil {
		t.Fatal(err)
	}
	return id
}

func (b *bench) split(t testing.TB, id store.MergeID) {
	t.Helper()
	if err := b.Write(context.Background(), ws, func(tx *store.Tx) error { return tx.Split(id, "ola") }); err != nil {
		t.Fatal(err)
	}
}

func (b *bench) state(t testing.TB, id tandem.ConversationID) tandem.Snapshot {
	t.Helper()
	s, err := b.Snapshot(context.Background(), ws, id, time.Now())
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// texts are the messages of a conversation as they are read.
func (b *bench) texts(t testing.TB, id tandem.ConversationID) (out []string) {
	t.Helper()
	for _, m := range b.state(t, id).Messages {
		out = append(out, m.Text)
	}
	return out
}

// whole asks the store's own check, which counts what may never be.
func (b *bench) whole(t testing.TB) {
	t.Helper()
	found, _, err := b.Check(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range found {
		t.Errorf("check: %d %s", f.Count, f.Name)
	}
}

var noon = time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)

func at(minutes int) time.Time { return noon.Add(time.Duration(minutes) * time.Minute) }

// count asks the database itself.
func (b *bench) count(t testing.TB, query string, args ...any) (n int) {
	t.Helper()
	if err := b.Write(context.Background(), ws, func(tx *store.Tx) error {
		r, err := tx.QueryContext(context.Background(), query, args...)
		if err != nil {
			return err
		}
		defer r.Close()
		for r.Next() {
			if err := r.Scan(&n); err != nil {
				return err
			}
		}
		return r.Err()
	}); err != nil {
		t.Fatal(err)
	}
	return n
}
