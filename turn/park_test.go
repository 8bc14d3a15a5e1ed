package turn_test

import (
	"testing"
	"time"

	"tandem"
)

// evening is when nobody is at the desk: 21:40 in Warsaw.
func (s *stage) evening() { s.wait(11*time.Hour + 40*time.Minute) }

var nine = monday.Add(23 * time.Hour) // the next morning at nine in Warsaw

// Who asks for a person out of hours hears at once when there will be one and how else to be
// answered; the choice makes a task with a deadline and lets the bot help with the rest.
func TestParking(t *testing.T) {
	play(t, func(s *stage) {
		s.evening()
		for i, c := range []struct {
			says  string
			owner tandem.Owner
			task  string
			due   time.Time
		}{
			{"zadzwonić, 9:30", tandem.Bot, "Zadzwonić do klienta", nine.Add(30 * time.Minute)},
			{"2", tandem.Bot, "Zadzwonić do klienta", nine.Add(time.Hour)},
			{"2)", tandem.Bot, "Zadzwonić do klienta", nine.Add(time.Hour)},
			{"Telefon", tandem.Bot, "Zadzwonić do klienta", nine.Add(time.Hour)},
			{"proszę oddzwonić", tandem.Bot, "Zadzwonić do klienta", nine.Add(time.Hour)},
			{"E-mail", tandem.Bot, "Napisać do klienta e-mail", nine.Add(time.Hour)},
			{"3.", tandem.Bot, "Napisać do klienta e-mail", nine.Add(time.Hour)},
			{"zadzwońcie jutro po 16", tandem.Bot, "Zadzwonić do klienta", nine.Add(7 * time.Hour)},
			{"telefon, w środę o 10:15", tandem.Bot, "Zadzwonić do klienta", nine.Add(25*time.Hour + 15*time.Minute)},
			{"proszę zadzwonić w czwartek", tandem.Bot, "Zadzwonić do klienta", nine.Add(49 * time.Hour)},
			{"zadzwońcie o 7:30", tandem.Bot, "Zadzwonić do klienta", nine.Add(time.Hour)}, // nobody is there then
			{"dzwoniłam już dwa razy, nikt nie odbiera", tandem.Queue, "", time.Time{}},
			{"Odpowiedź tutaj", tandem.Queue, "", time.Time{}},
			{"1", tandem.Queue, "", time.Time{}},
			{"to już trzeci raz, nie odbieracie telefonu, nikt nie odpisuje na maile i w ogóle nie wiem co dalej robić", tandem.Queue, "", time.Time{}},
		} {
			user := "u" + string(rune('a'+i))
			s.writes(user, human)
			if got := s.got(user); len(got) != 1 || !has(got, "9:00") || s.notices(user, "out_of_hours") != 1 {
				s.t.Fatalf("%s: at once: %q", c.says, got)
			}
			s.writes(user, c.says)
			n := s.snap(user)
			if n.Conversation.Owner != c.owner {
				s.t.Errorf("%q: the owner is %s", c.says, n.Conversation.Owner)
				continue
			}
			if c.task == "" {
				if len(n.Promises) != 0 || n.Handover == nil {
					s.t.Errorf("%q: %+v", c.says, n.Promises)
				}
				continue
			}
			if len(n.Promises) != 1 || n.Promises[0].Text != c.task || !n.Promises[0].Due.Equal(c.due) || n.Promises[0].By != "" {
				s.t.Errorf("%q: the task is %+v, due %v", c.says, n.Promises, c.due)
			}
			if n.Handover != nil || s.notices(user, "parked") != 1 || n.Conversation.Parked == "" && n.Conversation.Touchpoint != "" || len(n.Unanswered()) != 0 {
				s.t.Errorf("%q: %+v, %d notices", c.says, n.Conversation, s.notices(user, "parked"))
			}
		}
		s.settled()
	})
}

// The parked matter is a person's; any other is the bot's. When its time comes it is in the queue.
func TestAParkedMatterIsBarredForTheBot(t *testing.T) {
	play(t, func(s *stage) {
		s.evening()
		s.writes("ania", parcel) // asks for data: the matter is known
		s.writes("ania", human)
		s.got("ania")
		s.writes("ania", "zadzwonić, 9:30")
		s.got("ania")
		parked := s.snap("ania").Conversation.Parked
		if parked == "" {
			s.t.Fatal("nothing is parked")
		}
		s.writes("ania", price)
		if got := s.got("ania"); !has(got, "14,99") || !has(got, "asystent AI") {
			s.t.Errorf("another matter: %q", got)
		}
		s.writes("ania", "gdzie jest moja paczka?")
		c := s.snap("ania").Conversation
		if c.Owner != tandem.Queue || c.Reason != "T9" || len(s.got("ania")) != 0 {
			s.t.Errorf("the parked matter %s: %s (%s) about %s", parked, c.Owner, c.Reason, c.Touchpoint)
		}
		s.writes("jan", human)
		s.writes("jan", "zadzwonić, 9:30")
		s.wait(12 * time.Hour)
		s.owner("jan", tandem.Queue, "T20")
		s.settled()
	})
}

// A choice needs an offer: without one "zadzwonić" is a message like any other.
func TestAChoiceNeedsAnOffer(t *testing.T) {
	play(t, func(s *stage) {
		s.writes("ania", fraud)
		s.writes("ania", "proszę zadzwonić")
		s.owner("ania", tandem.Queue, "T2")
		s.wait(10 * time.Minute) // now it is offered
		s.writes("ania", "to zadzwońcie")
		s.owner("ania", tandem.Bot, "")
		n := s.snap("ania")
		if len(n.Promises) != 1 || n.Promises[0].Due.After(time.Now().Add(2*time.Hour)) {
			s.t.Errorf("%+v", n.Promises)
		}
	})
}

// A person who was quicker keeps the conversation.
func TestAChoiceAfterAPersonCame(t *testing.T) {
	play(t, func(s *stage) {
		s.evening()
		s.writes("ania", human)
		s.intake.Urgent = func(tandem.Reading) bool { return false } // the turn comes after the person
		s.brings("ania", "zadzwonić, 9:30", tandem.Direct)
		s.takes("ania", ola)
		s.wait(10 * time.Second)
		s.owner("ania", tandem.Human, "")
		if n := s.notices("ania", "parked"); n != 0 {
			s.t.Errorf("%d notices", n)
		}
	})
}
