package intake

import (
	"strconv"

	"tandem"
	"tandem/store"
)

// echo is something the company said. Ours is attached to its row; anything else was written by a
// person elsewhere and takes the conversation over (I9), unless the platform itself wrote it.
func (r Room) echo(tx *store.Tx, e Event) error {
	if e.Ours != "" {
		if m, err := tx.Message(e.Ours); err == nil {
			_, err = tx.Deliver(&m, tandem.Sent, e.External, "")
			return err
		}
	}
	if m, err := tx.MessageByExternal(e.Account.ID, e.External); err == nil {
		_, err = tx.Deliver(&m, tandem.Sent, "", "")
		return err
	}
	if e.User == "" { // our own comment: whose it answers tells where it belongs
		m, err := tx.MessageByExternal(e.Account.ID, e.ReplyTo)
		if err != nil {
			return known(err)
		}
		th, err := tx.Thread(m.Thread)
		if err != nil {
			return err
		}
		e.User, e.Thread, e.Surface = th.To, th.External, th.Surface
	}
	if e.Ours == "" && !e.Auto { // the answer to our own send may still be under way: look again shortly
		return tx.Enqueue(store.Job{Kind: "echo", Arg: EchoArg(e), Queue: "echo:" + e.User, RunAt: tx.Now.Add(settleEcho)})
	}
	return r.External(tx, e, e.Auto)
}

// External stores what was written outside tandem. A person's word silences the bot.
func (r Room) External(tx *store.Tx, e Event, auto bool) error {
	if m, err := tx.MessageByExternal(e.Account.ID, e.External); err == nil {
		_, err = tx.Deliver(&m, tandem.Sent, "", "")
		return err
	}
	c, th, _, err := r.place(tx, e)
	if err != nil {
		return err
	}
	m := tandem.Message{Origin: tandem.FromExternal, Text: e.Text, Parts: e.Parts, External: e.External, ReplyTo: e.ReplyTo, Delivery: tandem.Sent, Kind: e.App, At: e.At, SentAt: e.At}
	fresh, err := tx.AddMessage(&c, th, &m)
	if err != nil || !fresh || auto {
		return err
	}
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

// receipt is how far a message got, by its id or, where the platform has only a watermark, by time.
func (r Room) receipt(tx *store.Tx, e Event) error {
	if e.Target != "" {
		m, err := tx.MessageByExternal(e.Account.ID, e.Target)
		if tandem.KindOf(err) == tandem.NotFound {
			return nil // about something older than we are
		}
		if err != nil {
			return err
		}
		_, err = tx.Deliver(&m, e.State, "", e.Problem)
		if err == nil && e.State == tandem.Read && e.Surface != tandem.Comment {
			return tx.SentBefore(m.Thread, m.SentAt, tandem.Read)
		}
		return err
	}
	_, th, _, err := r.place(tx, e)
	if err != nil {
		return err
	}
	if e.Seq > 0 { // the widget counts by our own numbers
		return tx.SentUpTo(th.ID, e.Seq, e.State)
	}
	return tx.SentBefore(th.ID, e.At, e.State)
}

// known lets pass that something is older than we are.
func known(err error) error {
	if tandem.KindOf(err) == tandem.NotFound {
		return nil
	}
	return err
}

func (r Room) target(tx *store.Tx, e Event) (tandem.Message, bool, error) {
	id := e.Target
	if id == "" {
		id = e.External
	}
	m, err := tx.MessageByExternal(e.Account.ID, id)
	if tandem.KindOf(err) == tandem.NotFound {
		return m, false, nil
	}
	return m, err == nil, err
}

// edited is a customer's correction: the turn looks at the conversation again.
func (r Room) edited(tx *store.Tx, e Event) error {
	m, ok, err := r.target(tx, e)
	if err != nil || !ok {
		return err
	}
	if err := tx.EditMessage(m, e.Text, &e.reading); err != nil || !m.Inbound() {
		return err
	}
	c, err := tx.Conversation(m.Conversation)
	if err != nil {
		return err
	}
	c.Rev++
	if err := tx.SaveConversation(c); err != nil {
		return err
	}
	if err := tx.Outdate(c.ID, tandem.DraftStale); err != nil {
		return err
	}
	return r.owe(tx, c, e.reading)
}

// deleted is a customer who took a message back: its content goes, a tombstone stays. Nobody owes it
// an answer any more; what else waits is looked at again.
func (r Room) deleted(tx *store.Tx, e Event) error {
	m, ok, err := r.target(tx, e)
	if err != nil || !ok {
		return err
	}
	if err := tx.RemoveMessage(m); err != nil {
		return err
	}
	c, err := tx.Conversation(m.Conversation)
	if err != nil {
		return err
	}
	c.Rev++
	if c.Seq == m.Seq {
		c.Preview = ""
	}
	if !m.Inbound() || m.Disposition != tandem.Pending && m.Disposition != tandem.WithHuman {
		return tx.SaveConversation(c)
	}
	if err := tx.Outdate(c.ID, tandem.DraftStale); err != nil {
		return err
	}
	s, err := tx.Snapshot(c.ID)
	if err != nil {
		return err
	}
	if open := s.Unanswered(); len(open) == 0 {
		c.Answered = c.Asked
	} else {
		c.Answered = max(c.Answered, open[0].Seq-1)
		if err := tx.Enqueue(TurnJob(c.ID, tx.Now)); err != nil {
			return err
		}
	}
	return tx.SaveConversation(c)
}

func (r Room) hidden(tx *store.Tx, e Event) error {
	m, ok, err := r.target(tx, e)
	if err != nil || !ok {
		return err
	}
	return tx.HideMessage(m, e.State != tandem.Delivered)
}

// reaction is kept as an event: an angry face at a bot's answer is a sign, not a message.
func (r Room) reaction(tx *store.Tx, e Event) error {
	m, ok, err := r.target(tx, e)
	if err != nil || !ok {
		return err
	}
	tx.Emit(tandem.Event{Kind: tandem.MessageChanged, Conversation: m.Conversation, Subject: string(m.ID), Actor: "customer", Code: "reaction", Data: map[string]any{"emoji": e.Text, "seq": m.Seq}})
	return nil
}

// identity records that the platform knows a person by a further id.
func (r Room) identity(tx *store.Tx, e Event) error {
	who, err := tx.Identify(e.Account.ID, e.User, tandem.Profile{Name: e.Name, Username: e.Username}, e.Verified)
	if err != nil {
		return err
	}
	for _, alias := range e.Alias {
		if err := tx.Alias(who, alias); err != nil {
			return err
		}
	}
	return nil
}

// control says who owns a thread on the platform. Another owner silences the bot there; when it is
// ours again, what waits is looked at.
func (r Room) control(tx *store.Tx, e Event) error {
	c, th, _, err := r.place(tx, e)
	if err != nil {
		return err
	}
	if e.State != tandem.StateOurs {
		return elsewhere(tx, &c, th)
	}
	if err := tx.Elsewhere(th.ID, false); err != nil {
		return err
	}
	return tx.Enqueue(TurnJob(c.ID, tx.Now))
}

// elsewhere marks a place that somebody else owns. The conversation is people's from then on.
func elsewhere(tx *store.Tx, c *tandem.Conversation, th tandem.Thread) error {
	if err := tx.Elsewhere(th.ID, true); err != nil || c.Owner != tandem.Bot {
		return err
	}
	if err := tx.Dispose(c, c.Asked, tandem.WithHuman); err != nil {
		return err
	}
	if err := tx.Outdate(c.ID, tandem.DraftStale); err != nil {
		return err
	}
	return tx.Transfer(c, tandem.Human, "", "external", "owned_elsewhere")
}

// alert is about the account itself: an expired token, a restriction.
func (r Room) alert(tx *store.Tx, e Event) error {
	_, err := tx.AccountState(e.Account.ID, tandem.AccountBroken, e.Problem)
	return err
}

// rating is a customer's score, 1 to 5, of the newest case.
func (r Room) rating(tx *store.Tx, e Event) error {
	c, _, _, err := r.place(tx, e)
	if err != nil {
		return err
	}
	score, words := e.Text, ""
	if len(score) > 1 {
		score, words = score[:1], score[1:]
	}
	n, err := strconv.Atoi(score)
	if err != nil || n < 1 || n > 5 {
		return tandem.Coded(tandem.Invalid, "bad_rating", "a rating is a number from 1 to 5")
	}
	tx.Emit(tandem.Event{Kind: tandem.ConversationMoved, Conversation: c.ID, Actor: "customer", Code: "rated", Data: map[string]any{"score": n}})
	return tx.Rate(c.ID, n, words)
}
