package intake_test

import (
	"context"
	"testing"
	"time"

	"tandem"
	"tandem/channel"
	"tandem/store"
)

// What somebody says about being written to is written down, owes no answer and is no message.
func TestConsentAndReferral(t *testing.T) {
	each(t, func(b *bench) {
		at := time.Now()
		b.in("ig", tandem.Inbound{Kind: tandem.InReferral, Key: "r1", User: "ania", Text: "jesien", At: at}) // before the first word
		b.in("ig", b.says("ania", "hej"))
		b.turns()
		before := b.snap("ig", "ania").Conversation
		for _, in := range []tandem.Inbound{
			{Kind: tandem.InReferral, Key: "r2", User: "ania", At: at.Add(1), Parts: []tandem.Part{{Type: "referral", Name: "Zima 2026", URL: "https://fb.example/ad", Value: "ad1"}}},
			{Kind: tandem.InConsent, Key: "c1", User: "ania", Text: "stop", Subject: channel.ConsentMarketing, At: at.Add(2)},
			{Kind: tandem.InConsent, Key: "c1", User: "ania", Text: "stop", Subject: channel.ConsentMarketing, At: at.Add(2)},
			{Kind: tandem.InConsent, Key: "c2", User: "ania", Text: "dance", Subject: channel.ConsentMarketing, At: at.Add(3)},
			{Kind: tandem.InConsent, Key: "c3", User: "ania", Text: "stop", Subject: "breathing", At: at.Add(3)},
		} {
			b.in("ig", in)
		}
		if c := b.snap("ig", "ania").Conversation; c != before || b.turns() != 0 {
			b.t.Errorf("%+v, was %+v", c, before)
		}
		came, err := b.DB.Referrals(context.Background(), ws, before.Customer)
		if err != nil || len(came) != 2 || came[0].Ref != "jesien" || came[0].Kind != "link" || came[1].Title != "Zima 2026" || came[1].Kind != "ad" {
			b.t.Errorf("%+v %v", came, err)
		}
		said, err := b.DB.Consents(context.Background(), ws, before.Customer)
		if err != nil || len(said) != 1 || !store.Counting(said).Marketing {
			b.t.Errorf("%+v %v", said, err)
		}
	})
}

// A whole message that asks for no more messages is written down and answered all the same.
func TestAWishInWords(t *testing.T) {
	each(t, func(b *bench) {
		b.in("ig", b.says("ania", "Nie piszcie do mnie!"))
		if b.turns() != 1 {
			b.t.Error("it is a message as well")
		}
		said, err := b.DB.Consents(context.Background(), ws, b.snap("ig", "ania").Conversation.Customer)
		if err != nil || len(said) != 1 || said[0].Scope != store.ConsentMarketing || said[0].Wish != store.WishStop {
			b.t.Errorf("%+v %v", said, err)
		}
	})
}
