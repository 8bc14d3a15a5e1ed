package stories

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"pgregory.net/rapid"

	"tandem"
	"tandem/desk"
	"tandem/intake"
	"tandem/job"
	"tandem/nlu"
	"tandem/policy"
	"tandem/store"
	"tandem/turn"
)

// leased is how long a worker has for a job.
const leased = 30 * time.Second

const rigWS = tandem.WorkspaceID("rig")

// rig is one conversation at a time with every hand that can touch it. Jobs are carried out one by
// one; what happens "meanwhile" is played inside the lookup (the bot is thinking) and inside the
// platform call (the message is on its way), so that every interleaving is a plain sequence that can
// be shrunk.
type rig struct {
	db     *store.DB
	turn   turn.Turn
	desk   desk.Room
	intake intake.Room
	users  []tandem.User
	acc    store.StoredAccount
	n      int // interleavings so far

	rt      *rapid.T
	user    string
	conv    tandem.ConversationID
	wrote   int
	inbound []tandem.Inbound
	got     []delivered
	held    []store.Job // claimed by a worker that died
	oldRevs []int64
	changes int                       // of owner, looked at
	spoken  map[tandem.MessageID]bool // of the bot, and looked at
	undone  map[tandem.MessageID]bool // approvals that were taken back
	deeds   deeds
	depth   int
	found   int // where the parcel is: each time somewhere else
	crash   bool
	paused  bool
	spoilt  bool // an interleaving failed here
}

// delivered is what reached the platform.
type delivered struct {
	id  tandem.MessageID
	seq int64
}

// died is the panic of a worker that is killed in the middle of its work.
type died struct{}

var opened = sync.OnceValues(nlu.Open)

func newRig(t *testing.T, address string) *rig {
	db, err := store.Open(bg, address, store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	model, err := opened()
	if err != nil {
		t.Fatal(err)
	}
	r := &rig{db: db}
	r.turn = turn.Turn{
		DB: db, NLU: func(tandem.WorkspaceID) *nlu.Model { return model },
		Lookup:   func(tandem.WorkspaceID) tandem.Lookup { return r },
		Channels: func(tandem.AccountID) (turn.Line, bool) { return turn.Line{Channel: r, Kind: "instagram"}, true },
	}
	r.desk = r.turn.Desk()
	r.intake = intake.Room{DB: db, Urgent: policy.Urgent, Gather: 800 * time.Millisecond, Read: func(text string, _ []tandem.Part) tandem.Reading { return model.Read(text, nlu.Context{}) }}
	r.users = []tandem.User{{ID: "ola", Email: "o@x", Name: "Ola", Role: tandem.RoleAgent}, {ID: "piotr", Email: "p@x", Name: "Piotr", Role: tandem.RoleManager}}
	r.acc = store.StoredAccount{Workspace: rigWS, Account: tandem.Account{ID: "ig", Kind: "instagram", External: "178", State: tandem.AccountOK}}
	err = db.Write(bg, rigWS, func(tx *store.Tx) error {
		all := tandem.Span{From: 0, To: 24 * 60}
		w := tandem.Workspace{ID: rigWS, Name: "Modna Szafa", Zone: "Europe/Warsaw", Lang: "pl", Hours: tandem.Hours{Week: [7]tandem.Span{all, all, all, all, all, all, all}},
			Settings: tandem.Settings{ShopFacts: tandem.ShopFacts{DeliveryPrice: "14,99 zł", FreeFrom: "199 zł", ReturnDays: 30, PayMethods: "BLIK, karta", ResetURL: "https://szafa.example/haslo"}}}
		if err := tx.SaveWorkspace(w); err != nil {
			return err
		}
		if err := tx.SaveAccount(r.acc.Account); err != nil {
			return err
		}
		for _, u := range r.users {
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
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// begin starts an interleaving with a new customer.
func (r *rig) begin(rt *rapid.T) {
	r.drop(rt)
	r.n++
	r.rt, r.user, r.conv = rt, fmt.Sprintf("u%d", r.n), ""
	r.wrote, r.inbound, r.got, r.held, r.oldRevs, r.depth, r.crash, r.changes = 0, nil, nil, nil, nil, 0, false, 0
	r.spoken, r.undone = map[tandem.MessageID]bool{}, map[tandem.MessageID]bool{}
	r.deeds = newDeeds()
	if r.paused {
		r.setPause(rt, false)
	}
	r.customerWrites(rt)
}

// drop removes what an earlier interleaving still owed.
func (r *rig) drop(rt *rapid.T) {
	for {
		jobs, err := r.db.ClaimJobs(bg, time.Hour, 100)
		if err != nil {
			rt.Fatal(err)
		}
		if len(jobs) == 0 {
			at, ok, err := r.db.NextDue(bg)
			if err != nil {
				rt.Fatal(err)
			}
			if !ok {
				return
			}
			time.Sleep(max(time.Millisecond, time.Until(at)))
			continue
		}
		err = r.db.Write(bg, rigWS, func(tx *store.Tx) error {
			for _, j := range jobs {
				if err := tx.Finish(j); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			rt.Fatal(err)
		}
	}
}

// words are what customers write: answerable, a matter of their own, approve-first, angry, a wish
// for a person, small talk.
var words = []string{
	"Ile kosztuje dostawa?", "Dzień dobry, gdzie jest moja paczka?", "Chcę wymienić sukienkę na mniejszy rozmiar", "to jakieś oszustwo",
	"Proszę o kontakt z człowiekiem", "Dzień dobry", "dziękuję, już wszystko jasne", "zapomniałem hasła", "TRZECI RAZ pytam, co wy tam robicie?!",
	"asdf qwer", "Potrzebuję faktury do zamówienia 48213", "jak zwrócić buty?",
}

func (r *rig) accept(rt *rapid.T, in tandem.Inbound) {
	if err := r.intake.Accept(bg, rigWS, intake.Raw{Hook: "meta"}, []intake.Event{{Inbound: in, Account: r.acc}}); err != nil {
		rt.Fatalf("webhook: %v", err)
	}
	if r.conv == "" {
		page, _, err := r.db.Lines(bg, rigWS, store.View{Name: "all", Search: r.user, Limit: 5})
		if err != nil {
			rt.Fatal(err)
		}
		for _, l := range page {
			if l.Name == r.user {
				r.conv = l.ID
			}
		}
	}
}

func (r *rig) customerWrites(rt *rapid.T) { r.says(rt, rapid.SampledFrom(words).Draw(rt, "słowa")) }

func (r *rig) says(rt *rapid.T, text string) {
	r.wrote++
	id := fmt.Sprintf("%s-m%d", r.user, r.wrote)
	in := tandem.Inbound{Kind: tandem.InMessage, Key: id, External: id, User: r.user, Name: r.user, Surface: tandem.Direct, Text: text, At: time.Now()}
	r.inbound = append(r.inbound, in)
	r.accept(rt, in)
}

func (r *rig) duplicate(rt *rapid.T) {
	r.accept(rt, rapid.SampledFrom(r.inbound).Draw(rt, "który"))
}

func (r *rig) late(rt *rapid.T) {
	r.wrote++
	id := fmt.Sprintf("%s-m%d", r.user, r.wrote)
	in := tandem.Inbound{Kind: tandem.InMessage, Key: id, External: id, User: r.user, Name: r.user, Surface: tandem.Direct, Text: "halo?", At: time.Now().Add(-time.Hour)}
	r.inbound = append(r.inbound, in)
	r.accept(rt, in)
}

// work carries out one due job, whatever it is.
func (r *rig) work(rt *rapid.T) {
	jobs, err := r.db.ClaimJobs(bg, leased, 1)
	if err != nil {
		rt.Fatal(err)
	}
	if len(jobs) == 0 {
		return
	}
	r.carry(rt, jobs[0])
}

func (r *rig) carry(rt *rapid.T, j store.Job) {
	err, dead := r.do(j)
	if dead {
		return // nothing more happens: its lease will run out
	}
	err = r.db.Write(bg, rigWS, func(tx *store.Tx) error {
		switch later, put := errors.AsType[job.Later](err); {
		case err == nil:
			return tx.Finish(j)
		case put:
			return tx.PutOff(j, later.At, later.Why)
		case errors.Is(err, context.DeadlineExceeded): // its time was up before it could write anything
			return tx.PutOff(j, time.Now().Add(job.Backoff(j.Tries)), "no_time")
		case tandem.CodeOf(err) == "finished", tandem.CodeOf(err) == "lost_lease":
			return nil
		}
		return fmt.Errorf("job %s: %w", j.Kind, err)
	})
	if err != nil && tandem.CodeOf(err) != "lost_lease" {
		rt.Fatal(err)
	}
}

func (r *rig) do(j store.Job) (err error, dead bool) {
	defer func() {
		switch p := recover().(type) {
		case nil:
		case died:
			dead = true
		default:
			panic(p)
		}
	}()
	ctx, cancel := context.WithTimeout(bg, job.Within(leased)) // as the runner does
	defer cancel()
	return r.turn.Jobs()[j.Kind](ctx, j), false
}

// dieAtWork claims a job and dies, before or in the middle of it.
func (r *rig) dieAtWork(rt *rapid.T) {
	jobs, err := r.db.ClaimJobs(bg, leased, 1)
	if err != nil {
		rt.Fatal(err)
	}
	if len(jobs) == 0 {
		return
	}
	if rapid.Bool().Draw(rt, "w połowie") {
		r.crash = true
		r.carry(rt, jobs[0])
		r.crash = false
		return
	}
	r.held = append(r.held, jobs[0])
}

// meanwhile plays up to three further steps while the bot thinks or a message is on its way.
func (r *rig) meanwhile() {
	if r.depth > 0 {
		return
	}
	r.depth++
	defer func() { r.depth-- }()
	for range rapid.IntRange(0, 3).Draw(r.rt, "tymczasem") {
		rapid.SampledFrom([]func(*rapid.T){r.takeOver, r.takesDeedBack, r.customerWrites, r.pause, r.giveBack, r.agentReplies, r.duplicate, r.work, r.tick}).Draw(r.rt, "krok")(r.rt)
	}
}

// Find is the lookup: the time when the bot is thinking.
func (r *rig) Find(context.Context, tandem.Query) (tandem.Findings, error) {
	r.meanwhile()
	if r.crash {
		panic(died{})
	}
	at := time.Now()
	where := []string{"in_transit", "out_for_delivery", "ready_for_pickup", "delivered"}[r.found%4]
	return tandem.Findings{Facts: []tandem.Fact{{Key: "parcel", Value: where, Text: where, Subject: "48377", Source: "courier", At: at, Class: tandem.D1}}, Verified: tandem.V1,
		Customer: &tandem.ShopCustomer{ID: "s-" + r.user, Name: r.user}}, nil
}
