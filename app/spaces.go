package app

import (
	"context"
	"log/slog"
	"regexp"
	"time"

	"tandem"
	"tandem/intake"
	"tandem/nlu"
	"tandem/policy"
)

// space is what is asked for with every message: a workspace's settings. Another node's change is
// seen after believed at the latest.
type space struct {
	tandem.Workspace
	order *regexp.Regexp
	at    time.Time
}

// space returns a workspace.
func (a *App) space(ctx context.Context, ws tandem.WorkspaceID) (space, error) {
	got, ok, changes := a.spaces.get(ws)
	if ok && time.Since(got.at) < a.believed() {
		return got, nil
	}
	w, err := a.db.Workspace(ctx, ws)
	if err != nil {
		return space{}, err
	}
	got = space{Workspace: w, at: time.Now()}
	if p := w.Settings.OrderPattern; p != "" {
		if got.order, err = regexp.Compile(p); err != nil {
			slog.Warn("the pattern of order numbers cannot be read", "workspace", ws)
		}
	}
	a.spaces.put(ws, got, changes)
	return got, nil
}

// zone is the workspace's time zone, UTC where it is unknown.
func (s space) zone() *time.Location {
	if z, err := time.LoadLocation(s.Zone); err == nil {
		return z
	}
	return time.UTC
}

// How long a burst of messages is gathered where the company says nothing, and at most: it is part of
// the 5 s promise.
const (
	gatherUsual = 700 * time.Millisecond
	gatherMost  = time.Second
)

// intake is the room that lets a workspace's messages in.
func (a *App) intake(s space) intake.Room {
	read := func(text string, _ []tandem.Part) tandem.Reading {
		return a.model(s.ID).Read(text, nlu.Context{Lang: s.Lang, Order: s.order, Now: time.Now().In(s.zone()), Profile: s.Settings.Profile})
	}
	gather := s.Settings.Gather
	if gather == 0 {
		gather = gatherUsual
	}
	return intake.Room{DB: a.db, Read: read, Urgent: policy.Urgent, Gather: min(gather, gatherMost)}
}
