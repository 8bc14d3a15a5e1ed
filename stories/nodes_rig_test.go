package stories

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"net"
	"net/http/httptest"
	"os"
	"sync"
	"testing"
	"time"

	"github.com/nats-io/nats-server/v2/server"

	"tandem"
	"tandem/access"
	"tandem/app"
	"tandem/demo"
	"tandem/live"
	"tandem/sim"
	"tandem/store"
	"tandem/stories/world"
)

// These tests run in real time: their nodes share a PostgreSQL server and speak through a NATS
// server, both behind sockets, where virtual time stands still. Nothing sleeps and nothing depends on
// how fast the machine is: a bot has a minute to think, a lease ends when the test says so, and nodes that
// have NATS do not look by themselves for an hour. Everything waits for a condition until inTime, which is
// only met when something is broken.
const (
	inTime = 10 * time.Minute
	alone  = time.Hour // what NATS does not bring does not come
)

// platformHost is where the platforms call; pair.listensAt says which node answers.
const platformHost = "tandem.test"

// pair is two nodes on one database, and the world around them.
type pair struct {
	t       *testing.T
	world   *sim.World
	a, b    *node
	address string // of the database
	nats    *server.Server
	port    int
	conf    []func(*app.Config) // what both nodes have otherwise than usual
}

// node is one tandem with its own way to the world, so that it alone can be kept waiting.
type node struct {
	*app.App
	t     *testing.T
	net   *sim.Net
	shop  *gate
	front *httptest.Server
	bus   live.Bus
	cable *cable
	stop  context.CancelFunc
	ran   sync.WaitGroup
}

// newPair makes two nodes that do not work yet. Without NATS they have only the database in common.
func newPair(t *testing.T, withNATS bool, otherwise ...func(*app.Config)) *pair {
	t.Helper()
	if os.Getenv("TANDEM_TEST_POSTGRES") == "" {
		t.Skip("TANDEM_TEST_POSTGRES is not set")
	}
	p := &pair{t: t, world: sim.ModnaSzafa(time.Now()), conf: otherwise}
	p.address = world.Database(t, "postgres")
	if withNATS {
		p.startNATS()
	}
	p.a = p.node()
	if err := demo.Company(t.Context(), p.a.DB(), demo.Options{Hosts: demo.InMemory, Hash: "-", Hours: demo.Always}); err != nil {
		t.Fatal(err)
	}
	p.b = p.node()
	t.Cleanup(p.world.Close) // before the nodes: no request may be under way when they close
	p.listensAt(p.a)
	if err := p.world.Subscribe(t.Context(), "http://"+platformHost+"/hook/meta", "", demo.VerifyToken); err != nil {
		t.Fatal(err)
	}
	return p
}

// startNATS starts the server, again on the port it had.
func (p *pair) startNATS() {
	o := &server.Options{Host: "127.0.0.1", Port: p.port, NoLog: true, NoSigs: true}
	if p.port == 0 {
		o.Port = server.RANDOM_PORT
	}
	s, err := server.NewServer(o)
	if err != nil {
		p.t.Fatal(err)
	}
	s.Start()
	if !s.ReadyForConnections(inTime) {
		p.t.Fatal("the NATS server does not start")
	}
	p.nats, p.port = s, s.Addr().(*net.TCPAddr).Port
	p.t.Cleanup(func() { s.Shutdown(); s.WaitForShutdown() })
}

func (p *pair) stopNATS() {
	p.nats.Shutdown()
	p.nats.WaitForShutdown()
	p.until("the nodes know that NATS is away", func() bool { return !p.a.bus.Up() && !p.b.bus.Up() })
}

func (p *pair) node() *node {
	n, address := &node{t: p.t, net: sim.NewNet(), shop: newGate(sim.ShopHost, p.world.Shop)}, ""
	n.cable, address = lay(p.t, p.address)
	p.world.Join(n.net)
	n.net.Handle(sim.ShopHost, n.shop)
	conf := app.Config{Address: address, Key: bytes.Repeat([]byte{7}, 32), Web: n.net.Client(), Quiet: true, Patrol: 2 * time.Second, Think: time.Minute, Lease: 2 * time.Minute}
	if p.nats != nil {
		conf.Recheck = alone
	}
	for _, change := range p.conf {
		change(&conf)
	}
	var err error
	if p.nats != nil {
		if n.bus, err = live.Dial(fmt.Sprintf("nats://127.0.0.1:%d", p.port), nil); err != nil {
			p.t.Fatal(err)
		}
		conf.Bus = n.bus
	}
	if n.App, err = app.New(p.t.Context(), conf); err != nil {
		p.t.Fatal(err)
	}
	n.front = httptest.NewServer(n.Handler())
	n.stop = func() {}
	p.t.Cleanup(n.close)
	return n
}

// listensAt lets the platforms call a node, or nobody.
func (p *pair) listensAt(n *node) {
	for _, one := range []*node{p.a, p.b} {
		if n == nil {
			one.net.Handle(platformHost, nil)
			continue
		}
		one.net.Handle(platformHost, n.Handler())
	}
}

// work lets a node carry out jobs and hear the other.
func (n *node) work() {
	ctx, stop := context.WithCancel(context.Background())
	n.stop = stop
	n.ran.Go(func() { n.Run(ctx) })
}

// kill ends a node in the middle of its work as a power cut does: it reaches neither the database nor
// NATS any more, and what it had taken on stays taken until the lease runs out.
func (n *node) kill() {
	n.cable.cut()
	if n.bus != nil {
		n.bus.Close()
	}
	n.stop()
}

func (n *node) close() {
	n.shop.release()
	n.stop()
	n.ran.Wait()
	n.front.Close()
	if err := n.Close(); err != nil {
		n.t.Error(err)
	}
	if n.bus != nil {
		n.bus.Close()
	}
}

// leasesEnd lets the time pass for which a node that died had taken on its work.
func (p *pair) leasesEnd() {
	p.t.Helper()
	db, err := sql.Open("pgx", p.address)
	if err != nil {
		p.t.Fatal(err)
	}
	defer db.Close()
	if _, err := db.ExecContext(p.t.Context(), `update job set lease_until = 1 where lease_until > 0`); err != nil {
		p.t.Fatal(err)
	}
}

// until waits for a condition.
func (p *pair) until(what string, is func() bool) {
	p.t.Helper()
	late := time.NewTimer(inTime)
	defer late.Stop()
	look := time.NewTicker(10 * time.Millisecond)
	defer look.Stop()
	for !is() {
		select {
		case <-look.C:
		case <-late.C:
			p.t.Fatalf("not within %s: %s", inTime, what)
		}
	}
}

// reached waits until a caller stands at a gate.
func (p *pair) reached(g *gate) {
	p.t.Helper()
	select {
	case <-g.arrived:
	case <-time.After(inTime):
		p.t.Fatal("nobody came to the gate")
	}
}

// says lets a person of the world write on Instagram.
func (p *pair) says(who, text string) { p.world.Meta.DM(p.world.Instagram, who, text, sim.DMOptions{}) }

func (p *pair) got(who string) []sim.Out { return p.world.Meta.Outbox("instagram", who) }

// conversation is the one of a person of the world, once there is one.
func (p *pair) conversation(n *node, who string) (id tandem.ConversationID) {
	p.t.Helper()
	p.until(who+" has a conversation", func() bool {
		var err error
		id, err = n.DB().ConversationOfUser(p.t.Context(), demo.Workspace, "instagram", p.world.Meta.UserID(p.world.Instagram, who))
		return err == nil
	})
	return id
}

// settled waits until nothing that was written is without its turn and nothing waits to be sent.
func (p *pair) settled(n *node) {
	p.t.Helper()
	p.until("all turns are taken and all is sent", func() bool {
		left := 0
		for _, kind := range []string{"turn", "send"} {
			jobs, err := n.DB().Jobs(p.t.Context(), demo.Workspace, kind)
			if err != nil {
				p.t.Fatal(err)
			}
			left += jobs
		}
		return left == 0
	})
}

// whole checks the data: what must hold of it whichever node did what.
func (p *pair) whole(n *node) {
	p.t.Helper()
	wrong, _, err := n.DB().Check(p.t.Context())
	if err != nil {
		p.t.Fatal(err)
	}
	for _, w := range wrong {
		p.t.Errorf("%d %s", w.Count, w.Name)
	}
}

func (p *pair) newest(n *node) int64 {
	p.t.Helper()
	last, err := n.DB().LastEvent(p.t.Context(), demo.Workspace)
	if err != nil {
		p.t.Fatal(err)
	}
	return last
}

// cookie signs a person in; any node knows the session.
func (n *node) cookie(who string) string {
	n.t.Helper()
	token, hash := access.NewToken()
	err := n.DB().Write(n.t.Context(), demo.Workspace, func(tx *store.Tx) error {
		return tx.StartSession(hash, tandem.UserID(who), tx.Now.Add(time.Hour), "test")
	})
	if err != nil {
		n.t.Fatal(err)
	}
	return access.Cookie + "=" + token
}

// call asks a node's API; anything but success ends the test.
func (n *node) call(who, method, path string, in, out any) {
	n.t.Helper()
	b, err := json.Marshal(in)
	if err != nil {
		n.t.Fatal(err)
	}
	r := httptest.NewRequest(method, path, bytes.NewReader(b))
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("Cookie", n.cookie(who))
	w := httptest.NewRecorder()
	n.Handler().ServeHTTP(w, r)
	if w.Code/100 != 2 {
		n.t.Fatalf("%s %s: %d %s", method, path, w.Code, w.Body)
	}
	if out != nil {
		if err := json.Unmarshal(w.Body.Bytes(), out); err != nil {
			n.t.Fatal(err)
		}
	}
}
