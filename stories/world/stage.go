package world

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
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
	App    *app.App
	World  *sim.World
	Net    *sim.Net
	t      *testing.T
	stop   context.CancelFunc
	ended  chan struct{}
	tokens map[string]string
	people map[string]tandem.ConversationID
}

// New sets the stage on a database. Call it inside a synctest bubble: it begins on Monday, 23
// November 2026, at eight in the morning in Warsaw.
func New(t *testing.T, address string) *Stage {
	t.Helper()
	time.Sleep(time.Date(2026, 11, 23, 7, 0, 0, 0, time.UTC).Sub(time.Now()))
	s := &Stage{t: t, Net: sim.NewNet(), World: sim.ModnaSzafa(time.Now()), tokens: map[string]string{}, people: map[string]tandem.ConversationID{}, ended: make(chan struct{})}
	s.World.Join(s.Net)
	ctx, stop := context.WithCancel(context.Background())
	s.stop = stop
	var err error
	s.App, err = app.New(ctx, app.Config{Address: address, Key: bytes.Repeat([]byte{7}, 32), Web: s.Net.Client(), Fast: true, Quiet: true})
	if err != nil {
		t.Fatal(err)
	}
	if err := demo.Company(ctx, s.App.DB(), demo.Options{Hosts: demo.InMemory, Hash: "-", Hours: demo.Office}); err != nil {
		t.Fatal(err)
	}
	s.Net.Handle(Host, s.App.Handler())
	if err := s.World.Subscribe(ctx, "http://"+Host+"/hook/meta", "http://"+Host+"/hook/whatsapp", demo.VerifyToken); err != nil {
		t.Fatal(err)
	}
	go func() {
		defer close(s.ended)
		s.App.Run(ctx)
	}()
	return s
}

// Close takes the stage down; nothing may be left running.
func (s *Stage) Close() {
	s.stop()
	<-s.ended
	s.World.Close()
	if err := s.App.Close(); err != nil {
		s.t.Error(err)
	}
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

// platforms are where a customer may receive something.
var platforms = []string{"instagram", "messenger", "facebook", "whatsapp"}

// Outbox returns what reached a person on all platforms, oldest first.
func (s *Stage) Outbox(who string) []sim.Out {
	var all []sim.Out
	for _, p := range platforms {
		all = append(all, s.World.Meta.Outbox(p, who)...)
	}
	slices.SortStableFunc(all, func(a, b sim.Out) int { return a.At.Compare(b.At) })
	return all
}

// Track makes a person of the world known by name, so that Conversation finds them.
func (s *Stage) Track(who string) { delete(s.people, who) }

// Conversation returns the conversation of a person of the world, on whichever platform they wrote.
func (s *Stage) Conversation(who string) (tandem.ConversationID, bool) {
	if id, ok := s.people[who]; ok {
		return id, true
	}
	for _, platform := range []string{"instagram", "facebook", "whatsapp"} {
		if id, ok := s.ConversationOn(platform, who); ok {
			s.people[who] = id
			return id, true
		}
	}
	return "", false
}

// ConversationOn returns the conversation of a person of the world on one platform: instagram,
// facebook (Messenger and comments) or whatsapp.
func (s *Stage) ConversationOn(platform, who string) (tandem.ConversationID, bool) {
	a := map[string]*sim.Asset{"instagram": s.World.Instagram, "facebook": s.World.Page, "whatsapp": s.World.WhatsApp}[platform]
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

// Invariants checks the data after a story: what must hold of every conversation, whatever happened.
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
	if n, err := db.Overdue(ctx, Workspace, time.Now().Add(-5*time.Minute)); err != nil || n > 0 {
		t.Errorf("I6: %d wiadomości bez rozstrzygnięcia po terminie, %v", n, err)
	}
}
