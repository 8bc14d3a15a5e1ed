package turn

import (
	"encoding/json"
	"slices"
	"strconv"
	"time"

	"tandem"
	"tandem/bot"
	"tandem/intake"
	"tandem/nlu"
	"tandem/policy"
	"tandem/store"
)

// settle is what a decision becomes. Texts and the card are made before the transaction; run only
// stores.
type settle struct {
	s           tandem.Snapshot
	in          policy.Input
	d           tandem.Decision
	card        tandem.Card
	suggestions []tandem.Reply
	private     *tandem.Reply // what may not be said in public, for a private reply
	watch       func(*store.Tx, tandem.Thread) error
	over        func(*store.Tx, tandem.Conversation, tandem.Snapshot, tandem.Trigger, tandem.Card, string) error
	word        func(*store.Tx, tandem.ConversationID, time.Duration) error
	merged      bool // identify has merged the conversation: the joint one has a turn of its own
}

// prepare makes the card and the suggestions for the person who takes over.
func (w *settle) prepare(model *nlu.Model) {
	d := w.d
	if h := w.s.Handover; d.Act == tandem.Suggest && h != nil && h.EndedAt.IsZero() {
		d.Triggers = []tandem.Trigger{h.Trigger} // why a person is here has not changed because more is known
	}
	w.card = bot.Card(w.s, d, w.in.Findings, nlu.Mask)
	f := tandem.Findings{}
	if w.in.Findings != nil {
		f = *w.in.Findings
	}
	if w.d.Act == tandem.Suggest {
		w.suggestions = bot.Suggestions(w.s, w.d, f, bot.Voice{Vocative: nlu.Vocative})
	}
}

// run stores it. Everything the bot would say is refused when the conversation has moved on.
func (w *settle) run(tx *store.Tx) error {
	w.merged = false // a write may run twice
	c, err := tx.Conversation(w.s.Conversation.ID)
	if tandem.CodeOf(err) == "merged" && err != nil {
		return nil // what the customer wrote is in another conversation by now, with a turn of its own
	}
	if err != nil {
		return err
	}
	if changed, err := w.changed(tx); err != nil {
		return err
	} else if changed {
		tx.Suppress(c, string(w.d.ID), "message_changed")
		return nil // what the customer says now has its own turn; what was taken back needs none
	}
	if w.d.Act == tandem.Suggest {
		return w.suggest(tx, c)
	}
	if why := store.Moved(c, w.d.Epoch, w.d.Seq); why != "" {
		tx.Suppress(c, string(w.d.ID), why)
		return nil // the newer message has its own turn; a person needs none
	}
	if stopped, err := w.stopped(tx, c); err != nil || stopped {
		return err
	}
	if err := w.learn(tx, &c); err != nil || w.merged {
		return err
	}
	input, err := json.Marshal(w.in)
	if err != nil {
		return err
	}
	w.d.Outcome = string(w.d.Act)
	if err := tx.AddDecision(w.d, input); err != nil {
		return err
	}
	if w.confirmed() && store.Rateable(w.s) {
		if err := tx.AskRating(c.ID); err != nil {
			return err
		}
	}
	switch w.d.Act {
	case tandem.HandOver:
		return w.handOver(tx, c)
	case tandem.Propose:
		return w.propose(tx, c)
	case tandem.Answer, tandem.Ask:
		return w.answer(tx, c)
	}
	if err := tx.Dispose(&c, c.Asked, tandem.NoReply); err != nil {
		return err
	}
	return tx.SaveConversation(c)
}

// changed tells whether the customer has corrected, or taken back, what the turn was thinking about.
func (w *settle) changed(tx *store.Tx) (bool, error) {
	for _, then := range w.s.Unanswered() {
		now, err := tx.Message(then.ID)
		if err != nil || now.Text != then.Text || now.Removed {
			return true, err
		}
	}
	return false, nil
}

// confirmed tells whether the customer says that the matter is settled: that it works, or thanks.
func (w *settle) confirmed() bool {
	r := w.d.Reading
	if w.d.Act == tandem.HandOver || r.Feedback < 0 || r.Mood == tandem.Tense || r.Mood == tandem.Angry {
		return false
	}
	return r.Feedback > 0 || w.d.Touchpoint == "thanks"
}

// stopped refuses what the bot would say since somebody pressed pause while it was thinking. The
// message is looked at anew: with the bot paused that is a hand-over.
func (w *settle) stopped(tx *store.Tx, c tandem.Conversation) (bool, error) {
	if w.d.Act == tandem.HandOver || w.d.Act == tandem.Nothing {
		return false, nil
	}
	paused, err := tx.Paused(w.d.Touchpoint)
	if err != nil || !paused {
		return false, err
	}
	tx.Suppress(c, string(w.d.ID), "paused")
	return true, tx.Enqueue(intake.TurnJob(c.ID, tx.Now))
}

// thread is where an answer goes: the place of the newest customer message.
func (w *settle) thread() tandem.Thread {
	m, _ := w.s.Last(tandem.FromCustomer)
	return w.s.Thread(m.Thread)
}

// answer lets the bot speak. The key makes a second answer to the same message impossible (I4).
func (w *settle) answer(tx *store.Tx, c tandem.Conversation) error {
	if err := w.whisper(tx, &c); err != nil {
		return err
	}
	r, th := w.in.Reply, w.thread()
	last, _ := w.s.Last(tandem.FromCustomer)
	m := tandem.Message{Origin: tandem.FromBot, Text: r.Text, Key: botKey(w.d.Seq), Epoch: c.Epoch, Delivery: tandem.Queued}
	if th.Surface == tandem.Comment {
		m.ReplyTo = last.External
	}
	fresh, err := tx.AddMessage(&c, th, &m)
	if err != nil || !fresh {
		return err
	}
	if err := tx.SetMessageDecision(m.ID, w.d.ID, r.Choice); err != nil {
		return err
	}
	if err := tx.Enqueue(SendJob(m)); err != nil {
		return err
	}
	if err := tx.Dispose(&c, w.d.Seq, tandem.AnsweredByBot); err != nil {
		return err
	}
	if c.Disclosed.IsZero() || tx.Now.Sub(c.Disclosed) > 24*time.Hour {
		c.Disclosed = tx.Now // Compose put the notice in front
	}
	count(&c, w.d)
	if err := w.sample(tx, c, th); err != nil {
		return err
	}
	if err := w.remind(tx); err != nil {
		return err
	}
	for _, p := range bot.Promises(r.Text, c.Lang, tx.Now, w.s.Zone()) {
		if err := Promise(tx, c, m.ID, "", p.Text, p.Due); err != nil {
			return err
		}
	}
	return tx.SaveConversation(c)
}

// remind tells those who promised that the customer has asked.
func (w *settle) remind(tx *store.Tx) error {
	if w.d.Rule != tandem.RulePromise {
		return nil
	}
	for _, p := range w.s.Promises {
		if p.By != "" && p.Kept.IsZero() && p.Broken.IsZero() {
			tx.TellPromise(p, "bot", "asked", p.By)
		}
	}
	return nil
}

// sample lays some of what the bot sent at L3 before a person afterwards.
func (w *settle) sample(tx *store.Tx, c tandem.Conversation, th tandem.Thread) error {
	if w.d.Level != tandem.L3 || w.d.Act != tandem.Answer || !policy.Chosen(string(w.d.ID), "review", w.s.Workspace.Settings.Sampling.Review) {
		return nil
	}
	return tx.AddDraft(tandem.Draft{
		ID: tandem.NewID[tandem.DraftID](), Conversation: c.ID, Thread: th.ID, Decision: w.d.ID, Rev: c.Rev, Epoch: c.Epoch, Seq: w.d.Seq,
		Touchpoint: w.d.Touchpoint, Lang: c.Lang, Text: w.in.Reply.Text, Claims: w.in.Reply.Claims, Class: w.in.Reply.Class,
		Why: "sample", Purpose: tandem.ForSample, State: tandem.DraftPending, Due: tx.Now.Add(24 * time.Hour),
	})
}

// count keeps the bounds of I13.
func count(c *tandem.Conversation, d tandem.Decision) {
	c.BotTurns++
	if d.Reading.Feedback > 0 || smallTalk[d.Touchpoint] {
		c.BotTurns = 0
	}
	switch {
	case d.Act != tandem.Ask:
		c.Clarified, c.Fails = 0, 0
	case d.Rule == "T8":
		c.Clarified++
		c.Fails++
	default:
		c.Clarified++
	}
}

// propose puts a draft into the approval queue; the customer's message keeps waiting for a person.
func (w *settle) propose(tx *store.Tx, c tandem.Conversation) error {
	due := tx.Now.Add(holdAfter)
	if all := w.s.Unanswered(); len(all) > 0 { // the clock is the customer's: writing again does not begin it anew
		due = all[0].ReceivedAt.Add(holdAfter)
	}
	d := tandem.Draft{
		ID: tandem.NewID[tandem.DraftID](), Conversation: c.ID, Thread: w.thread().ID, Decision: w.d.ID,
		Rev: c.Rev, Epoch: c.Epoch, Seq: w.d.Seq, Touchpoint: w.d.Touchpoint, Lang: c.Lang,
		Text: w.in.Reply.Text, Claims: w.in.Reply.Claims, Class: w.in.Reply.Class, Why: w.d.Rule, State: tandem.DraftPending, Due: due,
	}
	if policy.Chosen(string(d.ID), "trap", w.s.Workspace.Settings.Sampling.Traps) {
		if wrong, part, ok := policy.Plant(d.Text, d.Claims); ok {
			d.Original, d.Text, d.Trap = d.Text, wrong, part
		}
	}
	if err := tx.AddDraft(d); err != nil {
		return err
	}
	if err := tx.Dispose(&c, w.d.Seq, tandem.WithHuman); err != nil {
		return err
	}
	if err := tx.SaveConversation(c); err != nil {
		return err
	}
	return tx.Enqueue(store.Job{Kind: "draft_due", Arg: string(d.ID), RunAt: due})
}

// handOver silences the bot and calls a person, with the whole picture, in one transaction.
func (w *settle) handOver(tx *store.Tx, c tandem.Conversation) error {
	c.Priority, c.Reason, c.Team = max(c.Priority, w.d.Priority), w.d.Triggers[0].Code, w.d.Team
	return w.over(tx, c, w.s, w.d.Triggers[0], w.card, "bot")
}

// HandOver moves a conversation into the queue: owner, hand-over with its card, alert, the ladder of
// deadlines, and a turn that completes the facts and suggests an answer. Every way into the queue
// goes through it.
func HandOver(tx *store.Tx, c tandem.Conversation, s tandem.Snapshot, why tandem.Trigger, card tandem.Card, actor string) error {
	if err := tx.Dispose(&c, c.Asked, tandem.WithHuman); err != nil {
		return err
	}
	if err := tx.Transfer(&c, tandem.Queue, "", actor, why.Code); err != nil {
		return err
	}
	if err := tx.Outdate(c.ID, tandem.DraftStale); err != nil {
		return err
	}
	if err := endStretch(tx, c.ID, why.Code); err != nil {
		return err
	}
	h := tandem.Handover{ID: tandem.NewID[tandem.HandoverID](), Conversation: c.ID, Epoch: c.Epoch, Trigger: why, Card: card, At: tx.Now}
	if err := tx.AddHandover(h); err != nil {
		return err
	}
	tx.Emit(tandem.Event{Kind: tandem.AlertRaised, Conversation: c.ID, Subject: string(h.ID), Actor: actor, Code: why.Code,
		Data: map[string]any{"priority": c.Priority, "team": c.Team, "kind": why.Kind, "agent": c.Offered}})
	if err := tx.Enqueue(store.Job{Kind: "ladder", Arg: string(h.ID), Once: "ladder:" + string(h.ID), RunAt: tx.Now.Add(silence(s, why))}); err != nil {
		return err
	}
	return tx.Enqueue(intake.TurnJob(c.ID, tx.Now))
}

// endStretch ends the stretch of people that a new one replaces: a conversation has one at a time.
func endStretch(tx *store.Tx, c tandem.ConversationID, why string) error {
	old, err := tx.OpenHandover(c)
	if err != nil {
		if tandem.KindOf(err) == tandem.NotFound {
			return nil
		}
		return err
	}
	if err := tx.Cancel("ladder:" + string(old.ID)); err != nil {
		return err
	}
	old.EndedAt, old.Outcome = tx.Now, why
	return tx.SaveHandover(old)
}

// suggest completes the card with facts and lays answers before the person who owns it, and watches
// that this person answers.
func (w *settle) suggest(tx *store.Tx, c tandem.Conversation) error {
	if c.Owner == tandem.Bot || c.Owner == tandem.Closed || c.Asked != w.d.Seq {
		return nil
	}
	if err := w.identify(tx); err != nil || w.merged {
		return err
	}
	if err := w.watch(tx, w.thread()); err != nil {
		return err
	}
	if !w.s.Touchpoints[w.d.Touchpoint].Term("", w.s.Now).IsZero() { // a complaint made to a person is one as well
		if err := w.matter(tx); err != nil {
			return err
		}
	}
	if c.Owner == tandem.Human {
		if err := tx.Enqueue(SilenceJob(c, tx.Now, w.s.Workspace.Settings.AgentSilence)); err != nil {
			return err
		}
	}
	if err := w.complete(tx, c); err != nil {
		return err
	}
	if err := w.offer(tx, c); err != nil {
		return err
	}
	if err := tx.Outdate(c.ID, tandem.DraftIgnored); err != nil {
		return err
	}
	withheld := policy.Chosen(string(c.ID)+strconv.FormatInt(c.Asked, 10), "withheld", w.s.Workspace.Settings.Sampling.Withheld)
	if withheld {
		tx.Emit(tandem.Event{Kind: tandem.DraftChanged, Conversation: c.ID, Actor: "clock", Code: "withheld"}) // what people do unaided is the measure of the help
	}
	for _, r := range w.suggestions {
		if !r.OK {
			continue
		}
		d := tandem.Draft{
			ID: tandem.NewID[tandem.DraftID](), Conversation: c.ID, Thread: w.thread().ID, Decision: w.d.ID, Suggestion: true,
			Rev: c.Rev, Epoch: c.Epoch, Seq: c.Asked, Touchpoint: w.d.Touchpoint, Lang: c.Lang, Text: r.Text, Claims: r.Claims, Class: r.Class,
			Why: w.d.Rule, State: tandem.DraftPending, Due: tx.Now,
		}
		if withheld {
			return tx.Withhold(d)
		}
		if err := tx.AddDraft(d); err != nil {
			return err
		}
	}
	return nil
}

// complete puts what is known now on the card of the people who have the conversation or will.
func (w *settle) complete(tx *store.Tx, c tandem.Conversation) error {
	h, err := tx.OpenHandover(c.ID)
	if err != nil {
		if tandem.KindOf(err) == tandem.NotFound {
			return nil
		}
		return err
	}
	w.card.Trigger, w.card.Code = h.Card.Trigger, h.Card.Code
	w.card.Headline, w.card.Quotes = bestHeadline(w.card, h.Card), quotes(h.Card.Quotes, w.card.Quotes)
	h.Card = w.card
	if err := tx.SaveHandover(h); err != nil {
		return err
	}
	if err := tx.SaveWorded(h.ID, tandem.Worded{}); err != nil { // words of an older card tell less than it
		return err
	}
	tx.Emit(tandem.Event{Kind: tandem.CardChanged, Conversation: c.ID, Subject: string(h.ID), Actor: "bot"})
	return w.word(tx, c.ID, 0)
}

// quotes keeps what was quoted at the hand-over and adds what the customer wrote last.
func quotes(then, now []tandem.Quote) []tandem.Quote {
	if len(now) == 0 || len(then) == 0 || now[len(now)-1].Seq <= then[len(then)-1].Seq {
		return then
	}
	last := now[len(now)-1]
	last.Why = "last"
	then = slices.DeleteFunc(slices.Clone(then), func(q tandem.Quote) bool { return q.Why == "last" })
	return append(then, last)
}

// bestHeadline keeps the headline of the moment of the hand-over unless facts have made a better one.
func bestHeadline(now, then tandem.Card) string {
	if len(now.Facts) > len(then.Facts) || then.Headline == "" {
		return now.Headline
	}
	return then.Headline
}
