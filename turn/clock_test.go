package turn_test

import (
	"testing"
	"time"

	"tandem"
	"tandem/desk"
	"tandem/store"
)

func (s *stage) replies(user, text string) tandem.Message {
	s.t.Helper()
	m, err := s.desk.Reply(bg, shop, s.id(user), ola, desk.Reply{Text: text})
	if err != nil {
		s.t.Fatal(err)
	}
	return m
}

// While nobody answers something happens at every step, each thing once (I12).
func TestTheLadder(t *testing.T) {
	play(t, func(s *stage) {
		s.brings("ania", fraud, tandem.Direct)
		s.wait(59 * time.Second)
		if got := s.got("ania"); len(got) != 0 {
			s.t.Errorf("before a minute: %q", got)
		}
		s.wait(2 * time.Second)
		if got := s.got("ania"); len(got) != 1 || s.notices("ania", "wait") != 1 {
			s.t.Errorf("after a minute: %q", got)
		}
		s.wait(118 * time.Second)
		if s.events("ania", tandem.AlertWidened) != nil {
			s.t.Error("widened before three minutes")
		}
		s.wait(2 * time.Second)
		if len(s.events("ania", tandem.AlertWidened)) != 1 || len(s.got("ania")) != 0 {
			s.t.Error("not widened after three minutes, or not in silence")
		}
		s.wait(7 * time.Minute)
		if got := s.got("ania"); len(got) != 1 || s.notices("ania", "choice") != 1 {
			s.t.Errorf("after ten minutes: %q", got)
		}
		s.wait(50 * time.Minute)
		if got := s.got("ania"); len(got) != 0 || len(s.events("ania", tandem.AlertWidened)) != 1 {
			s.t.Errorf("later: %q", got)
		}
		s.wait(61 * time.Minute) // the ladder has no end: people are asked again each hour
		if got := s.got("ania"); len(got) != 0 || len(s.events("ania", tandem.AlertWidened)) != 2 {
			s.t.Errorf("an hour later: %q, asked %d times", got, len(s.events("ania", tandem.AlertWidened)))
		}
		s.owner("ania", tandem.Queue, "T2")
		s.takes("ania", ola)
		s.replies("ania", "Pani Aniu, już sprawdzam.")
		s.wait(24 * time.Hour)
		if n := len(s.events("ania", tandem.AlertWidened)); n != 2 {
			s.t.Errorf("asked %d times, also after an answer", n)
		}
		s.settled()
	})
}

// The desk may close while somebody waits, at any step: the customer is told the truth once, with the
// choice, and nobody is asked at night. When the desk opens people are asked at once.
func TestTheLadderMeetsClosingTime(t *testing.T) {
	closing := 10 * time.Hour // from monday, 10:00, to 20:00
	for name, c := range map[string]struct {
		before        time.Duration // of closing time
		wait, out, ch int           // notices until the morning
		widened       int           // alerts before the desk closes
	}{
		"long closed":                    {-2 * time.Hour, 0, 1, 0, 0},
		"closed within the first minute": {30 * time.Second, 0, 1, 0, 0},
		"closed after the notice":        {90 * time.Second, 1, 0, 1, 0},
		"closed after the wide alert":    {5 * time.Minute, 1, 0, 1, 1},
		"closed when all was offered":    {30 * time.Minute, 1, 0, 1, 1},
	} {
		t.Run(name, func(t *testing.T) {
			play(t, func(s *stage) {
				s.wait(closing - c.before)
				s.brings("ania", fraud, tandem.Direct)
				s.wait(12*time.Hour + c.before) // 8:00
				if w, o, ch := s.notices("ania", "wait"), s.notices("ania", "out_of_hours"), s.notices("ania", "choice"); w != c.wait || o != c.out || ch != c.ch {
					s.t.Errorf("%d, %d and %d notices; want %d, %d, %d", w, o, ch, c.wait, c.out, c.ch)
				}
				if said := s.got("ania"); !has(said[len(said)-1:], "zadzwonić") || c.before < 20*time.Minute && !has(said[len(said)-1:], "9:00") {
					s.t.Errorf("%q", said)
				}
				if n := len(s.events("ania", tandem.AlertWidened)); n != c.widened {
					s.t.Errorf("asked %d times in the evening, want %d", n, c.widened)
				}
				s.wait(time.Hour + time.Second)
				if n := len(s.events("ania", tandem.AlertWidened)); n != c.widened+1 || len(s.got("ania")) != 0 {
					s.t.Errorf("asked %d times by nine o'clock, want %d, in silence", n, c.widened+1)
				}
				s.settled()
			})
		})
	}
}

// Nobody is written to at midnight because a day is over: who was promised something hears of it when
// the desk opens.
func TestAPromiseThatBreaksAtNight(t *testing.T) {
	play(t, func(s *stage) {
		s.writes("ania", fraud)
		s.takes("ania", ola)
		s.replies("ania", "Pani Aniu, odpiszę dziś.")
		s.gives("ania", ola)
		s.wait(time.Second)
		s.got("ania")
		s.wait(22 * time.Hour) // 8:00
		s.owner("ania", tandem.Queue, "T20")
		if got := s.got("ania"); len(got) != 0 {
			s.t.Errorf("in the night: %q", got)
		}
		s.wait(62 * time.Minute)
		if got := s.got("ania"); len(got) != 1 || s.notices("ania", "wait") != 1 {
			s.t.Errorf("in the morning: %q", got)
		}
		s.wait(2 * time.Minute)
		if len(s.events("ania", tandem.AlertWidened)) != 1 {
			s.t.Error("people were not asked anew")
		}
		s.settled()
	})
}

func TestTheLadderEndsWithAPersonsWord(t *testing.T) {
	play(t, func(s *stage) {
		s.writes("ania", fraud)
		s.takes("ania", ola) // taking over is no answer yet
		s.wait(time.Minute)
		if n := s.notices("ania", "wait"); n != 1 {
			s.t.Errorf("taken over in silence: %d notices", n)
		}
		s.replies("ania", "Pani Aniu, już sprawdzam.")
		s.wait(time.Hour)
		if s.notices("ania", "choice") != 0 || len(s.events("ania", tandem.AlertWidened)) != 0 {
			s.t.Error("the ladder went on after an answer")
		}
		s.writes("jan", fraud)
		s.takes("jan", ola)
		s.gives("jan", ola)
		s.wait(time.Hour)
		if s.notices("jan", "wait") != 0 {
			s.t.Error("the ladder went on after a return")
		}
	})
}

func TestAVIPWaitsHalfAsLong(t *testing.T) {
	play(t, func(s *stage) {
		s.writes("ania", "Dzień dobry")
		who := s.snap("ania").Customer
		who.VIP = true
		s.must(func(tx *store.Tx) error { return tx.SetCustomer(who) })
		s.brings("ania", fraud, tandem.Direct)
		s.wait(31 * time.Second)
		if n := s.notices("ania", "wait"); n != 1 {
			s.t.Errorf("%d notices", n)
		}
	})
}

// A draft that nobody decides on: a holding message, then a person. It is never sent by itself.
func TestADraftThatWaits(t *testing.T) {
	play(t, func(s *stage) {
		s.writes("ania", size)
		d := s.snap("ania").Drafts
		if len(d) != 1 || s.snap("ania").Messages[0].Disposition != tandem.WithHuman {
			s.t.Fatalf("%+v", d)
		}
		s.wait(57 * time.Second)
		if got := s.got("ania"); len(got) != 1 || s.notices("ania", "hold") != 1 {
			s.t.Errorf("after a minute: %q", got)
		}
		s.owner("ania", tandem.Bot, "")
		s.wait(2 * time.Minute)
		s.owner("ania", tandem.Queue, "T13")
		if got, err := s.Draft(bg, shop, d[0].ID); err != nil || got.State != tandem.DraftHanded {
			s.t.Errorf("the draft is %s, %v", got.State, err)
		}
		s.wait(24 * time.Hour)
		for _, m := range s.snap("ania").Messages {
			if m.Origin == tandem.FromBot || m.Origin == tandem.FromDraft {
				s.t.Errorf("sent by a clock: %q", m.Text)
			}
		}
	})
}

// The clock of a draft is the customer's: who writes again gets a new draft, and waits no longer for it.
func TestWritingAgainBeginsNoNewClock(t *testing.T) {
	play(t, func(s *stage) {
		s.writes("ania", size)
		s.wait(40 * time.Second)
		s.writes("ania", "chodzi o rozmiar 36")
		first := s.snap("ania")
		s.wait(20 * time.Second)
		if n := s.notices("ania", "hold"); n != 1 || len(first.Drafts) != 1 || first.Drafts[0].Seq != 2 {
			s.t.Errorf("after a minute: %d notices, %+v", n, first.Drafts)
		}
		s.wait(50 * time.Second)
		s.writes("ania", "i kolor czarny")
		s.wait(60 * time.Second)
		if n := s.notices("ania", "hold"); n != 1 {
			s.t.Errorf("%d notices", n)
		}
		s.owner("ania", tandem.Queue, "T13")
		s.settled()
	})
}

// A person who has a conversation and does not answer loses it to the queue, never to the bot: after
// taking over, and also when the customer writes again later.
func TestASilentOwner(t *testing.T) {
	play(t, func(s *stage) {
		s.writes("ania", fraud)
		s.takes("ania", ola)
		s.wait(14 * time.Minute)
		s.owner("ania", tandem.Human, "")
		s.wait(2 * time.Minute)
		s.owner("ania", tandem.Queue, "T21")
		if h := s.snap("ania").Handover; h == nil || h.Trigger.Code != "T21" || h.TakenBy != "" {
			s.t.Errorf("%+v", h)
		}

		s.writes("jan", fraud)
		s.takes("jan", ola)
		s.replies("jan", "Panie Janie, już sprawdzam.")
		s.wait(time.Hour)
		s.owner("jan", tandem.Human, "") // who has answered is not silent
		s.writes("jan", "i co?")
		s.wait(14 * time.Minute)
		s.owner("jan", tandem.Human, "")
		s.wait(2 * time.Minute)
		s.owner("jan", tandem.Queue, "T21")
		s.settled()
	})
}

func TestAnOwnerWhoAnswersIsLeftAlone(t *testing.T) {
	play(t, func(s *stage) {
		s.writes("ania", fraud)
		s.takes("ania", ola)
		s.wait(10 * time.Minute)
		s.replies("ania", "Pani Aniu, już sprawdzam.")
		s.wait(time.Hour)
		s.owner("ania", tandem.Human, "")
	})
}

// What was promised comes back before it breaks to who promised, and when it breaks to the queue.
func TestPromises(t *testing.T) {
	play(t, func(s *stage) {
		s.writes("ania", fraud)
		s.takes("ania", ola)
		s.replies("ania", "Pani Aniu, napiszę do 12:00.")
		p := s.snap("ania").Promises
		if len(p) != 1 || p[0].By != "ola" || !p[0].Due.Equal(monday.Add(2*time.Hour)) {
			s.t.Fatalf("%+v", p)
		}
		s.wait(80 * time.Minute)
		if got := s.events("ania", tandem.PromiseChanged); len(got) != 0 {
			s.t.Errorf("warned too early: %v", got)
		}
		s.wait(15 * time.Minute) // a quarter of the time is left at 11:30
		if got := s.events("ania", tandem.PromiseChanged); len(got) != 1 || got[0] != "soon" {
			s.t.Errorf("the warning: %v", got)
		}
		s.owner("ania", tandem.Human, "")
		s.wait(26 * time.Minute) // 12:01: who has it keeps it for three minutes
		s.owner("ania", tandem.Human, "")
		s.replies("ania", "Pani Aniu, jeszcze chwila.")
		s.wait(4 * time.Minute) // and while that person writes
		s.owner("ania", tandem.Human, "")
		s.wait(5 * time.Minute)
		s.owner("ania", tandem.Queue, "T20")
		n := s.snap("ania")
		if n.Promises[0].Broken.IsZero() || n.Handover == nil || n.Handover.Trigger.Code != "T20" || n.Handover.TakenBy != "" {
			s.t.Errorf("%+v, %+v", n.Promises, n.Handover)
		}
		s.takes("ania", piotr) // the stretch of before is over: giving back ends all of it
		s.gives("ania", piotr)
		if n = s.snap("ania"); n.Handover != nil {
			s.t.Errorf("the bot has it, and a stretch of people is open: %+v", n.Handover)
		}
		s.settled()
	})
}

func TestAKeptPromiseIsLeftAlone(t *testing.T) {
	play(t, func(s *stage) {
		s.writes("ania", fraud)
		s.takes("ania", ola)
		s.replies("ania", "Pani Aniu, napiszę do 12:00.")
		if err := s.desk.KeepPromise(bg, shop, ola, s.snap("ania").Promises[0].ID); err != nil {
			s.t.Fatal(err)
		}
		s.wait(24 * time.Hour)
		s.owner("ania", tandem.Human, "")
		if got := s.events("ania", tandem.PromiseChanged); len(got) != 1 || got[0] != "kept" {
			s.t.Errorf("%v", got)
		}
	})
}

// The bot knows what people promised, also after it was given the conversation back.
func TestABrokenPromiseOfWhoGaveBack(t *testing.T) {
	play(t, func(s *stage) {
		s.writes("ania", fraud)
		s.takes("ania", ola)
		s.replies("ania", "Pani Aniu, potwierdzenie wyślę do 12:00.")
		s.gives("ania", ola)
		s.wait(3 * time.Hour)
		s.owner("ania", tandem.Queue, "T20")
		s.settled()
	})
}
