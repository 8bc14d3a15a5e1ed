package turn

import (
	"context"
	"strings"

	"tandem"
	"tandem/bot"
	"tandem/store"
)

// Codes of a message that is not sent because its reader does not want it.
const (
	optedOut    = "opted_out"
	noMarketing = "no_marketing"
)

// unwanted returns the code of why a message may not go to its reader, empty where it may. It is asked in the
// transaction that would mark the row as sending, so a wish that was written down before holds.
func unwanted(tx *store.Tx, c tandem.Conversation, th tandem.Thread, m tandem.Message) (string, error) {
	if th.Surface.Public() {
		return "", nil
	}
	w, err := tx.Wishes(c.Customer)
	if err != nil {
		return "", err
	}
	if w.Stopped[th.Account] {
		return optedOut, nil
	}
	if m.Template == nil || !w.Marketing {
		return "", nil
	}
	t, err := tx.Template(th.Account, m.Template.Name, m.Template.Lang)
	if tandem.KindOf(err) == tandem.NotFound || err == nil && strings.EqualFold(t.Category, "marketing") {
		return noMarketing, nil // one that is gone may have been marketing: the platform would say so too late
	}
	return "", err
}

// Invite sends a caller of the hotline, who has just asked for it, the way to go on in writing: a template where
// the platform wants one, words otherwise. The same key again sends nothing. Conflict opted_out: the caller
// has asked to be written to no more.
func Invite(tx *store.Tx, account tandem.AccountID, phone, more string, tpl *tandem.Filled, key string) error {
	who, err := tx.IdentifyNumber(account, phone)
	if err != nil {
		return err
	}
	c, err := tx.ConversationOf(who.Customer, tx.Now)
	if err != nil {
		return err
	}
	th, err := tx.ThreadOf(c.ID, tandem.Thread{Account: account, Surface: tandem.Direct, External: who.External, To: who.External})
	if err != nil {
		return err
	}
	m := tandem.Message{Origin: tandem.FromNotice, Kind: invited, Template: tpl, Key: key, Epoch: c.Epoch, Delivery: tandem.Queued}
	if tpl == nil {
		s, err := tx.Snapshot(c.ID)
		if err != nil {
			return err
		}
		m.Text, _ = bot.Notice(invited, s)
		m.Text = strings.TrimSpace(m.Text + " " + more)
	} else {
		m.Text = more
	}
	code, err := unwanted(tx, c, th, m)
	if err != nil {
		return err
	}
	if code != "" {
		return tandem.Coded(tandem.Conflict, code, "the caller has asked to be written to no more")
	}
	fresh, err := tx.AddMessage(&c, th, &m)
	if err != nil || !fresh {
		return err
	}
	if err := tx.SaveConversation(c); err != nil {
		return err
	}
	return tx.Enqueue(SendJob(m))
}

// invited is the kind of the notice that a caller of the hotline gets.
const invited = "invited"

// Invited sends an invitation as an SMS that a platform could not deliver: the number has no WhatsApp
// (CHANNELS.md 15). Where no SMS can be sent, the failed message stays what people see.
func (t Turn) Invited(ctx context.Context, j store.Job) (err error) {
	defer tandem.Wrap(&err, "invitation %s", j.Arg)
	return t.DB.Write(ctx, j.Workspace, func(tx *store.Tx) error {
		m, err := tx.Message(tandem.MessageID(j.Arg))
		if err != nil || m.Kind != invited || m.Delivery != tandem.Failed {
			return err
		}
		th, err := tx.Thread(m.Thread)
		if err != nil {
			return err
		}
		account, ok, err := tx.AccountOf("sms")
		if err != nil || !ok || account == th.Account {
			return err
		}
		err = Invite(tx, account, th.To, "", nil, "invited:"+string(m.ID))
		if tandem.CodeOf(err) == optedOut {
			return nil
		}
		return err
	})
}
