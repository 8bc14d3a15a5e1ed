package stories

import (
	"fmt"
	"strings"
	"sync"
	"testing"

	"tandem"
	"tandem/app"
	"tandem/demo"
	"tandem/sim"
	"tandem/store"
)

const parcelQuestion = "Dzień dobry, kiedy dotrze moja paczka?"

func TestWebhookOfOneNodeIsSeenAtTheOther(t *testing.T) {
	p := newPair(t, true)
	p.a.work()
	p.b.work()
	desk := p.b.listen("ola", 0)
	p.listensAt(p.a)
	p.says("kasia", parcelQuestion)
	p.until("the message is on the other node's stream", func() bool { return desk.has(tandem.MessageAdded, "kiedy dotrze") })
	p.until("the answer is on the stream", func() bool { return desk.has(tandem.MessageAdded, "48377") })
	p.settled(p.b)
	if n := len(p.got("kasia")); n != 1 {
		t.Errorf("%d answers reached the customer", n)
	}
	p.whole(p.b)
}

// TestTakeOverAtOneNodeSilencesTheOther: the bot of node A is thinking while a person takes over at
// node B.
func TestTakeOverAtOneNodeSilencesTheOther(t *testing.T) {
	p := newPair(t, true)
	p.a.work()
	p.a.shop.hold(false)
	p.says("kasia", parcelQuestion)
	p.reached(p.a.shop)
	id := p.conversation(p.b, "kasia")
	p.b.call("ola", "POST", "/api/conversations/"+string(id)+"/takeover", map[string]any{}, nil)
	p.a.shop.release()
	p.settled(p.b)
	if got := p.got("kasia"); len(got) != 0 {
		t.Errorf("the bot spoke after the take-over: %v", got)
	}
	c, err := p.b.DB().Conversation(t.Context(), demo.Workspace, id)
	if err != nil || c.Owner != tandem.Human || c.Agent != "ola" {
		t.Errorf("the conversation belongs to %s %s, %v", c.Owner, c.Agent, err)
	}
	p.says("ania", "ile kosztuje dostawa?") // the bot of A is well: it was silent because of the take-over
	p.until("another customer is answered", func() bool { return len(p.got("ania")) == 1 })
	p.whole(p.b)
}

func TestStopPressedAtOneNodeActsAtTheOther(t *testing.T) {
	p := newPair(t, true)
	p.b.work()
	p.listensAt(p.b)
	p.says("zosia", "ile kosztuje dostawa?")
	p.until("the bot answers", func() bool { return len(p.got("zosia")) == 1 })
	var w app.Wall
	paused := func() bool {
		p.b.call("kierownik", "GET", "/api/wall", nil, &w)
		return w.Paused
	}
	if paused() { // B knows the company's settings now, and would believe them for hours
		t.Fatal("the bot is paused from the beginning")
	}
	p.a.call("piotr", "POST", "/api/policy/pause", map[string]any{"paused": true}, nil)
	p.says("ania", "ile kosztuje dostawa?")
	p.until("the other node shows that the bot is silent", paused)
	id := p.conversation(p.a, "ania")
	p.until("the customer waits for a person", func() bool {
		c, err := p.a.DB().Conversation(t.Context(), demo.Workspace, id)
		return err == nil && c.Owner == tandem.Queue
	})
	p.settled(p.a)
	if got := p.got("ania"); len(got) != 0 {
		t.Errorf("the bot spoke although it was stopped: %v", got)
	}
	p.a.call("kierownik", "POST", "/api/policy/pause", map[string]any{"paused": false}, nil)
	p.until("the other node shows that the bot may speak", func() bool { return !paused() })
	p.says("basia", "ile kosztuje dostawa?")
	p.until("the bot answers again", func() bool { return len(p.got("basia")) == 1 })
}

// TestStopPressedWhileTheOtherNodeThinks: what is being thought when the button is pressed is not said.
func TestStopPressedWhileTheOtherNodeThinks(t *testing.T) {
	p := newPair(t, true)
	p.b.work()
	p.listensAt(p.b)
	p.b.shop.hold(false)
	p.says("kasia", parcelQuestion)
	p.reached(p.b.shop) // the bot of B is thinking
	p.a.call("piotr", "POST", "/api/policy/pause", map[string]any{"paused": true}, nil)
	p.b.shop.release()
	id := p.conversation(p.a, "kasia")
	p.until("the customer waits for a person", func() bool {
		c, err := p.a.DB().Conversation(t.Context(), demo.Workspace, id)
		return err == nil && c.Owner == tandem.Queue
	})
	p.settled(p.a)
	if got := p.got("kasia"); len(got) != 0 {
		t.Errorf("the bot spoke although it was stopped: %v", got)
	}
}

// TestConnectionsChangedAtOneNodeAreUsedByTheOther: a channel and a shop move to new addresses.
func TestConnectionsChangedAtOneNodeAreUsedByTheOther(t *testing.T) {
	p := newPair(t, true)
	graph, shop := newGate(sim.InstagramHost, p.world.Meta), newGate(sim.ShopHost, p.world.Shop)
	p.b.net.Handle("graph.moved.example", graph)
	p.b.net.Handle("shop.moved.example", shop)
	p.b.work()
	p.listensAt(p.b)
	desk := p.b.listen("kierownik", 0)
	p.says("kasia", parcelQuestion) // B uses both, and keeps them
	p.until("the first answer", func() bool { return len(p.got("kasia")) == 1 })
	if graph.called()+shop.called() != 0 || p.b.shop.called() == 0 {
		t.Fatal("the first answer did not use the first addresses")
	}
	hosts := demo.InMemory
	hosts.Instagram, hosts.Shop = "https://graph.moved.example", "https://shop.moved.example"
	if err := demo.Company(t.Context(), p.a.DB(), demo.Options{Hosts: hosts}); err != nil {
		t.Fatal(err)
	}
	was := p.b.shop.called()
	if err := p.a.DB().Write(t.Context(), demo.Workspace, func(tx *store.Tx) error {
		tx.Emit(tandem.Event{Kind: tandem.NoteAdded, Code: "after"})
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	p.until("B heard what came after the change", func() bool { return desk.has(tandem.NoteAdded, "after") })
	p.says("ania", "ile kosztuje dostawa?")
	p.until("an answer goes to the channel's new address", func() bool { return len(p.got("ania")) == 1 && graph.called() > 0 })
	p.says("marek", "Dzień dobry, gdzie jest moja paczka?")
	p.until("the shop is asked at its new address", func() bool { return shop.called() > 0 })
	if n := p.b.shop.called() - was; n != 0 {
		t.Errorf("the shop's old address was asked %d more times", n)
	}
}

// TestPowerCutLosesNothing: node A dies while its bot thinks about one message, with another just
// accepted, and a third that the platform has and whose receipt and echo A never saw.
func TestPowerCutLosesNothing(t *testing.T) {
	p := newPair(t, true)
	graph := newGate(sim.InstagramHost, p.world.Meta)
	p.a.net.Handle(sim.InstagramHost, graph)
	t.Cleanup(graph.release)
	p.a.work()

	p.a.shop.hold(false)
	p.says("kasia", parcelQuestion)
	p.reached(p.a.shop)
	graph.hold(true)
	p.says("marek", "Proszę o kontakt z człowiekiem")
	marek := p.conversation(p.b, "marek")
	p.says("ania", "ile kosztuje dostawa?")
	p.conversation(p.b, "ania")
	p.listensAt(nil)
	p.until("the platform has the answer", func() bool { return len(p.got("ania")) == 1 })
	p.a.kill()
	p.leasesEnd()

	p.b.work()
	p.until("what A was thinking about is answered", func() bool { return len(p.got("kasia")) == 1 })
	p.until("what A had accepted is done", func() bool {
		c, err := p.b.DB().Conversation(t.Context(), demo.Workspace, marek)
		return err == nil && c.Owner == tandem.Queue
	})
	p.settled(p.b)
	if !strings.Contains(p.got("kasia")[0].Text, "48377") {
		t.Errorf("the answer is %q", p.got("kasia")[0].Text)
	}
	if n := len(p.got("ania")); n != 1 {
		t.Errorf("what A had sent was sent %d times", n)
	}
	p.listensAt(p.b)
	p.says("zosia", "ile kosztuje dostawa?")
	p.until("a new customer is answered", func() bool { return len(p.got("zosia")) == 1 })
	p.settled(p.b)
	p.whole(p.b)
}

// emitBoth writes n events at each node at the same time.
func (p *pair) emitBoth(n int) (done *sync.WaitGroup) {
	done = &sync.WaitGroup{}
	for _, one := range []*node{p.a, p.b} {
		done.Go(func() {
			for i := range n {
				err := one.DB().Write(p.t.Context(), demo.Workspace, func(tx *store.Tx) error {
					tx.Emit(tandem.Event{Kind: tandem.CustomerChanged, Subject: fmt.Sprint(i)})
					return nil
				})
				if err != nil {
					p.t.Error(err)
				}
			}
		})
	}
	return done
}

// TestStreamMovesBetweenNodes: a browser whose connection breaks again and again comes back at the
// other node each time, while both nodes write.
func TestStreamMovesBetweenNodes(t *testing.T) {
	p := newPair(t, true)
	p.a.work()
	p.b.work()
	first := p.newest(p.a) + 1
	at, from := []*node{p.a, p.b}, first-1
	var got []told
	writing := p.emitBoth(150)
	for i := range 8 {
		e := at[i%2].listen("kierownik", from) // the owner may see every event
		goal := from + 15
		p.until("the stream goes on", func() bool { return e.last() >= goal })
		e.hang()
		got = append(got, e.heard("")...)
		from = e.last()
	}
	writing.Wait()
	e := p.b.listen("kierownik", from)
	p.until("the stream has caught up", func() bool { return e.last() == p.newest(p.a) })
	e.hang()
	unbroken(t, append(got, e.heard("")...), first)
}

// unbroken checks that numbers follow each other from the first on.
func unbroken(t *testing.T, all []told, first int64) {
	t.Helper()
	for i, one := range all {
		if one.id != first+int64(i) {
			t.Fatalf("event %d of the stream is number %d, want %d", i, one.id, first+int64(i))
		}
	}
}

// TestNATSAway: customers write to both nodes before NATS goes, while it is away and after it came
// back. Each is answered once, and the streams of both nodes have everything in order.
func TestNATSAway(t *testing.T) {
	p := newPair(t, true, func(c *app.Config) { c.Recheck = 0 })
	p.a.work()
	p.b.work()
	nodes := []*node{p.a, p.b}
	first := p.newest(p.a) + 1
	ears := []*ear{p.a.listen("kierownik", first-1), p.b.listen("kierownik", first-1)}
	customers := 0
	write := func(n int) {
		for range n {
			customers++
			p.listensAt(nodes[customers%2])
			p.says(fmt.Sprintf("klient%d", customers), "ile kosztuje dostawa?")
		}
	}
	seen := func() bool {
		last := p.newest(p.a)
		return ears[0].last() == last && ears[1].last() == last
	}
	answered := func() bool {
		for i := range customers {
			if len(p.got(fmt.Sprintf("klient%d", i+1))) != 1 {
				return false
			}
		}
		return true
	}
	write(4)
	p.until("all is well", func() bool { return answered() && seen() })

	p.stopNATS()
	write(6)
	p.until("customers are answered without NATS", answered)
	p.settled(p.a)
	p.until("streams go on without NATS", seen)
	p.emitBoth(40).Wait()

	p.startNATS()
	write(2)
	p.until("the nodes hear each other again", func() bool { return p.a.bus.Up() && p.b.bus.Up() })
	write(4)
	p.until("customers are answered again", answered)
	p.settled(p.b)
	p.until("streams have caught up", seen)
	for _, e := range ears {
		e.hang()
		unbroken(t, e.heard(""), first)
	}
	p.whole(p.a)
}

// TestNodesWithoutNATS: two nodes that have only the database in common find each other's events and
// jobs by looking.
func TestNodesWithoutNATS(t *testing.T) {
	p := newPair(t, false)
	p.b.work() // A takes calls and does no jobs
	desk := p.b.listen("kierownik", p.newest(p.a))
	var w app.Wall
	p.b.call("kierownik", "GET", "/api/wall", nil, &w)
	p.says("kasia", parcelQuestion)
	p.until("the message is on the other node's stream", func() bool { return desk.has(tandem.MessageAdded, "kiedy dotrze") })
	p.until("the other node answers", func() bool { return len(p.got("kasia")) == 1 })
	p.a.call("kierownik", "POST", "/api/policy/pause", map[string]any{"paused": true}, nil)
	p.until("the other node shows that the bot is silent", func() bool {
		p.b.call("kierownik", "GET", "/api/wall", nil, &w)
		return w.Paused
	})
	p.settled(p.a)
	p.whole(p.a)
}
