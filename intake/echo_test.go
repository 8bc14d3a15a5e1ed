package intake_test

import (
	"strings"
	"testing"
	"time"

	"tandem"
	"tandem/channel"
	"tandem/intake"
	"tandem/store"
)

// elsewhereSays lets an echo come in and carries out the second look.
func (b *bench) elsewhereSays(account tandem.AccountID, in tandem.Inbound) {
	b.t.Helper()
	b.in(account, in)
	b.must(func(tx *store.Tx) error {
		return b.room.External(tx, intake.Event{Inbound: in, Account: b.accs[account]})
	})
}

// wordsTo is a message of ours to the person who wrote last.
func (b *bench) wordsTo(id tandem.ConversationID, text string, d tandem.Delivery) tandem.Message {
	b.t.Helper()
	var m tandem.Message
	s, err := b.Snapshot(bg, ws, id, time.Now())
	if err != nil {
		b.t.Fatal(err)
	}
	th := s.Thread(s.Messages[len(s.Messages)-1].Thread)
	b.change(id, func(tx *store.Tx, c *tandem.Conversation) error {
		m = tandem.Message{Origin: tandem.FromBot, Text: text, Delivery: d, Epoch: c.Epoch}
		_, err := tx.AddMessage(c, th, &m)
		return err
	})
	return m
}

// An echo that carries nothing of ours is recognised by its words where the answer to our send was lost: nobody has
// taken over, and nothing is sent again. In public the name of whom it is for stands before them.
func TestALostAnswerIsSettledByTheEchosWords(t *testing.T) {
	each(t, func(b *bench) {
		b.in("ig", b.says("ania", "hej"))
		id := b.snap("ig", "ania").Conversation.ID
		private := b.wordsTo(id, "Dostawa kosztuje 14,99 zł.", tandem.Unknown)
		in := about(tandem.InEcho, "")
		in.Key, in.External, in.Text = "k1", "x-1", "Dostawa kosztuje 14,99 zł."
		b.elsewhereSays("ig", in)

		c := b.comment("ania", "a zwrot?")
		b.in("ig", c)
		public := b.wordsTo(id, "Zwrot jest bezpłatny.", tandem.Unknown)
		in = tandem.Inbound{Kind: tandem.InEcho, Key: "k2", External: "x-2", ReplyTo: c.External, Text: "@ania Zwrot jest bezpłatny.", User: "ania", Thread: c.Thread, Surface: tandem.Comment, At: time.Now()}
		b.elsewhereSays("ig", in)

		for want, m := range map[string]tandem.Message{"x-1": private, "x-2": public} {
			if got := b.message(m.ID); got.Delivery != tandem.Sent || got.External != want {
				b.t.Errorf("%s: %s %q", want, got.Delivery, got.External)
			}
		}
		s := b.snap("ig", "ania")
		if len(s.Messages) != 4 || s.Conversation.Owner != tandem.Bot {
			b.t.Errorf("%d messages, owner %s", len(s.Messages), s.Conversation.Owner)
		}
		in = about(tandem.InEcho, "")
		in.Key, in.External, in.Text, in.At = "k3", "x-3", "Dostawa kosztuje 14,99 zł.", time.Now().Add(time.Minute)
		b.elsewhereSays("ig", in) // the same words once more: by now nothing of ours is in doubt
		if got := b.snap("ig", "ania"); len(got.Messages) != 5 || got.Conversation.Owner != tandem.Human {
			b.t.Errorf("a colleague's word: %d messages, owner %s", len(got.Messages), got.Conversation.Owner)
		}
	})
}

// An echo of an earlier piece says nothing about the pieces after it.
func TestAPieceDoesNotSpeakForTheWhole(t *testing.T) {
	each(t, func(b *bench) {
		b.in("ig", b.says("ania", "proszę o regulamin"))
		id := b.snap("ig", "ania").Conversation.ID
		half := strings.Repeat("zasada ", 30)
		m := b.wordsTo(id, half+"koniec "+strings.Repeat("wyjątek ", 30)+"kropka", tandem.Unknown)
		in := about(tandem.InEcho, "")
		in.Key, in.External, in.Text = "k1", "x-1", strings.TrimSpace(half) // nothing of ours in it
		b.elsewhereSays("ig", in)
		marked := about(tandem.InEcho, "")
		marked.Key, marked.External, marked.Ours, marked.Piece = "k2", "x-2", m.ID, 2
		b.in("ig", marked)
		if got := b.message(m.ID); got.Delivery != tandem.Unknown {
			b.t.Errorf("it is %s", got.Delivery)
		}
		b.must(func(tx *store.Tx) error {
			out, err := tx.Pieces(m.ID)
			if len(out) != 1 || out[0] != 2 {
				b.t.Errorf("pieces %v", out)
			}
			return err
		})
		if s := b.snap("ig", "ania"); len(s.Messages) != 2 || s.Conversation.Owner != tandem.Bot {
			b.t.Errorf("%d messages, owner %s", len(s.Messages), s.Conversation.Owner)
		}
		last := about(tandem.InEcho, "")
		last.Key, last.External, last.Ours = "k3", "x-3", m.ID
		b.in("ig", last)
		if got := b.message(m.ID); got.Delivery != tandem.Sent || got.External != "x-3" {
			b.t.Errorf("after the last one it is %s %s", got.Delivery, got.External)
		}
	})
}

// What comes sooner after the customer's message than anybody types, and from no app, is the platform's instant
// reply: it takes nothing over. The account's setting decides otherwise.
func TestInstantRepliesTakeNothingOver(t *testing.T) {
	each(t, func(b *bench) {
		for i, c := range []struct {
			after   time.Duration
			app     string
			setting string
			want    tandem.Owner
		}{
			{time.Second, "", "", tandem.Bot},
			{time.Second, "263902037430900", "", tandem.Human}, // a person in Meta's inbox, however quick
			{3 * time.Second, "", "", tandem.Human},
			{time.Second, "", "always", tandem.Human},
			{time.Minute, "263902037430900", "never", tandem.Bot},
			{time.Minute, "", "people", tandem.Human},
		} {
			user := "u" + string(rune('a'+i))
			asked := b.says(user, "hej")
			b.in("ig", asked)
			in := about(tandem.InEcho, "")
			in.User, in.Key, in.External, in.Text, in.App, in.At = user, "k"+user, "x"+user, "Dziękujemy za wiadomość!", c.app, asked.At.Add(c.after)
			acc := b.accs["ig"]
			acc.Settings = map[string]string{channel.EchoSetting: c.setting}
			b.must(func(tx *store.Tx) error { return b.room.External(tx, intake.Event{Inbound: in, Account: acc}) })
			if s := b.snap("ig", user); s.Conversation.Owner != c.want || len(s.Messages) != 2 {
				b.t.Errorf("row %d: owner %s, %d messages", i, s.Conversation.Owner, len(s.Messages))
			}
		}
	})
}

// The setting travels with an echo that waits.
func TestTheSettingWaitsWithTheEcho(t *testing.T) {
	e := intake.Echo{Account: "ig", Pause: "never"}.Of("w")
	if e.Account.ID != "ig" || e.Account.Workspace != "w" || e.Account.Settings[channel.EchoSetting] != "never" {
		t.Errorf("%+v", e.Account)
	}
}
