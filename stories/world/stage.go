package world

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"tandem"
	"tandem/access"
	"tandem/app"
	"tandem/demo"
	"tandem/sim"
	"tandem/store"
)

// Workspace is the company of the stories.
const Workspace = demo.Workspace

// Host is where the product answers on the net in memory.
const Host = "tandem.test"

// Stage is a whole tandem with the demo company and the world around it, inside one bubble of
// virtual time.
type Stage struct {
	App       *app.App
	World     *sim.World
	Net       *sim.Net
	Site      *sim.Webchat
	t         *testing.T
	stop      context.CancelFunc
	ended     chan struct{}
	tokens    map[string]string
	address   string
	people    map[string]tandem.ConversationID
	chats     map[string]tandem.ConversationID // on the shop's site
	otherwise []func(*app.Config)
}

// New sets the stage on a database. Call it inside a synctest bubble: it begins on Monday, 23
// November 2026, at eight in the morning in Warsaw. What is configured otherwise than usual is set by
// the last arguments.
func New(t *testing.T, address string, otherwise ...func(*app.Config)) *Stage {
	t.Helper()
	time.Sleep(time.Date(2026, 11, 23, 7, 0, 0, 0, time.UTC).Sub(time.Now()))
	s := &Stage{t: t, Net: sim.NewNet(), World: sim.ModnaSzafa(time.Now()), tokens: map[string]string{}, people: map[string]tandem.ConversationID{}, chats: map[string]tandem.ConversationID{}}
	s.World.Join(s.Net)
	s.Site = &sim.Webchat{Client: s.Net.Client(), Base: "http://" + Host, SiteKey: demo.Site, Secret: demo.SiteSecret}
	s.address = address
	s.Up(otherwise...)
	return s
}

// Up starts tandem on the stage's database, for the first time or again, from now on with what the
// arguments configure otherwise.
func (s *Stage) Up(otherwise ...func(*app.Config)) {
	s.t.Helper()
	ctx, stop := context.WithCancel(context.Background())
	first := s.App == nil
	s.stop, s.ended = stop, make(chan struct{})
	s.otherwise = append(s.otherwise, otherwise...)
	conf := app.Config{Address: s.address, Key: bytes.Repeat([]byte{7}, 32), Web: s.Net.Client(), Fast: true, Quiet: true}
	for _, change := range s.otherwise {
		change(&conf)
	}
	var err error
	s.App, err = app.New(ctx, conf)
	if err != nil {
		s.t.Fatal(err)
	}
	s.Net.Handle(Host, s.App.Handler())
	if first {
		if err := demo.Company(ctx, s.App.DB(), demo.Options{Hosts: demo.InMemory, Here: "http://" + Host, Hash: "-", Hours: demo.Office}); err != nil {
			s.t.Fatal(err)
		}
		s.World.SMS.Point(demo.SMSHook("http://" + Host))
		if err := s.World.Subscribe(ctx, "http://"+Host+"/hook/meta", "http://"+Host+"/hook/whatsapp", demo.VerifyToken); err != nil {
			s.t.Fatal(err)
		}
	}
	ended := s.ended
	go func() {
		defer close(ended)
		s.App.Run(ctx)
	}()
}

// Down stops tandem; the world goes on and finds nobody.
func (s *Stage) Down() {
	s.Net.Handle(Host, nil)
	s.stop()
	<-s.ended
	if err := s.App.Close(); err != nil {
		s.t.Error(err)
	}
}

// Close takes the stage down; nothing may be left running.
func (s *Stage) Close() {
	s.Down()
	s.World.Close()
}

// Until waits for a time of day on a weekday, in Warsaw.
func (s *Stage) Until(day time.Weekday, hour, minute int) {
	zone, err := time.LoadLocation("Europe/Warsaw")
	if err != nil {
		s.t.Fatal(err)
	}
	now := time.Now().In(zone)
	at := time.Date(now.Year(), now.Month(), now.Day(), hour, minute, 0, 0, zone)
	for at.Weekday() != day || at.Before(now) {
		at = at.AddDate(0, 0, 1)
	}
	time.Sleep(at.Sub(now))
}

// Call asks the API as a person of the desk and returns the problem's code, empty for a success.
// The answer is decoded into out where it is not nil.
func (s *Stage) Call(who, method, path string, in, out any) string {
	s.t.Helper()
	var body io.Reader
	if in != nil {
		b, err := json.Marshal(in)
		if err != nil {
			s.t.Fatal(err)
		}
		body = bytes.NewReader(b)
	}
	req, err := http.NewRequest(method, "http://"+Host+path, body)
	if err != nil {
		s.t.Fatal(err)
	}
	req.Header.Set("Content-Type", "application/json")
	req.AddCookie(&http.Cookie{Name: access.Cookie, Value: s.token(who)})
	res, err := s.Net.Client().Do(req)
	if err != nil {
		s.t.Fatal(err)
	}
	defer res.Body.Close()
	b, err := io.ReadAll(res.Body)
	if err != nil {
		s.t.Fatal(err)
	}
	if res.StatusCode >= 400 {
		var problem struct{ Code string }
		if json.Unmarshal(b, &problem); problem.Code == "" {
			return fmt.Sprintf("%d: %s", res.StatusCode, b)
		}
		return problem.Code
	}
	if out != nil {
		if err := json.Unmarshal(b, out); err != nil {
			s.t.Fatalf("%s %s: %v in %s", method, path, err, b)
		}
	}
	return ""
}

// Fetch reads an address of the product as a person of the desk, or as nobody, as it is.
func (s *Stage) Fetch(who, path string) (int, http.Header, []byte) {
	s.t.Helper()
	req, err := http.NewRequest(http.MethodGet, "http://"+Host+path, nil)
	if err != nil {
		s.t.Fatal(err)
	}
	if who != "" {
		req.AddCookie(&http.Cookie{Name: access.Cookie, Value: s.token(who)})
	}
	res, err := s.Net.Client().Do(req)
	if err != nil {
		s.t.Fatal(err)
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	if err != nil {
		s.t.Fatal(err)
	}
	return res.StatusCode, res.Header, body
}

// Upload brings a file as a person of the desk and returns its id and the problem's code, empty for a
// success.
func (s *Stage) Upload(who, name string, data []byte) (id, code string) {
	s.t.Helper()
	req, err := http.NewRequest(http.MethodPost, "http://"+Host+"/api/files?name="+url.QueryEscape(name), bytes.NewReader(data))
	if err != nil {
		s.t.Fatal(err)
	}
	req.Header.Set("Content-Type", "application/octet-stream")
	req.AddCookie(&http.Cookie{Name: access.Cookie, Value: s.token(who)})
	res, err := s.Net.Client().Do(req)
	if err != nil {
		s.t.Fatal(err)
	}
	defer res.Body.Close()
	var got struct{ ID, Code string }
	if err := json.NewDecoder(res.Body).Decode(&got); err != nil {
		s.t.Fatal(err)
	}
	return got.ID, got.Code
}

// token signs a person in without the cost of a password.
func (s *Stage) token(who string) string {
	if t, ok := s.tokens[who]; ok {
		return t
	}
	token, hash := access.NewToken()
	err := s.App.DB().Write(context.Background(), Workspace, func(tx *store.Tx) error {
		return tx.StartSession(hash, tandem.UserID(who), tx.Now.Add(30*24*time.Hour), "story")
	})
	if err != nil {
		s.t.Fatal(err)
	}
	s.tokens[who] = token
	return token
}

// Cookie is the cookie of a signed-in person.
func (s *Stage) Cookie(who string) string { return access.Cookie + "=" + s.token(who) }

// Text returns a field of an answer of the API as JSON text.
func (s *Stage) Text(who, path, field string) string {
	var out map[string]json.RawMessage
	if code := s.Call(who, "GET", path, nil, &out); code != "" {
		return code
	}
	var plain any
	json.Unmarshal(out[field], &plain)
	var b strings.Builder
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.Encode(plain)
	return strings.TrimSpace(b.String())
}

// Read reads a sentence as the company's model reads it now.
func (s *Stage) Read(text string) (r tandem.Reading) {
	s.t.Helper()
	if code := s.Call("ola", "POST", "/api/learning/try", map[string]any{"text": text}, &r); code != "" {
		s.t.Fatal(code)
	}
	return r
}

// platforms are where a customer may receive something.
var platforms = []string{"instagram", "messenger", "facebook", "whatsapp"}

// Outbox returns what reached a person on all platforms, oldest first.
func (s *Stage) Outbox(who string) []sim.Out {
	var all []sim.Out
	for _, p := range platforms {
		all = append(all, s.World.Meta.Outbox(p, who)...)
	}
	all = append(all, s.World.SMS.Outbox(who)...)
	chat, err := s.Site.Outbox(context.Background(), who)
	if err != nil {
		s.t.Fatal(err)
	}
	all = append(all, chat...)
	slices.SortStableFunc(all, func(a, b sim.Out) int { return a.At.Compare(b.At) })
	return all
}

// Chat lets a person write in the widget of the shop's site.
func (s *Stage) Chat(who, text string, copies int) {
	ctx := context.Background()
	id, err := s.Site.Say(ctx, who, text, copies)
	if err != nil {
		s.t.Fatal(err)
	}
	m, err := s.App.DB().Message(ctx, Workspace, tandem.MessageID(id))
	if err != nil {
		s.t.Fatal(err)
	}
	s.chats[who] = m.Conversation
}

// Track makes a person of the world known by name, so that Conversation finds them.
func (s *Stage) Track(who string) { delete(s.people, who) }

// Conversation returns the conversation of a person of the world, on whichever platform they wrote.
func (s *Stage) Conversation(who string) (tandem.ConversationID, bool) {
	if id, ok := s.people[who]; ok {
		return id, true
	}
	if id, ok := s.chats[who]; ok {
		return id, true
	}
	for _, platform := range []string{"instagram", "facebook", "whatsapp", "sms"} {
		if id, ok := s.ConversationOn(platform, who); ok {
			s.people[who] = id
			return id, true
		}
	}
	return "", false
}

// ConversationOn returns the conversation of a person of the world on one platform: instagram,
// facebook (Messenger and comments), whatsapp or sms.
func (s *Stage) ConversationOn(platform, who string) (tandem.ConversationID, bool) {
	a := map[string]*sim.Asset{"instagram": s.World.Instagram, "facebook": s.World.Page, "whatsapp": s.World.WhatsApp, "sms": s.World.WhatsApp}[platform]
	user := s.World.Meta.UserID(a, who)
	for _, external := range []string{user, "+" + user, s.World.Meta.BSUID(who)} {
		if id, err := s.App.DB().ConversationOfUser(context.Background(), Workspace, tandem.AccountID(platform), external); err == nil {
			return id, true
		}
	}
	return "", false
}

// Account returns the state of an account.
func (s *Stage) Account(id tandem.AccountID) tandem.AccountState {
	all, err := s.App.DB().Accounts(context.Background())
	if err != nil {
		s.t.Fatal(err)
	}
	for _, a := range all {
		if a.ID == id && a.Workspace == Workspace {
			return a.State
		}
	}
	return ""
}

// Event returns when an event of a kind last happened in a conversation.
func (s *Stage) Event(kind tandem.EventKind, c tandem.ConversationID) (time.Time, bool) {
	all, err := s.App.DB().EventsOf(context.Background(), Workspace, c, kind)
	if err != nil || len(all) == 0 {
		return time.Time{}, false
	}
	return all[len(all)-1].At, true
}

// Invariants checks after a story what must hold of every conversation, whatever happened, and that no
// statement of it grows slower with the business.
func (s *Stage) Invariants(t *testing.T) {
	t.Helper()
	ctx, db := context.Background(), s.App.DB()
	wrong, _, err := db.Check(ctx)
	if err != nil {
		t.Fatal(err)
	}
	for _, w := range wrong {
		t.Errorf("niezmiennik: %v", w)
	}
	s.replay(t)
	if n, err := db.Overdue(ctx, Workspace, time.Now().Add(-5*time.Minute)); err != nil || n > 0 {
		t.Errorf("I6: %d wiadomości bez rozstrzygnięcia po terminie, %v", n, err)
	}
	slow, err := db.Slow(ctx)
	if err != nil {
		t.Fatal(err)
	}
	for _, q := range slow {
		t.Errorf("czyta całą firmę, żeby znaleźć jedną rozmowę: %s", q)
	}
}
