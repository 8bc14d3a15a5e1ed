package store

import (
	"cmp"
	"context"
	"database/sql"
	"encoding/json"
	"strings"
	"time"
	"unicode/utf8"

	"tandem"
)

const conversationColumns = `id, customer, owner, agent, team, epoch, rev, seq, asked, answered, priority, touchpoint, mood, tension, lang, reason,
	wait_since, bot_turns, clarified, fails, disclosed, parked, brief, instructed, last_at, preview, last_from, opened, closed_at, offered`

func scanConversation(r *sql.Rows, c *tandem.Conversation) error {
	return r.Scan(conversationInto(c)...)
}

func conversationInto(c *tandem.Conversation) []any {
	return []any{&c.ID, &c.Customer, &c.Owner, &c.Agent, &c.Team, &c.Epoch, &c.Rev, &c.Seq, &c.Asked, &c.Answered, &c.Priority, &c.Touchpoint, &c.Mood,
		&c.Tension, &c.Lang, &c.Reason, moment{&c.WaitSince}, &c.BotTurns, &c.Clarified, &c.Fails, moment{&c.Disclosed}, &c.Parked, &c.Brief, &c.Instructed,
		moment{&c.LastAt}, &c.Preview, &c.LastFrom, moment{&c.Opened}, moment{&c.ClosedAt}, &c.Offered}
}

// Conversation reads a conversation as it is.
func (db *DB) Conversation(ctx context.Context, ws tandem.WorkspaceID, id tandem.ConversationID) (tandem.Conversation, error) {
	return get(ctx, db, "conversation", scanConversation, `select `+conversationColumns+` from conversation where workspace = $1 and id = $2`, ws, id)
}

// Conversation reads a conversation and keeps others from changing it until the commit. One that was
// merged into another takes nothing any more: Conflict with the code merged.
func (tx *Tx) Conversation(id tandem.ConversationID) (tandem.Conversation, error) {
	c, into, err := tx.lock(id)
	if err == nil && into != "" {
		return c, tandem.Coded(tandem.Conflict, "merged", "the conversation was merged into %s", into)
	}
	return c, err
}

// lock reads a conversation, merged or not, and keeps others from changing it until the commit. The
// second value is the conversation that it was merged into.
func (tx *Tx) lock(id tandem.ConversationID) (tandem.Conversation, tandem.ConversationID, error) {
	l, err := row(context.Background(), tx, "conversation", scanLocked,
		`select `+conversationColumns+`, merged_into from conversation where workspace = $1 and id = $2`+tx.forUpdate(), tx.WS, id)
	return l.Conversation, l.into, err
}

type locked struct {
	tandem.Conversation
	into tandem.ConversationID
}

func scanLocked(r *sql.Rows, l *locked) error {
	return r.Scan(append(conversationInto(&l.Conversation), &l.into)...)
}

// ConversationOf returns a customer's one conversation, opening it on first contact. Of a customer who
// was merged meanwhile it is the conversation of the customer who was kept.
func (tx *Tx) ConversationOf(customer tandem.CustomerID, at time.Time) (tandem.Conversation, error) {
	id, err := tx.open(customer, at)
	if err != nil {
		return tandem.Conversation{}, err
	}
	for {
		c, into, err := tx.lock(id)
		if err != nil || into == "" {
			return c, err
		}
		id = into
	}
}

// open returns the id of a customer's conversation, merged or not, and makes it where there is none.
func (tx *Tx) open(customer tandem.CustomerID, at time.Time) (tandem.ConversationID, error) {
	err := tx.must(`insert into conversation (workspace, id, customer, owner, epoch, rev, seq, asked, answered, last_at, opened)
		values ($1, $2, $3, $4, 0, 0, 0, 0, 0, $5, $6) on conflict (workspace, customer) do nothing`,
		tx.WS, tandem.NewID[tandem.ConversationID](), customer, tandem.Bot, us(at), us(tx.Now))
	if err != nil {
		return "", err
	}
	return row(context.Background(), tx, "conversation", one[tandem.ConversationID], `select id from conversation where workspace = $1 and customer = $2`, tx.WS, customer)
}

// SaveConversation writes a conversation that this transaction read.
func (tx *Tx) SaveConversation(c tandem.Conversation) error {
	return tx.must(`update conversation set owner = $3, agent = $4, team = $5, epoch = $6, rev = $7, seq = $8, asked = $9, answered = $10, priority = $11,
		touchpoint = $12, mood = $13, tension = $14, lang = $15, reason = $16, wait_since = $17, bot_turns = $18, clarified = $19, fails = $20, disclosed = $21,
		parked = $22, brief = $23, instructed = $24, last_at = $25, preview = $26, last_from = $27, closed_at = $28, offered = $29 where workspace = $1 and id = $2`,
		tx.WS, c.ID, c.Owner, c.Agent, c.Team, c.Epoch, c.Rev, c.Seq, c.Asked, c.Answered, c.Priority, c.Touchpoint, c.Mood, c.Tension, c.Lang, c.Reason,
		us(c.WaitSince), c.BotTurns, c.Clarified, c.Fails, us(c.Disclosed), c.Parked, c.Brief, c.Instructed, us(c.LastAt), c.Preview, c.LastFrom, us(c.ClosedAt), c.Offered)
}

// Mood records how the customer's newest message feels; the last eight make the line of the list.
func (tx *Tx) Mood(id tandem.ConversationID, score float64) error {
	was, err := row(context.Background(), tx, "conversation", one[string], `select moods from conversation where workspace = $1 and id = $2`, tx.WS, id)
	if err != nil {
		return err
	}
	var line []float64
	if err := json.Unmarshal([]byte(was), &line); err != nil {
		return err
	}
	line = append(line, score)
	line = line[max(0, len(line)-8):]
	return tx.must(`update conversation set moods = $3 where workspace = $1 and id = $2`, tx.WS, id, text(line))
}

// Transfer changes the owner: the one place where it happens. It raises epoch and rev, ends or
// begins the stretch of people, and records who did it and why.
func (tx *Tx) Transfer(c *tandem.Conversation, to tandem.Owner, agent tandem.UserID, actor, code string) error {
	from := c.Owner
	c.Owner, c.Agent = to, agent
	c.Epoch++
	c.Rev++
	if to != tandem.Queue {
		c.Offered = ""
	}
	if to == tandem.Queue || to == tandem.Human {
		if err := tx.Withdraw(c, agent, "owner_changed"); err != nil {
			return err
		}
	}
	if to == tandem.Human {
		if err := tx.WithdrawActions(c.ID, agent, "owner_changed"); err != nil {
			return err
		}
	}
	switch to {
	case tandem.Queue:
		c.WaitSince = tx.Now
	case tandem.Bot:
		c.BotTurns, c.Clarified, c.Fails, c.Tension, c.Disclosed, c.Reason = 0, 0, 0, 0, time.Time{}, ""
		c.WaitSince, c.Priority = time.Time{}, tandem.Normal
	case tandem.Closed:
		c.ClosedAt, c.WaitSince, c.Priority, c.Reason = tx.Now, time.Time{}, tandem.Normal, ""
	}
	if from == tandem.Closed {
		c.ClosedAt = time.Time{}
	}
	if agent != "" {
		if err := tx.assign(c.ID, agent, actor, code); err != nil {
			return err
		}
	}
	return tx.owned(*c, from, actor, code)
}

// owned writes a conversation whose owner or epoch has changed, and says so.
func (tx *Tx) owned(c tandem.Conversation, from tandem.Owner, actor, code string) error {
	if c.Owner != tandem.Queue {
		c.Offered = ""
	}
	tx.Emit(tandem.Event{Kind: tandem.OwnerChanged, Conversation: c.ID, Actor: actor, Code: code, Subject: string(c.Agent),
		Data: map[string]any{"from": from, "to": c.Owner, "epoch": c.Epoch, "rev": c.Rev, "seq": c.Seq}})
	return tx.SaveConversation(c)
}

func (tx *Tx) assign(c tandem.ConversationID, agent tandem.UserID, actor, rule string) error {
	if err := tx.must(`update assignment set ended = $3 where workspace = $1 and conversation = $2 and ended = 0`, tx.WS, c, us(tx.Now)); err != nil {
		return err
	}
	return tx.must(`insert into assignment (workspace, id, conversation, member, by_member, rule, at) values ($1, $2, $3, $4, $5, $6, $7)`,
		tx.WS, tandem.NewID[string](), c, agent, actor, rule, us(tx.Now))
}

// Moved tells, as a code, why bot output made from an older state may not be committed; empty when
// it may. It is the one commit rule: owner bot, same epoch, no newer customer message.
func Moved(c tandem.Conversation, epoch, asked int64) string {
	switch {
	case c.Owner != tandem.Bot:
		return "owner"
	case c.Epoch != epoch:
		return "stale_epoch"
	case c.Asked != asked:
		return "newer_message"
	}
	return ""
}

// Suppress records that bot output was refused.
func (tx *Tx) Suppress(c tandem.Conversation, subject, code string) {
	tx.Emit(tandem.Event{Kind: tandem.BotSuppressed, Conversation: c.ID, Subject: subject, Actor: "bot", Code: code, Data: map[string]any{"epoch": c.Epoch, "seq": c.Seq}})
}

// signs stand in a list for a message without words, in every language.
var signs = map[string]string{"image": "📷", "sticker": "📷", "audio": "🎤", "video": "🎬", "file": "📎", "location": "📍", "contact": "👤", "call": "📞", "story": "📷"}

// pictured is what a list shows of a message without words.
func pictured(parts []tandem.Part) string {
	out := ""
	for _, p := range parts {
		if s := signs[p.Type]; s != "" && !strings.Contains(out, s) {
			out += s
		}
	}
	return out
}

// newestShown is how many of the newest messages are enough to know what a list shows.
const newestShown = 5

// shows puts the newest message into the line of the list. A notice of the system moves the time alone: what
// waits for a person is what the customer wrote.
func shows(c *tandem.Conversation, m tandem.Message) {
	c.LastAt = m.At
	if m.Origin != tandem.FromNotice || c.Preview == "" {
		c.Preview, c.LastFrom = preview(cmp.Or(m.Text, pictured(m.Parts))), m.Origin
	}
}

// preview is what a list shows of a message.
func preview(s string) string {
	const most = 140
	if utf8.RuneCountInString(s) <= most {
		return s
	}
	r := []rune(s)
	return string(r[:most-1]) + "…"
}
