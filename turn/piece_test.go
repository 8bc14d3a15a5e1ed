package turn_test

import (
	"context"
	"slices"
	"testing"
	"time"

	"tandem"
	"tandem/channel"
	"tandem/desk"
)

// scripted answers each send in its turn, the last answer for all that follow.
func (s *stage) scripted(answers ...func(tandem.Outgoing) (tandem.Receipt, error)) {
	n := 0
	s.send = func(_ context.Context, o tandem.Outgoing) (tandem.Receipt, error) {
		s.mu.Lock()
		defer s.mu.Unlock()
		do := answers[min(n, len(answers)-1)]
		n++
		return do(o)
	}
}

// done returns what each send was told to be out already.
func (s *stage) done(user string) (all [][]int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, o := range s.sent {
		if o.To == user {
			all = append(all, o.Done)
		}
	}
	s.sent = nil
	return all
}

// Of a message in several pieces only what is missing goes when it is tried again, by itself after a pause or by a
// person after a refusal; a piece that the platform lost later is missing too.
func TestOnlyWhatIsMissingIsSentAgain(t *testing.T) {
	play(t, func(s *stage) {
		part := func(err error, ids ...string) func(tandem.Outgoing) (tandem.Receipt, error) {
			return func(tandem.Outgoing) (tandem.Receipt, error) {
				r := tandem.Receipt{External: ids[len(ids)-1], Also: ids[:len(ids)-1]}
				return r, err
			}
		}
		slower := &tandem.Error{Kind: tandem.Limited, Code: "rate_limited", Text: "slower", Err: &channel.RateError{After: time.Minute}}
		s.writes("ania", human)
		s.scripted(part(slower, "a-1"), part(tandem.Coded(tandem.Invalid, "partly_sent", "1 of 3"), "a-2"), part(nil, "a-3"))
		m, err := s.desk.Reply(bg, shop, s.id("ania"), ola, desk.Reply{Text: "Bardzo długi regulamin."})
		if err != nil {
			s.t.Fatal(err)
		}
		s.wait(2 * time.Minute)
		if got := s.last("ania"); got.Delivery != tandem.Failed || got.Problem != "partly_sent" {
			s.t.Errorf("it is %s %s", got.Delivery, got.Problem)
		}
		retry := func() {
			if err := s.desk.Retry(bg, shop, s.id("ania"), ola, m.ID); err != nil {
				s.t.Fatal(err)
			}
			s.wait(time.Second)
		}
		retry()
		if got := s.last("ania"); got.Delivery != tandem.Sent || got.External != "a-3" {
			s.t.Errorf("it is %s %s", got.Delivery, got.External)
		}
		if got := s.done("ania"); len(got) != 3 || len(got[0]) != 0 || !slices.Equal(got[1], []int{1}) || !slices.Equal(got[2], []int{1, 2}) {
			s.t.Errorf("out by then: %v", got)
		}
		s.event(tandem.Inbound{Kind: tandem.InReceipt, Key: "r", Target: "a-2", User: "ania", State: tandem.Failed, Problem: "unreachable", At: time.Now()})
		s.scripted(part(nil, "a-2b"))
		retry()
		if got := s.done("ania"); len(got) != 1 || !slices.Equal(got[0], []int{1, 3}) {
			s.t.Errorf("a lost piece: %v", got)
		}
		if got := s.last("ania"); got.Delivery != tandem.Sent {
			s.t.Errorf("it is %s", got.Delivery)
		}
		s.settled()
	})
}

// Where the customer has not written yet nothing is open: neither the bot's words nor a person's go out, and both are
// told why. A link that leads into a chat that is there opens it.
func TestAPlaceWhereNobodyWrote(t *testing.T) {
	play(t, func(s *stage) {
		s.turn.Window = func(string, tandem.Surface) (time.Duration, time.Duration) { return 24 * time.Hour, 7 * 24 * time.Hour }
		s.desk = s.turn.Desk()
		s.knows("out_for_delivery", false)
		s.comments("ania", parcel) // answered in private: a place of its own, where nobody wrote
		var private tandem.Thread
		for _, th := range s.snap("ania").Threads {
			if th.Surface == tandem.Direct {
				private = th
			}
		}
		if private.ID == "" || !private.WindowFrom.IsZero() {
			s.t.Fatalf("%+v", private)
		}
		if _, err := s.desk.Reply(bg, shop, s.id("ania"), ola, desk.Reply{Text: "I jeszcze jedno", Thread: private.ID}); code(err) != tandem.WindowNone {
			s.t.Errorf("%v", err)
		}
		s.event(tandem.Inbound{Kind: tandem.InReferral, Key: "l", User: "ania", Parts: []tandem.Part{{Type: "referral", Value: "zam-1"}}, Text: "zam-1", At: time.Now()})
		if _, err := s.desk.Reply(bg, shop, s.id("ania"), ola, desk.Reply{Text: "I jeszcze jedno", Thread: private.ID}); err != nil {
			s.t.Errorf("after the link: %v", err)
		}
	})
}

// The platform's word about who got a private reply makes the author of the comment and the writer of the message one,
// also where the comment named nobody, and where both are known already.
func TestThePrivateReplyTellsWhoItIs(t *testing.T) {
	play(t, func(s *stage) {
		s.send = func(_ context.Context, o tandem.Outgoing) (tandem.Receipt, error) {
			r := tandem.Receipt{External: tandem.NewID[string]()}
			if o.Private {
				r.User = "psid-" + o.To
			}
			return r, nil
		}
		s.knows("out_for_delivery", false)
		s.comments("anonymous:9001", parcel)
		s.writes("psid-anonymous:9001", "dziękuję")
		if a, b := s.id("anonymous:9001"), s.id("psid-anonymous:9001"); a != b {
			s.t.Errorf("two conversations: %s, %s", a, b)
		}
		if n := s.snap("anonymous:9001"); len(n.Threads) != 2 || len(n.Customer.Identities) != 2 {
			s.t.Errorf("%d places, %d ids", len(n.Threads), len(n.Customer.Identities))
		}

		s.writes("psid-jan", price) // known by the message before the comment
		s.comments("jan", parcel)
		if a, b := s.id("jan"), s.id("psid-jan"); a != b {
			s.t.Errorf("two conversations of one person: %s, %s", a, b)
		}
		s.settled()
	})
}
