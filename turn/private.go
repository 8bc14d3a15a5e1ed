package turn

import (
	"slices"
	"strconv"

	"tandem"
	"tandem/bot"
	"tandem/policy"
	"tandem/store"
)

// aside moves what may not be said in public to a private reply: the same matter is decided once
// more as if it had been written in private. It returns false where nothing has to move; where the
// bot may not say it in private either, a person takes it.
func aside(s tandem.Snapshot, in policy.Input, d tandem.Decision) (tandem.Reply, tandem.Decision, bool) {
	if d.Act != tandem.Ask || !slices.Equal(d.Missing, []string{"private"}) {
		return tandem.Reply{}, d, false
	}
	quiet, inside := hush(s), in
	inside.Snapshot, inside.Reply, inside.Again = hush(in.Snapshot), nil, false
	p := policy.Decide(inside)
	if p.Act == tandem.Answer || p.Act == tandem.Ask {
		r := bot.Compose(quiet, p, *in.Findings)
		inside.Reply, inside.Again = &r, said(s, r)
		if p = policy.Decide(inside); p.Act == tandem.Answer || p.Act == tandem.Ask {
			return r, d, true
		}
	}
	if p.Act != tandem.HandOver {
		p.Act, p.Rule = tandem.HandOver, "T9"
		p.Triggers = []tandem.Trigger{{Code: "T9", Kind: "public"}}
	}
	return tandem.Reply{}, p, false
}

// hush is a snapshot in which the newest message was written in private.
func hush(s tandem.Snapshot) tandem.Snapshot {
	last, _ := s.Last(tandem.FromCustomer)
	s.Threads = slices.Clone(s.Threads)
	for i := range s.Threads {
		if s.Threads[i].ID == last.Thread {
			s.Threads[i].Surface = tandem.Direct
		}
	}
	return s
}

// whisper commits the private reply to a comment: one per comment, ever, from anybody (CHANNELS.md
// 4.4), which its key holds.
func (w *settle) whisper(tx *store.Tx, c *tandem.Conversation) error {
	if w.private == nil {
		return nil
	}
	public := w.thread()
	last, _ := w.s.Last(tandem.FromCustomer)
	th, err := tx.ThreadOf(c.ID, tandem.Thread{Account: public.Account, Surface: tandem.Direct, External: public.To, To: public.To})
	if err != nil {
		return err
	}
	m := tandem.Message{Origin: tandem.FromBot, Kind: "private_reply", Text: w.private.Text, ReplyTo: last.External, Key: PrivateKey(last.External), Epoch: c.Epoch, Delivery: tandem.Queued}
	fresh, err := tx.AddMessage(c, th, &m)
	if err != nil || !fresh {
		return err
	}
	if err := tx.SetMessageDecision(m.ID, w.d.ID, w.private.Choice); err != nil {
		return err
	}
	c.Disclosed = tx.Now
	return tx.Enqueue(SendJob(m))
}

// PrivateKey is the idempotency key of the one private reply to a comment.
func PrivateKey(comment string) string { return "private:" + comment }

// botKey is the key of the bot's answer to the customer's message with a number.
func botKey(seq int64) string { return "bot:" + strconv.FormatInt(seq, 10) }
