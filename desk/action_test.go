package desk_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"tandem"
	"tandem/desk"
	"tandem/job"
	"tandem/store"
)

const approvalHold = 5 * time.Second

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
	_, err := b.desk.ApproveAction(bg, ws, a.ID, u, b.now(a.Conversation).Rev, 0)
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
			_, err := b.desk.ApproveAction(bg, ws, a.ID, ola, seen, 0)
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

// TestAnApprovedActionIsHeld: one row is what happens while an approval can still be taken back, what the
// action is then and how often the shop was asked, before and after the time is over.
func TestAnApprovedActionIsHeld(t *testing.T) {
	undo := func(u tandem.User) func(*bench, tandem.Action) error {
		return func(b *bench, a tandem.Action) error {
			_, err := b.desk.CancelAction(bg, ws, a.ID, u)
			return err
		}
	}
	for _, row := range []struct {
		name  string
		do    func(b *bench, a tandem.Action) error
		code  string
		state tandem.ActionState
		why   string
		calls int
	}{
		{"nothing", func(*bench, tandem.Action) error { return nil }, "", tandem.ActionDone, "R-1", 1},
		{"taken back", undo(ola), "", tandem.ActionProposed, "cancelled", 0},
		{"taken back by somebody else", undo(piotr), "not_yours", tandem.ActionDone, "R-1", 1},
		{"taken back twice", func(b *bench, a tandem.Action) error { undo(ola)(b, a); return undo(ola)(b, a) }, "withdrawn", tandem.ActionProposed, "cancelled", 0},
		{"taken back, approved again", func(b *bench, a tandem.Action) error {
			undo(ola)(b, a)
			_, err := b.desk.ApproveAction(bg, ws, a.ID, piotr, b.now(a.Conversation).Rev, approvalHold)
			return err
		}, "", tandem.ActionDone, "R-1", 1},
		{"the customer writes", func(b *bench, a tandem.Action) error { return again(b, a.Conversation) }, "", tandem.ActionProposed, "newer_message", 0},
		{"the customer corrects what was said", func(b *bench, a tandem.Action) error { return b.changes(a.Conversation, tandem.InEdited) }, "", tandem.ActionProposed, "message_changed", 0},
		{"the customer takes it back", func(b *bench, a tandem.Action) error { return b.changes(a.Conversation, tandem.InDeleted) }, "", tandem.ActionProposed, "message_changed", 0},
		{"a colleague takes over", func(b *bench, a tandem.Action) error {
			return b.desk.TakeOver(bg, ws, a.Conversation, piotr, desk.AnyEpoch)
		}, "", tandem.ActionProposed, "owner_changed", 0},
		{"who approved takes over", func(b *bench, a tandem.Action) error {
			return b.desk.TakeOver(bg, ws, a.Conversation, ola, desk.AnyEpoch)
		}, "", tandem.ActionDone, "R-1", 1},
		{"who approved closes", func(b *bench, a tandem.Action) error {
			return b.desk.Close(bg, ws, a.Conversation, ola, "refund")
		}, "", tandem.ActionDone, "R-1", 1},
	} {
		t.Run(row.name, func(t *testing.T) {
			each(t, func(b *bench) {
				b.t = t
				s := b.stand(&shop{})
				a := b.proposed(1499)
				if _, err := b.desk.ApproveAction(bg, ws, a.ID, ola, b.now(a.Conversation).Rev, approvalHold); err != nil {
					t.Fatal(err)
				}
				woken := store.Job{Workspace: ws, Kind: "act", Arg: string(a.ID)}
				if _, early := errors.AsType[job.Later](b.turn.Act(bg, woken)); !early { // somebody woke the worker
					t.Error("a held action was begun")
				}
				if got := code(row.do(b, a)); got != row.code {
					t.Errorf("refused with %q", got)
				}
				if len(s.keys) != 0 {
					t.Error("the shop was asked while the approval could be taken back")
				}
				time.Sleep(approvalHold)
				b.carry()
				b.carry()
				if got := b.deed(a); got.State != row.state || got.Result != row.why || len(s.keys) != row.calls {
					t.Errorf("state %s (%s), the shop was asked %d times", got.State, got.Result, len(s.keys))
				}
				if _, err := b.desk.CancelAction(bg, ws, a.ID, ola); row.calls > 0 && code(err) != "action_under_way" {
					t.Errorf("taken back after it was done: %v", err)
				}
			})
		})
	}
}

// TestAnUnknownFateSurvivesAnUndo: who approves again an action that may have been done, and takes that
// back, must not see it as one that was never begun.
func TestAnUnknownFateSurvivesAnUndo(t *testing.T) {
	each(t, func(b *bench) {
		b.stand(&shop{err: tandem.ErrMaybeDone})
		a := b.proposed(1499)
		if err := b.yesTo(a, ola); err != nil {
			t.Fatal(err)
		}
		b.carry()
		if _, err := b.desk.ApproveAction(bg, ws, a.ID, ola, b.now(a.Conversation).Rev, approvalHold); err != nil {
			t.Fatal(err)
		}
		got, err := b.desk.CancelAction(bg, ws, a.ID, ola)
		if err != nil || got.State != tandem.ActionUnknown || got.Result != "maybe_done" || b.deed(a).State != tandem.ActionUnknown {
			t.Errorf("%+v, %v", got, err)
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
