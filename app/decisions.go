package app

import (
	"context"
	"encoding/json"
	"slices"

	"tandem"
	"tandem/policy"
	"tandem/turn"
)

func decisionLine(d tandem.Decision, lang string) DecisionLine {
	l := DecisionLine{ID: d.ID, Seq: d.Seq, Act: d.Act, Touchpoint: d.Touchpoint, Confidence: d.Reading.Confidence, Rule: words(lang, d.Rule), Outcome: d.Outcome, At: d.At}
	if len(d.Triggers) > 0 {
		l.Code = d.Triggers[0].Code
	}
	return l
}

type logIn struct {
	After tandem.DecisionID `query:"after" doc:"the last one already seen"`
	Limit int               `query:"limit" minimum:"1" maximum:"200" default:"50"`
}

// LogLine is a decision with whom it was about.
type LogLine struct {
	DecisionLine
	Conversation tandem.ConversationID `json:"conversation"`
	Customer     RowCustomer           `json:"customer"`
}

// Log is a page of the decision log.
type Log struct {
	Items []LogLine         `json:"items" doc:"newest first"`
	Next  tandem.DecisionID `json:"next,omitempty"`
}

func (a *App) log(ctx context.Context, c caller, in *logIn) (Log, error) {
	out := Log{Items: []LogLine{}}
	all, err := a.db.Decisions(ctx, c.Workspace, "", in.After, in.Limit)
	if err != nil {
		return out, err
	}
	who := map[tandem.ConversationID]RowCustomer{}
	for _, d := range all {
		if _, ok := who[d.Conversation]; !ok {
			l, err := a.db.Line(ctx, c.Workspace, d.Conversation)
			if err != nil {
				return out, err
			}
			who[d.Conversation] = RowCustomer{ID: l.Customer, Name: l.Name, Username: l.Username, VIP: l.VIP}
		}
		out.Items = append(out.Items, LogLine{decisionLine(d, c.lang), d.Conversation, who[d.Conversation]})
	}
	if len(all) == in.Limit {
		out.Next = all[len(all)-1].ID
	}
	return out, nil
}

type decisionIn struct {
	ID tandem.DecisionID `path:"id" maxLength:"64"`
}

// DecisionView is a decision with everything that led to it, and the words for its codes.
type DecisionView struct {
	tandem.Decision
	Words    map[string]string `json:"words" doc:"of the rule, the triggers and their kinds, and of the data in the text and what is missing of them"`
	Question []MessageView     `json:"question" doc:"what it was decided about"`
}

func (a *App) decision(ctx context.Context, c caller, in *decisionIn) (DecisionView, error) {
	d, _, err := a.db.Decision(ctx, c.Workspace, in.ID)
	if err != nil {
		return DecisionView{}, err
	}
	v := DecisionView{Decision: whole(d), Words: map[string]string{d.Rule: words(c.lang, d.Rule)}, Question: []MessageView{}}
	for _, t := range d.Triggers {
		v.Words[t.Code] = words(c.lang, t.Code)
		if t.Kind != "" {
			v.Words[t.Kind] = words(c.lang, t.Kind)
		}
	}
	if k := d.Reading.HardKind; k != "" {
		v.Words[k] = words(c.lang, k)
	}
	named := slices.Clone(d.Missing)
	for _, e := range d.Reading.Entities {
		named = append(named, e.Kind)
	}
	for _, k := range named {
		if w := words(c.lang, "data."+k); w != "data."+k {
			v.Words[k] = w
		}
	}
	p, err := a.people(ctx, c.Workspace)
	if err != nil {
		return v, err
	}
	all, err := a.db.MessagesBefore(ctx, c.Workspace, d.Conversation, d.Seq+1, 4)
	for _, m := range all {
		v.Question = append(v.Question, message(m, p))
	}
	return v, err
}

// whole makes lists of a decision that are null lists that are empty.
func whole(d tandem.Decision) tandem.Decision {
	for _, l := range []*[]string{&d.Rules, &d.Missing, &d.Versions, &d.Reading.Set} {
		if *l == nil {
			*l = []string{}
		}
	}
	if d.Triggers == nil {
		d.Triggers = []tandem.Trigger{}
	}
	if d.Facts == nil {
		d.Facts = []tandem.Fact{}
	}
	if d.Reading.Alternatives == nil {
		d.Reading.Alternatives = []tandem.Guess{}
	}
	if d.Reading.Entities == nil {
		d.Reading.Entities = []tandem.Entity{}
	}
	if d.Reading.Evidence == nil {
		d.Reading.Evidence = []tandem.Evidence{}
	}
	for i := range d.Reading.Entities {
		d.Reading.Entities[i].Value = hide(d.Reading.Entities[i].Value)
	}
	return d
}

// Replayed is a decision made again from what was stored with it.
type Replayed struct {
	Same     bool            `json:"same"`
	Decision tandem.Decision `json:"decision"`
}

func (a *App) replay(ctx context.Context, c caller, in *decisionIn) (Replayed, error) {
	was, input, err := a.db.Decision(ctx, c.Workspace, in.ID)
	if err != nil {
		return Replayed{}, err
	}
	if input == "" {
		return Replayed{}, tandem.Coded(tandem.Conflict, "forgotten", "a message was taken back: what decision %s was made from is no longer kept", in.ID)
	}
	var given policy.Input
	if err := json.Unmarshal([]byte(input), &given); err != nil {
		return Replayed{}, tandem.Errorf(tandem.Internal, "the stored input of decision %s cannot be read: %w", in.ID, err)
	}
	is := turn.Replay(given)
	is.ID = was.ID
	return Replayed{Same: policy.Same(was, is), Decision: whole(is)}, nil
}
