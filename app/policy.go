package app

import (
	"context"

	"tandem"
	"tandem/access"
	"tandem/bot"
	"tandem/desk"
	"tandem/turn"
)

// Policy is the map and how far each topic is on its way to more autonomy.
type Policy struct {
	Touchpoints []TouchpointView `json:"touchpoints"`
	Progress    []Progress       `json:"progress"`
}

func (a *App) policy(ctx context.Context, c caller, _ *nothing) (Policy, error) {
	out := Policy{Progress: []Progress{}}
	all, err := a.touchpoints(ctx, c)
	if err != nil {
		return out, err
	}
	out.Touchpoints = all
	known, err := a.story.Progress(ctx, c.Workspace, now())
	for _, p := range known {
		out.Progress = append(out.Progress, progressView(p))
	}
	return out, err
}

func progressView(p turn.Progress) Progress {
	v := Progress{
		Touchpoint: p.Touchpoint, Lang: p.Lang, Group: p.Group, Level: p.Level, Reviewed: p.Reviewed, Success: p.Success, Critical: p.Critical,
		Lower: p.Lower, Needed: p.Needed, Planted: p.Planted, Caught: p.Caught, CanRaise: p.CanRaise, Missing: p.Missing,
	}
	if v.Missing == nil {
		v.Missing = []string{}
	}
	return v
}

// progress tells how far a topic is in a language; nil where there is no evidence yet. The evidence is weighed
// once, for as many topics as are asked about.
func (a *App) progress(ctx context.Context, c caller) (func(touchpoint, lang string) *Progress, error) {
	all, err := a.story.Progress(ctx, c.Workspace, now())
	return func(touchpoint, lang string) *Progress {
		for _, p := range all {
			if p.Touchpoint == touchpoint && p.Lang == lang {
				v := progressView(p)
				return &v
			}
		}
		return nil
	}, err
}

type raiseIn struct {
	ID   string `path:"id" maxLength:"64"`
	Body struct {
		Group string `json:"group" pattern:"^[a-z]{2}/(chat|public|mail)$" doc:"language and channel group, such as pl/chat"`
	}
}

// raise gives a topic the next level where the evidence is there; the person who presses is named.
func (a *App) raise(ctx context.Context, c caller, in *raiseIn) error {
	return a.story.Raise(ctx, c.Workspace, c.User, in.ID, in.Body.Group)
}

type touchpointIn struct {
	ID   string `path:"id" maxLength:"64"`
	Body struct {
		Level   *tandem.Autonomy `json:"level,omitempty" minimum:"0" maximum:"4"`
		Profile *string          `json:"profile,omitempty" doc:"sensitivity: wysoka, zrownowazona, niska; empty is the company's"`
		Speed   *int             `json:"speed,omitempty" minimum:"0" maximum:"100"`
		Empathy *int             `json:"empathy,omitempty" minimum:"0" maximum:"100"`
		Version int64            `json:"version" doc:"of the topic as it was read; any other is a conflict"`
		Note    string           `json:"note,omitempty" maxLength:"500" doc:"why; kept in the trail"`
	}
}

func (a *App) setTouchpoint(ctx context.Context, c caller, in *touchpointIn) (TouchpointView, error) {
	b := in.Body
	if b.Level != nil {
		known, err := a.db.Touchpoints(ctx, c.Workspace)
		if err != nil {
			return TouchpointView{}, err
		}
		for _, t := range known {
			if t.ID == in.ID {
				if err := turn.MaySet(t, *b.Level); err != nil {
					return TouchpointView{}, err
				}
			}
		}
	}
	err := a.desk.SetTouchpoint(ctx, c.Workspace, c.User, desk.Change{ID: in.ID, Level: b.Level, Profile: b.Profile, Speed: b.Speed, Empathy: b.Empathy, Version: b.Version, Note: b.Note})
	if err != nil {
		return TouchpointView{}, err
	}
	all, err := a.touchpoints(ctx, c)
	if err != nil {
		return TouchpointView{}, err
	}
	for _, t := range all {
		if t.ID == in.ID {
			return t, nil
		}
	}
	return TouchpointView{}, tandem.Coded(tandem.NotFound, "not_found", "no such topic as %s", bot.Title(c.lang, in.ID))
}

type pauseIn struct {
	Body struct {
		Paused     bool   `json:"paused"`
		Touchpoint string `json:"touchpoint,omitempty" doc:"absent: the whole bot"`
	}
}

func (a *App) pause(ctx context.Context, c caller, in *pauseIn) error {
	if !in.Body.Paused { // to silence is everybody's right, to let speak again is not
		if err := c.may(access.PolicyResume, c.object()); err != nil {
			return err
		}
	}
	return a.desk.Pause(ctx, c.Workspace, c.User, in.Body.Touchpoint, in.Body.Paused)
}
