package app

import (
	"context"
	"time"

	"tandem"
	"tandem/desk"
)

// ActionView is something to be done to an order, as the desk shows it.
type ActionView struct {
	ID        tandem.ActionID    `json:"id"`
	Kind      tandem.ActionKind  `json:"kind" enum:"refund_delivery,refund_amount,change_address,resend"`
	Subject   string             `json:"subject" doc:"the order's number"`
	Amount    int64              `json:"amount" doc:"minor units; 0 where no money moves"`
	Currency  string             `json:"currency"`
	Args      map[string]string  `json:"args" doc:"of an address: name, street, postcode, city, country, phone"`
	Reason    string             `json:"reason" doc:"a code"`
	State     tandem.ActionState `json:"state" enum:"proposed,approved,doing,done,failed,rejected,unknown"`
	By        string             `json:"by" doc:"a person's name, or bot"`
	Decided   *Person            `json:"decided_by,omitempty"`
	Result    string             `json:"result,omitempty" doc:"the shop's number for it, or the code of why it was not done"`
	May       bool               `json:"may" doc:"the amount is within what this person may approve"`
	Limit     int64              `json:"limit" doc:"minor units this person may approve alone; 0 is no limit"`
	Held      *time.Time         `json:"held_until,omitempty" doc:"approved: it is not carried out before and can be taken back until then"`
	CreatedAt time.Time          `json:"created_at"`
	DecidedAt *time.Time         `json:"decided_at,omitempty"`
	DoneAt    *time.Time         `json:"done_at,omitempty"`
}

func actionView(a tandem.Action, w tandem.Workspace, u tandem.User, p people) ActionView {
	most, limited := desk.Limit(w, u)
	v := ActionView{ID: a.ID, Kind: a.Kind, Subject: a.Subject, Amount: a.Amount, Currency: a.Currency, Args: a.Args, Reason: a.Reason, State: a.State,
		By: p.name(tandem.UserID(a.By)), Decided: p.person(a.ApprovedBy), Result: a.Result, May: !limited || a.Amount <= most, Limit: most,
		CreatedAt: a.CreatedAt, DecidedAt: when(a.DecidedAt), DoneAt: when(a.DoneAt)}
	if a.By == tandem.ByBot {
		v.By = tandem.ByBot
	}
	if a.State == tandem.ActionApproved || a.State == tandem.ActionDoing { // what it came to before is not what it comes to
		v.Result, v.Held = "", when(a.Held)
	}
	if v.Args == nil {
		v.Args = map[string]string{}
	}
	return v
}

// actions adds what is to be done, and was done, to orders from within a conversation.
func (a *App) actions(ctx context.Context, c caller, w tandem.Workspace, v *ConversationView, p people) error {
	all, err := a.db.Actions(ctx, c.Workspace, v.ID)
	for _, one := range all {
		v.Actions = append(v.Actions, actionView(one, w, c.User, p))
	}
	return err
}

// oneAction answers with an action as it is after somebody's word.
func (a *App) oneAction(ctx context.Context, c caller, one tandem.Action, err error) (ActionView, error) {
	if err != nil {
		return ActionView{}, err
	}
	w, err := a.db.Workspace(ctx, c.Workspace)
	if err != nil {
		return ActionView{}, err
	}
	p, err := a.people(ctx, c.Workspace)
	return actionView(one, w, c.User, p), err
}

type proposeIn struct {
	ID   tandem.ConversationID `path:"id" maxLength:"64"`
	Body struct {
		Kind     tandem.ActionKind `json:"kind" enum:"refund_delivery,refund_amount,change_address,resend"`
		Subject  string            `json:"subject" minLength:"1" maxLength:"64" doc:"the order's number"`
		Amount   int64             `json:"amount,omitempty" minimum:"0" doc:"minor units, of a refund"`
		Currency string            `json:"currency,omitempty" maxLength:"3"`
		Args     map[string]string `json:"args,omitempty" doc:"of an address"`
		Reason   string            `json:"reason,omitempty" maxLength:"64" pattern:"^[a-z0-9_]*$" doc:"a code; goodwill where it is absent"`
	}
}

func (a *App) propose(ctx context.Context, c caller, in *proposeIn) (ActionView, error) {
	b := in.Body
	if b.Reason == "" {
		b.Reason = "goodwill" // shops want a reason
	}
	one, err := a.desk.ProposeAction(ctx, c.Workspace, c.User, in.ID, desk.Proposal{Kind: b.Kind, Subject: b.Subject, Amount: b.Amount, Currency: b.Currency, Args: b.Args, Reason: b.Reason})
	return a.oneAction(ctx, c, one, err)
}

type approveActionIn struct {
	ID   tandem.ActionID `path:"id" maxLength:"64"`
	Body struct {
		SeenRev int64 `json:"seen_rev" doc:"rev of the conversation as it was shown; any other is a conflict"`
	}
}

func (a *App) approveAction(ctx context.Context, c caller, in *approveActionIn) (ActionView, error) {
	one, err := a.desk.ApproveAction(ctx, c.Workspace, in.ID, c.User, in.Body.SeenRev, approvalHold)
	return a.oneAction(ctx, c, one, err)
}

type cancelActionIn struct {
	ID tandem.ActionID `path:"id" maxLength:"64"`
}

func (a *App) cancelAction(ctx context.Context, c caller, in *cancelActionIn) (ActionView, error) {
	one, err := a.desk.CancelAction(ctx, c.Workspace, in.ID, c.User)
	return a.oneAction(ctx, c, one, err)
}

type rejectActionIn struct {
	ID   tandem.ActionID `path:"id" maxLength:"64"`
	Body struct {
		Reason string `json:"reason" minLength:"1" maxLength:"64" pattern:"^[a-z0-9_]*$" doc:"a code"`
	}
}

func (a *App) rejectAction(ctx context.Context, c caller, in *rejectActionIn) (ActionView, error) {
	one, err := a.desk.RejectAction(ctx, c.Workspace, in.ID, c.User, in.Body.Reason)
	return a.oneAction(ctx, c, one, err)
}
