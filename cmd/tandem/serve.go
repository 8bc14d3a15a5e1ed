package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"runtime/debug"
	"strings"
	"sync"
	"syscall"
	"time"

	"tandem"
	"tandem/app"
	news "tandem/live" // live is what this command does with a server
	"tandem/nlu"
	"tandem/turn"
)

// place is where a database lies and what opens its secrets; most commands take it.
type place struct{ data, database, keyFile string }

func (p *place) flags(f *flag.FlagSet) {
	f.StringVar(&p.data, "data", "data", "folder of the SQLite database and the secrets key")
	f.StringVar(&p.database, "database", "", "postgres://... in place of SQLite")
	f.StringVar(&p.keyFile, "key", "", "file with the secrets key; the default is secrets.key in the data folder, or TANDEM_KEY")
}

func (p *place) address() string {
	if p.database != "" {
		return p.database
	}
	return filepath.Join(p.data, "tandem.db")
}

// check refuses an address that nobody could mean.
func (p *place) check() error {
	if p.database != "" && !strings.HasPrefix(p.database, "postgres://") && !strings.HasPrefix(p.database, "postgresql://") {
		return misused("--database takes postgres://...; for SQLite give the folder with --data")
	}
	return nil
}

func (p *place) keyPath() string {
	if p.keyFile != "" {
		return p.keyFile
	}
	return filepath.Join(p.data, "secrets.key")
}

// key reads the secrets key: TANDEM_KEY, or the key file. Where there is neither and make is set, a
// new key file is made, which only a first start does.
func (p *place) key(make bool) ([]byte, error) {
	if text := os.Getenv("TANDEM_KEY"); text != "" && p.keyFile == "" {
		return []byte(text), nil
	}
	b, err := os.ReadFile(p.keyPath())
	switch {
	case err == nil:
		return b, nil
	case !errors.Is(err, os.ErrNotExist):
		return nil, fmt.Errorf("the secrets key cannot be read: %w", err)
	case !make || p.database != "" || p.keyFile != "":
		return nil, fmt.Errorf("there is no secrets key: give it in TANDEM_KEY or in the file %s (tandem key new makes one)", p.keyPath())
	}
	if _, err := os.Stat(p.address()); err == nil {
		return nil, fmt.Errorf("the secrets key %s is missing and the database is there: put the key back, or its secrets cannot be read", p.keyPath())
	}
	b = []byte("# the secrets key of tandem: keep a copy apart from the database's backups\n" + app.NewKey() + "\n")
	return b, os.WriteFile(p.keyPath(), b, 0o600)
}

// open opens the database of an installation, for commands that do not serve.
func (p *place) open(ctx context.Context) (*app.App, error) {
	if err := p.check(); err != nil {
		return nil, err
	}
	if p.database == "" {
		if _, err := os.Stat(p.address()); err != nil {
			return nil, fmt.Errorf("there is no database %s: tandem serve makes one", p.address())
		}
	}
	k, err := p.key(false)
	if err != nil {
		return nil, err
	}
	return app.New(ctx, app.Config{Address: p.address(), Key: k, Quiet: true})
}

// patrol is how often a node looks for jobs that others left: other nodes, or a command beside it.
const patrol = 2 * time.Second

func serve(ctx context.Context, args []string, s streams) int {
	var p place
	f := flag.NewFlagSet("serve", flag.ContinueOnError)
	p.flags(f)
	addr := f.String("addr", "127.0.0.1:8080", "where to listen")
	proxied := f.Bool("behind-proxy", false, "a proxy of yours stands in front and sets X-Forwarded-For and X-Forwarded-Proto")
	model := f.String("model", "", "a model of your own, made by tandem nlu train, in place of the one that comes with the program")
	var vectors embedder
	embedFlags(f, &vectors)
	words := writerFlags(f)
	nats := f.String("nats", "", "nats://... through which nodes that share a PostgreSQL database tell each other what is new")
	if err := parse(f, args, s, 0); err != nil {
		return done(s, err)
	}
	if *nats != "" && p.database == "" {
		return done(s, misused("--nats is for nodes that share a database: it goes with --database postgres://..."))
	}
	taught, err := school(*model, &vectors)
	if err != nil {
		return done(s, err)
	}
	writer, err := words.open()
	if err != nil {
		return done(s, err)
	}
	return done(s, serveAt(ctx, p, *addr, *nats, app.Config{Proxied: *proxied, School: taught, Writer: writer}, s))
}

// join joins the other nodes' NATS. A cluster that does not answer is no error: the node serves, and
// looks for the others' work by itself meanwhile.
func join(address string) (news.Bus, error) {
	bus, err := news.Dial(address, func(up bool, why string) {
		if up {
			slog.Info("NATS is back: nodes hear each other at once again")
		} else {
			slog.Warn("NATS is away: nodes look for each other's work every second or two", "why", why)
		}
	})
	if err != nil {
		return nil, misused("--nats: %v", err)
	}
	return bus, nil
}

// school is what everybody's model is; nil is the one that comes with the program.
func school(file string, vectors *embedder) (*turn.School, error) {
	if file == "" {
		return nil, nil
	}
	m, err := openModel(file)
	if err != nil {
		return nil, fmt.Errorf("the model %s cannot be read: make it with tandem nlu train of this version", file)
	}
	return &turn.School{Model: vectors.join(m), Lessons: nlu.Lessons, Exam: nlu.Exam}, nil
}

func serveAt(ctx context.Context, p place, addr, nats string, conf app.Config, s streams) error {
	if err := p.check(); err != nil {
		return err
	}
	if p.database == "" {
		if err := os.MkdirAll(p.data, 0o700); err != nil {
			return fmt.Errorf("the data folder cannot be made: %w", err)
		}
	}
	k, err := p.key(true)
	if err != nil {
		return err
	}
	l, err := listen(addr)
	if err != nil {
		return err
	}
	defer l.Close()
	var bus news.Bus
	if nats != "" {
		if bus, err = join(nats); err != nil {
			return err
		}
		defer bus.Close() // after the App: its last words are told
	}
	conf.Address, conf.Key, conf.Patrol, conf.Bus = p.address(), k, patrol, bus
	a, err := app.New(ctx, conf)
	if err != nil {
		return err
	}
	defer a.Close()
	all, err := a.DB().Workspaces(ctx)
	if err != nil {
		return err
	}
	fmt.Fprintf(s.out, "tandem serves http://%s\n", l.Addr())
	if len(all) == 0 {
		fmt.Fprintf(s.out, "Nobody can sign in yet. Add the company and its owner:\n  tandem user add --company \"Your shop\" --email you@example.com --name \"Your name\" --role owner%s\n", p.same())
	}
	return live(ctx, a, a.Handler(), l)
}

// same repeats the flags that lead to the same database.
func (p *place) same() string {
	if p.database != "" {
		return " --database postgres://..."
	}
	if p.data != "data" {
		return " --data " + p.data
	}
	return ""
}

// listen opens an address and says plainly what is wrong with it.
func listen(addr string) (net.Listener, error) {
	_, port, err := net.SplitHostPort(addr)
	if err == nil {
		_, err = net.LookupPort("tcp", port)
	}
	if err != nil {
		return nil, misused("%q is no address: it is HOST:PORT, such as 127.0.0.1:8080, and a port is at most 65535", addr)
	}
	l, err := net.Listen("tcp", addr)
	if errors.Is(err, syscall.EADDRINUSE) {
		return nil, fmt.Errorf("the address %s is taken by another program: choose another with --addr", addr)
	}
	if err != nil {
		return nil, fmt.Errorf("%s cannot be listened on: %w", addr, err)
	}
	return l, nil
}

// goodbye is how long finishing may take; the whole stop stays within the promised ten seconds.
const goodbye = 8 * time.Second

// live serves until ctx ends, then stops taking, finishes what is under way and returns.
func live(ctx context.Context, a *app.App, h http.Handler, l net.Listener) error {
	srv := &http.Server{
		Handler: h, ReadHeaderTimeout: 10 * time.Second, ReadTimeout: 60 * time.Second, IdleTimeout: 2 * time.Minute, MaxHeaderBytes: 64 << 10,
	}
	work, stop := context.WithCancel(context.Background())
	defer stop()
	var running sync.WaitGroup
	running.Go(func() { a.Run(work) })
	broken := make(chan error, 1)
	go func() { broken <- srv.Serve(l) }()
	go debug.FreeOSMemory() // what starting took (the model's file, password hashes) is given back
	select {
	case err := <-broken:
		stop()
		running.Wait()
		return err
	case <-ctx.Done():
	}
	end, cancel := context.WithTimeout(context.Background(), goodbye)
	defer cancel()
	stop()
	err := srv.Shutdown(end)
	finished := make(chan struct{})
	go func() { running.Wait(); close(finished) }()
	select {
	case <-finished:
	case <-end.Done():
		return tandem.Errorf(tandem.Internal, "work under way was cut off after %s; it is done again at the next start", goodbye)
	}
	return err
}
