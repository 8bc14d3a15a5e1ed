package store

import (
	"context"
	"database/sql"
	"fmt"
	"strings"

	"tandem"
)

// contents are the tables whose rows belong to a conversation by a column and have a home.
var contents = []string{"thread", "matter", "promise", "note", "assignment", "handover", "draft", "decision", "action"}

// bring moves all that a conversation holds, and the identities of its customer, into another. What
// has no home yet gets the one it leaves.
func (tx *Tx) bring(k, g tandem.Conversation) (m Brought, err error) {
	lists := map[string]*[]string{"thread": &m.Threads, "matter": &m.Cases, "promise": &m.Promises, "note": &m.Notes, "assignment": &m.Assignments,
		"handover": &m.Handovers, "draft": &m.Drafts, "decision": &m.Decisions, "action": &m.Actions}
	for table, ids := range lists { // the record is made before anything moves
		if *ids, err = tx.ids(table, "conversation", string(g.ID)); err != nil {
			return m, err
		}
	}
	if m.Identities, err = tx.ids("identity", "customer", string(g.Customer)); err != nil {
		return m, err
	}
	if err := tx.must(`update identity set customer = $3, home = case when home = '' then $2 else home end where workspace = $1 and customer = $2`, tx.WS, g.Customer, k.Customer); err != nil {
		return m, err
	}
	// Messages first: decisions and drafts find them by the number they still have.
	if m.Messages, err = tx.renumber(g.ID, k.ID, k.Seq, `true`); err != nil {
		return m, err
	}
	for _, table := range contents {
		if err := tx.must(`update `+table+` set conversation = $3, home = case when home = '' then $2 else home end where workspace = $1 and conversation = $2`, tx.WS, g.ID, k.ID); err != nil {
			return m, err
		}
	}
	return m, tx.requote(m.Handovers, m.Messages)
}

func (tx *Tx) ids(table, column, owner string) ([]string, error) {
	ids, err := rows(context.Background(), tx, one[string], `select id from `+table+` where workspace = $1 and `+column+` = $2 order by id`, tx.WS, owner)
	return orNone(ids), err
}

// renumber moves the messages of a conversation under a condition into another one, above the number
// base, in the order of their time. Whatever names them by number goes with them: decisions, drafts
// and the keys of the bot's answers. cond may speak of the table message, its parameters begin at $5.
func (tx *Tx) renumber(from, to tandem.ConversationID, base int64, cond string, args ...any) ([]MovedMessage, error) {
	args = append([]any{tx.WS, from, base, to}, args...)
	ranked := `(select id, seq, key, 'bot:' || cast(seq as text) as answer, $3 + row_number() over (order by at, seq) as n
		from message where workspace = $1 and conversation = $2 and cast($4 as text) <> '' and ` + cond + `)`
	moved, err := rows(context.Background(), tx, func(r *sql.Rows, m *MovedMessage) error { return r.Scan(&m.ID, &m.Was, &m.Is) },
		`select id, seq, n from `+ranked+` as m order by n`, args...)
	if err != nil || len(moved) == 0 {
		return []MovedMessage{}, err
	}
	for _, table := range []string{"decision", "draft"} {
		if err := tx.must(`update `+table+` set conversation = $4, seq = m.n, home = case when `+table+`.home = '' then $2 else `+table+`.home end
			from `+ranked+` as m where `+table+`.workspace = $1 and `+table+`.conversation = $2 and `+table+`.seq = m.seq`, args...); err != nil {
			return nil, err
		}
	}
	// A client may have used one key in both conversations; it has its answer already.
	if err := tx.must(`update message set key = key || ':' || id where workspace = $1 and conversation = $2 and key not like 'bot:%'
		and key in (select key from message where workspace = $1 and conversation = $3 and key is not null)`, tx.WS, from, to); err != nil {
		return nil, err
	}
	// The key of an answer has the number of what it answers; an answer whose question stays behind gets
	// a key that no other can have.
	return moved, tx.must(`update message set conversation = $4, seq = m.n, home = case when message.home = '' then $2 else message.home end,
		key = case when message.key like 'bot:%' then coalesce('bot:' || cast(m.asked as text), 'bot:0:' || message.id) else message.key end
		from (select b.id, b.n, q.n as asked from `+ranked+` as b left join `+ranked+` as q on b.key = q.answer) as m
		where message.workspace = $1 and message.id = m.id`, args...)
}

// requote gives the quotes of cards the new numbers of what they quote.
func (tx *Tx) requote(handovers []string, moved []MovedMessage) error {
	is := make(map[int64]int64, len(moved))
	for _, m := range moved {
		is[m.Was] = m.Is
	}
	for _, id := range handovers {
		h, err := tx.Handover(tandem.HandoverID(id))
		if err != nil {
			return err
		}
		for i, q := range h.Card.Quotes {
			if n, ok := is[q.Seq]; ok {
				h.Card.Quotes[i].Seq = n
			}
		}
		if err := tx.SaveHandover(h); err != nil {
			return err
		}
	}
	return nil
}

// part is the part of a tree of merges that a split cuts off: the customer that was gone, with
// whoever had been merged into it before.
type part struct {
	members []tandem.CustomerID
	homes   []tandem.ConversationID
}

// leave moves back into a conversation all that is at home in its part of the tree, and what came
// afterwards: a new thread goes with the identity it writes to, what was said goes with its thread,
// and what was made of a message goes with the message.
func (tx *Tx) leave(root, gone tandem.Conversation, p part) error {
	// Identities first: threads follow them, messages follow threads.
	who, args := in(4, p.members)
	if err := tx.must(`update identity set customer = $3, home = case when home <> $3 and home in `+who+` then home else '' end
		where workspace = $1 and customer = $2 and home in `+who, append([]any{tx.WS, root.Customer, gone.Customer}, args...)...); err != nil {
		return err
	}
	here, args := in(5, p.homes)
	args = append([]any{tx.WS, root.ID, gone.ID, gone.Customer}, args...)
	stays := `home = case when home <> $3 and home in ` + here + ` then home else '' end`
	back := func(table, also string) error {
		return tx.must(`update `+table+` set conversation = $3, `+stays+` where workspace = $1 and conversation = $2 and cast($4 as text) <> '' and (home in `+here+also+`)`, args...)
	}
	if err := back("thread", ` or exists (select 1 from identity i where i.workspace = thread.workspace and i.account = thread.account
		and i.external = thread.recipient and i.customer = $4)`); err != nil {
		return err
	}
	mine, homes := in(5, p.homes)
	moved, err := tx.renumber(root.ID, gone.ID, gone.Seq, `(message.home in `+mine+` or message.thread in (select t.id from thread t where t.workspace = $1 and t.conversation = $4))`, homes...)
	if err != nil {
		return err
	}
	for _, table := range contents[1:] {
		also := ""
		switch table {
		case "promise":
			also = ` or message in (select m.id from message m where m.workspace = $1 and m.conversation = $3)`
		case "draft":
			also = ` or thread in (select t.id from thread t where t.workspace = $1 and t.conversation = $3)`
		}
		if err := back(table, also); err != nil {
			return err
		}
	}
	for _, table := range []string{"message", "decision", "draft"} { // renumber wrote where they came from
		if err := tx.must(`update `+table+` set `+stays+` where workspace = $1 and conversation = $3 and cast($2 as text) <> '' and cast($4 as text) <> ''`, args...); err != nil {
			return err
		}
	}
	handovers, err := tx.ids("handover", "conversation", string(gone.ID))
	if err != nil {
		return err
	}
	return tx.requote(handovers, moved)
}

// in writes a list for SQL whose first parameter has the number first.
func in[T ~string](first int, ids []T) (string, []any) {
	marks, args := make([]string, len(ids)), make([]any, len(ids))
	for i, id := range ids {
		marks[i], args[i] = fmt.Sprintf("$%d", first+i), id
	}
	return "(" + strings.Join(marks, ", ") + ")", args
}
