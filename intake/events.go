package intake

import (
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"

	"tandem"
	"tandem/store"
)

// echo is something the company said. Ours is attached to its row; anything else was written by a
// person elsewhere and takes the conversation over (I9), unless the platform itself wrote it.
func (r Room) echo(tx *store.Tx, e Event) error {
	if e.Ours != "" {
		if m, err := tx.Message(e.Ours); err == nil {
			return sentEcho(tx, m, e)
		}
	}
	if m, err := tx.MessageByExternal(e.Account.ID, e.External); err == nil {
		return sentEcho(tx, m, e)
	}
	if e.User == "" { // our own comment: whose it answers tells where it belongs
		th, err := r.answered(tx, e)
		if err != nil {
			return known(err)
		}
		e.User, e.Thread, e.Surface = th.To, th.External, th.Surface
	}
	if e.Ours == "" && !e.Late { // the answer to our own send may still be under way: look again shortly
		return tx.Enqueue(store.Job{Kind: "echo", Arg: EchoArg(e), Queue: "echo:" + e.User, RunAt: tx.Now.Add(settleEcho)})
	}
	return r.External(tx, e)
}

// sentEcho attaches an echo to our own row. Of a message in several pieces each piece has an echo; only
// the last piece's id is the message's own, which the answer to the send tells.
func sentEcho(tx *store.Tx, m tandem.Message, e Event) error {
	if e.Piece > 0 { // it tells nothing of the pieces after it
		return tx.AddPieces(e.Account.ID, m.ID, []string{e.External}, e.Piece)
	}
	if _, err := tx.Deliver(&m, tandem.Sent, e.External, ""); err != nil || m.SentAt.IsZero() || e.At.IsZero() {
		return err
	}
	return tx.SentAt(m, e.At)
}

// answered is the public thread that our own comment belongs to. Where it hangs below a root comment
// under which several people write, the person whom it names first is meant, otherwise the root's author.
func (r Room) answered(tx *store.Tx, e Event) (tandem.Thread, error) {
	if name, ok := strings.CutPrefix(strings.TrimSpace(e.Text), "@"); ok {
		if i := strings.IndexFunc(name, unicode.IsSpace); i > 0 {
			name = name[:i]
		}
		th, err := tx.ThreadBelow(e.Account.ID, e.ReplyTo, strings.TrimRight(name, ",:;.!?"))
		if err == nil || tandem.KindOf(err) != tandem.NotFound {
			return th, err
		}
	}
	m, err := tx.MessageByExternal(e.Account.ID, e.ReplyTo)
	if err != nil {
		return tandem.Thread{}, err
	}
	return tx.Thread(m.Thread)
}

// receipt is how far a message got, by its id or, where the platform has only a watermark, by time.
func (r Room) receipt(tx *store.Tx, e Event) error {
	if e.Target != "" {
		m, err := tx.MessageByExternal(e.Account.ID, e.Target)
		if tandem.KindOf(err) == tandem.NotFound {
			return r.early(tx, e)
		}
		if err != nil {
			return err
		}
		if e.State == tandem.Failed {
			if err := tx.PieceLost(e.Account.ID, e.Target); err != nil {
				return err
			}
		}
		if m.External != e.Target { // a piece of a longer message: the last one speaks for all, unless one is lost
			if e.State == tandem.Failed {
				return tx.PieceFailed(m)
			}
			return nil
		}
		fresh, err := tx.Deliver(&m, e.State, "", e.Problem)
		if err == nil && fresh && e.State == tandem.Failed {
			return Refused(tx, m.ID)
		}
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

// early is a receipt that overtook the answer to our own send: it is looked at again when that must be
// in; where the answer was lost, the receipt settles what became of the message. Without a word of ours in it,
// it is about something older than we are.
func (r Room) early(tx *store.Tx, e Event) error {
	m, err := tx.Message(e.Ours)
	if err == nil && e.Piece > 0 {
		if e.State == tandem.Failed {
			return tx.PieceFailed(m)
		}
		return nil
	}
	if err != nil || m.External != "" || m.Delivery == tandem.Queued {
		return known(err)
	}
	if e.Again { // the answer never came: the receipt carries our word, so it tells the id and what became of it
		_, err := tx.Deliver(&m, e.State, e.Target, e.Problem)
		return err
	}
	return tx.Enqueue(store.Job{Kind: "receipt", Arg: EchoArg(e), RunAt: tx.Now.Add(settleEcho)})
}

// Receipt looks again at a receipt that was early.
func (r Room) Receipt(tx *store.Tx, e Event) error {
	e.Again = true
	return r.receipt(tx, e)
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

// messageChanged is why what was approved is void: the customer has changed what it was about.
const messageChanged = "message_changed"

// edited is a customer's correction: what was approved before it is void, and the turn looks at the
// conversation again.
func (r Room) edited(tx *store.Tx, e Event) error {
	m, ok, err := r.target(tx, e)
	if err != nil {
		return err
	}
	if !ok {
		return foretell(tx, e)
	}
	if m.Removed || m.Edited.After(e.At) || m.Text == e.Text { // the news came out of order, or is none
		return nil
	}
	if err := tx.EditMessage(m, e.Text, &e.reading, e.At); err != nil || !m.Inbound() {
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
	if err := overtake(tx, &c, messageChanged); err != nil {
		return err
	}
	if err := anew(tx, &c, m, e.reading); err != nil {
		return err
	}
	return r.owe(tx, c, e.reading)
}

// anew makes a message that was answered wait again where its correction is another matter than what was answered.
// A slip of the pen that was mended is none.
func anew(tx *store.Tx, c *tandem.Conversation, before tandem.Message, now tandem.Reading) error {
	m, err := tx.Message(before.ID) // overtake may have made it wait
	if err != nil || m.Disposition == tandem.Pending || m.Disposition == tandem.WithHuman || !another(before.Reading, now) {
		return err
	}
	if c.Owner == tandem.Closed {
		if err := tx.Transfer(c, tandem.Bot, "", "customer", "reopened"); err != nil {
			return err
		}
	}
	if err := tx.Reopen(c, m); err != nil {
		return err
	}
	return tx.SaveConversation(*c)
}

// another tells whether two readings of one message call for different answers.
func another(was *tandem.Reading, now tandem.Reading) bool {
	if was == nil || was.Touchpoint != now.Touchpoint || was.Hard != now.Hard || was.WantsHuman != now.WantsHuman || now.Mood.Score() < was.Mood.Score() {
		return true
	}
	return !slices.EqualFunc(was.Entities, now.Entities, func(a, b tandem.Entity) bool { return a.Kind == b.Kind && a.Value == b.Value })
}

// foretell remembers what was told about a message of a customer that has not come yet.
func foretell(tx *store.Tx, e Event) error {
	if e.Target == "" {
		e.Target = e.External
	}
	if e.Target == "" {
		return nil
	}
	return tx.Foretell(e.Account.ID, e.Inbound)
}

// deleted is a message that was taken back: its content goes, a tombstone stays. Nobody owes it an answer any
// more; what else waits is looked at again.
func (r Room) deleted(tx *store.Tx, e Event) error {
	m, ok, err := r.target(tx, e)
	if err != nil {
		return err
	}
	if !ok {
		return foretell(tx, e)
	}
	c, err := tx.Conversation(m.Conversation)
	if err != nil {
		return err
	}
	if m.Inbound() {
		if err := overtake(tx, &c, messageChanged); err != nil {
			return err
		}
	}
	if m, err = tx.Message(m.ID); err != nil { // it may wait again
		return err
	}
	by, err := remover(tx, m)
	if err != nil {
		return err
	}
	if err := tx.RemoveMessage(m, by); err != nil {
		return err
	}
	c.Rev++
	if c.Seq == m.Seq {
		c.Preview = ""
	}
	if !m.Inbound() || m.Disposition != tandem.Pending && m.Disposition != tandem.WithHuman {
		return tx.SaveConversation(c)
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

// remover is who took a message back, as far as a platform's word about it tells: only in private it is certainly
// who wrote it: the event about a comment that is gone names its author, whoever removed it.
func remover(tx *store.Tx, m tandem.Message) (tandem.Remover, error) {
	th, err := tx.Thread(m.Thread)
	switch {
	case th.Surface.Public():
		return tandem.ByPlatform, err
	case m.Inbound():
		return tandem.ByCustomer, err
	}
	return tandem.ByCompany, err
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
	if _, err := tx.AccountState(e.Account.ID, tandem.AccountBroken, e.Problem); err != nil {
		return err
	}
	return r.news(tx, e)
}

// news is about the account too, but nothing is broken: people should know. What could not be read is
// counted by the day.
func (r Room) news(tx *store.Tx, e Event) error {
	n := tandem.News{Account: e.Account.ID, Code: e.Problem, Subject: e.Text, Once: e.Key, At: e.At}
	if e.Problem == "unreadable" || n.Once == "" {
		n.Once = e.Problem + ":" + e.At.UTC().Format(time.DateOnly)
	}
	if strings.HasPrefix(e.Problem, "template_") { // what is known of the templates is out of date
		if err := tx.Enqueue(store.Job{Kind: "templates", Arg: string(e.Account.ID), Once: "templates:" + string(e.Account.ID)}); err != nil {
			return err
		}
	}
	return tx.AddNews(n)
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
