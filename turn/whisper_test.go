package turn_test

import (
	"testing"
	"time"

	"tandem/desk"
)

// A whisper is obeyed by the bot, or a person sees what it is going to say.
func TestAWhisperIsObeyedOrSeen(t *testing.T) {
	play(t, func(s *stage) {
		s.writes("ania", "Dzień dobry")
		s.got("ania")
		whisper := func(text string) {
			if _, err := s.desk.Note(bg, shop, s.id("ania"), ola, text, true); err != nil {
				s.t.Fatal(err)
			}
		}
		whisper("klientka jest stała, zaproponuj jej coś miłego") // not a form that the bot knows
		s.writes("ania", price)
		n := s.snap("ania")
		if got := s.got("ania"); len(got) != 0 || len(n.Drafts) != 1 || n.Decisions[0].Rule != "ceiling:whisper" {
			s.t.Fatalf("%q, %+v", got, n.Decisions[0])
		}
		if _, err := s.desk.Approve(bg, shop, n.Drafts[0].ID, ola, desk.Approval{SeenRev: n.Conversation.Rev, Text: n.Drafts[0].Text + " Dla stałych klientek mamy kupon."}); err != nil {
			s.t.Fatal(err)
		}
		s.wait(time.Second)
		if got := s.got("ania"); !has(got, "kupon") {
			s.t.Errorf("%q", got)
		}
		whisper("Powiedz: „Do jutra wysyłka jest gratis.”")
		s.writes("ania", "do której jest otwarty sklep?") // the first whisper was seen to
		if got := s.got("ania"); len(got) != 1 || !has(got, "gratis") {
			s.t.Errorf("%q", got)
		}
		s.settled()
	})
}
