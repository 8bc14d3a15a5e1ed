package desk_test

import (
	"testing"
	"time"

	"tandem"
	"tandem/desk"
	"tandem/store"
)

// After a return the bot starts anew: it introduces itself again, knows what it was told, and owes
// nothing of before (I18).
func TestGivingBack(t *testing.T) {
	each(t, func(b *bench) {
		id := b.stranger()
		b.queued(id)
		if err := b.desk.TakeOver(bg, ws, id, ola, desk.AnyEpoch); err != nil {
			b.t.Fatal(err)
		}
		if _, err := b.desk.Reply(bg, ws, id, ola, desk.Reply{Text: "Oddzwonimy jutro do 12:00."}); err != nil {
			b.t.Fatal(err)
		}
		b.must(func(tx *store.Tx) error {
			c, err := tx.Conversation(id)
			if err != nil {
				return err
			}
			c.Disclosed, c.Tension, c.Fails, c.BotTurns = tx.Now, 3, 1, 4
			return tx.SaveConversation(c)
		})
		before := b.now(id)
		if err := b.desk.Return(bg, ws, id, ola, "Klient woli krótko", "answered"); err != nil {
			b.t.Fatal(err)
		}
		c := b.now(id)
		if c.Owner != tandem.Bot || c.Agent != "" || c.Epoch != before.Epoch+1 || c.Brief != "Klient woli krótko" || !c.Disclosed.IsZero() || c.Tension != 0 || c.Fails != 0 || c.BotTurns != 0 {
			b.t.Errorf("%+v", c)
		}
		s := b.snap(id)
		if len(s.Promises) != 1 || s.Promises[0].By != "ola" || len(s.Unanswered()) != 0 {
			b.t.Errorf("promises %+v, %d unanswered", s.Promises, len(s.Unanswered()))
		}
		h, err := b.LastHandover(bg, ws, id)
		if err != nil || h.EndedBy != "ola" || h.Outcome != "answered" || h.EndedAt.IsZero() || s.Handover != nil {
			b.t.Errorf("the stretch of people: %+v, %v", h, err)
		}
		if b.jobs("ladder") != 0 {
			b.t.Error("a ladder goes on")
		}
	})
}

// Closing gives every waiting message its disposition, ends the matters and voids what waits.
func TestClosing(t *testing.T) {
	each(t, func(b *bench) {
		id := b.stranger()
		d := b.draft(id, nil)
		b.must(func(tx *store.Tx) error {
			_, err := tx.CaseOn(id, "exchange", tx.Now, time.Time{})
			return err
		})
		if err := b.desk.Close(bg, ws, id, ola, "solved"); err != nil {
			b.t.Fatal(err)
		}
		s := b.snap(id)
		m, _ := s.Last(tandem.FromCustomer)
		if m.Disposition != tandem.NoReply || s.Conversation.Owner != tandem.Closed || s.Conversation.ClosedAt.IsZero() || b.state(d.ID).State != tandem.DraftStale {
			b.t.Errorf("message %s, %+v, draft %s", m.Disposition, s.Conversation, b.state(d.ID).State)
		}
		if len(s.Cases) != 1 || s.Cases[0].Outcome != "solved" || s.Cases[0].Closed.IsZero() {
			b.t.Errorf("the matter: %+v", s.Cases)
		}
	})
}

// A whisper makes the conversation newer: a draft that was seen before is not approved any more.
func TestAWhisperIsObeyedAndRefreshesThePage(t *testing.T) {
	each(t, func(b *bench) {
		id := b.stranger()
		d := b.draft(id, nil)
		seen := b.now(id).Rev
		if n, err := b.desk.Note(bg, ws, id, ola, "Tylko dla nas", false); err != nil || n.ForBot || b.now(id).Rev != seen || b.now(id).Instructed != "" {
			b.t.Errorf("a note among people: %+v, %v", n, err)
		}
		if _, err := b.desk.Note(bg, ws, id, ola, "Zaproponuj kuriera", true); err != nil {
			b.t.Fatal(err)
		}
		if c := b.now(id); c.Instructed != "Zaproponuj kuriera" || c.Rev == seen {
			b.t.Errorf("a whisper: %+v", c)
		}
		if _, err := b.desk.Approve(bg, ws, d.ID, ola, desk.Approval{SeenRev: seen}); code(err) != "stale_rev" {
			b.t.Errorf("the old page: %v", err)
		}
		if n := len(b.snap(id).Notes); n != 2 {
			b.t.Errorf("%d notes", n)
		}
	})
}

// What an agent sets right is used: for the order of the queue, and as an example to learn from.
func TestSettingRight(t *testing.T) {
	each(t, func(b *bench) {
		id := b.stranger()
		if err := b.desk.SetPriority(bg, ws, id, ola, tandem.Urgent); err != nil || b.now(id).Priority != tandem.Urgent {
			b.t.Errorf("priority: %v", err)
		}
		if err := b.desk.SetTopic(bg, ws, id, ola, "order_change", tandem.Tense); err != nil {
			b.t.Fatal(err)
		}
		if c := b.now(id); c.Touchpoint != "order_change" || c.Mood != tandem.Tense {
			b.t.Errorf("%s %s", c.Touchpoint, c.Mood)
		}
		b.queued(id)
		if err := b.desk.Verdict(bg, ws, id, ola, "late"); err != nil {
			b.t.Fatal(err)
		}
		if h, err := b.LastHandover(bg, ws, id); err != nil || h.Verdict != "late" {
			b.t.Errorf("%+v %v", h, err)
		}
	})
}

func TestAPromiseIsKeptOnce(t *testing.T) {
	each(t, func(b *bench) {
		id := b.stranger()
		if _, err := b.desk.Reply(bg, ws, id, ola, desk.Reply{Text: "Odpiszę jutro do 12:00."}); err != nil {
			b.t.Fatal(err)
		}
		p := b.snap(id).Promises[0]
		if b.jobs("promise_due") != 1 || b.jobs("promise_warn") != 1 {
			b.t.Errorf("%d and %d jobs watch it", b.jobs("promise_due"), b.jobs("promise_warn"))
		}
		for range 2 {
			if err := b.desk.KeepPromise(bg, ws, piotr, p.ID); err != nil {
				b.t.Fatal(err)
			}
		}
		all, err := b.EventsOf(bg, ws, id, tandem.PromiseChanged)
		if err != nil || len(all) != 1 || all[0].Code != "kept" || all[0].Actor != "piotr" || len(b.snap(id).Promises) != 0 {
			b.t.Errorf("%+v, %v", all, err)
		}
	})
}

// A team's queue is a hand-over like any other: with a deadline, a card and a reason.
func TestAssigningToATeam(t *testing.T) {
	each(t, func(b *bench) {
		id := b.stranger()
		if err := b.desk.Assign(bg, ws, id, boss, "", "zwroty"); err != nil {
			b.t.Fatal(err)
		}
		c := b.now(id)
		h, err := b.LastHandover(bg, ws, id)
		if c.Team != "zwroty" || c.Reason != "M2" || err != nil || h.Trigger.Code != "M2" || h.Card.Headline == "" || b.jobs("ladder") != 1 {
			b.t.Errorf("%+v, %+v, %v, %d ladders", c, h, err, b.jobs("ladder"))
		}
		if err := b.desk.Assign(bg, ws, id, boss, "", "reklamacje"); err != nil || b.now(id).Team != "reklamacje" || b.now(id).Epoch != c.Epoch || b.jobs("ladder") != 1 {
			b.t.Errorf("to another team: %+v, %v", b.now(id), err)
		}
	})
}
