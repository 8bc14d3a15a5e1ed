package app

import (
	"bytes"
	"context"
	"log/slog"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"tandem"
	"tandem/nlu"
	"tandem/store"
)

// models are what understands the messages of each workspace: what the program ships with, or the
// version that the company taught, with the brand's own words. One that is in use never changes: a
// new version takes its place as a whole, between two messages.
type models struct {
	mu  sync.Mutex
	all map[tandem.WorkspaceID]*understanding
}

// understanding is the model of one workspace.
type understanding struct {
	mu     sync.Mutex
	ready  *nlu.Model // with the brand's words
	plain  *nlu.Model // without them
	number int64
	words  []store.BrandWord
	at     time.Time // when the store was last asked

	wanted atomic.Int64 // grows with every change that was announced
	have   int64        // how many of them are in ready
}

func (m *models) of(ws tandem.WorkspaceID) *understanding {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.all == nil {
		m.all = map[tandem.WorkspaceID]*understanding{}
	}
	if m.all[ws] == nil {
		m.all[ws] = &understanding{}
	}
	return m.all[ws]
}

// forget makes the next message ask the store which version is in use. It does not wait.
func (m *models) forget(ws tandem.WorkspaceID) { m.of(ws).wanted.Add(1) }

// model returns what understands a workspace's messages. It reads the store where that may have
// changed, so it is not for use inside a transaction. When the store does not answer, what was known
// goes on: a message is better read by yesterday's model than by none.
func (a *App) model(ws tandem.WorkspaceID) *nlu.Model {
	u := a.models.of(ws)
	u.mu.Lock()
	defer u.mu.Unlock()
	wanted := u.wanted.Load()
	if u.ready != nil && u.have == wanted && (!a.shared() || time.Since(u.at) < a.believed()) { // another node's word may be lost
		return u.ready
	}
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
	defer cancel()
	if err := a.understand(ctx, ws, u); err != nil {
		slog.Error("a company's model cannot be read; the last one goes on", "workspace", ws, "code", tandem.CodeOf(err))
		if u.ready == nil {
			return a.school.Model
		}
		return u.ready
	}
	u.have = wanted
	return u.ready
}

// understand brings one workspace's model up to date.
func (a *App) understand(ctx context.Context, ws tandem.WorkspaceID, u *understanding) error {
	row, err := a.db.ModelInUse(ctx, ws)
	if err != nil {
		return err
	}
	own, err := a.db.BrandWords(ctx, ws)
	if err != nil {
		return err
	}
	if u.ready != nil && u.number == row.Number && slices.Equal(u.words, own) {
		u.at = time.Now()
		return nil
	}
	if u.plain == nil || u.number != row.Number {
		if u.plain, err = a.version(ctx, ws, row.Number); err != nil {
			return err
		}
	}
	u.ready = branded(u.plain, own, ws)
	u.number, u.words, u.at = row.Number, own, time.Now()
	return nil
}

// version loads a trained model. One that another version of the program stored cannot be read: the
// shipped one stands in until the training that relearn owes is done.
func (a *App) version(ctx context.Context, ws tandem.WorkspaceID, number int64) (*nlu.Model, error) {
	if number == 0 {
		return a.school.Model, nil
	}
	b, err := a.db.ModelBody(ctx, ws, number)
	if err != nil {
		return nil, err
	}
	m, err := nlu.Load(bytes.NewReader(b))
	if err != nil {
		slog.Warn("a company's model is of another version of the program and is trained anew", "workspace", ws, "number", number)
		return a.school.Model, nil
	}
	return m, nil
}

// branded returns a model with the brand's own words. A word that cannot be read was refused when it
// was added; here it is as if it were not there.
func branded(m *nlu.Model, own []store.BrandWord, ws tandem.WorkspaceID) *nlu.Model {
	if len(own) == 0 {
		return m
	}
	out, err := m.With(brandWords(own))
	if err != nil {
		slog.Warn("the brand's words cannot be read", "workspace", ws)
		return m
	}
	return out
}

func brandWords(own []store.BrandWord) (w nlu.Words) {
	for _, o := range own {
		switch o.Side {
		case "hard":
			w.Hard = append(w.Hard, o.Pattern)
		case "soft":
			w.Soft = append(w.Soft, o.Pattern)
		default:
			w.Benign = append(w.Benign, o.Pattern)
		}
	}
	return w
}

// relearn owes a training to a company whose version was trained by another program: what the program
// ships with may be better by now, and its stored form another.
func (a *App) relearn(ctx context.Context, ws tandem.WorkspaceID) error {
	last, err := a.db.Models(ctx, ws, 1)
	if err != nil || len(last) == 0 || last[0].Base == a.school.Model.Version() {
		return err
	}
	return a.db.Write(ctx, ws, func(tx *store.Tx) error { return tx.Enqueue(a.desk.Learn("", tx.Now)) })
}
