// Package upkeep keeps connections whole: it notices when nothing could be received, fetches from the
// platforms what was missed, subscribes again where a platform has ended that, and keeps a copy of the
// files that customers send. It never answers and never decides; what it fetches goes the way of every
// message.
package upkeep

import (
	"cmp"
	"context"
	"strings"
	"time"

	"tandem"
	"tandem/channel"
	"tandem/intake"
	"tandem/job"
	"tandem/store"
)

// Keeper holds what upkeep needs.
type Keeper struct {
	DB *store.DB
	// Line returns the open adapter of an account, and false where it cannot be opened.
	Line func(tandem.AccountID) (tandem.Channel, bool)
	// Room is the way in for the messages of a workspace.
	Room func(context.Context, tandem.WorkspaceID) (intake.Room, error)
	// Beat is how long there is between two signs of life; 0: a minute.
	Beat time.Duration
}

// Jobs names every job of upkeep and what carries it out.
func (k Keeper) Jobs() map[string]job.Do {
	return map[string]job.Do{"watch": k.Watch, "subscription": k.Subscription, "backfill": k.Backfill, "fetch": k.Fetch}
}

// The rhythm of the watch.
const (
	beat     = time.Minute     // between two signs of life
	lifeless = 3               // beats without one: nothing can have been received
	recheck  = time.Hour       // between two looks at a subscription: Meta ends one after an hour of failed calls (CHANNELS.md 1.4)
	margin   = 2 * time.Minute // fetched on both sides of a gap; what is known is not stored twice
	furthest = 7 * 24 * time.Hour
)

// Watch is the sign of life, once a minute. Where the last one is too long ago, or an account was broken
// and works again, what was missed is fetched, or told where the platform has no history.
func (k Keeper) Watch(ctx context.Context, j store.Job) (err error) {
	defer tandem.Wrap(&err, "watch")
	err = k.DB.Write(ctx, j.Workspace, func(tx *store.Tx) error {
		all, err := tx.Watch()
		if err != nil {
			return err
		}
		for _, a := range all {
			if err := k.look(tx, a); err != nil {
				return err
			}
		}
		if err := tx.Alive(); err != nil {
			return err
		}
		if err := tx.Finish(j); err != nil {
			return err
		}
		return tx.Enqueue(store.WatchJob(tx.Now.Add(cmp.Or(k.Beat, beat))))
	})
	if err == nil {
		return job.Finished
	}
	return err
}

// look looks at one account.
func (k Keeper) look(tx *store.Tx, a store.Watched) error {
	out := !a.Alive.IsZero() && tx.Now.Sub(a.Alive) > lifeless*cmp.Or(k.Beat, beat)
	switch {
	case a.State == tandem.AccountBroken && out: // both at once: fetched when it is repaired
		return tx.Missed(a.ID, a.Alive)
	case a.State != tandem.AccountOK:
		return nil
	}
	if tx.Now.Sub(a.Checked) >= recheck || out {
		if err := tx.Enqueue(store.Job{Kind: "subscription", Arg: string(a.ID), Once: "subscription:" + string(a.ID)}); err != nil {
			return err
		}
	}
	since := a.Broken
	if out && (since.IsZero() || a.Alive.Before(since)) {
		since = a.Alive
	}
	if since.IsZero() {
		return nil
	}
	return k.gap(tx, gap{Account: a.ID, Since: since, Until: tx.Now, Silent: !out})
}

// gap is a stretch of time in which an account may have missed something, and how far it was fetched.
type gap struct {
	Account tandem.AccountID `json:"account"`
	Since   time.Time        `json:"since"`
	Until   time.Time        `json:"until"`
	Page    string           `json:"page,omitempty"`
	Found   int              `json:"found,omitempty"`
	Cut     bool             `json:"cut,omitempty"`
	Silent  bool             `json:"silent,omitempty"` // it was received all the while, as far as we know: no news where there is no history
}

// gap owes the fetching of what was missed, or tells that nobody can.
func (k Keeper) gap(tx *store.Tx, g gap) error {
	line, ok := k.Line(g.Account)
	if _, can := line.(tandem.Historian); ok && can {
		return tx.Enqueue(backfillJob(g))
	}
	if g.Silent {
		return nil
	}
	return tx.AddNews(news(g, "gap_lost"))
}

// news tells of a gap; each is a matter of its own.
func news(g gap, code string) tandem.News {
	return tandem.News{Account: g.Account, Code: code, Once: "gap:" + g.Since.UTC().Format(time.RFC3339), Since: g.Since, At: g.Until}
}

// Subscription looks whether the platform still calls us for an account, and asks it to where it has
// stopped. What it did not tell meanwhile is a gap.
func (k Keeper) Subscription(ctx context.Context, j store.Job) (err error) {
	defer tandem.Wrap(&err, "subscription of %s", j.Arg)
	id := tandem.AccountID(j.Arg)
	line, ok := k.Line(id)
	s, can := line.(tandem.Subscriber)
	if !ok || !can {
		return k.DB.Write(ctx, j.Workspace, func(tx *store.Tx) error { return tx.Checked(id) })
	}
	last, err := k.DB.CheckedAt(ctx, j.Workspace, id)
	if err != nil {
		return err
	}
	good, err := s.Subscribed(ctx)
	if err != nil { // not everybody may ask; the next look is in an hour
		return again(err)
	}
	if !good {
		err = s.Subscribe(ctx)
	}
	if again(err) != nil {
		return err
	}
	door := ""
	if d, can := line.(tandem.Doorkeeper); can && err == nil && (last.IsZero() || !good) { // newly connected
		if err := OpenDoor(ctx, d); again(err) != nil {
			return again(err)
		} else if err != nil {
			door = "door_" + tandem.CodeOf(err)
		}
	}
	return k.DB.Write(ctx, j.Workspace, func(tx *store.Tx) error {
		if door != "" {
			if err := tx.AddNews(tandem.News{Account: id, Code: door, Once: "door"}); err != nil {
				return err
			}
		}
		switch {
		case err != nil && !last.IsZero():
			n := tandem.News{Account: id, Code: "subscription_lost_closed", Since: last, At: tx.Now}
			if err := tx.Missed(id, last); err != nil {
				return err
			}
			return tx.AddNews(n)
		case !good && err == nil && !last.IsZero():
			if err := tx.AddNews(tandem.News{Account: id, Code: "subscription_lost", Once: "subscription:" + last.Format(time.RFC3339), Since: last, At: tx.Now}); err != nil {
				return err
			}
			if err := k.gap(tx, gap{Account: id, Since: last, Until: tx.Now}); err != nil {
				return err
			}
		}
		return tx.Checked(id)
	})
}

// OpenDoor sees to it that customers can ask for a person at any time, where the platform has a place for
// it. An error with the code door_missing names the places that would not take it.
func OpenDoor(ctx context.Context, d tandem.Doorkeeper) error {
	missing, err := d.Door(ctx)
	if err != nil || len(missing) == 0 {
		return err
	}
	if err := d.SetDoor(ctx); err != nil {
		return err
	}
	if missing, err = d.Door(ctx); err == nil && len(missing) > 0 {
		err = tandem.Coded(tandem.Invalid, "door_missing", "the platform has no room for it in: %s", strings.Join(missing, ", "))
	}
	return err
}

// again keeps the errors that another try may mend.
func again(err error) error {
	if kind := tandem.KindOf(err); err != nil && (kind == tandem.Transient || kind == tandem.Limited) {
		return later(err)
	}
	return nil
}

// later puts a job off for as long as the platform asks.
func later(err error) error {
	wait := time.Minute
	if told, ok := channel.RetryAfter(err); ok {
		wait = max(time.Second, told)
	}
	return job.Later{At: time.Now().Add(wait), Why: tandem.CodeOf(err), Failed: true}
}
