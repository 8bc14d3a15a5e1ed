package policy

import (
	"slices"
	"testing"
	"time"

	"tandem"
)

// levels is one row per way in which autonomy is bounded: the effective level, the rule that is
// named, and what happens.
var levels = []struct {
	name  string
	do    func(*Input)
	level tandem.Autonomy
	rule  string
	act   tandem.Act
}{
	{"nothing bounds it", nil, tandem.L4, "ceiling:none", tandem.Answer},
	{"topic at L3", topic("store_hours", lift), tandem.L3, "ceiling:touchpoint", tandem.Answer},
	{"topic at L2", about("exchange"), tandem.L2, "ceiling:touchpoint", tandem.Propose},
	{"topic at L1", about("damaged_item"), tandem.L1, "T9", tandem.HandOver},
	{"topic at L0", about("service_complaint"), tandem.L0, "T9", tandem.HandOver},
	{"a topic nobody knows", about("rental"), tandem.L2, "ceiling:touchpoint", tandem.Propose},
	{"public, but only a matter of one's own", all(about("order_status"), public), tandem.L2, "ceiling:channel", tandem.Propose},
	{"public, a general question", public, tandem.L4, "ceiling:none", tandem.Answer},
	{"public, a general question, but the reply tells more", all(public, func(in *Input) {
		in.Reply = &tandem.Reply{ID: "x", OK: true, Class: tandem.D1}
	}), tandem.L2, "ceiling:channel", tandem.Propose},
	{"public, the reply is for everybody", all(public, func(in *Input) {
		in.Reply = &tandem.Reply{ID: "x", OK: true, Class: tandem.D0}
	}), tandem.L4, "ceiling:none", tandem.Answer},
	{"a whisper that only a person can follow", func(in *Input) { in.Unheard = true }, tandem.L2, "ceiling:whisper", tandem.Propose},
	{"VIP with a quick matter", func(in *Input) { in.Snapshot.Customer.VIP = true }, tandem.L4, "ceiling:none", tandem.Answer},
	{"VIP with a matter of feeling", all(about("product_advice"), topic("product_advice", lift), func(in *Input) { in.Snapshot.Customer.VIP = true }), tandem.L1, "T10", tandem.HandOver},
	{"VIP, a matter of feeling, not understood", all(about("product_advice"), topic("product_advice", lift), unclear, func(in *Input) {
		in.Snapshot.Customer.VIP, in.Reading.Touchpoint = true, "product_advice"
	}), tandem.L1, "T8", tandem.Ask},
	{"the same topic again within a week", earlier("store_hours", "resolved", 167*time.Hour), tandem.L2, "ceiling:case", tandem.Propose},
	{"after more than a week", earlier("store_hours", "resolved", 169*time.Hour), tandem.L4, "ceiling:none", tandem.Answer},
	{"another topic", earlier("promo_code", "resolved", time.Hour), tandem.L4, "ceiling:none", tandem.Answer},
	{"the bot had it alone", earlier("store_hours", "bot", time.Hour), tandem.L4, "ceiling:none", tandem.Answer},
	{"out of scope", func(in *Input) { in.Reading.OutOfScope, in.Reading.Confidence = 0.51, 0.7 }, tandem.L2, "ceiling:knowledge", tandem.Propose},
	{"out of scope, but the topic stands out", func(in *Input) { in.Reading.OutOfScope, in.Reading.Confidence = 0.9, 0.95 }, tandem.L4, "ceiling:none", tandem.Answer},
	{"nearly out of scope", func(in *Input) { in.Reading.OutOfScope = 0.5 }, tandem.L4, "ceiling:none", tandem.Answer},
	{"small talk is never out of scope", all(about("thanks"), func(in *Input) { in.Reading.OutOfScope = 0.9 }), tandem.L4, "ceiling:none", tandem.Answer},
	{"two of the same height: the first is named", all(about("exchange"), func(in *Input) { in.Reading.OutOfScope = 0.9 }), tandem.L2, "ceiling:touchpoint", tandem.Propose},
	{"the lowest wins", all(topic("store_hours", lift), func(in *Input) { in.Reading.OutOfScope, in.Reading.Confidence = 0.9, 0.7 }), tandem.L2, "ceiling:knowledge", tandem.Propose},
}

func TestLevels(t *testing.T) {
	for _, c := range levels {
		d := Decide(with(c.do))
		if d.Level != c.level || d.Rule != c.rule || d.Act != c.act {
			t.Errorf("%s: L%d by %s, %s; want L%d by %s, %s", c.name, d.Level, d.Rule, d.Act, c.level, c.rule, c.act)
		}
	}
}

// Every ceiling decides in some row above; the one of the customer leads to a person (T10), so its
// name stands among all that were looked at.
func TestEveryCeilingDecidesSomewhere(t *testing.T) {
	for _, c := range ceilings {
		if !slices.ContainsFunc(levels, func(row struct {
			name  string
			do    func(*Input)
			level tandem.Autonomy
			rule  string
			act   tandem.Act
		}) bool {
			_, rule, _ := level(with(row.do))
			return rule == "ceiling:"+c.name
		}) {
			t.Errorf("no row in which %s decides", c.name)
		}
	}
	d := Decide(with(all(about("product_advice"), topic("product_advice", lift), func(in *Input) { in.Snapshot.Customer.VIP = true })))
	if !slices.Contains(d.Rules, "customer=L1") || !slices.Contains(d.Rules, "touchpoint=L3") {
		t.Errorf("the ceilings that were looked at: %v", d.Rules)
	}
}

// A level is earned in one language on one kind of place.
func TestLevelsByLanguageAndChannelGroup(t *testing.T) {
	graded := topic("exchange", func(tp *tandem.Touchpoint) {
		tp.Levels = map[string]tandem.Graded{"pl/chat": {Level: tandem.L3}, "en/chat": {Level: tandem.L1}, "pl/public": {Level: tandem.L4}}
	})
	where := func(s tandem.Surface) func(*Input) { return func(in *Input) { in.Snapshot.Threads[0].Surface = s } }
	lang := func(l string, sure bool) func(*Input) {
		return func(in *Input) { in.Reading.Lang, in.Reading.LangSure = l, sure }
	}
	for i, c := range []struct {
		do   func(*Input)
		want tandem.Autonomy
	}{
		{nil, tandem.L3},
		{where(tandem.Webchat), tandem.L3},
		{where(tandem.Mail), tandem.L2}, // nothing was earned there
		{lang("en", true), tandem.L1},
		{lang("en", false), tandem.L3}, // the language of the conversation so far
		{all(lang("en", false), func(in *Input) { in.Snapshot.Conversation.Lang = "" }), tandem.L1},
		{all(lang("en", true), where(tandem.Mail)), tandem.L2},
	} {
		in := with(all(about("exchange"), graded, c.do))
		if got := in.level(); got != c.want {
			t.Errorf("row %d: L%d, want L%d", i, got, c.want)
		}
	}
	in := with(all(about("exchange"), graded, public))
	if got := in.level(); got != tandem.L4 {
		t.Errorf("in public: L%d", got)
	}
	if d := Decide(in); d.Level != tandem.L2 || d.Rule != "ceiling:channel" {
		t.Errorf("what was earned does not lift the other ceilings: L%d by %s", d.Level, d.Rule)
	}
	in = with(all(about("exchange"), graded, lang("en", true)))
	if d := Decide(in); d.Rule != "T9" {
		t.Errorf("a group at L1 is a person's: %s by %s", d.Act, d.Rule)
	}
}

// The place that counts is the one where the customer wrote last.
func TestTheNewestPlaceCounts(t *testing.T) {
	in := with(about("order_status"))
	in.Snapshot.Threads = append(in.Snapshot.Threads, tandem.Thread{ID: "p", Surface: tandem.Comment})
	in.Snapshot.Messages = append(in.Snapshot.Messages,
		tandem.Message{Thread: "p", Seq: 2, Origin: tandem.FromCustomer, Reading: &in.Reading},
		tandem.Message{Thread: "t", Seq: 3, Origin: tandem.FromBot})
	if d := Decide(in); d.Rule != "ceiling:channel" {
		t.Errorf("after a comment: L%d by %s", d.Level, d.Rule)
	}
	in.Snapshot.Messages = append(in.Snapshot.Messages, tandem.Message{Thread: "t", Seq: 4, Origin: tandem.FromCustomer, Reading: &in.Reading})
	if d := Decide(in); d.Rule != "ceiling:none" {
		t.Errorf("after a private message: L%d by %s", d.Level, d.Rule)
	}
}

// The map that is shipped keeps what is dangerous and what is felt with people, and answers the rest.
func TestTheShippedMap(t *testing.T) {
	seen := map[string]bool{}
	for _, tp := range Shipped {
		if seen[tp.ID] {
			t.Errorf("%s is there twice", tp.ID)
		}
		seen[tp.ID] = true
		if tp.Temper == "empathy" && tp.Level > tandem.L1 {
			t.Errorf("%s is felt, and ships at L%d", tp.ID, tp.Level)
		}
		if tp.Speed < 0 || tp.Speed > 100 || tp.Empathy < 0 || tp.Empathy > 100 {
			t.Errorf("%s is not on the map", tp.ID)
		}
		if tp.Level == tandem.L4 && Needs[tp.ID].Class > tandem.D1 {
			t.Errorf("%s ships at autopilot and tells class D%d", tp.ID, Needs[tp.ID].Class)
		}
	}
	for id := range Needs {
		if !seen[id] {
			t.Errorf("%s has needs and is not on the map", id)
		}
	}
	for id := range smallTalk {
		if !seen[id] {
			t.Errorf("small talk %s is not on the map", id)
		}
	}
}
