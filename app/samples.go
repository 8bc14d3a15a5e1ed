package app

import (
	"context"
	"time"

	"tandem"
	"tandem/turn"
)

// Samples are the measures of the bot and of its reviewers. They are of the team: no name is told.
type Samples struct {
	Days   int           `json:"days" doc:"how far back they reach"`
	Groups []SampleGroup `json:"groups"`
	Items  []SampleView  `json:"items" doc:"the newest, at most 100"`
}

// SampleGroup sums the samples of one kind.
type SampleGroup struct {
	Kind     string  `json:"kind" enum:"sample,second,trap,withheld,helped"`
	N        int     `json:"n"`
	Agreed   int     `json:"agreed" doc:"sent as it is, the same verdict twice, error found, the same facts without help, used as it was"`
	Critical int     `json:"critical"`
	Waiting  int     `json:"waiting" doc:"not looked at yet"`
	Lower    float64 `json:"lower" doc:"of the share that agrees: Clopper-Pearson, 90 % two-sided"`
	Upper    float64 `json:"upper"`
	MedianS  float64 `json:"median_s" doc:"from being written to being decided on"`
}

// SampleView is one sample.
type SampleView struct {
	ID           tandem.DraftID        `json:"id"`
	Kind         string                `json:"kind" enum:"sample,second,trap,withheld,helped"`
	Conversation tandem.ConversationID `json:"conversation"`
	Touchpoint   string                `json:"touchpoint"`
	Lang         string                `json:"lang"`
	Bot          string                `json:"bot" doc:"what the bot said, or would have said"`
	Person       string                `json:"person,omitempty" doc:"what a person made of it, or wrote without it; absent: the same"`
	First        string                `json:"first,omitempty" doc:"of a second review: what the first one made of it; absent: the same"`
	Trap         string                `json:"trap,omitempty" doc:"the planted error"`
	Edit         string                `json:"edit,omitempty" doc:"cosmetic, tone or factual"`
	Reasons      string                `json:"reasons,omitempty"`
	Agreed       bool                  `json:"agreed"`
	At           time.Time             `json:"at"`
}

// How far back the samples reach, how many are weighed and how many are shown.
const (
	sampleDays  = 90
	sampleMost  = 5000
	sampleShown = 100
)

func (a *App) samples(ctx context.Context, c caller, _ *nothing) (Samples, error) {
	out := Samples{Days: sampleDays, Groups: []SampleGroup{}, Items: []SampleView{}}
	groups, all, err := a.story.Samples(ctx, c.Workspace, now().AddDate(0, 0, -sampleDays), sampleMost)
	for _, g := range groups {
		out.Groups = append(out.Groups, SampleGroup{Kind: g.Kind, N: g.N, Agreed: g.Agreed, Critical: g.Critical, Waiting: g.Waiting, Lower: g.Lower, Upper: g.Upper, MedianS: g.Median.Seconds()})
	}
	for _, s := range all[:min(len(all), sampleShown)] {
		out.Items = append(out.Items, sampleView(s))
	}
	return out, err
}

func sampleView(s turn.Sample) SampleView {
	v := SampleView{ID: s.ID, Kind: s.Kind, Conversation: s.Conversation, Touchpoint: s.Touchpoint, Lang: s.Lang, Bot: hide(s.Text), Trap: s.Trap, Edit: s.Edit, Reasons: s.Reason, Agreed: s.Agreed, At: s.DecidedAt}
	if s.Final != "" && s.Final != s.Text {
		v.Person = hide(s.Final)
	}
	if s.First != nil && s.First.Final != s.First.Text {
		v.First = hide(s.First.Final)
	}
	return v
}
