package desk_test

import (
	"strconv"
	"testing"
	"time"

	"tandem"
	"tandem/desk"
	"tandem/policy"
	"tandem/store"
)

const chat = "pl/chat"

// at gives a topic a level in Polish chats.
func (b *bench) at(topic string, l tandem.Autonomy) {
	b.t.Helper()
	b.must(func(tx *store.Tx) error {
		tp, err := tx.Touchpoint(topic)
		if err != nil {
			return err
		}
		if tp.Levels == nil {
			tp.Levels = map[string]tandem.Graded{}
		}
		tp.Levels[chat] = tandem.Graded{Level: l, Since: tx.Now.Add(-time.Minute)}
		return tx.SaveTouchpoint(tp, "test")
	})
}

func (b *bench) topic(id string) tandem.Touchpoint {
	b.t.Helper()
	var tp tandem.Touchpoint
	b.must(func(tx *store.Tx) (err error) {
		tp, err = tx.Touchpoint(id)
		return err
	})
	return tp
}

// reviewed stores n reviews of a topic as people made them earlier.
func (b *bench) reviewed(id tandem.ConversationID, n int, change func(i int, d *tandem.Draft)) {
	b.t.Helper()
	th := b.snap(id).Threads[0].ID
	b.must(func(tx *store.Tx) error {
		for i := range n {
			d := tandem.Draft{ID: tandem.NewID[tandem.DraftID](), Conversation: id, Thread: th, Touchpoint: "exchange", Lang: "pl", Text: "x",
				State: tandem.DraftApproved, Reviewer: "ola", DecidedAt: tx.Now, Due: tx.Now}
			change(i, &d)
			if err := tx.AddDraft(d); err != nil {
				return err
			}
			if err := tx.SaveDraft(d, "ola"); err != nil {
				return err
			}
		}
		return nil
	})
}

func same(int, *tandem.Draft) {}

func sample(d *tandem.Draft) { d.Purpose = tandem.ForSample }

// What a reviewer finds in a sample of what was sent lowers the level at once, there and only there.
func TestASampleReviewLowersTheLevel(t *testing.T) {
	each(t, func(b *bench) {
		for _, c := range []struct {
			name string
			from tandem.Autonomy
			bad  int // failures before
			do   func(*bench, tandem.Draft) error
			want tandem.Autonomy
			why  string
		}{
			{"fine", tandem.L3, 0, approve(ola, ""), tandem.L3, ""},
			{"a word", tandem.L3, 0, approve(ola, "Wymiana trwa 14 dni, a kurier jest gratis."), tandem.L3, ""},
			{"a wrong fact, rejected", tandem.L3, 0, reject(ola, "fact", ""), tandem.L2, "critical"},
			{"a wrong fact, set right", tandem.L3, 0, func(b *bench, d tandem.Draft) error {
				_, err := b.desk.Approve(bg, ws, d.ID, ola, desk.Approval{Text: "Wymiana trwa 30 dni, a kurier jest za darmo.", Reasons: []string{"fact"}})
				return err
			}, tandem.L2, "critical"},
			{"data for the wrong person", tandem.L4, 0, reject(ola, "privacy", ""), tandem.L2, "critical"},
			{"the tone", tandem.L3, 0, reject(ola, "tone", ""), tandem.L3, ""},
			{"the tone, once more", tandem.L3, 3, reject(ola, "tone", ""), tandem.L2, "cusum"},
			{"the tone, once more, at autopilot", tandem.L4, 3, reject(ola, "tone", ""), tandem.L3, "cusum"},
			{"a wrong fact at approve first", tandem.L2, 0, reject(ola, "fact", ""), tandem.L2, ""}, // it can fall no lower
		} {
			b.at("exchange", c.from)
			id := b.stranger()
			b.reviewed(id, c.bad, func(_ int, d *tandem.Draft) {
				d.State, d.Reason, d.Purpose = tandem.DraftRejected, "tone", tandem.ForSample
			})
			if err := c.do(b, b.draft(id, sample)); err != nil {
				b.t.Fatalf("%s: %v", c.name, err)
			}
			got := b.topic("exchange").Levels[chat]
			if got.Level != c.want || got.Why != c.why {
				b.t.Errorf("%s: L%d, %q; want L%d, %q", c.name, got.Level, got.Why, c.want, c.why)
			}
			if c := b.now(id); c.Owner != tandem.Bot || len(b.said(id)) > 0 {
				b.t.Errorf("a review of what was sent takes nothing over and sends nothing: %s", c.Owner)
			}
			time.Sleep(2 * time.Minute) // what was before the level began does not count
		}
		tp := b.topic("exchange")
		if tp.At("pl", tandem.Mail) != tandem.L2 || tp.At("en", tandem.Direct) != tandem.L2 || len(tp.Levels) != 1 {
			b.t.Errorf("other groups were touched: %+v", tp.Levels)
		}
		events, err := b.EventsAfter(bg, ws, 0, 1000)
		if err != nil {
			b.t.Fatal(err)
		}
		demoted := 0
		for _, e := range events {
			if e.Kind == tandem.PolicyChanged && e.Code == "demoted" {
				demoted++
			}
		}
		if demoted != 5 {
			b.t.Errorf("%d falls were announced, want 5", demoted)
		}
	})
}

// A second review lowers a level as well: a colleague was too quick.
func TestASecondReviewLowersTheLevel(t *testing.T) {
	each(t, func(b *bench) {
		b.at("exchange", tandem.L3)
		d := b.draft(b.stranger(), func(d *tandem.Draft) { d.Purpose, d.Reviewer = tandem.ForSecond, "ola" })
		if err := b.desk.Reject(bg, ws, d.ID, piotr, "fact", ""); err != nil {
			b.t.Fatal(err)
		}
		if got := b.topic("exchange").At("pl", tandem.Direct); got != tandem.L2 {
			b.t.Errorf("L%d", got)
		}
	})
}

// A level rises on evidence and a named person's word, and never without both.
func TestALevelRisesOnlyWithEvidence(t *testing.T) {
	each(t, func(b *bench) {
		for _, c := range []struct {
			name  string
			topic string
			from  tandem.Autonomy
			seen  func(id tandem.ConversationID)
			code  string
			want  tandem.Autonomy
		}{
			{"nothing is known", "exchange", tandem.L2, func(tandem.ConversationID) {}, "no_evidence", tandem.L2},
			{"fifty good ones, nobody was tested", "exchange", tandem.L2, func(id tandem.ConversationID) { b.reviewed(id, 50, same) }, "no_evidence", tandem.L2},
			{"fifty good ones in another language", "exchange", tandem.L2, func(id tandem.ConversationID) {
				b.traps(id, 3, 3)
				b.reviewed(id, 50, func(_ int, d *tandem.Draft) { d.Lang = "en" })
			}, "no_evidence", tandem.L2},
			{"too few", "exchange", tandem.L2, func(id tandem.ConversationID) { b.reviewed(id, 49, same) }, "no_evidence", tandem.L2},
			{"one was wrong", "exchange", tandem.L2, func(id tandem.ConversationID) {
				b.reviewed(id, 100, func(i int, d *tandem.Draft) {
					if i == 40 {
						d.State, d.Edit, d.Reason = tandem.DraftEdited, "factual", "fact"
					}
				})
			}, "no_evidence", tandem.L2},
			{"fifty good ones by watchful people", "exchange", tandem.L2, func(id tandem.ConversationID) { b.reviewed(id, 50, same) }, "", tandem.L3},
			{"at the top", "exchange", tandem.L4, func(tandem.ConversationID) {}, "top_level", tandem.L4},
			{"up to where it was shipped", "exchange", tandem.L1, func(tandem.ConversationID) {}, "", tandem.L2},
			{"suggestions nobody used", "product_advice", tandem.L1, func(id tandem.ConversationID) {
				b.reviewed(id, 30, func(i int, d *tandem.Draft) {
					d.Touchpoint, d.Suggestion, d.State = "product_advice", true, tandem.DraftIgnored
				})
			}, "no_evidence", tandem.L1},
			{"suggestions of which half were used", "product_advice", tandem.L1, func(id tandem.ConversationID) {
				b.reviewed(id, 30, func(i int, d *tandem.Draft) {
					d.Touchpoint, d.Suggestion, d.State = "product_advice", true, []tandem.DraftState{tandem.DraftIgnored, tandem.DraftUsed}[i%2]
				})
			}, "", tandem.L2},
			{"a topic there is not", "kosmos", tandem.L0, func(tandem.ConversationID) {}, "not_found", tandem.L0},
		} {
			if c.topic != "kosmos" {
				b.at(c.topic, c.from)
			}
			c.seen(b.stranger())
			if got := code(b.turn.Raise(bg, ws, boss, c.topic, chat)); got != c.code {
				b.t.Errorf("%s: %q, want %q", c.name, got, c.code)
			}
			if c.topic != "kosmos" {
				got := b.topic(c.topic).Levels[chat]
				if got.Level != c.want || (got.By == "szef") != (c.code == "") {
					b.t.Errorf("%s: L%d by %q, want L%d", c.name, got.Level, got.By, c.want)
				}
			}
			time.Sleep(2 * time.Minute)
		}
	})
}

// What has fallen by itself is earned again: the level a topic was shipped with is no way round.
func TestWhatFellIsEarnedAgain(t *testing.T) {
	each(t, func(b *bench) {
		const topic = "return_how_to" // shipped at the top
		fallen := tandem.Graded{Level: tandem.L2, Since: time.Now().Add(-time.Minute), Why: "critical"}
		b.must(func(tx *store.Tx) error {
			tp, err := tx.Touchpoint(topic)
			if err != nil {
				return err
			}
			if tp.Level != tandem.L4 {
				b.t.Fatalf("shipped at L%d", tp.Level)
			}
			tp.Levels = map[string]tandem.Graded{chat: fallen}
			return tx.SaveTouchpoint(tp, "test")
		})
		about := func(_ int, d *tandem.Draft) { d.Touchpoint = topic }
		id := b.stranger()
		for _, c := range []struct {
			name string
			more int
			code string
			want tandem.Autonomy
			why  string
		}{
			{"at once", 0, "no_evidence", tandem.L2, "critical"},
			{"after fifty good ones", 50, "", tandem.L3, "critical"},
			{"and on at once", 0, "no_evidence", tandem.L3, "critical"},
			{"after three hundred more", 300, "", tandem.L4, ""},
		} {
			b.reviewed(id, c.more, about)
			b.traps(id, 3, 3)
			got := code(b.turn.Raise(bg, ws, boss, topic, chat))
			if l := b.topic(topic).Levels[chat]; got != c.code || l.Level != c.want || l.Why != c.why {
				b.t.Errorf("%s: %q, %+v", c.name, got, l)
			}
			time.Sleep(time.Minute)
		}
	})
}

// A manager who lowers a topic lowers it everywhere, also where it has earned more; what has fallen by
// itself stays fallen when the topic is moved up again.
func TestALoweredTopicIsLowEverywhere(t *testing.T) {
	each(t, func(b *bench) {
		b.must(func(tx *store.Tx) error {
			tp, err := tx.Touchpoint("exchange")
			if err != nil {
				return err
			}
			tp.Levels = map[string]tandem.Graded{"pl/chat": {Level: tandem.L4, By: "szef"}, "en/chat": {Level: tandem.L2, Why: "critical"}, "pl/public": {Level: tandem.L0, Why: "cusum"}}
			return tx.SaveTouchpoint(tp, "test")
		})
		for _, c := range []struct {
			to         tandem.Autonomy
			pl, en, pu tandem.Autonomy
		}{{tandem.L1, tandem.L1, tandem.L1, tandem.L0}, {tandem.L2, tandem.L2, tandem.L1, tandem.L0}} {
			tp := b.topic("exchange")
			if err := b.desk.SetTouchpoint(bg, ws, boss, desk.Change{ID: "exchange", Level: &c.to, Version: tp.Version}); err != nil {
				b.t.Fatal(err)
			}
			tp = b.topic("exchange")
			if pl, en, pu := tp.At("pl", tandem.Direct), tp.At("en", tandem.Direct), tp.At("pl", tandem.Comment); pl != c.pl || en != c.en || pu != c.pu {
				b.t.Errorf("moved to L%d: L%d, L%d, L%d", c.to, pl, en, pu)
			}
		}
	})
}

// An answer that two people have reviewed counts once, and is right where both say so.
func TestASecondReviewCountsWithTheFirst(t *testing.T) {
	each(t, func(b *bench) {
		b.at("exchange", tandem.L2)
		id := b.stranger()
		said := func(n int) tandem.DecisionID { return tandem.DecisionID("d" + strconv.Itoa(n)) }
		b.reviewed(id, 4, func(i int, d *tandem.Draft) { d.Decision = said(i) })
		b.reviewed(id, 2, func(i int, d *tandem.Draft) {
			d.Decision, d.Purpose = said(i), tandem.ForSecond
			if i == 1 {
				d.State, d.Reason = tandem.DraftRejected, "fact"
			}
		})
		all, err := b.turn.Progress(bg, ws, time.Now().UTC())
		if err != nil || len(all) != 1 {
			b.t.Fatalf("%+v, %v", all, err)
		}
		if p := all[0]; p.Reviewed != 4 || p.Success != 3 || p.Critical != 1 {
			b.t.Errorf("%d reviewed, %d right, %d critical", p.Reviewed, p.Success, p.Critical)
		}
	})
}

// traps stores planted drafts, some of which were found.
func (b *bench) traps(id tandem.ConversationID, n, found int) {
	b.reviewed(id, n, func(i int, d *tandem.Draft) {
		d.Trap, d.State = "12 dni", tandem.DraftMissed
		if i < found {
			d.State = tandem.DraftCaught
		}
	})
}

// What the evidence screen shows is what Raise goes by.
func TestProgressShowsTheEvidence(t *testing.T) {
	each(t, func(b *bench) {
		b.at("exchange", tandem.L2)
		id := b.stranger()
		b.reviewed(id, 20, same)
		b.traps(id, 4, 3)
		all, err := b.turn.Progress(bg, ws, time.Now().UTC())
		if err != nil || len(all) != 1 {
			b.t.Fatalf("%+v, %v", all, err)
		}
		p := all[0]
		if p.Touchpoint != "exchange" || p.Lang != "pl" || p.Group != "chat" || p.Level != tandem.L2 || p.Reviewed != 20 || p.Success != 20 || p.Planted != 4 || p.Caught != 3 || p.CanRaise {
			b.t.Errorf("%+v", p)
		}
		if want := policy.Judge(tandem.L2, policy.Evidence{Outcomes: outcomes20(), Planted: 4, Caught: 3}); p.Needed != want.Needed || p.Lower != want.Lower {
			b.t.Errorf("needed %d, want %d", p.Needed, want.Needed)
		}
	})
}

func outcomes20() []policy.Outcome {
	out := make([]policy.Outcome, 20)
	for i := range out {
		out[i].Success = true
	}
	return out
}

// What a manager moves is obeyed from the next message on, kept with who did it, and never lost to a
// colleague who moved it too.
func TestTheMapIsMoved(t *testing.T) {
	each(t, func(b *bench) {
		level := func(l tandem.Autonomy) *tandem.Autonomy { return &l }
		text := func(s string) *string { return &s }
		n := func(i int) *int { return &i }
		v := b.topic("exchange").Version
		for _, c := range []struct {
			name string
			in   desk.Change
			code string
		}{
			{"too high", desk.Change{ID: "exchange", Level: level(5), Version: v}, "bad_level"},
			{"too low", desk.Change{ID: "exchange", Level: level(-1), Version: v}, "bad_level"},
			{"off the map", desk.Change{ID: "exchange", Speed: n(101), Version: v}, "bad_place"},
			{"below it", desk.Change{ID: "exchange", Empathy: n(-1), Version: v}, "bad_place"},
			{"no such profile", desk.Change{ID: "exchange", Profile: text("średnia"), Version: v}, "bad_profile"},
			{"no such topic", desk.Change{ID: "kosmos", Level: level(1)}, "not_found"},
			{"on an old page", desk.Change{ID: "exchange", Level: level(1), Version: v - 1}, "stale_version"},
			{"well", desk.Change{ID: "exchange", Level: level(tandem.L1), Profile: text("niska"), Speed: n(10), Empathy: n(90), Version: v}, ""},
			{"the same page again", desk.Change{ID: "exchange", Level: level(tandem.L4), Version: v}, "stale_version"},
		} {
			if got := code(b.desk.SetTouchpoint(bg, ws, boss, c.in)); got != c.code {
				b.t.Errorf("%s: %q, want %q", c.name, got, c.code)
			}
		}
		got := b.topic("exchange")
		if got.Level != tandem.L1 || got.Profile != "niska" || got.Speed != 10 || got.Empathy != 90 || got.Version != v+1 {
			b.t.Errorf("%+v", got)
		}
		if err := b.desk.Pause(bg, ws, boss, "exchange", true); err != nil || !b.topic("exchange").Paused {
			b.t.Errorf("paused: %v", err)
		}
		if err := b.desk.Pause(bg, ws, boss, "", true); err != nil {
			b.t.Fatal(err)
		}
		if s := b.snap(b.stranger()); !s.Workspace.Settings.Paused {
			b.t.Error("the next message does not see the pause")
		}
		if err := b.desk.Pause(bg, ws, boss, "kosmos", true); code(err) != "not_found" {
			b.t.Errorf("pausing nothing: %v", err)
		}
	})
}
