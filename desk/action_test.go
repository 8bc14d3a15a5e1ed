package desk_test

import (
	"context"
	"testing"

	"tandem"
	"tandem/desk"
)

// shop is a Doer that counts what it was asked to do.
type shop struct {
	tandem.Lookup
	err  error
	keys []string
	then func()
}

// Do implements tandem.Doer.
func (s *shop) Do(_ context.Context, a tandem.Action) (string, error) {
	s.keys = append(s.keys, a.Key)
	if s.then != nil {
		s.then()
	}
	return "R-1", s.err
}

// stand makes a shop the system that the workspace asks.
func (b *bench) stand(s *shop) *shop {
	b.turn.Lookup = func(tandem.WorkspaceID) tandem.Lookup { return s }
	return s
}

// proposed is a refund that waits, in a conversation of the queue.
func (b *bench) proposed(amount int64) tandem.Action {
	b.t.Helper()
	id := b.stranger()
	b.queued(id)
	a, err := b.desk.ProposeAction(bg, ws, ola, id, desk.Proposal{Kind: tandem.RefundAmount, Subject: "48213", Amount: amount, Currency: "PLN", Reason: "goodwill"})
	if err != nil {
		b.t.Fatal(err)
	}
	return a
}

func (b *bench) yesTo(a tandem.Action, u tandem.User) error {
	_, err := b.desk.ApproveAction(bg, ws, a.ID, u, b.now(a.Conversation).Rev)
	return err
}

func (b *bench) deed(a tandem.Action) tandem.Action {
	b.t.Helper()
	a, err := b.Action(bg, ws, a.ID)
	if err != nil {
		b.t.Fatal(err)
	}
	return a
}

// carry does the jobs of actions that are due.
func (b *bench) carry() {
	b.t.Helper()
	jobs, err := b.ClaimJobs(bg, 1, 100)
	if err != nil {
		b.t.Fatal(err)
	}
	for _, j := range jobs {
		if j.Kind == "act" {
			if err := b.turn.Act(bg, j); err != nil {
				b.t.Fatal(err)
			}
		}
	}
}

// TestActionsNeedAPersonsWord: one row is one way to a decision, what it is refused with and what was
// asked of the shop.
func TestActionsNeedAPersonsWord(t *testing.T) {
	manager := tandem.RefundLimit + 1
	for _, row := range []struct {
		name   string
		amount int64
		do     func(b *bench, a tandem.Action) error
		code   string
		state  tandem.ActionState
		calls  int
	}{
		{"yes", 1499, func(b *bench, a tandem.Action) error { return b.yesTo(a, ola) }, "", tandem.ActionDone, 1},
		{"nobody decided", 1499, func(*bench, tandem.Action) error { return nil }, "", tandem.ActionProposed, 0},
		{"yes by nobody", 1499, func(b *bench, a tandem.Action) error { return b.yesTo(a, tandem.User{Role: tandem.RoleOwner}) }, "nobody", tandem.ActionProposed, 0},
		{"yes at the limit", tandem.RefundLimit, func(b *bench, a tandem.Action) error { return b.yesTo(a, ola) }, "", tandem.ActionDone, 1},
		{"yes above the limit", int64(manager), func(b *bench, a tandem.Action) error { return b.yesTo(a, ola) }, "over_limit", tandem.ActionProposed, 0},
		{"a manager's yes above the limit", int64(manager), func(b *bench, a tandem.Action) error { return b.yesTo(a, boss) }, "", tandem.ActionDone, 1},
		{"yes, twice", 1499, func(b *bench, a tandem.Action) error {
			if err := b.yesTo(a, ola); err != nil {
				return err
			}
			return b.yesTo(a, piotr)
		}, "decided", tandem.ActionDone, 1},
		{"yes to an old page", 1499, func(b *bench, a tandem.Action) error {
			seen := b.now(a.Conversation).Rev
			if err := b.desk.SetPriority(bg, ws, a.Conversation, piotr, tandem.Urgent); err != nil {
				return err
			}
			_, err := b.desk.ApproveAction(bg, ws, a.ID, ola, seen)
			return err
		}, "stale_rev", tandem.ActionProposed, 0},
		{"no", 1499, func(b *bench, a tandem.Action) error {
			_, err := b.desk.RejectAction(bg, ws, a.ID, ola, "not_due")
			return err
		}, "", tandem.ActionRejected, 0},
		{"no, without a reason", 1499, func(b *bench, a tandem.Action) error {
			_, err := b.desk.RejectAction(bg, ws, a.ID, ola, "")
			return err
		}, "no_reason", tandem.ActionProposed, 0},
		{"yes after no", 1499, func(b *bench, a tandem.Action) error {
			if _, err := b.desk.RejectAction(bg, ws, a.ID, ola, "not_due"); err != nil {
				return err
			}
			return b.yesTo(a, boss)
		}, "decided", tandem.ActionRejected, 0},
		{"a colleague takes over before it is done", 1499, func(b *bench, a tandem.Action) error {
			if err := b.yesTo(a, ola); err != nil {
				return err
			}
			return b.desk.TakeOver(bg, ws, a.Conversation, piotr, desk.AnyEpoch)
		}, "", tandem.ActionProposed, 0},
		{"who approved takes over", 1499, func(b *bench, a tandem.Action) error {
			if err := b.yesTo(a, ola); err != nil {
				return err
			}
			return b.desk.TakeOver(bg, ws, a.Conversation, ola, desk.AnyEpoch)
		}, "", tandem.ActionDone, 1},
	} {
		t.Run(row.name, func(t *testing.T) {
			each(t, func(b *bench) {
				b.t = t
				s := b.stand(&shop{})
				a := b.proposed(row.amount)
				if got := code(row.do(b, a)); got != row.code {
					t.Errorf("refused with %q", got)
				}
				said := len(b.said(a.Conversation))
				b.carry()
				if got := b.deed(a); got.State != row.state || len(s.keys) != row.calls {
					t.Errorf("state %s (%s), the shop was asked %d times", got.State, got.Result, len(s.keys))
				}
				if len(b.said(a.Conversation)) != said {
					t.Error("an action sent a text")
				}
			})
		})
	}
}

func TestAnActionOfUnknownFateWaitsForAPerson(t *testing.T) {
	each(t, func(b *bench) {
		s := b.stand(&shop{err: tandem.ErrMaybeDone})
		a := b.proposed(1499)
		if err := b.yesTo(a, ola); err != nil {
			t.Fatal(err)
		}
		if err := b.desk.Return(bg, ws, a.Conversation, ola, "", ""); err != nil { // nobody looks any more
			t.Fatal(err)
		}
		b.carry()
		if got := b.deed(a); got.State != tandem.ActionUnknown || len(s.keys) != 1 {
			t.Fatalf("state %s after %d calls", got.State, len(s.keys))
		}
		if c := b.now(a.Conversation); c.Owner != tandem.Queue {
			t.Errorf("nobody was told: owner %s", c.Owner)
		}
		if b.jobs("act") != 1 { // the one that was just carried out; the runner finishes it
			t.Errorf("%d jobs would do it again", b.jobs("act"))
		}
		s.err = nil
		if err := b.yesTo(a, piotr); err != nil {
			t.Fatal(err)
		}
		got := b.deed(a)
		if got.State != tandem.ActionApproved || got.ApprovedBy != piotr.ID || got.Key != a.Key {
			t.Errorf("%+v", got)
		}
	})
}

// TestAWorkerThatDied: the call was under way, so it may have been done; the next worker does not call.
func TestAWorkerThatDied(t *testing.T) {
	each(t, func(b *bench) {
		s := b.stand(&shop{then: func() { panic("power cut") }})
		a := b.proposed(1499)
		if err := b.yesTo(a, ola); err != nil {
			t.Fatal(err)
		}
		func() {
			defer func() { recover() }()
			b.carry()
		}()
		if got := b.deed(a); got.State != tandem.ActionDoing {
			t.Fatalf("state %s", got.State)
		}
		b.carry() // the lease of a nanosecond is over
		if got := b.deed(a); got.State != tandem.ActionUnknown || len(s.keys) != 1 {
			t.Errorf("state %s after %d calls", got.State, len(s.keys))
		}
	})
}

func TestProposalsAreChecked(t *testing.T) {
	home := map[string]string{"street": "Długa 1", "postcode": "00-950", "city": "Warszawa"}
	each(t, func(b *bench) {
		id := b.stranger()
		for _, row := range []struct {
			p    desk.Proposal
			code string
		}{
			{desk.Proposal{Kind: "gift", Subject: "1"}, "action_unknown_kind"},
			{desk.Proposal{Kind: tandem.RefundAmount, Subject: " ", Amount: 1, Currency: "PLN"}, "action_no_order"},
			{desk.Proposal{Kind: tandem.RefundAmount, Subject: "1", Currency: "PLN"}, "action_no_amount"},
			{desk.Proposal{Kind: tandem.RefundAmount, Subject: "1", Amount: -5, Currency: "PLN"}, "action_no_amount"},
			{desk.Proposal{Kind: tandem.RefundAmount, Subject: "1", Amount: 5, Currency: "zł"}, "action_no_amount"},
			{desk.Proposal{Kind: tandem.Resend, Subject: "1", Amount: 5, Currency: "PLN"}, "action_no_amount"},
			{desk.Proposal{Kind: tandem.ChangeAddress, Subject: "1", Args: map[string]string{"city": "Warszawa"}}, "action_no_address"},
			{desk.Proposal{Kind: tandem.ChangeAddress, Subject: "1", Args: map[string]string{"street": "a", "postcode": "b", "city": "c", "planet": "d"}}, "action_no_address"},
			{desk.Proposal{Kind: tandem.RefundDelivery, Subject: "1", Amount: 5, Currency: "PLN", Args: home}, "action_no_address"},
			{desk.Proposal{Kind: tandem.ChangeAddress, Subject: "1", Args: home}, ""},
			{desk.Proposal{Kind: tandem.ChangeAddress, Subject: "1", Args: home}, "action_exists"},
			{desk.Proposal{Kind: tandem.ChangeAddress, Subject: "2", Args: home}, ""},
		} {
			if _, err := b.desk.ProposeAction(bg, ws, ola, id, row.p); code(err) != row.code {
				t.Errorf("%+v: %v", row.p, err)
			}
		}
		if all, err := b.Actions(bg, ws, id); err != nil || len(all) != 2 || all[0].Args["city"] != "Warszawa" {
			t.Errorf("%v, %v", all, err)
		}
	})
}
