package desk_test

import (
	"strings"
	"sync"
	"testing"
	"time"

	"tandem"
	"tandem/desk"
	"tandem/store"
)

// review is one row: a draft, what happens to it, and what becomes of it.
type review struct {
	name  string
	draft func(*tandem.Draft)
	do    func(b *bench, d tandem.Draft) error
	code  string
	state tandem.DraftState
	sent  int
}

func approve(u tandem.User, text string) func(*bench, tandem.Draft) error {
	return func(b *bench, d tandem.Draft) error {
		_, err := b.desk.Approve(bg, ws, d.ID, u, desk.Approval{SeenRev: b.now(d.Conversation).Rev, Text: text})
		return err
	}
}

// onOldPage approves with the rev that was seen before something happened.
func onOldPage(meanwhile func(*bench, tandem.Draft)) func(*bench, tandem.Draft) error {
	return func(b *bench, d tandem.Draft) error {
		seen := b.now(d.Conversation).Rev
		meanwhile(b, d)
		_, err := b.desk.Approve(bg, ws, d.ID, ola, desk.Approval{SeenRev: seen})
		return err
	}
}

func reject(u tandem.User, reason, instruction string) func(*bench, tandem.Draft) error {
	return func(b *bench, d tandem.Draft) error { return b.desk.Reject(bg, ws, d.ID, u, reason, instruction) }
}

func inTurn(do ...func(*bench, tandem.Draft) error) func(*bench, tandem.Draft) error {
	return func(b *bench, d tandem.Draft) (err error) {
		for _, f := range do {
			err = f(b, d)
		}
		return err
	}
}

func acted(do func(*bench, tandem.ConversationID) error) func(*bench, tandem.Draft) {
	return func(b *bench, d tandem.Draft) {
		if err := do(b, d.Conversation); err != nil {
			b.t.Fatal(err)
		}
	}
}

func badClaim(d *tandem.Draft)  { d.Claims[0].Bad, d.Claims[0].Value = true, "30 dni" }
func unsourced(d *tandem.Draft) { d.Claims[0].Source = "" }

var reviews = []review{
	{"yes", nil, approve(ola, ""), "", tandem.DraftApproved, 1},
	{"yes, with changes", nil, approve(ola, "Wymiana trwa 14 dni."), "", tandem.DraftEdited, 1},
	{"yes, twice", nil, inTurn(approve(ola, ""), approve(ola, "")), "decided", tandem.DraftApproved, 1},
	{"yes, by two", nil, inTurn(approve(ola, ""), approve(piotr, "")), "decided", tandem.DraftApproved, 1},
	{"yes, while a colleague has it open", nil, func(b *bench, d tandem.Draft) error {
		if _, err := b.desk.OpenDraft(bg, ws, d.ID, piotr); err != nil {
			b.t.Fatal(err)
		}
		return approve(ola, "")(b, d)
	}, "leased", tandem.DraftPending, 0},
	{"yes, to what one has open", nil, func(b *bench, d tandem.Draft) error {
		if _, err := b.desk.OpenDraft(bg, ws, d.ID, ola); err != nil {
			b.t.Fatal(err)
		}
		return approve(ola, "")(b, d)
	}, "", tandem.DraftApproved, 1},
	{"yes, on a page that has changed", nil, onOldPage(func(b *bench, d tandem.Draft) { // another tab moved the priority
		if err := b.desk.SetPriority(bg, ws, d.Conversation, boss, tandem.High); err != nil {
			b.t.Fatal(err)
		}
	}), "stale_rev", tandem.DraftPending, 0},
	{"yes, with a rev of the future", nil, func(b *bench, d tandem.Draft) error {
		_, err := b.desk.Approve(bg, ws, d.ID, ola, desk.Approval{SeenRev: b.now(d.Conversation).Rev + 1})
		return err
	}, "stale_rev", tandem.DraftPending, 0},
	{"yes, without having seen", nil, func(b *bench, d tandem.Draft) error {
		_, err := b.desk.Approve(bg, ws, d.ID, ola, desk.Approval{})
		return err
	}, "stale_rev", tandem.DraftPending, 0},
	{"yes, after the customer wrote", nil, onOldPage(acted(again)), "decided", tandem.DraftStale, 0},
	{"yes, after a person took over", nil, onOldPage(acted(takeOver(piotr))), "decided", tandem.DraftStale, 0},
	{"yes, after a trigger", nil, onOldPage(acted(queued)), "decided", tandem.DraftStale, 0},
	{"yes, after closing", nil, onOldPage(acted(closing(piotr))), "decided", tandem.DraftStale, 0},
	{"yes, after a reply", nil, onOldPage(acted(reply(piotr, desk.Reply{}))), "decided", tandem.DraftStale, 1},
	{"yes, to a draft of an older epoch", func(d *tandem.Draft) { d.Epoch-- }, approve(ola, ""), "stale_rev", tandem.DraftPending, 0},
	{"yes, to a draft of an older message", func(d *tandem.Draft) { d.Seq-- }, approve(ola, ""), "stale_rev", tandem.DraftPending, 0},
	{"yes, to a contradicted claim", badClaim, approve(ola, ""), "blocked", tandem.DraftPending, 0},
	{"yes, to an unsourced claim", unsourced, approve(ola, ""), "blocked", tandem.DraftPending, 0},
	{"yes, to a contradicted claim set right", badClaim, approve(ola, "Wymiana trwa 30 dni, a kurier jest za darmo."), "", tandem.DraftEdited, 1},
	{"yes, to nothing", nil, func(b *bench, d tandem.Draft) error {
		_, err := b.desk.Approve(bg, ws, "no-such", ola, desk.Approval{})
		return err
	}, "not_found", tandem.DraftPending, 0},

	{"no", nil, reject(ola, "tone", ""), "", tandem.DraftRejected, 0},
	{"no, without a reason", nil, reject(ola, "", ""), "no_reason", tandem.DraftPending, 0},
	{"no, twice", nil, inTurn(reject(ola, "tone", ""), reject(piotr, "tone", "")), "decided", tandem.DraftRejected, 0},
	{"no, after yes", nil, inTurn(approve(ola, ""), reject(piotr, "tone", "")), "decided", tandem.DraftApproved, 1},
	{"no, while a colleague has it open", nil, func(b *bench, d tandem.Draft) error {
		if _, err := b.desk.OpenDraft(bg, ws, d.ID, piotr); err != nil {
			b.t.Fatal(err)
		}
		return reject(ola, "tone", "")(b, d)
	}, "leased", tandem.DraftPending, 0},
	{"no, write it again", nil, reject(ola, "tone", "krócej"), "", tandem.DraftRejected, 0},
}

func TestReviews(t *testing.T) {
	each(t, func(b *bench) {
		for _, r := range reviews {
			d := b.draft(b.stranger(), r.draft)
			sends := b.jobs("send")
			got := code(r.do(b, d))
			after := b.state(d.ID)
			if got != r.code || after.State != r.state || b.jobs("send")-sends != r.sent || len(b.said(d.Conversation)) != r.sent {
				b.t.Errorf("%s: %q, the draft is %s, %d said and %d to send; want %q, %s, %d", r.name, got, after.State, len(b.said(d.Conversation)), b.jobs("send")-sends, r.code, r.state, r.sent)
			}
		}
	})
}

// A sent draft is the reviewer's message: the original, the change and the reviewer are kept.
func TestAnApprovedDraftIsTheReviewersMessage(t *testing.T) {
	each(t, func(b *bench) {
		id := b.stranger()
		d := b.draft(id, nil)
		final := strings.Replace(d.Text, "14 dni", "30 dni", 1)
		m, err := b.desk.Approve(bg, ws, d.ID, ola, desk.Approval{SeenRev: b.now(id).Rev, Text: final, Reasons: []string{"fact"}})
		if err != nil {
			b.t.Fatal(err)
		}
		if m.Origin != tandem.FromDraft || m.Author != "ola" || m.Draft != d.ID || m.Text != final || m.Thread != d.Thread {
			b.t.Errorf("the message: %+v", m)
		}
		got := b.state(d.ID)
		if got.Text != d.Text || got.Final != final || got.Edit != "factual" || got.Reviewer != "ola" || got.Reason != "fact" || got.DecidedAt.IsZero() || got.Distance <= 0 {
			b.t.Errorf("the draft: %+v", got)
		}
		c := b.now(id)
		if c.Owner != tandem.Bot || c.Answered != c.Asked {
			b.t.Errorf("after an approval: owner %s, answered %d of %d", c.Owner, c.Answered, c.Asked)
		}
	})
}

// changes lets a customer correct, or take back, the newest message.
func (b *bench) changes(id tandem.ConversationID, how tandem.InboundKind) error {
	m, ok := b.snap(id).Last(tandem.FromCustomer)
	if !ok {
		b.t.Fatal("the customer has said nothing")
	}
	b.event(tandem.Inbound{Kind: how, Target: m.External, User: b.snap(id).Customer.Name, Text: "Jednak chcę zwrot"})
	return nil
}

// A yes is for what the reviewer saw: while it can still be taken back, a correction of the customer, or a
// message that is taken back, takes it back too. What is corrected waits for an answer, what is gone does not.
func TestAHeldDraftDoesNotOutliveWhatItAnswers(t *testing.T) {
	for how, waits := range map[tandem.InboundKind]bool{tandem.InEdited: true, tandem.InDeleted: false} {
		each(t, func(b *bench) {
			id := b.stranger()
			d := b.draft(id, nil)
			m, err := b.desk.Approve(bg, ws, d.ID, ola, desk.Approval{SeenRev: b.now(id).Rev, Hold: approvalHold})
			if err != nil {
				b.t.Fatal(err)
			}
			if err := b.changes(id, how); err != nil {
				b.t.Fatal(err)
			}
			if m, err = b.Message(bg, ws, m.ID); err != nil || m.Delivery != tandem.Suppressed || m.Problem != "message_changed" || b.jobs("send") != 0 {
				b.t.Errorf("%s: the draft is %s (%s), %v, and %d to send", how, m.Delivery, m.Problem, err, b.jobs("send"))
			}
			s := b.snap(id)
			if open := len(s.Unanswered()) > 0; b.state(d.ID).State != tandem.DraftStale || open != waits || s.Conversation.Answered < s.Conversation.Asked != waits || b.jobs("turn") == 0 {
				b.t.Errorf("%s: the draft is %s, the customer waits: %v, answered %d of %d", how, b.state(d.ID).State, open, s.Conversation.Answered, s.Conversation.Asked)
			}
		})
	}
}

// No makes the reviewer the owner, so that nobody is left without an answer; with an instruction the
// bot writes again.
func TestAfterARejection(t *testing.T) {
	each(t, func(b *bench) {
		id := b.stranger()
		if err := b.desk.Reject(bg, ws, b.draft(id, nil).ID, ola, "fact", ""); err != nil {
			b.t.Fatal(err)
		}
		if c := b.now(id); c.Owner != tandem.Human || c.Agent != "ola" {
			b.t.Errorf("after no: %s %s", c.Owner, c.Agent)
		}
		other := b.stranger()
		d := b.draft(other, nil)
		b.must(func(tx *store.Tx) error { return tx.Cancel("turn:" + string(other)) })
		turns := b.jobs("turn")
		if err := b.desk.Reject(bg, ws, d.ID, ola, "tone", "krócej"); err != nil {
			b.t.Fatal(err)
		}
		if c := b.now(other); c.Owner != tandem.Bot || c.Instructed != "krócej" || b.jobs("turn") != turns+1 {
			b.t.Errorf("after no with an instruction: %s, %q, %d turns", c.Owner, c.Instructed, b.jobs("turn")-turns)
		}
	})
}

// Two who press yes at the same moment send one message.
func TestTwoApproveAtOnce(t *testing.T) {
	each(t, func(b *bench) {
		d := b.draft(b.stranger(), nil)
		var wg sync.WaitGroup
		errs := make([]error, 8)
		for i := range errs {
			wg.Go(func() { errs[i] = b.yes(d, []tandem.User{ola, piotr}[i%2]) })
		}
		wg.Wait()
		won := 0
		for _, err := range errs {
			switch code(err) {
			case "":
				won++
			case "decided", "stale_rev":
			default:
				b.t.Errorf("the other: %v", err)
			}
		}
		if won != 1 || len(b.said(d.Conversation)) != 1 || b.jobs("send") != 1 {
			b.t.Errorf("%d won, %d said, %d to send", won, len(b.said(d.Conversation)), b.jobs("send"))
		}
	})
}

// A reviewer has a draft for a minute; then others may have it, unless it is renewed.
func TestTheLeaseOfADraft(t *testing.T) {
	each(t, func(b *bench) {
		d := b.draft(b.stranger(), nil)
		open := func(u tandem.User) string {
			_, err := b.desk.OpenDraft(bg, ws, d.ID, u)
			return code(err)
		}
		if got := open(ola); got != "" {
			b.t.Fatal(got)
		}
		first := b.state(d.ID).Opened
		time.Sleep(59 * time.Second)
		if got := open(piotr); got != "leased" {
			b.t.Errorf("after 59 s: %q", got)
		}
		if err := b.yes(d, piotr); code(err) != "leased" || !strings.Contains(err.Error(), "Ola") {
			b.t.Errorf("who has it is not named: %v", err)
		}
		if got := open(ola); got != "" { // renewed
			b.t.Errorf("renewing: %q", got)
		}
		time.Sleep(59 * time.Second)
		if got := open(piotr); got != "leased" {
			b.t.Errorf("59 s after renewing: %q", got)
		}
		time.Sleep(time.Second)
		if got := open(piotr); got != "" {
			b.t.Errorf("after a minute: %q", got)
		}
		if got := b.state(d.ID); got.LeaseBy != "piotr" || !got.Opened.Equal(first) {
			b.t.Errorf("%+v", got)
		}
		if got := open(ola); got != "leased" {
			b.t.Errorf("then the first one: %q", got)
		}
		if err := b.desk.ReleaseDraft(bg, ws, d.ID, ola); err != nil { // not hers any more
			b.t.Error(err)
		}
		if got := open(ola); got != "leased" {
			b.t.Errorf("somebody else let it go: %q", got)
		}
		if err := b.desk.ReleaseDraft(bg, ws, d.ID, piotr); err != nil {
			b.t.Error(err)
		}
		if got := open(ola); got != "" {
			b.t.Errorf("after it was let go: %q", got)
		}
	})
}

// A planted draft is never sent, whatever is pressed, and the true one comes back in its place.
func TestAPlantedDraftIsNeverSent(t *testing.T) {
	each(t, func(b *bench) {
		for _, c := range []struct {
			name  string
			do    func(*bench, tandem.Draft) error
			code  string
			state tandem.DraftState
		}{
			{"yes", approve(ola, ""), "trap", tandem.DraftMissed},
			{"yes, with another word", approve(ola, "Wymiana trwa 12 dni, a kurier jest gratis."), "trap", tandem.DraftMissed},
			{"yes, set right", approve(ola, "Wymiana trwa 14 dni, a kurier jest za darmo."), "trap_caught", tandem.DraftCaught},
			{"no", reject(ola, "fact", ""), "", tandem.DraftCaught},
		} {
			id := b.stranger()
			sends := b.jobs("send")
			d := b.draft(id, trap)
			time.Sleep(40 * time.Second) // somebody thinks about it
			if got := code(c.do(b, d)); got != c.code {
				b.t.Errorf("%s: %q", c.name, got)
			}
			if got := b.state(d.ID); got.State != c.state || got.Reviewer != "ola" {
				b.t.Errorf("%s: the planted one is %s", c.name, got.State)
			}
			if len(b.said(id)) != 0 || b.jobs("send") != sends {
				b.t.Fatalf("%s: something was sent", c.name)
			}
			if now := b.now(id); now.Owner != tandem.Bot {
				b.t.Errorf("%s: the owner is %s", c.name, now.Owner)
			}
			waiting := b.snap(id).Drafts
			if len(waiting) != 1 || waiting[0].Text != d.Original || waiting[0].Trap != "" || waiting[0].Original != "" || waiting[0].Reviewer != "" || !waiting[0].Due.Equal(d.Due) {
				b.t.Fatalf("%s: waiting: %+v", c.name, waiting)
			}
			if err := b.yes(waiting[0], piotr); err != nil {
				b.t.Errorf("%s: the true one: %v", c.name, err)
			}
			if said := b.said(id); len(said) != 1 || said[0].Text != d.Original {
				b.t.Errorf("%s: said %+v", c.name, said)
			}
		}
	})
}

// second makes every approved draft be reviewed once more.
func (b *bench) second() {
	b.must(func(tx *store.Tx) error {
		w, err := tx.Workspace()
		if err != nil {
			return err
		}
		w.Settings.Sampling.Second = 1000
		return tx.SaveWorkspace(w)
	})
}

func TestTheSecondReviewIsSomebodyElses(t *testing.T) {
	each(t, func(b *bench) {
		b.second()
		id := b.stranger()
		d := b.draft(id, nil)
		if _, err := b.desk.Approve(bg, ws, d.ID, ola, desk.Approval{SeenRev: b.now(id).Rev, Text: d.Text + " Pozdrawiam"}); err != nil {
			b.t.Fatal(err)
		}
		waiting := b.snap(id).Drafts
		if len(waiting) != 1 || waiting[0].Purpose != tandem.ForSecond || waiting[0].Text != d.Text || waiting[0].Final != "" {
			b.t.Fatalf("the second review is blind: %+v", waiting)
		}
		two := waiting[0]
		for name, err := range map[string]error{
			"approving": b.yes(two, ola), "rejecting": b.desk.Reject(bg, ws, two.ID, ola, "fact", ""),
		} {
			if code(err) != "own_review" {
				b.t.Errorf("%s one's own: %v", name, err)
			}
		}
		if _, err := b.desk.OpenDraft(bg, ws, two.ID, ola); code(err) != "own_review" {
			b.t.Errorf("opening one's own: %v", err)
		}
		b.writes(b.snap(id).Customer.Name) // what happens since does not matter: nothing is sent
		if err := b.yes(two, piotr); err != nil {
			b.t.Errorf("a colleague: %v", err)
		}
		if got := b.state(two.ID); got.State != tandem.DraftApproved || got.Reviewer != "piotr" {
			b.t.Errorf("%+v", got)
		}
		if n := len(b.said(id)); n != 1 {
			b.t.Errorf("%d messages were said", n)
		}
		for _, w := range b.snap(id).Drafts {
			if w.Purpose == tandem.ForSecond {
				b.t.Error("a review of a review")
			}
		}
	})
}
