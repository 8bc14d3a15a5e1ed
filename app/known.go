package app

import (
	"sync"

	"tandem"
)

// known is what a node keeps of each workspace until somebody changes it. Reading it anew takes a while:
// what was read before a change was announced is used once and not kept.
type known[T any] struct {
	mu      sync.Mutex
	all     map[tandem.WorkspaceID]T
	changes map[tandem.WorkspaceID]int
}

// get returns what is kept, and how many changes were announced until now.
func (k *known[T]) get(ws tandem.WorkspaceID) (one T, ok bool, changes int) {
	k.mu.Lock()
	defer k.mu.Unlock()
	one, ok = k.all[ws]
	return one, ok, k.changes[ws]
}

// put keeps what was read after get had counted the changes.
func (k *known[T]) put(ws tandem.WorkspaceID, one T, changes int) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.changes[ws] != changes {
		return
	}
	if k.all == nil {
		k.all = map[tandem.WorkspaceID]T{}
	}
	k.all[ws] = one
}

// forget makes the next use read anew. It does not wait.
func (k *known[T]) forget(ws tandem.WorkspaceID) {
	k.mu.Lock()
	defer k.mu.Unlock()
	delete(k.all, ws)
	if k.changes == nil {
		k.changes = map[tandem.WorkspaceID]int{}
	}
	k.changes[ws]++
}
