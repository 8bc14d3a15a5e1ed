package turn

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"time"

	"tandem"
	"tandem/channel"
	"tandem/intake"
	"tandem/job"
	"tandem/store"
)

// Line is an open adapter to one account.
type Line struct {
	Channel    tandem.Channel
	Kind       string
	Idempotent bool  // sending the same message twice shows it once: nothing has to be reconciled
	Version    int64 // of the account's settings that the adapter was opened with
}

// reconcileAfter is how long a message whose fate is unknown waits for its echo before a person is
// asked.
const reconcileAfter = 30 * time.Second

// repairWait is how long messages of a broken account wait between looks; the repair itself wakes
// them at once.
const repairWait = 15 * time.Minute

// outgoing is a message that was marked as sending, with all that its adapter needs.
type outgoing struct {
	m    tandem.Message
	th   tandem.Thread
	out  tandem.Outgoing
	skip bool
	wait job.Later
}

// Send is hop 3: the dispatch rule, the platform, the outcome.
func (t Turn) Send(ctx context.Context, j store.Job) (err error) {
	defer tandem.Wrap(&err, "send %s", j.Arg)
	var o outgoing
	if err := t.DB.Write(ctx, j.Workspace, func(tx *store.Tx) error {
		o, err = t.dispatch(tx, j)
		return err
	}); err != nil || o.skip {
		return err
	}
	if !o.wait.At.IsZero() {
		return o.wait
	}
	line, ok := t.Channels(o.th.Account)
	if !ok {
		return t.outcome(ctx, j, o, tandem.Receipt{}, tandem.Coded(tandem.Denied, "auth", "account %s is not connected", o.th.Account))
	}
	if o.out.Files, err = t.files(ctx, j.Workspace, o.m); err != nil { // nothing has left yet
		return t.outcome(context.WithoutCancel(ctx), j, o, tandem.Receipt{}, tandem.Coded(tandem.Transient, "no_answer", "a file cannot be read"))
	}
	r, err := line.Channel.Send(ctx, o.out)
	if tandem.KindOf(err) == tandem.Denied {
		if now, ok := t.Channels(o.th.Account); ok && now.Version != line.Version { // it was repaired meanwhile
			err = tandem.Coded(tandem.Transient, "account_changed", "the account was changed while sending")
		}
	}
	return t.outcome(context.WithoutCancel(ctx), j, o, r, err)
}

// files reads what goes with a message. They are in memory while it is sent, and never in a transaction.
func (t Turn) files(ctx context.Context, ws tandem.WorkspaceID, m tandem.Message) (out map[tandem.FileID][]byte, err error) {
	for _, p := range m.Parts {
		if p.File == "" {
			continue
		}
		if out == nil {
			out = map[tandem.FileID][]byte{}
		}
		if out[p.File], err = t.DB.FileBody(ctx, ws, p.File); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// dispatch is the one dispatch rule, in the transaction that marks the row as sending: a bot row
// goes out only while the bot owns the conversation and its epoch is the row's.
func (t Turn) dispatch(tx *store.Tx, j store.Job) (o outgoing, err error) {
	if o.m, err = tx.Message(tandem.MessageID(j.Arg)); err != nil {
		return o, err
	}
	c, err := tx.Conversation(o.m.Conversation)
	if err != nil {
		return o, err
	}
	if o.th, err = tx.Thread(o.m.Thread); err != nil {
		return o, err
	}
	line, _ := t.Channels(o.th.Account)
	switch {
	case o.m.Delivery == tandem.Sending && !line.Idempotent: // a sender died with it: it may be out
		o.skip = true
		_, err := tx.Deliver(&o.m, tandem.Unknown, "", "maybe_sent")
		return o, errors.Join(err, tx.Enqueue(store.Job{Kind: "reconcile", Arg: j.Arg, RunAt: tx.Now.Add(reconcileAfter)}))
	case o.m.Delivery != tandem.Queued && o.m.Delivery != tandem.Sending:
		o.skip = true
		return o, nil
	case o.m.Held.After(tx.Now): // it may still be taken back, whoever woke the sender
		o.wait = job.Later{At: o.m.Held, Why: "held"}
		return o, nil
	case o.m.Origin == tandem.FromBot && (c.Owner != tandem.Bot || c.Epoch != o.m.Epoch):
		o.skip = true
		tx.Suppress(c, string(o.m.ID), "dispatch")
		return o, tx.SuppressMessage(c, o.m)
	}
	if o.skip, err = t.stopped(tx, c, o.m); err != nil || o.skip {
		return o, err
	}
	code, err := unwanted(tx, c, o.th, o.m)
	if err != nil {
		return o, err
	}
	if code = cmp.Or(code, t.untaken(o.th, o.m, tx.Now)); code != "" {
		o.skip = true
		return o, t.refused(tx, o.m, code)
	}
	state, until, err := tx.Gate(o.th.Account)
	if err != nil {
		return o, err
	}
	if until.After(tx.Now) {
		o.wait = job.Later{At: until, Why: "rate_limited"}
		return o, waits(tx, &o.m, "rate_limited")
	}
	if state != tandem.AccountOK {
		o.wait = job.Later{At: tx.Now.Add(repairWait), Why: "account_" + string(state)}
		return o, waits(tx, &o.m, "account_"+string(state))
	}
	if o.m.Delivery == tandem.Queued {
		if _, err := tx.Deliver(&o.m, tandem.Sending, "", ""); err != nil {
			return o, err
		}
	}
	o.out, err = t.envelope(tx, c, o.m, o.th)
	return o, err
}

// waits says in a message that is queued why it does not go out now.
func waits(tx *store.Tx, m *tandem.Message, why string) error {
	if m.Delivery != tandem.Queued || m.Problem == why {
		return nil
	}
	return tx.Requeue(m, tandem.Queued, why)
}

// stopped refuses a bot row that was still queued when somebody pressed pause; a person takes over.
func (t Turn) stopped(tx *store.Tx, c tandem.Conversation, m tandem.Message) (bool, error) {
	if m.Origin != tandem.FromBot {
		return false, nil
	}
	paused, err := tx.Paused(c.Touchpoint)
	if err != nil || !paused {
		return false, err
	}
	tx.Suppress(c, string(m.ID), "paused")
	if err := t.queue(tx, c, tandem.Trigger{Code: "T9", Kind: "paused"}, "clock"); err != nil {
		return false, err
	}
	if c, err = tx.Conversation(c.ID); err != nil {
		return false, err
	}
	return true, tx.SuppressMessage(c, m)
}

func (t Turn) envelope(tx *store.Tx, c tandem.Conversation, m tandem.Message, th tandem.Thread) (tandem.Outgoing, error) {
	choice, err := tx.Choice(m.ID)
	if err != nil {
		return tandem.Outgoing{}, err
	}
	mention := ""
	if th.Surface == tandem.Comment {
		if mention, err = tx.Username(th.Account, th.To); err != nil {
			return tandem.Outgoing{}, err
		}
	}
	done, err := tx.Pieces(m.ID)
	if err != nil {
		return tandem.Outgoing{}, err
	}
	since := time.Duration(0)
	if !th.WindowFrom.IsZero() {
		since = tx.Now.Sub(th.WindowFrom)
	}
	return tandem.Outgoing{
		Message: m.ID, To: th.To, Thread: th.External, Surface: th.Surface, ReplyTo: m.ReplyTo, Private: m.Kind == "private_reply", Text: m.Text, Parts: m.Parts, Choice: choice,
		Human: m.Origin == tandem.FromHuman || m.Origin == tandem.FromDraft, Since: since, Lang: c.Lang, Mention: mention, Template: m.Template, Done: done,
	}, nil
}

// outcome records what the platform said. A refusal is seen by people; nothing is lost or doubled.
func (t Turn) outcome(ctx context.Context, j store.Job, o outgoing, r tandem.Receipt, sent error) error {
	var later error
	err := t.DB.Write(ctx, j.Workspace, func(tx *store.Tx) error {
		later = nil
		m, err := tx.Message(o.m.ID) // an echo may have been quicker
		if err != nil {
			return err
		}
		if sent == nil || tandem.CodeOf(sent) == "already_sent" {
			if err := taken(tx, m, o, r); err != nil {
				return err
			}
			return tx.Finish(j)
		}
		if err := pieces(tx, m, o, out(r)); err != nil {
			return err
		}
		code := tandem.CodeOf(sent)
		switch kind := tandem.KindOf(sent); {
		case code == "maybe_sent":
			if _, err := tx.Deliver(&m, tandem.Unknown, "", code); err != nil {
				return err
			}
			if err := tx.Enqueue(store.Job{Kind: "reconcile", Arg: j.Arg, RunAt: tx.Now.Add(reconcileAfter)}); err != nil {
				return err
			}
		case kind == tandem.Denied:
			later = job.Later{At: tx.Now.Add(repairWait), Why: code}
			if _, err := tx.AccountState(o.th.Account, tandem.AccountBroken, code); err != nil {
				return err
			}
			return tx.Requeue(&m, tandem.Queued, code)
		case kind == tandem.Limited || kind == tandem.Transient || kind == tandem.Internal:
			at := tx.Now.Add(job.Backoff(j.Tries))
			if wait, told := channel.RetryAfter(sent); told && wait > 0 {
				at = tx.Now.Add(wait)
				if err := tx.BlockAccount(o.th.Account, at); err != nil {
					return err
				}
			}
			later = job.Later{At: at, Why: code, Failed: true}
			return tx.Requeue(&m, tandem.Queued, code)
		default:
			if err := t.refused(tx, m, code); err != nil {
				return err
			}
			if err := intake.Refused(tx, m.ID); err != nil {
				return err
			}
		}
		return tx.Finish(j)
	})
	if err == nil {
		if later != nil {
			return later
		}
		return job.Finished
	}
	return err
}

// taken records that the platform took a message, with its ids of all pieces.
func taken(tx *store.Tx, m tandem.Message, o outgoing, r tandem.Receipt) error {
	if r.Delivery == "" {
		r.Delivery = tandem.Sent
	}
	if _, err := tx.Deliver(&m, r.Delivery, r.External, ""); err != nil {
		return err
	}
	if len(r.Also)+len(o.out.Done) > 0 {
		if err := pieces(tx, m, o, out(r)); err != nil {
			return err
		}
	}
	return tx.Recipient(o.th, r.User)
}

// pieces records which pieces of a message went out: in order, those that were not out before.
func pieces(tx *store.Tx, m tandem.Message, o outgoing, externals []string) error {
	var numbers []int
	for n := 1; len(numbers) < len(externals); n++ {
		if !slices.Contains(o.out.Done, n) {
			numbers = append(numbers, n)
		}
	}
	return tx.AddPieces(o.th.Account, m.ID, externals, numbers...)
}

// out are the platform's ids of what went out of a message that failed half-way: their echoes are ours.
func out(r tandem.Receipt) []string {
	if r.External == "" {
		return nil
	}
	return append(slices.Clone(r.Also), r.External)
}

// refused marks a message that the platform will never take. What the bot could not say, a person
// has to: the conversation goes to the queue.
func (t Turn) refused(tx *store.Tx, m tandem.Message, code string) error {
	if _, err := tx.Deliver(&m, tandem.Failed, "", code); err != nil {
		return err
	}
	if m.Template != nil { // perhaps it was paused meanwhile: what is known of the templates is out of date
		th, err := tx.Thread(m.Thread)
		if err != nil {
			return err
		}
		if err := tx.Enqueue(templatesJob(th.Account)); err != nil {
			return err
		}
	}
	c, err := tx.Conversation(m.Conversation)
	if err != nil || c.Owner != tandem.Bot || m.Origin != tandem.FromBot {
		return err
	}
	return t.queue(tx, c, tandem.Trigger{Code: "T13", Kind: "send_" + code}, "clock")
}

// Reconcile looks again at a message whose fate was unknown. It is never sent again by itself: a
// person sees it and decides (I8).
func (t Turn) Reconcile(ctx context.Context, j store.Job) error {
	return t.DB.Write(ctx, j.Workspace, func(tx *store.Tx) error {
		m, err := tx.Message(tandem.MessageID(j.Arg))
		if err != nil || m.Delivery != tandem.Unknown {
			return err
		}
		c, err := tx.Conversation(m.Conversation)
		if err != nil {
			return err
		}
		tx.Emit(tandem.Event{Kind: tandem.MessageChanged, Conversation: c.ID, Subject: string(m.ID), Actor: "clock", Code: "unreconciled", Data: map[string]any{"seq": m.Seq}})
		if c.Owner == tandem.Bot {
			return t.queue(tx, c, tandem.Trigger{Code: "T13", Kind: "maybe_sent"}, "clock")
		}
		return nil
	})
}
