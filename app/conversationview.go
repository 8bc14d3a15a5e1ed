package app

import (
	"context"
	"slices"
	"strings"
	"time"

	"tandem"
	"tandem/channel"
	"tandem/nlu"
	"tandem/store"
)

// conversation is everything an agent sees of one conversation, read at one moment.
func (a *App) conversation(ctx context.Context, c caller, id tandem.ConversationID) (ConversationView, error) {
	at := now()
	s, err := a.db.Snapshot(ctx, c.Workspace, id, at)
	if err != nil {
		return ConversationView{}, err
	}
	l, err := a.db.Line(ctx, c.Workspace, id)
	if err != nil {
		return ConversationView{}, err
	}
	p, err := a.people(ctx, c.Workspace)
	if err != nil {
		return ConversationView{}, err
	}
	v := ConversationView{
		Row: row(l, p, c.lang, at), Person: customerView(s.Customer), Threads: threads(s), Messages: messages(s.Messages, s.Decisions, p),
		Suggestions: []DraftView{}, Actions: []ActionView{}, Cases: []CaseView{}, Promises: []PromiseView{}, Notes: []NoteView{}, Decisions: []DecisionLine{}, Transitions: []Transition{}, Signs: []SignView{},
		Brief: s.Conversation.Brief, Viewers: []Person{},
	}
	v.Earlier = len(s.Messages) >= store.SnapshotMessages // numbers do not tell: a merge gives new ones
	a.drafts(&v, s, p, c.lang)
	for _, k := range s.Cases {
		v.Cases = append(v.Cases, CaseView{ID: k.ID, Touchpoint: k.Touchpoint, Opened: k.Opened, Closed: when(k.Closed), Outcome: k.Outcome, ClockDue: when(k.ClockDue), CSAT: k.CSAT})
	}
	promises, err := a.db.Promises(ctx, c.Workspace, id)
	if err != nil {
		return v, err
	}
	for _, o := range promises {
		v.Promises = append(v.Promises, PromiseView{ID: o.ID, Text: hide(o.Text), By: p.name(o.By), Due: o.Due, Kept: when(o.Kept), Broken: when(o.Broken)})
	}
	for _, n := range s.Notes {
		v.Notes = append(v.Notes, NoteView{ID: n.ID, By: p.name(n.By), Text: n.Text, ForBot: n.ForBot, At: n.At})
	}
	for _, d := range s.Decisions {
		v.Decisions = append(v.Decisions, decisionLine(d, c.lang))
	}
	for _, u := range a.here.lookers(id, at) {
		if who := p.person(u); who != nil {
			v.Viewers = append(v.Viewers, *who)
		}
	}
	if err := a.actions(ctx, c, s.Workspace, &v, p); err != nil {
		return v, err
	}
	if err := a.transitions(ctx, c, id, &v, p); err != nil {
		return v, err
	}
	if err := a.signs(ctx, c, s, &v); err != nil {
		return v, err
	}
	return v, a.handover(ctx, c, s, &v, p)
}

// drafts sorts the waiting drafts into suggestions and the one that waits for approval.
func (a *App) drafts(v *ConversationView, s tandem.Snapshot, p people, lang string) {
	for _, d := range s.Drafts {
		view := draftView(d, p, lang, s.Now)
		th := s.Thread(d.Thread)
		view.Rev, view.Customer, view.Channel, view.Public = s.Conversation.Rev, v.Customer, th.Channel, th.Surface.Public()
		view.reach(d, s)
		for _, one := range s.Decisions {
			if one.ID == d.Decision {
				view.Confidence = confidence(one.Reading)
			}
		}
		if d.Suggestion {
			v.Suggestions = append(v.Suggestions, view)
			continue
		}
		v.Pending = &view
	}
}

// handover adds the stretch of people that is under way, or the last one, and the card of the former.
func (a *App) handover(ctx context.Context, c caller, s tandem.Snapshot, v *ConversationView, p people) error {
	h, err := a.db.LastHandover(ctx, c.Workspace, s.Conversation.ID)
	if tandem.KindOf(err) == tandem.NotFound && err != nil {
		return nil
	}
	if err != nil {
		return err
	}
	v.Handover = &HandoverView{
		ID: h.ID, Code: h.Trigger.Code, Reason: words(c.lang, h.Trigger.Code+":"+h.Trigger.Kind), At: h.At, Step: h.Step, TakenBy: p.person(h.TakenBy), TakenAt: when(h.TakenAt),
		FirstReply: when(h.FirstReply), Verdict: h.Verdict,
	}
	if h.EndedAt.IsZero() {
		card := wholeCard(h.Card)
		v.Card = &card
		if h.Worded.Text != "" {
			v.Worded = &h.Worded
		}
	}
	return nil
}

// wholeCard makes lists of a card that are null lists that are empty.
func wholeCard(k tandem.Card) tandem.Card {
	for _, l := range []*[]string{&k.Promises, &k.Asked, &k.Given, &k.Missing, &k.Failed, &k.Mood.Labels} {
		if *l == nil {
			*l = []string{}
		}
	}
	if k.Facts == nil {
		k.Facts = []tandem.Fact{}
	}
	if k.Quotes == nil {
		k.Quotes = []tandem.Quote{}
	}
	if k.BotDid == nil {
		k.BotDid = []tandem.BotDid{}
	}
	if k.Next == nil {
		k.Next = []tandem.NextStep{}
	}
	if k.Mood.Line == nil {
		k.Mood.Line = []float64{}
	}
	return k
}

// transitions are the changes of owner, from the ledger.
func (a *App) transitions(ctx context.Context, c caller, id tandem.ConversationID, v *ConversationView, p people) error {
	alerts, err := a.db.EventsOf(ctx, c.Workspace, id, tandem.AlertRaised)
	if err != nil {
		return err
	}
	finer := map[time.Time]string{} // the alert of the same transaction tells the kind of the reason
	for _, e := range alerts {
		finer[e.At] = e.Code + ":" + text(e.Data["kind"])
	}
	events, err := a.db.EventsOf(ctx, c.Workspace, id, tandem.OwnerChanged)
	for _, e := range events {
		t := Transition{At: e.At, Actor: e.Actor, Code: e.Code, Text: words(c.lang, e.Code)}
		if fine := finer[e.At]; strings.HasPrefix(fine, e.Code+":") {
			t.Text = words(c.lang, fine)
		}
		t.From, t.To = tandem.Owner(text(e.Data["from"])), tandem.Owner(text(e.Data["to"]))
		t.Epoch, t.Seq = number(e.Data["epoch"]), number(e.Data["seq"])
		if name := p.name(tandem.UserID(e.Actor)); name != "" {
			t.Actor = name
		}
		v.Transitions = append(v.Transitions, t)
	}
	return err
}

// text and number read an event's data, which has been through JSON or has not.
func text(v any) string {
	switch v := v.(type) {
	case string:
		return v
	case tandem.Owner:
		return string(v)
	}
	return ""
}

func number(v any) int64 {
	switch v := v.(type) {
	case float64:
		return int64(v)
	case int64:
		return v
	}
	return 0
}

func customerView(c tandem.Customer) CustomerView {
	v := CustomerView{
		ID: c.ID, Name: c.Name, First: c.First, Lang: c.Lang, VIP: c.VIP, Human: c.Human, Verified: c.Verified(), Since: when(c.Since), Shop: c.Shop, Identities: []IdentityView{},
	}
	if s, sure := nlu.Vocative(c.First); sure {
		v.Vocative = s
	}
	for _, i := range c.Identities {
		v.Identities = append(v.Identities, IdentityView{ID: i.ID, Channel: i.Channel, Name: i.Name, Username: i.Username, Verified: i.Verified})
	}
	return v
}

// threads are the places of a conversation, the one the customer used last first.
func threads(s tandem.Snapshot) []ThreadView {
	last := map[tandem.ThreadID]int64{}
	for _, m := range s.Messages {
		if m.Inbound() {
			last[m.Thread] = m.Seq
		}
	}
	out := []ThreadView{}
	for _, t := range s.Threads {
		v := ThreadView{
			ID: t.ID, Account: t.Account, Channel: t.Channel, Surface: t.Surface, Public: t.Surface.Public(), Subject: t.Subject,
			WindowEnds: windowEnds(t.Channel, t.Surface, t.WindowFrom), HumanEnds: humanEnds(t.Channel, t.Surface, t.WindowFrom),
			Blocked: closed(t, s.Now),
		}
		if k, ok := channel.Find(t.Channel); ok {
			v.Approved = k.Approved && !v.Public
		}
		out = append(out, v)
	}
	slices.SortStableFunc(out, func(a, b ThreadView) int { return int(last[b.ID] - last[a.ID]) })
	return out
}
