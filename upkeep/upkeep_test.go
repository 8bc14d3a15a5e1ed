package upkeep

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"tandem"
	"tandem/intake"
	"tandem/job"
	"tandem/store"
)

const ws = tandem.WorkspaceID("w")

// line is a platform that remembers, or refuses to.
type line struct {
	pages  map[string]tandem.History
	since  time.Time
	err    error
	calls  int
	mu     sync.Mutex // jobs ask while a test changes what they are told
	hooked bool
	shut   error // of subscribing
}

// is sets whether the platform calls us, and what it answers to being asked to.
func (l *line) is(hooked bool, shut error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.hooked, l.shut = hooked, shut
}

func (l *line) Send(context.Context, tandem.Outgoing) (tandem.Receipt, error) {
	return tandem.Receipt{}, errors.New("nothing is sent here")
}

func (l *line) History(_ context.Context, since time.Time, page string) (tandem.History, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.calls++
	l.since = since
	return l.pages[page], l.err
}

func (l *line) Subscribed(context.Context) (bool, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.hooked, nil
}

func (l *line) called() bool {
	ok, _ := l.Subscribed(context.Background())
	return ok
}

func (l *line) Subscribe(context.Context) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.hooked = l.shut == nil
	return l.shut
}

// bench is a store with one account and its keeper; jobs are carried out by a runner.
type bench struct {
	*store.DB
	t    *testing.T
	line *line
	stop func() // or start again
}

// set changes what the platform says.
func (b *bench) set(change func(*line)) {
	b.line.mu.Lock()
	defer b.line.mu.Unlock()
	change(b.line)
}

// asked is how often the history was asked for.
func (b *bench) asked() (n int) {
	b.set(func(l *line) { n = l.calls })
	return n
}

// since is from when it was asked for.
func (b *bench) since() (at time.Time) {
	b.set(func(l *line) { at = l.since })
	return at
}

func newBench(t *testing.T) *bench {
	time.Sleep(time.Date(2026, 11, 23, 10, 0, 0, 0, time.UTC).Sub(time.Now()))
	b := &bench{t: t, line: &line{pages: map[string]tandem.History{}, hooked: true}}
	var r job.Runner
	db, err := store.Open(t.Context(), ":memory:", store.Options{Wake: r.Wake})
	if err != nil {
		t.Fatal(err)
	}
	b.DB, r.DB = db, db
	k := Keeper{DB: db, Line: func(tandem.AccountID) (tandem.Channel, bool) { return b.line, true },
		Room: func(context.Context, tandem.WorkspaceID) (intake.Room, error) {
			return intake.Room{DB: db, Read: func(string, []tandem.Part) tandem.Reading { return tandem.Reading{Version: "x"} }, Urgent: func(tandem.Reading) bool { return false }}, nil
		}}
	r.Do = k.Jobs()
	for _, other := range []string{"turn", "profile"} {
		r.Do[other] = func(context.Context, store.Job) error { return nil }
	}
	b.must(func(tx *store.Tx) error {
		if err := tx.SaveWorkspace(tandem.Workspace{ID: ws, Name: "W", Zone: "UTC", Lang: "pl"}); err != nil {
			return err
		}
		if err := tx.SaveAccount(tandem.Account{ID: "ig", Kind: "instagram", External: "178", State: tandem.AccountOK}); err != nil {
			return err
		}
		return tx.Enqueue(store.WatchJob(tx.Now))
	})
	b.run(&r)
	return b
}

// run starts the runner; stopping it is the node that is down.
func (b *bench) run(r *job.Runner) {
	start := func() func() {
		ctx, cancel := context.WithCancel(context.Background())
		done := make(chan struct{})
		go func() { defer close(done); r.Run(ctx) }()
		return func() { cancel(); <-done }
	}
	end, up := start(), true
	b.stop = func() {
		if up {
			end()
		} else {
			end = start()
		}
		up = !up
	}
}

func (b *bench) must(do func(*store.Tx) error) {
	b.t.Helper()
	if err := b.Write(context.Background(), ws, do); err != nil {
		b.t.Fatal(err)
	}
}

// down is an outage; the second stop starts the node again.
func (b *bench) down(d time.Duration) {
	b.stop()
	time.Sleep(d)
	b.stop()
	synctest.Wait()
}

func (b *bench) news() (out []string) {
	all, err := b.News(context.Background(), ws)
	if err != nil {
		b.t.Fatal(err)
	}
	for _, n := range all {
		out = append(out, n.Code+" "+n.Subject)
	}
	return out
}

func (b *bench) state() tandem.AccountState {
	all, err := b.Accounts(context.Background())
	if err != nil {
		b.t.Fatal(err)
	}
	return all[0].State
}

func each(t *testing.T, run func(b *bench)) {
	synctest.Test(t, func(t *testing.T) {
		b := newBench(t)
		time.Sleep(time.Second)
		run(b)
		b.stop()
		b.Close()
	})
}

func said(key string, at time.Time) tandem.Inbound {
	return tandem.Inbound{Kind: tandem.InMessage, Key: key, External: key, User: "ania", Surface: tandem.Direct, Text: key, At: at}
}

// An outage is fetched page by page from just before it began; what was here already is not counted.
func TestAnOutageIsFetched(t *testing.T) {
	each(t, func(b *bench) {
		began := time.Now()
		b.set(func(l *line) {
			l.pages[""] = tandem.History{Events: []tandem.Inbound{said("b", began.Add(2*time.Minute)), said("a", began.Add(time.Minute))}, Next: "2"}
		})
		b.set(func(l *line) {
			l.pages["2"] = tandem.History{Events: []tandem.Inbound{said("a", began.Add(time.Minute)), said("c", began.Add(3*time.Minute))}}
		})
		time.Sleep(10 * time.Minute) // an ordinary day
		if b.asked() != 0 || len(b.news()) != 0 {
			t.Fatalf("nothing was missed: %d calls, %q", b.asked(), b.news())
		}
		down := time.Now()
		b.down(time.Hour)
		time.Sleep(5 * time.Second)
		if got := fmt.Sprint(b.news()); got != "[gap_filled 3]" || b.asked() != 2 {
			t.Errorf("%s after %d calls", got, b.asked())
		}
		if from := down.Sub(b.since()); from < margin || from > margin+beat {
			t.Errorf("fetched from %s before the outage", from)
		}
		b.down(2 * time.Minute) // a restart is no outage
		if b.asked() != 2 {
			t.Error("a restart was taken for an outage")
		}
	})
}

// A platform that asks to wait is obeyed; a token that died waits for its repair and is told once.
func TestAPlatformThatRefuses(t *testing.T) {
	each(t, func(b *bench) {
		b.set(func(l *line) { l.err = tandem.Coded(tandem.Transient, "no_answer", "busy") })
		b.set(func(l *line) {
			l.pages[""] = tandem.History{Events: []tandem.Inbound{said("a", time.Now().Add(time.Minute))}}
		})
		b.down(time.Hour)
		time.Sleep(5*time.Minute + 30*time.Second)
		if b.asked() != 6 || len(b.news()) != 0 {
			t.Errorf("%d calls in five minutes, %q", b.asked(), b.news())
		}
		b.set(func(l *line) { l.err = tandem.Coded(tandem.Denied, "auth", "the token died") })
		time.Sleep(2 * time.Minute)
		if calls := b.asked(); b.state() != tandem.AccountBroken || calls != 7 {
			t.Errorf("%s after %d calls", b.state(), calls)
		}
		time.Sleep(time.Hour)
		b.set(func(l *line) { l.err = nil })
		b.must(func(tx *store.Tx) error {
			return tx.SaveAccount(tandem.Account{ID: "ig", Kind: "instagram", External: "178", State: tandem.AccountOK})
		})
		time.Sleep(10 * time.Second)
		if got := fmt.Sprint(b.news()); got != "[gap_filled 1]" {
			t.Errorf("after the repair: %s", got)
		}
	})
}

// What the platform does not tell is said; what is older than a week is not asked for.
func TestWhatNobodyCanFetch(t *testing.T) {
	each(t, func(b *bench) {
		b.set(func(l *line) { l.pages[""] = tandem.History{Cut: true} })
		b.down(time.Hour)
		time.Sleep(time.Second)
		if got := fmt.Sprint(b.news()); got != "[gap_partial 0]" {
			t.Errorf("%s", got)
		}
		b.set(func(l *line) { l.pages[""] = tandem.History{} })
		b.down(30 * 24 * time.Hour)
		time.Sleep(time.Second)
		if got := fmt.Sprint(b.news()); got != "[gap_partial 0 gap_partial 0]" || time.Since(b.since()) > furthest+margin {
			t.Errorf("%s, from %s ago", got, time.Since(b.since()))
		}
	})
}

// A message of which the platform tells only that it is there is missing where it is not known, and only there.
func TestWhatIsOnlyNamed(t *testing.T) {
	each(t, func(b *bench) {
		b.set(func(l *line) {
			l.pages[""] = tandem.History{Events: []tandem.Inbound{said("a", time.Now().Add(time.Minute))}, Beyond: []string{"lost"}}
		})
		b.down(time.Hour)
		time.Sleep(time.Second)
		b.set(func(l *line) { l.pages[""] = tandem.History{Beyond: []string{"a"}} })
		b.down(time.Hour)
		time.Sleep(time.Second)
		if got := fmt.Sprint(b.news()); got != "[gap_filled 0 gap_partial 1]" && got != "[gap_partial 1 gap_filled 0]" {
			t.Errorf("%s", got)
		}
	})
}

// A subscription that the platform ended is made anew within the hour; where that fails people are told,
// and the history is asked instead.
func TestASubscription(t *testing.T) {
	each(t, func(b *bench) {
		b.line.is(false, nil)
		time.Sleep(recheck + beat)
		if got := fmt.Sprint(b.news()); !b.line.called() || got != "[gap_filled 0 subscription_lost ]" && got != "[subscription_lost  gap_filled 0]" {
			t.Errorf("%s", got)
		}
		calls := b.asked()
		b.line.is(false, tandem.Coded(tandem.Invalid, "bad_request", "no such field"))
		b.set(func(l *line) {
			l.pages[""] = tandem.History{Events: []tandem.Inbound{said("a", time.Now().Add(time.Minute))}}
		})
		time.Sleep(recheck + 2*beat)
		if n, err := b.MessagesBefore(context.Background(), ws, b.conversation(), 1<<40, 10); err != nil || len(n) != 1 || b.asked() == calls {
			t.Errorf("%d messages, %v", len(n), err)
		}
	})
}

func (b *bench) conversation() tandem.ConversationID {
	id, err := b.ConversationOfUser(context.Background(), ws, "ig", "ania")
	if err != nil {
		b.t.Fatal(err)
	}
	return id
}
