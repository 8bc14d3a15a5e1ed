package store_test

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"tandem"
	"tandem/store"
)

func TestAMergeMakesOneConversationInTheOrderOfTimeAndASplitUndoesIt(t *testing.T) {
	each(t, func(t *testing.T, b *bench) {
		b.accounts(t)
		k, k1 := b.writes(t, "a1", "ania", "k1", at(0))
		b.speaks(t, k.ID, tandem.FromBot, "", tandem.Sent)
		b.writes(t, "a1", "ania", "k2", at(10))
		g, _ := b.writes(t, "a2", "anna", "g1", at(5))
		answer := b.speaks(t, g.ID, tandem.FromBot, "", tandem.Sent)
		b.writes(t, "a2", "anna", "g2", at(20))

		id := b.merge(t, k.Customer, g.Customer)
		if got, want := b.texts(t, k.ID), []string{"k1", "odpowiedź", "g1", "odpowiedź", "k2", "g2"}; !slices.Equal(got, want) {
			t.Errorf("read as %v, want %v", got, want)
		}
		s := b.state(t, k.ID)
		if s.Conversation.Seq != 6 || s.Conversation.Preview != "g2" || s.Conversation.Asked != 6 || s.Conversation.Answered != 2 || len(s.Threads) != 2 || len(s.Customer.Identities) != 2 {
			t.Errorf("the joint conversation: %+v, %d threads, %d identities", s.Conversation, len(s.Threads), len(s.Customer.Identities))
		}
		if open := s.Unanswered(); len(open) != 2 {
			t.Errorf("%d wait for an answer, want k2 and g2", len(open))
		}
		if m, _ := b.Message(t.Context(), ws, k1.ID); m.Seq != 1 {
			t.Errorf("a message that was there got the number %d", m.Seq)
		}
		if m, _ := b.Message(t.Context(), ws, answer.ID); m.Key != "bot:4" {
			t.Errorf("the answer's key is %s, the question's number is 4", m.Key)
		}
		if n, _ := b.Jobs(t.Context(), ws, "turn"); n != 1 {
			t.Errorf("%d turns wait, want one for the joint conversation", n)
		}
		if into, err := b.MergedInto(t.Context(), ws, g.ID); err != nil || into != k.ID {
			t.Errorf("merged into %q, %v", into, err)
		}
		page, _, err := b.Lines(t.Context(), ws, store.View{Name: "closed", Limit: 10})
		if err != nil || len(page) != 0 {
			t.Errorf("the merged conversation is listed: %v, %v", page, err)
		}
		past, err := b.Earlier(t.Context(), ws, k.ID, s.Messages[4].Seq, 2)
		if err != nil || len(past) != 2 || past[0].Text != "g1" || past[1].ID != answer.ID {
			t.Errorf("before k2: %v, %v", past, err)
		}
		b.whole(t)

		c, _ := b.writes(t, "a2", "anna", "g3", at(30))
		if c.ID != k.ID || c.Seq != 7 {
			t.Fatalf("after the merge the message is %d of %s", c.Seq, c.ID)
		}
		b.split(t, id)
		if got, want := b.texts(t, k.ID), []string{"k1", "odpowiedź", "k2"}; !slices.Equal(got, want) {
			t.Errorf("kept after the split: %v", got)
		}
		if got, want := b.texts(t, g.ID), []string{"g1", "odpowiedź", "g2", "g3"}; !slices.Equal(got, want) {
			t.Errorf("gone after the split: %v", got)
		}
		if m, _ := b.Message(t.Context(), ws, answer.ID); m.Key != "bot:4" || m.Seq != 5 {
			t.Errorf("after the split the answer has the key %s and the number %d", m.Key, m.Seq)
		}
		if s := b.state(t, g.ID); s.Conversation.Owner != tandem.Bot || s.Conversation.Preview != "g3" || len(s.Unanswered()) != 2 || len(s.Customer.Identities) != 1 || len(s.Threads) != 1 {
			t.Errorf("gone lives again: %+v", s.Conversation)
		}
		if c, _ := b.writes(t, "a2", "anna", "g4", at(40)); c.ID != g.ID {
			t.Errorf("after the split a message arrives in %s", c.ID)
		}
		if c, _ := b.writes(t, "a1", "ania", "k3", at(41)); c.ID != k.ID {
			t.Errorf("after the split a message arrives in %s", c.ID)
		}
		b.whole(t)
		err = b.Write(t.Context(), ws, func(tx *store.Tx) error { return tx.Split(id, "ola") })
		if tandem.CodeOf(err) != "already_split" {
			t.Errorf("a second split: %v", err)
		}
	})
}

func TestWhatBelongsToMessagesGoesWithThem(t *testing.T) {
	each(t, func(t *testing.T, b *bench) {
		b.accounts(t)
		k, _ := b.writes(t, "a1", "ania", "k1", at(0))
		g, m := b.writes(t, "a2", "anna", "g1", at(5))
		var d tandem.Decision
		b.must(t, func(tx *store.Tx) error {
			d = tandem.Decision{ID: "d1", Conversation: g.ID, Seq: m.Seq, Act: tandem.Propose}
			if err := tx.AddDecision(d, []byte("{}")); err != nil {
				return err
			}
			if _, err := tx.CaseOn(g.ID, "complaint", tx.Now, tx.Now.AddDate(0, 0, 14)); err != nil {
				return err
			}
			if err := tx.AddPromise(tandem.Promise{ID: "p1", Conversation: g.ID, Message: m.ID, Text: "jutro", Due: tx.Now.Add(time.Hour)}); err != nil {
				return err
			}
			if err := tx.AddNote(tandem.Note{ID: "n1", Conversation: g.ID, By: "ola", Text: "notatka"}); err != nil {
				return err
			}
			return tx.AddDraft(tandem.Draft{ID: "dr", Conversation: g.ID, Thread: m.Thread, Decision: "d1", Seq: m.Seq, State: tandem.DraftPending, Text: "szkic", Due: tx.Now})
		})
		id := b.merge(t, k.Customer, g.Customer)
		s := b.state(t, k.ID)
		if len(s.Cases) != 1 || len(s.Promises) != 1 || len(s.Notes) != 1 || len(s.Decisions) != 1 || s.Decisions[0].Seq != 2 || s.Decisions[0].Conversation != k.ID {
			t.Errorf("moved: %d cases, %d promises, %d notes, decisions %+v", len(s.Cases), len(s.Promises), len(s.Notes), s.Decisions)
		}
		if dr, _ := b.Draft(t.Context(), ws, "dr"); dr.State != tandem.DraftStale || dr.Conversation != k.ID || dr.Seq != 2 {
			t.Errorf("the waiting draft: %+v", dr)
		}
		b.must(t, func(tx *store.Tx) error { // made while they were one
			return tx.AddDecision(tandem.Decision{ID: "d2", Conversation: k.ID, Seq: 1, Act: tandem.Answer}, []byte("{}"))
		})
		all, err := b.Merges(t.Context(), ws, k.Customer)
		if err != nil || len(all) != 1 || len(all[0].Moved.Messages) != 1 || all[0].Moved.Messages[0] != (store.MovedMessage{ID: m.ID, Was: 1, Is: 2}) || len(all[0].Moved.Notes) != 1 || all[0].Actor != "ola" {
			t.Errorf("the record: %+v, %v", all, err)
		}
		b.split(t, id)
		if s := b.state(t, g.ID); len(s.Cases) != 1 || len(s.Promises) != 1 || len(s.Notes) != 1 || len(s.Decisions) != 1 || s.Decisions[0].ID != d.ID || s.Decisions[0].Seq != s.Messages[0].Seq {
			t.Errorf("went back: %d cases, %d promises, %d notes, decisions %+v", len(s.Cases), len(s.Promises), len(s.Notes), s.Decisions)
		}
		if s := b.state(t, k.ID); len(s.Cases)+len(s.Promises)+len(s.Notes) != 0 || len(s.Decisions) != 1 || s.Decisions[0].ID != "d2" {
			t.Errorf("stayed: %+v", s)
		}
		b.whole(t)
	})
}

func TestTheStricterOwnerWins(t *testing.T) {
	rank := []tandem.Owner{tandem.Closed, tandem.Bot, tandem.Queue, tandem.Human}
	each(t, func(t *testing.T, b *bench) {
		b.accounts(t)
		b.must(t, func(tx *store.Tx) error {
			if err := tx.SaveUser(tandem.User{ID: "ola", Email: "o@x", Name: "Ola", Role: tandem.RoleAgent}, "x"); err != nil {
				return err
			}
			return tx.SaveUser(tandem.User{ID: "piotr", Email: "p@x", Name: "Piotr", Role: tandem.RoleAgent}, "x")
		})
		for ki, kept := range rank {
			for gi, gone := range rank {
				name := string(kept) + "+" + string(gone)
				k, _ := b.writes(t, "a1", "k"+name, "k"+name, at(0))
				g, _ := b.writes(t, "a2", "g"+name, "g"+name, at(1))
				agent := map[tandem.Owner]tandem.UserID{tandem.Human: "ola"}
				if kept != tandem.Bot {
					b.transfer(t, k.ID, kept, agent[kept])
				}
				agent[tandem.Human] = "piotr"
				if gone != tandem.Bot {
					b.transfer(t, g.ID, gone, agent[gone])
				}
				before := [2]tandem.Conversation{b.state(t, k.ID).Conversation, b.state(t, g.ID).Conversation}
				id := b.merge(t, k.Customer, g.Customer)
				s := b.state(t, k.ID)
				if s.Conversation.Owner != rank[max(ki, gi)] || s.Conversation.Epoch <= max(before[0].Epoch, before[1].Epoch) || s.Conversation.Rev <= max(before[0].Rev, before[1].Rev) {
					t.Errorf("%s: owner %s, epoch %d, rev %d", name, s.Conversation.Owner, s.Conversation.Epoch, s.Conversation.Rev)
				}
				if was := b.state(t, g.ID).Conversation; was.Owner != tandem.Closed || was.Agent != "" {
					t.Errorf("%s: the gone one is of %s", name, was.Owner)
				}
				person := s.Conversation.Owner == tandem.Queue || s.Conversation.Owner == tandem.Human
				if person != (s.Handover != nil) {
					t.Errorf("%s: the open hand-over is %v", name, s.Handover)
				}
				if n := b.count(t, `select count(*) from handover where workspace = 'w1' and conversation = $1 and ended_at = 0`, k.ID); n > 1 {
					t.Errorf("%s: %d hand-overs are open", name, n)
				}
				b.whole(t)
				b.split(t, id)
				for _, c := range []tandem.ConversationID{k.ID, g.ID} {
					after := b.state(t, c)
					if after.Conversation.Owner != s.Conversation.Owner || after.Conversation.Epoch <= s.Conversation.Epoch || person != (after.Handover != nil) {
						t.Errorf("%s: after the split %s, epoch %d, hand-over %v", name, after.Conversation.Owner, after.Conversation.Epoch, after.Handover)
					}
				}
				b.whole(t)
			}
		}
	})
}

func TestNothingOfTheBotGoesOutAfterAMergeWithAPersonsConversation(t *testing.T) {
	each(t, func(t *testing.T, b *bench) {
		b.accounts(t)
		k, _ := b.writes(t, "a1", "ania", "k1", at(0))
		b.transfer(t, k.ID, tandem.Queue, "")
		g, asked := b.writes(t, "a2", "anna", "g1", at(1))
		said := b.speaks(t, g.ID, tandem.FromBot, "", tandem.Queued)
		b.merge(t, k.Customer, g.Customer)
		if m, _ := b.Message(t.Context(), ws, said.ID); m.Delivery != tandem.Suppressed {
			t.Errorf("what the bot was about to say is %s", m.Delivery)
		}
		if m, _ := b.Message(t.Context(), ws, asked.ID); m.Disposition != tandem.WithHuman {
			t.Errorf("the customer's message is with %s", m.Disposition)
		}
		if n := len(b.state(t, k.ID).Unanswered()); n != 2 {
			t.Errorf("%d messages wait for the person, want both", n)
		}

		// Two conversations of the bot: what it was about to say goes out under the new epoch.
		x, _ := b.writes(t, "a1", "ewa", "x1", at(0))
		said = b.speaks(t, x.ID, tandem.FromBot, "", tandem.Queued)
		y, _ := b.writes(t, "a2", "ewka", "y1", at(1))
		b.merge(t, x.Customer, y.Customer)
		joint := b.state(t, x.ID).Conversation
		if m, _ := b.Message(t.Context(), ws, said.ID); m.Delivery != tandem.Queued || m.Epoch != joint.Epoch || store.Moved(joint, m.Epoch, joint.Asked) != "" {
			t.Errorf("the bot's answer is %s of epoch %d, the conversation's is %d", m.Delivery, m.Epoch, joint.Epoch)
		}
		b.whole(t)
	})
}

func TestAMergedConversationTakesNothingAnyMore(t *testing.T) {
	each(t, func(t *testing.T, b *bench) {
		b.accounts(t)
		k, _ := b.writes(t, "a1", "ania", "k1", at(0))
		g, _ := b.writes(t, "a2", "anna", "g1", at(1))
		b.owe(t, store.Job{Kind: "turn", Arg: string(g.ID), Queue: "turn:" + string(g.ID), Once: "turn:" + string(g.ID)},
			store.Job{Kind: "silence", Arg: string(g.ID) + " 1 1", Once: "silence:" + string(g.ID) + " 1 1", RunAt: time.Now().Add(time.Hour)})
		b.merge(t, k.Customer, g.Customer)
		err := b.Write(t.Context(), ws, func(tx *store.Tx) error {
			_, err := tx.Conversation(g.ID)
			return err
		})
		if tandem.CodeOf(err) != "merged" || tandem.KindOf(err) != tandem.Conflict {
			t.Errorf("acting on a merged conversation: %v", err)
		}
		if n := b.count(t, `select count(*) from job where arg like $1`, string(g.ID)+"%"); n != 0 {
			t.Errorf("%d jobs of the merged conversation wait", n)
		}
		for _, pair := range [][2]tandem.CustomerID{{k.Customer, g.Customer}, {g.Customer, k.Customer}} {
			err := b.Write(t.Context(), ws, func(tx *store.Tx) error {
				_, err := tx.Merge(pair[0], pair[1], "ola", "same_person", nil)
				return err
			})
			if tandem.CodeOf(err) != "merged" {
				t.Errorf("merging again: %v", err)
			}
		}
		err = b.Write(t.Context(), ws, func(tx *store.Tx) error {
			_, err := tx.Merge(k.Customer, k.Customer, "ola", "same_person", nil)
			return err
		})
		if tandem.CodeOf(err) != "same_customer" {
			t.Errorf("merging with itself: %v", err)
		}
	})
}

func TestMovedMessagesAreNumberedByTimeAndWhoeverComesLateFindsThem(t *testing.T) {
	each(t, func(t *testing.T, b *bench) {
		b.accounts(t)
		k, _ := b.writes(t, "a1", "ania", "k1", at(0))
		g, second := b.writes(t, "a2", "anna", "g-late", at(9))
		_, first := b.writes(t, "a2", "anna", "g-early", at(3))
		b.merge(t, k.Customer, g.Customer)
		for want, id := range map[int64]tandem.MessageID{2: first.ID, 3: second.ID} {
			if m, _ := b.Message(t.Context(), ws, id); m.Seq != want {
				t.Errorf("%s has the number %d, want %d", m.Text, m.Seq, want)
			}
		}
		// A webhook that read the identity before the merge asks for the conversation after it.
		b.must(t, func(tx *store.Tx) error {
			c, err := tx.ConversationOf(g.Customer, tx.Now)
			if c.ID != k.ID {
				t.Errorf("the gone customer's conversation is %s, want the kept one", c.ID)
			}
			return err
		})
	})
}

func TestMergesAtOnceJoinOnce(t *testing.T) {
	each(t, func(t *testing.T, b *bench) {
		b.accounts(t)
		k, _ := b.writes(t, "a1", "ania", "k1", at(0))
		g, _ := b.writes(t, "a2", "anna", "g1", at(1))
		var wg sync.WaitGroup
		var mu sync.Mutex
		done := 0
		for n := range 16 {
			wg.Go(func() {
				pair := [2]tandem.CustomerID{k.Customer, g.Customer}
				if n%2 == 1 {
					pair[0], pair[1] = pair[1], pair[0]
				}
				err := b.Write(context.Background(), ws, func(tx *store.Tx) error {
					_, err := tx.Merge(pair[0], pair[1], "ola", "same_person", nil)
					return err
				})
				mu.Lock()
				defer mu.Unlock()
				if err == nil {
					done++
				} else if tandem.CodeOf(err) != "merged" {
					t.Error(err)
				}
			})
			wg.Go(func() {
				b.writes(t, []tandem.AccountID{"a1", "a2"}[n%2], []string{"ania", "anna"}[n%2], fmt.Sprintf("n%d", n), at(n+2))
			})
		}
		wg.Wait()
		if done != 1 {
			t.Errorf("%d merges went through", done)
		}
		root := k.ID
		if into, _ := b.MergedInto(t.Context(), ws, k.ID); into != "" {
			root = into
		}
		if s := b.state(t, root); len(s.Messages) != 18 {
			t.Errorf("%d messages, want 18", len(s.Messages))
		}
		b.whole(t)
	})
}

// A waiting row shows what the customer wrote, not the notice that everybody who waits is sent; also after a
// merge and its undoing have counted anew.
func TestANoticeIsNoLineOfTheList(t *testing.T) {
	each(t, func(t *testing.T, b *bench) {
		b.accounts(t)
		k, _ := b.writes(t, "a1", "ania", "k1", at(0))
		notice := b.speaks(t, k.ID, tandem.FromNotice, "", tandem.Sent)
		shown := func(when string) {
			t.Helper()
			if c := b.state(t, k.ID).Conversation; c.Preview != "k1" || c.LastFrom != tandem.FromCustomer || !c.LastAt.Equal(notice.At) {
				t.Errorf("%s: %q of %s at %s", when, c.Preview, c.LastFrom, c.LastAt)
			}
		}
		shown("after the notice")
		g, _ := b.writes(t, "a2", "anna", "g1", at(-5))
		b.split(t, b.merge(t, k.Customer, g.Customer))
		shown("after a merge that was undone")
	})
}
