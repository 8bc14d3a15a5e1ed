package store

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strconv"
	"time"

	"tandem"
)

const messageColumns = `id, conversation, thread, seq, origin, author, draft, text, parts, external, reply_to, key, epoch, delivery, problem, disposition, reading, kind,
	removed, edited, at, received_at, sent_at, read_at, template, held, removed_by`

func scanMessage(r *sql.Rows, m *tandem.Message) error {
	var reading tandem.Reading
	var filled tandem.Filled
	err := r.Scan(&m.ID, &m.Conversation, &m.Thread, &m.Seq, &m.Origin, &m.Author, &m.Draft, &m.Text, body{&m.Parts}, maybe{&m.External}, &m.ReplyTo, maybe{&m.Key},
		&m.Epoch, &m.Delivery, &m.Problem, &m.Disposition, body{&reading}, &m.Kind, flag{&m.Removed}, moment{&m.Edited}, moment{&m.At}, moment{&m.ReceivedAt}, moment{&m.SentAt}, moment{&m.ReadAt}, body{&filled}, moment{&m.Held}, &m.RemovedBy)
	if filled.Name != "" {
		m.Template = &filled
	}
	if reading.Version != "" {
		m.Reading = &reading
	}
	return err
}

// AddMessage appends a message to a conversation that this transaction read, raises seq and rev and
// announces it. A message whose external id or key is already there changes nothing and returns
// false.
func (tx *Tx) AddMessage(c *tandem.Conversation, th tandem.Thread, m *tandem.Message) (bool, error) {
	if m.ID == "" {
		m.ID = tandem.NewID[tandem.MessageID]()
	}
	m.Conversation, m.Thread, m.Seq = c.ID, th.ID, c.Seq+1
	if m.At.IsZero() {
		m.At = tx.Now
	}
	if m.ReceivedAt.IsZero() {
		m.ReceivedAt = tx.Now
	}
	if m.Parts == nil {
		m.Parts = []tandem.Part{}
	}
	reading := ""
	if m.Reading != nil {
		reading = text(m.Reading)
	}
	n, err := tx.exec(`insert into message (workspace, id, conversation, thread, account, seq, origin, author, draft, text, parts, external, reply_to, key, epoch, delivery, problem,
		disposition, reading, kind, at, received_at, sent_at, template, held) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25)
		on conflict do nothing`,
		tx.WS, m.ID, c.ID, th.ID, th.Account, m.Seq, m.Origin, m.Author, m.Draft, m.Text, text(m.Parts), nullable(m.External), m.ReplyTo, nullable(m.Key), m.Epoch, m.Delivery, m.Problem,
		m.Disposition, reading, m.Kind, us(m.At), us(m.ReceivedAt), us(m.SentAt), filled(m.Template), us(m.Held))
	if err != nil || n == 0 {
		return false, err
	}
	c.Seq, c.Rev = m.Seq, c.Rev+1
	if m.Inbound() {
		c.Asked = m.Seq
	}
	if m.Inbound() && m.At.Before(c.LastAt) {
		if err := tx.insertLate(c.ID, m.Seq, m.At); err != nil {
			return false, err
		}
	}
	if !m.At.Before(c.LastAt) || c.Preview == "" {
		shows(c, *m)
	}
	if err := tx.must(`update conversation set last_thread = $3 where workspace = $1 and id = $2`, tx.WS, c.ID, th.ID); err != nil {
		return false, err
	}
	tx.Emit(tandem.Event{Kind: tandem.MessageAdded, Conversation: c.ID, Subject: string(m.ID), Actor: actorOf(*m), Code: string(m.Origin), Data: map[string]any{"seq": m.Seq, "rev": c.Rev}})
	return true, tx.SaveConversation(*c)
}

// insertLate lets a message that was written before another which came earlier stand where its time puts
// it: what is there so far is in the order of the platform's time.
func (tx *Tx) insertLate(c tandem.ConversationID, seq int64, at time.Time) error {
	return tx.must(`update conversation set sorted = $3 where workspace = $1 and id = $2 and sorted < $3
		and exists (select 1 from message m where m.workspace = $1 and m.conversation = $2 and m.origin = 'customer' and m.at > $4)`, tx.WS, c, seq, us(at))
}

// filled is a message's template as it is stored, empty where it is none.
func filled(f *tandem.Filled) string {
	if f == nil {
		return ""
	}
	return text(f)
}

func actorOf(m tandem.Message) string {
	if m.Author != "" {
		return string(m.Author)
	}
	return string(m.Origin)
}

// Message reads a message.
func (db *DB) Message(ctx context.Context, ws tandem.WorkspaceID, id tandem.MessageID) (tandem.Message, error) {
	return get(ctx, db, "message", scanMessage, `select `+messageColumns+` from message where workspace = $1 and id = $2`, ws, id)
}

// Message reads a message within a transaction.
func (tx *Tx) Message(id tandem.MessageID) (tandem.Message, error) {
	return row(context.Background(), tx, "message", scanMessage, `select `+messageColumns+` from message where workspace = $1 and id = $2`, tx.WS, id)
}

// MessageByExternal finds a message of an account by the platform's id of it, or of one of its pieces:
// then its External is another.
func (tx *Tx) MessageByExternal(account tandem.AccountID, external string) (tandem.Message, error) {
	m, err := row(context.Background(), tx, "message", scanMessage, `select `+messageColumns+` from message where workspace = $1 and account = $2 and external = $3`, tx.WS, account, external)
	if tandem.KindOf(err) != tandem.NotFound {
		return m, err
	}
	return row(context.Background(), tx, "message", scanMessage, `select `+messageColumns+` from message where workspace = $1
		and id = (select message from message_piece where workspace = $1 and account = $2 and external = $3)`, tx.WS, account, external)
}

// MessageByKey finds a message by its idempotency key.
func (tx *Tx) MessageByKey(c tandem.ConversationID, key string) (tandem.Message, error) {
	return row(context.Background(), tx, "message", scanMessage, `select `+messageColumns+` from message where workspace = $1 and conversation = $2 and key = $3`, tx.WS, c, key)
}

// MessagesBefore returns at most limit messages of a conversation older than seq, oldest first.
func (db *DB) MessagesBefore(ctx context.Context, ws tandem.WorkspaceID, c tandem.ConversationID, seq int64, limit int) ([]tandem.Message, error) {
	return list(ctx, db, scanMessage, `select `+messageColumns+` from (select * from message where workspace = $1 and conversation = $2 and seq < $3 order by seq desc`+top(limit)+`) as newest order by seq`, ws, c, seq)
}

// Earlier returns at most limit messages of a conversation that stand before the one with a number,
// oldest first, as people read them: what a merge brought stands where its time puts it. A number
// that no message has asks for the newest.
func (db *DB) Earlier(ctx context.Context, ws tandem.WorkspaceID, c tandem.ConversationID, seq int64, limit int) (out []tandem.Message, err error) {
	err = db.view(ctx, func(q querier) error {
		ref, err := rows(ctx, q, one[int64], `select at from message where workspace = $1 and conversation = $2 and seq = $3`, ws, c, seq)
		if err != nil {
			return err
		}
		sorted, err := sortedUpTo(ctx, q, ws, c)
		if err != nil {
			return err
		}
		switch {
		case len(ref) == 0:
			out, err = readable(ctx, q, ws, c, sorted, "seq > $4", 0, limit)
		case seq > sorted:
			out, err = readable(ctx, q, ws, c, sorted, "seq < $4", seq, limit)
		default:
			out, err = readable(ctx, q, ws, c, sorted, fmt.Sprintf("seq <= $3 and (at, seq) < (%d, $4)", ref[0]), seq, limit)
		}
		return err
	})
	return out, err
}

// sortedUpTo returns the number up to which messages stand in the order of their time.
func sortedUpTo(ctx context.Context, q querier, ws tandem.WorkspaceID, c tandem.ConversationID) (int64, error) {
	n, err := rows(ctx, q, one[int64], `select sorted from conversation where workspace = $1 and id = $2`, ws, c)
	if err != nil || len(n) == 0 {
		return 0, err
	}
	return n[0], nil
}

// readable reads the last messages under a condition in the order of reading. Where nothing was ever
// merged that is the order of the numbers, and the key serves it.
func readable(ctx context.Context, q querier, ws tandem.WorkspaceID, c tandem.ConversationID, sorted int64, cond string, arg int64, limit int) ([]tandem.Message, error) {
	rank := `case when seq > $3 then seq else 0 end`
	order, back := rank+` desc, at desc, seq desc`, rank+`, at, seq`
	if sorted == 0 {
		order, back = `seq desc`, `seq`
	}
	return rows(ctx, q, scanMessage, `select `+messageColumns+` from (select * from message where workspace = $1 and conversation = $2 and cast($3 as bigint) >= 0 and `+cond+`
		order by `+order+top(limit)+`) as newest order by `+back, ws, c, sorted, arg)
}

// newest returns the last messages as they are read. A customer's message that still waits for an
// answer is among them however old it is.
func newest(ctx context.Context, q querier, ws tandem.WorkspaceID, c tandem.ConversationID, limit int) ([]tandem.Message, error) {
	sorted, err := sortedUpTo(ctx, q, ws, c)
	if err != nil {
		return nil, err
	}
	all, err := readable(ctx, q, ws, c, sorted, "seq > $4", 0, limit)
	if err != nil || sorted == 0 || len(all) < limit {
		return all, err
	}
	open, err := readable(ctx, q, ws, c, sorted, "seq > $4 and origin = 'customer' and disposition in ('pending', 'queued')", 0, limit)
	if err != nil {
		return nil, err
	}
	shown := map[tandem.MessageID]bool{}
	for _, m := range all {
		shown[m.ID] = true
	}
	open = slices.DeleteFunc(open, func(m tandem.Message) bool { return shown[m.ID] })
	return append(open, all...), nil
}

// ThreadMessages returns what one thread shows after a sequence number, oldest first: the widget's
// history. Rows that were never sent are left out.
func (db *DB) ThreadMessages(ctx context.Context, ws tandem.WorkspaceID, th tandem.ThreadID, after int64, limit int) ([]tandem.Message, error) {
	return list(ctx, db, scanMessage, `select `+messageColumns+` from message where workspace = $1 and thread = $2 and seq > $3
		and delivery in ('received', 'sending', 'sent', 'delivered', 'read', 'unknown') order by seq`+top(limit), ws, th, after)
}

// Dispose records what became of the customer's messages up to a number (I6).
func (tx *Tx) Dispose(c *tandem.Conversation, upto int64, d tandem.Disposition) error {
	if upto > c.Answered && d != tandem.WithHuman { // a person still owes the answer
		c.Answered = upto
	}
	return tx.must(`update message set disposition = case when seq = $4 or $5 <> 'bot' then $5 else 'merged' end
		where workspace = $1 and conversation = $2 and origin = 'customer' and seq <= $3 and disposition in ('pending', 'queued')`, tx.WS, c.ID, upto, c.Asked, d)
}

// ladder orders delivery states: a later report never lowers an earlier one.
var ladder = map[tandem.Delivery]int{
	tandem.Queued: 0, tandem.Sending: 1, tandem.Unknown: 2, tandem.Sent: 3, tandem.Failed: 4, tandem.Delivered: 5, tandem.Read: 6,
}

// Deliver records how far a message got. A report that is not further than what is known changes
// nothing and returns false.
func (tx *Tx) Deliver(m *tandem.Message, to tandem.Delivery, external, problem string) (bool, error) {
	if ladder[to] <= ladder[m.Delivery] || m.Delivery == tandem.Suppressed {
		return false, nil
	}
	m.Delivery, m.Problem = to, problem
	if external != "" {
		m.External = external
	}
	if (to == tandem.Sent || to == tandem.Delivered || to == tandem.Read) && m.SentAt.IsZero() {
		m.SentAt = tx.Now
	}
	if to == tandem.Read {
		m.ReadAt = tx.Now
	}
	tx.Emit(tandem.Event{Kind: tandem.MessageChanged, Conversation: m.Conversation, Subject: string(m.ID), Code: string(to), Data: map[string]any{"seq": m.Seq}})
	return true, tx.must(`update message set delivery = $3, problem = $4, external = coalesce(external, $5), sent_at = $6, read_at = $7 where workspace = $1 and id = $2`,
		tx.WS, m.ID, m.Delivery, m.Problem, nullable(external), us(m.SentAt), us(m.ReadAt))
}

// Requeue gives a failed or unknown message back to the sender on a person's word. The platform's id of the
// attempt that failed goes: the next one has another, and what the platform says is about that. The problem is the
// code of why it waits, empty for no reason but its turn.
func (tx *Tx) Requeue(m *tandem.Message, to tandem.Delivery, problem string) error {
	m.Delivery, m.Problem, m.External, m.SentAt = to, problem, "", time.Time{}
	tx.Emit(tandem.Event{Kind: tandem.MessageChanged, Conversation: m.Conversation, Subject: string(m.ID), Code: string(to), Data: map[string]any{"seq": m.Seq}})
	return tx.must(`update message set delivery = $3, problem = $4, external = null, sent_at = 0 where workspace = $1 and id = $2`, tx.WS, m.ID, to, problem)
}

// SentBefore marks what was sent on a thread up to a platform time as delivered or read: the
// watermark receipts of Messenger and the reading of a widget.
func (tx *Tx) SentBefore(th tandem.ThreadID, upto time.Time, to tandem.Delivery) error {
	return tx.climb(to, `thread = $2 and sent_at > 0 and sent_at <= $3`, th, us(upto))
}

// SentUpTo is SentBefore by our own sequence number.
func (tx *Tx) SentUpTo(th tandem.ThreadID, seq int64, to tandem.Delivery) error {
	return tx.climb(to, `thread = $2 and seq <= $3`, th, seq)
}

func (tx *Tx) climb(to tandem.Delivery, cond string, th tandem.ThreadID, upto int64) error {
	all, err := rows(context.Background(), tx, scanMessage, `select `+messageColumns+` from message where workspace = $1 and `+cond+` and origin <> 'customer'
		and delivery in ('sent', 'delivered', 'unknown') order by seq`, tx.WS, th, upto)
	if err != nil {
		return err
	}
	for i := range all {
		if _, err := tx.Deliver(&all[i], to, "", ""); err != nil {
			return err
		}
	}
	return nil
}

// EditMessage stores what a message says since a moment of the platform's time; RemoveMessage blanks what was taken
// back. The zero moment: it said so from the beginning, and we learn it only now.
func (tx *Tx) EditMessage(m tandem.Message, to string, reading *tandem.Reading, at time.Time) error {
	js := ""
	if reading != nil {
		js = text(reading)
	}
	tx.Emit(tandem.Event{Kind: tandem.MessageChanged, Conversation: m.Conversation, Subject: string(m.ID), Code: "edited", Actor: "customer", Data: map[string]any{"seq": m.Seq}})
	return tx.must(`update message set text = $3, reading = $4, edited = $5 where workspace = $1 and id = $2`, tx.WS, m.ID, to, js, us(at))
}

// Reopen makes a customer's message that had an answer wait for one again: it does not say any more what was
// answered. The key of the bot's answer is free for another one (I4 is about the same words).
func (tx *Tx) Reopen(c *tandem.Conversation, m tandem.Message) error {
	to := tandem.Pending
	if c.Owner != tandem.Bot {
		to = tandem.WithHuman
	}
	c.Answered = min(c.Answered, m.Seq-1)
	if err := tx.must(`update message set key = key || ':' || id where workspace = $1 and conversation = $2 and key = $3`, tx.WS, c.ID, "bot:"+strconv.FormatInt(c.Asked, 10)); err != nil {
		return err
	}
	return tx.must(`update message set disposition = $3 where workspace = $1 and id = $2`, tx.WS, m.ID, to)
}

// HideMessage records that a public comment was hidden or shown.
func (tx *Tx) HideMessage(m tandem.Message, hidden bool) error {
	code := "shown"
	if hidden {
		code = "hidden"
	}
	tx.Emit(tandem.Event{Kind: tandem.MessageChanged, Conversation: m.Conversation, Subject: string(m.ID), Code: code, Data: map[string]any{"seq": m.Seq}})
	return tx.must(`update message set hidden = $3 where workspace = $1 and id = $2`, tx.WS, m.ID, bit(hidden))
}

// SetMessageDecision links a message with the decision that led to it and its buttons.
func (tx *Tx) SetMessageDecision(id tandem.MessageID, d tandem.DecisionID, choice []string) error {
	if choice == nil {
		choice = []string{}
	}
	return tx.must(`update message set decision = $3, choice = $4 where workspace = $1 and id = $2`, tx.WS, id, d, text(choice))
}

// Extra is what a message carries besides the noun: its decision, buttons and visibility.
type Extra struct {
	Decision tandem.DecisionID
	Choice   []string
	Hidden   bool
	Account  tandem.AccountID
}

// MessageExtra returns a message's extra data.
func (db *DB) MessageExtra(ctx context.Context, ws tandem.WorkspaceID, id tandem.MessageID) (Extra, error) {
	return get(ctx, db, "message", func(r *sql.Rows, e *Extra) error {
		return r.Scan(&e.Decision, body{&e.Choice}, flag{&e.Hidden}, &e.Account)
	}, `select decision, choice, hidden, account from message where workspace = $1 and id = $2`, ws, id)
}

// Overdue counts customers' messages without a disposition that were received before a moment. The
// expected number is 0 (I6).
func (db *DB) Overdue(ctx context.Context, ws tandem.WorkspaceID, before time.Time) (int, error) {
	return get(ctx, db, "workspace", one[int], `select count(*) from message where workspace = $1 and disposition = 'pending' and received_at < $2`, ws, us(before))
}

// SuppressMessage marks a bot row that was refused at dispatch. The customer's message it answered is
// owed by people where they have the conversation; where a person has closed it or given it back
// since, it was settled by that.
func (tx *Tx) SuppressMessage(c tandem.Conversation, m tandem.Message) error {
	return tx.suppress(c, c.Owner, m)
}

// suppress is SuppressMessage where the owner is about to change.
func (tx *Tx) suppress(c tandem.Conversation, owner tandem.Owner, m tandem.Message) error {
	tx.Emit(tandem.Event{Kind: tandem.MessageChanged, Conversation: m.Conversation, Subject: string(m.ID), Code: string(tandem.Suppressed), Data: map[string]any{"seq": m.Seq}})
	if err := tx.must(`update message set delivery = 'suppressed' where workspace = $1 and id = $2 and delivery = 'queued'`, tx.WS, m.ID); err != nil {
		return err
	}
	var asked int64
	if _, err := fmt.Sscanf(m.Key, "bot:%d", &asked); err != nil {
		return nil
	}
	to := tandem.NoReply
	if owner == tandem.Queue || owner == tandem.Human {
		if c.Answered > asked {
			return nil
		}
		to, c.Answered = tandem.WithHuman, asked-1
	}
	if err := tx.must(`update message set disposition = $4 where workspace = $1 and conversation = $2 and seq = $3 and disposition = 'bot'`, tx.WS, c.ID, asked, to); err != nil {
		return err
	}
	return tx.SaveConversation(c)
}

// Choice returns the buttons of a message.
func (tx *Tx) Choice(id tandem.MessageID) ([]string, error) {
	return row(context.Background(), tx, "message", func(r *sql.Rows, c *[]string) error { return r.Scan(body{c}) }, `select choice from message where workspace = $1 and id = $2`, tx.WS, id)
}
