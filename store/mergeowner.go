package store

import (
	"cmp"
	"context"
	"fmt"
	"time"

	"tandem"
)

// strictness orders owners: of two conversations that become one the stricter wins, so that a merge
// never lets the bot speak where a person is in charge or was promised.
var strictness = map[tandem.Owner]int{tandem.Closed: 0, tandem.Bot: 1, tandem.Queue: 2, tandem.Human: 3}

// joinOwners decides who owns the conversation that two become, and ends what the other had begun:
// its hand-over, its assignment, what its bot was about to say. The rows are where they were.
func (tx *Tx) joinOwners(k, g *tandem.Conversation, epoch int64, actor string) error {
	first, second := k, g
	if strictness[g.Owner] > strictness[k.Owner] {
		first, second = g, k
	}
	owner, agent := first.Owner, first.Agent
	if owner == tandem.Human && agent == "" && second.Owner == tandem.Human { // answered elsewhere: whom we know is better
		agent = second.Agent
	}
	for _, c := range []*tandem.Conversation{k, g} {
		if err := tx.Outdate(c.ID, tandem.DraftStale); err != nil {
			return err
		}
		if err := tx.carrySpeech(*c, owner, epoch); err != nil {
			return err
		}
	}
	if err := tx.joinHandovers(first.ID, second.ID, owner, agent); err != nil {
		return err
	}
	if err := tx.must(`update assignment set ended = $3 where workspace = $1 and conversation = $2 and ended = 0`, tx.WS, second.ID, us(tx.Now)); err != nil {
		return err
	}
	since := first.WaitSince
	if owner == tandem.Queue && second.Owner == tandem.Queue && second.WaitSince.Before(since) { // who has waited longer keeps the place
		since = second.WaitSince
	}
	k.Owner, k.Agent, k.Team, k.Reason, k.WaitSince = owner, agent, cmp.Or(first.Team, second.Team), cmp.Or(first.Reason, second.Reason), since
	if owner == tandem.Closed {
		k.Reason = ""
	} else {
		k.ClosedAt = time.Time{}
	}
	return nil
}

// carrySpeech decides on the bot's answers that are queued in a conversation whose owner or epoch
// changes. Where the bot still owns, they go on under the new epoch; otherwise they are taken back
// and the customer's message waits for a person.
func (tx *Tx) carrySpeech(c tandem.Conversation, owner tandem.Owner, epoch int64) error {
	if c.Owner != tandem.Bot {
		return nil // the sender refuses them by itself
	}
	if owner == tandem.Bot {
		return tx.must(`update message set epoch = $4 where workspace = $1 and conversation = $2 and origin = 'bot' and delivery = 'queued' and epoch = $3`, tx.WS, c.ID, c.Epoch, epoch)
	}
	queued, err := rows(context.Background(), tx, scanMessage, `select `+messageColumns+` from message where workspace = $1 and conversation = $2 and origin = 'bot' and delivery = 'queued' order by seq`, tx.WS, c.ID)
	if err != nil {
		return err
	}
	for _, m := range queued {
		tx.Suppress(c, string(m.ID), "merged")
		if err := tx.suppress(c, owner, m); err != nil {
			return err
		}
		var asked int64
		if _, err := fmt.Sscanf(m.Key, "bot:%d", &asked); err != nil {
			continue
		}
		if err := tx.must(`update message set disposition = 'queued' where workspace = $1 and conversation = $2 and seq = $3 and disposition = 'bot'`, tx.WS, c.ID, asked); err != nil {
			return err
		}
	}
	return nil
}

// joinHandovers leaves one stretch of people open, with its ladder, where two conversations become
// one: that of the first where it has one.
func (tx *Tx) joinHandovers(first, second tandem.ConversationID, owner tandem.Owner, agent tandem.UserID) error {
	h, err := tx.OpenHandover(first)
	if err != nil && tandem.KindOf(err) != tandem.NotFound {
		return err
	}
	have := err == nil
	o, err := tx.OpenHandover(second)
	switch {
	case err != nil && tandem.KindOf(err) != tandem.NotFound:
		return err
	case err == nil && have:
		o.EndedAt, o.Outcome = tx.Now, "merged"
		if err := tx.Cancel("ladder:" + string(o.ID)); err != nil {
			return err
		}
		if err := tx.SaveHandover(o); err != nil {
			return err
		}
	case err == nil:
		h, have = o, true
	}
	if have && owner == tandem.Human && agent != "" && h.TakenBy == "" {
		h.TakenBy, h.TakenAt = agent, tx.Now
		return tx.SaveHandover(h)
	}
	return nil
}

// shareHandover sees to it that a conversation that waits for a person, or has one, has an open
// hand-over: where it has none it gets its own copy of the other's, and of its ladder.
func (tx *Tx) shareHandover(c tandem.Conversation, other tandem.ConversationID) error {
	if c.Owner != tandem.Queue && c.Owner != tandem.Human {
		return nil
	}
	if _, err := tx.OpenHandover(c.ID); err == nil || tandem.KindOf(err) != tandem.NotFound {
		return err
	}
	h, err := tx.OpenHandover(other)
	if err != nil {
		if tandem.KindOf(err) == tandem.NotFound { // a person who answered elsewhere has none
			return nil
		}
		return err
	}
	was := h.ID
	h.ID, h.Conversation, h.Epoch = tandem.NewID[tandem.HandoverID](), c.ID, c.Epoch
	if err := tx.AddHandover(h); err != nil {
		return err
	}
	if err := tx.SaveHandover(h); err != nil {
		return err
	}
	next, err := rows(context.Background(), tx, one[int64], `select run_at from job where workspace = $1 and kind = 'ladder' and arg = $2 and dead = 0 order by run_at limit 1`, tx.WS, was)
	if err != nil || len(next) == 0 {
		return err
	}
	return tx.Enqueue(Job{Kind: "ladder", Arg: string(h.ID), Once: "ladder:" + string(h.ID), RunAt: time.UnixMicro(next[0]).UTC()})
}

// silenceLimit is how long an owner may be silent where the company has not said otherwise; the
// turn's clock has the same.
const silenceLimit = 15 * time.Minute

// owe leaves the jobs that two conversations that met or parted need: a turn where a customer waits,
// and a watch over the person who owes an answer. What was owed to a conversation that is gone, or
// to an epoch that is over, is dropped. A turn that is under way is left alone, for it may be the one
// that merges: it finds its conversation merged and ends.
func (tx *Tx) owe(c tandem.Conversation, gone ...tandem.ConversationID) error {
	ids := append([]tandem.ConversationID{c.ID}, gone...)
	due := tx.Now.Add(silenceLimit)
	if w, err := tx.Workspace(); err != nil {
		return err
	} else if w.Settings.AgentSilence > 0 {
		due = tx.Now.Add(w.Settings.AgentSilence)
	}
	for _, id := range ids {
		watch, err := rows(context.Background(), tx, one[int64], `select run_at from job where workspace = $1 and kind = 'silence' and arg like $2`, tx.WS, string(id)+" %")
		if err != nil {
			return err
		}
		for _, at := range watch {
			if t := time.UnixMicro(at).UTC(); t.Before(due) {
				due = t
			}
		}
		if err := tx.must(`delete from job where workspace = $1 and kind = 'silence' and arg like $2`, tx.WS, string(id)+" %"); err != nil {
			return err
		}
	}
	for _, id := range gone {
		if err := tx.must(`delete from job where workspace = $1 and kind = 'turn' and arg = $2 and once is not null`, tx.WS, id); err != nil {
			return err
		}
	}
	if c.Asked <= c.Answered || c.Owner == tandem.Closed {
		return nil
	}
	if c.Owner == tandem.Human {
		arg := fmt.Sprintf("%s %d %d", c.ID, c.Epoch, c.Asked)
		if err := tx.Enqueue(Job{Kind: "silence", Arg: arg, Once: "silence:" + arg, RunAt: due}); err != nil {
			return err
		}
	}
	// The turn's own job of a conversation; the store has to leave it because nobody else writes here.
	return tx.Enqueue(Job{Kind: "turn", Arg: string(c.ID), Queue: "turn:" + string(c.ID), Once: "turn:" + string(c.ID), RunAt: tx.Now})
}
