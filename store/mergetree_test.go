package store_test

import (
	"context"
	"flag"
	"fmt"
	"os"
	"slices"
	"strconv"
	"testing"

	"pgregory.net/rapid"

	"tandem"
	"tandem/store"
	"tandem/stories/world"
)

// forest plays random merges, splits, messages and changes of owner among a few people, and knows
// where every message has to be.
type forest struct {
	b      *bench
	t      testing.TB
	n      int // of the round, so that people are new
	people []*someone
	edges  []edge // in force, the oldest first
	clock  int
	wrote  int
}

type someone struct {
	user     string
	customer tandem.CustomerID
	conv     tandem.ConversationID
	into     *someone
	said     []string // external ids of everything in this person's threads
}

type edge struct {
	id         store.MergeID
	kept, gone *someone
}

func (p *someone) root() *someone {
	for p.into != nil {
		p = p.into
	}
	return p
}

func (f *forest) any(rt *rapid.T, which func(*someone) bool) *someone {
	some := slices.DeleteFunc(slices.Clone(f.people), func(p *someone) bool { return !which(p) })
	if len(some) == 0 {
		return nil
	}
	return rapid.SampledFrom(some).Draw(rt, "kto")
}

func apart(p *someone) bool            { return p.into == nil }
func anybody(p *someone) bool          { return true }
func accountOf(n int) tandem.AccountID { return []tandem.AccountID{"a1", "a2"}[n%2] }

func (f *forest) begin(rt *rapid.T) {
	f.n++
	f.people, f.edges = nil, nil
	for i := range 5 {
		p := &someone{user: fmt.Sprintf("r%d-%d", f.n, i)}
		f.people = append(f.people, p)
		c := f.write(p, rapid.IntRange(-50, 0).Draw(rt, "czas"))
		p.customer, p.conv = c.Customer, c.ID
	}
}

func (f *forest) write(p *someone, at0 int) tandem.Conversation {
	f.wrote++
	f.clock++
	x := fmt.Sprintf("%s-%d", p.user, f.wrote)
	c, _ := f.b.writes(f.t, accountOf(len(p.user)+int(p.user[len(p.user)-1])), p.user, x, at(f.clock+at0))
	p.said = append(p.said, x)
	return c
}

func (f *forest) writes(rt *rapid.T) {
	p := f.any(rt, anybody)
	if c := f.write(p, rapid.SampledFrom([]int{0, 0, -30}).Draw(rt, "spóźnienie")); c.ID != p.root().conv {
		rt.Fatalf("%s wrote into %s, the joint conversation is %s", p.user, c.ID, p.root().conv)
	}
}

func (f *forest) answers(rt *rapid.T) {
	p := f.any(rt, apart)
	c := f.b.state(f.t, p.conv).Conversation
	if c.Owner == tandem.Bot && c.Asked > c.Answered {
		f.b.speaks(f.t, p.conv, tandem.FromBot, "", rapid.SampledFrom([]tandem.Delivery{tandem.Sent, tandem.Queued}).Draw(rt, "stan"))
	}
}

func (f *forest) owns(rt *rapid.T) {
	p := f.any(rt, apart)
	to := rapid.SampledFrom([]tandem.Owner{tandem.Bot, tandem.Queue, tandem.Human, tandem.Closed}).Draw(rt, "właściciel")
	if f.b.state(f.t, p.conv).Conversation.Owner == to {
		return
	}
	agent := tandem.UserID("")
	if to == tandem.Human {
		agent = "ola"
	}
	f.b.transfer(f.t, p.conv, to, agent)
}

func (f *forest) merges(rt *rapid.T) {
	k := f.any(rt, apart)
	g := f.any(rt, func(p *someone) bool { return p.into == nil && p != k })
	if g == nil {
		return
	}
	a, b := f.b.state(f.t, k.conv).Conversation, f.b.state(f.t, g.conv).Conversation
	f.edges = append(f.edges, edge{f.b.merge(f.t, k.customer, g.customer), k, g})
	g.into = k
	now := f.b.state(f.t, k.conv).Conversation
	rank := []tandem.Owner{tandem.Closed, tandem.Bot, tandem.Queue, tandem.Human}
	if slices.Index(rank, now.Owner) != max(slices.Index(rank, a.Owner), slices.Index(rank, b.Owner)) || now.Epoch <= max(a.Epoch, b.Epoch) || now.Rev <= max(a.Rev, b.Rev) {
		rt.Fatalf("%s and %s became %s, epochs %d, %d, %d", a.Owner, b.Owner, now.Owner, a.Epoch, b.Epoch, now.Epoch)
	}
}

// splits undoes any merge in force, not only the last one.
func (f *forest) splits(rt *rapid.T) {
	if len(f.edges) == 0 {
		return
	}
	i := rapid.IntRange(0, len(f.edges)-1).Draw(rt, "które")
	e := f.edges[i]
	before := f.b.state(f.t, e.gone.root().conv).Conversation
	f.b.split(f.t, e.id)
	f.edges = slices.Delete(f.edges, i, i+1)
	e.gone.into = nil
	for _, p := range []*someone{e.gone, e.kept.root()} {
		if c := f.b.state(f.t, p.conv).Conversation; c.Owner != before.Owner || c.Epoch <= before.Epoch {
			rt.Fatalf("after a split of %s's: %s, epoch %d after %d", before.Owner, c.Owner, c.Epoch, before.Epoch)
		}
	}
}

// check: every message is there once, in the conversation of whom its writer is part of, and each
// number is given once; identities and threads lead there; waiting customers are waited for.
func (f *forest) check(rt *rapid.T) {
	for _, p := range f.people {
		var want []string
		var users []string
		for _, q := range f.people {
			if q.root() == p && p.into == nil {
				want, users = append(want, q.said...), append(users, q.user)
			}
		}
		all, err := f.b.MessagesBefore(context.Background(), ws, p.conv, 1<<40, 10000)
		if err != nil {
			rt.Fatal(err)
		}
		var got []string
		seen := map[int64]bool{}
		for _, m := range all {
			if seen[m.Seq] {
				rt.Fatalf("two messages of %s have the number %d", p.user, m.Seq)
			}
			seen[m.Seq] = true
			if m.Inbound() {
				got = append(got, m.External)
			}
		}
		slices.Sort(want)
		slices.Sort(got)
		if !slices.Equal(got, want) {
			rt.Fatalf("%s has %v, want %v", p.user, got, want)
		}
		s := f.b.state(f.t, p.conv)
		var known []string
		for _, i := range s.Customer.Identities {
			known = append(known, i.External)
		}
		slices.Sort(known)
		slices.Sort(users)
		if !slices.Equal(known, users) || len(s.Threads) != len(users) {
			rt.Fatalf("%s has the identities %v and %d threads, want %v", p.user, known, len(s.Threads), users)
		}
		f.owed(rt, p, s)
	}
}

func (f *forest) owed(rt *rapid.T, p *someone, s tandem.Snapshot) {
	c := s.Conversation
	person := c.Owner == tandem.Queue || c.Owner == tandem.Human
	if n := f.b.count(f.t, `select count(*) from handover where workspace = 'w1' and conversation = $1 and ended_at = 0`, p.conv); person && n != 1 || !person && n != 0 {
		rt.Fatalf("%s is of %s with %d open hand-overs", p.user, c.Owner, n)
	}
	open := f.b.count(f.t, `select count(*) from message where workspace = 'w1' and conversation = $1 and origin = 'customer' and disposition in ('pending', 'queued')`, p.conv)
	if c.Asked > c.Answered != (open > 0) || len(s.Unanswered()) != open {
		rt.Fatalf("%s: asked %d, answered %d, %d wait, the turn sees %d", p.user, c.Asked, c.Answered, open, len(s.Unanswered()))
	}
	if p.into != nil && (c.Owner != tandem.Closed || len(s.Messages) > 0) {
		rt.Fatalf("%s was merged and is of %s with %d messages", p.user, c.Owner, len(s.Messages))
	}
	stale := f.b.count(f.t, `select count(*) from message where workspace = 'w1' and conversation = $1 and origin = 'bot' and delivery = 'queued' and epoch <> $2`, p.conv, c.Epoch)
	if c.Owner == tandem.Bot && stale > 0 && open == 0 && p.into == nil && !f.closedOnce(p) {
		rt.Fatalf("%s: %d answers of the bot would be refused though it owns", p.user, stale)
	}
}

// closedOnce tells whether a change of owner other than a merge or split happened: then a refused
// answer is what the rules ask for.
func (f *forest) closedOnce(p *someone) bool {
	for _, q := range f.people {
		if f.b.count(f.t, `select count(*) from event where workspace = 'w1' and conversation = $1 and kind = 'owner.changed' and code not in ('merged', 'split')`, q.conv) > 0 {
			return true
		}
	}
	return false
}

// rounds follows TANDEM_INTERLEAVINGS, which sets how much all random tests play.
func rounds() int {
	if n, err := strconv.Atoi(os.Getenv("TANDEM_INTERLEAVINGS")); err == nil && n > 0 {
		return n
	}
	return 400
}

func TestMergesAndSplitsLoseNothingInAnyOrder(t *testing.T) {
	world.Each(t, func(t *testing.T, engine string) {
		address, checks := ":memory:", rounds()/50
		if engine == "postgres" {
			address, checks = world.Database(t, engine), rounds()/250
		}
		if err := flag.Set("rapid.checks", strconv.Itoa(max(4, checks))); err != nil {
			t.Fatal(err)
		}
		b := open(t, address)
		b.accounts(t)
		b.must(t, func(tx *store.Tx) error {
			return tx.SaveUser(tandem.User{ID: "ola", Email: "o@x", Name: "Ola", Role: tandem.RoleAgent}, "x")
		})
		f := &forest{b: b, t: t}
		rapid.Check(t, func(rt *rapid.T) {
			f.begin(rt)
			rt.Repeat(map[string]func(*rapid.T){
				"klient pisze": f.writes, "bot odpowiada": f.answers, "właściciel": f.owns, "scalenie": f.merges, "rozdzielenie": f.splits, "": f.check,
			})
			for len(f.edges) > 0 {
				f.splits(rt)
			}
			f.check(rt)
		})
		b.whole(t)
	})
}

// A split in the middle of a chain takes out what came from there, and nothing else.
func TestAChainOfMergesIsUndoneInAnyOrder(t *testing.T) {
	each(t, func(t *testing.T, b *bench) {
		b.accounts(t)
		a, _ := b.writes(t, "a1", "a", "a1", at(0))
		c, _ := b.writes(t, "a2", "c", "c1", at(1))
		d, _ := b.writes(t, "a1", "d", "d1", at(2))
		b.must(t, func(tx *store.Tx) error {
			who, err := tx.Customer(c.Customer)
			if err != nil {
				return err
			}
			who.VIP = true
			if err := tx.SetCustomer(who); err != nil {
				return err
			}
			return tx.Link(c.Customer, who.Identities[0].ID, tandem.ShopCustomer{ID: "s7", Name: "Celina Lis", Email: "c@x.pl"}, tandem.V2)
		})
		first := b.merge(t, a.Customer, c.Customer)
		second := b.merge(t, d.Customer, a.Customer)
		if who := b.state(t, d.ID).Customer; who.Shop != "s7" || !who.VIP || who.Name != "Celina Lis" || who.Verified() != tandem.V2 {
			t.Errorf("the joint customer: %+v", who)
		}
		if info, _ := b.ShopInfo(t.Context(), ws, d.Customer); info.Email != "c@x.pl" {
			t.Errorf("what the shop told: %+v", info)
		}
		if all, err := b.Merges(t.Context(), ws, d.Customer); err != nil || len(all) != 2 || all[0].ID != second || all[1].ID != first {
			t.Errorf("the joint customer's merges: %+v, %v", all, err)
		}
		b.split(t, first)
		if got := b.texts(t, c.ID); !slices.Equal(got, []string{"c1"}) {
			t.Errorf("c has %v", got)
		}
		if got := b.texts(t, d.ID); !slices.Equal(got, []string{"a1", "d1"}) {
			t.Errorf("d has %v", got)
		}
		if who := b.state(t, d.ID).Customer; who.Shop != "" || who.VIP || who.Name != "" || who.Verified() != tandem.V0 {
			t.Errorf("d kept what was c's: %+v", who)
		}
		if info, _ := b.ShopInfo(t.Context(), ws, d.Customer); info.Email != "" {
			t.Errorf("d kept what the shop told about c: %+v", info)
		}
		if who := b.state(t, c.ID).Customer; who.Shop != "s7" || !who.VIP {
			t.Errorf("c lost what was c's: %+v", who)
		}
		b.split(t, second)
		if got := b.texts(t, a.ID); !slices.Equal(got, []string{"a1"}) {
			t.Errorf("a has %v", got)
		}
		b.whole(t)
	})
}
