package store

import (
	"context"
	"time"

	"tandem"
)

// Split undoes a merge at any time, in any order among others: the customer that was gone lives again
// with its identities, threads, messages and all that belongs to them, and with what came into its
// threads meanwhile. Both conversations keep the owner of the joint one, so that a split never lets
// the bot speak where a person is in charge. The pair counts as rejected: proof does not merge it
// again by itself. Errors: NotFound; Conflict already_split.
func (tx *Tx) Split(id MergeID, actor string) error {
	m, root, err := tx.lockMerge(id)
	if err != nil {
		return err
	}
	r, _, err := tx.lock(root)
	if err != nil {
		return err
	}
	g, _, err := tx.lock(m.GoneConversation)
	if err != nil {
		return err
	}
	p, err := tx.partOf(m.Gone)
	if err != nil {
		return err
	}
	// A draft was written for one person; which of the two it was is not known.
	if err := tx.Outdate(r.ID, tandem.DraftStale); err != nil {
		return err
	}
	epoch := max(r.Epoch, g.Epoch) + 1
	if err := tx.carrySpeech(r, r.Owner, epoch); err != nil {
		return err
	}
	if err := tx.leave(r, g, p); err != nil {
		return err
	}
	if err := tx.partPeople(m, r.Customer); err != nil {
		return err
	}
	if err := tx.must(`update merge set undone_at = $3, undone_by = $4 where workspace = $1 and id = $2`, tx.WS, m.ID, us(tx.Now), actor); err != nil {
		return err
	}
	if err := tx.apart(m, r.Customer, actor); err != nil {
		return err
	}
	if r, g, err = tx.partConversations(r, g, epoch, actor); err != nil {
		return err
	}
	tx.Emit(tandem.Event{Kind: tandem.CustomerSplit, Conversation: r.ID, Subject: string(m.ID), Actor: actor, Code: m.Reason, Data: m.data(r)})
	tx.Emit(tandem.Event{Kind: tandem.ConversationMoved, Conversation: g.ID, Subject: string(r.ID), Actor: actor, Code: "split"})
	if err := tx.owe(r); err != nil {
		return err
	}
	return tx.owe(g)
}

// lockMerge reads a merge that is in force and locks both conversations that its split changes: that
// of the customer who is gone, and the one that holds everything now.
func (tx *Tx) lockMerge(id MergeID) (m Merge, root tandem.ConversationID, err error) {
	for {
		m, err = row(context.Background(), tx, "merge", scanMerge, `select `+mergeColumns+` from merge where workspace = $1 and id = $2`, tx.WS, id)
		if err != nil {
			return m, "", err
		}
		if !m.UndoneAt.IsZero() {
			return m, "", tandem.Coded(tandem.Conflict, "already_split", "the merge was undone already")
		}
		was := root
		holder, err := tx.rootOf(m.Kept)
		if err != nil {
			return m, "", err
		}
		if root, err = tx.open(holder, tx.Now); err != nil {
			return m, "", err
		}
		if root == was { // nobody moved it before we had the locks
			return m, root, nil
		}
		if err := tx.lockInOrder(root, m.GoneConversation); err != nil {
			return m, "", err
		}
	}
}

func (tx *Tx) partOf(gone tandem.CustomerID) (p part, err error) {
	if p.members, err = tx.treeOf(gone); err != nil {
		return p, err
	}
	list, args := in(2, p.members)
	p.homes, err = rows(context.Background(), tx, one[tandem.ConversationID], `select id from conversation where workspace = $1 and customer in `+list+` order by id`, append([]any{tx.WS}, args...)...)
	return p, err
}

// apart sees to it that what was split is not joined again by a rule: the customer on one side and
// all it was part of on the other.
func (tx *Tx) apart(m Merge, root tandem.CustomerID, actor string) error {
	// The chain from the kept one up to the root: each of them is not the one who leaves.
	for id := m.Kept; ; {
		if err := tx.reject(m.Gone, id, actor); err != nil {
			return err
		}
		if id == root {
			break
		}
		edge, err := tx.edgeOf(id)
		if err != nil {
			return err
		}
		id = edge.Kept
	}
	// Clues were collected under the joint name; each collects its own from the next message on.
	return tx.must(`delete from clue where workspace = $1 and customer = $2`, tx.WS, root)
}

// partConversations makes the states of two conversations of one, after the rows have parted.
func (tx *Tx) partConversations(r, g tandem.Conversation, epoch int64, actor string) (tandem.Conversation, tandem.Conversation, error) {
	from := g.Owner
	if err := tx.must(`update conversation set merged_into = '', sorted = 0 where workspace = $1 and id = $2`, tx.WS, g.ID); err != nil {
		return r, g, err
	}
	rev := max(r.Rev, g.Rev) + 1
	r.Epoch, r.Rev, g.Epoch, g.Rev = epoch, rev, epoch, rev
	g.Owner, g.Agent, g.Team, g.Priority, g.Reason, g.WaitSince, g.ClosedAt = r.Owner, r.Agent, r.Team, r.Priority, r.Reason, r.WaitSince, r.ClosedAt
	// Who was not told under this name that an AI writes is told again.
	g.Tension, g.BotTurns, g.Clarified, g.Fails, g.Disclosed = r.Tension, r.BotTurns, r.Clarified, r.Fails, time.Time{}
	for _, c := range []*tandem.Conversation{&r, &g} {
		if err := tx.retell(c); err != nil {
			return r, g, err
		}
	}
	if err := tx.shareHandover(r, g.ID); err != nil {
		return r, g, err
	}
	if err := tx.shareHandover(g, r.ID); err != nil {
		return r, g, err
	}
	// An assignment is open for each, so that the load of the person who has both is right.
	if g.Agent != "" {
		if err := tx.assign(g.ID, g.Agent, actor, "split"); err != nil {
			return r, g, err
		}
		if err := tx.assign(r.ID, r.Agent, actor, "split"); err != nil {
			return r, g, err
		}
	}
	if err := tx.owned(r, r.Owner, actor, "split"); err != nil {
		return r, g, err
	}
	return r, g, tx.owned(g, from, actor, "split")
}

// retell takes number, waiting messages and the line of the list from the messages that are there.
func (tx *Tx) retell(c *tandem.Conversation) error {
	if err := tx.recount(c); err != nil {
		return err
	}
	top, err := row(context.Background(), tx, "conversation", one[int64], `select coalesce(max(seq), 0) from message where workspace = $1 and conversation = $2`, tx.WS, c.ID)
	if err != nil {
		return err
	}
	c.Seq = max(c.Seq, top)
	c.Preview, c.LastFrom = "", ""
	last, err := newest(context.Background(), tx, tx.WS, c.ID, newestShown)
	if err != nil || len(last) == 0 {
		return err
	}
	for _, m := range last {
		shows(c, m)
	}
	return tx.must(`update conversation set last_thread = $3 where workspace = $1 and id = $2`, tx.WS, c.ID, last[len(last)-1].Thread)
}
