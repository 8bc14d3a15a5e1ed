package intake

import (
	"encoding/json"
	"time"

	"tandem"
	"tandem/channel"
	"tandem/store"
)

// settleEcho is how long an echo that is not recognised waits for the answer to our own send, which
// it may have overtaken (CHANNELS.md 7.3).
const settleEcho = 3 * time.Second

// Which echoes from elsewhere silence the bot: the account's setting channel.EchoSetting (CHANNELS.md 7.3).
const (
	echoAlways = "always"
	echoNever  = "never" // whatever else: those that people seem to have written
)

// Echo is an echo that waits to be recognised.
type Echo struct {
	Account tandem.AccountID
	Event   tandem.Inbound
	Pause   string `json:",omitempty"` // the account's setting
}

// EchoArg is an echo as a job's argument.
func EchoArg(e Event) string {
	b, err := json.Marshal(Echo{Account: e.Account.ID, Event: e.Inbound, Pause: e.Account.Settings[channel.EchoSetting]})
	if err != nil {
		panic(err) // our own types always marshal
	}
	return string(b)
}

// Of is the event that waited, for an account of a workspace.
func (e Echo) Of(ws tandem.WorkspaceID) Event {
	a := tandem.Account{ID: e.Account, Settings: map[string]string{channel.EchoSetting: e.Pause}}
	return Event{Inbound: e.Event, Account: store.StoredAccount{Account: a, Workspace: ws}}
}

// External stores what was written outside tandem. A person's word silences the bot. What turns out to be
// ours after all, because its answer was lost, is settled.
func (r Room) External(tx *store.Tx, e Event) error {
	if m, err := tx.MessageByExternal(e.Account.ID, e.External); err == nil {
		_, err = tx.Deliver(&m, tandem.Sent, "", "")
		return err
	}
	if ours, err := settled(tx, e); err != nil || ours {
		return err
	}
	c, th, _, err := r.place(tx, e)
	if err != nil {
		return err
	}
	auto, err := machine(tx, e, th)
	if err != nil {
		return err
	}
	m := tandem.Message{Origin: tandem.FromExternal, Text: e.Text, Parts: keeping(e.Parts), External: e.External, ReplyTo: e.ReplyTo, Delivery: tandem.Sent, Kind: e.App, At: e.At, SentAt: e.At}
	fresh, err := tx.AddMessage(&c, th, &m)
	if err != nil || !fresh {
		return err
	}
	if err := fetch(tx, e.Account.ID, m); err != nil || auto {
		return err
	}
	return answeredElsewhere(tx, c)
}

// answeredElsewhere is a person's answer that was given outside tandem: a take-over (I9).
func answeredElsewhere(tx *store.Tx, c tandem.Conversation) error {
	if err := tx.Outdate(c.ID, tandem.DraftStale); err != nil {
		return err
	}
	if err := tx.Dispose(&c, c.Asked, tandem.AnsweredByHuman); err != nil {
		return err
	}
	if c.Owner == tandem.Bot || c.Owner == tandem.Queue {
		if err := tx.Transfer(&c, tandem.Human, "", "external", "answered_elsewhere"); err != nil {
			return err
		}
	}
	if h, err := tx.OpenHandover(c.ID); err == nil && h.FirstReply.IsZero() {
		h.FirstReply = tx.Now
		if err := tx.SaveHandover(h); err != nil {
			return err
		}
	}
	return tx.SaveConversation(c)
}

// settled attaches an echo that carries nothing of ours to the message whose fate it tells, by its words: not
// every echo has our mark, and the platform's answer with the id may have been lost (CHANNELS.md 2.2, 7.3).
func settled(tx *store.Tx, e Event) (bool, error) {
	m, piece, err := tx.Doubtful(e.Account.ID, e.User, e.Text)
	switch {
	case err != nil:
		return false, known(err)
	case piece:
		return true, tx.AddPieces(e.Account.ID, m.ID, []string{e.External})
	}
	return true, sentEcho(tx, m, e)
}

// machine tells whether no person wrote an echo: it is a card that the platform puts into a thread, it comes
// from our own app, or from no app at all and sooner after the customer's message than anybody types: an instant
// reply, an away message (CHANNELS.md 7.3).
func machine(tx *store.Tx, e Event, th tandem.Thread) (bool, error) {
	switch e.Account.Settings[channel.EchoSetting] {
	case echoAlways:
		return false, nil
	case echoNever:
		return true, nil
	}
	if e.Auto || e.App != "" || e.Late || th.Surface.Public() {
		return e.Auto, nil
	}
	asked, err := tx.AskedBefore(th.ID, e.At)
	return err == nil && !asked.IsZero() && e.At.Sub(asked) < byMachine, err
}
