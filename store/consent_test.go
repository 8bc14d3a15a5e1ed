package store_test

import (
	"context"
	"testing"
	"time"

	"tandem"
	"tandem/store"
)

func TestConsentIsALedger(t *testing.T) {
	each(t, func(t *testing.T, b *bench) {
		b.accounts(t)
		at := time.Date(2026, 11, 23, 10, 0, 0, 0, time.UTC)
		sms, _ := b.writes(t, "sms", "48600100200", "m1", at)
		wa, _ := b.writes(t, "wa", "48600100200", "m2", at)
		wish := func(account tandem.AccountID, scope, wish string) {
			b.must(t, func(tx *store.Tx) error {
				at = at.Add(time.Minute)
				return tx.AddConsent(store.Consent{Account: account, External: "48600100200", Scope: scope, Wish: wish, Source: "customer", At: at}, sms.ID)
			})
		}
		counts := func(c tandem.Conversation) (w store.Wishes) {
			b.must(t, func(tx *store.Tx) (err error) {
				w, err = tx.Wishes(c.Customer)
				return err
			})
			return w
		}
		wish("sms", store.ConsentAll, store.WishResume) // nothing was stopped: no news
		wish("sms", store.ConsentAll, store.WishStop)
		wish("sms", store.ConsentAll, store.WishStop) // said again: no news
		wish("wa", store.ConsentMarketing, store.WishStop)
		if w := counts(sms); !w.Stopped["sms"] || w.Stopped["wa"] || w.Marketing {
			t.Errorf("the number on sms: %+v", w)
		}
		if w := counts(wa); !w.Marketing || w.Stopped["wa"] {
			t.Errorf("the number on whatsapp: %+v", w)
		}
		all, err := b.Consents(context.Background(), ws, sms.Customer)
		if err != nil || len(all) != 1 {
			t.Errorf("%+v %v", all, err)
		}
		// One person by a merge: what was said anywhere counts, and no row had to move.
		b.must(t, func(tx *store.Tx) error { _, err := tx.MergeOnProof(sms.Customer); return err })
		kept, err := b.ConversationOfUser(context.Background(), ws, "wa", "48600100200")
		if err != nil {
			t.Fatal(err)
		}
		c, err := b.Conversation(context.Background(), ws, kept)
		if err != nil {
			t.Fatal(err)
		}
		if w := counts(c); !w.Marketing || !w.Stopped["sms"] {
			t.Errorf("after the merge: %+v", w)
		}
		wish("sms", store.ConsentAll, store.WishResume)
		if w := counts(c); w.Stopped["sms"] || !w.Marketing {
			t.Errorf("taken back: %+v", w)
		}
	})
}

func TestReferrals(t *testing.T) {
	each(t, func(t *testing.T, b *bench) {
		b.accounts(t)
		at := time.Date(2026, 11, 23, 10, 0, 0, 0, time.UTC)
		for i, ref := range []string{"jesien", "zima"} { // the first came before anybody had written
			b.must(t, func(tx *store.Tx) error {
				id, err := tx.TalkOf("wa", "48600100200")
				if err != nil || (id == "") != (i == 0) {
					t.Errorf("the conversation is %q, %v", id, err)
				}
				return tx.AddReferral(store.Referral{Account: "wa", External: "48600100200", Kind: "link", Ref: ref, At: at.Add(time.Duration(i))}, id)
			})
			b.writes(t, "wa", "48600100200", ref, at)
		}
		c, _ := b.writes(t, "wa", "48600100200", "m3", at)
		all, err := b.Referrals(context.Background(), ws, c.Customer)
		if err != nil || len(all) != 2 || all[0].Ref != "jesien" || all[1].Ref != "zima" {
			t.Errorf("%+v %v", all, err)
		}
	})
}

// Who is invited by number is known by it everywhere; who answers under another name is the same person only
// where nobody has ever written from the number.
func TestNumbersAndTheirOwners(t *testing.T) {
	each(t, func(t *testing.T, b *bench) {
		b.accounts(t)
		at := time.Date(2026, 11, 23, 10, 0, 0, 0, time.UTC)
		ania, _ := b.writes(t, "wa", "48600100200", "m1", at)
		customer := func(account tandem.AccountID, external string) (id tandem.CustomerID) {
			b.must(t, func(tx *store.Tx) error {
				i, err := tx.Identify(account, external, tandem.Profile{}, tandem.V0)
				id = i.Customer
				return err
			})
			return id
		}
		b.must(t, func(tx *store.Tx) error {
			for range 2 {
				i, err := tx.IdentifyNumber("sms", "+48600100200")
				if err != nil {
					return err
				}
				if i.Customer != ania.Customer || i.External != "48600100200" || i.Account != "sms" {
					t.Errorf("the number of somebody known: %+v", i)
				}
			}
			new, err := tx.IdentifyNumber("wa", "48600100999")
			if err != nil {
				return err
			}
			c, err := tx.ConversationOf(new.Customer, at)
			if err != nil {
				return err
			}
			_, err = tx.ThreadOf(c.ID, tandem.Thread{Account: "wa", Surface: tandem.Direct, External: "48600100999", To: "48600100999"})
			if err != nil {
				return err
			}
			if err := tx.Adopt("wa", "PL.new", []string{"48600100999"}); err != nil {
				return err
			}
			return tx.Adopt("wa", "PL.other", []string{"48600100200"}) // somebody has written from it
		})
		if customer("wa", "PL.new") != customer("wa", "48600100999") {
			t.Error("who was invited answers as a stranger")
		}
		if customer("wa", "PL.other") == ania.Customer {
			t.Error("a number that somebody wrote from was given to another id without a question")
		}
	})
}
