package turn

import (
	"context"
	"log/slog"
	"reflect"
	"time"

	"tandem"
	"tandem/bot"
	"tandem/job"
	"tandem/nlu"
	"tandem/store"
)

// When a language model is asked for a better wording of a card, and for how long it is worth trying:
// after that the person has read the card as it is.
const (
	wordAfter  = Patience + time.Second // the turn that completes the facts asks at once
	wordWithin = 10 * time.Minute
	wordAgain  = 30 * time.Second

	// WordLease is how long such a job may take; the answer itself is given less.
	WordLease = time.Minute
)

// handOver is HandOver with a wording of the card to come.
func (t Turn) handOver(tx *store.Tx, c tandem.Conversation, s tandem.Snapshot, why tandem.Trigger, card tandem.Card, actor string) error {
	if err := HandOver(tx, c, s, why, card, actor); err != nil {
		return err
	}
	return t.word(tx, c.ID, wordAfter)
}

// word owes a wording of the open hand-over's card. Where one is owed already the earlier time counts.
func (t Turn) word(tx *store.Tx, c tandem.ConversationID, after time.Duration) error {
	if t.Writer == nil {
		return nil
	}
	return tx.Enqueue(store.Job{Kind: "word", Arg: string(c), Once: "word:" + string(c), RunAt: tx.Now.Add(after)})
}

// Word asks the language model for a better wording of a card. Nobody waits for it: the card is there
// since the hand-over. What the model writes is stored beside the card if it says nothing that is not
// known (bot.Faithful) and the card is still the one that was worded. It is for people of the desk;
// nothing of it is ever sent to a customer.
func (t Turn) Word(ctx context.Context, j store.Job) (err error) {
	defer tandem.Wrap(&err, "wording %s", j.Arg)
	if t.Writer == nil {
		return nil // it was taken out of the configuration meanwhile
	}
	s, err := t.DB.Snapshot(ctx, j.Workspace, tandem.ConversationID(j.Arg), time.Now().UTC())
	if err != nil || s.Handover == nil {
		return err
	}
	h := *s.Handover
	m := bot.MaterialOf(s, h.Trigger, h.Card, nlu.Mask)
	text, err := t.Writer.Write(ctx, m.Prompt())
	code := "accepted"
	if err != nil {
		code = tandem.CodeOf(err)
		if k := tandem.KindOf(err); (k == tandem.Transient || k == tandem.Limited) && time.Since(j.Created) < wordWithin {
			return job.Later{At: time.Now().Add(wordAgain), Why: code}
		}
		slog.Warn("a card was not worded", "code", code, "err", err)
	} else {
		text = bot.Tidy(text)
		if why := bot.Faithful(text, m, firstName); why != "" {
			code = "refused_" + why
		}
	}
	err = t.DB.Write(ctx, j.Workspace, func(tx *store.Tx) error {
		if err := t.worded(tx, s, m, text, code); err != nil {
			return err
		}
		return tx.Finish(j)
	})
	if err == nil {
		return job.Finished
	}
	return err
}

func firstName(w string) bool { return nlu.GenderOfName(w) != "" }

// worded stores a wording of the card in a snapshot, or why there is none. A hand-over that has ended, a
// card that was completed and customer's words that were added, changed or taken back have outrun it; who
// took the conversation over meanwhile still gets it.
func (t Turn) worded(tx *store.Tx, then tandem.Snapshot, m bot.Material, text, code string) error {
	_, err := tx.Conversation(then.Conversation.ID) // holds it: nothing overtakes what is compared now
	if tandem.CodeOf(err) == "merged" && err != nil {
		return nil // the joint conversation has a card, and a wording, of its own
	}
	if err != nil {
		return err
	}
	now, err := tx.Snapshot(then.Conversation.ID)
	if err != nil || now.Handover == nil {
		return err
	}
	h := *now.Handover
	if h.ID != then.Handover.ID || !reflect.DeepEqual(h.Card, then.Handover.Card) || !reflect.DeepEqual(bot.MaterialOf(now, h.Trigger, h.Card, nlu.Mask).Theirs, m.Theirs) {
		code = "outrun"
	}
	if code == "accepted" {
		if err := tx.SaveWorded(h.ID, tandem.Worded{Text: text, By: t.Writer.Name(), At: tx.Now}); err != nil {
			return err
		}
	}
	tx.Emit(tandem.Event{Kind: tandem.CardWorded, Conversation: then.Conversation.ID, Subject: string(h.ID), Actor: "bot", Code: code})
	return nil
}
