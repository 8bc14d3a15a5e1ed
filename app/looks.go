package app

import (
	"context"
	"encoding/json"
	"log/slog"
	"time"

	"tandem"
	"tandem/lookup"
)

// look is a workspace's chain of sources, opened on first use and kept for its caches.
type look struct {
	tandem.Lookup
	made string    // what it was opened with, to keep its caches while that is the same
	at   time.Time // when that was last looked at
}

// lookup returns a workspace's sources, nil where it has none. It reads the store, so it is not for
// use inside a transaction.
func (a *App) lookup(ws tandem.WorkspaceID) tandem.Lookup {
	got, ok, changes := a.looks.get(ws)
	if ok && (!a.shared() || time.Since(got.at) < a.believed()) { // another node's word may be lost
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
		a.looks.put(ws, look{got.Lookup, got.made, time.Now()}, changes)
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
	a.looks.put(ws, look{out, string(made), time.Now()}, changes)
	return out
}
