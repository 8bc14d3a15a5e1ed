package stories

import (
	"io"
	"net"
	"net/http"
	"net/url"
	"sync"
	"testing"
)

// gate is a host that can be made to keep a caller waiting, before or after it has done its work.
type gate struct {
	inner   http.Handler
	host    string // what inner takes itself for
	arrived chan struct{}

	mu    sync.Mutex
	open  chan struct{}
	after bool
	calls int
}

func newGate(host string, inner http.Handler) *gate {
	return &gate{inner: inner, host: host, arrived: make(chan struct{}, 1000)}
}

func (g *gate) hold(after bool) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.open, g.after = make(chan struct{}), after
}

func (g *gate) release() {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.open != nil {
		close(g.open)
		g.open = nil
	}
}

// ServeHTTP keeps a caller waiting whether or not the caller gives up.
func (g *gate) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	g.mu.Lock()
	open, after := g.open, g.after
	g.calls++
	g.mu.Unlock()
	if open != nil && !after {
		g.arrived <- struct{}{}
		<-open
	}
	r = r.Clone(r.Context())
	r.Host = g.host
	g.inner.ServeHTTP(w, r)
	if open != nil && after {
		g.arrived <- struct{}{}
		<-open
	}
}

func (g *gate) called() int {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.calls
}

// cable is the only way of one node to the database.
type cable struct {
	l    net.Listener
	mu   sync.Mutex
	ends []io.Closer
	gone bool
}

// lay puts a cable before a database and returns the address of its near end.
func lay(t *testing.T, address string) (*cable, string) {
	t.Helper()
	u, err := url.Parse(address)
	if err != nil || u.Host == "" {
		t.Fatal("TANDEM_TEST_POSTGRES has no host and port")
	}
	far := u.Host
	c := &cable{}
	if c.l, err = net.Listen("tcp", "127.0.0.1:0"); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(c.cut)
	go func() {
		for {
			near, err := c.l.Accept()
			if err != nil {
				return
			}
			to, err := net.Dial("tcp", far)
			if err != nil {
				near.Close()
				continue
			}
			c.join(near, to)
		}
	}()
	u.Host = c.l.Addr().String()
	return c, u.String()
}

func (c *cable) join(near, far net.Conn) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.ends = append(c.ends, near, far)
	if c.gone {
		near.Close()
		far.Close()
		return
	}
	for _, way := range [][2]net.Conn{{near, far}, {far, near}} {
		go func() {
			io.Copy(way[0], way[1])
			way[0].Close()
			way[1].Close()
		}()
	}
}

// cut ends all that goes through it, for good.
func (c *cable) cut() {
	c.l.Close()
	c.mu.Lock()
	defer c.mu.Unlock()
	c.gone = true
	for _, one := range c.ends {
		one.Close()
	}
}
