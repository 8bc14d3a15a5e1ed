package world

import (
	"context"
	"encoding/json"
	"slices"
	"testing"

	"tandem"
	"tandem/policy"
	"tandem/turn"
)

// replay decides once more, from what was stored with each decision, and compares: the same inputs
// give the same decision (I19).
func (s *Stage) replay(t *testing.T) {
	t.Helper()
	ctx, db := context.Background(), s.App.DB()
	all, err := db.Decisions(ctx, Workspace, "", "", 1000)
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range all {
		_, stored, err := db.Decision(ctx, Workspace, d.ID)
		if err != nil {
			t.Fatal(err)
		}
		if stored == "" { // a message was taken back since
			continue
		}
		var in policy.Input
		if err := json.Unmarshal([]byte(stored), &in); err != nil {
			t.Errorf("I19: the inputs of a decision cannot be read: %v", err)
			continue
		}
		if got, want := gist(turn.Replay(in)), gist(d); got != want {
			t.Errorf("I19: decided was %s; decided again it is %s", want, got)
		}
	}
}

// gist is what a decision comes to: act, reason, evidence and what would be said.
func gist(d tandem.Decision) string {
	b, err := json.Marshal([]any{d.Act, d.Rule, d.Touchpoint, d.Level, d.Tension, d.Priority, d.Team, d.Missing, d.Reply, triggersOf(d), slices.Sorted(slices.Values(d.Versions))})
	if err != nil {
		panic(err)
	}
	return string(b)
}

func triggersOf(d tandem.Decision) (out []string) {
	for _, t := range d.Triggers {
		out = append(out, t.Code+":"+t.Kind)
	}
	return out
}
