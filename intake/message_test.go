package intake_test

import (
	"errors"
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"tandem"
	"tandem/store"
)

func TestAMessageIsLetIn(t *testing.T) {
	each(t, func(b *bench) {
		b.in("ig", b.says("ania", "Do której macie otwarte?"))
		s := b.snap("ig", "ania")
		m := s.Messages[0]
		if len(s.Messages) != 1 || m.Origin != tandem.FromCustomer || m.Seq != 1 || m.Disposition != tandem.Pending || m.Delivery != tandem.Received || m.Reading == nil || m.Reading.Touchpoint != "store_hours" {
			b.t.Errorf("%+v", s.Messages)
		}
		c := s.Conversation
		if c.Owner != tandem.Bot || c.Asked != 1 || c.Answered != 0 || c.Rev != 1 || c.Preview != m.Text || s.Customer.Name != "ania" {
			b.t.Errorf("%+v of %+v", c, s.Customer)
		}
		if th := s.Thread(m.Thread); th.Surface != tandem.Direct || th.To != "ania" || th.Account != "ig" || !th.WindowFrom.Equal(start) {
			b.t.Errorf("%+v", th)
		}
		if at, ok, err := b.NextDue(bg); err != nil || !ok || !at.Equal(start.Add(800*time.Millisecond)) || b.count("turn") != 1 {
			b.t.Errorf("the turn is due at %v, %v, %v", at, ok, err)
		}
		if n, err := b.RawBodies(bg, "meta"); err != nil || n != 1 {
			b.t.Errorf("%d raw bodies, %v", n, err)
		}
	})
}

// A burst is one turn, at the end of what is gathered after its first message; a hard word is not
// gathered.
func TestABurstIsOneTurn(t *testing.T) {
	each(t, func(b *bench) {
		due := func() time.Duration {
			at, _, err := b.NextDue(bg)
			if err != nil {
				b.t.Fatal(err)
			}
			return at.Sub(start)
		}
		b.in("ig", b.says("ania", "hej"))
		time.Sleep(300 * time.Millisecond)
		b.in("ig", b.says("ania", "mam pytanie"))
		if b.count("turn") != 1 || due() != 800*time.Millisecond {
			b.t.Errorf("%d turns, due after %s", b.count("turn"), due())
		}
		time.Sleep(300 * time.Millisecond)
		b.in("ig", b.says("ania", "to jakieś oszustwo"))
		if b.count("turn") != 1 || due() != 600*time.Millisecond {
			b.t.Errorf("with a hard word: %d turns, due after %s", b.count("turn"), due())
		}
	})
}

// Whatever a platform repeats has no effect (I5).
func TestRepeatsChangeNothing(t *testing.T) {
	each(t, func(b *bench) {
		first := b.says("ania", "Dzień dobry")
		b.in("ig", first)
		b.turns()
		before := b.snap("ig", "ania").Conversation
		otherKey := first
		otherKey.Key = "another-way-to-tell-it"
		later := first
		later.At, later.Text = first.At.Add(time.Hour), "inny tekst"
		for name, again := range map[string][]tandem.Inbound{
			"the same call": {first}, "twice in one call": {first, first}, "under another key": {otherKey}, "changed on the way": {later},
		} {
			b.in("ig", again...)
			if c := b.snap("ig", "ania").Conversation; c != before || b.turns() != 0 {
				b.t.Errorf("%s: %+v, was %+v", name, c, before)
			}
		}
		if n, _ := b.RawBodies(bg, "meta"); n > 2 { // the body under another key was news until it was read
			b.t.Errorf("%d raw bodies", n)
		}
		b.in("fb", first) // another account may count as it likes
		if got := b.snap("fb", "ania"); len(got.Messages) != 1 || got.Conversation.ID == before.ID {
			b.t.Errorf("another account: %+v", got.Conversation)
		}
	})
}

// Two in one call are stored in their order, and a call that fails leaves nothing behind.
func TestACallIsOneTransaction(t *testing.T) {
	each(t, func(b *bench) {
		b.in("ig", b.says("ania", "raz"), b.says("ania", "dwa"), b.says("ola", "trzy"))
		if s := b.snap("ig", "ania"); len(s.Messages) != 2 || s.Messages[0].Text != "raz" || s.Messages[1].Text != "dwa" {
			b.t.Errorf("%+v", s.Messages)
		}
		bad := tandem.Inbound{Kind: tandem.InRating, Key: "r1", User: "piotr", Text: "siedem"}
		again := b.says("piotr", "cztery")
		if err := b.accept("ig", again, bad); tandem.CodeOf(err) != "bad_rating" {
			b.t.Fatalf("%v", err)
		}
		if _, err := b.ConversationOfUser(bg, ws, "ig", "piotr"); tandem.KindOf(err) != tandem.NotFound {
			b.t.Errorf("half a call was stored: %v", err)
		}
		b.in("ig", again) // and may come again
		if s := b.snap("ig", "piotr"); len(s.Messages) != 1 {
			b.t.Errorf("%+v", s.Messages)
		}
	})
}

// A late message is put in with its own time, and does not pass for the newest.
func TestALateMessage(t *testing.T) {
	each(t, func(b *bench) {
		b.in("ig", b.says("ania", "teraz"))
		late := b.says("ania", "wcześniej")
		late.At = start.Add(-time.Hour)
		b.in("ig", late)
		s := b.snap("ig", "ania")
		if m := s.Messages[0]; m.Text != "wcześniej" || !m.At.Equal(late.At) || m.Seq != 2 || !m.ReceivedAt.Equal(start) {
			b.t.Errorf("%+v", m)
		}
		c := s.Conversation
		if c.Preview != "teraz" || !c.LastAt.Equal(start) || c.Asked != 2 || !s.Threads[0].WindowFrom.Equal(start) {
			b.t.Errorf("%+v, window %v", c, s.Threads[0].WindowFrom)
		}
	})
}

// A comment alone opens no reply window (CHANNELS.md 9.1); it belongs to the same conversation as a
// private message of the same person.
func TestACommentAndAMessageAreOneConversation(t *testing.T) {
	each(t, func(b *bench) {
		b.in("ig", b.comment("marta", "A kiedy moja?"))
		b.in("ig", b.says("marta", "Piszę tutaj"))
		s := b.snap("ig", "marta")
		if len(s.Messages) != 2 || len(s.Threads) != 2 {
			b.t.Fatalf("%d messages in %d places", len(s.Messages), len(s.Threads))
		}
		for _, th := range s.Threads {
			if (th.Surface == tandem.Comment) != th.WindowFrom.IsZero() {
				b.t.Errorf("%s: window %v", th.Surface, th.WindowFrom)
			}
		}
	})
}

// Whoever owns the conversation owns the new message as well.
func TestWhoOwnsANewMessage(t *testing.T) {
	each(t, func(b *bench) {
		for _, c := range []struct {
			from, to tandem.Owner
			want     tandem.Disposition
		}{
			{tandem.Bot, tandem.Bot, tandem.Pending}, {tandem.Queue, tandem.Queue, tandem.WithHuman}, {tandem.Human, tandem.Human, tandem.WithHuman}, {tandem.Closed, tandem.Bot, tandem.Pending},
		} {
			user := "u-" + string(c.from)
			b.in("ig", b.says(user, "raz"))
			id := b.snap("ig", user).Conversation.ID
			if c.from != tandem.Bot {
				b.goes(id, c.from, "")
			}
			b.turns()
			before := b.snap("ig", user).Conversation
			b.in("ig", b.says(user, "dwa"))
			s := b.snap("ig", user)
			if m := s.Messages[1]; m.Disposition != c.want || s.Conversation.Owner != c.to {
				b.t.Errorf("%s: the message is %s, the owner %s", c.from, m.Disposition, s.Conversation.Owner)
			}
			if reopened := s.Conversation.Epoch > before.Epoch; reopened != (c.from == tandem.Closed) {
				b.t.Errorf("%s: epoch %d, was %d", c.from, s.Conversation.Epoch, before.Epoch)
			}
			if b.turns() != 1 { // the bot's, or a suggestion for people
				b.t.Errorf("%s: nobody looks at it", c.from)
			}
		}
	})
}

// A draft that was written before is void: its approval would answer the older message.
func TestANewMessageOutdatesDrafts(t *testing.T) {
	each(t, func(b *bench) {
		b.in("ig", b.says("ania", "raz"))
		s := b.snap("ig", "ania")
		var old tandem.DraftID
		b.must(func(tx *store.Tx) error {
			old = tandem.NewID[tandem.DraftID]()
			return tx.AddDraft(tandem.Draft{ID: old, Conversation: s.Conversation.ID, Thread: s.Threads[0].ID, State: tandem.DraftPending, Text: "x", Due: tx.Now})
		})
		b.in("ig", b.says("ania", "dwa"))
		if d, err := b.Draft(bg, ws, old); err != nil || d.State != tandem.DraftStale {
			b.t.Errorf("%s, %v", d.State, err)
		}
	})
}

// The button is a message whose meaning is certain.
func TestTheButtonForAPerson(t *testing.T) {
	each(t, func(b *bench) {
		in := b.says("ania", "")
		in.Kind = tandem.InHuman
		b.in("chat", in)
		m := b.snap("chat", "ania").Messages[0]
		if m.Kind != "human" || m.Reading == nil || !m.Reading.WantsHuman || m.Reading.HumanScore != 1 || m.Reading.Touchpoint != "human_request" || len(m.Reading.Evidence) == 0 {
			b.t.Errorf("%+v", m)
		}
		if at, ok, err := b.NextDue(bg); err != nil || !ok || !at.Equal(start) {
			b.t.Errorf("it waits until %v, %v", at, err)
		}
	})
}

// What somebody else answers on the platform is stored and not answered; it belongs to people, so
// that nothing waits unseen (I6).
func TestStandby(t *testing.T) {
	each(t, func(b *bench) {
		in := b.says("ania", "halo")
		in.Standby = true
		b.in("fb", in)
		s := b.snap("fb", "ania")
		if len(s.Messages) != 1 || s.Messages[0].Disposition != tandem.WithHuman || s.Conversation.Owner != tandem.Human {
			b.t.Errorf("the message is %s, the owner %s", s.Messages[0].Disposition, s.Conversation.Owner)
		}
		if away, err := elsewhere(b, s.Threads[0].ID); err != nil || !away {
			b.t.Errorf("the place is not marked: %v", err)
		}
	})
}

func elsewhere(b *bench, th tandem.ThreadID) (yes bool, err error) {
	b.must(func(tx *store.Tx) error {
		yes, err = tx.OwnedElsewhere(th)
		return err
	})
	return yes, err
}

// The name of a person who wrote for the first time is asked for once.
func TestANameIsAskedFor(t *testing.T) {
	each(t, func(b *bench) {
		for range 3 {
			in := b.says("ania", "hej")
			in.Name = ""
			b.in("ig", in)
		}
		if n := b.count("profile"); n != 1 {
			b.t.Errorf("asked %d times", n)
		}
		b.in("ig", b.says("ola", "hej"))
		if n := b.count("profile"); n != 1 {
			b.t.Errorf("a known name is asked for: %d", n)
		}
	})
}

// The platform's further ids of a person lead to the same conversation.
func TestAliases(t *testing.T) {
	each(t, func(b *bench) {
		in := b.says("48500100200", "z telefonu")
		in.Alias = []string{"PL.bsuid"}
		b.in("ig", in)
		b.in("ig", b.says("PL.bsuid", "znowu ja"))
		s := b.snap("ig", "48500100200")
		if len(s.Messages) != 2 {
			b.t.Errorf("%d messages", len(s.Messages))
		}
		b.in("ig", tandem.Inbound{Kind: tandem.InIdentity, Key: "i1", User: "PL.bsuid", Alias: []string{"48600100200"}})
		b.in("ig", b.says("48600100200", "nowy numer"))
		if got := b.snap("ig", "48600100200"); got.Conversation.ID != s.Conversation.ID || len(got.Messages) != 3 {
			b.t.Errorf("after a change of number: %d messages", len(got.Messages))
		}
		b.in("ig", b.says("obca", "ktoś inny"))
		b.in("ig", tandem.Inbound{Kind: tandem.InIdentity, Key: "i2", User: "PL.bsuid", Alias: []string{"obca"}}) // a number given to a new person
		if got := b.snap("ig", "obca"); got.Conversation.ID == s.Conversation.ID || len(got.Messages) != 1 {
			b.t.Error("an id that belongs to somebody was taken away without a person's word")
		}
	})
}

// Many webhooks of one person at once, with repeats, make one customer, one conversation, each
// message once, numbered without a gap.
func TestWebhooksOfOnePersonAtOnce(t *testing.T) {
	each(t, func(b *bench) {
		const n = 30
		var all []tandem.Inbound
		for i := range n {
			in := b.says("ania", fmt.Sprint(i))
			if i%3 == 0 {
				in.Surface, in.Thread = tandem.Comment, "post-1:ania"
			}
			all = append(all, in, in)
		}
		var wg sync.WaitGroup
		errs := make([]error, len(all))
		for i := range all {
			wg.Go(func() { errs[i] = b.accept("ig", all[i]) })
		}
		wg.Wait()
		if err := errors.Join(errs...); err != nil {
			b.t.Fatal(err)
		}
		s := b.snap("ig", "ania")
		if len(s.Messages) != n || s.Conversation.Seq != n || s.Conversation.Asked != n || len(s.Threads) != 2 {
			b.t.Errorf("%d messages, seq %d, asked %d, %d places", len(s.Messages), s.Conversation.Seq, s.Conversation.Asked, len(s.Threads))
		}
		seen := map[string]bool{}
		for i, m := range s.Messages {
			if m.Seq != int64(i+1) || seen[m.External] {
				b.t.Errorf("message %d: seq %d, %s", i, m.Seq, m.External)
			}
			seen[m.External] = true
		}
		if b.count("turn") != 1 {
			b.t.Errorf("%d turns", b.count("turn"))
		}
	})
}

// Two places of one person for the first time at the same moment.
func TestAFirstContactFromTwoSides(t *testing.T) {
	each(t, func(b *bench) {
		for i := range 10 {
			user := fmt.Sprint("p", i)
			a, c := b.says(user, "prywatnie"), b.comment(user, "publicznie")
			var wg sync.WaitGroup
			errs := make([]error, 2)
			for n, in := range []tandem.Inbound{a, c} {
				wg.Go(func() { errs[n] = b.accept("ig", in) })
			}
			wg.Wait()
			if err := errors.Join(errs...); err != nil {
				b.t.Fatal(err)
			}
			s := b.snap("ig", user)
			var texts []string
			for _, m := range s.Messages {
				texts = append(texts, m.Text)
			}
			slices.Sort(texts)
			if !slices.Equal(texts, []string{"prywatnie", "publicznie"}) {
				b.t.Errorf("%s: %v", user, texts)
			}
		}
	})
}
