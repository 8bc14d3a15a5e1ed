package intake_test

import (
	"testing"
	"time"

	"tandem"
	"tandem/intake"
	"tandem/store"
)

// event is something about a message.
func about(kind tandem.InboundKind, target string) tandem.Inbound {
	return tandem.Inbound{Kind: kind, User: "ania", Surface: tandem.Direct, Target: target, At: time.Now()}
}

func TestEdits(t *testing.T) {
	each(t, func(b *bench) {
		first := b.says("ania", "Do której jest otwarte?")
		b.in("ig", first)
		b.turns()
		before := b.snap("ig", "ania").Conversation
		in := about(tandem.InEdited, first.External)
		in.Key, in.Text = "e1", "to jakieś oszustwo"
		b.in("ig", in)
		s := b.snap("ig", "ania")
		m := s.Messages[0]
		if m.Text != in.Text || m.Edited.IsZero() || m.Reading == nil || !m.Reading.Hard || len(s.Messages) != 1 || s.Conversation.Rev <= before.Rev || s.Conversation.Asked != before.Asked {
			b.t.Errorf("%+v, rev %d, was %d", m, s.Conversation.Rev, before.Rev)
		}
		if b.turns() != 1 {
			b.t.Error("nobody looks at what it says now")
		}
		b.in("ig", in) // again
		unknown := about(tandem.InEdited, "before-our-time")
		unknown.Key = "e2"
		b.in("ig", unknown)
		if c := b.snap("ig", "ania").Conversation; c != s.Conversation || b.turns() != 0 {
			b.t.Errorf("a repeat or an unknown message: %+v", c)
		}
		ours := b.ours(before.ID, tandem.FromHuman, tandem.Sent, "x-1")
		own := about(tandem.InEdited, "x-1")
		own.Key, own.Text = "e3", "poprawione w aplikacji"
		b.in("ig", own)
		if got := b.message(ours.ID); got.Text != own.Text || b.turns() != 0 {
			b.t.Errorf("our own, changed elsewhere: %q", got.Text)
		}
	})
}

// What a customer took back is gone; it is answered by nobody, and what else waits is looked at anew.
func TestDeletes(t *testing.T) {
	each(t, func(b *bench) {
		first := b.says("ania", "mój PESEL to 44051401359")
		first.Parts = []tandem.Part{{Type: "image", URL: "https://x/1"}}
		b.in("ig", first)
		b.turns()
		before := b.snap("ig", "ania").Conversation
		in := about(tandem.InDeleted, first.External)
		in.Key = "d1"
		b.in("ig", in)
		s := b.snap("ig", "ania")
		m := s.Messages[0]
		if !m.Removed || m.Text != "" || len(m.Parts) != 0 || m.Reading != nil || s.Conversation.Preview != "" || s.Conversation.Rev <= before.Rev {
			b.t.Errorf("%+v, preview %q", m, s.Conversation.Preview)
		}
		if m.Disposition != tandem.NoReply || s.Conversation.Answered != s.Conversation.Asked || len(s.Unanswered()) != 0 {
			b.t.Errorf("it is %s, answered %d of %d", m.Disposition, s.Conversation.Answered, s.Conversation.Asked)
		}
		b.in("ig", b.says("ania", "raz"))
		second := b.says("ania", "dwa")
		b.in("ig", second)
		b.turns()
		again := about(tandem.InDeleted, "")
		again.Key, again.External = "d2", second.External // some platforms name it so
		b.in("ig", again)
		s = b.snap("ig", "ania")
		if open := s.Unanswered(); len(open) != 1 || open[0].Text != "raz" || s.Conversation.Answered != 1 {
			b.t.Errorf("waiting: %+v, answered %d", open, s.Conversation.Answered)
		}
		if b.turns() != 1 {
			b.t.Error("nobody looks at what is left")
		}
		unknown := about(tandem.InDeleted, "before-our-time")
		unknown.Key = "d3"
		b.in("ig", unknown)
	})
}

func TestHiddenAndShown(t *testing.T) {
	each(t, func(b *bench) {
		c := b.comment("ania", "spam")
		b.in("fb", c)
		id := b.snap("fb", "ania").Messages[0].ID
		for i, step := range []struct {
			state tandem.Delivery
			want  bool
		}{{tandem.StateHidden, true}, {tandem.StateShown, false}, {tandem.StateHidden, true}} {
			in := about(tandem.InHidden, c.External)
			in.Key, in.State = "h"+string(rune('0'+i)), step.state
			b.in("fb", in)
			if x, err := b.MessageExtra(bg, ws, id); err != nil || x.Hidden != step.want {
				b.t.Errorf("step %d: hidden %v, %v", i, x.Hidden, err)
			}
		}
	})
}

func TestReactions(t *testing.T) {
	each(t, func(b *bench) {
		b.in("ig", b.says("ania", "hej"))
		id := b.snap("ig", "ania").Conversation.ID
		m := b.ours(id, tandem.FromBot, tandem.Sent, "x-1")
		b.turns()
		in := about(tandem.InReaction, "x-1")
		in.Key, in.Text = "r1", "😠"
		b.in("ig", in)
		all, err := b.EventsOf(bg, ws, id, tandem.MessageChanged)
		if err != nil || len(all) != 1 || all[0].Code != "reaction" || all[0].Subject != string(m.ID) || all[0].Data["emoji"] != "😠" || b.turns() != 0 {
			b.t.Errorf("%+v, %v", all, err)
		}
		in.Key, in.Target = "r2", "before-our-time"
		b.in("ig", in)
	})
}

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
			b.must(func(tx *store.Tx) error { return b.room.External(tx, e, false) })
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
			return b.room.External(tx, intake.Event{Inbound: in, Account: b.accs["ig"]}, false)
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
		b.in("ig", in)
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

// Another app that owns the thread silences the bot there; when it is ours again somebody looks.
func TestControl(t *testing.T) {
	each(t, func(b *bench) {
		b.in("fb", b.says("ania", "hej"))
		b.turns()
		in := tandem.Inbound{Kind: tandem.InControl, Key: "c1", User: "ania", State: tandem.StateTheirs, App: "inbox", At: time.Now()}
		b.in("fb", in)
		s := b.snap("fb", "ania")
		if away, err := elsewhere(b, s.Threads[0].ID); err != nil || !away || s.Conversation.Owner != tandem.Human || s.Messages[0].Disposition != tandem.WithHuman {
			b.t.Errorf("theirs: %v, owner %s, the message is %s", away, s.Conversation.Owner, s.Messages[0].Disposition)
		}
		epoch := s.Conversation.Epoch
		in.Key = "c2"
		b.in("fb", in)
		if got := b.snap("fb", "ania").Conversation.Epoch; got != epoch {
			b.t.Errorf("told twice, the epoch grew to %d", got)
		}
		in.Key, in.State = "c3", tandem.StateOurs
		b.in("fb", in)
		s = b.snap("fb", "ania")
		if away, err := elsewhere(b, s.Threads[0].ID); err != nil || away || s.Conversation.Owner != tandem.Human { // only a person gives it back to the bot
			b.t.Errorf("ours: %v, owner %s", away, s.Conversation.Owner)
		}
		if b.turns() != 1 {
			b.t.Error("nobody looks at what still waits")
		}
	})
}

func TestAlerts(t *testing.T) {
	each(t, func(b *bench) {
		in := tandem.Inbound{Kind: tandem.InAlert, Key: "a1", Problem: "token_expired"}
		b.in("ig", in)
		all, err := b.Accounts(bg)
		if err != nil {
			b.t.Fatal(err)
		}
		for _, a := range all {
			if broken := a.State == tandem.AccountBroken; broken != (a.ID == "ig") || broken && a.Reason != "token_expired" {
				b.t.Errorf("%s is %s (%s)", a.ID, a.State, a.Reason)
			}
		}
	})
}

func TestRatings(t *testing.T) {
	each(t, func(b *bench) {
		b.in("chat", b.says("ania", "hej"))
		id := b.snap("chat", "ania").Conversation.ID
		b.must(func(tx *store.Tx) error {
			_, err := tx.CaseOn(id, "store_hours", tx.Now, time.Time{})
			return err
		})
		b.turns()
		for i, c := range []struct {
			text string
			want int // 0: refused
		}{{"1", 1}, {"5", 5}, {"3i to po dwóch dniach", 3}, {"42 razy dzwoniłam", 4}, {"0", 0}, {"6", 0}, {"9", 0}, {"-1", 0}, {"", 0}, {"pięć", 0}, {" 4", 0}} {
			in := tandem.Inbound{Kind: tandem.InRating, Key: "r" + string(rune('a'+i)), User: "ania", Text: c.text}
			before := b.snap("chat", "ania").Cases[0].CSAT
			err := b.accept("chat", in)
			got := b.snap("chat", "ania").Cases[0].CSAT
			if c.want == 0 && (tandem.CodeOf(err) != "bad_rating" || got != before) || c.want > 0 && (err != nil || got != c.want) {
				b.t.Errorf("%q: %d, %v", c.text, got, err)
			}
		}
		if b.turns() != 0 {
			b.t.Error("a rating is answered")
		}
	})
}

// Kinds without a meaning for a conversation change none.
func TestKindsThatChangeNothing(t *testing.T) {
	each(t, func(b *bench) {
		b.in("ig", b.says("ania", "hej"))
		b.turns()
		before := b.snap("ig", "ania").Conversation
		for _, k := range []tandem.InboundKind{tandem.InTyping, tandem.InReferral, tandem.InConsent, tandem.InNews, "unheard_of"} {
			b.in("ig", tandem.Inbound{Kind: k, Key: string(k), User: "ania", Text: "x", At: time.Now()})
		}
		if c := b.snap("ig", "ania").Conversation; c != before || b.turns() != 0 {
			b.t.Errorf("%+v, was %+v", c, before)
		}
	})
}

// Every kind that the vocabulary names is tried in this package's tests, so that a new one is not
// forgotten: either it has its test above, or it changes nothing.
func TestNoKindIsForgotten(t *testing.T) {
	tried := map[tandem.InboundKind]bool{
		tandem.InMessage: true, tandem.InEcho: true, tandem.InEdited: true, tandem.InDeleted: true, tandem.InHidden: true, tandem.InReaction: true, tandem.InReceipt: true,
		tandem.InIdentity: true, tandem.InControl: true, tandem.InAlert: true, tandem.InTyping: true, tandem.InHuman: true, tandem.InRating: true,
		tandem.InReferral: true, tandem.InConsent: true, tandem.InNews: true,
	}
	for _, k := range kinds(t) {
		if !tried[k] {
			t.Errorf("%s is tried nowhere", k)
		}
	}
}
