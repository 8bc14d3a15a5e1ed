package app

import (
	"cmp"
	"context"
	"io/fs"
	"log/slog"
	"maps"
	"net/http"
	"sync"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"tandem"
	"tandem/access"
	"tandem/desk"
	"tandem/intake"
	"tandem/job"
	"tandem/live"
	"tandem/nlu"
	"tandem/store"
	"tandem/turn"
	"tandem/ui"
	"tandem/upkeep"
	"tandem/web"
)

// Config is what an App is made from.
type Config struct {
	Address string        // of the database: a path, ":memory:", or postgres://...
	Key     []byte        // the secrets key: 32 bytes, or the text of a key file; nil: no secrets can be stored
	Web     *http.Client  // calls platforms, shops and couriers; nil: one with a limit of 20 s
	Front   fs.FS         // the built front end; nil: the one inside the program
	Fast    bool          // tests only: do not wait for the disk
	Proxied bool          // a proxy of ours stands in front and sets the X-Forwarded headers
	Quiet   bool          // no log line for what went well
	Patrol  time.Duration // how often to look for jobs of other nodes, or of commands beside this one; 0: it is alone
	Lease   time.Duration // how long a job may take before another node does it; 0: 30 s
	Beat    time.Duration // between two signs of life, by which an outage is noticed; 0: a minute
	Think   time.Duration // tests only: how long the bot may think; 0: turn.Patience
	Recheck time.Duration // tests only: how often to look for other nodes' events without being told; 0: a second. Settings are believed five times as long
	School  *turn.School  // trains the companies' own models; nil: the one inside the program
	Writer  tandem.Writer // a language model that words the cards; nil: none is asked
	Bus     live.Bus      // tells other nodes at once; nil: there are none, or they look by themselves. The caller closes it
}

// App is one node of tandem.
type App struct {
	conf   Config
	db     *store.DB
	hub    *live.Hub
	jobs   *job.Runner
	story  turn.Turn
	desk   desk.Room
	school turn.School
	web    *http.Client

	lines  lines
	looks  known[look]
	models models
	spaces known[space]
	events eventCache
	here   presence
	front  *web.Files
	api    huma.API
	routes http.Handler
	busy   sync.WaitGroup
	closed sync.Once

	open    context.Context // of streams; ends when the node stops, other requests are finished
	endOpen context.CancelFunc

	// What may be done how often: failed logins by address and by caller, words and signs of life of a
	// visitor, new visitors of a site by caller.
	perEmail, perIP, perVisitor, perSign, perSite, perUpload access.Limiter
}

// New opens everything and migrates the database. It does not work on jobs before Run. Close it
// when done. Its errors say in one sentence what an operator has to change.
func New(ctx context.Context, conf Config) (_ *App, err error) {
	a := &App{
		conf: conf, web: conf.Web, jobs: &job.Runner{Lease: cmp.Or(conf.Lease, 30*time.Second)},
		perEmail:   access.Limiter{Burst: 8, Per: 15 * time.Minute},
		perIP:      access.Limiter{Burst: 60, Per: 15 * time.Minute},
		perVisitor: access.Limiter{Burst: 40, Per: time.Minute},
		perSign:    access.Limiter{Burst: 120, Per: time.Minute},
		perSite:    access.Limiter{Burst: 600, Per: time.Minute},
		perUpload:  access.Limiter{Burst: 20, Per: time.Hour},
	}
	a.open, a.endOpen = context.WithCancel(context.Background())
	if a.web == nil {
		a.web = &http.Client{Timeout: 20 * time.Second}
	}
	o := store.Options{Publish: a.published, Wake: a.due, Hands: a.jobs, Fast: conf.Fast}
	if conf.Key != nil {
		if o.Sealer, err = ParseKeys(conf.Key); err != nil {
			return nil, err
		}
	}
	if conf.School == nil {
		go nlu.Open() // it takes longer than the database: meanwhile that is opened
	}
	tree := conf.Front
	if tree == nil {
		tree = ui.Dist
	}
	if a.front, err = web.NewFiles(tree); err != nil {
		return nil, err
	}
	a.hub = &live.Hub{Bus: conf.Bus}
	if a.db, err = store.Open(ctx, conf.Address, o); err != nil {
		return nil, err
	}
	if conf.School != nil {
		a.school = *conf.School
	} else if a.school, err = turn.Shipped(); err != nil {
		a.db.Close()
		return nil, err
	}
	a.meet()
	if err := a.prepare(ctx); err != nil {
		a.db.Close()
		return nil, a.db.Plainly(err)
	}
	return a, nil
}

// prepare connects the rooms and makes sure that what is owed will be done.
func (a *App) prepare(ctx context.Context) error {
	a.lines.wanted.Add(1)
	if _, err := a.accounts(ctx); err != nil {
		return err
	}
	t := turn.Turn{DB: a.db, NLU: a.model, Lookup: a.lookup, Channels: a.line, Window: window, School: a.school, Writer: a.conf.Writer, Think: a.conf.Think}
	a.jobs.DB, a.jobs.Do = a.db, t.Jobs()
	maps.Copy(a.jobs.Do, a.keeper().Jobs())
	a.jobs.Patrol, a.jobs.Leases = a.conf.Patrol, map[string]time.Duration{"learn": turn.LearnLease, "word": turn.WordLease}
	a.story, a.desk = t, t.Desk()
	all, err := a.db.Workspaces(ctx)
	if err != nil {
		return err
	}
	for _, w := range all {
		if err := a.db.Write(ctx, w.ID, func(tx *store.Tx) error { return t.Renew(tx, func() error { return sweep(tx) }) }); err != nil {
			return err
		}
		if err := a.relearn(ctx, w.ID); err != nil {
			return err
		}
	}
	a.routes = a.build()
	return nil
}

// sweep owes what comes again and again: forgetting, and the watch over the accounts.
func sweep(tx *store.Tx) error {
	if err := tx.Enqueue(store.Job{Kind: "sweep", Once: "sweep"}); err != nil {
		return err
	}
	return tx.Enqueue(store.WatchJob(tx.Now))
}

// keeper keeps the connections whole.
func (a *App) keeper() upkeep.Keeper {
	return upkeep.Keeper{DB: a.db, Beat: a.conf.Beat,
		Line: func(id tandem.AccountID) (tandem.Channel, bool) {
			l, ok := a.line(id)
			return l.Channel, ok
		},
		Room: func(ctx context.Context, ws tandem.WorkspaceID) (intake.Room, error) {
			s, err := a.space(ctx, ws)
			return a.intake(s), err
		},
	}
}

// DB returns the node's memory.
func (a *App) DB() *store.DB { return a.db }

// Hub returns what tells this node's listeners of events.
func (a *App) Hub() *live.Hub { return a.hub }

// Model returns what understands messages where a company has taught nothing.
func (a *App) Model() *nlu.Model { return a.school.Model }

// Handler serves every URL of routes.go.
func (a *App) Handler() http.Handler { return a.routes }

// Run carries out jobs and listens to other nodes until ctx ends, then ends the open streams, whose
// readers come back elsewhere, and finishes what is under way.
func (a *App) Run(ctx context.Context) {
	defer context.AfterFunc(ctx, a.endOpen)()
	a.busy.Go(func() {
		if err := a.hub.Run(ctx); err != nil {
			slog.Error("other nodes cannot be heard", "err", err)
		}
	})
	if a.shared() {
		a.busy.Go(func() { a.review(ctx) })
	}
	if err := a.db.ReleaseLeases(ctx); err != nil && ctx.Err() == nil { // only who does the work: a command beside a running node must not
		slog.Error("the leases of the last run cannot be released; they will run out", "err", err)
	}
	a.jobs.Run(ctx)
	a.busy.Wait()
}

// Close closes the store. Run must have ended and no request may be under way.
func (a *App) Close() error {
	var err error
	a.closed.Do(func() {
		a.endOpen()
		a.busy.Wait()
		err = a.db.Close()
	})
	return err
}

// published is told of events after their commit. It must not wait: it runs in the store's writer.
func (a *App) published(events []tandem.Event) {
	a.forget(events)
	a.hub.Publish(events)
}
