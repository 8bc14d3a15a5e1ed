package store

import (
	"cmp"
	"context"
	"database/sql"
	"slices"
	"time"

	"tandem"
)

// MergeID names a merge: an edge from the customer that is gone to the one that is kept.
type MergeID string

// Merge is the record of two customers having been made one. It is never deleted; one that was undone
// says when and by whom.
type Merge struct {
	ID               MergeID
	Kept             tandem.CustomerID
	Gone             tandem.CustomerID
	KeptConversation tandem.ConversationID
	GoneConversation tandem.ConversationID
	Actor            string // a user's id, or "clock" where proof alone decided
	Reason           string // a code: shop_account, phone, email, signed, same_person, proposal ...
	Evidence         []string
	Moved            Brought
	At               time.Time
	UndoneAt         time.Time
	UndoneBy         string

	filled []string // what the kept customer's record took over from the gone one's
}

// Brought says what a merge brought into the kept conversation, by id.
type Brought struct {
	Identities  []string       `json:"identities"`
	Threads     []string       `json:"threads"`
	Messages    []MovedMessage `json:"messages"`
	Cases       []string       `json:"cases"`
	Promises    []string       `json:"promises"`
	Notes       []string       `json:"notes"`
	Assignments []string       `json:"assignments"`
	Handovers   []string       `json:"handovers"`
	Drafts      []string       `json:"drafts"`
	Decisions   []string       `json:"decisions"`
	Actions     []string       `json:"actions"`
}

// MovedMessage is a message with its number before and after.
type MovedMessage struct {
	ID  tandem.MessageID `json:"id"`
	Was int64            `json:"was"`
	Is  int64            `json:"is"`
}

const mergeColumns = `id, kept, gone, kept_conversation, gone_conversation, actor, reason, evidence, moved, filled, at, undone_at, undone_by`

func scanMerge(r *sql.Rows, m *Merge) error {
	return r.Scan(&m.ID, &m.Kept, &m.Gone, &m.KeptConversation, &m.GoneConversation, &m.Actor, &m.Reason, body{&m.Evidence}, body{&m.Moved}, body{&m.filled},
		moment{&m.At}, moment{&m.UndoneAt}, &m.UndoneBy)
}

// Merge makes two customers one, in one transaction: identities, threads, messages, cases, promises,
// notes, hand-overs, decisions and drafts of gone move to keep. Messages are numbered after those
// that are there, in the order of their time, so that no number a client knows changes. The stricter
// owner wins; what the bot was about to say survives only where the bot still owns. Waiting drafts
// are void. Errors: Invalid same_customer; NotFound; Conflict merged where one of them is part of
// another customer already.
//
// A conversation that the caller read before is out of date afterwards and must be read again.
func (tx *Tx) Merge(keep, gone tandem.CustomerID, actor, reason string, evidence []string) (MergeID, error) {
	if keep == gone {
		return "", tandem.Coded(tandem.Invalid, "same_customer", "a customer cannot be merged with itself")
	}
	k, g, err := tx.bothApart(keep, gone)
	if err != nil {
		return "", err
	}
	m := Merge{ID: tandem.NewID[MergeID](), Kept: keep, Gone: gone, KeptConversation: k.ID, GoneConversation: g.ID, Actor: actor, Reason: reason, Evidence: evidence, At: tx.Now}
	fromK, fromG := k.Owner, g.Owner
	epoch := max(k.Epoch, g.Epoch) + 1
	if err := tx.joinOwners(&k, &g, epoch, actor); err != nil {
		return "", err
	}
	if m.Moved, err = tx.bring(k, g); err != nil {
		return "", err
	}
	k.Seq += int64(len(m.Moved.Messages))
	if k, g, err = tx.joinConversations(k, g, epoch); err != nil {
		return "", err
	}
	if m.filled, err = tx.joinPeople(keep, gone); err != nil {
		return "", err
	}
	if err := tx.must(`insert into merge (workspace, id, kept, gone, kept_conversation, gone_conversation, actor, reason, evidence, moved, filled, at)
		values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
		tx.WS, m.ID, keep, gone, k.ID, g.ID, actor, reason, text(orNone(evidence)), text(m.Moved), text(orNone(m.filled)), us(tx.Now)); err != nil {
		return "", err
	}
	if err := tx.settlePair(keep, gone, ProposalConfirmed, actor); err != nil {
		return "", err
	}
	if err := tx.owned(k, fromK, actor, "merged"); err != nil {
		return "", err
	}
	if err := tx.owned(g, fromG, actor, "merged"); err != nil {
		return "", err
	}
	tx.Emit(tandem.Event{Kind: tandem.CustomerMerged, Conversation: k.ID, Subject: string(m.ID), Actor: actor, Code: reason, Data: m.data(k)})
	tx.Emit(tandem.Event{Kind: tandem.ConversationMoved, Conversation: g.ID, Subject: string(k.ID), Actor: actor, Code: "merged"})
	return m.ID, tx.owe(k, g.ID)
}

// data is what both events of a merge carry.
func (m Merge) data(k tandem.Conversation) map[string]any {
	return map[string]any{"kept": m.Kept, "gone": m.Gone, "kept_conversation": m.KeptConversation, "gone_conversation": m.GoneConversation, "epoch": k.Epoch, "rev": k.Rev, "seq": k.Seq}
}

// bothApart locks the conversations of two customers, in the order of their ids so that two merges at
// once do not wait for each other, and sees to it that neither was merged.
func (tx *Tx) bothApart(keep, gone tandem.CustomerID) (k, g tandem.Conversation, err error) {
	ids := make([]tandem.ConversationID, 2)
	for i, c := range []tandem.CustomerID{keep, gone} {
		if _, err := tx.Customer(c); err != nil {
			return k, g, err
		}
		if ids[i], err = tx.open(c, tx.Now); err != nil {
			return k, g, err
		}
	}
	if err := tx.lockInOrder(ids...); err != nil {
		return k, g, err
	}
	if k, err = tx.Conversation(ids[0]); err != nil {
		return k, g, err
	}
	g, err = tx.Conversation(ids[1])
	return k, g, err
}

func (tx *Tx) lockInOrder(ids ...tandem.ConversationID) error {
	ids = slices.Clone(ids)
	slices.Sort(ids)
	for _, id := range slices.Compact(ids) {
		if _, _, err := tx.lock(id); err != nil {
			return err
		}
	}
	return nil
}

// joinConversations makes one conversation's state of two. joinOwners has decided who owns it.
func (tx *Tx) joinConversations(k, g tandem.Conversation, epoch int64) (tandem.Conversation, tandem.Conversation, error) {
	rev := max(k.Rev, g.Rev) + 1
	newer := k
	if g.LastFrom != "" && (g.LastAt.After(k.LastAt) || k.LastFrom == "") {
		newer = g
		if err := tx.must(`update conversation set last_thread = (select last_thread from conversation where workspace = $1 and id = $3),
			moods = (select moods from conversation where workspace = $1 and id = $3) where workspace = $1 and id = $2`, tx.WS, k.ID, g.ID); err != nil {
			return k, g, err
		}
	}
	k.LastAt, k.Preview, k.LastFrom, k.Mood = newer.LastAt, newer.Preview, newer.LastFrom, newer.Mood
	k.Touchpoint, k.Lang = cmp.Or(newer.Touchpoint, k.Touchpoint, g.Touchpoint), cmp.Or(newer.Lang, k.Lang, g.Lang)
	k.Tension, k.Priority = max(k.Tension, g.Tension), max(k.Priority, g.Priority)
	k.BotTurns, k.Clarified, k.Fails = max(k.BotTurns, g.BotTurns), max(k.Clarified, g.Clarified), max(k.Fails, g.Fails)
	k.Parked, k.Brief, k.Instructed = cmp.Or(k.Parked, g.Parked), cmp.Or(k.Brief, g.Brief), cmp.Or(k.Instructed, g.Instructed)
	if g.Seq > 0 && g.Disclosed.Before(k.Disclosed) { // whom nobody told yet that an AI writes is told
		k.Disclosed = g.Disclosed
	}
	if g.Opened.Before(k.Opened) {
		k.Opened = g.Opened
	}
	k.Epoch, k.Rev = epoch, rev
	if err := tx.must(`update conversation set sorted = $3, opened = $4 where workspace = $1 and id = $2`, tx.WS, k.ID, k.Seq, us(k.Opened)); err != nil {
		return k, g, err
	}
	if err := tx.must(`update conversation set merged_into = $3 where workspace = $1 and id = $2`, tx.WS, g.ID, k.ID); err != nil {
		return k, g, err
	}
	g.Owner, g.Agent, g.Epoch, g.Rev, g.Answered = tandem.Closed, "", epoch, rev, g.Asked
	g.WaitSince, g.ClosedAt, g.Priority, g.Reason = time.Time{}, tx.Now, tandem.Normal, ""
	err := tx.recount(&k)
	return k, g, err
}

// recount finds out what is still to be answered, after messages came or went. Asked is a message
// that waits, wherever there is one: it is what the bot's next answer is about.
func (tx *Tx) recount(c *tandem.Conversation) error {
	if c.Owner == tandem.Human || c.Owner == tandem.Queue {
		if err := tx.must(`update message set disposition = 'queued' where workspace = $1 and conversation = $2 and disposition = 'pending'`, tx.WS, c.ID); err != nil {
			return err
		}
	}
	type ends struct{ last, first, top int64 }
	e, err := row(context.Background(), tx, "conversation", func(r *sql.Rows, e *ends) error { return r.Scan(&e.last, &e.first, &e.top) },
		`select coalesce(max(seq), 0), coalesce(min(case when disposition in ('pending', 'queued') then seq end), 0), coalesce(max(case when disposition in ('pending', 'queued') then seq end), 0)
			from message where workspace = $1 and conversation = $2 and origin = 'customer'`, tx.WS, c.ID)
	c.Asked, c.Answered = e.last, e.last
	if e.top > 0 {
		c.Asked, c.Answered = e.top, e.first-1
	}
	return err
}

// orNone makes an empty list of none, so that JSON has no null.
func orNone(l []string) []string {
	if l == nil {
		return []string{}
	}
	return l
}

// Merges returns the merges that made a customer what it is, of those who are part of it as well, and
// the one by which it is gone; undone ones too, the newest first.
func (db *DB) Merges(ctx context.Context, ws tandem.WorkspaceID, c tandem.CustomerID) ([]Merge, error) {
	return list(ctx, db, scanMerge, `with recursive tree(id) as (select cast($2 as text)
			union select c.id from customer c join tree on c.merged_into = tree.id where c.workspace = $1)
		select `+mergeColumns+` from merge where workspace = $1 and (kept in (select id from tree) or gone = $2) order by id desc`, ws, c)
}

// MergedInto returns the conversation in which a merged conversation goes on, empty where it stands by
// itself.
func (db *DB) MergedInto(ctx context.Context, ws tandem.WorkspaceID, id tandem.ConversationID) (tandem.ConversationID, error) {
	return get(ctx, db, "conversation", one[tandem.ConversationID], `with recursive chain(id, merged_into) as (
			select id, merged_into from conversation where workspace = $1 and id = $2
			union select c.id, c.merged_into from conversation c join chain on c.id = chain.merged_into where c.workspace = $1)
		select case when id = $2 then '' else id end from chain where merged_into = ''`, ws, id)
}
