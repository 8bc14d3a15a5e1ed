package app

import (
	"context"
	"log/slog"
	"slices"
	"sync"
	"time"

	"tandem"
	"tandem/store"
)

// presence is who has the desk open at this node and who looks at which conversation. It lives in
// memory: after a restart browsers come back within a second and it is known again.
type presence struct {
	mu      sync.Mutex
	streams map[tandem.UserID]int
	viewers map[tandem.ConversationID]map[tandem.UserID]time.Time
}

// looks stays this long after the last sign of it.
const viewFor = 45 * time.Second

func (p *presence) online(u tandem.UserID) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.streams[u] > 0
}

// enter counts a stream of a person; leave must be called when it ends. first and last tell whether
// the person came or went with it.
func (p *presence) enter(u tandem.UserID) (first bool, leave func() (last bool)) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.streams == nil {
		p.streams = map[tandem.UserID]int{}
	}
	p.streams[u]++
	return p.streams[u] == 1, func() bool {
		p.mu.Lock()
		defer p.mu.Unlock()
		if p.streams[u]--; p.streams[u] > 0 {
			return false
		}
		delete(p.streams, u)
		return true
	}
}

// look records that a person looks at a conversation and tells whether that is news.
func (p *presence) look(c tandem.ConversationID, u tandem.UserID, at time.Time) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.viewers == nil {
		p.viewers = map[tandem.ConversationID]map[tandem.UserID]time.Time{}
	}
	if p.viewers[c] == nil {
		p.viewers[c] = map[tandem.UserID]time.Time{}
	}
	was := p.viewers[c][u]
	p.viewers[c][u] = at
	news := at.Sub(was) > viewFor
	for other, all := range p.viewers { // a person looks at one conversation at a time
		if _, there := all[u]; there && other != c {
			delete(all, u)
		}
		if len(all) == 0 {
			delete(p.viewers, other)
		}
	}
	return news
}

// lookers returns who looks at a conversation, sorted by id.
func (p *presence) lookers(c tandem.ConversationID, at time.Time) []tandem.UserID {
	p.mu.Lock()
	defer p.mu.Unlock()
	out := []tandem.UserID{}
	for u, seen := range p.viewers[c] {
		if at.Sub(seen) <= viewFor {
			out = append(out, u)
		}
	}
	slices.Sort(out)
	return out
}

// people are those who work at a desk, with what they have in hand.
type people struct {
	all   []tandem.User
	byID  map[tandem.UserID]tandem.User
	loads map[tandem.UserID]int
	here  *presence
}

func (a *App) people(ctx context.Context, ws tandem.WorkspaceID) (people, error) {
	all, err := a.db.Users(ctx, ws)
	if err != nil {
		return people{}, err
	}
	loads, err := a.db.Loads(ctx, ws)
	p := people{all: all, byID: map[tandem.UserID]tandem.User{}, loads: loads, here: &a.here}
	for _, u := range all {
		p.byID[u.ID] = u
	}
	return p, err
}

// person returns somebody as the API shows them; nil for nobody.
func (p people) person(id tandem.UserID) *Person {
	u, ok := p.byID[id]
	if !ok {
		return nil
	}
	return &Person{ID: u.ID, Name: u.Name, Email: u.Email, Role: u.Role, Lang: u.Lang, Present: u.Present && p.here.online(u.ID), Load: p.loads[u.ID]}
}

func (p people) list() []Person {
	out := []Person{}
	for _, u := range p.all {
		out = append(out, *p.person(u.ID))
	}
	return out
}

// name returns a person's name; empty for bot, customer and clock.
func (p people) name(id tandem.UserID) string { return p.byID[id].Name }

// comeAndGo announces that somebody opened the desk, or closed it.
func (a *App) comeAndGo(u tandem.User, code string) {
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
	defer cancel()
	err := a.db.Write(ctx, u.Workspace, func(tx *store.Tx) error {
		tx.Emit(tandem.Event{Kind: tandem.PresenceChanged, Subject: string(u.ID), Actor: string(u.ID), Code: code})
		return nil
	})
	if err != nil {
		slog.Warn("presence cannot be announced", "code", tandem.CodeOf(err))
	}
}
