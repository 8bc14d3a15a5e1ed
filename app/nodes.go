package app

import (
	"cmp"
	"context"
	"log/slog"
	"time"

	"tandem"
	"tandem/store"
)

// Other nodes may change what this one keeps. It hears of that by their events; should it miss one,
// it finds out by itself: streams after recheck, settings after five times as long.
const recheck = time.Second

// believed is how long settings that another node may have changed are taken for what they were.
func (a *App) believed() time.Duration { return 5 * cmp.Or(a.conf.Recheck, recheck) }

// meet makes ready to hear other nodes, after the store is open and before anything runs.
func (a *App) meet() {
	a.hub.Ledger, a.hub.Heard, a.hub.Wake = a.db, a.heard, a.jobs.Wake
	if a.shared() {
		a.hub.Poll = cmp.Or(a.conf.Recheck, recheck)
	}
}

// shared tells whether others may write to the database of this one: other nodes, or a command beside the
// running program, which an SQLite file has as well.
func (a *App) shared() bool { return a.conf.Patrol > 0 || a.conf.Bus != nil }

// due is told of new jobs after their commit. It must not wait.
func (a *App) due(at time.Time) {
	a.jobs.Wake(at)
	a.hub.Due(at)
}

// heard is told what other nodes did; nil is anything.
func (a *App) heard(ws tandem.WorkspaceID, events []tandem.Event) {
	if events == nil {
		a.spaces.forget(ws)
		a.looks.forget(ws)
		a.models.forget(ws)
		a.relink()
		return
	}
	a.forget(events)
}

// forget drops what is kept of settings that were changed. It must not wait.
func (a *App) forget(events []tandem.Event) {
	for _, e := range events {
		switch {
		case e.Kind == tandem.AccountChanged:
			a.relink()
		case e.Kind == tandem.PolicyChanged && e.Code == "workspace":
			a.spaces.forget(e.Workspace)
		case e.Kind == tandem.PolicyChanged && e.Code == "lookup":
			a.looks.forget(e.Workspace)
		case e.Kind == tandem.ModelChanged, e.Kind == tandem.PolicyChanged && e.Code == store.WordRule:
			a.models.forget(e.Workspace)
		}
	}
}

// relink opens the adapters of changed accounts again without waiting: the sender asks for them
// inside its transaction and cannot do it.
func (a *App) relink() {
	a.lines.wanted.Add(1)
	a.busy.Go(func() {
		ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
		defer cancel()
		if _, err := a.accounts(ctx); err != nil && a.open.Err() == nil {
			slog.Warn("changed accounts cannot be read; the next use tries again", "code", tandem.CodeOf(err))
		}
	})
}

// review keeps the adapters right on a node that shares its database and may have missed a word.
func (a *App) review(ctx context.Context) {
	tick := time.NewTicker(a.believed())
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
			a.relink()
		}
	}
}
