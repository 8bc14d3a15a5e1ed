package stories

import (
	"strings"
	"testing"
	"time"

	"tandem"
	"tandem/app"
	"tandem/llm"
	"tandem/nlu"
	"tandem/sim"
	"tandem/stories/world"
)

// withModel is the line with which a story has a language model.
const withModel = "Model językowy pisze podsumowania."

// model configures the simulated one.
func model(t *testing.T) func(*app.Config) {
	return func(c *app.Config) {
		w, err := llm.New(llm.Config{URL: "https://" + sim.LLMHost + "/v1", Model: sim.LLMModel, Key: sim.LLMKey, Mask: nlu.Mask, Web: c.Web})
		if err != nil {
			t.Fatal(err)
		}
		c.Writer = w
	}
}

// wordLines is what stories say about the language model.
var wordLines = []meaning{
	{form(`Model językowy pisze podsumowania\.`), func(*player, []string) {}},
	{form(`Model językowy (zmyśla|nie działa|jest powolny|odmawia) przez (\d+) s\.`), func(p *player, f []string) {
		mode := map[string]sim.Mode{"zmyśla": sim.Garbage, "nie działa": sim.Down, "jest powolny": sim.Slow, "odmawia": sim.RateLimited}[f[0]]
		if err := p.s.World.LLM.Faults().Set(mode, time.Duration(num(f[1]))*time.Second); err != nil {
			p.fail("%v", err)
		}
	}},
	{form(`Podsumowanie modelu: (.+)`), func(p *player, f []string) {
		if w := p.s.Text("ola", "/api/conversations/"+string(p.conv()), "worded"); !has(w, f[0]) {
			p.fail("podsumowanie: %s, zdarzenia %v", w, p.wordings())
		}
	}},
	{form(`Nie ma podsumowania modelu(?:, powód (\w+))?\.`), func(p *player, f []string) {
		if w := p.s.Text("ola", "/api/conversations/"+string(p.conv()), "worded"); w != "null" {
			p.fail("podsumowanie: %s", w)
		}
		if all := p.wordings(); f[0] != "" && (len(all) == 0 || all[len(all)-1] != f[0]) {
			p.fail("zdarzenia %v", all)
		}
	}},
	{form(`(\S+) pisze i po (\d+) s cofa: (.+)`), func(p *player, f []string) {
		id := p.s.World.Meta.DM(p.s.World.Instagram, f[0], f[2], sim.DMOptions{})
		time.Sleep(time.Duration(num(f[1])) * time.Second)
		p.s.World.Meta.Unsend(id)
	}},
	{form(`Model językowy pytany (\d+) razy?\.`), func(p *player, f []string) {
		if n := len(p.s.World.LLM.Asked()); n != num(f[0]) {
			p.fail("pytany %d razy", n)
		}
	}},
	{form(`Model językowy (dowiaduje się|nie dowiaduje się): (.+)`), func(p *player, f []string) {
		if all := strings.Join(p.s.World.LLM.Asked(), "\n"); has(all, f[1]) != (f[0] == "dowiaduje się") {
			p.fail("poszło: %s", all)
		}
	}},
}

// wordings are what became of the model's summaries in the conversation, oldest first.
func (p *player) wordings() (codes []string) {
	all, err := p.s.App.DB().EventsOf(bg, world.Workspace, p.conv(), tandem.CardWorded)
	if err != nil {
		p.t.Fatal(err)
	}
	for _, e := range all {
		codes = append(codes, e.Code)
	}
	return codes
}
