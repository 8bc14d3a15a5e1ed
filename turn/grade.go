package turn

import (
	"context"
	"slices"
	"strings"
	"time"

	"tandem"
	"tandem/policy"
	"tandem/store"
)

// evidenceFrom is how far back evidence is looked for where a level was never changed.
const evidenceFrom = 180 * 24 * time.Hour

// Progress is the evidence for one topic in one language and channel group.
type Progress struct {
	Touchpoint string
	Lang       string
	Group      string
	Level      tandem.Autonomy
	policy.Grade
	Planted, Caught int
}

// Progress weighs the evidence of every topic, language and channel group that has any.
func (t Turn) Progress(ctx context.Context, ws tandem.WorkspaceID, now time.Time) ([]Progress, error) {
	w, err := t.DB.Workspace(ctx, ws)
	if err != nil {
		return nil, err
	}
	topics, err := t.DB.Touchpoints(ctx, ws)
	if err != nil {
		return nil, err
	}
	all, err := t.DB.Outcomes(ctx, ws, "", now.Add(-evidenceFrom))
	if err != nil {
		return nil, err
	}
	planted, caught := traps(all)
	var out []Progress
	for _, topic := range topics {
		keys := map[string]bool{}
		for _, r := range all {
			if r.Touchpoint == topic.ID {
				keys[tandem.Group(r.Lang, r.Surface)] = true
			}
		}
		for key := range keys {
			e := evidence(topic, key, w.Settings.Speaks.Since, all)
			e.Planted, e.Caught = planted, caught
			lang, group, _ := strings.Cut(key, "/")
			level := levelOf(topic, key)
			out = append(out, Progress{Touchpoint: topic.ID, Lang: lang, Group: group, Level: level, Grade: policy.Judge(level, e), Planted: planted, Caught: caught})
		}
	}
	return out, nil
}

func levelOf(t tandem.Touchpoint, key string) tandem.Autonomy {
	if g, ok := t.Levels[key]; ok {
		return g.Level
	}
	return t.Level
}

// traps counts planted drafts: attention is a property of the team, not of a topic (HITL.md 7.6).
func traps(all []store.Reviewed) (planted, caught int) {
	for _, r := range all {
		if r.Trap == "" {
			continue
		}
		planted++
		if r.State == tandem.DraftCaught {
			caught++
		}
	}
	return planted, caught
}

// evidence turns reviews into outcomes, from the moment the present level began; of what was reviewed
// before the version that speaks since now the newer half. An answer counts once, also where two people
// have reviewed it: it is a success where both say so.
func evidence(t tandem.Touchpoint, key string, speaks time.Time, all []store.Reviewed) policy.Evidence {
	level, since := levelOf(t, key), t.Levels[key].Since
	all = slices.DeleteFunc(slices.Clone(all), func(r store.Reviewed) bool {
		return r.Touchpoint != t.ID || tandem.Group(r.Lang, r.Surface) != key || r.Trap != "" || r.DecidedAt.Before(since) || r.Suggestion != (level <= tandem.L1)
	})
	first, second := map[tandem.DecisionID]bool{}, map[tandem.DecisionID]policy.Outcome{}
	for _, r := range all {
		if r.Purpose == tandem.ForSecond {
			second[r.Decision] = outcome(r.Draft)
		} else {
			first[r.Decision] = true
		}
	}
	var old []policy.Outcome
	var e policy.Evidence
	for _, r := range all {
		o := outcome(r.Draft)
		if r.Decision != "" {
			if r.Purpose == tandem.ForSecond && first[r.Decision] {
				continue
			}
			if again, ok := second[r.Decision]; ok {
				o.Success, o.Critical = o.Success && again.Success, o.Critical || again.Critical
			}
		}
		if r.DecidedAt.Before(speaks) {
			old = append(old, o)
		} else {
			e.Outcomes = append(e.Outcomes, o)
		}
	}
	e.Outcomes = append(newestHalf(old), e.Outcomes...)
	return e
}

// critical are the reasons of a reviewer that name a critical error: a fact, a promise without cover,
// data for the wrong person.
var critical = map[string]bool{"fact": true, "promise": true, "privacy": true}

func outcome(d tandem.Draft) policy.Outcome {
	o := policy.Outcome{
		Success: d.State == tandem.DraftApproved || d.State == tandem.DraftEdited && d.Edit == "cosmetic",
		Used:    d.State == tandem.DraftUsed,
	}
	for _, r := range strings.Split(d.Reason, ",") {
		if critical[r] && (d.State == tandem.DraftRejected || d.State == tandem.DraftEdited && d.Edit == "factual") {
			o.Critical = true
		}
	}
	return o
}

// Regrade looks, in the transaction of a review, whether the topic's level must fall, and lowers it:
// a critical error drops it to "approve first", a run of failures by one. Everybody is told.
func Regrade(tx *store.Tx, d tandem.Draft) error {
	topic, err := tx.Touchpoint(d.Touchpoint)
	if tandem.KindOf(err) == tandem.NotFound && err != nil {
		return nil
	}
	if err != nil {
		return err
	}
	th, err := tx.Thread(d.Thread)
	if err != nil {
		return err
	}
	key := tandem.Group(d.Lang, th.Surface)
	from := tx.Now.Add(-evidenceFrom)
	if since := topic.Levels[key].Since; since.After(from) {
		from = since
	}
	all, err := tx.Outcomes(d.Touchpoint, from)
	if err != nil {
		return err
	}
	w, err := tx.Workspace()
	if err != nil {
		return err
	}
	level := levelOf(topic, key)
	why := policy.Judge(level, evidence(topic, key, w.Settings.Speaks.Since, all)).Drop
	if why == "" {
		return nil
	}
	to := level - 1
	if why == "critical" {
		to = tandem.L2
	}
	if topic.Levels == nil {
		topic.Levels = map[string]tandem.Graded{}
	}
	topic.Levels[key] = tandem.Graded{Level: to, Since: tx.Now, Why: why}
	if err := tx.SaveTouchpoint(topic, "clock"); err != nil {
		return err
	}
	tx.Emit(tandem.Event{Kind: tandem.PolicyChanged, Subject: topic.ID, Actor: "clock", Code: "demoted", Data: map[string]any{"group": key, "from": level, "to": to, "why": why}})
	return tx.Trail("", "demoted", topic.ID, map[string]any{"group": key, "from": level, "to": to, "why": why})
}

// Raise gives a topic the next level in a language and channel group on a named person's word, when
// the evidence is there. Up to the level that the topic was shipped with no evidence is asked for, unless
// it has fallen by itself: what was lost is earned again.
func (t Turn) Raise(ctx context.Context, ws tandem.WorkspaceID, u tandem.User, id, key string) error {
	return t.DB.Write(ctx, ws, func(tx *store.Tx) error {
		topic, err := tx.Touchpoint(id)
		if err != nil {
			return err
		}
		level := levelOf(topic, key)
		if level >= tandem.L4 {
			return tandem.Coded(tandem.Conflict, "top_level", "the topic has the highest level already")
		}
		all, err := tx.Outcomes("", tx.Now.Add(-evidenceFrom))
		if err != nil {
			return err
		}
		w, err := tx.Workspace()
		if err != nil {
			return err
		}
		e := evidence(topic, key, w.Settings.Speaks.Since, all)
		e.Planted, e.Caught = traps(all)
		why := topic.Levels[key].Why
		if g := policy.Judge(level, e); !g.CanRaise && (level+1 > shipped(id) || why != "" && level >= tandem.L2) {
			return tandem.Coded(tandem.Conflict, "no_evidence", "the evidence for a higher level is not there yet: %s", strings.Join(g.Missing, ", "))
		}
		if topic.Levels == nil {
			topic.Levels = map[string]tandem.Graded{}
		}
		if level+1 >= shipped(id) {
			why = "" // it is back where it was
		}
		topic.Levels[key] = tandem.Graded{Level: level + 1, Since: tx.Now, By: u.ID, Why: why}
		if err := tx.SaveTouchpoint(topic, string(u.ID)); err != nil {
			return err
		}
		return tx.Trail(u.ID, "raised", id, map[string]any{"group": key, "from": level, "to": level + 1, "reviewed": len(e.Outcomes)})
	})
}

// ByHand is the highest level that a manager may give a topic by hand: the one it was shipped with, or
// a higher one that it has already. Above that it takes evidence (Raise).
func ByHand(t tandem.Touchpoint) tandem.Autonomy { return max(t.Level, shipped(t.ID)) }

// MaySet tells whether a manager may give a topic a level by hand.
func MaySet(t tandem.Touchpoint, to tandem.Autonomy) error {
	if to > ByHand(t) {
		return tandem.Coded(tandem.Conflict, "no_evidence", "a level above %d is given on evidence only, one language and channel group at a time", shipped(t.ID))
	}
	return nil
}

// shipped is the level a topic came with; a company's own topic starts at "approve first".
func shipped(id string) tandem.Autonomy {
	for _, t := range policy.Shipped {
		if t.ID == id {
			return t.Level
		}
	}
	return tandem.L2
}
