package intake_test

import (
	"testing"
	"time"

	"tandem"
	"tandem/intake"
	"tandem/store"
)

// A receipt by id moves a message on and never back.
func TestReceiptsByID(t *testing.T) {
	each(t, func(b *bench) {
		b.in("ig", b.says("ania", "hej"))
		id := b.snap("ig", "ania").Conversation.ID
		for i, c := range []struct {
			from tandem.Delivery
			come []tandem.Delivery
			want tandem.Delivery
		}{
			{tandem.Sent, []tandem.Delivery{tandem.Delivered}, tandem.Delivered},
			{tandem.Sent, []tandem.Delivery{tandem.Read}, tandem.Read}, // one was left out
			{tandem.Sent, []tandem.Delivery{tandem.Read, tandem.Delivered, tandem.Sent}, tandem.Read},
			{tandem.Sent, []tandem.Delivery{tandem.Failed}, tandem.Failed},
			{tandem.Delivered, []tandem.Delivery{tandem.Failed}, tandem.Delivered},
			{tandem.Unknown, []tandem.Delivery{tandem.Sent}, tandem.Sent}, // what was not known is settled
			{tandem.Sending, []tandem.Delivery{tandem.Delivered}, tandem.Delivered},
			{tandem.Suppressed, []tandem.Delivery{tandem.Delivered}, tandem.Suppressed},
		} {
			external := "x-" + string(rune('a'+i))
			m := b.ours(id, tandem.FromHuman, c.from, external)
			for n, state := range c.come {
				in := about(tandem.InReceipt, external)
				in.Key, in.State, in.Problem = external+string(rune('0'+n)), state, map[tandem.Delivery]string{tandem.Failed: "unreachable"}[state]
				b.in("ig", in)
			}
			if got := b.message(m.ID); got.Delivery != c.want || (c.want == tandem.Failed) != (got.Problem == "unreachable") {
				b.t.Errorf("row %d: %s, %q", i, got.Delivery, got.Problem)
			}
		}
		in := about(tandem.InReceipt, "before-our-time")
		in.Key, in.State = "z", tandem.Read
		b.in("ig", in)
	})
}

// Where a platform tells only up to when, everything sent on that place until then has got so far.
func TestReceiptsByTimeAndNumber(t *testing.T) {
	each(t, func(b *bench) {
		b.in("fb", b.says("ania", "hej"))
		id := b.snap("fb", "ania").Conversation.ID
		one := b.ours(id, tandem.FromBot, tandem.Sent, "x-1")
		time.Sleep(time.Minute)
		mark := time.Now()
		time.Sleep(time.Minute)
		two := b.ours(id, tandem.FromBot, tandem.Sent, "x-2")
		b.in("fb", b.comment("ania", "publicznie"))
		public := b.ours(id, tandem.FromHuman, tandem.Sent, "x-3")
		state := func(want ...tandem.Delivery) {
			b.t.Helper()
			for i, m := range []tandem.Message{one, two, public} {
				if got := b.message(m.ID).Delivery; got != want[i] {
					b.t.Errorf("message %d is %s, want %s", i+1, got, want[i])
				}
			}
		}
		in := about(tandem.InReceipt, "")
		in.Key, in.State, in.At = "w1", tandem.Delivered, mark
		b.in("fb", in)
		state(tandem.Delivered, tandem.Sent, tandem.Sent)
		in.Key, in.State, in.At = "w2", tandem.Read, time.Now()
		b.in("fb", in)
		state(tandem.Read, tandem.Read, tandem.Sent) // another place has its own
		if s := b.snap("fb", "ania"); s.Messages[0].Delivery != tandem.Received {
			b.t.Errorf("the customer's own message is %s", s.Messages[0].Delivery)
		}

		b.in("chat", b.says("jan", "hej"))
		id = b.snap("chat", "jan").Conversation.ID
		one, two = b.ours(id, tandem.FromBot, tandem.Sent, ""), b.ours(id, tandem.FromBot, tandem.Sent, "")
		seen := tandem.Inbound{Kind: tandem.InReceipt, Key: "s1", User: "jan", State: tandem.Read, Seq: one.Seq}
		b.in("chat", seen)
		state(tandem.Read, tandem.Sent, tandem.Sent)
	})
}

// One read message tells that the earlier ones of the place were read too.
func TestReadingOneReadsTheEarlierOnes(t *testing.T) {
	each(t, func(b *bench) {
		b.in("ig", b.says("ania", "hej"))
		id := b.snap("ig", "ania").Conversation.ID
		one := b.ours(id, tandem.FromBot, tandem.Sent, "x-1")
		time.Sleep(time.Second)
		two := b.ours(id, tandem.FromBot, tandem.Sent, "x-2")
		time.Sleep(time.Second)
		three := b.ours(id, tandem.FromBot, tandem.Sent, "x-3")
		in := about(tandem.InReceipt, "x-2")
		in.Key, in.State = "r", tandem.Read
		b.in("ig", in)
		for i, want := range map[tandem.MessageID]tandem.Delivery{one.ID: tandem.Read, two.ID: tandem.Read, three.ID: tandem.Sent} {
			if got := b.message(i).Delivery; got != want {
				b.t.Errorf("%s, want %s", got, want)
			}
		}
	})
}

// An echo of what we sent is recognised by our id or the platform's, and is no take-over.
func TestEchoesOfOurs(t *testing.T) {
	each(t, func(b *bench) {
		b.in("ig", b.says("ania", "hej"))
		id := b.snap("ig", "ania").Conversation.ID
		marked := b.ours(id, tandem.FromBot, tandem.Unknown, "")
		known := b.ours(id, tandem.FromHuman, tandem.Unknown, "x-2")
		b.turns()
		in := about(tandem.InEcho, "")
		in.Key, in.External, in.Ours = "k1", "x-1", marked.ID
		b.in("ig", in)
		in = about(tandem.InEcho, "")
		in.Key, in.External = "k2", "x-2"
		b.in("ig", in)
		for _, m := range []tandem.Message{marked, known} {
			if got := b.message(m.ID); got.Delivery != tandem.Sent || got.External == "" {
				b.t.Errorf("%+v", got)
			}
		}
		s := b.snap("ig", "ania")
		if s.Conversation.Owner != tandem.Bot || len(s.Messages) != 3 || b.count("echo") != 0 {
			b.t.Errorf("owner %s, %d messages, %d echoes wait", s.Conversation.Owner, len(s.Messages), b.count("echo"))
		}
	})
}

// What somebody wrote in the platform's own inbox is a person's word: it silences the bot (I9), after
// the moment in which the answer to our own send may still come.
func TestEchoesFromElsewhere(t *testing.T) {
	each(t, func(b *bench) {
		b.in("ig", b.says("ania", "hej"))
		id := b.snap("ig", "ania").Conversation.ID
		in := about(tandem.InEcho, "")
		in.Key, in.External, in.Text, in.App = "k1", "x-9", "Już sprawdzam, Kasia", "inbox"
		b.in("ig", in)
		s := b.snap("ig", "ania")
		if s.Conversation.Owner != tandem.Bot || len(s.Messages) != 1 || b.count("echo") != 1 {
			b.t.Fatalf("at once: owner %s, %d messages, %d wait", s.Conversation.Owner, len(s.Messages), b.count("echo"))
		}
		e := intake.Event{Inbound: in, Account: b.accs["ig"]}
		for range 2 { // the job may be carried out twice
			b.must(func(tx *store.Tx) error { return b.room.External(tx, e) })
		}
		s = b.snap("ig", "ania")
		m := s.Messages[len(s.Messages)-1]
		if len(s.Messages) != 2 || m.Origin != tandem.FromExternal || m.Text != in.Text || m.Kind != "inbox" || m.Delivery != tandem.Sent {
			b.t.Errorf("%d messages, %+v", len(s.Messages), m)
		}
		if s.Conversation.Owner != tandem.Human || s.Conversation.Agent != "" || s.Messages[0].Disposition != tandem.AnsweredByHuman || s.Conversation.Answered != 1 {
			b.t.Errorf("owner %s %s, %s", s.Conversation.Owner, s.Conversation.Agent, s.Messages[0].Disposition)
		}
		all, err := b.EventsOf(bg, ws, id, tandem.OwnerChanged)
		if err != nil || len(all) != 1 || all[0].Code != "answered_elsewhere" || all[0].Actor != "external" {
			b.t.Errorf("%+v, %v", all, err)
		}
	})
}

// An echo that overtook the answer to our own send is recognised when it is looked at again.
func TestAnEchoThatWasTooQuick(t *testing.T) {
	each(t, func(b *bench) {
		b.in("ig", b.says("ania", "hej"))
		id := b.snap("ig", "ania").Conversation.ID
		m := b.ours(id, tandem.FromBot, tandem.Sending, "")
		in := about(tandem.InEcho, "")
		in.Key, in.External, in.Text = "k1", "x-1", "od nas"
		b.in("ig", in)
		b.must(func(tx *store.Tx) error { // now the platform's answer is recorded
			_, err := tx.Deliver(&m, tandem.Sent, "x-1", "")
			return err
		})
		b.must(func(tx *store.Tx) error {
			return b.room.External(tx, intake.Event{Inbound: in, Account: b.accs["ig"]})
		})
		if s := b.snap("ig", "ania"); len(s.Messages) != 2 || s.Conversation.Owner != tandem.Bot {
			b.t.Errorf("%d messages, owner %s", len(s.Messages), s.Conversation.Owner)
		}
	})
}

// The platform's own automation is written down and takes nothing over.
func TestAutomaticEchoes(t *testing.T) {
	each(t, func(b *bench) {
		b.in("ig", b.says("ania", "hej"))
		in := about(tandem.InEcho, "")
		in.Key, in.External, in.Text, in.Auto = "k1", "x-1", "Dziękujemy za wiadomość", true
		b.elsewhereSays("ig", in)
		s := b.snap("ig", "ania")
		if len(s.Messages) != 2 || s.Messages[1].Origin != tandem.FromExternal || s.Conversation.Owner != tandem.Bot || s.Messages[0].Disposition != tandem.Pending {
			b.t.Errorf("%d messages, owner %s, %s", len(s.Messages), s.Conversation.Owner, s.Messages[0].Disposition)
		}
	})
}

// Our own comment comes without a customer: what it answers tells whose it is.
func TestTheEchoOfAComment(t *testing.T) {
	each(t, func(b *bench) {
		c := b.comment("ania", "kiedy?")
		b.in("ig", c)
		in := tandem.Inbound{Kind: tandem.InEcho, Key: "k1", External: "x-1", ReplyTo: c.External, Text: "Jutro!", Surface: tandem.Comment, At: time.Now()}
		b.in("ig", in)
		if b.count("echo") != 1 {
			b.t.Error("it was not kept for a second look")
		}
		in.Key, in.External, in.ReplyTo = "k2", "x-2", "somebody-else's"
		b.in("ig", in)
		if b.count("echo") != 1 {
			b.t.Error("an answer to what we do not know was kept")
		}
	})
}

// A long message goes out in pieces. Their echoes are ours, whatever they carry, and the loss of one is
// told although the last one arrived.
func TestPieces(t *testing.T) {
	each(t, func(b *bench) {
		b.in("ig", b.says("ania", "proszę o regulamin"))
		c := b.snap("ig", "ania").Conversation
		m := b.ours(c.ID, tandem.FromBot, tandem.Sent, "p-3")
		b.must(func(tx *store.Tx) error { return tx.AddPieces("ig", m.ID, []string{"p-1", "p-2"}) })
		for _, external := range []string{"p-1", "p-2", "p-3"} {
			in := about(tandem.InEcho, "")
			in.Key, in.External, in.Text = "echo:"+external, external, "kawałek"
			b.in("ig", in)
		}
		if got := b.snap("ig", "ania"); len(got.Messages) != 2 || got.Conversation.Owner != tandem.Bot || b.count("echo") != 0 {
			b.t.Errorf("the echoes of our pieces: %d messages, owner %s", len(got.Messages), got.Conversation.Owner)
		}
		receipt := func(key, target string, state tandem.Delivery) {
			in := about(tandem.InReceipt, target)
			in.Key, in.State = key, state
			b.in("ig", in)
		}
		receipt("r1", "p-1", tandem.Read)
		if got := b.message(m.ID); got.Delivery != tandem.Sent {
			b.t.Errorf("the first piece speaks for all: %s", got.Delivery)
		}
		receipt("r2", "p-3", tandem.Delivered)
		receipt("r3", "p-2", tandem.Failed)
		if got := b.message(m.ID); got.Delivery != tandem.Failed || got.Problem != "partly_sent" {
			b.t.Errorf("a lost piece: %s %s", got.Delivery, got.Problem)
		}
	})
}
