package app

import (
	"context"
	"encoding/json"
	"log/slog"
	"sync"
	"time"

	"tandem"
	"tandem/lookup"
)

// looks are the chains of sources of each workspace, opened on first use and kept for their caches.
type looks struct {
	mu  sync.Mutex
	all map[tandem.WorkspaceID]look
}

type look struct {
	tandem.Lookup
	made string    // what it was opened with, to keep its caches while that is the same
	at   time.Time // when that was last looked at
}

func (l *looks) forget(ws tandem.WorkspaceID) {
	l.mu.Lock()
	defer l.mu.Unlock()
	delete(l.all, ws)
}

// lookup returns a workspace's sources, nil where it has none. It reads the store, so it is not for
// use inside a transaction.
func (a *App) lookup(ws tandem.WorkspaceID) tandem.Lookup {
	l := &a.looks
	l.mu.Lock()
	got, ok := l.all[ws]
	l.mu.Unlock()
	if ok && (!a.shared() || time.Since(got.at) < spaceKept) { // another node's word may be lost
		return got.Lookup
	}
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
	defer cancel()
	sources, err := a.db.Sources(ctx, ws)
	if err != nil {
		slog.Error("the sources of a workspace cannot be read", "workspace", ws, "code", tandem.CodeOf(err))
		return got.Lookup
	}
	made, err := json.Marshal(sources)
	if err == nil && ok && got.made == string(made) {
		l.keep(ws, look{got.Lookup, got.made, time.Now()})
		return got.Lookup
	}
	chain := &lookup.Chain{Report: func(source string, err error) {
		slog.Warn("a source did not answer", "workspace", ws, "source", source, "code", tandem.CodeOf(err))
	}}
	for _, s := range sources {
		one, err := lookup.Open(s.Kind, s.Settings, s.Secrets, a.web)
		if err != nil {
			slog.Error("a source cannot be opened", "workspace", ws, "kind", s.Kind, "code", tandem.CodeOf(err))
			continue
		}
		chain.Sources = append(chain.Sources, one)
	}
	var out tandem.Lookup
	if len(chain.Sources) > 0 {
		out = chain
	}
	l.keep(ws, look{out, string(made), time.Now()})
	return out
}

func (l *looks) keep(ws tandem.WorkspaceID, one look) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.all == nil {
		l.all = map[tandem.WorkspaceID]look{}
	}
	l.all[ws] = one
}
