package turn_test

import (
	"context"
	"encoding/json"
	"testing"
	"time"

	"tandem"
	"tandem/desk"
	"tandem/policy"
	"tandem/store"
	"tandem/turn"
)

const (
	price    = "Ile kosztuje dostawa?"                      // answered by the bot alone
	parcel   = "Dzień dobry, gdzie jest moja paczka?"       // a matter of one's own
	size     = "Chcę wymienić sukienkę na mniejszy rozmiar" // approve first
	fraud    = "to jakieś oszustwo"                         // a hard word
	human    = "Proszę o kontakt z człowiekiem"             // a wish
	nonsense = "asdf qwer zxcv"
)

func TestAnAnswerWithinFiveSeconds(t *testing.T) {
	play(t, func(s *stage) {
		s.brings("ania", price, tandem.Direct)
		s.wait(time.Second)
		if got := s.got("ania"); len(got) != 1 || !has(got, "14,99") || !has(got, "asystent AI") {
			s.t.Errorf("%q", got)
		}
		n := s.snap("ania")
		if n.Messages[0].Disposition != tandem.AnsweredByBot || n.Conversation.Answered != 1 || n.Conversation.Disclosed.IsZero() || n.Conversation.BotTurns != 1 {
			s.t.Errorf("%+v", n.Conversation)
		}
		if d := n.Decisions[0]; d.Act != tandem.Answer || d.Seq != 1 || len(d.Versions) < 2 || d.Outcome != "answer" {
			s.t.Errorf("%+v", d)
		}
		s.settled()
	})
}

// A lookup that never answers ends with a person within five seconds, in silence, and the customer
// hears the truth a minute later.
func TestALookupThatNeverAnswersEndsWithAPerson(t *testing.T) {
	play(t, func(s *stage) {
		s.find = func(ctx context.Context, _ tandem.Query) (tandem.Findings, error) {
			<-ctx.Done()
			return tandem.Findings{}, ctx.Err()
		}
		s.writes("ania", parcel)
		s.owner("ania", tandem.Queue, "T13")
		h := s.snap("ania").Handover
		if h == nil {
			s.t.Fatal("nobody was called")
		}
		if at := h.At.Sub(monday); at > 5*time.Second {
			s.t.Errorf("after %s", at)
		}
		if got := s.got("ania"); len(got) > 0 {
			s.t.Errorf("the hand-over is not silent: %q", got)
		}
		if len(s.events("ania", tandem.AlertRaised)) != 1 {
			s.t.Error("nobody was alerted")
		}
		s.wait(time.Minute)
		if got := s.got("ania"); len(got) != 1 || s.notices("ania", "wait") != 1 {
			s.t.Errorf("a minute later: %q", got)
		}
		s.settled()
	})
}

// A hard word is not looked into: the person is called at once, and the facts come to the card later.
func TestAHardWordWaitsForNothing(t *testing.T) {
	play(t, func(s *stage) {
		s.find = func(ctx context.Context, q tandem.Query) (tandem.Findings, error) {
			select {
			case <-time.After(2 * time.Second):
			case <-ctx.Done():
			}
			return tandem.Findings{Verified: tandem.V1, Facts: []tandem.Fact{{Key: "order", Value: "48213", Text: "48213", Source: "shop", At: q.Now, Class: tandem.D1}}}, nil
		}
		s.brings("ania", fraud, tandem.Direct)
		s.wait(0)
		s.owner("ania", tandem.Queue, "T2")
		h := s.snap("ania").Handover
		if h == nil {
			s.t.Fatal("nobody was called")
		}
		if !h.At.Equal(monday) || h.Card.Headline == "" || len(h.Card.Quotes) == 0 || len(h.Card.Facts) != 0 {
			s.t.Errorf("the card at once: %+v", h)
		}
		s.wait(4 * time.Second)
		if h = s.snap("ania").Handover; len(h.Card.Facts) != 1 || h.Card.Code != "T2" || len(s.events("ania", tandem.CardChanged)) != 1 {
			s.t.Errorf("the card later: %+v", h.Card)
		}
		s.settled()
	})
}

// What happened while the bot was thinking wins: its words are refused at the commit, with the reason.
func TestTheCommitRule(t *testing.T) {
	for name, c := range map[string]struct {
		meanwhile func(s *stage)
		code      string
		said      int // messages of the bot in the end
		owner     tandem.Owner
	}{
		"the customer writes again": {func(s *stage) { s.brings("ania", "i kiedy dojdzie?", tandem.Direct) }, "newer_message", 1, tandem.Bot},
		"the customer corrects the message": {func(s *stage) {
			s.event(tandem.Inbound{Kind: tandem.InEdited, Key: "edit", Target: "ania-1", User: "ania", Text: "Ile kosztuje dostawa?", At: time.Now()})
		}, "message_changed", 1, tandem.Bot},
		"the customer takes the message back": {func(s *stage) {
			s.event(tandem.Inbound{Kind: tandem.InDeleted, Key: "delete", Target: "ania-1", User: "ania", At: time.Now()})
		}, "message_changed", 0, tandem.Bot},
		"a person takes over": {func(s *stage) { s.takes("ania", ola) }, "owner", 0, tandem.Human},
		"a person takes over and gives back": {func(s *stage) {
			s.takes("ania", ola)
			s.gives("ania", ola)
		}, "stale_epoch", 0, tandem.Bot},
		"a person replies": {func(s *stage) {
			if _, err := s.desk.Reply(bg, shop, s.id("ania"), ola, desk.Reply{Text: "Już sprawdzam."}); err != nil {
				s.t.Error(err)
			}
		}, "owner", 0, tandem.Human},
		"a person closes": {func(s *stage) {
			if err := s.desk.Close(bg, shop, s.id("ania"), ola, ""); err != nil {
				s.t.Error(err)
			}
		}, "owner", 0, tandem.Closed},
		"the bot is stopped": {func(s *stage) {
			if err := s.desk.Pause(bg, shop, boss, "", true); err != nil {
				s.t.Error(err)
			}
		}, "paused", 0, tandem.Queue},
		"the topic is stopped": {func(s *stage) {
			for _, topic := range []string{"parcel_tracking", "order_status"} {
				if err := s.desk.Pause(bg, shop, boss, topic, true); err != nil {
					s.t.Error(err)
				}
			}
		}, "paused", 0, tandem.Queue},
	} {
		t.Run(name, func(t *testing.T) {
			play(t, func(s *stage) {
				s.knows("in_transit", false)
				shop, first := s.find, true
				s.find = func(ctx context.Context, q tandem.Query) (tandem.Findings, error) {
					if first {
						first = false
						c.meanwhile(s)
					}
					return shop(ctx, q)
				}
				s.writes("ania", parcel)
				s.wait(5 * time.Second)
				if got := s.events("ania", tandem.BotSuppressed); len(got) != 1 || got[0] != c.code {
					s.t.Errorf("refused because of %v, want %s", got, c.code)
				}
				n := s.snap("ania")
				said := 0
				for _, m := range n.Messages {
					if m.Origin == tandem.FromBot {
						said++
					}
				}
				if said != c.said || n.Conversation.Owner != c.owner {
					s.t.Errorf("the bot said %d, the owner is %s; want %d, %s", said, n.Conversation.Owner, c.said, c.owner)
				}
				if got := s.got("ania"); name == "the customer corrects the message" && (len(got) != 1 || !has(got, "14,99")) {
					s.t.Errorf("the answer to the correction is %q", got)
				}
				for _, m := range n.Messages {
					if m.Inbound() && m.Disposition == tandem.Pending {
						s.t.Errorf("message %d is left pending", m.Seq)
					}
				}
				s.settled()
			})
		})
	}
}

func (s *stage) takes(user string, u tandem.User) {
	s.t.Helper()
	if err := s.desk.TakeOver(bg, shop, s.id(user), u, desk.AnyEpoch); err != nil {
		s.t.Error(err)
	}
}

func (s *stage) gives(user string, u tandem.User) {
	s.t.Helper()
	if err := s.desk.Return(bg, shop, s.id(user), u, "krótko", ""); err != nil {
		s.t.Error(err)
	}
}

// A wish for a person is never followed by another attempt of the bot (I11), and is remembered where
// it was said in general.
func TestAWishForAPersonIsObeyed(t *testing.T) {
	play(t, func(s *stage) {
		s.writes("ania", human)
		s.owner("ania", tandem.Queue, "T1")
		if got := s.got("ania"); len(got) > 0 {
			s.t.Errorf("%q", got)
		}
		s.writes("ola", "Wolę człowieka")
		if n := s.snap("ola"); n.Conversation.Owner != tandem.Queue || !n.Customer.Human {
			s.t.Errorf("%s, remembered %v", n.Conversation.Owner, n.Customer.Human)
		}
		s.takes("ola", ola)
		s.gives("ola", ola)
		s.writes("ola", price) // another day, another matter
		s.owner("ola", tandem.Queue, "T1")
		if got := s.got("ola"); len(got) > 0 {
			s.t.Errorf("%q", got)
		}
		s.settled()
	})
}

// Not understood: one question, then a person.
func TestTwiceNotUnderstoodIsAPersons(t *testing.T) {
	play(t, func(s *stage) {
		s.writes("ania", nonsense)
		if got := s.got("ania"); len(got) != 1 || s.snap("ania").Conversation.Clarified != 1 {
			s.t.Errorf("%q", got)
		}
		s.writes("ania", "lorem ipsum dolor")
		s.owner("ania", tandem.Queue, "T7")
		if got := s.got("ania"); len(got) != 0 {
			s.t.Errorf("%q", got)
		}
	})
}

// The same answer is not given twice: the second time a person does it (T6).
func TestTheSameAnswerIsNotGivenTwice(t *testing.T) {
	play(t, func(s *stage) {
		s.writes("ania", price)
		s.got("ania")
		s.writes("ania", price)
		if c := s.snap("ania").Conversation; c.Owner != tandem.Queue || c.Reason != "T6" && c.Reason != "T5" {
			s.t.Errorf("%s (%s)", c.Owner, c.Reason)
		}
		if got := s.got("ania"); len(got) != 0 {
			s.t.Errorf("%q", got)
		}
	})
}

// Every decision can be made again from what was stored with it (I19).
func TestStoredDecisionsReplay(t *testing.T) {
	play(t, func(s *stage) {
		s.knows("in_transit", false)
		for i, text := range []string{price, parcel, size, fraud, human, nonsense, "dziękuję", "Chcę złożyć reklamację, buty się rozpadły"} {
			s.writes("u"+string(rune('a'+i)), text)
		}
		s.find = nil
		s.writes("unknown", parcel)
		s.comments("public", parcel)
		all, err := s.Decisions(bg, shop, "", "", 1000)
		if err != nil || len(all) < 10 {
			s.t.Fatalf("%d decisions, %v", len(all), err)
		}
		acts := map[tandem.Act]bool{}
		for _, d := range all {
			_, stored, err := s.Decision(bg, shop, d.ID)
			if err != nil {
				s.t.Fatal(err)
			}
			var in policy.Input
			if err := json.Unmarshal([]byte(stored), &in); err != nil {
				s.t.Fatal(err)
			}
			acts[d.Act] = true
			r := turn.Replay(in)
			if r.Act != d.Act || r.Rule != d.Rule || r.Level != d.Level || r.Touchpoint != d.Touchpoint || len(r.Triggers) != len(d.Triggers) {
				s.t.Errorf("%s by %s was decided; replayed it is %s by %s", d.Act, d.Rule, r.Act, r.Rule)
			}
		}
		for _, a := range []tandem.Act{tandem.Answer, tandem.Ask, tandem.Propose, tandem.HandOver} {
			if !acts[a] {
				s.t.Errorf("no decision was %s", a)
			}
		}
	})
}

// At L3 some of what was sent is looked at afterwards; hand-overs are sometimes left without a
// suggestion, so that its worth can be told.
func TestSampling(t *testing.T) {
	play(t, func(s *stage) {
		s.must(func(tx *store.Tx) error {
			w, err := tx.Workspace()
			if err != nil {
				return err
			}
			w.Settings.Sampling = tandem.Sampling{Review: 1000, Withheld: 1000}
			if err := tx.SaveWorkspace(w); err != nil {
				return err
			}
			tp, err := tx.Touchpoint("delivery_options")
			if err != nil {
				return err
			}
			tp.Level = tandem.L3
			return tx.SaveTouchpoint(tp, "test")
		})
		s.writes("ania", price)
		if d := s.snap("ania").Drafts; len(d) != 1 || d[0].Purpose != tandem.ForSample || len(s.got("ania")) != 1 {
			s.t.Errorf("%+v", d)
		}
		s.writes("jan", fraud)
		s.writes("jan", parcel)
		if d := s.snap("jan").Drafts; len(d) != 0 || !has(s.events("jan", tandem.DraftChanged), "withheld") {
			s.t.Errorf("withheld: %+v", d)
		}
		// What the bot would have suggested is kept for the comparison, once, and shown to nobody.
		if n := len(s.events("jan", tandem.DraftAdded)); n != 0 {
			s.t.Errorf("%d drafts were announced", n)
		}
		if _, err := s.desk.Reply(bg, shop, s.id("jan"), tandem.User{ID: "ola"}, desk.Reply{Text: "Sprawdzam to teraz, odezwę się do piątku."}); err != nil {
			s.t.Fatal(err)
		}
		groups, all, err := s.turn.Samples(bg, shop, time.Now().Add(-time.Hour), 10)
		if err != nil || len(all) != 1 || all[0].Kind != turn.SampleWithheld || all[0].Final == "" || all[0].Text == all[0].Final || all[0].Reviewer != "ola" {
			s.t.Fatalf("%+v, %v", all, err)
		}
		for _, g := range groups {
			if want := map[string]int{turn.SampleSent: 1}[g.Kind]; g.Waiting != want || g.Kind == turn.SampleWithheld && (g.N != 1 || g.Lower < 0 || g.Upper > 1) {
				s.t.Errorf("%+v", g)
			}
		}
	})
}

// A draft with a planted error waits like any other, and nothing of it is ever sent by a clock.
func TestPlantedDrafts(t *testing.T) {
	play(t, func(s *stage) {
		s.must(func(tx *store.Tx) error {
			w, err := tx.Workspace()
			if err != nil {
				return err
			}
			w.Settings.Sampling = tandem.Sampling{Traps: 1000}
			if err := tx.SaveWorkspace(w); err != nil {
				return err
			}
			tp, err := tx.Touchpoint("delivery_options")
			if err != nil {
				return err
			}
			tp.Level = tandem.L2
			return tx.SaveTouchpoint(tp, "test")
		})
		s.writes("ania", price)
		d := s.snap("ania").Drafts
		if len(d) != 1 || d[0].Trap == "" || d[0].Original == "" || d[0].Original == d[0].Text || d[0].State != tandem.DraftPending {
			s.t.Fatalf("%+v", d)
		}
		s.wait(61 * time.Second)
		if n := s.notices("ania", "hold"); n != 1 {
			s.t.Fatalf("%d holding messages", n)
		}
		s.wait(29 * time.Second)
		if err := s.desk.Reject(bg, shop, d[0].ID, ola, "fact", ""); err != nil {
			s.t.Fatal(err)
		}
		s.wait(30 * time.Second)
		if n := s.notices("ania", "hold"); n != 1 {
			s.t.Errorf("%d holding messages: the true draft began to wait anew", n)
		}
		s.owner("ania", tandem.Bot, "")
		s.wait(65 * time.Second) // three minutes since the customer wrote
		s.owner("ania", tandem.Queue, "T13")
		for _, m := range s.snap("ania").Messages {
			if m.Origin == tandem.FromBot || m.Origin == tandem.FromDraft {
				s.t.Errorf("a draft was sent by a clock: %+v", m)
			}
		}
		s.settled()
	})
}
