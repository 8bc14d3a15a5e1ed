package stories

import (
	"context"
	"flag"
	"fmt"
	"os"
	"strconv"
	"testing"
	"testing/synctest"
	"time"

	"pgregory.net/rapid"

	"tandem/stories/world"
)

// TANDEM_INTERLEAVINGS sets how many random interleavings are played on in-memory SQLite; on
// PostgreSQL a twentieth of them, at least 500 where the whole suite runs.
func interleavings(engine string) int {
	n, err := strconv.Atoi(os.Getenv("TANDEM_INTERLEAVINGS"))
	if err != nil || n <= 0 {
		n = 1000
	}
	if engine == "postgres" {
		n = max(min(n, 500), n/20)
	}
	return n
}

// TestHumanInTheLoop plays random interleavings of everything that can happen to a conversation and
// checks the invariants I1-I10, I13 and I17 after each step. A failure is shrunk to its shortest
// form and printed with its seed.
func TestHumanInTheLoop(t *testing.T) {
	for _, engine := range append([]string{"memory"}, world.Engines()[1:]...) {
		t.Run(engine, func(t *testing.T) {
			address := ":memory:"
			if engine == "postgres" {
				address = world.Database(t, engine)
			}
			if err := flag.Set("rapid.checks", fmt.Sprint(interleavings(engine))); err != nil {
				t.Fatal(err)
			}
			if err := flag.Set("rapid.steps", "25"); err != nil {
				t.Fatal(err)
			}
			synctest.Test(t, func(t *testing.T) {
				time.Sleep(time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC).Sub(time.Now())) // a Monday, at the desk
				r := newRig(t, address)
				defer r.db.Close()
				rapid.Check(inBubble{t}, func(rt *rapid.T) {
					r.begin(rt)
					rt.Repeat(map[string]func(*rapid.T){
						"klient pisze":       r.customerWrites,
						"sprawa do szkicu":   r.brings,
						"szept":              r.whisper,
						"webhook powtórzony": r.duplicate,
						"webhook spóźniony":  r.late,
						"praca":              r.work,
						"praca ginie":        r.dieAtWork,
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
				})
			})
		})
	}
}

var bg = context.Background()

// inBubble hides the deadline of a test, which may not be asked for in a bubble of virtual time.
type inBubble struct{ testing.TB }
