package stories

import (
	"encoding/csv"
	"encoding/json"
	"os"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"tandem"
	"tandem/bot"
	"tandem/nlu"
	"tandem/policy"
)

// summarised is one of the marked dialogues with the facts that its summary should have, and a true
// summary in the words of somebody who did not look at the filter while writing it.
type summarised struct {
	id, summary string
	gold        []string
	s           tandem.Snapshot
	trigger     tandem.Trigger
	card        tandem.Card
}

// summaries reads the set: 30 dialogues of nlu/examples, written by other hands, up to the turn at which a
// person takes over. There is no shop behind them, so everything known was said in the talk.
func summaries(t *testing.T) []summarised {
	f, err := os.Open("../nlu/examples/dialogues.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	all, err := nlu.ReadDialogues(f)
	if err != nil {
		t.Fatal(err)
	}
	byID := map[string]nlu.Dialogue{}
	for _, d := range all {
		byID[d.ID] = d
	}
	g, err := os.Open("testdata/summaries.tsv")
	if err != nil {
		t.Fatal(err)
	}
	defer g.Close()
	r := csv.NewReader(g)
	r.Comma, r.LazyQuotes = '\t', true
	rows, err := r.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	model, err := nlu.Open()
	if err != nil {
		t.Fatal(err)
	}
	var out []summarised
	for _, row := range rows[1:] {
		d, ok := byID[row[0]]
		if !ok {
			t.Fatalf("no dialogue %s", row[0])
		}
		out = append(out, layOut(d, model, strings.Split(row[1], "|"), row[2]))
	}
	return out
}

// layOut makes a snapshot and a card of a dialogue. It is Friday: many of the dialogues say so.
func layOut(d nlu.Dialogue, model *nlu.Model, gold []string, summary string) summarised {
	now := time.Date(2026, 11, 27, 18, 15, 0, 0, time.UTC)
	s := tandem.Snapshot{Now: now, Workspace: tandem.Workspace{Zone: "Europe/Warsaw", Lang: d.Lang}, Conversation: tandem.Conversation{ID: "c", Lang: d.Lang}}
	var last tandem.Reading
	for i, turn := range d.Turns[:d.Handover+1] {
		m := tandem.Message{Seq: int64(i + 1), Origin: tandem.FromBot, Text: turn.Text, At: now.Add(time.Duration(i-d.Handover) * time.Minute)}
		if turn.From == "customer" {
			last = model.Read(turn.Text, nlu.Context{Lang: d.Lang, Now: now})
			m.Origin, m.Reading = tandem.FromCustomer, &last
		}
		s.Messages = append(s.Messages, m)
	}
	why := tandem.Trigger{Code: "T9", Kind: "topic"}
	if d := policy.Decide(policy.Input{Snapshot: s, Reading: last, Findings: &tandem.Findings{}}); len(d.Triggers) > 0 {
		why = d.Triggers[0]
	}
	dec := tandem.Decision{Seq: int64(d.Handover + 1), Act: tandem.HandOver, Touchpoint: last.Touchpoint, Triggers: []tandem.Trigger{why}, Reading: last, At: now}
	return summarised{d.ID, summary, gold, s, why, bot.Card(s, dec, &tandem.Findings{}, nlu.Mask)}
}

func isName(w string) bool { return nlu.GenderOfName(w) != "" }

// TestTheCardHasTheFacts measures the recall of HITL.md 2.4 for the card made from facts.
func TestTheCardHasTheFacts(t *testing.T) {
	have, all := 0, 0
	for _, x := range summaries(t) {
		b, err := json.Marshal(x.card)
		if err != nil {
			t.Fatal(err)
		}
		for _, g := range x.gold {
			all++
			if has(string(b), g) {
				have++
			} else {
				t.Logf("%s: the card lacks %q", x.id, g)
			}
		}
	}
	t.Logf("fact recall of the card: %d of %d", have, all)
	if have*100 < 70*all {
		t.Error("the card has lost facts")
	}
}

// TestTheFilterOnTrueSummaries measures how many true summaries are refused.
func TestTheFilterOnTrueSummaries(t *testing.T) {
	fine, all := 0, 0
	for _, x := range summaries(t) {
		all++
		if why := bot.Faithful(x.summary, bot.MaterialOf(x.s, x.trigger, x.card, nlu.Mask), isName); why == "" {
			fine++
		} else {
			t.Logf("%s refused (%s): %s", x.id, why, x.summary)
		}
	}
	t.Logf("true summaries accepted: %d of %d", fine, all)
	if fine*2 < all {
		t.Error("most true summaries are refused: a model would be of no use")
	}
}

// lies are added to true summaries, one at a time.
var lies = map[string][]string{
	"pl": {"Towar jest uszkodzony.", "Sklep obiecał oddać pieniądze.", "Konsultant już przeprosił.", "Klient grozi sądem.", "Zamówienie anulowano.", "Zwrócono 73,91 zł.",
		"Kurier przyjedzie jutro o 12:00.", "Reklamację uznano.", "Klientowi przysługuje rabat 20%.", "To już piąta wiadomość w tej sprawie.", "Sprawę zna Genowefa Pstrąg.", "Numer zamówienia to 99120.",
		"Trzeba zaproponować rekompensatę.", "Problem został rozwiązany.", "Klient pisze: „Jesteście najgorsi na świecie”."},
	"en": {"The goods are damaged.", "The shop promised to refund the money.", "The agent has already apologised.", "The customer threatens to sue.", "The order was cancelled.", "A sum of £73.91 was refunded.",
		"The courier will come tomorrow at 12:00.", "The complaint was upheld.", "The customer is entitled to a 20% discount.", "This is the fifth message about it.", "Genowefa Pstrag knows the matter.", "The order number is 99120.",
		"We should offer a voucher.", "The problem was solved.", "The customer writes: “You are the worst in the world”."},
}

var digitsOf = regexp.MustCompile(`\d+`)

// undenied are a true summary's versions with one denial taken out.
func undenied(s string) (out []string) {
	for _, no := range []string{" nie ", "Nie ", " not ", " nikt nie "} {
		if i := strings.Index(s, no); i >= 0 {
			out = append(out, s[:i]+" "+s[i+len(no):])
		}
	}
	return out
}

// swapped tells the customer's words as ours.
func swapped(s string) string {
	return strings.NewReplacer("Klientka", "Konsultantka", "Klient ", "Konsultant ", "The customer", "The agent").Replace(s)
}

// bent are a true summary's versions with one figure changed.
func bent(s string) (out []string) {
	for _, m := range digitsOf.FindAllStringIndex(s, -1) {
		n, _ := strconv.Atoi(s[m[0]:m[1]])
		out = append(out, s[:m[0]]+strconv.Itoa(n+1)+s[m[1]:])
	}
	return out
}

// TestTheFilterOnLies measures what gets through: the unsupported claims of HITL.md 2.4, at most 0.5 %.
func TestTheFilterOnLies(t *testing.T) {
	through, all := map[string]int{}, map[string]int{}
	for _, x := range summaries(t) {
		m := bot.MaterialOf(x.s, x.trigger, x.card, nlu.Mask)
		if bot.Faithful(x.summary, m, isName) != "" {
			continue // refused anyhow
		}
		try := func(kind, text string) {
			all[kind]++
			if bot.Faithful(text, m, isName) == "" {
				through[kind]++
				t.Logf("%s lets through: %s", x.id, text)
			}
		}
		for _, l := range lies[x.s.Workspace.Lang] {
			try("added", x.summary+" "+l)
		}
		for _, l := range bent(x.summary) {
			try("figure", l)
		}
		for _, l := range undenied(x.summary) {
			try("denial taken out", l)
		}
		if s := swapped(x.summary); s != x.summary {
			try("customer told as agent", s)
		}
	}
	for kind, n := range all {
		t.Logf("%s: %d of %d got through", kind, through[kind], n)
		if through[kind]*200 > n {
			t.Errorf("%s: more than 0.5 %% got through", kind)
		}
	}
}
