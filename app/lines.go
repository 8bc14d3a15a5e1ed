package app

import (
	"context"
	"encoding/json"
	"log/slog"
	"sync"
	"sync/atomic"

	"tandem"
	"tandem/channel"
	"tandem/store"
	"tandem/turn"
)

// lines are the open adapters of all accounts. They are opened again when an account changes.
type lines struct {
	wanted atomic.Int64 // grows with every change of an account
	read   atomic.Int64 // what wanted was when all was last read
	reload sync.Mutex   // one reload at a time; who needs the accounts waits for it

	mu   sync.RWMutex
	all  []store.StoredAccount
	open map[tandem.AccountID]opened
}

type opened struct {
	turn.Line
	made string // what it was opened with, to keep an adapter whose account did not change
}

// accounts returns all accounts of all workspaces as they are now. It may read the store, so it is
// not for use inside a transaction.
func (a *App) accounts(ctx context.Context) ([]store.StoredAccount, error) {
	if a.lines.wanted.Load() != a.lines.read.Load() {
		if err := a.reopen(ctx); err != nil {
			return nil, err
		}
	}
	a.lines.mu.RLock()
	defer a.lines.mu.RUnlock()
	return a.lines.all, nil
}

func (a *App) reopen(ctx context.Context) error {
	l := &a.lines
	l.reload.Lock()
	defer l.reload.Unlock()
	wanted := l.wanted.Load()
	if wanted == l.read.Load() {
		return nil
	}
	all, err := a.db.Accounts(ctx)
	if err != nil {
		return err
	}
	l.mu.RLock()
	was := l.open
	l.mu.RUnlock()
	open := map[tandem.AccountID]opened{}
	for _, s := range all {
		made, err := json.Marshal([]any{s.Kind, s.External, s.Settings, s.Secrets})
		if err != nil {
			return err
		}
		if o, ok := was[s.ID]; ok && o.made == string(made) {
			open[s.ID] = o
			continue
		}
		c, err := channel.Open(channel.Settings{Account: s.Account, Web: a.web})
		if err != nil { // one account that cannot be opened does not keep the others from working
			slog.Error("an account cannot be opened", "account", s.ID, "kind", s.Kind, "code", tandem.CodeOf(err))
			continue
		}
		open[s.ID] = opened{turn.Line{Channel: c, Kind: s.Kind, Idempotent: s.Kind == "webchat", Version: wanted}, string(made)}
	}
	l.mu.Lock()
	l.all, l.open = all, open
	l.mu.Unlock()
	l.read.Store(wanted)
	return nil
}

// line returns the adapter of an account; the sender asks inside its transaction. An account that
// another node has just connected is unknown here: only then the store is read, which an in-memory
// database could not bear inside a transaction and never needs.
func (a *App) line(id tandem.AccountID) (turn.Line, bool) {
	a.lines.mu.RLock()
	o, ok := a.lines.open[id]
	a.lines.mu.RUnlock()
	if !ok && a.conf.Address != ":memory:" {
		a.lines.wanted.Add(1)
		if err := a.reopen(context.Background()); err == nil {
			a.lines.mu.RLock()
			o, ok = a.lines.open[id]
			a.lines.mu.RUnlock()
		}
	}
	return o.Line, ok
}

// site returns the website of a widget by its key.
func (a *App) site(ctx context.Context, key string) (store.StoredAccount, error) {
	all, err := a.accounts(ctx)
	if err != nil {
		return store.StoredAccount{}, err
	}
	for _, s := range all {
		if s.Kind == "webchat" && s.External == key && s.State != tandem.AccountOff {
			return s, nil
		}
	}
	return store.StoredAccount{}, tandem.Coded(tandem.NotFound, "no_such_site", "there is no website with this key")
}
