package nlu

import (
	"cmp"
	"slices"
	"strings"

	"tandem"
)

// hardKinds name what a hand-over by a word is about, where the category's own name does not do.
var hardKinds = map[string]string{"own": "own_word"}

// mild says where a grave word may be harmless: where all else is at least so calm, and the topics on
// which it is meant in earnest have no share to speak of.
var mild = map[string]struct {
	calm   float64
	topics []string
}{
	"legal":     {0.6, []string{"legal_threat", "fraud_safety", "service_complaint", "churn", "refund_overdue", "privacy_request"}},
	"media":     {0.6, []string{"legal_threat", "fraud_safety", "service_complaint", "churn", "refund_overdue"}},
	"safety":    {0.6, []string{"fraud_safety", "damaged_item", "legal_threat", "service_complaint"}},
	"privacy":   {0.6, []string{"privacy_request", "fraud_safety", "legal_threat", "account_change"}},
	"fraud":     {0.7, []string{"fraud_safety", "payment_problem", "refund_overdue", "legal_threat", "service_complaint", "churn"}},
	"anger":     {0.8, []string{"service_complaint", "legal_threat"}},
	"bot_fail":  {0.8, []string{"service_complaint", "human_request"}},
	"leave":     {0.8, []string{"churn", "service_complaint", "legal_threat"}},
	"profanity": {0.8, []string{"service_complaint"}},
	"again":     {0.85, nil},
}

// tellingWords is how many words a message needs for its calm to say anything about a grave word in
// it: "to jakieś oszustwo" has nothing beside the word that could make it harmless.
const tellingWords = 5

// earnest is the share of the topics on which a grave word is meant in earnest.
const earnest = 0.2

// veto takes hits back that the trained model, which has read many harmless uses of grave words,
// finds harmless: "klocki Policja", "Znowu ja :)". "Błąd" is never taken back in this way: its plain
// use hands over, its harmless ones are in the lexicon.
func (x *reader) veto() {
	calm := x.j.moods[0] + x.j.moods[1]
	for i := range x.s.hits {
		h := &x.s.hits[i]
		kind := h.entry.category
		if kind == "repeat" && h.entry.severity == founding {
			kind = "again"
		}
		m, ok := mild[kind]
		if h.off != "" || !ok || x.accuses(h) || h.entry.severity == soft || h.entry.severity == faint {
			continue
		}
		if kind == "again" {
			if earnest, known := x.beside(h); known {
				if !earnest {
					h.off = "own"
				}
				continue
			}
		}
		if len(x.s.words) < tellingWords || calm < m.calm {
			continue
		}
		share := 0.0
		for n, p := range x.j.topics {
			if slices.Contains(m.topics, x.m.tuning.Topics[n]) {
				share += p
			}
		}
		if share < earnest {
			h.off = "calm"
		}
	}
}

// The words that make a word of fraud an accusation, and those that make it a doubt or a report.
var (
	pointing = set("to jest sa jestescie wy jakies zwykle zwykli jawne czyste zwyczajne banda is are this its youre you such")
	doubting = set("czy ze pewnie chyba moze myslalem myslalam jesli jezeli if whether think thought maybe that says said")
)

// accuses tells that a word of fraud is said of the company to its face: "gdzie paczka, to oszustwo",
// "oszukaliście mnie". However calm the rest is, that is never taken back; "syn mówi, że to oszustwo" may be.
func (x *reader) accuses(h *hit) bool {
	if h.entry.category != "fraud" || h.entry.severity != hard || h.from < 0 || x.j.moods[0] >= 0.5 || asking(x.s) {
		return false
	}
	if w := x.s.at(h.from).fold; strings.HasSuffix(w, "cie") && len(w) > 5 {
		return true
	}
	points := false
	for n := h.from - 1; n >= max(0, h.from-5) && !x.s.parts(n, n+1); n-- {
		w := x.s.at(n).fold
		if doubting[w] {
			return false
		}
		points = points || n >= h.from-3 && pointing[w]
	}
	return points
}

// company is what may stand beside "znowu" and what it makes of the word. The first line with a word
// near enough decides; where none has, the calm of the whole message does.
var company = []struct {
	words         element
	before, after int  // how many words away it may stand
	earnest       bool // something went wrong again; otherwise "znowu" tells of the writer's own ways
}{
	{oneOf("zly/zla/zle/zlego/zlej/brak*/spozn*/opozn*/pomyl*/bledn*/uszkodz*/zepsu*/problem*/awari*/usterk*/niewlasciw*/wadliw*/" +
		"czeka*/bez/zawied*/zawiod*/rozczarow*/wsciek*/zmusz*/oszuka*/wrong*/late/broken*/missing*/delayed*/error*/waiting/charged/disappoint*/without"), 4, 4, true},
	{oneOf("nie/no"), 0, 4, true}, // "nie wiem, czy znowu" denies something else
	{oneOf("jestem/jestesmy/mieszkam/mieszkamy/bede/bedziemy/bylam/bylem/wracam/wrocilam/wrocilem/home/holiday/away/moved"), 2, 2, false},
}

// oneOf reads alternatives of one word; they are part of the program, so a wrong one panics in every test.
func oneOf(words string) element { return patterns(words)[0][0] }

// beside tells what the words around a hit make of it; known is false where they say nothing.
func (x *reader) beside(h *hit) (earnest, known bool) {
	if h.from < 0 || x.j.moods[0] >= 0.5 || strings.HasSuffix(strings.TrimSpace(x.s.text), "?") && h.from > 0 && x.s.at(0).fold == "czy" {
		return false, false
	}
	for _, c := range company {
		for n := h.to; n < min(len(x.s.words), h.to+c.after) && !x.s.parts(n-1, n); n++ {
			if c.words.matches(x.s.at(n).fold) {
				return c.earnest, true
			}
		}
		for n := h.from - 1; n >= max(0, h.from-c.before) && !x.s.parts(n, n+1); n-- {
			if c.words.matches(x.s.at(n).fold) {
				return c.earnest, true
			}
		}
	}
	return false, false
}

// words weighs the lexicon's hits and the signs into the escalation score and decides whether a word
// hands over alone.
func (x *reader) words() {
	r := &x.r
	calm := x.j.moods[0] + x.j.moods[1]
	trouble, live := false, []hit{}
	for _, h := range x.s.hits {
		if h.off != "" || h.entry.category == "human" {
			continue
		}
		live = append(live, h)
		trouble = trouble || h.entry.severity != faint && h.entry.category != "urgency"
	}
	slices.SortStableFunc(live, func(a, b hit) int { return cmp.Compare(b.entry.weight, a.entry.weight) })
	profile := x.c.profile(r.Touchpoint)
	sum := 0.0
	for n, h := range live {
		w := x.weight(h, calm, trouble)
		if h.entry.severity == founding && profile == High && x.j.moods[0] <= 0.6 {
			w = h.entry.weight
		}
		if n >= 3 { // the fourth hard word says little that three have not said
			w *= 0.3
		}
		sum += w
		x.add("lexicon", h.entry.id, h.start, h.end, round(w))
		x.hard(h, profile)
		r.Urgent = r.Urgent || h.entry.category == "urgency" && h.entry.weight >= 1.5
	}
	sum += x.signs(trouble || x.j.moods[3] > 0.3)
	r.Escalation = sum + 3*x.j.moods[3] + x.j.moods[2]
	if r.Mood == tandem.Pleased && !r.Hard {
		r.Escalation *= 0.2
	}
}

// weight is what a hit counts: soft words count less where everything else is calm.
func (x *reader) weight(h hit, calm float64, trouble bool) float64 {
	w := h.entry.weight
	switch h.entry.severity {
	case soft, founding:
		w *= min(max(1.5*(1-calm), 0.2), 1)
	case faint:
		if !trouble {
			return 0
		}
		w *= min(max(1.5*(1-calm), 0.1), 1)
	}
	return w
}

// hard marks a word that hands over alone.
func (x *reader) hard(h hit, profile string) {
	switch h.entry.severity {
	case hard, route:
	case founding:
		if profile != High || x.j.moods[0] > 0.6 {
			return
		}
	default:
		return
	}
	kind := h.entry.category
	if k, ok := hardKinds[kind]; ok {
		kind = k
	}
	if !x.r.Hard || graver(kind, x.r.HardKind) {
		x.r.HardKind = kind
	}
	x.r.Hard = true
}

// gravity orders kinds for the one that is named: the gravest.
var gravity = []string{"distress", "safety", "privacy", "legal", "media", "fraud", "leave", "anger", "profanity", "bot_fail",
	"complaint", "repeat", "own_word"}

func graver(a, b string) bool { return slices.Index(gravity, a) < slices.Index(gravity, b) }

// signs adds what marks, capitals, emoji and irony say; beside pleasure they say nothing bad.
func (x *reader) signs(trouble bool) float64 {
	sum := 0.0
	for _, e := range signs(x.s, trouble) {
		if x.j.moods[0] > 0.5 && e.Weight > 0 {
			continue
		}
		x.r.Evidence = append(x.r.Evidence, e)
		sum += e.Weight
	}
	return min(sum, 2)
}
