package app

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"tandem"
	"tandem/demo"
	"tandem/sim"
	"tandem/store"
	"tandem/web"
)

// emit puts n harmless events into the ledger, one commit each.
func (s *shop) emit(n int, kind tandem.EventKind) {
	s.t.Helper()
	for i := range n {
		err := s.DB().Write(s.t.Context(), demo.Workspace, func(tx *store.Tx) error {
			tx.Emit(tandem.Event{Kind: kind, Subject: "x", Code: strconv.Itoa(i), Actor: "clock"})
			return nil
		})
		if err != nil {
			s.t.Fatal(err)
		}
	}
}

// ids are the numbers of the events of a stream.
func ids(t *testing.T, all []event) []int64 {
	t.Helper()
	var out []int64
	for _, e := range all {
		if e.id == "" {
			continue
		}
		n, err := strconv.ParseInt(e.id, 10, 64)
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, n)
	}
	return out
}

// unbroken checks that numbers follow each other without a gap or a repeat.
func unbroken(t *testing.T, what string, got []int64, first, last int64) {
	t.Helper()
	if int64(len(got)) != last-first+1 {
		t.Errorf("%s: %d events, want %d (%d to %d)", what, len(got), last-first+1, first, last)
		return
	}
	for i, n := range got {
		if n != first+int64(i) {
			t.Fatalf("%s: event %d is number %d, want %d", what, i, n, first+int64(i))
		}
	}
}

func (s *shop) newest() int64 {
	s.t.Helper()
	n, err := s.DB().LastEvent(s.t.Context(), demo.Workspace)
	if err != nil {
		s.t.Fatal(err)
	}
	return n
}

func TestStreamResumesWithoutAGap(t *testing.T) {
	play(t, func(t *testing.T, s *shop) {
		boss := s.sit("kierownik@demo.pl") // sees every kind of event
		first := s.listenTo("/api/events", "Cookie", boss.cookie)
		from := s.newest() + 1
		var hello Hello
		if h := first.heard("hello"); len(h) != 1 || h[0].id != "" || json.Unmarshal([]byte(h[0].data), &hello) != nil {
			t.Fatalf("the first word is %v", h)
		}
		s.emit(30, tandem.CustomerChanged)
		heard := ids(t, first.heard())
		last := heard[len(heard)-1]
		unbroken(t, "live", heard, hello.Seq+1, last)
		first.hang()
		s.emit(ledgerPage*2+7, tandem.CustomerChanged) // while nobody listens: more than a page of the ledger
		for at := range 3 {                            // cut at different places; each resumes where it was
			e := s.listenTo("/api/events", "Cookie", boss.cookie, "Last-Event-ID", strconv.FormatInt(last, 10))
			s.emit(5+at, tandem.CustomerChanged)
			got := ids(t, e.heard())
			unbroken(t, fmt.Sprintf("resumed %d", at), got, last+1, got[len(got)-1])
			if got[len(got)-1] < s.newest()-1 { // presence of the hang may still come
				t.Errorf("resumed %d ends at %d, the ledger at %d", at, got[len(got)-1], s.newest())
			}
			last = got[len(got)/2]
			e.hang()
		}
		_ = from
	})
}

// TestSlowReaderCatchesUpFromTheLedger: a burst larger than a subscriber's buffer comes while the
// reader is stuck; it is dropped from the hub and reads what it missed.
func TestSlowReaderCatchesUpFromTheLedger(t *testing.T) {
	play(t, func(t *testing.T, s *shop) {
		boss := s.sit("kierownik@demo.pl")
		e := s.listenTo("/api/events", "Cookie", boss.cookie)
		e.mu.Lock() // the reader cannot take anything now, so the pipe is full after one event
		done := make(chan struct{})
		go func() { s.emit(700, tandem.CustomerChanged); close(done) }()
		<-done
		e.mu.Unlock()
		got := ids(t, e.heard())
		unbroken(t, "after the burst", got, got[0], s.newest())
		e.hang()
	})
}

func TestReaderFarBehindReadsItsListsAnew(t *testing.T) {
	play(t, func(t *testing.T, s *shop) {
		boss := s.sit("kierownik@demo.pl")
		s.emit(farBehind+10, tandem.CustomerChanged)
		e := s.listenTo("/api/events", "Cookie", boss.cookie, "Last-Event-ID", "1")
		if r := e.heard("reset"); len(r) != 1 || r[0].id == "" {
			t.Errorf("resets: %v", r)
		}
		if n := len(ids(t, e.heard())); n > 10 {
			t.Errorf("%d events were sent all the same", n)
		}
		e.hang()
	})
}

func TestStreamShowsOnlyWhatTheReaderMaySee(t *testing.T) {
	play(t, func(t *testing.T, s *shop) {
		ola, boss := s.sit("ola@demo.pl"), s.sit("kierownik@demo.pl")
		agent, owner := s.listenTo("/api/events", "Cookie", ola.cookie), s.listenTo("/api/events", "Cookie", boss.cookie)
		s.sit("piotr@demo.pl")
		s.emit(1, tandem.JobDead)
		s.emit(1, "nobody.knows")
		for _, kind := range []string{string(tandem.UserSignedIn), string(tandem.JobDead)} {
			if n := len(agent.heard(kind)); n != 0 {
				t.Errorf("an agent heard %s", kind)
			}
			if n := len(owner.heard(kind)); n != 1 {
				t.Errorf("the owner heard %d of %s", n, kind)
			}
		}
		if n := len(agent.heard("nobody.knows")) + len(owner.heard("nobody.knows")); n != 0 {
			t.Error("an event that is in no table was shown")
		}
		s.emit(1, tandem.CustomerChanged) // what was withheld is behind us, not a gap
		if n := len(agent.heard(string(tandem.CustomerChanged))); n != 1 {
			t.Errorf("the agent's stream stands still: %d", n)
		}
		agent.hang()
		owner.hang()
	})
}

func TestEventsCarryWhatTheyAreAbout(t *testing.T) {
	play(t, func(t *testing.T, s *shop) {
		ola := s.sit("ola@demo.pl")
		e := s.listenTo("/api/events", "Cookie", ola.cookie)
		s.world.Meta.DM(s.world.Instagram, "marek", "Gdzie jest moja paczka?! Miała być wczoraj!", sim.DMOptions{})
		s.settle(2 * time.Second)
		var v EventView
		added := e.heard(string(tandem.MessageAdded))
		if len(added) == 0 || json.Unmarshal([]byte(added[0].data), &v) != nil {
			t.Fatalf("messages: %v", added)
		}
		if v.Message == nil || !strings.Contains(v.Message.Text, "paczka") || v.Row == nil || v.Row.Channel != "instagram" || v.Counts == nil {
			t.Errorf("the event is %+v", v)
		}
		moved := e.heard(string(tandem.OwnerChanged))
		if len(moved) == 0 || json.Unmarshal([]byte(moved[0].data), &v) != nil || v.Row == nil || v.Row.Owner != tandem.Queue || v.Row.ReasonText == "" || v.Counts.NeedsHuman != 1 {
			t.Errorf("the hand-over is %v", moved)
		}
		if n := len(e.heard(string(tandem.AlertRaised))); n != 1 {
			t.Errorf("%d alerts", n)
		}
		e.hang()
	})
}

// TestEventsAreEnrichedOnce: forty browsers cost one reading.
func TestEventsAreEnrichedOnce(t *testing.T) {
	play(t, func(t *testing.T, s *shop) {
		ola := s.sit("ola@demo.pl")
		var ears []*ear
		for range 40 {
			ears = append(ears, s.listenTo("/api/events", "Cookie", ola.cookie))
		}
		s.emit(3, tandem.CustomerChanged)
		for _, e := range ears {
			if n := len(e.heard(string(tandem.CustomerChanged))); n != 3 {
				t.Errorf("one heard %d of 3", n)
			}
		}
		s.App.events.mu.Lock()
		once := map[eventKey]bool{}
		for _, k := range s.App.events.order {
			if once[k] {
				t.Errorf("event %d was read twice", k.seq)
			}
			once[k] = true
		}
		s.App.events.mu.Unlock()
		for _, e := range ears {
			e.hang()
		}
	})
}

func TestSilentStreamStaysAlive(t *testing.T) {
	play(t, func(t *testing.T, s *shop) {
		ola := s.sit("ola@demo.pl")
		e := s.listenTo("/api/events", "Cookie", ola.cookie)
		s.settle(4*web.Beat + time.Second)
		e.mu.Lock()
		if e.beats != 4 {
			t.Errorf("%d beats in a minute", e.beats)
		}
		e.mu.Unlock()
		e.hang()
	})
}

func TestPresenceAndPassingWords(t *testing.T) {
	play(t, func(t *testing.T, s *shop) {
		ola, piotr := s.sit("ola@demo.pl"), s.sit("piotr@demo.pl")
		s.world.Meta.DM(s.world.Instagram, "marek", "Oszukaliście mnie! Gdzie jest moja paczka?!", sim.DMOptions{})
		s.settle(2 * time.Second)
		id := string(ola.first("needs_human").ID)
		e := s.listenTo("/api/events", "Cookie", ola.cookie)
		present := func(u tandem.UserID) bool {
			var me Me
			piotr.must("GET", "/api/me", nil, &me)
			for _, p := range me.People {
				if p.ID == u {
					return p.Present
				}
			}
			return false
		}
		if !present("ola") || present("piotr") {
			t.Error("Ola has the desk open, Piotr has not")
		}
		piotr.must("POST", "/api/conversations/"+id+"/seen", map[string]any{}, nil)
		piotr.must("POST", "/api/conversations/"+id+"/typing", map[string]any{}, nil)
		if v := e.heard("viewers"); len(v) != 1 || !strings.Contains(v[0].data, "Piotr") || v[0].id != "" {
			t.Errorf("viewers: %v", v)
		}
		if v := e.heard("typing"); len(v) != 1 || !strings.Contains(v[0].data, "Piotr") {
			t.Errorf("typing: %v", v)
		}
		var c ConversationView
		ola.must("GET", "/api/conversations/"+id, nil, &c)
		if len(c.Viewers) != 1 || c.Viewers[0].ID != "piotr" {
			t.Errorf("viewers of the conversation: %v", c.Viewers)
		}
		s.settle(viewFor + time.Second)
		ola.must("GET", "/api/conversations/"+id, nil, &c)
		if len(c.Viewers) != 0 {
			t.Error("a look lasts for ever")
		}
		e.hang()
		synctest.Wait()
		if present("ola") {
			t.Error("Ola closed the desk")
		}
	})
}

func TestStoppingEndsStreams(t *testing.T) {
	play(t, func(t *testing.T, s *shop) {
		e := s.listenTo("/api/events", "Cookie", s.sit("ola@demo.pl").cookie)
		s.stop()
		e.done.Wait() // otherwise this never returns
	})
}
