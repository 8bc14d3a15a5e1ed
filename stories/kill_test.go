package stories

import (
	"bytes"
	"encoding/json"
	"net/http/httptest"
	"testing"
	"testing/synctest"
	"time"

	"tandem"
	"tandem/app"
	"tandem/sim"
	"tandem/stories/world"
)

// TestTheKillSwitchActsOnEveryNode: the button is pressed at a node that only serves pages, and the node
// that thinks and sends is silent from then on, on either engine and without a word between the two:
// thinking and sending ask the database in the transaction that commits.
func TestTheKillSwitchActsOnEveryNode(t *testing.T) {
	world.Each(t, func(t *testing.T, engine string) {
		for name, c := range map[string]struct {
			before func(p *player)
			after  func(p *player)
		}{
			"while the bot thinks": {func(p *player) {
				p.s.World.Shop.Faults().Set(sim.Slow, time.Minute)
				p.write("kasia", "instagramie", "Dzień dobry, gdzie jest moja paczka?", 1)
				time.Sleep(time.Second)
			}, nil},
			"while its words wait to be sent": {func(p *player) {
				p.s.World.Meta.Faults("instagram").Set(sim.Down, 20*time.Second)
				p.write("kasia", "instagramie", "ile kosztuje dostawa?", 1)
				time.Sleep(5 * time.Second)
			}, nil},
			"a second before the customer writes": {func(*player) {}, func(p *player) {
				time.Sleep(time.Second)
				p.write("kasia", "instagramie", "ile kosztuje dostawa?", 1)
			}},
		} {
			t.Run(name, func(t *testing.T) {
				address := world.Database(t, engine)
				synctest.Test(t, func(t *testing.T) {
					p := &player{t: t, read: map[string]bool{}, got: map[string][]string{}}
					p.s = world.New(t, address)
					defer p.s.Close()
					p.s.Until(time.Monday, 10, 0)
					other := second(p, address)
					defer other.Close()
					c.before(p)
					press(p, other)
					if c.after != nil {
						c.after(p)
					}
					time.Sleep(10 * time.Second)
					if n := p.news("kasia"); len(n) > 0 {
						t.Errorf("the bot spoke: %q", n)
					}
					time.Sleep(20 * time.Second) // the shop and the platform are well again
					synctest.Wait()
					for _, m := range p.messages() {
						if m.Origin == tandem.FromBot && m.Delivery != tandem.Suppressed {
							t.Errorf("a row of the bot is %s", m.Delivery)
						}
					}
					if c, err := p.s.App.DB().Conversation(bg, world.Workspace, p.conv()); err != nil || c.Owner != tandem.Queue {
						t.Errorf("the owner is %s, %v", c.Owner, err)
					}
				})
			})
		}
	})
}

// second is another node on the same database that serves pages and does no work.
func second(p *player, address string) *app.App {
	p.t.Helper()
	a, err := app.New(bg, app.Config{Address: address, Key: bytes.Repeat([]byte{7}, 32), Web: p.s.Net.Client(), Fast: true, Quiet: true})
	if err != nil {
		p.t.Fatal(err)
	}
	return a
}

// press stops the whole bot at a node.
func press(p *player, at *app.App) {
	p.t.Helper()
	b, _ := json.Marshal(map[string]any{"paused": true})
	r := httptest.NewRequest("POST", "/api/policy/pause", bytes.NewReader(b))
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("Cookie", p.s.Cookie("piotr"))
	w := httptest.NewRecorder()
	at.Handler().ServeHTTP(w, r)
	if w.Code/100 != 2 {
		p.t.Fatalf("the button: %d %s", w.Code, w.Body)
	}
}
