package app

import (
	"strings"
	"testing"
	"time"

	"tandem"
	"tandem/sim"
)

// angry lets Marek write what the founding scenario begins with and returns the conversation's
// address.
func (s *shop) angry(d seat) string {
	s.t.Helper()
	s.world.Meta.DM(s.world.Instagram, "marek", "Gdzie jest moja paczka?! Miała być wczoraj!", sim.DMOptions{})
	s.settle(2 * time.Second)
	return "/api/conversations/" + string(d.first("needs_human").ID)
}

func TestFoundingScenarioOverTheAPI(t *testing.T) {
	play(t, func(t *testing.T, s *shop) {
		ola := s.sit("ola@demo.pl")
		at := s.angry(ola)
		if got := s.world.Meta.Outbox("instagram", "marek"); len(got) != 0 {
			t.Fatalf("the bot answered an angry customer: %v", got)
		}
		var c ConversationView
		ola.must("POST", at+"/takeover", map[string]any{}, &c)
		if c.Owner != tandem.Human || c.Agent == nil || c.Agent.ID != "ola" || c.Epoch < 2 {
			t.Errorf("after the take-over: %+v", c.Row)
		}
		if c.Card == nil || !strings.Contains(c.Card.Headline, "48213") || len(c.Card.Facts) == 0 || c.Card.Open {
			t.Errorf("the card is %+v", c.Card)
		}
		if len(c.Suggestions) == 0 || c.Suggestions[0].Text == "" || len(c.Suggestions[0].Claims) == 0 {
			t.Errorf("the suggestions are %+v", c.Suggestions)
		}
		if len(c.Transitions) != 2 || c.Transitions[0].To != tandem.Queue || c.Transitions[1].Actor != "Ola Mazur" || c.Transitions[1].Text == "" {
			t.Errorf("the transitions are %+v", c.Transitions)
		}
		if c.Person.Verified != tandem.V1 || c.Person.Vocative != "Marku" || len(c.Threads) != 1 || c.Threads[0].WindowEnds == nil {
			t.Errorf("the customer is %+v, the threads %+v", c.Person, c.Threads)
		}
		var m MessageView
		ola.must("POST", at+"/reply", map[string]any{"text": "Panie Marku, już to sprawdzam."}, &m)
		s.settle(time.Second)
		got := s.world.Meta.Outbox("instagram", "marek")
		if len(got) != 1 || got[0].Text != "Panie Marku, już to sprawdzam." {
			t.Errorf("the customer got %v", got)
		}
		ola.must("GET", at, nil, &c)
		if last := c.Messages[len(c.Messages)-1]; last.Author != "Ola Mazur" || last.Origin != tandem.FromHuman || last.Delivery == tandem.Queued {
			t.Errorf("the reply is shown as %+v", last)
		}
		ola.must("POST", at+"/return", map[string]any{"brief": "Paczka będzie jutro"}, nil)
		var back ConversationView
		ola.must("GET", at, nil, &back)
		if back.Owner != tandem.Bot || back.Card != nil || back.Brief != "Paczka będzie jutro" {
			t.Errorf("after the return: owner %s, card %v, brief %q", back.Owner, back.Card != nil, back.Brief)
		}
		ola.must("POST", at+"/close", map[string]any{"outcome": "resolved"}, nil)
		if r := ola.first("closed"); r.Owner != tandem.Closed {
			t.Errorf("after closing: %s", r.Owner)
		}
	})
}

func TestConflictsSayWhoWasQuicker(t *testing.T) {
	play(t, func(t *testing.T, s *shop) {
		ola, piotr := s.sit("ola@demo.pl"), s.sit("piotr@demo.pl")
		at := s.angry(ola)
		var before ConversationView
		ola.must("GET", at, nil, &before)
		ola.must("POST", at+"/takeover", nil, nil) // a body is not asked for
		for _, body := range []any{nil, map[string]any{}, map[string]any{"epoch": before.Epoch}} {
			got := piotr.call("POST", at+"/takeover", body)
			if got.status != 409 || got.code() != "taken" || !strings.Contains(string(got.body), "Ola Mazur") {
				t.Errorf("with %v: %d %s", body, got.status, got.body)
			}
		}
		if got := piotr.call("POST", at+"/close", map[string]any{}); got.status != 403 {
			t.Errorf("a colleague closed it: %d", got.status)
		}
		if got := s.sit("kierownik@demo.pl").call("POST", at+"/assign", map[string]any{"user": "piotr"}); got.status != 204 {
			t.Errorf("the manager could not assign it: %d %s", got.status, got.body)
		}
	})
}

func TestReplyIsBoundToWhatWasSeen(t *testing.T) {
	play(t, func(t *testing.T, s *shop) {
		ola := s.sit("ola@demo.pl")
		at := s.angry(ola)
		var c ConversationView
		ola.must("POST", at+"/takeover", nil, &c)
		s.world.Meta.DM(s.world.Instagram, "marek", "Halo?!", sim.DMOptions{})
		s.settle(time.Second)
		got := ola.call("POST", at+"/reply", map[string]any{"text": "Już sprawdzam.", "seen_seq": c.Seq})
		if got.status != 409 || got.code() != "newer_message" {
			t.Errorf("%d %s", got.status, got.body)
		}
		ola.must("POST", at+"/reply", map[string]any{"text": "Już sprawdzam.", "seen_seq": c.Seq + 1}, nil)
	})
}

func TestSameKeySendsOnceAndCanBeTakenBack(t *testing.T) {
	play(t, func(t *testing.T, s *shop) {
		ola := s.sit("ola@demo.pl")
		at := s.angry(ola)
		var one, two MessageView
		body := map[string]any{"text": "Panie Marku, sprawdzam.", "key": "k1"}
		ola.must("POST", at+"/reply", body, &one)
		ola.must("POST", at+"/reply", body, &two)
		if one.ID != two.ID || one.Key != "k1" {
			t.Errorf("%s and %s, key %q", one.ID, two.ID, one.Key)
		}
		var taken Cancelled
		ola.must("POST", at+"/cancel", map[string]any{"message": one.ID}, &taken)
		if taken.Text != "Panie Marku, sprawdzam." {
			t.Errorf("the text is %q", taken.Text)
		}
		s.settle(time.Minute / 2)
		if got := s.world.Meta.Outbox("instagram", "marek"); len(got) != 0 {
			t.Errorf("a cancelled reply went out: %v", got)
		}
		ola.must("POST", at+"/reply", map[string]any{"text": "Jednak wysyłam.", "key": "k2"}, &two)
		s.settle(10 * time.Second)
		if got := s.world.Meta.Outbox("instagram", "marek"); len(got) != 1 {
			t.Errorf("the customer got %v", got)
		}
		if got := ola.call("POST", at+"/cancel", map[string]any{"message": two.ID}); got.status != 409 || got.code() != "already_sent" {
			t.Errorf("too late: %d %s", got.status, got.body)
		}
	})
}

func TestDraftIsApprovedAsItWasSeen(t *testing.T) {
	play(t, func(t *testing.T, s *shop) {
		ola, piotr := s.sit("ola@demo.pl"), s.sit("piotr@demo.pl")
		s.world.Meta.DM(s.world.Instagram, "kasia", "Dzień dobry, poproszę o fakturę do zamówienia 48377, mój adres katarzyna.lis@example.pl", sim.DMOptions{})
		s.settle(3 * time.Second)
		var q DraftPage
		ola.must("GET", "/api/drafts", nil, &q)
		if len(q.Items) != 1 {
			var log Log
			ola.must("GET", "/api/decisions", nil, &log)
			t.Fatalf("%d drafts wait; the log is %+v", len(q.Items), log.Items)
		}
		d := q.Items[0]
		at := "/api/drafts/" + string(d.ID)
		if d.Text == "" || len(d.Question) != 1 || d.Customer.Username != "kasia" || d.Why == "" || d.Rev == 0 {
			t.Errorf("the draft is %+v", d)
		}
		ola.must("POST", at+"/open", map[string]any{}, &d)
		if d.LeaseBy == nil || d.LeaseBy.ID != "ola" || d.LeaseUntil == nil {
			t.Errorf("the lease is %+v", d.LeaseBy)
		}
		if got := piotr.call("POST", at+"/open", map[string]any{}); got.status != 409 || got.code() != "leased" || !strings.Contains(string(got.body), "Ola Mazur") {
			t.Errorf("two look at it: %d %s", got.status, got.body)
		}
		if got := ola.call("POST", at+"/approve", map[string]any{"seen_rev": d.Rev - 1}); got.status != 409 || got.code() != "stale_rev" {
			t.Errorf("an old state: %d %s", got.status, got.body)
		}
		var m MessageView
		ola.must("POST", at+"/approve", map[string]any{"seen_rev": d.Rev, "text": d.Text + " Pozdrawiamy!"}, &m)
		s.settle(10 * time.Second)
		if got := s.world.Meta.Outbox("instagram", "kasia"); len(got) == 0 || !strings.HasSuffix(got[len(got)-1].Text, "Pozdrawiamy!") {
			t.Errorf("the customer got %v", got)
		}
		ola.must("GET", "/api/drafts", nil, &q)
		if len(q.Items) != 0 || q.Today.Edited != 1 {
			t.Errorf("the queue has %d, today is %+v", len(q.Items), q.Today)
		}
	})
}

// The list and the card name the reason itself, not the family it belongs to.
func TestTheReasonIsNamed(t *testing.T) {
	play(t, func(t *testing.T, s *shop) {
		ola, boss := s.sit("ola@demo.pl"), s.sit("kierownik@demo.pl")
		s.world.Meta.DM(s.world.Instagram, "kasia", "Chciałabym wymienić sukienkę na mniejszy rozmiar", sim.DMOptions{})
		s.settle(4 * time.Minute)
		boss.must("POST", "/api/policy/pause", map[string]any{"paused": true}, nil)
		s.world.Meta.DM(s.world.Instagram, "nowa", "Dzień dobry, ile kosztuje dostawa?", sim.DMOptions{})
		s.settle(5 * time.Second)
		var page Page
		ola.must("GET", "/api/conversations?view=needs_human", nil, &page)
		got := map[string]string{}
		for _, r := range page.Items {
			var v ConversationView
			ola.must("GET", "/api/conversations/"+string(r.ID), nil, &v)
			got[r.ReasonText] = v.Handover.Reason
		}
		for _, want := range []string{"Nikt nie zdecydował o szkicu", "Bot wstrzymany"} {
			if got[want] != want {
				t.Errorf("%q is not among %q", want, got)
			}
		}
	})
}

func TestWallTellsHowItStands(t *testing.T) {
	play(t, func(t *testing.T, s *shop) {
		ola := s.sit("ola@demo.pl")
		s.angry(ola)
		s.world.Meta.DM(s.world.Instagram, "nowa", "Dzień dobry, ile kosztuje dostawa?", sim.DMOptions{})
		s.settle(5 * time.Second)
		var w Wall
		ola.must("GET", "/api/wall", nil, &w)
		if w.Waiting != 1 || w.Bot != 1 || w.Ignored != 0 || w.Overdue != 0 || w.DeadJobs != 0 || w.LongestS < 4 {
			t.Errorf("the wall is %+v", w)
		}
		if w.BotP50MS <= 0 || w.BotP50MS > 5000 {
			t.Errorf("the bot took %d ms", w.BotP50MS)
		}
		if len(w.Tiles) != 2 || w.Tiles[0].Owner != tandem.Queue || w.Tiles[0].Risk <= w.Tiles[1].Risk {
			t.Errorf("the tiles are %+v", w.Tiles)
		}
		if len(w.Happening) == 0 || w.Happening[0].Text == "" {
			t.Errorf("happening: %v", w.Happening)
		}
	})
}

func TestDecisionsAreExplainedAndReplayed(t *testing.T) {
	play(t, func(t *testing.T, s *shop) {
		ola, boss := s.sit("ola@demo.pl"), s.sit("kierownik@demo.pl")
		s.angry(ola)
		var log Log
		ola.must("GET", "/api/decisions", nil, &log)
		if len(log.Items) == 0 {
			t.Fatal("no decisions")
		}
		first := log.Items[len(log.Items)-1]
		if first.Act != tandem.HandOver || first.Code == "" || first.Customer.Username != "marek" {
			t.Errorf("the first is %+v", first)
		}
		var d DecisionView
		ola.must("GET", "/api/decisions/"+string(first.ID), nil, &d)
		if d.Words[first.Code] == first.Code || len(d.Reading.Evidence) == 0 || len(d.Question) != 1 {
			t.Errorf("the decision is %+v", d)
		}
		for _, l := range log.Items {
			var again Replayed
			boss.must("POST", "/api/decisions/"+string(l.ID)+"/replay", nil, &again)
			if !again.Same {
				t.Errorf("decision %s (%s) is made otherwise: %+v", l.ID, l.Act, again.Decision)
			}
		}
	})
}

func TestTopicIsMovedByOneManagerAtATime(t *testing.T) {
	play(t, func(t *testing.T, s *shop) {
		boss := s.sit("kierownik@demo.pl")
		var v TouchpointView
		boss.must("PUT", "/api/policy/touchpoints/store_hours", map[string]any{"level": 2, "version": 1, "note": "próba"}, &v)
		if v.Level != tandem.L2 || v.Version != 2 || v.Title == "store_hours" {
			t.Errorf("the topic is %+v", v)
		}
		if got := boss.call("PUT", "/api/policy/touchpoints/store_hours", map[string]any{"level": 4, "version": 1}); got.status != 409 || got.code() != "stale_version" {
			t.Errorf("an old version: %d %s", got.status, got.body)
		}
		// What a hand may give is told, and nothing above it is taken: exchange came with L2.
		var exchange TouchpointView
		boss.must("PUT", "/api/policy/touchpoints/exchange", map[string]any{"level": 1, "version": 1}, &exchange)
		if got := boss.call("PUT", "/api/policy/touchpoints/exchange", map[string]any{"level": 3, "version": exchange.Version}); exchange.ByHand != 2 || got.status != 409 || got.code() != "no_evidence" {
			t.Errorf("above L%d by hand: %d %s", exchange.ByHand, got.status, got.body)
		}
		if got := boss.call("PUT", "/api/policy/touchpoints/store_hours", map[string]any{"level": 9, "version": 2}); got.status != 422 {
			t.Errorf("a level that is none: %d", got.status)
		}
	})
}
