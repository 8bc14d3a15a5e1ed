package app

import (
	"context"
	"slices"
	"time"

	"tandem"
	"tandem/desk"
)

func (a *App) queue(ctx context.Context, c caller, _ *nothing) (DraftPage, error) {
	page := DraftPage{Items: []DraftView{}}
	p, err := a.people(ctx, c.Workspace)
	if err != nil {
		return page, err
	}
	all, err := a.db.PendingDrafts(ctx, c.Workspace, 100)
	if err != nil {
		return page, err
	}
	progress, err := a.progress(ctx, c)
	if err != nil {
		return page, err
	}
	for _, d := range all {
		v, err := a.fullDraft(ctx, c, d, p)
		if tandem.KindOf(err) == tandem.NotFound && err != nil {
			continue
		}
		if err != nil {
			return page, err
		}
		v.Progress = progress(d.Touchpoint, d.Lang)
		page.Items = append(page.Items, v)
	}
	page.Today, err = a.today(ctx, c)
	return page, err
}

// The limits beyond which approving is no longer reading (HITL.md 3.5): so many in a row, so fast.
const (
	paceLast = 10
	paceFast = 4 * time.Second
)

// today counts the team's decisions since midnight. Speed is the queue's, never one person's.
func (a *App) today(ctx context.Context, c caller) (DraftStats, error) {
	var out DraftStats
	s, err := a.space(ctx, c.Workspace)
	if err != nil {
		return out, err
	}
	here := now().In(s.zone())
	midnight := time.Date(here.Year(), here.Month(), here.Day(), 0, 0, 0, 0, here.Location())
	all, err := a.db.DecidedDrafts(ctx, c.Workspace, midnight.UTC())
	if err != nil {
		return out, err
	}
	var took, yes []time.Duration
	for _, d := range all {
		switch d.State {
		case tandem.DraftApproved:
			out.Unchanged++
			yes = append(yes, d.DecidedAt.Sub(d.Opened))
		case tandem.DraftEdited:
			out.Edited++
		case tandem.DraftRejected:
			out.Rejected++
		case tandem.DraftCaught:
			out.Planted, out.Caught = out.Planted+1, out.Caught+1
		case tandem.DraftMissed:
			out.Planted++
		}
		if !d.Opened.IsZero() {
			took = append(took, d.DecidedAt.Sub(d.Opened))
		}
	}
	out.MedianS = median(took).Seconds()
	if n := len(yes); n >= paceLast {
		out.Pace = median(yes[n-paceLast:]) < paceFast
	}
	return out, nil
}

func median(d []time.Duration) time.Duration {
	if len(d) == 0 {
		return 0
	}
	s := slices.Sorted(slices.Values(d))
	return s[len(s)/2]
}

type draftIn struct {
	ID tandem.DraftID `path:"id" maxLength:"64"`
}

// leased names who looks at a draft.
func (a *App) leased(ctx context.Context, c caller, id tandem.DraftID, err error) error {
	return a.named(ctx, c, err, "leased", "leased_by", func() (tandem.UserID, error) {
		d, err := a.db.Draft(ctx, c.Workspace, id)
		return d.LeaseBy, err
	})
}

func (a *App) openDraft(ctx context.Context, c caller, in *draftIn) (DraftView, error) {
	d, err := a.desk.OpenDraft(ctx, c.Workspace, in.ID, c.User)
	if err != nil {
		return DraftView{}, a.leased(ctx, c, in.ID, err)
	}
	p, err := a.people(ctx, c.Workspace)
	if err != nil {
		return DraftView{}, err
	}
	v, err := a.fullDraft(ctx, c, d, p)
	if err != nil {
		return v, err
	}
	progress, err := a.progress(ctx, c)
	v.Progress = progress(d.Touchpoint, d.Lang)
	return v, err
}

func (a *App) releaseDraft(ctx context.Context, c caller, in *draftIn) error {
	return a.desk.ReleaseDraft(ctx, c.Workspace, in.ID, c.User)
}

type approveIn struct {
	ID   tandem.DraftID `path:"id" maxLength:"64"`
	Body struct {
		SeenRev int64           `json:"seen_rev" doc:"rev of the draft as it was shown; any other is a conflict"`
		Text    string          `json:"text,omitempty" maxLength:"20000" doc:"with your changes; absent: as it is"`
		Reasons []string        `json:"reasons,omitempty" doc:"codes of what was changed"`
		Thread  tandem.ThreadID `json:"thread,omitempty" maxLength:"64" doc:"one of the draft's elsewhere: where to send it instead; absent: where it was written for"`
	}
}

// approvalHold is how long an approval can be taken back before the draft goes out, or the action is
// carried out (UX.md 4).
const approvalHold = 5 * time.Second

func (a *App) approve(ctx context.Context, c caller, in *approveIn) (MessageView, error) {
	m, err := a.desk.Approve(ctx, c.Workspace, in.ID, c.User, desk.Approval{SeenRev: in.Body.SeenRev, Text: in.Body.Text, Thread: in.Body.Thread, Reasons: in.Body.Reasons, Hold: approvalHold})
	if err != nil {
		return MessageView{}, a.leased(ctx, c, in.ID, err)
	}
	return a.messageView(ctx, c, m)
}

type rejectIn struct {
	ID   tandem.DraftID `path:"id" maxLength:"64"`
	Body struct {
		Reason      string `json:"reason" minLength:"1" maxLength:"500"`
		Instruction string `json:"instruction,omitempty" maxLength:"2000" doc:"the bot writes again and obeys it; absent: you take the conversation"`
	}
}

func (a *App) reject(ctx context.Context, c caller, in *rejectIn) error {
	err := a.desk.Reject(ctx, c.Workspace, in.ID, c.User, in.Body.Reason, in.Body.Instruction)
	return a.leased(ctx, c, in.ID, err)
}
