package stories

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"tandem"
	"tandem/app"
	"tandem/sim"
	"tandem/stories/world"
)

// TestStories plays every story of testdata on every engine, in virtual time. A story is a few lines
// of Polish; what each line means is one row of lines below.
func TestStories(t *testing.T) {
	files, err := filepath.Glob("testdata/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatal("no stories", err)
	}
	world.Each(t, func(t *testing.T, engine string) {
		for _, f := range files {
			t.Run(strings.TrimSuffix(filepath.Base(f), ".txt"), func(t *testing.T) {
				t.Parallel() // each has a world of its own
				address := world.Database(t, engine)
				synctest.Test(t, func(t *testing.T) { play(t, f, address) })
			})
		}
	})
}

// player is a story under way.
type player struct {
	t     *testing.T
	s     *world.Stage
	line  string
	who   string          // the customer the story is about now
	read  map[string]bool // what was looked at, by id
	got   map[string][]string
	asked time.Time
	said  string // the message that may come again
	draft draftOnPage
	merge struct{ ID string }
	deed  deedOnPage

	comments map[string]string           // the newest comment of each person
	lastSent string                      // the platform's id of the newest message with a file
	link     struct{ Code, Link string } // what the hotline sent
}

type draftOnPage struct {
	ID  string `json:"id"`
	Rev int64  `json:"rev"`
}

// outage finds the stories of what upkeep notices; they need its usual rhythm.
var outage = regexp.MustCompile(`przestaje|wygasa|jest nowy|wyłącza`)

func play(t *testing.T, file, address string) {
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	p := &player{t: t, read: map[string]bool{}, got: map[string][]string{}, comments: map[string]string{}}
	var otherwise []func(*app.Config)
	if strings.Contains(string(text), smallSchool) {
		world.Trains(t)
		otherwise = append(otherwise, world.SmallSchool)
	}
	if strings.Contains(string(text), withModel) {
		otherwise = append(otherwise, model(t))
	}
	if !outage.Match(text) { // days pass in some stories: a sign of life a minute is most of their work
		otherwise = append(otherwise, func(c *app.Config) { c.Beat = time.Hour })
	}
	p.s = world.New(t, address, otherwise...)
	defer p.s.Close()
	for n, l := range strings.Split(string(text), "\n") {
		l = strings.TrimSpace(l)
		if l == "" || strings.HasPrefix(l, "#") {
			continue
		}
		p.line = fmt.Sprintf("%s:%d: %s", filepath.Base(file), n+1, l)
		p.step(l)
		if t.Failed() {
			break
		}
	}
	p.s.Invariants(t)
}

func (p *player) step(l string) {
	for _, m := range slices.Concat(sceneLines, lines, actionLines, channelLines, smsLines, reachLines, windowLines, learnLines, wordLines) {
		if f := m.form.FindStringSubmatch(l); f != nil {
			m.do(p, f[1:])
			synctest.Wait()
			return
		}
	}
	p.t.Fatalf("%s\nno line of a story looks like this", p.line)
}

func (p *player) fail(format string, args ...any) {
	p.t.Helper()
	p.t.Errorf("%s\n\t%s", p.line, fmt.Sprintf(format, args...))
}

type meaning struct {
	form *regexp.Regexp
	do   func(p *player, f []string)
}

func form(s string) *regexp.Regexp { return regexp.MustCompile(`^` + s + `$`) }

var days = map[string]time.Weekday{"poniedziałek": 1, "wtorek": 2, "środę": 3, "czwartek": 4, "piątek": 5, "sobotę": 6, "niedzielę": 0}

// lines is the language of the stories.
var lines = []meaning{
	{form(`Jest (\d+):(\d+) we? (\S+)\.`), func(p *player, f []string) { p.s.Until(days[f[2]], num(f[0]), num(f[1])) }},
	{form(`Mija (\d+) (s|min|godz)\.`), func(p *player, f []string) {
		time.Sleep(time.Duration(num(f[0])) * map[string]time.Duration{"s": time.Second, "min": time.Minute, "godz": time.Hour}[f[1]])
	}},
	{form(`(\S+) pisze na (instagramie|messengerze|whatsappie|czacie): (.+)`), func(p *player, f []string) { p.write(f[0], f[1], f[2], 1) }},
	{form(`(\S+) pisze trzykrotnie powtórzonym webhookiem: (.+)`), func(p *player, f []string) { p.write(f[0], "instagramie", f[1], 3) }},
	{form(`(\S+) komentuje na (instagramie|facebooku): (.+)`), func(p *player, f []string) { p.write(f[0], "komentarz "+f[1], f[2], 1) }},
	{form(`(\S+) czyta na instagramie\.`), func(p *player, f []string) { p.s.World.Meta.Read(p.s.World.Instagram, f[0]) }},
	{form(`(\S+) nie dostaje nic\.`), func(p *player, f []string) {
		if n := p.news(f[0]); len(n) > 0 {
			p.fail("%s dostaje %q", f[0], n)
		}
	}},
	{form(`(\S+) nie dowiaduje się: (.+)`), func(p *player, f []string) {
		p.news(f[0])
		for _, m := range p.got[f[0]] {
			if has(m, f[1]) {
				p.fail("a jednak: %q", m)
			}
		}
	}},
	{form(`(\S+) dostaje( publicznie)?: (.+)`), func(p *player, f []string) { p.gets(f[0], f[1] != "", strings.Split(f[2], " | ")) }},
	{form(`Właściciel: (bot|kolejka|człowiek|zamknięta)\.(?: Priorytet: (zwykły|wysoki|najwyższy)\.)?(?: Temat: (\w+)\.)?(?: Nastrój: (\w+)\.)?`), func(p *player, f []string) { p.state(f) }},
	{form(`Jest alarm\.`), func(p *player, f []string) {
		if at, ok := p.s.Event(tandem.AlertRaised, p.conv()); !ok || at.Sub(p.asked) > time.Second {
			p.fail("alarm: %v, %s po wiadomości", ok, at.Sub(p.asked))
		}
	}},
	{form(`Jest zdarzenie ([\w.]+)\.`), func(p *player, f []string) {
		if _, ok := p.s.Event(tandem.EventKind(f[0]), p.conv()); !ok {
			p.fail("nie ma go")
		}
	}},
	{form(`Karta: (.+)`), func(p *player, f []string) {
		if c := p.s.Text("ola", "/api/conversations/"+string(p.conv()), "card"); !has(c, f[0]) {
			p.fail("karta: %s", c)
		}
	}},
	{form(`Podpowiedź: (.+)`), func(p *player, f []string) {
		if c := p.s.Text("ola", "/api/conversations/"+string(p.conv()), "suggestions"); !has(c, f[0]) {
			p.fail("podpowiedzi: %s", c)
		}
	}},
	{form(`(ola|piotr) przejmuje(?:, odmowa (\w+))?\.`), func(p *player, f []string) { p.act(f[0], "takeover", map[string]any{}, f[1]) }},
	{form(`(ola|piotr) odpisuje: (.+)`), func(p *player, f []string) { p.act(f[0], "reply", map[string]any{"text": f[1]}, "") }},
	{form(`(ola|piotr) odpisuje prywatnie: (.+)`), func(p *player, f []string) {
		p.act(f[0], "reply", map[string]any{"text": f[1], "private": true}, "")
	}},
	{form(`(ola|piotr) oddaje botowi: (.+)`), func(p *player, f []string) { p.act(f[0], "return", map[string]any{"brief": f[1]}, "") }},
	{form(`(ola|piotr) zamyka: (.+)`), func(p *player, f []string) { p.act(f[0], "close", map[string]any{"outcome": f[1]}, "") }},
	{form(`(ola|piotr) szepcze botowi: (.+)`), func(p *player, f []string) { p.act(f[0], "note", map[string]any{"text": f[1], "for_bot": true}, "") }},
	{form(`(ola|piotr) łączy (\S+) \((\w+)\) z (\S+) \((\w+)\)\.`), func(p *player, f []string) {
		p.refusal(p.s.Call(f[0], "POST", "/api/merges", map[string]any{"keep": p.customer(f[1], f[2]), "gone": p.customer(f[3], f[4])}, &p.merge), "")
	}},
	{form(`(ola|piotr) rozdziela\.`), func(p *player, f []string) {
		p.refusal(p.s.Call(f[0], "POST", "/api/merges/"+p.merge.ID+"/split", nil, nil), "")
	}},
	{form(`(\S+) \((\w+)\) i (\S+) \((\w+)\) to (jedna rozmowa|dwie rozmowy)\.`), func(p *player, f []string) {
		one, two := p.at(f[0], f[1]), p.at(f[2], f[3])
		if (one == two) != (f[4] == "jedna rozmowa") {
			p.fail("%s i %s", one, two)
		}
	}},
	{form(`Czeka szkic(?: z: (.+))?\.`), func(p *player, f []string) {
		if c := p.s.Text("ola", "/api/drafts", "items"); len(c) < 5 || !has(c, f[0]) {
			p.fail("kolejka szkiców: %s", c)
		}
	}},
	{form(`(ola|piotr) otwiera szkic\.`), func(p *player, f []string) { p.openDraft(f[0]) }},
	{form(`(ola|piotr) zatwierdza szkic(?:, odmowa (\w+))?\.`), func(p *player, f []string) { p.decide(f[0], "approve", map[string]any{"seen_rev": p.draft.Rev}, f[1]) }},
	{form(`(ola|piotr) poprawia szkic: (.+)`), func(p *player, f []string) {
		p.decide(f[0], "approve", map[string]any{"seen_rev": p.draft.Rev, "text": f[1], "reasons": []string{"tone"}}, "")
	}},
	{form(`(ola|piotr) odrzuca szkic: (\w+)\.`), func(p *player, f []string) { p.decide(f[0], "reject", map[string]any{"reason": f[1]}, "") }},
	{form(`Kierownik (wstrzymuje|wznawia) bota\.`), func(p *player, f []string) {
		p.s.Call("kierownik", "POST", "/api/policy/pause", map[string]any{"paused": f[0] == "wstrzymuje"}, nil)
	}},
	{form(`Stan wiadomości: (\w+)\.`), func(p *player, f []string) {
		if m := p.lastOut(); string(m.Delivery) != f[0] {
			p.fail("stan %s", m.Delivery)
		}
	}},
	{form(`Bot wysłał (\d+) wiadomości\.`), func(p *player, f []string) { p.count(tandem.FromBot, num(f[0])) }},
	{form(`Wiadomości klienta: (\d+)\.`), func(p *player, f []string) { p.count(tandem.FromCustomer, num(f[0])) }},
	{form(`Sklep jest powolny przez (\d+) s\.`), func(p *player, f []string) { p.s.World.Shop.Faults().Set("slow", time.Duration(num(f[0]))*time.Second) }},
	{form(`Instagram nie działa przez (\d+) s\.`), func(p *player, f []string) {
		p.s.World.Meta.Faults("instagram").Set("down", time.Duration(num(f[0]))*time.Second)
	}},
	{form(`Token Instagrama wygasa\.`), func(p *player, _ []string) { p.s.World.Meta.Revoke(p.s.World.Instagram) }},
	{form(`Token Instagrama jest nowy\.`), func(p *player, _ []string) {
		p.s.World.Meta.Renew(p.s.World.Instagram, "IGAA-nowy")
		p.refusal(p.s.Call("kierownik", "PUT", "/api/accounts/instagram", map[string]any{"fields": map[string]string{"token": "IGAA-nowy"}}, nil), "")
	}},
	{form(`Konto (\w+): (\w+)\.`), func(p *player, f []string) {
		if s := p.s.Account(tandem.AccountID(f[0])); string(s) != f[1] {
			p.fail("stan %s", s)
		}
	}},
	{form(`Ktoś odpisuje (\S+) w skrzynce Mety: (.+)`), func(p *player, f []string) {
		p.s.World.Meta.EchoFromInbox(p.s.World.Instagram, f[0], f[1])
	}},
}

func num(s string) int {
	n, err := strconv.Atoi(s)
	if err != nil {
		panic(err)
	}
	return n
}

// has tells whether a text contains a part, whatever the case.
func has(text, part string) bool {
	return strings.Contains(strings.ToLower(text), strings.ToLower(part))
}

func (p *player) write(who, where, text string, copies int) {
	p.who, p.asked = who, time.Now()
	w := p.s.World
	switch where {
	case "instagramie":
		w.Meta.DM(w.Instagram, who, text, sim.DMOptions{Delivery: sim.Delivery{Copies: copies}})
	case "czacie":
		p.s.Chat(who, text, copies)
	case "messengerze":
		w.Meta.DM(w.Page, who, text, sim.DMOptions{})
	case "whatsappie":
		w.Meta.Message(w.WhatsApp, who, sim.WhatsAppMessage{Type: "text", Text: text})
	case "komentarz instagramie":
		p.comments[who] = w.Meta.Comment(w.Instagram, who, "p1", text, sim.CommentOptions{})
	case "komentarz facebooku":
		p.comments[who] = w.Meta.Comment(w.Page, who, "p1", text, sim.CommentOptions{})
	}
	p.s.Track(who)
}

func (p *player) conv() tandem.ConversationID {
	id, ok := p.s.Conversation(p.who)
	if !ok {
		p.t.Fatalf("%s\n\t%s nie ma rozmowy", p.line, p.who)
	}
	return id
}

// at is the conversation of a person on a platform.
func (p *player) at(who, platform string) tandem.ConversationID {
	id, ok := p.s.ConversationOn(platform, who)
	if !ok {
		p.t.Fatalf("%s\n\t%s nie ma rozmowy na %s", p.line, who, platform)
	}
	return id
}

func (p *player) customer(who, platform string) tandem.CustomerID {
	c, err := p.s.App.DB().Conversation(bg, world.Workspace, p.at(who, platform))
	if err != nil {
		p.t.Fatal(err)
	}
	return c.Customer
}

// unread returns what reached a customer and was not looked at yet, on any platform.
func (p *player) unread(who string) (fresh []sim.Out) {
	for _, o := range p.s.Outbox(who) {
		if !p.read[o.ID] {
			fresh = append(fresh, o)
		}
	}
	return fresh
}

// news looks at all that reached a customer since the last look.
func (p *player) news(who string) (out []string) {
	for _, o := range p.unread(who) {
		p.read[o.ID] = true
		out = append(out, o.Text)
		p.got[who] = append(p.got[who], o.Text)
	}
	return out
}

// gets looks at the next thing that reached a customer in public or in private.
func (p *player) gets(who string, public bool, parts []string) {
	for _, o := range p.unread(who) {
		if o.Public != public {
			continue
		}
		p.read[o.ID] = true
		p.got[who] = append(p.got[who], o.Text)
		for _, part := range parts {
			if !has(o.Text, part) {
				p.fail("nie ma %q w %q", part, o.Text)
			}
		}
		return
	}
	p.fail("%s nie dostał nic", who)
}

func (p *player) state(f []string) {
	c, err := p.s.App.DB().Conversation(bg, world.Workspace, p.conv())
	if err != nil {
		p.t.Fatal(err)
	}
	if want := map[string]tandem.Owner{"bot": tandem.Bot, "kolejka": tandem.Queue, "człowiek": tandem.Human, "zamknięta": tandem.Closed}[f[0]]; c.Owner != want {
		p.fail("właściciel %s (powód %q, temat %s, nastrój %s)", c.Owner, c.Reason, c.Touchpoint, c.Mood)
	}
	if want := map[string]tandem.Priority{"zwykły": 0, "wysoki": 1, "najwyższy": 2}; f[1] != "" && c.Priority != want[f[1]] {
		p.fail("priorytet %d", c.Priority)
	}
	if f[2] != "" && c.Touchpoint != f[2] {
		p.fail("temat %s", c.Touchpoint)
	}
	if f[3] != "" && string(c.Mood) != f[3] {
		p.fail("nastrój %s", c.Mood)
	}
}

func (p *player) act(who, what string, body map[string]any, refusal string) {
	p.refusal(p.s.Call(who, "POST", "/api/conversations/"+string(p.conv())+"/"+what, body, nil), refusal)
}

func (p *player) refusal(code, want string) {
	if code != want {
		p.fail("odpowiedź %q, miała być %q", code, want)
	}
}

func (p *player) openDraft(who string) {
	var page struct {
		Items []draftOnPage `json:"items"`
	}
	p.s.Call(who, "GET", "/api/drafts", nil, &page)
	if len(page.Items) == 0 {
		p.fail("kolejka szkiców jest pusta")
		return
	}
	p.refusal(p.s.Call(who, "POST", "/api/drafts/"+page.Items[0].ID+"/open", map[string]any{}, &p.draft), "")
}

func (p *player) decide(who, what string, body map[string]any, refusal string) {
	p.refusal(p.s.Call(who, "POST", "/api/drafts/"+p.draft.ID+"/"+what, body, nil), refusal)
}

func (p *player) messages() []tandem.Message {
	all, err := p.s.App.DB().MessagesBefore(bg, world.Workspace, p.conv(), 1<<40, 1000)
	if err != nil {
		p.t.Fatal(err)
	}
	return all
}

func (p *player) lastOut() (last tandem.Message) {
	for _, m := range p.messages() {
		if !m.Inbound() {
			last = m
		}
	}
	return last
}

func (p *player) count(o tandem.Origin, want int) {
	n := 0
	for _, m := range p.messages() {
		if m.Origin == o && m.Delivery != tandem.Suppressed {
			n++
		}
	}
	if n != want {
		p.fail("%d wiadomości", n)
	}
}
