package intake

import (
	"tandem"
	"tandem/channel"
	"tandem/store"
)

// consent is what somebody said about being written to, at the platform or by a keyword. It is no message
// and owes no answer.
func (r Room) consent(tx *store.Tx, e Event) error {
	id, err := tx.TalkOf(e.Account.ID, e.User)
	if err != nil {
		return err
	}
	return wishes(tx, id, e)
}

func wishes(tx *store.Tx, c tandem.ConversationID, e Event) error {
	if e.Text != store.WishStop && e.Text != store.WishResume || e.Subject != store.ConsentAll && e.Subject != store.ConsentMarketing {
		return nil
	}
	return tx.AddConsent(store.Consent{Account: e.Account.ID, External: e.User, Scope: e.Subject, Wish: e.Text, Source: "customer", At: e.At}, c)
}

// Refused learns from a message that the platform refused, at the send or by a later status: that its reader
// wants no more is written down, and an invitation to a number without WhatsApp goes another way.
func Refused(tx *store.Tx, id tandem.MessageID) error {
	m, err := tx.Message(id)
	if err != nil || m.Delivery != tandem.Failed {
		return err
	}
	th, err := tx.Thread(m.Thread)
	if err != nil {
		return err
	}
	w := store.Consent{Account: th.Account, External: th.To, Wish: store.WishStop, Source: "platform", At: tx.Now}
	switch {
	case m.Problem == channel.CodeOptedOut:
		w.Scope = store.ConsentAll
	case m.Problem == channel.CodeNoMarketing:
		w.Scope = store.ConsentMarketing
	case m.Problem == channel.CodeUnreachable && m.Kind == "invited" && m.Template != nil:
		return tx.Enqueue(store.Job{Kind: "invited", Arg: string(m.ID), Once: "invited:" + string(m.ID)})
	default:
		return nil
	}
	return tx.AddConsent(w, m.Conversation)
}

// referral is how somebody came who has not written yet, or comes back by another link.
func (r Room) referral(tx *store.Tx, e Event) error {
	id, err := tx.TalkOf(e.Account.ID, e.User)
	if err != nil {
		return err
	}
	if len(e.Parts) > 0 { // a link or an advertisement into a chat that is there opens its window (CHANNELS.md 9.1)
		if err := tx.OpenWindowOf(e.Account.ID, e.User, e.At); err != nil {
			return err
		}
	}
	if len(e.Parts) == 0 && e.Text != "" {
		return tx.AddReferral(store.Referral{Account: e.Account.ID, External: e.User, Kind: "link", Ref: e.Text, At: e.At}, id)
	}
	return came(tx, id, e)
}

// came writes down what an event says about how its author came.
func came(tx *store.Tx, c tandem.ConversationID, e Event) error {
	for _, p := range e.Parts {
		if p.Type != "referral" {
			continue
		}
		f := store.Referral{Account: e.Account.ID, External: e.User, Kind: "ad", Ref: p.Value, Title: p.Name, URL: p.URL, At: e.At}
		if p.Name == "" && p.URL == "" {
			f.Kind = "link"
		}
		if err := tx.AddReferral(f, c); err != nil {
			return err
		}
	}
	return nil
}
