package desk_test

import (
	"sync"
	"testing"
	"time"

	"tandem"
	"tandem/nlu"
	"tandem/store"
	"tandem/turn"
)

// What was earned with one version of what understands the messages is earned again with the next: the
// level falls to where no evidence is asked for, and half of the evidence from before counts.
func TestANewVersionEarnsItsLevelsAgain(t *testing.T) {
	each(t, func(b *bench) {
		m, err := nlu.Open()
		if err != nil {
			b.t.Fatal(err)
		}
		b.turn.School = turn.School{Model: m}
		nothing := func() error { return nil }
		b.must(func(tx *store.Tx) error { return b.turn.Renew(tx, nothing) })

		b.at("exchange", tandem.L2)
		id := b.stranger()
		b.reviewed(id, 100, same)
		b.traps(id, 10, 10)
		time.Sleep(time.Minute)
		if err := b.turn.Raise(bg, ws, boss, "exchange", chat); err != nil {
			b.t.Fatal(err)
		}
		b.reviewed(id, 21, same)
		time.Sleep(time.Minute)
		b.must(func(tx *store.Tx) error { return b.turn.Renew(tx, nothing) })
		if g := b.topic("exchange").Levels[chat]; g.Level != tandem.L3 {
			b.t.Fatalf("the same version lowered it to L%d", g.Level)
		}

		b.must(func(tx *store.Tx) error {
			return b.turn.Renew(tx, func() error {
				_, err := tx.AddModel(store.Model{Name: "another", State: store.ModelAccepted}, []byte("x"))
				return err
			})
		})
		if g := b.topic("exchange").Levels[chat]; g.Level != tandem.L2 || g.Why != "version" || g.By != "" {
			b.t.Errorf("the new version has L%d (%s, %s)", g.Level, g.Why, g.By)
		}
		all, err := b.turn.Progress(bg, ws, time.Now().UTC())
		if err != nil || len(all) != 1 || all[0].Reviewed != 10 {
			b.t.Errorf("of 21 outcomes count: %+v, %v", all, err)
		}
		events, err := b.EventsOf(bg, ws, "", tandem.PolicyChanged)
		if n := len(events); err != nil || n == 0 || events[n-1].Code != "demoted" || events[n-1].Data["why"] != "version" {
			b.t.Errorf("nobody was told: %+v, %v", events, err)
		}
	})
}

// Whoever silences the bot at the moment in which a new version comes into use has silenced it.
func TestAPauseIsNotLostToANewVersion(t *testing.T) {
	each(t, func(b *bench) {
		m, err := nlu.Open()
		if err != nil {
			b.t.Fatal(err)
		}
		b.turn.School = turn.School{Model: m}
		for range 40 {
			b.must(func(tx *store.Tx) error {
				w, err := tx.LockWorkspace()
				if err != nil {
					return err
				}
				w.Settings.Paused, w.Settings.Speaks.Version = false, "an older one"
				return tx.SaveWorkspace(w)
			})
			var both sync.WaitGroup
			both.Go(func() {
				if err := b.desk.Pause(bg, ws, ola, "", true); err != nil {
					b.t.Error(err)
				}
			})
			both.Go(func() {
				b.must(func(tx *store.Tx) error { return b.turn.Renew(tx, func() error { return nil }) })
			})
			both.Wait()
			if w, err := b.Workspace(bg, ws); err != nil || !w.Settings.Paused || w.Settings.Speaks.Version == "an older one" {
				b.t.Fatalf("paused: %v, speaks %q, %v", w.Settings.Paused, w.Settings.Speaks.Version, err)
			}
		}
	})
}
