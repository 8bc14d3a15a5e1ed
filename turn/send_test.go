package turn_test

import (
	"context"
	"sync/atomic"
	"testing"
	"time"

	"tandem"
	"tandem/channel"
	"tandem/desk"
	"tandem/store"
)

// held makes the platform ask us to wait, so that what is said stays queued.
func (s *stage) held(d time.Duration) {
	s.must(func(tx *store.Tx) error { return tx.BlockAccount("ig", tx.Now.Add(d)) })
}

// last returns the newest message that the customer did not write.
func (s *stage) last(user string) tandem.Message {
	s.t.Helper()
	n := s.snap(user)
	for i := len(n.Messages) - 1; i >= 0; i-- {
		if !n.Messages[i].Inbound() {
			return n.Messages[i]
		}
	}
	s.t.Fatal("nothing was said")
	return tandem.Message{}
}

// What the bot said and what has not gone out yet is refused by the sender when somebody has taken
// over, or stopped the bot; and the customer's message is nobody's who has gone.
func TestTheDispatchRule(t *testing.T) {
	for name, c := range map[string]struct {
		meanwhile func(s *stage)
		owner     tandem.Owner
		asked     tandem.Disposition
	}{
		"a person takes over": {func(s *stage) { s.takes("ania", ola) }, tandem.Human, tandem.WithHuman},
		"a person takes over and gives back": {func(s *stage) {
			s.takes("ania", ola)
			s.wait(time.Second)
			s.gives("ania", ola)
		}, tandem.Bot, tandem.NoReply},
		"a person closes": {func(s *stage) {
			if err := s.desk.Close(bg, shop, s.id("ania"), ola, ""); err != nil {
				s.t.Error(err)
			}
		}, tandem.Closed, tandem.NoReply},
		"a hard word comes": {func(s *stage) { s.writes("ania", fraud) }, tandem.Queue, tandem.WithHuman},
		"the bot is stopped": {func(s *stage) {
			if err := s.desk.Pause(bg, shop, boss, "", true); err != nil {
				s.t.Error(err)
			}
		}, tandem.Queue, tandem.WithHuman},
	} {
		t.Run(name, func(t *testing.T) {
			play(t, func(s *stage) {
				s.held(time.Minute)
				s.writes("ania", price)
				if m := s.last("ania"); m.Origin != tandem.FromBot || m.Delivery != tandem.Queued {
					s.t.Fatalf("%+v", m)
				}
				c.meanwhile(s)
				s.wait(50 * time.Second)
				s.got("ania")
				s.wait(30 * time.Second)
				n := s.snap("ania")
				for _, m := range n.Messages {
					if m.Origin == tandem.FromBot && m.Delivery != tandem.Suppressed {
						s.t.Errorf("the bot's row is %s", m.Delivery)
					}
				}
				if has(s.got("ania"), "14,99") {
					s.t.Error("the bot spoke")
				}
				if n.Conversation.Owner != c.owner || n.Messages[0].Disposition != c.asked {
					s.t.Errorf("the owner is %s, the message is %s; want %s, %s", n.Conversation.Owner, n.Messages[0].Disposition, c.owner, c.asked)
				}
				if n.Conversation.Owner == tandem.Bot && n.Conversation.Answered < n.Conversation.Asked {
					s.t.Errorf("the bot owns a message that it will never answer (%d of %d)", n.Conversation.Answered, n.Conversation.Asked)
				}
				s.settled()
			})
		})
	}
}

// A person's words and approved drafts go out whoever owns the conversation by then.
func TestPeopleAreNotHeldBack(t *testing.T) {
	play(t, func(s *stage) {
		s.writes("ania", human)
		s.held(time.Minute)
		if _, err := s.desk.Reply(bg, shop, s.id("ania"), ola, desk.Reply{Text: "Już jestem."}); err != nil {
			s.t.Fatal(err)
		}
		s.gives("ania", ola)
		if err := s.desk.Pause(bg, shop, boss, "", true); err != nil {
			s.t.Fatal(err)
		}
		s.wait(2 * time.Minute)
		if got := s.got("ania"); len(got) != 1 || got[0] != "Już jestem." {
			s.t.Errorf("%q", got)
		}
	})
}

// A sender that dies after the platform took the message leaves it unknown: it is never sent again by
// itself. Without an echo a person decides (I8).
func TestADeadSenderNeverSendsTwice(t *testing.T) {
	play(t, func(s *stage) {
		first := true
		s.send = func(ctx context.Context, o tandem.Outgoing) (tandem.Receipt, error) {
			if first {
				first = false
				<-ctx.Done()                 // it hangs until its lease has run out
				time.Sleep(10 * time.Second) // and longer
			}
			return tandem.Receipt{External: "x"}, nil
		}
		s.writes("ania", price)
		s.wait(27 * time.Second) // the lease is over, another looks
		if m := s.last("ania"); m.Delivery != tandem.Unknown {
			s.t.Errorf("it is %s", m.Delivery)
		}
		s.wait(time.Minute)
		if got := s.got("ania"); len(got) != 1 {
			s.t.Errorf("it was sent %d times: %q", len(got), got)
		}
		s.owner("ania", tandem.Queue, "T13")
	})
}

func TestAMessageThatMayBeOut(t *testing.T) {
	play(t, func(s *stage) {
		s.send = func(context.Context, tandem.Outgoing) (tandem.Receipt, error) {
			return tandem.Receipt{}, channel.ErrMaybeSent
		}
		s.writes("ania", price)
		m := s.last("ania")
		if m.Delivery != tandem.Unknown || m.Problem != "maybe_sent" {
			s.t.Errorf("%s %s", m.Delivery, m.Problem)
		}
		s.event(tandem.Inbound{Kind: tandem.InEcho, Key: "e", External: "x-1", User: "ania", Ours: m.ID, At: time.Now()})
		s.wait(time.Hour)
		if m = s.last("ania"); m.Delivery != tandem.Sent || m.External != "x-1" {
			s.t.Errorf("after its echo it is %s", m.Delivery)
		}
		s.owner("ania", tandem.Bot, "")

		s.writes("jan", price)
		s.wait(20 * time.Second)
		s.owner("jan", tandem.Bot, "")
		s.wait(15 * time.Second)
		s.owner("jan", tandem.Queue, "T13")
		if got := s.got("jan"); len(got) != 1 {
			s.t.Errorf("it was sent %d times", len(got))
		}
		s.settled()
	})
}

// A place that shows a message once however often it is sent needs no reconciling.
func TestAnIdempotentPlaceIsSentToAgain(t *testing.T) {
	play(t, func(s *stage) {
		s.same = true
		first := true
		s.send = func(ctx context.Context, o tandem.Outgoing) (tandem.Receipt, error) {
			if first {
				first = false
				<-ctx.Done()
				time.Sleep(5 * time.Second) // its lease runs out
			}
			return tandem.Receipt{Delivery: tandem.Delivered}, nil
		}
		s.writes("ania", price)
		s.wait(time.Minute)
		if m := s.last("ania"); m.Delivery != tandem.Delivered || len(s.got("ania")) != 2 {
			s.t.Errorf("it is %s", m.Delivery)
		}
		s.owner("ania", tandem.Bot, "")
	})
}

func TestWhatAPlatformAnswers(t *testing.T) {
	play(t, func(s *stage) {
		answer := func(err error, times int) {
			var n atomic.Int64 // two conversations are answered at the same time
			s.send = func(context.Context, tandem.Outgoing) (tandem.Receipt, error) {
				if int(n.Add(1)) <= times {
					return tandem.Receipt{}, err
				}
				return tandem.Receipt{External: tandem.NewID[string]()}, nil
			}
		}
		answer(tandem.Coded(tandem.Transient, "no_answer", "down"), 3)
		s.writes("a", price)
		s.wait(5 * time.Second)
		if m := s.last("a"); m.Delivery != tandem.Sent || m.SentAt.Sub(monday) < 7*time.Second || len(s.got("a")) != 4 {
			s.t.Errorf("down for a moment: %s at %v", m.Delivery, m.SentAt)
		}

		answer(&tandem.Error{Kind: tandem.Limited, Code: "rate_limited", Text: "slower", Err: &channel.RateError{After: time.Minute}}, 1)
		s.writes("b", price)
		s.writes("c", "Jakie są metody płatności?") // the whole account waits
		if got := s.got("c"); len(got) > 0 {
			s.t.Errorf("the platform was not left alone: %q", got)
		}
		s.wait(2 * time.Minute)
		if s.last("b").Delivery != tandem.Sent || s.last("c").Delivery != tandem.Sent {
			s.t.Errorf("after the wait: %s, %s", s.last("b").Delivery, s.last("c").Delivery)
		}

		answer(tandem.Coded(tandem.Invalid, "unreachable", "blocked us"), 1)
		s.writes("d", price)
		if m := s.last("d"); m.Delivery != tandem.Failed || m.Problem != "unreachable" {
			s.t.Errorf("refused: %s %s", m.Delivery, m.Problem)
		}
		s.owner("d", tandem.Queue, "T13") // what the bot could not say a person has to

		answer(tandem.Coded(tandem.Conflict, "already_sent", "we have it"), 1)
		s.writes("e", price)
		if m := s.last("e"); m.Delivery != tandem.Sent {
			s.t.Errorf("the platform has it: %s", m.Delivery)
		}

		answer(tandem.Coded(tandem.Denied, "auth", "token"), 1)
		s.writes("f", price)
		s.wait(time.Minute)
		if m := s.last("f"); m.Delivery != tandem.Queued {
			s.t.Errorf("with a broken account it is %s", m.Delivery)
		}
		s.must(func(tx *store.Tx) error {
			_, err := tx.AccountState("ig", tandem.AccountOK, "")
			return err
		})
		s.wait(16 * time.Minute)
		if m := s.last("f"); m.Delivery != tandem.Sent {
			s.t.Errorf("after the repair it is %s", m.Delivery)
		}
		s.settled()
	})
}

// What a person wrote in the platform's own inbox silences the bot, at the latest when the echo is
// looked at again.
func TestAnAnswerFromElsewhere(t *testing.T) {
	play(t, func(s *stage) {
		s.writes("ania", price)
		s.got("ania")
		s.event(tandem.Inbound{Kind: tandem.InEcho, Key: "e", External: "x-9", User: "ania", Text: "Pani Aniu, tu Kasia", App: "inbox", At: time.Now()})
		s.wait(4 * time.Second)
		s.owner("ania", tandem.Human, "")
		s.writes("ania", "a w sobotę?")
		if got := s.got("ania"); len(got) > 0 {
			s.t.Errorf("the bot spoke: %q", got)
		}
		s.wait(16 * time.Minute) // and nobody answers there
		s.owner("ania", tandem.Queue, "T21")
		s.settled()
	})
}
