package turn

import (
	"context"
	"strconv"
	"time"

	"tandem"
	"tandem/bot"
	"tandem/job"
	"tandem/nlu"
	"tandem/store"
)

// The deadlines of HITL.md 1.7 and 3.3. Each has an action: there is no dead end (I12).
const (
	noticeAfter  = 60 * time.Second // one honest notice
	noticeVIP    = 30 * time.Second
	widenAfter   = 3 * time.Minute  // wider skill, supervisor
	choiceAfter  = 10 * time.Minute // stay, be called, get a mail
	holdAfter    = 60 * time.Second // a draft waits: holding message
	draftLost    = 3 * time.Minute  // a draft that nobody decided on: a person takes over
	agentSilence = 15 * time.Minute // an owner who is silent for longer loses the conversation to the queue
)

// silence is how long a hand-over stays silent before the customer is told the truth.
func silence(s tandem.Snapshot, why tandem.Trigger) time.Duration {
	switch {
	case !s.Staffed && why.Code == "T1": // who asks for a person hears at once when one will be there
		return 0
	case !s.Staffed && why.Code == "T20" && len(s.Unanswered()) == 0 && s.Next.After(s.Now): // nobody is woken to be told that we are late
		return s.Next.Sub(s.Now) + noticeAfter
	case s.Customer.VIP:
		return noticeVIP
	}
	return noticeAfter
}

// queue hands a conversation over from inside a transaction, with a card made of what is known.
func (t Turn) queue(tx *store.Tx, c tandem.Conversation, why tandem.Trigger, actor string) error {
	s, err := tx.Snapshot(c.ID)
	if err != nil {
		return err
	}
	c.Reason, c.Priority = why.Code, max(c.Priority, tandem.High)
	return t.handOver(tx, c, s, why, card(s, why), actor)
}

// card makes the summary card for a hand-over that no turn decided.
func card(s tandem.Snapshot, why tandem.Trigger) tandem.Card {
	d := tandem.Decision{Conversation: s.Conversation.ID, Act: tandem.HandOver, Touchpoint: s.Conversation.Touchpoint, Rule: why.Code,
		Triggers: []tandem.Trigger{why}, At: s.Now, Reading: tandem.Reading{Mood: s.Conversation.Mood, Lang: s.Conversation.Lang}}
	if m, ok := s.Last(tandem.FromCustomer); ok && m.Reading != nil {
		d.Reading = *m.Reading
	}
	k := bot.Card(s, d, nil, nlu.Mask)
	k.Open = len(s.Unanswered()) > 0 // where nothing is asked no turn completes the facts
	return k
}

// againAfter is how often everybody is asked again, while the desk is open, about a conversation that
// nobody took: the ladder has a last rung, and no end.
const againAfter = time.Hour

// step is one rung of the ladder.
type step struct {
	after  time.Duration // since the hand-over
	notice string        // to the customer, at most once
	widen  bool
}

// ladder is what happens while nobody answers.
var ladder = []step{
	{after: noticeAfter, notice: "wait"},
	{after: widenAfter, widen: true},
	{after: choiceAfter, notice: "choice"},
}

// Ladder takes the next step of a hand-over that no person has answered yet, and comes again.
func (t Turn) Ladder(ctx context.Context, j store.Job) (err error) {
	defer tandem.Wrap(&err, "ladder %s", j.Arg)
	return t.DB.Write(ctx, j.Workspace, func(tx *store.Tx) error {
		h, err := tx.Handover(tandem.HandoverID(j.Arg))
		if err != nil {
			return err
		}
		// Held before the hand-over is read again: a turn may be completing its card at this moment.
		if _, err = tx.Conversation(h.Conversation); err == nil {
			h, err = tx.Handover(h.ID)
		}
		if err != nil || !h.EndedAt.IsZero() || !h.FirstReply.IsZero() {
			return err
		}
		s, err := tx.Snapshot(h.Conversation)
		if err != nil || h.Step >= len(ladder) && s.Conversation.Owner != tandem.Queue { // who has it has a clock of their own
			return err
		}
		if err := t.climb(tx, s, &h); err != nil {
			return err
		}
		return tx.Enqueue(store.Job{Kind: "ladder", Arg: j.Arg, Once: "ladder:" + j.Arg, RunAt: following(s, h)})
	})
}

// climb does what the step asks for. Out of hours there is one step, whenever the desk closed: the
// customer is told when somebody will be there and chooses; people are asked when the desk opens.
func (t Turn) climb(tx *store.Tx, s tandem.Snapshot, h *tandem.Handover) error {
	if h.Step >= len(ladder) {
		if !s.Staffed {
			return nil
		}
		return widen(tx, h.Conversation, "clock")
	}
	now := ladder[h.Step]
	h.Step++
	if !s.Staffed {
		now = step{notice: "out_of_hours"}
		if h.Step > 1 {
			now.notice = "choice" // that somebody answers was said already
		}
		h.Step = len(ladder)
		if err := unoffer(tx, h.Conversation); err != nil {
			return err
		}
	}
	if now.notice != "" && awaits(s, *h) {
		if err := t.notice(tx, s, now.notice, "notice:"+string(h.ID)+":"+now.notice); err != nil {
			return err
		}
	}
	if now.widen {
		if err := widen(tx, h.Conversation, "clock"); err != nil {
			return err
		}
	}
	return tx.SaveHandover(*h)
}

// following is when the ladder's next step is due. A queue always has a deadline (I12).
func following(s tandem.Snapshot, h tandem.Handover) time.Time {
	if h.Step < len(ladder) {
		due := s.Now.Add(ladder[h.Step].after - ladder[h.Step-1].after) // the first may have waited for the desk to open
		if at := h.At.Add(ladder[h.Step].after); at.After(due) {
			due = at
		}
		return due
	}
	if !s.Staffed && s.Next.After(s.Now) {
		return s.Next
	}
	return s.Now.Add(againAfter)
}

// awaits tells whether the customer waits for a person: something is not answered, or was promised.
// Nobody else is told that a person will come.
func awaits(s tandem.Snapshot, h tandem.Handover) bool {
	return len(s.Unanswered()) > 0 || h.Trigger.Code == "T20"
}

// notice sends a system notice of the closed list. Its key makes a second one of the same step
// impossible.
func (t Turn) notice(tx *store.Tx, s tandem.Snapshot, kind, key string) error {
	text, choice := bot.Notice(kind, s)
	last, ok := s.Last(tandem.FromCustomer)
	if text == "" || !ok {
		return nil
	}
	c, err := tx.Conversation(s.Conversation.ID)
	if err != nil {
		return err
	}
	m := tandem.Message{Origin: tandem.FromNotice, Kind: kind, Text: text, Key: key, Epoch: c.Epoch, Delivery: tandem.Queued}
	th := s.Thread(last.Thread)
	if th.Shut != "" { // it would reach nobody, or somebody who wants none, or come hours late
		return nil
	}
	if th.Surface == tandem.Comment {
		m.ReplyTo = last.External
	}
	fresh, err := tx.AddMessage(&c, th, &m)
	if err != nil || !fresh {
		return err
	}
	if err := tx.SetMessageDecision(m.ID, "", choice); err != nil {
		return err
	}
	return tx.Enqueue(SendJob(m))
}

// DraftDue watches a draft that waits: first a holding message, then a person. The draft itself is
// never sent by a clock.
func (t Turn) DraftDue(ctx context.Context, j store.Job) (err error) {
	defer tandem.Wrap(&err, "draft %s", j.Arg)
	return t.DB.Write(ctx, j.Workspace, func(tx *store.Tx) error {
		d, err := tx.Draft(tandem.DraftID(j.Arg))
		if err != nil || d.State != tandem.DraftPending || d.Purpose != tandem.ForApproval {
			return err
		}
		c, err := tx.Conversation(d.Conversation)
		if err != nil || c.Owner != tandem.Bot {
			return err
		}
		lost := d.Due.Add(draftLost - holdAfter) // the true draft behind a planted one has its time, not a new one
		if !tx.Now.Before(lost) {
			d.State, d.DecidedAt = tandem.DraftHanded, tx.Now
			if err := tx.SaveDraft(d, "clock"); err != nil {
				return err
			}
			return t.queue(tx, c, tandem.Trigger{Code: "T13", Kind: "draft_waited"}, "clock")
		}
		s, err := tx.Snapshot(c.ID)
		if err != nil {
			return err
		}
		if waits := s.Unanswered(); len(waits) > 0 { // one for all that waits, also where it was written anew
			if err := t.notice(tx, s, "hold", "notice:hold:"+strconv.FormatInt(waits[0].Seq, 10)); err != nil {
				return err
			}
		}
		return tx.Enqueue(store.Job{Kind: "draft_due", Arg: j.Arg, RunAt: lost})
	})
}

// Silence gives the conversation of a person who does not answer back to the queue (never straight
// to the bot). The argument is the conversation and the epoch it is about.
func (t Turn) Silence(ctx context.Context, j store.Job) error {
	id, epoch, asked := silenceArg(j.Arg)
	return t.DB.Write(ctx, j.Workspace, func(tx *store.Tx) error {
		c, err := tx.Conversation(id)
		if err != nil || c.Owner != tandem.Human || c.Epoch != epoch || c.Answered >= asked {
			return err
		}
		if h, err := tx.OpenHandover(id); err == nil { // a new stretch begins: its ladder starts anew
			h.EndedAt, h.EndedBy, h.Outcome = tx.Now, c.Agent, "silent"
			if err := tx.SaveHandover(h); err != nil {
				return err
			}
		}
		return t.queue(tx, c, tandem.Trigger{Code: "T21", Kind: "agent_silent"}, "clock")
	})
}

// SilenceJob watches that a person who owns a conversation answers its newest message.
func SilenceJob(c tandem.Conversation, now time.Time, limit time.Duration) store.Job {
	if limit <= 0 {
		limit = agentSilence
	}
	arg := string(c.ID) + " " + strconv.FormatInt(c.Epoch, 10) + " " + strconv.FormatInt(c.Asked, 10)
	return store.Job{Kind: "silence", Arg: arg, Once: "silence:" + arg, RunAt: now.Add(limit)}
}

// Sweep forgets dedupe keys and raw bodies that no platform can repeat any more, sees to the week's list of
// messages to label, and comes again.
func (t Turn) Sweep(ctx context.Context, j store.Job) error {
	return t.DB.Write(ctx, j.Workspace, func(tx *store.Tx) error {
		if err := tx.Forget(tx.Now.Add(-keepKeys)); err != nil {
			return err
		}
		w, err := tx.Workspace()
		if err != nil {
			return err
		}
		if err := tx.Enqueue(WeeklyJob(nextWeek(tx.Now, w))); err != nil {
			return err
		}
		if err := tx.ForgetUploads(tx.Now.Add(-24 * time.Hour)); err != nil {
			return err
		}
		return tx.Enqueue(store.Job{Kind: "sweep", Once: "sweep", RunAt: tx.Now.Add(24 * time.Hour)})
	})
}

// keepKeys is longer than any platform repeats a delivery (WhatsApp: 7 days, CHANNELS.md 1.4).
const keepKeys = 30 * 24 * time.Hour

// Jobs names every job of the story and what carries it out.
func (t Turn) Jobs() map[string]job.Do {
	return map[string]job.Do{
		"turn": t.Run, "send": t.Send, "reconcile": t.Reconcile, "ladder": t.Ladder, "draft_due": t.DraftDue,
		"promise_warn": t.PromiseWarn, "promise_due": t.PromiseDue, "promise_late": t.PromiseLate, "silence": t.Silence, "echo": t.Echo, "receipt": t.Receipt, "profile": t.Profile, "sweep": t.Sweep, "act": t.Act,
		"templates": t.templates, "window": t.WindowCloses, "invited": t.Invited,
		"learn": t.Learn, "weekly": t.Weekly, "word": t.Word,
	}
}
