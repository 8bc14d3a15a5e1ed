package desk_test

import (
	"sync"
	"testing"
	"time"

	"tandem"
	"tandem/desk"
	"tandem/store"
)

// outcome is one row: what a person does in which state, what they are told, and who has the
// conversation afterwards.
type outcome struct {
	name  string
	do    func(b *bench, id tandem.ConversationID) error
	code  string
	owner tandem.Owner
	agent tandem.UserID
}

func takeOver(u tandem.User) func(*bench, tandem.ConversationID) error {
	return func(b *bench, id tandem.ConversationID) error {
		return b.desk.TakeOver(bg, ws, id, u, b.now(id).Epoch)
	}
}

func reply(u tandem.User, in desk.Reply) func(*bench, tandem.ConversationID) error {
	return func(b *bench, id tandem.ConversationID) error {
		in := in // rows are played once per engine
		switch in.Text {
		case "-":
			in.Text = ""
		case "":
			in.Text = "Już sprawdzam."
		}
		_, err := b.desk.Reply(bg, ws, id, u, in)
		return err
	}
}

func giveBack(u tandem.User) func(*bench, tandem.ConversationID) error {
	return func(b *bench, id tandem.ConversationID) error {
		return b.desk.Return(bg, ws, id, u, "krótko", "")
	}
}

func closing(u tandem.User) func(*bench, tandem.ConversationID) error {
	return func(b *bench, id tandem.ConversationID) error { return b.desk.Close(bg, ws, id, u, "") }
}

func assign(to tandem.UserID, team tandem.TeamID) func(*bench, tandem.ConversationID) error {
	return func(b *bench, id tandem.ConversationID) error { return b.desk.Assign(bg, ws, id, boss, to, team) }
}

func queued(b *bench, id tandem.ConversationID) error { b.queued(id); return nil }

func again(b *bench, id tandem.ConversationID) error {
	b.writes(b.snap(id).Customer.Name)
	return nil
}

// after does several things, all but the last of which must succeed.
func after(do ...func(*bench, tandem.ConversationID) error) func(*bench, tandem.ConversationID) error {
	return func(b *bench, id tandem.ConversationID) error {
		for _, f := range do[:len(do)-1] {
			if err := f(b, id); err != nil {
				b.t.Fatalf("on the way: %v", err)
			}
		}
		return do[len(do)-1](b, id)
	}
}

var outcomes = []outcome{
	{"take over from the bot", takeOver(ola), "", tandem.Human, "ola"},
	{"take over from the queue", after(queued, takeOver(ola)), "", tandem.Human, "ola"},
	{"take over what one has", after(takeOver(ola), takeOver(ola)), "", tandem.Human, "ola"},
	{"take over from a colleague", after(takeOver(ola), takeOver(piotr)), "taken", tandem.Human, "ola"},
	{"take over on an old page", func(b *bench, id tandem.ConversationID) error {
		old := b.now(id).Epoch
		b.queued(id)
		return b.desk.TakeOver(bg, ws, id, ola, old)
	}, "moved", tandem.Queue, ""},
	{"take over on an old page what one has", func(b *bench, id tandem.ConversationID) error {
		old := b.now(id).Epoch
		takeOver(ola)(b, id)
		return b.desk.TakeOver(bg, ws, id, ola, old)
	}, "", tandem.Human, "ola"},
	{"take over whatever there is", after(queued, func(b *bench, id tandem.ConversationID) error {
		return b.desk.TakeOver(bg, ws, id, ola, desk.AnyEpoch)
	}), "", tandem.Human, "ola"},
	{"take over what is closed", after(closing(ola), takeOver(piotr)), "", tandem.Human, "piotr"},
	{"take over nothing", func(b *bench, _ tandem.ConversationID) error {
		return b.desk.TakeOver(bg, ws, "no-such", ola, desk.AnyEpoch)
	}, "not_found", tandem.Bot, ""},

	{"reply to what the bot has", reply(ola, desk.Reply{}), "", tandem.Human, "ola"},
	{"reply to the queue", after(queued, reply(ola, desk.Reply{})), "", tandem.Human, "ola"},
	{"reply into a colleague's", after(takeOver(ola), reply(piotr, desk.Reply{})), "", tandem.Human, "piotr"},
	{"reply nothing", reply(ola, desk.Reply{Text: "-"}), "empty_text", tandem.Bot, ""},
	{"reply to what one has not read", after(again, reply(ola, desk.Reply{SeenSeq: 1})), "newer_message", tandem.Bot, ""},
	{"reply to what one has read", after(again, reply(ola, desk.Reply{SeenSeq: 2})), "", tandem.Human, "ola"},
	{"reply nowhere", reply(ola, desk.Reply{Thread: "no-such"}), "no_thread", tandem.Bot, ""},

	{"give back to the bot", after(takeOver(ola), giveBack(ola)), "", tandem.Bot, ""},
	{"give back from the queue", after(queued, giveBack(ola)), "", tandem.Bot, ""},
	{"give back what the bot has", giveBack(ola), "moved", tandem.Bot, ""},
	{"give back twice", after(takeOver(ola), giveBack(ola), giveBack(ola)), "moved", tandem.Bot, ""},

	{"close", closing(ola), "", tandem.Closed, ""},
	{"close twice", after(closing(ola), closing(piotr)), "", tandem.Closed, ""},
	{"close what one has", after(takeOver(ola), closing(ola)), "", tandem.Closed, ""},
	{"the customer writes after that", after(closing(ola), again), "", tandem.Bot, ""},

	{"assign to a person", assign("ola", ""), "", tandem.Human, "ola"},
	{"assign a colleague's", after(takeOver(ola), assign("piotr", "")), "", tandem.Human, "piotr"},
	{"assign to nobody", assign("no-such", ""), "not_found", tandem.Bot, ""},
	{"assign to a team", assign("", "zwroty"), "", tandem.Queue, ""},
	{"assign a person's to a team", after(takeOver(ola), assign("", "zwroty")), "", tandem.Queue, ""},
	{"assign what is in the queue to a team", after(queued, assign("", "zwroty")), "", tandem.Queue, ""},

	{"an empty note", func(b *bench, id tandem.ConversationID) error {
		_, err := b.desk.Note(bg, ws, id, ola, "", false)
		return err
	}, "empty_text", tandem.Bot, ""},
	{"a priority there is not", func(b *bench, id tandem.ConversationID) error { return b.desk.SetPriority(bg, ws, id, ola, 3) }, "bad_priority", tandem.Bot, ""},
	{"a topic there is not", func(b *bench, id tandem.ConversationID) error { return b.desk.SetTopic(bg, ws, id, ola, "kosmos", "") }, "no_such_topic", tandem.Bot, ""},
	{"a verdict there is not", func(b *bench, id tandem.ConversationID) error { return b.desk.Verdict(bg, ws, id, ola, "so-so") }, "bad_verdict", tandem.Bot, ""},
	{"a verdict on nothing", func(b *bench, id tandem.ConversationID) error { return b.desk.Verdict(bg, ws, id, ola, "early") }, "not_found", tandem.Bot, ""},
	{"a verdict", after(queued, func(b *bench, id tandem.ConversationID) error { return b.desk.Verdict(bg, ws, id, ola, "early") }), "", tandem.Queue, ""},
}

func TestOutcomes(t *testing.T) {
	each(t, func(b *bench) {
		for _, o := range outcomes {
			id := b.stranger()
			before := b.now(id)
			got := code(o.do(b, id))
			c := b.now(id)
			if got != o.code || c.Owner != o.owner || c.Agent != o.agent {
				b.t.Errorf("%s: %q, owner %s %s; want %q, %s %s", o.name, got, c.Owner, c.Agent, o.code, o.owner, o.agent)
			}
			if c.Owner != before.Owner && c.Epoch == before.Epoch {
				b.t.Errorf("%s: the owner changed and the epoch did not", o.name)
			}
			if c.Epoch > before.Epoch && c.Rev <= before.Rev {
				b.t.Errorf("%s: the epoch grew and the rev did not", o.name)
			}
		}
	})
}

// Who loses a race is told who was quicker.
func TestTheWinnerIsNamed(t *testing.T) {
	each(t, func(b *bench) {
		id := b.stranger()
		epoch := b.now(id).Epoch
		var wg sync.WaitGroup
		errs := map[tandem.UserID]error{}
		var mu sync.Mutex
		for _, u := range []tandem.User{ola, piotr} {
			wg.Go(func() {
				err := b.desk.TakeOver(bg, ws, id, u, epoch)
				mu.Lock()
				errs[u.ID] = err
				mu.Unlock()
			})
		}
		wg.Wait()
		winner := b.now(id).Agent
		loser := map[tandem.UserID]tandem.UserID{"ola": "piotr", "piotr": "ola"}[winner]
		name := map[tandem.UserID]string{"ola": "Ola", "piotr": "Piotr"}[winner]
		if errs[winner] != nil || code(errs[loser]) != "taken" || errs[loser].Error() != name+" has taken over" {
			b.t.Errorf("the winner %s: %v, the other: %v", winner, errs[winner], errs[loser])
		}
	})
}

// Every change of owner is in the ledger with who, why and from where (I19), and the stretch of
// people has its card from the first moment (I16).
func TestTakingOverIsRecorded(t *testing.T) {
	each(t, func(b *bench) {
		id := b.stranger()
		if err := b.desk.TakeOver(bg, ws, id, ola, desk.AnyEpoch); err != nil {
			b.t.Fatal(err)
		}
		all, err := b.EventsOf(bg, ws, id, tandem.OwnerChanged)
		if err != nil || len(all) != 1 || all[0].Actor != "ola" || all[0].Code != "takeover" || all[0].Data["from"] != "bot" || all[0].Data["to"] != "human" {
			b.t.Errorf("the ledger: %+v, %v", all, err)
		}
		h, err := b.LastHandover(bg, ws, id)
		if err != nil || h.TakenBy != "ola" || h.Trigger.Code != "M1" || h.Card.Headline == "" || h.Card.Code != "M1" {
			b.t.Errorf("the hand-over: %+v, %v", h, err)
		}
		if b.jobs("silence") != 1 {
			b.t.Errorf("nobody watches whether the customer is answered")
		}
		s := b.snap(id)
		if m, _ := s.Last(tandem.FromCustomer); m.Disposition != tandem.WithHuman {
			b.t.Errorf("the customer's message is %s", m.Disposition)
		}
	})
}

func TestAReplyIsSentOnceByItsKey(t *testing.T) {
	each(t, func(b *bench) {
		id := b.stranger()
		first, err := b.desk.Reply(bg, ws, id, ola, desk.Reply{Text: "Już sprawdzam.", Key: "k1"})
		if err != nil {
			b.t.Fatal(err)
		}
		b.writes(b.snap(id).Customer.Name) // also when the customer has written since
		second, err := b.desk.Reply(bg, ws, id, ola, desk.Reply{Text: "Już sprawdzam.", Key: "k1", SeenSeq: 1})
		if err != nil || second.ID != first.ID {
			b.t.Errorf("the same key again: %s and %s, %v", first.ID, second.ID, err)
		}
		if n := len(b.said(id)); n != 1 || b.jobs("send") != 1 {
			b.t.Errorf("%d messages, %d to send", n, b.jobs("send"))
		}
		if other, err := b.desk.Reply(bg, ws, id, ola, desk.Reply{Text: "Już sprawdzam.", Key: "k2"}); err != nil || other.ID == first.ID {
			b.t.Errorf("another key: %v", err)
		}
	})
}

// A comment is answered in private once, whoever does it (CHANNELS.md 4.4).
func TestOnePrivateReplyToAComment(t *testing.T) {
	each(t, func(b *bench) {
		id, comment := b.comments("marta")
		m, err := b.desk.Reply(bg, ws, id, ola, desk.Reply{Text: "Piszę w wiadomości prywatnej.", Private: true})
		if err != nil || m.Kind != "private_reply" || m.ReplyTo != comment {
			b.t.Fatalf("%+v, %v", m, err)
		}
		if th, err := b.Thread(bg, ws, m.Thread); err != nil || th.Surface != tandem.Direct {
			b.t.Errorf("it goes to %+v, %v", th, err)
		}
		if _, err := b.desk.Reply(bg, ws, id, piotr, desk.Reply{Text: "Jeszcze raz", Private: true, Thread: b.snap(id).Messages[0].Thread}); code(err) != "private_reply_used" {
			b.t.Errorf("a second one: %v", err)
		}
		public, err := b.desk.Reply(bg, ws, id, piotr, desk.Reply{Text: "Odpisaliśmy w prywatnej.", Thread: b.snap(id).Messages[0].Thread})
		if err != nil || public.ReplyTo != comment || public.Kind == "private_reply" {
			b.t.Errorf("in public: %+v, %v", public, err)
		}
	})
}

// What people did with the suggestions is the evidence of their worth.
func TestSuggestionsAreUsedOrIgnored(t *testing.T) {
	each(t, func(b *bench) {
		id := b.stranger()
		if err := b.desk.TakeOver(bg, ws, id, ola, desk.AnyEpoch); err != nil {
			b.t.Fatal(err)
		}
		mine := b.draft(id, func(d *tandem.Draft) { d.Suggestion = true })
		other := b.draft(id, func(d *tandem.Draft) { d.Suggestion = true })
		if err := b.yes(mine, ola); code(err) != "stale_rev" { // a suggestion is nothing to approve
			b.t.Errorf("approving a suggestion: %v", err)
		}
		if _, err := b.desk.Reply(bg, ws, id, ola, desk.Reply{Text: mine.Text + " Zapraszam", Draft: mine.ID}); err != nil {
			b.t.Fatal(err)
		}
		used, ignored := b.state(mine.ID), b.state(other.ID)
		if used.State != tandem.DraftUsed || used.Reviewer != "ola" || used.Final != mine.Text+" Zapraszam" || used.Edit != "tone" {
			b.t.Errorf("the one that was sent: %+v", used)
		}
		if ignored.State != tandem.DraftIgnored {
			b.t.Errorf("the other: %s", ignored.State)
		}
	})
}

// A reply that is held for a moment can be taken back: then the customer still waits, and somebody
// is reminded of it.
func TestAReplyTakenBackLeavesTheCustomerWaiting(t *testing.T) {
	each(t, func(b *bench) {
		id := b.stranger()
		b.queued(id)
		m, err := b.desk.Reply(bg, ws, id, ola, desk.Reply{Text: "Pomyłka, oddzwonię jutro o 9:00.", Hold: 5 * time.Second})
		if err != nil {
			b.t.Fatal(err)
		}
		if _, err := b.desk.Cancel(bg, ws, id, piotr, m.ID); code(err) != "already_sent" {
			b.t.Errorf("a colleague takes it back: %v", err)
		}
		if text, err := b.desk.Cancel(bg, ws, id, ola, m.ID); err != nil || text != m.Text {
			b.t.Fatalf("%q, %v", text, err)
		}
		if got := b.said(id)[0]; got.Delivery != tandem.Suppressed || got.Problem != "cancelled" || b.jobs("send") != 0 {
			b.t.Errorf("the reply: %s %s, %d to send", got.Delivery, got.Problem, b.jobs("send"))
		}
		s := b.snap(id)
		asked, _ := s.Last(tandem.FromCustomer)
		if asked.Disposition != tandem.WithHuman || len(s.Unanswered()) != 1 {
			b.t.Errorf("the customer's message is %s, %d wait", asked.Disposition, len(s.Unanswered()))
		}
		if c := s.Conversation; c.Preview != asked.Text || c.LastFrom != tandem.FromCustomer || !c.LastAt.Equal(asked.At) {
			b.t.Errorf("the list still shows what was taken back: %s said %q", c.LastFrom, c.Preview)
		}
		if b.jobs("silence") == 0 {
			b.t.Error("nobody watches whether the customer is answered")
		}
		if len(s.Promises) > 0 || s.Handover == nil || !s.Handover.FirstReply.IsZero() {
			b.t.Errorf("what was taken back still counts: %+v, first reply %v", s.Promises, s.Handover.FirstReply)
		}
		if _, err := b.desk.Cancel(bg, ws, id, ola, m.ID); code(err) != "withdrawn" {
			b.t.Errorf("taking it back twice: %v", err)
		}
	})
}

func TestASentReplyCannotBeTakenBack(t *testing.T) {
	each(t, func(b *bench) {
		for _, to := range []tandem.Delivery{tandem.Sending, tandem.Sent, tandem.Read, tandem.Failed, tandem.Unknown} {
			id := b.stranger()
			m, err := b.desk.Reply(bg, ws, id, ola, desk.Reply{Text: "Już jest w drodze."})
			if err != nil {
				b.t.Fatal(err)
			}
			b.deliver(m, to)
			if _, err := b.desk.Cancel(bg, ws, id, ola, m.ID); code(err) != "already_sent" {
				b.t.Errorf("a message that is %s: %v", to, err)
			}
		}
	})
}

func (b *bench) deliver(m tandem.Message, to tandem.Delivery) {
	b.must(func(tx *store.Tx) error {
		_, err := tx.Deliver(&m, to, "", "test")
		return err
	})
}

// Only a person sends again what may have arrived, and never what the bot said (I8).
func TestRetry(t *testing.T) {
	each(t, func(b *bench) {
		for to, want := range map[tandem.Delivery]string{
			tandem.Queued: "not_failed", tandem.Sending: "not_failed", tandem.Sent: "not_failed", tandem.Delivered: "not_failed", tandem.Failed: "", tandem.Unknown: "",
		} {
			id := b.stranger()
			m, err := b.desk.Reply(bg, ws, id, ola, desk.Reply{Text: "Już jest w drodze."})
			if err != nil {
				b.t.Fatal(err)
			}
			b.deliver(m, to)
			before := b.jobs("send")
			err = b.desk.Retry(bg, ws, id, piotr, m.ID)
			if code(err) != want || (b.jobs("send") > before) != (want == "") {
				b.t.Errorf("a message that is %s: %v, %d more to send", to, err, b.jobs("send")-before)
			}
			if got := b.said(id)[0].Delivery; want == "" && got != tandem.Queued {
				b.t.Errorf("sent again, it is %s", got)
			}
		}
		id := b.stranger()
		th := b.snap(id).Threads[0]
		var m tandem.Message
		b.must(func(tx *store.Tx) error {
			c, err := tx.Conversation(id)
			if err != nil {
				return err
			}
			m = tandem.Message{Origin: tandem.FromBot, Text: "Od bota", Delivery: tandem.Failed, Epoch: c.Epoch}
			_, err = tx.AddMessage(&c, th, &m)
			return err
		})
		if err := b.desk.Retry(bg, ws, id, ola, m.ID); code(err) != "not_failed" {
			b.t.Errorf("the bot's words: %v", err)
		}
		if err := b.desk.Retry(bg, ws, b.stranger(), ola, m.ID); code(err) != "not_failed" {
			b.t.Errorf("a message of another conversation: %v", err)
		}
	})
}

// One press that reaches two nodes, or twice the same, is one message and nothing else: no job without a message,
// no promise made twice.
func TestTheSameReplyAtOnceIsOneMessage(t *testing.T) {
	each(t, func(b *bench) {
		for range 20 {
			id := b.stranger()
			var all [4]tandem.Message
			var at sync.WaitGroup
			for i := range all {
				at.Go(func() {
					m, err := b.desk.Reply(bg, ws, id, ola, desk.Reply{Text: "Oddzwonię jutro do 12:00.", Key: "k"})
					if err != nil {
						b.t.Error(err)
					}
					all[i] = m
				})
			}
			at.Wait()
			for _, m := range all {
				if m.ID != all[0].ID {
					b.t.Fatalf("one press is the messages %s and %s", all[0].ID, m.ID)
				}
			}
			if n := len(b.snap(id).Promises); n > 1 || len(b.said(id)) != 1 {
				b.t.Fatalf("%d messages with %d promises", len(b.said(id)), n)
			}
		}
		if n := b.jobs("send"); n != 20 {
			b.t.Errorf("%d messages are to be sent, want 20", n)
		}
	})
}
