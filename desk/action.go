package desk

import (
	"cmp"
	"context"
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"tandem"
	"tandem/store"
)

// Proposal is what a person wants to be done to an order.
type Proposal struct {
	Kind     tandem.ActionKind
	Subject  string // the order's number
	Amount   int64  // minor units, where money moves
	Currency string // ISO 4217, where money moves
	Args     map[string]string
	Reason   string
}

// addressParts are the parts of an address that a shop takes, addressNeeds those it cannot do without.
var (
	addressParts = []string{"name", "street", "postcode", "city", "country", "phone"}
	addressNeeds = []string{"street", "postcode", "city"}
	isCurrency   = regexp.MustCompile(`^[A-Z]{3}$`)
)

func (p Proposal) check() error {
	money := p.Kind == tandem.RefundDelivery || p.Kind == tandem.RefundAmount
	switch {
	case !money && p.Kind != tandem.ChangeAddress && p.Kind != tandem.Resend:
		return tandem.Coded(tandem.Invalid, "action_unknown_kind", "there is no such kind of action")
	case strings.TrimSpace(p.Subject) == "":
		return tandem.Coded(tandem.Invalid, "action_no_order", "say which order it is about")
	case money && (p.Amount <= 0 || !isCurrency.MatchString(p.Currency)):
		return tandem.Coded(tandem.Invalid, "action_no_amount", "say how much is given back, and in which currency")
	case !money && (p.Amount != 0 || p.Currency != ""):
		return tandem.Coded(tandem.Invalid, "action_no_amount", "only a refund has an amount")
	case p.Kind != tandem.ChangeAddress && len(p.Args) > 0:
		return tandem.Coded(tandem.Invalid, "action_no_address", "only a change of address has one")
	}
	if p.Kind != tandem.ChangeAddress {
		return nil
	}
	for _, need := range addressNeeds {
		if strings.TrimSpace(p.Args[need]) == "" {
			return tandem.Coded(tandem.Invalid, "action_no_address", "the address needs street, postcode and city")
		}
	}
	for k, v := range p.Args {
		if !slices.Contains(addressParts, k) || utf8.RuneCountInString(v) > 200 {
			return tandem.Coded(tandem.Invalid, "action_no_address", "the address has a part that no shop takes")
		}
	}
	return nil
}

// ProposeAction lays an action before the people; nothing is done yet. Errors: Invalid with a code
// that begins with action_; Conflict action_exists where the same is waiting or under way already,
// action_done where the cost of that delivery was given back before.
func (r Room) ProposeAction(ctx context.Context, ws tandem.WorkspaceID, u tandem.User, id tandem.ConversationID, p Proposal) (a tandem.Action, err error) {
	if err := p.check(); err != nil {
		return a, err
	}
	err = r.act(ctx, ws, id, func(tx *store.Tx, c *tandem.Conversation) error {
		all, err := tx.Actions(id)
		if err != nil {
			return err
		}
		for _, was := range all {
			if was.Kind != p.Kind || was.Subject != p.Subject {
				continue
			}
			if was.State == tandem.ActionDone && p.Kind == tandem.RefundDelivery {
				return tandem.Coded(tandem.Conflict, "action_done", "the cost of this delivery was given back already")
			}
			if was.Open() {
				return tandem.Coded(tandem.Conflict, "action_exists", "the same is proposed already")
			}
		}
		a = tandem.Action{ID: tandem.NewID[tandem.ActionID](), Conversation: id, Kind: p.Kind, Subject: p.Subject, Amount: p.Amount, Currency: p.Currency, Args: p.Args,
			Reason: p.Reason, State: tandem.ActionProposed, By: string(u.ID), Key: tandem.NewID[string](), CreatedAt: tx.Now}
		return tx.AddAction(a)
	})
	return a, err
}

// Limit is how much a person may give back alone, in minor units; false: there is no limit.
func Limit(w tandem.Workspace, u tandem.User) (int64, bool) {
	if u.Role == tandem.RoleManager || u.Role == tandem.RoleOwner {
		return 0, false
	}
	return cmp.Or(w.Settings.RefundLimit, tandem.RefundLimit), true
}

// ApproveAction is a named person's yes, bound to the rev of the conversation that the person saw.
// The action is carried out once, when hold is over, and can be taken back until then; no text is sent
// with it. One whose fate is unknown may be approved again: its key makes it the same action over
// there. Errors: Conflict stale_rev, Conflict decided, Denied over_limit.
func (r Room) ApproveAction(ctx context.Context, ws tandem.WorkspaceID, id tandem.ActionID, u tandem.User, seenRev int64, hold time.Duration) (a tandem.Action, err error) {
	if u.ID == "" {
		return a, tandem.Coded(tandem.Denied, "nobody", "an action needs a person's yes")
	}
	err = r.DB.Write(ctx, ws, func(tx *store.Tx) error {
		if a, err = waiting(tx, id); err != nil {
			return err
		}
		c, err := tx.Conversation(a.Conversation)
		if err != nil {
			return err
		}
		if c.Rev != seenRev {
			return tandem.Coded(tandem.Conflict, "stale_rev", "the conversation has changed since you saw the action; read it again")
		}
		w, err := tx.Workspace()
		if err != nil {
			return err
		}
		if most, limited := Limit(w, u); limited && a.Amount > most {
			return tandem.Coded(tandem.Denied, "over_limit", "the amount is above what the role %s may approve", u.Role)
		}
		if a.State == tandem.ActionProposed {
			a.Result = "" // that of an unknown fate stays: it may have to be shown again
		}
		a.State, a.ApprovedBy, a.Epoch, a.DecidedAt, a.Held = tandem.ActionApproved, u.ID, c.Epoch, tx.Now, time.Time{}
		if hold > 0 {
			a.Held = tx.Now.Add(hold)
		}
		if err := tx.SaveAction(a, string(u.ID)); err != nil {
			return err
		}
		j := r.Act(a)
		j.RunAt = a.Held
		return tx.Enqueue(j)
	})
	return a, err
}

// RejectAction says no with a reason; nothing is done. One whose fate is unknown is closed by it: the
// person has looked in the shop. Errors: Invalid no_reason, Conflict decided.
func (r Room) RejectAction(ctx context.Context, ws tandem.WorkspaceID, id tandem.ActionID, u tandem.User, reason string) (a tandem.Action, err error) {
	if reason == "" {
		return a, tandem.Coded(tandem.Invalid, "no_reason", "say why the action is rejected")
	}
	err = r.DB.Write(ctx, ws, func(tx *store.Tx) error {
		if a, err = waiting(tx, id); err != nil {
			return err
		}
		a.State, a.ApprovedBy, a.Result, a.DecidedAt = tandem.ActionRejected, u.ID, reason, tx.Now
		return tx.SaveAction(a, string(u.ID))
	})
	return a, err
}

// waiting reads an action that a person can still decide on.
func waiting(tx *store.Tx, id tandem.ActionID) (tandem.Action, error) {
	a, err := tx.Action(id)
	if err == nil && a.State != tandem.ActionProposed && a.State != tandem.ActionUnknown {
		err = tandem.Coded(tandem.Conflict, "decided", "the action is no longer waiting (%s)", a.State)
	}
	return a, err
}
