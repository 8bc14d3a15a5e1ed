package turn

import (
	"strings"

	"tandem"
	"tandem/bot"
	"tandem/policy"
	"tandem/store"
)

// Renew looks whether the bot speaks and understands as it did: rules, words and model. Where one of
// them is new, what was earned with the old ones is earned again: a level that a person gave on evidence
// falls to "approve first", or to the level that the topic was shipped with, and at most half of the
// evidence from before counts (HITL.md 3.2). Everybody is told. Where nothing was recorded yet it lowers
// nothing; so it looks before a change too.
func (t Turn) Renew(tx *store.Tx, change func() error) error {
	if err := t.renew(tx); err != nil {
		return err
	}
	if err := change(); err != nil {
		return err
	}
	return t.renew(tx)
}

func (t Turn) renew(tx *store.Tx) error {
	w, err := tx.LockWorkspace() // it is written back: nobody's pause is lost meanwhile
	if err != nil {
		return err
	}
	model := t.School.Model.Version()
	if used, err := tx.ModelInUse(); err != nil {
		return err
	} else if used.Number != 0 {
		model = used.Name
	}
	version := strings.Join([]string{policy.Version, bot.Version, model}, " ")
	if w.Settings.Speaks.Version == version {
		return nil
	}
	first := w.Settings.Speaks.Version == ""
	if w.Settings.Speaks.Version = version; !first {
		w.Settings.Speaks.Since = tx.Now
	}
	if err := tx.SaveWorkspace(w); err != nil || first {
		return err
	}
	topics, err := tx.Touchpoints()
	if err != nil {
		return err
	}
	for _, topic := range topics {
		if err := earnAgain(tx, topic); err != nil {
			return err
		}
	}
	return nil
}

// earnAgain takes back the levels of a topic that were given on evidence.
func earnAgain(tx *store.Tx, topic tandem.Touchpoint) error {
	free := max(tandem.L2, shipped(topic.ID)) // up to here no evidence is asked for
	fell := map[string]any{}
	for key, g := range topic.Levels {
		if g.Level > free {
			fell[key] = g.Level
			topic.Levels[key] = tandem.Graded{Level: free, Since: g.Since, Why: "version"}
		}
	}
	if len(fell) == 0 {
		return nil
	}
	if err := tx.SaveTouchpoint(topic, "clock"); err != nil {
		return err
	}
	for key, from := range fell {
		data := map[string]any{"group": key, "from": from, "to": free, "why": "version"}
		tx.Emit(tandem.Event{Kind: tandem.PolicyChanged, Subject: topic.ID, Actor: "clock", Code: "demoted", Data: data})
		if err := tx.Trail("", "demoted", topic.ID, data); err != nil {
			return err
		}
	}
	return nil
}

// newestHalf is what counts of the evidence about an older version.
func newestHalf(old []policy.Outcome) []policy.Outcome { return old[len(old)-len(old)/2:] }
