package intake_test

import (
	"testing"
	"time"

	"tandem"
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
		if !m.Removed || m.RemovedBy != tandem.ByCustomer || m.Text != "" || len(m.Parts) != 0 || m.Reading != nil || s.Conversation.Preview != "" || s.Conversation.Rev <= before.Rev {
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
		for _, k := range []tandem.InboundKind{tandem.InTyping, tandem.InNews, "unheard_of"} {
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

// News about an account are shown until somebody has read them; what comes often is one line.
func TestNews(t *testing.T) {
	each(t, func(b *bench) {
		for i, code := range []string{"unreadable", "unreadable", "template_rejected", "template_rejected"} {
			b.in("ig", tandem.Inbound{Kind: tandem.InNews, Key: string(rune('a' + i)), Problem: code, Text: code, At: start})
		}
		all, err := b.News(bg, ws)
		if err != nil || len(all) != 3 {
			b.t.Fatalf("%+v, %v", all, err)
		}
		for _, n := range all {
			if want := map[string]int{"unreadable": 2, "template_rejected": 1}[n.Code]; n.Times != want {
				b.t.Errorf("%s came %d times", n.Code, n.Times)
			}
			b.must(func(tx *store.Tx) error { return tx.SeeNews(n.ID, "ola") })
		}
		if all, _ = b.News(bg, ws); len(all) != 0 {
			b.t.Errorf("%+v", all)
		}
		b.in("ig", tandem.Inbound{Kind: tandem.InNews, Key: "e", Problem: "unreadable", At: start})
		if all, _ = b.News(bg, ws); len(all) != 1 || all[0].Times != 3 {
			b.t.Errorf("it came again: %+v", all)
		}
	})
}

// A correction of what was answered already is looked at again where it is another matter now; a slip of the pen
// that was mended is not.
func TestAnAnsweredMessageIsCorrected(t *testing.T) {
	each(t, func(b *bench) {
		first := b.comment("ania", "Super sklep, do której otwarte?")
		b.in("ig", first)
		id := b.snap("ig", "ania").Conversation.ID
		b.change(id, func(tx *store.Tx, c *tandem.Conversation) error {
			m := tandem.Message{Origin: tandem.FromBot, Text: "Do 20.", Key: "bot:1", Delivery: tandem.Sent, Epoch: c.Epoch}
			s, err := tx.Snapshot(c.ID)
			if err != nil {
				return err
			}
			if _, err := tx.AddMessage(c, s.Threads[0], &m); err != nil {
				return err
			}
			return tx.Dispose(c, 1, tandem.AnsweredByBot)
		})
		b.turns()
		edit := func(key, text string, at time.Time) tandem.Snapshot {
			in := about(tandem.InEdited, first.External)
			in.Key, in.Text, in.At = key, text, at
			b.in("ig", in)
			return b.snap("ig", "ania")
		}
		now := time.Now()
		if s := edit("e1", "Super sklep! Do której otwarte?", now); len(s.Unanswered()) != 0 || s.Messages[0].Text != "Super sklep! Do której otwarte?" {
			b.t.Errorf("a slip of the pen: %d wait, %q", len(s.Unanswered()), s.Messages[0].Text)
		}
		b.turns()
		s := edit("e2", "To jakieś oszustwo", now.Add(time.Minute))
		if open := s.Unanswered(); len(open) != 1 || s.Conversation.Answered != 0 || b.turns() != 1 {
			b.t.Errorf("another matter: %d wait, answered %d", len(open), s.Conversation.Answered)
		}
		b.change(id, func(tx *store.Tx, c *tandem.Conversation) error { // the bot may answer this one: the key is free
			m := tandem.Message{Origin: tandem.FromBot, Text: "x", Key: "bot:1", Delivery: tandem.Sent, Epoch: c.Epoch}
			fresh, err := tx.AddMessage(c, s.Threads[0], &m)
			if !fresh {
				b.t.Error("no second answer is possible")
			}
			return err
		})
		if s = edit("e0", "najstarsza wersja", now.Add(-time.Minute)); s.Messages[0].Text != "To jakieś oszustwo" {
			b.t.Errorf("an older correction that came late: %q", s.Messages[0].Text)
		}
		b.goes(id, tandem.Closed, "")
		b.change(id, func(tx *store.Tx, c *tandem.Conversation) error { return tx.Dispose(c, c.Asked, tandem.NoReply) })
		if s = edit("e3", "To jakieś oszustwo!!", now.Add(2*time.Minute)); s.Conversation.Owner != tandem.Closed { // the same matter
			b.t.Errorf("owner %s", s.Conversation.Owner)
		}
		if s = edit("e4", "Do której otwarte?", now.Add(3*time.Minute)); s.Conversation.Owner != tandem.Bot || len(s.Unanswered()) != 1 {
			b.t.Errorf("a closed conversation: owner %s, %d wait", s.Conversation.Owner, len(s.Unanswered()))
		}
	})
}

// Platforms deliver in any order: what was taken back or corrected before it came is stored as it is by now.
func TestNewsOfAMessageThatHasNotCome(t *testing.T) {
	each(t, func(b *bench) {
		gone, mended := b.says("ania", "mój PESEL to 44051401359"), b.says("ania", "gdize paczka")
		gone.Parts = []tandem.Part{{Type: "image", URL: "https://x/1"}}
		early := func(kind tandem.InboundKind, of tandem.Inbound, key, text string, at time.Time) {
			in := about(kind, of.External)
			in.Key, in.Text, in.At = key, text, at
			b.in("ig", in)
		}
		early(tandem.InDeleted, gone, "d1", "", time.Now())
		early(tandem.InEdited, mended, "e2", "oszustwo, gdzie paczka", time.Now().Add(2*time.Second))
		early(tandem.InEdited, mended, "e1", "gdzie paczka", time.Now().Add(time.Second))
		b.in("ig", gone)
		s := b.snap("ig", "ania")
		if m := s.Messages[0]; !m.Removed || m.RemovedBy != tandem.ByCustomer || m.Text != "" || len(m.Parts) != 0 || m.Reading != nil || s.Conversation.Preview != "" {
			b.t.Errorf("%+v, preview %q", m, s.Conversation.Preview)
		}
		if len(s.Unanswered()) != 0 || s.Conversation.Answered != s.Conversation.Asked || b.turns() != 0 || b.count("fetch") != 0 {
			b.t.Errorf("somebody owes it an answer: %d of %d", s.Conversation.Answered, s.Conversation.Asked)
		}
		b.in("ig", mended)
		if m := b.snap("ig", "ania").Messages[1]; m.Text != "oszustwo, gdzie paczka" || m.Reading == nil || !m.Reading.Hard {
			b.t.Errorf("%+v", m)
		}
		again := about(tandem.InEdited, gone.External)
		again.Key, again.Text = "e9", "mój PESEL to 44051401359"
		b.in("ig", again)
		if m := b.snap("ig", "ania").Messages[0]; m.Text != "" {
			b.t.Errorf("what was taken back is here again: %q", m.Text)
		}
	})
}
