package live_test

import (
	"bufio"
	"context"
	"fmt"
	"net"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/nats-io/nats-server/v2/server"

	"tandem/live"
)

// patience is how long a test waits for what must happen.
const patience = 2 * time.Minute

// cluster starts a NATS server on a free loopback port, or on the one that is given.
func cluster(t *testing.T, port int, change func(*server.Options)) *server.Server {
	t.Helper()
	o := &server.Options{Host: "127.0.0.1", Port: port, NoLog: true, NoSigs: true}
	if port == 0 {
		o.Port = server.RANDOM_PORT
	}
	if change != nil {
		change(o)
	}
	s, err := server.NewServer(o)
	if err != nil {
		t.Fatal(err)
	}
	s.Start()
	if !s.ReadyForConnections(patience) {
		t.Fatal("the NATS server does not start")
	}
	t.Cleanup(func() { s.Shutdown(); s.WaitForShutdown() })
	return s
}

func portOf(s *server.Server) int { return s.Addr().(*net.TCPAddr).Port }

// node is a bus with all that it heard and reported.
type node struct {
	live.Bus
	words   chan live.Word
	reports chan string
}

func dial(t *testing.T, address string) *node {
	t.Helper()
	n := &node{words: make(chan live.Word, 1000), reports: make(chan string, 1000)}
	var err error
	n.Bus, err = live.Dial(address, func(up bool, why string) { n.reports <- fmt.Sprint(up, " ", why) })
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(context.Background())
	var running sync.WaitGroup
	running.Go(func() {
		if err := n.Listen(ctx, func(w live.Word) { n.words <- w }); err != nil {
			t.Error(err)
		}
	})
	t.Cleanup(func() {
		stop()
		running.Wait()
		n.Close()
	})
	n.next(t, live.Word{}) // it listens
	return n
}

// next waits for a word and lets others pass.
func (n *node) next(t *testing.T, want live.Word) {
	t.Helper()
	late := time.After(patience)
	for {
		select {
		case w := <-n.words:
			if w == want {
				return
			}
		case <-late:
			t.Fatalf("%v was not heard", want)
		}
	}
}

// said waits for a report that begins with a text.
func (n *node) said(t *testing.T, begin string) string {
	t.Helper()
	select {
	case r := <-n.reports:
		if !strings.HasPrefix(r, begin) {
			t.Fatalf("reported %q, want %q", r, begin)
		}
		return r
	case <-time.After(patience):
		t.Fatalf("nothing was reported, want %q", begin)
		return ""
	}
}

// reach tells until the other hears: a subscription is known to the server a moment after it is made.
func reach(t *testing.T, from, to *node, w live.Word) {
	t.Helper()
	again := time.NewTicker(20 * time.Millisecond)
	defer again.Stop()
	late := time.After(patience)
	for {
		from.Tell(w)
		select {
		case got := <-to.words:
			if got == w {
				return
			}
		case <-again.C:
		case <-late:
			t.Fatalf("%v does not reach the other node", w)
		}
	}
}

func TestWordsReachOtherNodesAndNotTheirOwn(t *testing.T) {
	s := cluster(t, 0, nil)
	a, b := dial(t, s.ClientURL()), dial(t, s.ClientURL())
	reach(t, a, b, live.Word{Workspace: "a room. with > * łatwe", Seq: 7})
	due := time.Now().Add(time.Hour).UTC().Truncate(time.Microsecond)
	reach(t, b, a, live.Word{Due: due})
	a.Tell(live.Word{Workspace: "house", Seq: 1 << 40})
	b.next(t, live.Word{Workspace: "house", Seq: 1 << 40})
	for len(a.words) > 0 {
		if w := <-a.words; w.Workspace != "" {
			t.Errorf("a node heard its own word %v", w)
		}
	}
}

func TestTellNeverWaitsAndServersComeBack(t *testing.T) {
	s := cluster(t, 0, nil)
	port := portOf(s)
	a, b := dial(t, s.ClientURL()), dial(t, s.ClientURL())
	reach(t, a, b, live.Word{Workspace: "house", Seq: 1})
	s.Shutdown()
	s.WaitForShutdown()
	a.said(t, "false")
	b.said(t, "false")
	if a.Up() || b.Up() {
		t.Error("a bus without a server says that words travel")
	}
	for n := range 100_000 { // they would fill any buffer, and no server takes them: a Tell that waits never returns
		a.Tell(live.Word{Workspace: "house", Seq: int64(n + 2)})
	}
	cluster(t, port, nil)
	a.said(t, "true")
	b.said(t, "true")
	b.next(t, live.Word{}) // look: something may have been lost
	reach(t, a, b, live.Word{Workspace: "house", Seq: 100_002})
	if !a.Up() {
		t.Error("the bus is up and does not say so")
	}
}

func TestServerMayComeLater(t *testing.T) {
	s := cluster(t, 0, nil)
	port := portOf(s)
	s.Shutdown()
	s.WaitForShutdown()
	address := fmt.Sprintf("nats://127.0.0.1:%d", port)
	a, b := dial(t, address), dial(t, address)
	a.said(t, "false")
	a.Tell(live.Word{Workspace: "house", Seq: 3})
	cluster(t, port, nil)
	a.said(t, "true")
	reach(t, b, a, live.Word{Workspace: "house", Seq: 4})
	reach(t, a, b, live.Word{Workspace: "house", Seq: 5})
}

// TestPasswordsStaySecret: whatever goes wrong, neither an error nor a report repeats what the
// address held; and a password that is put right on the server lets a node in that was refused.
func TestPasswordsStaySecret(t *testing.T) {
	const secret = "hush4Hush!x"
	s := cluster(t, 0, func(o *server.Options) { o.Username, o.Password = "tandem", secret })
	host := fmt.Sprintf("127.0.0.1:%d", portOf(s))
	good := dial(t, "nats://tandem:"+secret+"@"+host)
	other := dial(t, "nats://tandem:"+secret+"@"+host)
	reach(t, good, other, live.Word{Workspace: "house", Seq: 1})

	const wrong = "wr0ngSecret"
	bad := dial(t, "nats://tandem:"+wrong+"@"+host)
	if r := bad.said(t, "false"); strings.Contains(r, wrong) || !strings.Contains(strings.ToLower(r), "authorization") {
		t.Errorf("the report is %q", r)
	}
	for _, address := range []string{
		"nats://tandem:" + wrong + "@ho st:4222", "http://tandem:" + wrong + "@" + host, "nats://tandem:" + wrong + "@:4222", "nats://" + wrong + "@%zz",
		"nats://tandem:" + wrong + "@127.0.0.1:99999999", "", "nats://a,nats://tandem:" + wrong + "@b:c",
	} {
		bus, err := live.Dial(address, func(_ bool, why string) {
			if strings.Contains(why, wrong) {
				t.Errorf("a report repeats the password: %q", why)
			}
		})
		if err == nil {
			bus.Close()
			if address == "" || !strings.Contains(address, "99999999") {
				t.Errorf("the address %q was taken", strings.ReplaceAll(address, wrong, "***"))
			}
			continue
		}
		if strings.Contains(err.Error(), wrong) {
			t.Errorf("an error repeats the password: %v", err)
		}
	}

	refusals := func() uint64 {
		v, err := s.Varz(nil)
		if err != nil {
			t.Fatal(err)
		}
		return v.TotalConnections
	}
	look := time.NewTicker(10 * time.Millisecond)
	defer look.Stop()
	for late, seen := time.After(patience), refusals(); refusals() < seen+4; { // it does not give up
		select {
		case <-look.C:
		case <-late:
			t.Fatal("a node that was refused does not try again")
		}
	}
	port := portOf(s)
	s.Shutdown()
	s.WaitForShutdown()
	cluster(t, port, func(o *server.Options) {
		o.Users = []*server.User{{Username: "tandem", Password: wrong}}
	})
	bad.said(t, "true")
}

// TestServerThatRepeatsThePasswordIsNotQuoted: what a server says is part of our reports.
func TestServerThatRepeatsThePasswordIsNotQuoted(t *testing.T) {
	const secret, token = "pa55Word", "t0ken+x"
	for _, who := range []string{"tandem:" + secret, "t0ken%2Bx"} {
		l, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			t.Fatal(err)
		}
		defer l.Close()
		go func() {
			for {
				c, err := l.Accept()
				if err != nil {
					return
				}
				fmt.Fprint(c, "INFO {\"server_id\":\"x\",\"version\":\"2.10.0\",\"proto\":1,\"max_payload\":1024}\r\n")
				for lines := bufio.NewScanner(c); lines.Scan() && lines.Text() != "PING"; {
				}
				fmt.Fprintf(c, "-ERR 'no entry with %s %s'\r\n", secret, token)
				c.Close()
			}
		}()
		n := dial(t, "nats://"+who+"@"+l.Addr().String())
		r := n.said(t, "false")
		if mine, other := strings.Contains(r, secret), strings.Contains(r, token); mine && who != "t0ken%2Bx" || other && who == "t0ken%2Bx" {
			t.Errorf("the report is %q", r)
		}
		if !strings.Contains(r, "***") {
			t.Errorf("the report %q does not quote the server: nothing was tried", r)
		}
	}
}

func TestTokenInTheAddress(t *testing.T) {
	s := cluster(t, 0, func(o *server.Options) { o.Authorization = "t0ken" })
	address := fmt.Sprintf("nats://t0ken@127.0.0.1:%d", portOf(s))
	reach(t, dial(t, address), dial(t, address), live.Word{Workspace: "house", Seq: 1})
}

// TestForbiddenWordsAreReported: a server that lets a node in and forbids it to tell.
func TestForbiddenWordsAreReported(t *testing.T) {
	s := cluster(t, 0, func(o *server.Options) {
		o.Users = []*server.User{{Username: "mute", Password: "x", Permissions: &server.Permissions{Publish: &server.SubjectPermission{Deny: []string{"tandem.>"}}}}}
	})
	n := dial(t, fmt.Sprintf("nats://mute:x@127.0.0.1:%d", portOf(s)))
	for range 3 {
		n.Tell(live.Word{Workspace: "house", Seq: 1})
	}
	if r := n.said(t, "false"); !strings.Contains(strings.ToLower(r), "permission") {
		t.Errorf("the report is %q", r)
	}
	if n.Up() {
		t.Error("a node that may not tell says that words travel")
	}
}

func TestForeignWordsAreNotUnderstood(t *testing.T) {
	s := cluster(t, 0, nil)
	n, other := dial(t, s.ClientURL()), dial(t, s.ClientURL())
	reach(t, other, n, live.Word{Workspace: "house", Seq: 1})
	stranger, err := net.Dial("tcp", s.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	defer stranger.Close()
	fmt.Fprint(stranger, "CONNECT {\"verbose\":false}\r\n")
	for _, body := range []string{"", "x", "-3", "0", "99999999999999999999", "{}"} {
		for _, subject := range []string{"tandem.events.house", "tandem.jobs", "tandem.events.%zz"} {
			fmt.Fprintf(stranger, "PUB %s %d\r\n%s\r\n", subject, len(body), body)
		}
	}
	fmt.Fprint(stranger, "PUB tandem.events.house 2\r\n42\r\n")
	for {
		select {
		case w := <-n.words:
			if w.Workspace == "house" && w.Seq == 42 {
				return
			}
			if w != (live.Word{}) && w.Seq != 1 {
				t.Errorf("a foreign word was understood as %v", w)
			}
		case <-time.After(patience):
			t.Fatal("the good word was not heard")
		}
	}
}
