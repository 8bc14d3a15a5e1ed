package store_test

import (
	"context"
	"slices"
	"sync"
	"testing"
	"time"

	"tandem"
	"tandem/store"
)

// prove asks for the rule of proof after somebody wrote.
func (b *bench) prove(t testing.TB, c tandem.CustomerID) (id store.MergeID) {
	t.Helper()
	if err := b.Write(context.Background(), ws, func(tx *store.Tx) (err error) {
		id, err = tx.MergeOnProof(c)
		return err
	}); err != nil {
		t.Fatal(err)
	}
	return id
}

// link makes somebody the shop's customer, on the identity they have on an account.
func (b *bench) link(t testing.TB, c tandem.CustomerID, shop tandem.ShopCustomer, level tandem.Level) {
	t.Helper()
	if err := b.Write(context.Background(), ws, func(tx *store.Tx) error {
		who, err := tx.Customer(c)
		if err != nil {
			return err
		}
		return tx.Link(c, who.Identities[0].ID, shop, level)
	}); err != nil {
		t.Fatal(err)
	}
}

func (b *bench) proposals(t testing.TB) []store.Proposal {
	t.Helper()
	all, err := b.MergeProposals(context.Background(), ws)
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func TestProofMergesAndNothingLessDoes(t *testing.T) {
	marek, ewa := tandem.ShopCustomer{ID: "s1", Name: "Marek Dąbrowski", Phone: "600 100 200", Email: "marek@x.pl"}, tandem.ShopCustomer{ID: "s2", Name: "Ewa Nowak"}
	type side struct {
		account tandem.AccountID
		user    string
		shop    tandem.ShopCustomer
		level   tandem.Level // of the link to the shop
		proven  tandem.Level // of the identity, by the channel itself
	}
	cases := []struct {
		name   string
		a, b   side
		reason string // empty: not merged
	}{
		{"the same account, linked on both", side{"a1", "m", marek, tandem.V1, 0}, side{"a2", "m2", marek, tandem.V1, 0}, "shop_account"},
		{"the same account, proven by data", side{"a1", "m", marek, tandem.V2, 0}, side{"a2", "m2", marek, tandem.V2, 0}, "shop_account"},
		{"the same account, one of them only claims it", side{"a1", "m", marek, tandem.V2, 0}, side{"a2", "m2", marek, tandem.V0, 0}, ""},
		{"two accounts", side{"a1", "m", marek, tandem.V2, 0}, side{"a2", "m2", ewa, tandem.V2, 0}, ""},
		{"nobody is known", side{account: "a1", user: "m"}, side{account: "a2", user: "m2"}, ""},
		{"the same number on WhatsApp and in an SMS", side{account: "wa", user: "48600100200"}, side{account: "sms", user: "+48600100200"}, "phone"},
		{"the same digits as a user name elsewhere", side{account: "wa", user: "48600100200"}, side{account: "a1", user: "48600100200"}, ""},
		{"the number on file of somebody verified", side{"a1", "m", marek, tandem.V2, 0}, side{account: "wa", user: "48600100200"}, "phone"},
		{"the number on file of somebody linked only", side{"a1", "m", marek, tandem.V1, 0}, side{account: "wa", user: "48600100200"}, ""},
		{"the same number, two accounts of the shop", side{"wa", "48600100200", marek, tandem.V2, 0}, side{"sms", "+48600100200", ewa, tandem.V2, 0}, ""},
		{"a WhatsApp user id", side{account: "wa", user: "PL.48600100200"}, side{account: "sms", user: "+48600100200"}, ""},
		{"the address on file, the mail passed its checks", side{"a1", "m", marek, tandem.V2, 0}, side{account: "mail", user: "marek@x.pl", proven: tandem.V1}, "email"},
		{"the address on file, anybody may have written", side{"a1", "m", marek, tandem.V2, 0}, side{account: "mail", user: "marek@x.pl"}, ""},
	}
	each(t, func(t *testing.T, b *bench) {
		b.accounts(t)
		for i, c := range cases {
			day := time.Duration(i) * 24 * time.Hour
			make := func(s side) tandem.Conversation {
				conv, _ := b.writes(t, s.account, s.user, c.name+s.user+string(s.account), noon.Add(day))
				b.must(t, func(tx *store.Tx) error {
					_, err := tx.Identify(s.account, s.user, tandem.Profile{}, s.proven)
					return err
				})
				if s.shop.ID != "" {
					b.link(t, conv.Customer, s.shop, s.level)
				}
				return conv
			}
			first, second := make(c.a), make(c.b)
			id := b.prove(t, first.Customer)
			if id == "" {
				id = b.prove(t, second.Customer)
			}
			if c.name == "the same number, two accounts of the shop" {
				if p := b.proposals(t); len(p) != 1 || !slices.Contains(p[0].Evidence, "phone") || !slices.Contains(p[0].Evidence, "shop_differs") {
					t.Errorf("%s: proposals %+v", c.name, p)
				}
			}
			if (id != "") != (c.reason != "") {
				t.Errorf("%s: merged %v", c.name, id != "")
			}
			if id != "" {
				all, err := b.Merges(t.Context(), ws, first.Customer)
				if err != nil || len(all) != 1 || all[0].Reason != c.reason || all[0].Actor != "clock" || all[0].Kept != first.Customer {
					t.Errorf("%s: %+v, %v", c.name, all, err)
				}
			}
			b.forget(t)
		}
	})
}

// forget makes everybody a stranger, so that one case does not know those of another.
func (b *bench) forget(t testing.TB) {
	t.Helper()
	if err := b.Write(context.Background(), ws, func(tx *store.Tx) error {
		for _, table := range []string{"identity", "customer", "conversation", "thread", "message", "merge", "merge_proposal", "clue"} {
			r, err := tx.QueryContext(context.Background(), `delete from `+table+` where workspace = $1`, ws)
			if err != nil {
				return err
			}
			if err := r.Close(); err != nil {
				return err
			}
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
}

func TestASplitIsNotUndoneByARule(t *testing.T) {
	each(t, func(t *testing.T, b *bench) {
		b.accounts(t)
		shop := tandem.ShopCustomer{ID: "s1", Name: "Marek"}
		one, _ := b.writes(t, "a1", "m1", "x1", at(0))
		two, _ := b.writes(t, "a2", "m2", "x2", at(1))
		b.link(t, one.Customer, shop, tandem.V2)
		b.link(t, two.Customer, shop, tandem.V2)
		id := b.prove(t, two.Customer)
		if id == "" {
			t.Fatal("not merged")
		}
		b.split(t, id)
		for _, c := range []tandem.CustomerID{one.Customer, two.Customer} {
			if again := b.prove(t, c); again != "" {
				t.Errorf("a person split them, a rule merged them again")
			}
		}
		if p := b.proposals(t); len(p) != 0 {
			t.Errorf("a person split them, they are proposed again: %+v", p)
		}
		b.merge(t, one.Customer, two.Customer) // a person may
	})
}

func TestASignedUserOfTheWidgetIsOnePersonOnEveryDevice(t *testing.T) {
	each(t, func(t *testing.T, b *bench) {
		b.accounts(t)
		signs := func(visitor, user string) {
			b.must(t, func(tx *store.Tx) error {
				who, err := tx.Identify("web", visitor, tandem.Profile{}, tandem.V3)
				if err != nil {
					return err
				}
				return tx.Alias(who, user)
			})
		}
		phone, _ := b.writes(t, "web", "visitor-1", "p1", at(0))
		laptop, _ := b.writes(t, "web", "visitor-2", "l1", at(1))
		signs("visitor-1", "user-7")
		signs("visitor-2", "user-7")
		if got := b.texts(t, phone.ID); !slices.Equal(got, []string{"p1", "l1"}) {
			t.Errorf("the person's conversation has %v", got)
		}
		if into, _ := b.MergedInto(t.Context(), ws, laptop.ID); into != phone.ID {
			t.Errorf("merged into %q", into)
		}
		// A browser in a library: another user signs in on it. The two users are not one person.
		other, _ := b.writes(t, "web", "visitor-3", "o1", at(2))
		signs("visitor-3", "user-8")
		signs("visitor-3", "user-7")
		if into, _ := b.MergedInto(t.Context(), ws, other.ID); into != "" {
			t.Error("a shared browser made two users one")
		}
		b.whole(t)
	})
}

func TestAPlatformsAliasIsProposedOnly(t *testing.T) {
	each(t, func(t *testing.T, b *bench) {
		b.accounts(t)
		old, _ := b.writes(t, "wa", "48600100200", "x1", at(0))
		b.writes(t, "wa", "PL.1234", "x2", at(1))
		b.must(t, func(tx *store.Tx) error {
			who, err := tx.Identify("wa", "PL.1234", tandem.Profile{}, tandem.V0)
			if err != nil {
				return err
			}
			return tx.Alias(who, "48600100200")
		})
		p := b.proposals(t)
		if len(p) != 1 || !slices.Equal(p[0].Evidence, []string{"platform"}) || p[0].A != old.Customer && p[0].B != old.Customer {
			t.Fatalf("proposals: %+v", p)
		}
	})
}

func TestCluesAreProposedOnceAndAPersonDecides(t *testing.T) {
	each(t, func(t *testing.T, b *bench) {
		b.accounts(t)
		order := tandem.Entity{Kind: "order", Value: "48213"}
		mail := tandem.Entity{Kind: "email", Value: "Kasia@X.pl"}
		named := func(account tandem.AccountID, user string) {
			b.must(t, func(tx *store.Tx) error {
				_, err := tx.Identify(account, user, tandem.Profile{Name: "Katarzyna Lis", Username: "kasia.lis"}, tandem.V0)
				return err
			})
		}
		two, _ := b.writes(t, "a2", "k2", "x2", at(1), order)
		one, _ := b.writes(t, "a1", "k1", "x1", at(0), order, mail)
		three, _ := b.writes(t, "mail", "kasia@x.pl", "x3", at(2))
		b.writes(t, "a1", "k4", "x4", at(3))
		named("a1", "k1")
		named("a2", "k2")
		named("a1", "k4")
		for range 2 {
			for _, c := range []tandem.CustomerID{one.Customer, two.Customer, three.Customer} {
				if id := b.prove(t, c); id != "" {
					t.Fatal("clues alone merged two people")
				}
			}
		}
		p := b.proposals(t)
		if len(p) != 2 || !slices.Equal(p[0].Evidence, []string{"name", "order", "username"}) || !slices.Equal(p[1].Evidence, []string{"email"}) || p[0].Score <= p[1].Score {
			t.Fatalf("proposals: %+v", p)
		}
		err := b.Write(t.Context(), ws, func(tx *store.Tx) error { return tx.Reject(p[1].ID, "ola") })
		if err != nil {
			t.Fatal(err)
		}
		b.writes(t, "a1", "k1", "x5", at(5), tandem.Entity{Kind: "phone", Value: "600 100 200"})
		b.writes(t, "mail", "kasia@x.pl", "x6", at(6), tandem.Entity{Kind: "phone", Value: "+48 600-100-200"})
		b.prove(t, one.Customer)
		b.prove(t, three.Customer)
		if p := b.proposals(t); len(p) != 1 {
			t.Errorf("a rejected pair is proposed again: %+v", p)
		}
		var id store.MergeID
		b.must(t, func(tx *store.Tx) (err error) {
			id, err = tx.Confirm(p[0].ID, "ola")
			return err
		})
		if into, _ := b.MergedInto(t.Context(), ws, one.ID); id == "" || into != two.ID {
			t.Errorf("confirmed: %q into %q, the elder is kept", id, into)
		}
		if err := b.Write(t.Context(), ws, func(tx *store.Tx) error { return tx.Reject(p[0].ID, "piotr") }); tandem.CodeOf(err) != "decided" {
			t.Errorf("a second decision: %v", err)
		}
		if p := b.proposals(t); len(p) != 0 {
			t.Errorf("still waiting: %+v", p)
		}
		// Three is not one, and one is part of two now: so three is not two either.
		b.writes(t, "a2", "k2", "x7", at(7), mail)
		b.prove(t, two.Customer)
		b.prove(t, three.Customer)
		if p := b.proposals(t); len(p) != 0 {
			t.Errorf("proposed by a detour: %+v", p)
		}
	})
}

func TestProofsAtOnceMergeOnce(t *testing.T) {
	each(t, func(t *testing.T, b *bench) {
		b.accounts(t)
		shop := tandem.ShopCustomer{ID: "s1"}
		var all []tandem.CustomerID
		for i, a := range []tandem.AccountID{"a1", "a2", "wa", "mail"} {
			c, _ := b.writes(t, a, "u"+string(a), "x"+string(a), at(i))
			b.link(t, c.Customer, shop, tandem.V1)
			all = append(all, c.Customer)
		}
		var wg sync.WaitGroup
		for range 4 {
			for _, c := range all {
				wg.Go(func() { b.prove(t, c) })
			}
		}
		wg.Wait()
		if n := b.count(t, `select count(*) from customer where workspace = 'w1' and merged_into = ''`); n != 1 {
			for range 3 { // each call merges at most once
				b.prove(t, all[0])
			}
			if n = b.count(t, `select count(*) from customer where workspace = 'w1' and merged_into = ''`); n != 1 {
				t.Errorf("%d people of one account are left", n)
			}
		}
		if n := b.count(t, `select count(*) from message where workspace = 'w1' and conversation = (select c.id from conversation c where c.merged_into = '')`); n != 4 {
			t.Errorf("the joint conversation has %d messages", n)
		}
		b.whole(t)
	})
}
