package stories

import (
	"context"
	"flag"
	"fmt"
	"os"
	"runtime"
	"strconv"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"pgregory.net/rapid"

	"tandem/stories/world"
)

// TANDEM_INTERLEAVINGS sets how many random interleavings are played on in-memory SQLite, 20 where it
// is not set; on PostgreSQL as many up to 500, of more a twentieth, and fifty under the race detector.
func interleavings(engine string) int {
	n, err := strconv.Atoi(os.Getenv("TANDEM_INTERLEAVINGS"))
	if err != nil || n <= 0 {
		n = 20
	}
	if engine == "postgres" {
		n = max(min(n, 500), n/20)
		if world.Raced {
			n = min(n, 50)
		}
	}
	return n
}

// TestHumanInTheLoop plays random interleavings of everything that can happen to a conversation and
// checks the invariants I1-I10, I13 and I17 after each step. A failure is shrunk to its shortest
// form and printed with its seed. Each processor plays its part of them.
func TestHumanInTheLoop(t *testing.T) {
	for _, engine := range append([]string{"memory"}, world.Engines()[1:]...) {
		t.Run(engine, func(t *testing.T) {
			parts := runtime.GOMAXPROCS(0)
			n := (interleavings(engine) + parts - 1) / parts
			for name, value := range map[string]string{"rapid.checks": strconv.Itoa(n), "rapid.steps": "15"} {
				if err := flag.Set(name, value); err != nil {
					t.Fatal(err)
				}
			}
			for part := range parts {
				t.Run(strconv.Itoa(part+1), func(t *testing.T) {
					t.Parallel()
					interleave(t, engine, n)
				})
			}
		})
	}
}

// interleave plays n interleavings on a database of an engine.
func interleave(t *testing.T, engine string, n int) {
	address := ":memory:"
	if engine == "postgres" {
		address = world.Database(t, engine)
	}
	c, played := bubble(t, address), 0
	rapid.Check(t, func(rt *rapid.T) {
		played++
		c.inside(func(r *rig) { r.interleaving(rt) })
	})
	if played < n { // rapid stops early, and is content, when time runs out
		t.Errorf("%d interleavings of %d were played: give the test more time", played, n)
	}
}

// interleaving plays one: whatever the hands draw, and then everything that is owed.
func (r *rig) interleaving(rt *rapid.T) {
	r.begin(rt)
	rt.Repeat(map[string]func(*rapid.T){
		"klient pisze":       r.customerWrites,
		"bot myśli":          r.thinks,
		"bot myśli o innej":  r.thinks,
		"bot myśli znowu":    r.thinks,
		"szept":              r.whisper,
		"webhook powtórzony": r.duplicate,
		"webhook spóźniony":  r.late,
		"praca":              r.work,
		"praca ginie":        r.dieAtWork,
		"cofnięcie":          r.takesBack,
		"działanie":          r.approvesDeed,
		"cofa działanie":     r.takesDeedBack,
		"przejęcie":          r.takeOver,
		"dwie osoby naraz":   r.bothTakeOver,
		"odpowiedź":          r.agentReplies,
		"zatwierdzenie":      r.approve,
		"odrzucenie":         r.reject,
		"oddanie":            r.giveBack,
		"zamknięcie":         r.close,
		"wstrzymanie":        r.pause,
		"zegar":              r.tick,
		"restart":            r.restart,
		"":                   r.check,
	})
	r.settle(rt)
}

// perDatabase is how many interleavings share a database in memory: what earlier ones left behind makes
// each step slower. What a failed one left behind would fail the next.
const perDatabase = 50

// chamber is a rig in a bubble of virtual time, worked from outside. Rapid lives in real time: its
// bounds on how long a test and a search for a shorter failure may last mean nothing in virtual hours.
type chamber struct{ tasks chan func(*rig) }

// bubble makes a chamber that ends with the test.
func bubble(t *testing.T, address string) chamber {
	c, ended := chamber{make(chan func(*rig))}, make(chan struct{})
	go func() {
		defer close(ended)
		synctest.Test(t, func(t *testing.T) {
			time.Sleep(time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC).Sub(time.Now())) // a Monday, at the desk
			r := newRig(t, address)
			for do := range c.tasks {
				if (r.n == perDatabase || r.spoilt) && address == ":memory:" {
					r.db.Close()
					r = newRig(t, address)
				}
				do(r)
			}
			r.db.Close()
		})
	}()
	t.Cleanup(func() { close(c.tasks); <-ended })
	return c
}

// inside runs do in the bubble and panics as it does: that is how rapid learns of a failure.
func (c chamber) inside(do func(*rig)) {
	failed := make(chan any)
	c.tasks <- func(r *rig) {
		defer func() {
			p := recover()
			r.spoilt = r.spoilt || p != nil
			failed <- p
		}()
		do(r)
	}
	switch p := <-failed; {
	case p == nil:
	case strings.HasSuffix(fmt.Sprintf("%T", p), "invalidData"): // rapid ran out of bits: no failure
		panic(p)
	default: // on a line of its own: rapid tells failures apart by where they come from
		panic(p)
	}
}

var bg = context.Background()
