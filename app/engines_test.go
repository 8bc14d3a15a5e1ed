package app

import (
	"context"
	"database/sql"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"tandem"
	"tandem/demo"
	"tandem/sim"
)

// eventually asks again until a condition holds; it gives up only when something is broken.
func eventually(t *testing.T, what string, holds func() bool) {
	t.Helper()
	for end := time.Now().Add(10 * time.Minute); !holds(); {
		if time.Now().After(end) {
			t.Fatalf("%s: not within ten minutes", what)
		}
		<-time.After(20 * time.Millisecond)
	}
}

// TestBothEnginesServeTheSame plays one matter from the webhook to the wall on each engine, in real
// time, because a socket to a database stands outside every bubble.
func TestBothEnginesServeTheSame(t *testing.T) {
	engines := map[string]string{"sqlite": filepath.Join(t.TempDir(), "tandem.db")}
	if server := os.Getenv("TANDEM_TEST_POSTGRES"); server != "" {
		engines["postgres"] = newDatabase(t, server)
	}
	each := func(t *testing.T, address string) {
		s := &shop{t: t, net: sim.NewNet(), world: sim.ModnaSzafa(time.Now())}
		s.world.Join(s.net)
		key := []byte("0123456789abcdef0123456789abcdef")
		a, err := New(t.Context(), Config{Address: address, Key: key, Web: s.net.Client(), Front: front, Quiet: true, Fast: true, Think: time.Minute, Lease: 2 * time.Minute})
		if err != nil {
			t.Fatal(err)
		}
		s.App = a
		work, stop := context.WithCancel(context.Background())
		var running sync.WaitGroup
		running.Go(func() { a.Run(work) })
		defer func() {
			s.world.Close()
			stop()
			running.Wait()
			a.Close()
		}()
		if err := demo.Company(t.Context(), a.DB(), demo.Options{Hosts: demo.InMemory, Hash: hashed(), Hours: demo.Always}); err != nil {
			t.Fatal(err)
		}
		s.net.Handle(testHost, a.Handler())
		if err := s.world.Subscribe(t.Context(), "http://"+testHost+"/hook/meta", "http://"+testHost+"/hook/whatsapp", demo.VerifyToken); err != nil {
			t.Fatal(err)
		}
		oneMatter(t, s)
	}
	for engine, address := range engines {
		t.Run(engine, func(t *testing.T) { each(t, address) })
	}
}

// newDatabase makes a database on a server that tests may make databases on, and drops it at the end.
func newDatabase(t *testing.T, server string) string {
	t.Helper()
	u, err := url.Parse(server)
	if err != nil {
		t.Fatal("TANDEM_TEST_POSTGRES is no address")
	}
	name := "app_" + strings.ReplaceAll(tandem.NewID[string](), "-", "")
	ask := func(query string) {
		db, err := sql.Open("pgx", server)
		if err == nil {
			_, err = db.ExecContext(context.Background(), query)
			db.Close()
		}
		if err != nil {
			t.Error(err)
		}
	}
	ask("create database " + name)
	t.Cleanup(func() { ask("drop database if exists " + name + " with (force)") })
	u.Path = "/" + name
	return u.String()
}

func oneMatter(t *testing.T, s *shop) {
	ola, boss := s.sit("ola@demo.pl"), s.sit("kierownik@demo.pl")
	s.world.Meta.DM(s.world.Instagram, "marek", "Gdzie jest moja paczka?! Miała być wczoraj!", sim.DMOptions{})
	s.world.Meta.DM(s.world.Instagram, "nowa", "Dzień dobry, ile kosztuje dostawa?", sim.DMOptions{})
	var w Wall
	eventually(t, "one waits and one was answered", func() bool {
		ola.must("GET", "/api/wall", nil, &w)
		return w.Waiting == 1 && w.BotP50MS > 0
	})
	if w.Ignored != 0 || w.DeadJobs != 0 {
		t.Errorf("the wall is %+v", w)
	}
	at := "/api/conversations/" + string(ola.first("needs_human").ID)
	var c ConversationView
	eventually(t, "the card has its facts", func() bool {
		ola.must("GET", at, nil, &c)
		return c.Card != nil && !c.Card.Open
	})
	ola.must("POST", at+"/takeover", nil, &c)
	ola.must("POST", at+"/reply", map[string]any{"text": "Panie Marku, już sprawdzam.", "thread": c.Threads[0].ID}, nil)
	eventually(t, "the reply is out", func() bool { return len(s.world.Meta.Outbox("instagram", "marek")) == 1 })
	ola.must("POST", at+"/note", map[string]any{"text": "oddzwonić"}, nil)
	ola.must("POST", at+"/close", nil, nil)
	for _, path := range []string{"/api/me", "/api/drafts", "/api/policy", "/api/decisions", "/api/accounts", at, at + "/messages", "/api/conversations?view=closed&q=marek&limit=1"} {
		if got := boss.call("GET", path, nil); got.status != 200 || !strings.HasPrefix(got.header.Get("Content-Type"), "application/json") {
			t.Errorf("%s: %d %s", path, got.status, got.body)
		}
	}
	if n, err := s.DB().RawBodies(t.Context(), "meta"); err != nil || n < 2 {
		t.Errorf("%d raw bodies are kept (%v)", n, err)
	}
	events, err := s.DB().EventsAfter(t.Context(), demo.Workspace, 0, 1000)
	if err != nil || events[len(events)-1].Seq != int64(len(events)) {
		t.Errorf("the ledger has gaps: %v", err)
	}
	eventually(t, "nothing is owed but deadlines", func() bool {
		n, err := s.DB().Jobs(t.Context(), demo.Workspace, "send")
		return err == nil && n == 0
	})
	found, _, err := s.DB().Check(t.Context())
	if err != nil || len(found) != 0 {
		t.Errorf("the check found %v (%v)", found, err)
	}
	if n, err := s.DB().Overdue(t.Context(), demo.Workspace, time.Now()); err != nil || n != 0 {
		t.Errorf("%d messages without a disposition (%v)", n, err)
	}
}
