package upkeep

import (
	"context"
	"encoding/json"
	"strconv"
	"time"

	"tandem"
	"tandem/intake"
	"tandem/job"
	"tandem/store"
)

// pace is the pause between two pages: the Conversations API takes two calls a second (CHANNELS.md 9.2),
// and the next gap of the account may begin in the second in which this one ends.
const pace = 1100 * time.Millisecond

// backfillJob fetches a gap. Those of one account come one after the other.
func backfillJob(g gap) store.Job {
	return store.Job{Kind: "backfill", Arg: g.String(), Queue: "backfill:" + string(g.Account)}
}

func (g gap) String() string {
	arg, err := json.Marshal(g)
	if err != nil {
		panic(err) // our own types always marshal
	}
	return string(arg)
}

// Backfill fetches one page of what an account missed, stores it, and goes on with the next after a pause; other
// gaps of the account wait until it is done. A crash in between fetches a page twice, which changes nothing.
func (k Keeper) Backfill(ctx context.Context, j store.Job) (err error) {
	defer tandem.Wrap(&err, "backfill")
	var g gap
	if err := json.Unmarshal([]byte(j.Arg), &g); err != nil {
		return tandem.Errorf(tandem.Invalid, "a gap cannot be read")
	}
	line, ok := k.Line(g.Account)
	h, can := line.(tandem.Historian)
	if !ok || !can {
		return nil
	}
	since := g.Since.Add(-margin)
	if limit := g.Until.Add(-furthest); since.Before(limit) {
		since, g.Cut = limit, true
	}
	page, err := h.History(ctx, since, g.Page)
	if err != nil {
		return k.unfetched(ctx, j, g, err)
	}
	room, err := k.Room(ctx, j.Workspace)
	if err != nil {
		return err
	}
	events := make([]intake.Event, 0, len(page.Events))
	for _, in := range page.Events {
		events = append(events, intake.Event{Inbound: in, Account: store.StoredAccount{Account: tandem.Account{ID: g.Account}, Workspace: j.Workspace}})
	}
	n, err := room.Fetch(ctx, j.Workspace, events)
	if err != nil {
		return err
	}
	g.Found, g.Cut, g.Page = g.Found+n, g.Cut || page.Cut, page.Next
	return k.write(ctx, j, func(tx *store.Tx) (bool, error) {
		for _, external := range page.Beyond {
			_, err := tx.MessageByExternal(g.Account, external)
			if err != nil && tandem.KindOf(err) != tandem.NotFound {
				return false, err
			}
			g.Cut = g.Cut || err != nil
		}
		if g.Page != "" {
			return true, tx.Resume(j, g.String(), tx.Now.Add(pace))
		}
		if g.Silent && g.Found == 0 {
			return false, nil
		}
		told := news(g, "gap_filled")
		if g.Cut {
			told.Code = "gap_partial"
		}
		told.Subject = strconv.Itoa(g.Found)
		return false, tx.AddNews(told)
	})
}

// unfetched is a page that the platform did not give. A token that died waits for its repair; what a
// pause may mend is tried again.
func (k Keeper) unfetched(ctx context.Context, j store.Job, g gap, err error) error {
	if again(err) != nil && j.Tries < patience {
		return later(err)
	}
	code := tandem.CodeOf(err)
	return k.write(ctx, j, func(tx *store.Tx) (bool, error) {
		if tandem.KindOf(err) == tandem.Denied {
			if _, err := tx.AccountState(g.Account, tandem.AccountBroken, code); err != nil {
				return false, err
			}
			return false, tx.Missed(g.Account, g.Since)
		}
		return false, tx.AddNews(news(g, "gap_failed"))
	})
}

// patience is how often a page is asked for before people are told.
const patience = 30

// write ends a job together with what it did, unless do says that it goes on.
func (k Keeper) write(ctx context.Context, j store.Job, do func(*store.Tx) (more bool, err error)) error {
	err := k.DB.Write(context.WithoutCancel(ctx), j.Workspace, func(tx *store.Tx) error {
		if more, err := do(tx); more || err != nil {
			return err
		}
		return tx.Finish(j)
	})
	if err == nil {
		return job.Finished
	}
	return err
}
