package turn_test

import (
	"context"
	"testing"
	"testing/synctest"
	"time"

	"tandem"
	"tandem/intake"
	"tandem/job"
	"tandem/nlu"
	"tandem/policy"
	"tandem/store"
	"tandem/turn"
)

const shop = tandem.WorkspaceID("w")

// asked is a lookup that knows everybody by what it is told.
type asked func(tandem.Query) tandem.Findings

// Find implements tandem.Lookup.
func (a asked) Find(_ context.Context, q tandem.Query) (tandem.Findings, error) { return a(q), nil }

// heard is a platform that keeps what was sent, by thread.
type heard map[string][]string

// Send implements tandem.Channel.
func (h heard) Send(_ context.Context, o tandem.Outgoing) (tandem.Receipt, error) {
	h[o.Thread] = append(h[o.Thread], o.Text)
	return tandem.Receipt{External: string(o.Message)}, nil
}

// counter is a desk and its world: two networks, one shop.
type counter struct {
	t      *testing.T
	db     *store.DB
	turn   turn.Turn
	intake intake.Room
	out    heard
}

func open(t *testing.T, find asked) *counter {
	db, err := store.Open(context.Background(), ":memory:", store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	model, err := nlu.Open()
	if err != nil {
		t.Fatal(err)
	}
	c := &counter{t: t, db: db, out: heard{}}
	c.turn = turn.Turn{DB: db, NLU: func(tandem.WorkspaceID) *nlu.Model { return model }, Lookup: func(tandem.WorkspaceID) tandem.Lookup { return find },
		Channels: func(tandem.AccountID) (turn.Line, bool) { return turn.Line{Channel: c.out, Kind: "instagram"}, true }}
	c.intake = intake.Room{DB: db, Urgent: policy.Urgent, Read: func(text string, _ []tandem.Part) tandem.Reading { return model.Read(text, nlu.Context{}) }}
	err = db.Write(context.Background(), shop, func(tx *store.Tx) error {
		all := tandem.Span{From: 0, To: 24 * 60}
		if err := tx.SaveWorkspace(tandem.Workspace{ID: shop, Name: "Modna Szafa", Zone: "Europe/Warsaw", Lang: "pl", Hours: tandem.Hours{Week: [7]tandem.Span{all, all, all, all, all, all, all}},
			Settings: tandem.Settings{ShopFacts: tandem.ShopFacts{DeliveryPrice: "14,99 zł", FreeFrom: "199 zł"}}}); err != nil {
			return err
		}
		for id, kind := range map[tandem.AccountID]string{"ig": "instagram", "fb": "messenger"} {
			if err := tx.SaveAccount(tandem.Account{ID: id, Kind: kind, External: string(id), State: tandem.AccountOK}); err != nil {
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
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// writes brings a message in and lets the jobs that follow at once be done.
func (c *counter) writes(account tandem.AccountID, user, text string) {
	c.t.Helper()
	in := tandem.Inbound{Kind: tandem.InMessage, Key: user + text, External: user + text, User: user, Name: user, Surface: tandem.Direct, Text: text, At: time.Now()}
	err := c.intake.Accept(context.Background(), shop, intake.Raw{Hook: "t"}, []intake.Event{{Inbound: in, Account: store.StoredAccount{Workspace: shop, Account: tandem.Account{ID: account}}}})
	if err != nil {
		c.t.Fatal(err)
	}
	ctx, stop := context.WithCancel(context.Background())
	done := make(chan struct{})
	go func() {
		defer close(done)
		(&job.Runner{DB: c.db, Do: c.turn.Jobs(), Patrol: 100 * time.Millisecond}).Run(ctx)
	}()
	time.Sleep(5 * time.Second) // of the bubble: the promise of an answer
	stop()
	<-done
}

func (c *counter) conversation(account tandem.AccountID, user string) tandem.Snapshot {
	c.t.Helper()
	id, err := c.db.ConversationOfUser(context.Background(), shop, account, user)
	if err != nil {
		c.t.Fatal(err)
	}
	s, err := c.db.Snapshot(context.Background(), shop, id, time.Now())
	if err != nil {
		c.t.Fatal(err)
	}
	return s
}

// A person whom the shop knows on two networks becomes one customer while the bot is thinking: what
// was thought about half of it is dropped, and the joint conversation is answered, once, where the
// customer wrote.
func TestProofMergesDuringATurnAndTheCustomerIsAnsweredOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		parcel := "in_transit"
		c := open(t, func(q tandem.Query) tandem.Findings {
			return tandem.Findings{Verified: tandem.V1, Customer: &tandem.ShopCustomer{ID: "s1", Name: "Marek Dąbrowski"},
				Facts: []tandem.Fact{
					{Key: "order", Value: "48213", Text: "48213", Source: "shop", At: q.Now, Class: tandem.D1, Subject: "48213"},
					{Key: "status", Value: "sent", Text: "wysłane", Source: "shop", At: q.Now, Class: tandem.D1, Subject: "48213"},
					{Key: "tracking", Value: "600123", Text: "600123", Source: "shop", At: q.Now, Class: tandem.D1, Subject: "48213"},
					{Key: "parcel", Value: parcel, Text: parcel, Source: "inpost", At: q.Now, Class: tandem.D1, Subject: "600123"},
				}}
		})
		defer c.db.Close()
		c.writes("ig", "marek", "Gdzie jest moja paczka?")
		parcel = "out_for_delivery"
		c.writes("fb", "marek.fb", "Dzień dobry, gdzie jest moja paczka?")
		one, two := c.conversation("ig", "marek"), c.conversation("fb", "marek.fb")
		if one.Conversation.ID != two.Conversation.ID || len(one.Customer.Identities) != 2 || len(one.Threads) != 2 {
			t.Fatalf("two conversations: %s, %s, identities %+v", one.Conversation.ID, two.Conversation.ID, one.Customer.Identities)
		}
		if n := len(one.Unanswered()); n != 0 || one.Conversation.Owner != tandem.Bot {
			t.Errorf("%d messages wait, the owner is %s", n, one.Conversation.Owner)
		}
		if len(c.out["marek"]) != 1 || len(c.out["marek.fb"]) != 1 {
			t.Errorf("each question has one answer where it was asked: %q", c.out)
		}
		all, err := c.db.Merges(context.Background(), shop, one.Customer.ID)
		if err != nil || len(all) != 1 || all[0].Reason != "shop_account" {
			t.Errorf("the record: %+v, %v", all, err)
		}
		if n, err := c.db.DeadJobs(context.Background(), shop); err != nil || len(n) != 0 {
			t.Errorf("dead jobs: %+v, %v", n, err)
		}
	})
}

// What somebody proves is proven of the name they write from, and of no other that the customer has on the same
// account: when the two are parted again, the other has proven nothing.
func TestProofIsOfWhoWrites(t *testing.T) {
	for name, mismatch := range map[string]bool{"a datum that fits": false, "one that does not": true} {
		t.Run(name, func(t *testing.T) {
			play(t, func(s *stage) {
				s.writes("ania", price)
				s.writes("anna", price)
				s.find = func(_ context.Context, q tandem.Query) (tandem.Findings, error) {
					if mismatch {
						return tandem.Findings{Mismatch: true}, nil
					}
					return tandem.Findings{Verified: tandem.V2, Customer: &tandem.ShopCustomer{ID: "s-1", Name: "Anna Lis"}}, nil
				}
				s.must(func(tx *store.Tx) error {
					_, err := tx.Merge(s.snap("ania").Customer.ID, s.snap("anna").Customer.ID, "ola", "same_person", nil)
					return err
				})
				s.writes("anna", "Gdzie jest paczka 48377? Mój mail to anna@example.pl")
				n := s.snap("ania")
				for _, i := range n.Customer.Identities {
					if want := i.External == "anna" && !mismatch; want != (i.Verified == tandem.V2) {
						t.Errorf("%s is at V%d", i.External, i.Verified)
					}
				}
				if tried, err := s.Attempts(bg, shop, n.Customer.ID, time.Now()); err != nil || mismatch != (tried > 0) {
					t.Errorf("%d attempts, %v", tried, err)
				}
			})
		})
	}
}
