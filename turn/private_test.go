package turn_test

import (
	"testing"
	"time"

	"tandem"
	"tandem/desk"
)

// split sorts what was sent to a customer: in public, and private replies to a comment.
func (s *stage) split(user string) (public, private []tandem.Outgoing) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, o := range s.sent {
		if o.To != user {
			continue
		}
		if o.Surface == tandem.Comment {
			public = append(public, o)
		} else {
			private = append(private, o)
		}
	}
	s.sent = nil
	return public, private
}

// A matter of one's own is never told about in public: there it is one line, and the answer is private.
func TestAMatterOfOnesOwnInPublic(t *testing.T) {
	play(t, func(s *stage) {
		s.knows("out_for_delivery", false)
		s.comments("ania", parcel)
		public, private := s.split("ania")
		if len(public) != 1 || len(private) != 1 {
			s.t.Fatalf("%d in public, %d in private", len(public), len(private))
		}
		if has([]string{public[0].Text}, "48213") || has([]string{public[0].Text}, "600123") || public[0].Private || public[0].ReplyTo != "ania-1" {
			s.t.Errorf("in public: %+v", public[0])
		}
		if !private[0].Private || private[0].ReplyTo != "ania-1" || !has([]string{private[0].Text}, "600123") && !has([]string{private[0].Text}, "48213") {
			s.t.Errorf("in private: %+v", private[0])
		}
		n := s.snap("ania")
		if n.Conversation.Owner != tandem.Bot || len(n.Unanswered()) != 0 || len(n.Threads) != 2 || n.Conversation.Disclosed.IsZero() {
			s.t.Errorf("%+v", n.Conversation)
		}
		s.settled()
	})
}

// Whom the shop does not know is asked for data in private.
func TestDataIsAskedForInPrivate(t *testing.T) {
	play(t, func(s *stage) {
		s.comments("ania", parcel)
		public, private := s.split("ania")
		if len(public) != 1 || len(private) != 1 || !private[0].Private {
			s.t.Fatalf("%d in public, %d in private", len(public), len(private))
		}
		if has([]string{public[0].Text}, "numer") {
			s.t.Errorf("a number is asked for in public: %q", public[0].Text)
		}
	})
}

// A general question is answered where it was asked, once.
func TestAGeneralQuestionInPublic(t *testing.T) {
	play(t, func(s *stage) {
		s.comments("ania", price)
		public, private := s.split("ania")
		if len(public) != 1 || len(private) != 0 || !has([]string{public[0].Text}, "14,99") {
			s.t.Errorf("%d in public, %d in private", len(public), len(private))
		}
	})
}

// A bad fact with feeling in public is a person's: nothing is said at all.
func TestABadFactInPublicIsAPersons(t *testing.T) {
	play(t, func(s *stage) {
		s.knows("exception_lost", true)
		s.comments("ania", parcel)
		s.owner("ania", tandem.Queue, "T16")
		if public, private := s.split("ania"); len(public)+len(private) != 0 {
			s.t.Errorf("%d in public, %d in private", len(public), len(private))
		}
	})
}

// The one private reply to a comment is used up, whoever used it.
func TestOnePrivateReplyWhoeverWritesIt(t *testing.T) {
	play(t, func(s *stage) {
		s.comments("ania", parcel)
		where := s.snap("ania").Messages[0].Thread
		if _, err := s.desk.Reply(bg, shop, s.id("ania"), ola, desk.Reply{Text: "Piszę prywatnie", Private: true, Thread: where}); code(err) != "private_reply_used" {
			s.t.Errorf("after the bot's: %v", err)
		}
		s.split("ania")
		s.comments("ania", "halo, a paczka?") // another comment has one of its own, but the bot has asked already
		s.wait(10 * time.Second)
		_, private := s.split("ania")
		for _, o := range private {
			if o.Private && o.ReplyTo == "ania-1" {
				s.t.Errorf("a second private reply to the first comment: %+v", o)
			}
		}
	})
}
