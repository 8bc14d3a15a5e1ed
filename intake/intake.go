// Package intake lets events of platforms in: exactly once, to the right customer's one
// conversation, durable before the platform hears OK. It never answers and never decides; it leaves
// a job for the turn.
package intake

import (
	"context"
	"time"

	"tandem"
	"tandem/channel"
	"tandem/store"
)

// Room accepts inbound events.
type Room struct {
	DB *store.DB
	// Read tells what a message means by itself; it is pure and fast. The reading is stored with the
	// message and decides whether a burst is gathered.
	Read func(text string, parts []tandem.Part) tandem.Reading
	// Urgent tells whether a reading calls for a turn at once.
	Urgent func(tandem.Reading) bool
	// Gather is how long the messages of a burst are gathered into one turn, at most a second.
	Gather time.Duration
}

// Raw is a webhook call as it came, kept for audit.
type Raw struct {
	Hook   string
	Header string // names and harmless values only
	Body   []byte
}

// Event is an inbound event with the account it is for.
type Event struct {
	tandem.Inbound
	Account store.StoredAccount
	Again   bool // of a receipt: it was early and is looked at for the second time
	reading tandem.Reading
}

// Accept stores what one call of a platform brought: all of a workspace in one transaction. When it
// returns nil everything is durable; the same call again changes nothing.
func (r Room) Accept(ctx context.Context, ws tandem.WorkspaceID, raw Raw, events []Event) (err error) {
	defer tandem.Wrap(&err, "accept")
	r.read(events)
	return r.DB.Write(ctx, ws, func(tx *store.Tx) error {
		news := false
		for _, e := range events {
			fresh, err := r.one(tx, e)
			if err != nil {
				return err
			}
			news = news || fresh
		}
		if !news && len(events) > 0 { // a repeat: its body is already kept
			return nil
		}
		return tx.KeepRaw(raw.Hook, raw.Header, string(raw.Body), "")
	})
}

// read tells what each message means by itself.
func (r Room) read(events []Event) {
	for i := range events {
		if e := &events[i]; e.Kind == tandem.InMessage || e.Kind == tandem.InEdited || e.Kind == tandem.InHuman {
			e.reading = r.Read(e.Text, e.Parts)
		}
	}
}

// one stores one event and tells whether it was new.
func (r Room) one(tx *store.Tx, e Event) (bool, error) {
	if e.At.IsZero() {
		e.At = tx.Now
	}
	if known, err := r.fetched(tx, e); err != nil || known {
		return false, err
	}
	if e.Key != "" {
		if fresh, err := tx.Seen(e.Account.ID, string(e.Kind)+":"+e.Key); err != nil || !fresh {
			return false, err
		}
	}
	handle, known := handlers[e.Kind]
	if !known {
		return false, nil
	}
	return true, handle(r, tx, e)
}

// handlers says what each kind of event does. A kind that is not here is kept raw and does nothing.
var handlers = map[tandem.InboundKind]func(Room, *store.Tx, Event) error{
	tandem.InMessage:  Room.message,
	tandem.InHuman:    Room.wantsHuman,
	tandem.InEcho:     Room.echo,
	tandem.InReceipt:  Room.receipt,
	tandem.InEdited:   Room.edited,
	tandem.InDeleted:  Room.deleted,
	tandem.InHidden:   Room.hidden,
	tandem.InReaction: Room.reaction,
	tandem.InIdentity: Room.identity,
	tandem.InControl:  Room.control,
	tandem.InAlert:    Room.alert,
	tandem.InNews:     Room.news,
	tandem.InRating:   Room.rating,
	tandem.InConsent:  Room.consent,
	tandem.InReferral: Room.referral,
}

// place finds the customer, the conversation and the thread of an event.
func (r Room) place(tx *store.Tx, e Event) (tandem.Conversation, tandem.Thread, tandem.Identity, error) {
	if err := tx.Adopt(e.Account.ID, e.User, e.Alias); err != nil {
		return tandem.Conversation{}, tandem.Thread{}, tandem.Identity{}, err
	}
	who, err := tx.Identify(e.Account.ID, e.User, tandem.Profile{Name: e.Name, Username: e.Username}, e.Verified)
	if err != nil {
		return tandem.Conversation{}, tandem.Thread{}, who, err
	}
	c, err := tx.ConversationOf(who.Customer, e.At)
	if err != nil {
		return c, tandem.Thread{}, who, err
	}
	key := e.Thread
	if key == "" {
		key = e.User
	}
	surface := e.Surface
	if surface == "" {
		surface = tandem.Direct
	}
	th, err := tx.ThreadOf(c.ID, tandem.Thread{Account: e.Account.ID, Surface: surface, External: key, Subject: e.Subject, To: e.User})
	return c, th, who, err
}

// message is a customer's message: stored, the window opened, drafts of older state outdated, and a
// turn owed.
func (r Room) message(tx *store.Tx, e Event) error {
	c, th, who, err := r.place(tx, e)
	if err != nil {
		return err
	}
	if c.Owner == tandem.Closed { // somebody owns every message: the bot looks first, policy may hand over
		if err := tx.Transfer(&c, tandem.Bot, "", "customer", "reopened"); err != nil {
			return err
		}
	}
	gone, err := r.foretold(tx, &e)
	if err != nil {
		return err
	}
	m := tandem.Message{
		Origin: tandem.FromCustomer, Text: e.Text, Parts: keeping(e.Parts), External: e.External, ReplyTo: e.ReplyTo,
		Delivery: tandem.Received, Disposition: tandem.Pending, Reading: &e.reading, At: e.At,
	}
	if c.Owner != tandem.Bot {
		m.Disposition = tandem.WithHuman
	}
	if err := brought(tx, e.Account.ID, m.Parts); err != nil {
		return err
	}
	if e.Kind == tandem.InHuman {
		m.Kind = "human"
	}
	fresh, err := tx.AddMessage(&c, th, &m)
	if err != nil || !fresh {
		return err
	}
	if gone { // a tombstone, and nothing that anybody owes
		return r.deleted(tx, Event{Inbound: tandem.Inbound{Target: m.External, User: e.User, At: e.At}, Account: e.Account})
	}
	return r.arrived(tx, e, c, th, who, m)
}

// arrived is what a new message of a customer brings about.
func (r Room) arrived(tx *store.Tx, e Event, c tandem.Conversation, th tandem.Thread, who tandem.Identity, m tandem.Message) error {
	if err := fetch(tx, e.Account.ID, m); err != nil {
		return err
	}
	if err := r.beside(tx, e, &c); err != nil {
		return err
	}
	for _, alias := range e.Alias { // the platform knows the same person by further ids
		if err := tx.Alias(who, alias); err != nil {
			return err
		}
	}
	if err := tx.Mood(c.ID, e.reading.Mood.Score()); err != nil {
		return err
	}
	if th.Surface != tandem.Comment { // a comment alone does not open the window (CHANNELS.md 9.1, strict reading)
		if err := tx.OpenWindow(th.ID, e.At); err != nil {
			return err
		}
	}
	if err := overtake(tx, &c, "newer_message"); err != nil {
		return err
	}
	if who.Name == "" && e.Name == "" {
		if err := tx.Enqueue(store.Job{Kind: "profile", Arg: string(who.ID), Once: "profile:" + string(who.ID)}); err != nil {
			return err
		}
	}
	if e.Standby {
		return elsewhere(tx, &c, th)
	}
	return r.owe(tx, c, e.reading)
}

// foretold gives a message the words that it was told to have by now, and tells whether it was taken back: then
// nothing of it is kept.
func (r Room) foretold(tx *store.Tx, e *Event) (gone bool, err error) {
	all, err := tx.ForetoldOf(e.Account.ID, e.External)
	for _, f := range all {
		switch f.Kind {
		case tandem.InDeleted:
			gone, e.Text, e.Parts, e.reading = true, "", nil, tandem.Reading{}
		case tandem.InEdited:
			e.Text, e.reading = f.Text, r.Read(f.Text, e.Parts)
		}
	}
	return gone, err
}

// overtake makes void what was written and approved before the customer said this: nobody had read it then.
func overtake(tx *store.Tx, c *tandem.Conversation, why string) error {
	if err := tx.Withdraw(c, "", why); err != nil {
		return err
	}
	if err := tx.WithdrawActions(c.ID, "", why); err != nil {
		return err
	}
	return tx.Outdate(c.ID, tandem.DraftStale)
}

// beside is what a message tells beside its words: that it goes on from a call, how its author came, and
// whether they want to be written to.
func (r Room) beside(tx *store.Tx, e Event, c *tandem.Conversation) error {
	if err := r.fromVoice(tx, e, c); err != nil {
		return err
	}
	if wish, ok := channel.Consent(e.Inbound); ok {
		if err := wishes(tx, c.ID, Event{Inbound: wish, Account: e.Account}); err != nil {
			return err
		}
	}
	return came(tx, c.ID, e)
}

// owe leaves a turn: at once for a hard trigger, otherwise when the burst is over.
func (r Room) owe(tx *store.Tx, c tandem.Conversation, reading tandem.Reading) error {
	at := tx.Now
	if !r.Urgent(reading) {
		at = at.Add(r.Gather)
	}
	return tx.Enqueue(TurnJob(c.ID, at))
}

// TurnJob is the job that thinks about a conversation. One waits at most; they run one at a time.
func TurnJob(c tandem.ConversationID, at time.Time) store.Job {
	return store.Job{Kind: "turn", Arg: string(c), Queue: "turn:" + string(c), Once: "turn:" + string(c), RunAt: at}
}

// wantsHuman is the button "talk to a person": a message like any other, whose meaning is certain.
func (r Room) wantsHuman(tx *store.Tx, e Event) error {
	e.reading.WantsHuman, e.reading.HumanScore, e.reading.Touchpoint = true, 1, "human_request"
	e.reading.Set = []string{"human_request"}
	e.reading.Evidence = append(e.reading.Evidence, tandem.Evidence{Layer: "human", Code: "button", Text: e.Text, Weight: 1})
	if e.reading.Version == "" {
		e.reading.Version = "button"
	}
	return r.message(tx, e)
}
