package stories

import (
	"fmt"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"tandem"
	"tandem/app"
	"tandem/demo"
	"tandem/nlu"
	"tandem/stories/world"
)

// smallSchool is the line with which a story trains quickly; see world.SmallSchool.
const smallSchool = "Szkoła jest mała."

// learnLines is what stories say about learning from people.
var learnLines = []meaning{
	{form(`Szkoła jest mała\.`), func(*player, []string) {}},
	{form(`(ola|piotr) poprawia temat: (\w+)\.`), func(p *player, f []string) { p.act(f[0], "topic", map[string]any{"touchpoint": f[1]}, "") }},
	{form(`(ola|piotr) poprawia nastrój: (\w+)\.`), func(p *player, f []string) { p.act(f[0], "topic", map[string]any{"mood": f[1]}, "") }},
	{form(`Czeka przykład: (\w+), (\w+): (.+)`), func(p *player, f []string) {
		e := p.example("waiting", f[2])
		if e.Touchpoint != f[0] || string(e.Mood) != f[1] || e.Text != f[2] {
			p.fail("jest %+v", e)
		}
	}},
	{form(`Nie czeka żaden przykład\.`), func(p *player, _ []string) {
		if e := p.examples("waiting"); len(e) > 0 {
			p.fail("jest %+v", e)
		}
	}},
	{form(`(\w+) (zatwierdza|odrzuca) przykład: ([^,]+)(?:, odmowa (\w+))?`), func(p *player, f []string) {
		state := map[string]string{"zatwierdza": "approved", "odrzuca": "rejected"}[f[1]]
		p.refusal(p.s.Call(f[0], "PUT", "/api/learning/examples/"+string(p.example("waiting", f[2]).ID), map[string]any{"state": state}, nil), f[3])
	}},
	{form(`kierownik wycofuje przykład: (.+)`), func(p *player, f []string) {
		p.refusal(p.s.Call("kierownik", "PUT", "/api/learning/examples/"+string(p.example("approved", f[0]).ID), map[string]any{"state": "rejected"}, nil), "")
	}},
	{form(`kierownik dodaje przykład: (\w+): (.+)`), func(p *player, f []string) {
		p.refusal(p.s.Call("kierownik", "POST", "/api/learning/examples", map[string]any{"touchpoint": f[0], "text": f[1]}, nil), "")
	}},
	{form(`kierownik wczytuje plik, w którym (\d+) przykładów ma pomieszane tematy\.`), func(p *player, f []string) {
		p.refusal(p.s.Call("kierownik", "POST", "/api/learning/import", map[string]any{"file": muddled(p.t, num(f[0]))}, nil), "")
	}},
	{form(`kierownik uczy teraz(?:, odmowa (\w+))?\.`), func(p *player, f []string) {
		p.refusal(p.s.Call("kierownik", "POST", "/api/learning/train", map[string]any{}, nil), f[0])
	}},
	{form(`kierownik wraca do wersji (\d+)(?:, odmowa (\w+))?\.`), func(p *player, f []string) {
		p.refusal(p.s.Call("kierownik", "POST", "/api/learning/use", map[string]any{"number": num(f[0])}, nil), f[1])
	}},
	{form(`Obowiązuje wersja (\d+)\.`), func(p *player, f []string) {
		if l := p.learning(); l.Used != int64(num(f[0])) || l.Training {
			p.fail("obowiązuje %d, nauka trwa: %v, wersje %+v", l.Used, l.Training, l.Versions)
		}
	}},
	{form(`Wersja (\d+) jest odrzucona: (\w+)\.`), func(p *player, f []string) {
		for _, v := range p.learning().Versions {
			if v.Number == int64(num(f[0])) {
				if v.State != "refused" || !strings.Contains(strings.Join(v.Reasons, " "), f[1]) || v.After.Topics >= v.Before.Topics {
					p.fail("wersja jest %+v", v)
				}
				return
			}
		}
		p.fail("nie ma jej")
	}},
	{form(`kierownik dodaje słowo (krytyczne|niegroźne): (.+)`), func(p *player, f []string) {
		side := map[string]string{"krytyczne": "hard", "niegroźne": "harmless"}[f[0]]
		p.refusal(p.s.Call("kierownik", "POST", "/api/learning/words", map[string]any{"pattern": f[1], "side": side}, nil), "")
	}},
	{form(`kierownik odświeża listę tygodnia\.`), func(p *player, _ []string) {
		p.refusal(p.s.Call("kierownik", "POST", "/api/learning/weekly", map[string]any{}, nil), "")
	}},
	{form(`Na liście tygodnia jest(?: \((\w+)\))?: (.+)`), func(p *player, f []string) {
		e := p.example("suggested", f[1])
		if f[0] != "" && !strings.Contains(strings.Join(e.Why, " "), f[0]) {
			p.fail("powody: %v", e.Why)
		}
	}},
	{form(`Na liście tygodnia nie ma: (.+)`), func(p *player, f []string) {
		for _, e := range p.examples("suggested") {
			if strings.Contains(e.Text, f[0]) {
				p.fail("jest %+v", e)
			}
		}
	}},
	{form(`(\w+) podpisuje na liście: (\w+): (.+)`), func(p *player, f []string) {
		p.refusal(p.s.Call(f[0], "PUT", "/api/learning/examples/"+string(p.example("suggested", f[2]).ID), map[string]any{"state": "label", "touchpoint": f[1]}, nil), "")
	}},
	{form(`„(.+)” (znaczy|nie znaczy) (\w+)\.`), func(p *player, f []string) {
		if got := p.s.Read(f[0]).Touchpoint; (got == f[2]) != (f[1] == "znaczy") {
			p.fail("znaczy %s", got)
		}
	}},
	{form(`Decyzję podjęła wersja (\d+)\.`), func(p *player, f []string) {
		var log app.Log
		p.refusal(p.s.Call("ola", "GET", "/api/decisions?limit=1", nil, &log), "")
		var d app.DecisionView
		p.refusal(p.s.Call("ola", "GET", "/api/decisions/"+string(log.Items[0].ID), nil, &d), "")
		want := p.learning().Shipped
		for _, v := range p.learning().Versions {
			if v.Number == int64(num(f[0])) {
				want = v.Name
			}
		}
		if d.Reading.Version != want {
			p.fail("wersja %s, miała być %s", d.Reading.Version, want)
		}
	}},
}

func (p *player) examples(state string) []app.ExampleView {
	var out app.Examples
	p.refusal(p.s.Call("ola", "GET", "/api/learning/examples?limit=500&state="+state, nil, &out), "")
	return out.Items
}

// example is the example of a state whose text has a part.
func (p *player) example(state, part string) app.ExampleView {
	for _, e := range p.examples(state) {
		if strings.Contains(e.Text, strings.TrimSuffix(part, ".")) {
			return e
		}
	}
	p.t.Fatalf("%s\n\tnie ma takiego przykładu: %+v", p.line, p.examples(state))
	return app.ExampleView{}
}

func (p *player) learning() (l app.Learning) {
	p.refusal(p.s.Call("ola", "GET", "/api/learning", nil, &l), "")
	return l
}

// muddled is a file of real messages, each with the topic of another.
func muddled(t *testing.T, n int) string {
	all, err := nlu.Lessons()
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	b.WriteString("touchpoint\tlang\ttext\n")
	for i := range n {
		at, wrong := all[(i*7+1)%len(all)], all[(i*7+1+len(all)/3)%len(all)]
		fmt.Fprintf(&b, "%s\t%s\t%s\n", wrong.Touchpoint, at.Lang, at.Text)
	}
	return b.String()
}

// TestWhatWasTaughtSurvivesARestart: a version is stored, and so are the brand's words. A program that
// ships another model trains the company's anew.
func TestWhatWasTaughtSurvivesARestart(t *testing.T) {
	world.Trains(t)
	world.Each(t, func(t *testing.T, engine string) {
		address := world.Database(t, engine)
		synctest.Test(t, func(t *testing.T) {
			p := &player{t: t, read: map[string]bool{}, got: map[string][]string{}}
			p.s = world.New(t, address, world.SmallSchool)
			defer func() { p.s.Close() }()
			for _, l := range []string{"kierownik dodaje przykład: loyalty_program: serduszka mi nie wpadły", "kierownik dodaje słowo krytyczne: rzecznik*", "Mija 10 min.", "Obowiązuje wersja 1."} {
				p.line = l
				p.step(l)
			}
			p.s.Down()
			p.s.Up()
			for _, l := range []string{"Mija 10 min.", "Obowiązuje wersja 1.", "„serduszka mi nie wpadły” znaczy loyalty_program."} {
				p.line = l
				p.step(l)
			}
			if r := p.s.Read("idę do rzecznika"); !r.Hard || r.Version != p.learning().Versions[0].Name {
				t.Errorf("after a restart: %+v", r)
			}
			p.s.Down()
			p.s.Up(func(c *app.Config) {
				other := *c.School // the next release has three examples less
				all := c.School.Lessons
				other.Lessons = func() ([]nlu.Example, error) {
					lessons, err := all()
					return lessons[3:], err
				}
				lessons, err := other.Lessons()
				if err != nil {
					t.Error(err)
				}
				other.Model, _ = nlu.Train(lessons, other.Options)
				c.School = &other
			})
			time.Sleep(10 * time.Minute)
			synctest.Wait()
			if l := p.learning(); len(l.Versions) != 2 || l.Versions[0].Examples != 1 {
				t.Errorf("another program: %+v", l.Versions)
			}
		})
	})
}

// TestANewVersionIsUsedAtTheOtherNode: one node trains, both understand.
func TestANewVersionIsUsedAtTheOtherNode(t *testing.T) {
	world.Trains(t)
	p := newPair(t, true, world.SmallSchool)
	p.a.work()
	p.b.work()
	read := func(n *node) (r tandem.Reading) {
		n.call("ola", "POST", "/api/learning/try", map[string]any{"text": "serduszka mi nie wpadły"}, &r)
		return r
	}
	was := read(p.b).Version
	p.a.call("kierownik", "POST", "/api/learning/examples", map[string]any{"text": "serduszka mi nie wpadły", "touchpoint": "loyalty_program"}, nil)
	p.a.call("kierownik", "POST", "/api/learning/train", map[string]any{}, nil)
	var l app.Learning
	p.until("a version is trained", func() bool {
		p.a.call("ola", "GET", "/api/learning", nil, &l)
		return l.Used == 1
	})
	p.until("the other node uses it", func() bool { r := read(p.b); return r.Version != was && r.Touchpoint == "loyalty_program" })
	if a, b := read(p.a).Version, read(p.b).Version; a != b {
		t.Errorf("one node reads with %s, the other with %s", a, b)
	}
	p.a.call("kierownik", "POST", "/api/learning/use", map[string]any{"number": 0}, nil)
	p.until("both are back", func() bool { return read(p.b).Version == was && read(p.a).Version == was })
	if _, err := p.b.DB().Workspace(t.Context(), demo.Workspace); err != nil {
		t.Error(err)
	}
}
