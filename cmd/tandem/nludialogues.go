package main

import (
	"encoding/json"
	"fmt"
	"io"
	"os"

	"tandem"
	"tandem/nlu"
	"tandem/policy"
	"tandem/turn"
)

// evalDialogues measures at which turn conversations are handed over, by the shipped touchpoints and
// triggers, before anything is looked up.
func evalDialogues(out io.Writer, file, model string, errorsShown int, asJSON bool) error {
	f, err := os.Open(file)
	if err != nil {
		return err
	}
	defer f.Close()
	all, err := nlu.ReadDialogues(f)
	if err != nil {
		return fmt.Errorf("%s: %w", file, err)
	}
	m, err := openModel(model)
	if err != nil {
		return err
	}
	topics := map[string]tandem.Touchpoint{}
	for _, t := range policy.Shipped {
		topics[t.ID] = t
	}
	s := nlu.EvaluateDialogues(all, func(d nlu.Dialogue) (int, string) { return turn.Rehearse(m, topics, d) })
	if asJSON {
		return json.NewEncoder(out).Encode(s)
	}
	share := func(n, of int) float64 { return 100 * float64(n) / float64(max(of, 1)) }
	fmt.Fprintf(out, "dialogues %d  for a person %d  %s\n", s.N, s.Wanted, m.Version())
	fmt.Fprintf(out, "at the right turn %d (%.1f %%)  within a turn %d (%.1f %%)  too early %d (%.1f %%)  too late %d (%.1f %%)  never %d (%.1f %%)\n",
		s.Right, share(s.Right, s.Wanted), s.Near, share(s.Near, s.Wanted), s.Early, share(s.Early, s.Wanted), s.Late, share(s.Late, s.Wanted),
		s.Missed, share(s.Missed, s.Wanted))
	fmt.Fprintf(out, "needlessly %d of %d (%.1f %%)\n", s.Needless, s.N-s.Wanted, share(s.Needless, s.N-s.Wanted))
	for _, w := range s.Wrong[:min(errorsShown, len(s.Wrong))] {
		fmt.Fprintln(out, w)
	}
	return nil
}
