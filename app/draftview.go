package app

import (
	"cmp"
	"context"
	"time"

	"tandem"
	"tandem/desk"
)

// Place is a thread where something can be sent.
type Place struct {
	Thread  tandem.ThreadID `json:"thread"`
	Channel string          `json:"channel"`
	Surface tandem.Surface  `json:"surface"`
}

// draftView is a draft as the desk shows it. What is wrong in a planted one is never part of it.
func draftView(d tandem.Draft, p people, lang string, at time.Time) DraftView {
	v := DraftView{
		ID: d.ID, Conversation: d.Conversation, Thread: d.Thread, Rev: d.Rev, Touchpoint: d.Touchpoint, Text: hide(d.Text), Claims: d.Claims, Class: d.Class,
		Why: words(lang, d.Why), WhyCode: d.Why, Confidence: "medium", State: d.State, Due: d.Due, CreatedAt: d.CreatedAt, Question: []MessageView{}, Elsewhere: []Place{},
	}
	if v.Claims == nil {
		v.Claims = []tandem.Claim{}
	}
	if d.Trap == "" {
		v.Blocked = desk.Blocked(d)
	}
	if d.LeaseBy != "" && d.LeaseUntil.After(at) {
		v.LeaseBy, v.LeaseUntil = p.person(d.LeaseBy), when(d.LeaseUntil)
	}
	return v
}

// confidence says in words how sure the reading behind a draft was.
func confidence(r tandem.Reading) string {
	switch {
	case r.Confidence >= 0.85:
		return "high"
	case r.Confidence >= 0.6:
		return "medium"
	}
	return "low"
}

// fullDraft is a draft with everything a reviewer needs, read at one moment.
func (a *App) fullDraft(ctx context.Context, c caller, d tandem.Draft, p people) (DraftView, error) {
	v := draftView(d, p, c.lang, now())
	s, err := a.db.Snapshot(ctx, c.Workspace, d.Conversation, now())
	if err != nil {
		return v, err
	}
	th := s.Thread(d.Thread)
	v.Rev, v.Channel, v.Public = s.Conversation.Rev, th.Channel, th.Surface.Public()
	v.reach(d, s)
	v.Customer = RowCustomer{ID: s.Customer.ID, Name: s.Customer.Name, Username: username(s.Customer), VIP: s.Customer.VIP}
	for _, one := range s.Decisions {
		if one.ID == d.Decision {
			v.Confidence = confidence(one.Reading)
		}
	}
	for _, m := range s.Unanswered() {
		v.Question = append(v.Question, message(m, p))
	}
	if m, ok := s.Last(tandem.FromCustomer); ok && len(v.Question) == 0 {
		v.Question = append(v.Question, message(m, p))
	}
	return v, nil
}

// reach tells why a draft that would be sent cannot be, and where it can go instead.
func (v *DraftView) reach(d tandem.Draft, s tandem.Snapshot) {
	if d.Purpose != tandem.ForApproval {
		return
	}
	if v.Shut = closed(s.Thread(d.Thread), s.Now); v.Shut == "" {
		return
	}
	for _, t := range s.Threads {
		if t.ID != d.Thread && !t.Surface.Public() && closed(t, s.Now) == "" {
			v.Elsewhere = append(v.Elsewhere, Place{Thread: t.ID, Channel: t.Channel, Surface: t.Surface})
		}
	}
}

// closed is why nothing can be written to a place now, for whichever reason; empty where something can.
func closed(t tandem.Thread, at time.Time) string {
	free, human := window(t.Channel, t.Surface)
	return cmp.Or(t.Shut, t.Untaken(max(free, human), at))
}

func username(c tandem.Customer) string {
	for _, i := range c.Identities {
		if i.Username != "" {
			return i.Username
		}
	}
	return ""
}
