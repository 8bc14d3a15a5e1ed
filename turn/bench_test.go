package turn_test

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"tandem"
	"tandem/desk"
	"tandem/intake"
	"tandem/job"
	"tandem/nlu"
	"tandem/policy"
	"tandem/store"
	"tandem/stories/world"
	"tandem/turn"
)

var (
	bg     = context.Background()
	ola    = tandem.User{ID: "ola", Email: "ola@x", Name: "Ola", Role: tandem.RoleAgent}
	piotr  = tandem.User{ID: "piotr", Email: "piotr@x", Name: "Piotr", Role: tandem.RoleAgent}
	boss   = tandem.User{ID: "szef", Email: "szef@x", Name: "Kierownik", Role: tandem.RoleManager}
	monday = time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC) // 10:00 in Warsaw, somebody is at the desk until 20:00
)

var theModel = sync.OnceValues(nlu.Open)

// stage is a shop whose turns and sends are carried out, in virtual time. What the shop knows and
// what the platform says are functions that a test may set.
type stage struct {
	*store.DB
	t      *testing.T
	turn   turn.Turn
	desk   desk.Room
	intake intake.Room
	find   func(ctx context.Context, q tandem.Query) (tandem.Findings, error)
	send   func(ctx context.Context, o tandem.Outgoing) (tandem.Receipt, error)
	same   bool // the platform shows a message once, however often it is sent

	mu   sync.Mutex
	sent []tandem.Outgoing
	n    int
	stop context.CancelFunc
	end  chan struct{}
}

// play runs a test on a stage, once per engine.
func play(t *testing.T, run func(s *stage)) {
	if _, err := theModel(); err != nil {
		t.Fatal(err)
	}
	world.Each(t, func(t *testing.T, engine string) {
		address := world.Database(t, engine)
		synctest.Test(t, func(t *testing.T) {
			time.Sleep(monday.Sub(time.Now()))
			s := setUp(t, address)
			defer s.Close()
			defer s.rest()
			run(s)
		})
	})
}

func setUp(t *testing.T, address string) *stage {
	model, _ := theModel()
	s := &stage{t: t, end: make(chan struct{})}
	runner := &job.Runner{}
	db, err := store.Open(bg, address, store.Options{Fast: true, Wake: runner.Wake, Hands: runner})
	if err != nil {
		t.Fatal(err)
	}
	s.DB = db
	s.turn = turn.Turn{DB: db, NLU: func(tandem.WorkspaceID) *nlu.Model { return model }, Lookup: func(tandem.WorkspaceID) tandem.Lookup { return s },
		Channels: func(tandem.AccountID) (turn.Line, bool) {
			return turn.Line{Channel: s, Kind: "instagram", Idempotent: s.same}, true
		}}
	s.desk = s.turn.Desk()
	s.intake = intake.Room{DB: db, Urgent: policy.Urgent, Gather: 800 * time.Millisecond, Read: func(text string, _ []tandem.Part) tandem.Reading { return model.Read(text, nlu.Context{}) }}
	s.must(func(tx *store.Tx) error {
		day := tandem.Span{From: 9 * 60, To: 20 * 60}
		w := tandem.Workspace{ID: shop, Name: "Modna Szafa", Zone: "Europe/Warsaw", Lang: "pl", Hours: tandem.Hours{Week: [7]tandem.Span{{}, day, day, day, day, day, {}}},
			Settings: tandem.Settings{OrderPattern: `\b\d{5}\b`, ShopFacts: tandem.ShopFacts{DeliveryPrice: "14,99 zł", FreeFrom: "199 zł", ReturnDays: 30, PayMethods: "BLIK, karta", Address: "ul. Długa 1"}}}
		if err := tx.SaveWorkspace(w); err != nil {
			return err
		}
		if err := tx.SaveAccount(tandem.Account{ID: "ig", Kind: "instagram", External: "178", State: tandem.AccountOK}); err != nil {
			return err
		}
		for _, u := range []tandem.User{ola, piotr, boss} {
			if err := tx.SaveUser(u, "x"); err != nil {
				return err
			}
		}
		for _, tp := range policy.Shipped {
			if err := tx.SaveTouchpoint(tp, "setup"); err != nil {
				return err
			}
		}
		return nil
	})
	ctx, stop := context.WithCancel(bg)
	s.stop = stop
	runner.DB, runner.Do = db, s.turn.Jobs()
	go func() {
		defer close(s.end)
		runner.Run(ctx)
	}()
	return s
}

// rest lets nobody work any more.
func (s *stage) rest() {
	s.stop()
	<-s.end
}

// Find is the shop: it knows nothing unless the test says so.
func (s *stage) Find(ctx context.Context, q tandem.Query) (tandem.Findings, error) {
	if s.find != nil {
		return s.find(ctx, q)
	}
	return tandem.Findings{}, nil
}

// Send is the platform.
func (s *stage) Send(ctx context.Context, o tandem.Outgoing) (tandem.Receipt, error) {
	s.mu.Lock()
	s.sent = append(s.sent, o)
	s.mu.Unlock()
	if s.send != nil {
		return s.send(ctx, o)
	}
	return tandem.Receipt{External: "x-" + string(o.Message)}, nil
}

// knows makes the shop know the customer and where the parcel is.
func (s *stage) knows(status string, bad bool) {
	s.find = func(_ context.Context, q tandem.Query) (tandem.Findings, error) {
		fact := func(key, value, subject string) tandem.Fact {
			return tandem.Fact{Key: key, Value: value, Text: value, Source: "shop", At: q.Now, Class: tandem.D1, Subject: subject, Bad: bad && key == "parcel"}
		}
		return tandem.Findings{Verified: tandem.V1, Customer: &tandem.ShopCustomer{ID: "s-" + string(q.Customer.ID), Name: "Marek Dąbrowski"},
			Facts: []tandem.Fact{fact("order", "48213", "48213"), fact("status", "sent", "48213"), fact("tracking", "600123", "48213"), fact("parcel", status, "600123")}}, nil
	}
}

func (s *stage) must(do func(*store.Tx) error) {
	s.t.Helper()
	if err := s.Write(bg, shop, do); err != nil {
		s.t.Fatal(err)
	}
}

// brings lets a message in and waits for nothing.
func (s *stage) brings(user, text string, surface tandem.Surface) {
	s.t.Helper()
	s.n++
	id := fmt.Sprintf("%s-%d", user, s.n)
	in := tandem.Inbound{Kind: tandem.InMessage, Key: id, External: id, User: user, Name: user, Surface: surface, Text: text, At: time.Now()}
	if surface == tandem.Comment {
		in.Thread = "post-1:" + user
	}
	s.event(in)
}

func (s *stage) event(in tandem.Inbound) {
	s.t.Helper()
	acc := store.StoredAccount{Workspace: shop, Account: tandem.Account{ID: "ig"}}
	if err := s.intake.Accept(bg, shop, intake.Raw{Hook: "t"}, []intake.Event{{Inbound: in, Account: acc}}); err != nil {
		s.t.Fatal(err)
	}
}

// writes lets a customer write in private and waits for what the product promises: five seconds.
func (s *stage) writes(user, text string) {
	s.t.Helper()
	s.brings(user, text, tandem.Direct)
	s.wait(5 * time.Second)
}

func (s *stage) comments(user, text string) {
	s.t.Helper()
	s.brings(user, text, tandem.Comment)
	s.wait(5 * time.Second)
}

// wait lets virtual time pass and everything come to rest.
func (s *stage) wait(d time.Duration) {
	time.Sleep(d)
	synctest.Wait()
}

func (s *stage) id(user string) tandem.ConversationID {
	s.t.Helper()
	id, err := s.ConversationOfUser(bg, shop, "ig", user)
	if err != nil {
		s.t.Fatal(err)
	}
	return id
}

func (s *stage) snap(user string) tandem.Snapshot {
	s.t.Helper()
	n, err := s.Snapshot(bg, shop, s.id(user), time.Now())
	if err != nil {
		s.t.Fatal(err)
	}
	return n
}

// owner checks who has a conversation and why.
func (s *stage) owner(user string, want tandem.Owner, reason string) {
	s.t.Helper()
	if c := s.snap(user).Conversation; c.Owner != want || c.Reason != reason && want == tandem.Queue {
		s.t.Errorf("%s: the owner is %s (%s), want %s (%s)", user, c.Owner, c.Reason, want, reason)
	}
}

// got returns what the platform was asked to show a customer, and forgets it.
func (s *stage) got(user string) (out []string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	rest := s.sent[:0]
	for _, o := range s.sent {
		if o.To == user {
			out = append(out, o.Text)
		} else {
			rest = append(rest, o)
		}
	}
	s.sent = rest
	return out
}

// events returns the codes of a conversation's events of a kind.
func (s *stage) events(user string, kind tandem.EventKind) (out []string) {
	s.t.Helper()
	all, err := s.EventsOf(bg, shop, s.id(user), kind)
	if err != nil {
		s.t.Fatal(err)
	}
	for _, e := range all {
		out = append(out, e.Code)
	}
	return out
}

// notices counts the notices of a kind in a conversation.
func (s *stage) notices(user, kind string) (n int) {
	for _, m := range s.snap(user).Messages {
		if m.Origin == tandem.FromNotice && m.Kind == kind {
			n++
		}
	}
	return n
}

// settled checks that nothing went wrong behind the scenes.
func (s *stage) settled() {
	s.t.Helper()
	dead, err := s.DeadJobs(bg, shop)
	if err != nil || len(dead) > 0 {
		s.t.Errorf("dead jobs: %+v, %v", dead, err)
	}
}

func code(err error) string {
	if err == nil {
		return ""
	}
	return tandem.CodeOf(err)
}

func has(all []string, part string) bool { return strings.Contains(strings.Join(all, "\n"), part) }
