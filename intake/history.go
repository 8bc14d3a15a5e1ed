package intake

import (
	"context"
	"slices"
	"time"

	"tandem"
	"tandem/store"
)

// byMachine is how quickly after a customer's message only the platform's own automation answers: an
// instant reply, an away message (CHANNELS.md 7.3). The history does not tell them apart.
const byMachine = 2 * time.Second

// Fetch stores a page of a platform's history, in the order of the platform's time, and returns how many
// of its events nobody had delivered. What is known already changes nothing.
func (r Room) Fetch(ctx context.Context, ws tandem.WorkspaceID, events []Event) (n int, err error) {
	defer tandem.Wrap(&err, "fetch")
	slices.SortStableFunc(events, func(a, b Event) int { return a.At.Compare(b.At) })
	asked := map[string]time.Time{}
	for i := range events {
		e := &events[i]
		e.Late = true
		if e.Kind == tandem.InMessage {
			asked[e.User] = e.At
		} else if at, ok := asked[e.User]; ok && e.Kind == tandem.InEcho && e.At.Sub(at) < byMachine {
			e.Auto = true
		}
	}
	r.read(events)
	err = r.DB.Write(ctx, ws, func(tx *store.Tx) error {
		n = 0
		for _, e := range events {
			fresh, err := r.one(tx, e)
			if err != nil {
				return err
			}
			if fresh {
				n++
			}
		}
		return nil
	})
	return n, err
}

// fetched tells whether an event of the history is about a message that is here, under whatever key it
// came. An echo of ours whose fate was unknown is settled by it.
func (r Room) fetched(tx *store.Tx, e Event) (bool, error) {
	if !e.Late || e.External == "" {
		return false, nil
	}
	_, err := tx.MessageByExternal(e.Account.ID, e.External)
	if err == nil {
		return true, nil
	}
	if tandem.KindOf(err) != tandem.NotFound {
		return false, err
	}
	if e.Kind != tandem.InEcho || e.User == "" {
		return false, nil
	}
	return settled(tx, e)
}
