package turn

import (
	"encoding/json"
	"regexp"
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
	merged      bool          // identify has merged the conversation: the joint one has a turn of its own
}

// prepare makes the card and the suggestions for the person who takes over.
func (w *settle) prepare(model *nlu.Model) {
	w.card = bot.Card(w.s, w.d, w.in.Findings, nlu.Mask)
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

// learn writes down what the turn found out about the customer and the matter.
func (w *settle) learn(tx *store.Tx, c *tandem.Conversation) error {
	d := w.d
	c.Mood, c.Tension = d.Reading.Mood, d.Tension
	if d.Reading.LangSure || c.Lang == "" {
		c.Lang = d.Reading.Lang
	}
	if d.Touchpoint != "" && d.Touchpoint != "other" && !smallTalk[d.Touchpoint] {
		c.Touchpoint = d.Touchpoint
		var clock time.Time
		if w.s.Touchpoints[d.Touchpoint].Clock {
			clock = tx.Now.AddDate(0, 0, 14) // a complaint is answered within 14 days (Consumer Rights Act, art. 7a)
		}
		if _, err := tx.CaseOn(c.ID, d.Touchpoint, tx.Now, clock); err != nil {
			return err
		}
	}
	if prefersPeople(w.s) && !w.s.Customer.Human {
		who := w.s.Customer
		who.Human = true
		if err := tx.SetCustomer(who); err != nil {
			return err
		}
	}
	return w.identify(tx)
}

var smallTalk = map[string]bool{"greeting": true, "thanks": true, "goodbye": true, "bot_question": true, "human_request": true}

var prefers = regexp.MustCompile(`(?i)\bwol[eę]\s+(z\s+)?(cz[lł]owiek|konsultant|(roz)?mawia[cć]|pisa[cć]\s+z|osob)|\b(i\s+)?prefer\s+(a\s+)?(human|person|real)`)

// prefersPeople tells whether the customer said, or pressed, that a person is preferred in general.
func prefersPeople(s tandem.Snapshot) bool {
	for _, m := range s.Unanswered() {
		if m.Kind == "human" || prefers.MatchString(m.Text) {
			return true
		}
	}
	return false
}

// identify links the writing identity with the shop's customer, or counts a failed proof.
func (w *settle) identify(tx *store.Tx) error {
	f := w.in.Findings
	if f == nil {
		return nil
	}
	m, ok := w.s.Last(tandem.FromCustomer)
	if !ok {
		return nil
	}
	account := w.s.Thread(m.Thread).Account
	for _, i := range w.s.Customer.Identities {
		if i.Account != account {
			continue
		}
		if f.Mismatch {
			_, err := tx.Attempt(i.ID)
			return err
		}
		if f.Customer != nil && f.Verified > tandem.V0 {
			if err := tx.Link(w.s.Customer.ID, i.ID, *f.Customer, f.Verified); err != nil {
				return err
			}
			break
		}
	}
	id, err := tx.MergeOnProof(w.s.Customer.ID)
	w.merged = id != ""
	return err
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
	w.count(&c)
	if err := w.sample(tx, c, th); err != nil {
		return err
	}
	for _, p := range bot.Promises(r.Text, c.Lang, tx.Now, w.s.Zone()) {
		if err := Promise(tx, c, m.ID, "", p.Text, p.Due); err != nil {
			return err
		}
	}
	return tx.SaveConversation(c)
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
func (w *settle) count(c *tandem.Conversation) {
	c.BotTurns++
	if w.d.Reading.Feedback > 0 || smallTalk[w.d.Touchpoint] {
		c.BotTurns = 0
	}
	switch {
	case w.d.Act != tandem.Ask:
		c.Clarified, c.Fails = 0, 0
	case w.d.Rule == "T8":
		c.Clarified++
		c.Fails++
	default:
		c.Clarified++
	}
}

// propose puts a draft into the approval queue; the customer's message keeps waiting for a person.
func (w *settle) propose(tx *store.Tx, c tandem.Conversation) error {
	due := tx.Now.Add(holdAfter)
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
	return HandOver(tx, c, w.s, w.d.Triggers[0], w.card, "bot")
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
		Data: map[string]any{"priority": c.Priority, "team": c.Team, "kind": why.Kind}})
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
	if c.Owner == tandem.Human {
		if err := tx.Enqueue(SilenceJob(c, tx.Now, w.s.Workspace.Settings.AgentSilence)); err != nil {
			return err
		}
	}
	h, err := tx.OpenHandover(c.ID)
	if err == nil {
		w.card.Trigger, w.card.Code = h.Card.Trigger, h.Card.Code
		w.card.Headline, w.card.Quotes = bestHeadline(w.card, h.Card), h.Card.Quotes
		h.Card = w.card
		if err := tx.SaveHandover(h); err != nil {
			return err
		}
		tx.Emit(tandem.Event{Kind: tandem.CardChanged, Conversation: c.ID, Subject: string(h.ID), Actor: "bot"})
	} else if tandem.KindOf(err) != tandem.NotFound {
		return err
	}
	if err := w.offer(tx, c); err != nil {
		return err
	}
	if err := tx.Outdate(c.ID, tandem.DraftIgnored); err != nil {
		return err
	}
	if policy.Chosen(string(c.ID)+strconv.FormatInt(c.Asked, 10), "withheld", w.s.Workspace.Settings.Sampling.Withheld) {
		tx.Emit(tandem.Event{Kind: tandem.DraftChanged, Conversation: c.ID, Actor: "clock", Code: "withheld"}) // what people do unaided is the measure of the help
		return nil
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
		if err := tx.AddDraft(d); err != nil {
			return err
		}
	}
	return nil
}

// bestHeadline keeps the headline of the moment of the hand-over unless facts have made a better one.
func bestHeadline(now, then tandem.Card) string {
	if len(now.Facts) > len(then.Facts) || then.Headline == "" {
		return now.Headline
	}
	return then.Headline
}
