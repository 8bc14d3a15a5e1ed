package app

import (
	"path/filepath"
	"testing"
	"time"

	"tandem/demo"
	"tandem/store"
)

// TestACommandBesideTheProgramIsHeard: on an SQLite file another process takes somebody's access away and
// leaves a job. The person's open desk ends and the job is done within seconds, without a word between them.
func TestACommandBesideTheProgramIsHeard(t *testing.T) {
	file := filepath.Join(t.TempDir(), "tandem.db")
	playOn(t, Config{Address: file, Fast: true, Patrol: 2 * time.Second}, func(t *testing.T, s *shop) {
		ola, piotr := s.sit("ola@demo.pl"), s.sit("piotr@demo.pl")
		open := []*ear{s.listenTo("/api/events", "Cookie", ola.cookie), s.listenTo("/api/events", "Cookie", piotr.cookie)}
		command, err := New(t.Context(), Config{Address: file, Fast: true, Quiet: true, Key: []byte("0123456789abcdef0123456789abcdef"), Web: s.net.Client()})
		if err != nil {
			t.Fatal(err)
		}
		if err := command.DB().Write(t.Context(), demo.Workspace, func(tx *store.Tx) error {
			if err := tx.Enqueue(store.Job{Kind: "reconcile", Arg: "no-such-message"}); err != nil {
				return err
			}
			return tx.SetDisabled("ola", true)
		}); err != nil {
			t.Fatal(err)
		}
		if err := command.Close(); err != nil {
			t.Fatal(err)
		}
		s.settle(3 * time.Second)
		if !open[0].over() || open[1].over() {
			t.Errorf("her desk is over: %v; a colleague's: %v", open[0].over(), open[1].over())
		}
		if n, err := s.DB().Jobs(t.Context(), demo.Workspace, "reconcile"); n != 0 {
			t.Errorf("%d jobs wait, %v", n, err)
		}
		for _, e := range open {
			e.hang()
		}
	})
}
