package policy

import (
	"encoding/json"
	"slices"
	"testing"
	"time"

	"tandem"
)

func TestWhatIsUnderstood(t *testing.T) {
	g := func(topic string, p float64) tandem.Guess { return tandem.Guess{Touchpoint: topic, Confidence: p} }
	for i, c := range []struct {
		topic string
		p     float64
		set   []string
		next  []tandem.Guess
		want  bool
	}{
		{"store_hours", 0.3, []string{"store_hours"}, nil, true}, // the conformal set has one
		{"store_hours", 0.9, nil, nil, false},                    // none: it is something else
		{"other", 0.9, []string{"other"}, nil, false},
		{"store_hours", 0.6, []string{"store_hours", "promo_code"}, []tandem.Guess{g("promo_code", 0.15)}, true}, // stands out
		{"store_hours", 0.59, []string{"store_hours", "promo_code"}, []tandem.Guess{g("promo_code", 0.1)}, false},
		{"store_hours", 0.6, []string{"store_hours", "promo_code"}, []tandem.Guess{g("promo_code", 0.16)}, false},
		{"store_hours", 0.6, []string{"store_hours", "greeting"}, []tandem.Guess{g("greeting", 0.4)}, true}, // a greeting is no other matter
		{"store_hours", 0.6, []string{"store_hours", "promo_code"}, []tandem.Guess{g("store_hours", 0.6), g("promo_code", 0.1)}, true},
	} {
		in := with(func(in *Input) {
			in.Reading.Touchpoint, in.Reading.Confidence, in.Reading.Set, in.Reading.Alternatives = c.topic, c.p, c.set, c.next
		})
		if got := in.understood(); got != c.want {
			t.Errorf("row %d: %v", i, got)
		}
		if d := Decide(in); (d.Act == tandem.Ask && d.Rule == "T8") == c.want {
			t.Errorf("row %d: %s by %s", i, d.Act, d.Rule)
		}
	}
}

// T8: two to four are offered as a choice, none or more than four is asked about in general.
func TestWhatIsNotUnderstoodIsAsked(t *testing.T) {
	for n, want := range []string{"more", "", "topic", "topic", "topic", "more", "more"} {
		set := []string{"store_hours", "promo_code", "newsletter", "exchange", "greeting", "booking_make"}[:n]
		d := Decide(with(func(in *Input) { in.Reading.Set, in.Reading.Confidence = set, 0.2 }))
		if want == "" {
			if d.Act != tandem.Answer {
				t.Errorf("a set of one: %s by %s", d.Act, d.Rule)
			}
			continue
		}
		if d.Act != tandem.Ask || d.Rule != "T8" || !slices.Equal(d.Missing, []string{want}) {
			t.Errorf("a set of %d: %s by %s, missing %v, want %s", n, d.Act, d.Rule, d.Missing, want)
		}
	}
	if d := Decide(with(all(about("greeting"), func(in *Input) { in.Reading.Set = nil }))); d.Act != tandem.Answer {
		t.Errorf("small talk needs no certainty: %s by %s", d.Act, d.Rule)
	}
}

// What a customer must give before a matter of their own is told: the matrix of verification and
// disclosure.
func TestMissingData(t *testing.T) {
	have := func(kinds ...string) func(*Input) {
		return func(in *Input) {
			for _, k := range kinds {
				in.Reading.Entities = append(in.Reading.Entities, tandem.Entity{Kind: k, Value: "x"})
			}
		}
	}
	found := func(v tandem.Level, facts ...tandem.Fact) func(*Input) {
		return func(in *Input) { in.Findings = &tandem.Findings{Facts: facts, Verified: v} }
	}
	known := func(v tandem.Level) func(*Input) {
		return func(in *Input) { in.Snapshot.Customer.Identities[0].Verified = v }
	}
	again := []string{"order", "contact", "again"}
	for i, c := range []struct {
		do   func(*Input)
		want []string
	}{
		{all(about("order_status"), found(tandem.V0)), []string{"order", "contact"}},
		{all(about("order_status"), found(tandem.V0), have("order")), []string{"contact"}},
		{all(about("order_status"), found(tandem.V0), have("email")), []string{"order"}},
		{all(about("order_status"), found(tandem.V0), have("phone")), []string{"order"}},
		{all(about("order_status"), found(tandem.V0), have("postcode")), []string{"order"}},
		{all(about("order_status"), found(tandem.V0), have("order", "email")), again}, // both are there and nothing came of it
		{all(about("order_status"), found(tandem.V0), have("order", "email"), func(in *Input) { in.Findings.Mismatch = true }), again},
		{all(about("order_status"), found(tandem.V0), have("order"), func(in *Input) { in.Findings.Mismatch = true }), again},
		{all(about("order_status"), found(tandem.V0, onTime)), []string{"order", "contact"}}, // D1 needs V1
		{all(about("order_status"), found(tandem.V1, onTime)), nil},
		{all(about("order_status"), known(tandem.V1), found(tandem.V0, onTime)), nil},                                       // linked before
		{all(about("order_status"), found(tandem.V1)), []string{"order", "contact"}},                                        // proven, and nothing to tell
		{all(about("refund_status"), topic("refund_status", lift), found(tandem.V1, onTime)), []string{"order", "contact"}}, // D2 needs V2
		{all(about("refund_status"), topic("refund_status", lift), found(tandem.V2, onTime)), nil},
		{all(about("refund_status"), topic("refund_status", lift), known(tandem.V3), found(tandem.V0, onTime)), nil},
		{all(about("store_hours"), found(tandem.V0)), nil},                                  // D0 is for everybody
		{all(about("exchange"), found(tandem.V0)), nil},                                     // the bot can explain it without the order
		{all(about("order_status"), found(tandem.V3, onTime), public), []string{"private"}}, // never in public, whoever it is
		{all(about("store_hours"), found(tandem.V0), public), nil},
	} {
		d := Decide(with(c.do))
		if !slices.Equal(d.Missing, c.want) || (len(c.want) > 0) != (d.Act == tandem.Ask && d.Rule == "verification") {
			t.Errorf("row %d: %s by %s, missing %v, want %v", i, d.Act, d.Rule, d.Missing, c.want)
		}
	}
}

func public(in *Input) { in.Snapshot.Threads[0].Surface = tandem.Comment }

// A person who owns the conversation is helped, never overruled.
func TestOwnedConversationsOnlyGetSuggestions(t *testing.T) {
	for _, o := range []tandem.Owner{tandem.Queue, tandem.Human} {
		d := Decide(with(all(hardWord("fraud"), func(in *Input) { in.Snapshot.Conversation.Owner = o })))
		if d.Act != tandem.Suggest || d.Rule != "owner:"+string(o) || len(d.Triggers) > 0 {
			t.Errorf("%s: %s by %s, %v", o, d.Act, d.Rule, d.Triggers)
		}
	}
}

func TestADecisionNamesWhatItWasMadeFrom(t *testing.T) {
	in := with(all(facts(onTime), ok, topic("store_hours", func(t *tandem.Touchpoint) { t.Version, t.Team = 7, "logistyka" })))
	d := Decide(in)
	if d.Conversation != "c" || d.Seq != 1 || d.Epoch != 3 || d.Rev != 8 || d.Touchpoint != "store_hours" || d.Team != "logistyka" || d.Reply != "hours" || len(d.Facts) != 1 || !d.At.Equal(noon) {
		t.Errorf("%+v", d)
	}
	if want := []string{Version, "r1", "map:store_hours:7"}; !slices.Equal(d.Versions, want) {
		t.Errorf("versions %v, want %v", d.Versions, want)
	}
	if d.Reading.Touchpoint != "store_hours" || len(d.Rules) != len(ceilings) {
		t.Errorf("reading or rules are missing: %+v", d)
	}
}

// inputs are all inputs of the tables of this package.
func inputs() (out []Input) {
	for _, f := range firings {
		out = append(out, with(f.fires), with(f.misses))
	}
	for _, c := range levels {
		out = append(out, with(c.do))
	}
	return append(out, calm())
}

// The same input gives the same decision, also after it was stored and read again: a decision can be
// replayed. Deciding changes nothing of what it was given.
func TestDecideIsAPureFunction(t *testing.T) {
	n := 0
	for i, in := range inputs() {
		stored := js(t, in)
		var read Input
		if err := json.Unmarshal([]byte(stored), &read); err != nil {
			t.Fatal(err)
		}
		first, hard := Hard(in)
		replayed, again := Hard(read)
		if hard != again || js(t, first) != js(t, replayed) {
			t.Errorf("input %d at once: %s\nreplayed: %s", i, js(t, first), js(t, replayed))
		}
		want := js(t, Decide(in))
		for name, got := range map[string]string{"again": js(t, Decide(in)), "replayed": js(t, Decide(read))} {
			if got != want {
				t.Errorf("input %d %s:\n%s\nwant\n%s", i, name, got, want)
			}
		}
		if js(t, in) != stored {
			t.Errorf("input %d was changed by deciding", i)
		}
		n++
	}
	if n < 80 {
		t.Errorf("only %d inputs", n)
	}
}

// Time is an argument: the same conversation a week later is decided by that later moment.
func TestTheMomentIsPartOfTheInput(t *testing.T) {
	in := with(earlier("damaged_item", "resolved", time.Hour))
	later := in
	later.Snapshot.Now = noon.Add(80 * time.Hour)
	if now, then := Decide(in), Decide(later); now.Rule != "T15" || then.Act != tandem.Answer {
		t.Errorf("now %s, later %s by %s", now.Rule, then.Act, then.Rule)
	}
}
