package desk_test

import (
	"testing"
	"time"

	"tandem"
	"tandem/desk"
	"tandem/store"
)

// shutting is what shuts a place, and what opens it again.
var shutting = []struct {
	code       string
	shut, open func(*bench, *store.Tx, tandem.ConversationID) error
	retry      string // what trying a failed message again is refused with
}{
	{tandem.ShutOptedOut, wish(store.WishStop), wish(store.WishResume), tandem.ShutOptedOut},
	{tandem.ShutBroken, account(tandem.AccountBroken), account(tandem.AccountOK), tandem.ShutBroken},
	{tandem.ShutOff, account(tandem.AccountOff), account(tandem.AccountOK), tandem.ShutOff},
	{tandem.ShutUnreachable, func(b *bench, tx *store.Tx, id tandem.ConversationID) error {
		m := b.said(id)[0]
		_, err := tx.Deliver(&m, tandem.Failed, "", tandem.ShutUnreachable)
		return err
	}, func(b *bench, tx *store.Tx, id tandem.ConversationID) error { return nil }, ""},
}

func wish(what string) func(*bench, *store.Tx, tandem.ConversationID) error {
	return func(b *bench, tx *store.Tx, id tandem.ConversationID) error {
		s, err := tx.Snapshot(id)
		if err != nil {
			return err
		}
		return tx.AddConsent(store.Consent{Account: "ig", External: s.Customer.Identities[0].External, Scope: store.ConsentAll, Wish: what, Source: "customer", At: tx.Now}, id)
	}
}

func account(to tandem.AccountState) func(*bench, *store.Tx, tandem.ConversationID) error {
	return func(_ *bench, tx *store.Tx, _ tandem.ConversationID) error {
		_, err := tx.AccountState("ig", to, "test")
		return err
	}
}

// Where nothing can be sent, nothing is taken: not a reply, not an approval, not another try. What was refused
// changes nothing, and goes once the place is open.
func TestWhereNothingCanBeSentNothingIsTaken(t *testing.T) {
	each(t, func(b *bench) {
		for _, c := range shutting {
			id := b.stranger()
			m, err := b.desk.Reply(bg, ws, id, ola, desk.Reply{Text: "Już patrzę."})
			if err != nil {
				b.t.Fatal(err)
			}
			if err := b.desk.Return(bg, ws, id, ola, "", ""); err != nil {
				b.t.Fatal(err)
			}
			if c.code != tandem.ShutUnreachable { // the platform's refusal is the newest that is known
				again(b, id)
			}
			d := b.draft(id, func(d *tandem.Draft) { d.Thread = b.snap(id).Threads[0].ID })
			b.must(func(tx *store.Tx) error { return c.shut(b, tx, id) })
			before, sends := b.now(id), b.jobs("send")
			if got := code(b.yes(d, ola)); got != c.code {
				b.t.Errorf("%s: approving: %q", c.code, got)
			}
			if _, err := b.desk.Reply(bg, ws, id, ola, desk.Reply{Text: "Halo?"}); code(err) != c.code {
				b.t.Errorf("%s: replying: %v", c.code, err)
			}
			if now := b.now(id); now.Owner != before.Owner || now.Rev != before.Rev || b.jobs("send") != sends || b.state(d.ID).State != tandem.DraftPending {
				b.t.Errorf("%s: what was refused has changed something: %+v", c.code, now)
			}
			if c.code != tandem.ShutUnreachable {
				b.deliver(m, tandem.Failed)
			}
			if got := code(b.desk.Retry(bg, ws, id, ola, m.ID)); got != c.retry {
				b.t.Errorf("%s: trying again: %q, want %q", c.code, got, c.retry)
			}
			b.must(func(tx *store.Tx) error { return c.open(b, tx, id) })
			if got := code(b.yes(d, ola)); got != "" {
				b.t.Errorf("%s is over: approving: %q", c.code, got)
			}
		}
	})
}

// Who could not be reached is tried again after a day, and at once after they wrote.
func TestOutOfReachIsNotForEver(t *testing.T) {
	each(t, func(b *bench) {
		lost := func() tandem.ConversationID {
			id := b.stranger()
			if _, err := b.desk.Reply(bg, ws, id, ola, desk.Reply{Text: "Już patrzę."}); err != nil {
				b.t.Fatal(err)
			}
			b.must(func(tx *store.Tx) error { return shutting[3].shut(b, tx, id) })
			if got := b.snap(id).Threads[0].Shut; got != tandem.ShutUnreachable {
				b.t.Fatalf("it is %q", got)
			}
			return id
		}
		wrote, waited := lost(), lost()
		again(b, wrote)
		if got := b.snap(wrote).Threads[0].Shut; got != "" {
			b.t.Errorf("they wrote, and it is %q", got)
		}
		s, err := b.Snapshot(bg, ws, waited, time.Now().Add(tandem.ShutFor+time.Second))
		if err != nil || s.Threads[0].Shut != "" {
			b.t.Errorf("a day later it is %q, %v", s.Threads[0].Shut, err)
		}
	})
}
