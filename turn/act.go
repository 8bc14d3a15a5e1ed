package turn

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"time"

	"tandem"
	"tandem/job"
	"tandem/store"
)

// actPatience is how long a shop may take for an action. It ends before the lease of the job does, so
// that no other node begins while this one still waits.
const actPatience = 20 * time.Second

// ActJob is the job that carries an approved action out. Those of one conversation come one after the
// other.
func ActJob(a tandem.Action) store.Job {
	return store.Job{Kind: "act", Arg: string(a.ID), Queue: "act:" + string(a.Conversation)}
}

// Act carries out an approved action: it is marked, done once with its key, and its outcome shown. An
// action whose fate is not known is never repeated by itself; a person is told and decides.
func (t Turn) Act(ctx context.Context, j store.Job) (err error) {
	defer tandem.Wrap(&err, "act %s", j.Arg)
	var a tandem.Action
	mine := false
	if err := t.DB.Write(ctx, j.Workspace, func(tx *store.Tx) error {
		a, mine, err = t.begin(tx, tandem.ActionID(j.Arg))
		return err
	}); err != nil || !mine {
		return err
	}
	result, sent := t.carryOut(ctx, j.Workspace, a)
	return t.DB.Write(context.WithoutCancel(ctx), j.Workspace, func(tx *store.Tx) error {
		a, err := tx.Action(a.ID)
		if err != nil || a.State != tandem.ActionDoing {
			return err
		}
		return t.finished(tx, a, result, sent)
	})
}

// begin marks an action as under way. One that may still be taken back waits, whoever woke the worker;
// one that a dead worker had marked may have been done; one that was approved before somebody else took
// the conversation goes back to that person (I17).
func (t Turn) begin(tx *store.Tx, id tandem.ActionID) (tandem.Action, bool, error) {
	a, err := tx.Action(id)
	if err != nil {
		return a, false, err
	}
	if a.State == tandem.ActionDoing {
		return a, false, t.finished(tx, a, "", tandem.ErrMaybeDone)
	}
	if a.State != tandem.ActionApproved {
		return a, false, nil
	}
	if a.Held.After(tx.Now) {
		return a, false, job.Later{At: a.Held, Why: "held"}
	}
	c, err := tx.Conversation(a.Conversation)
	if err != nil {
		return a, false, err
	}
	if c.Epoch != a.Epoch && c.Owner == tandem.Human && c.Agent != a.ApprovedBy {
		return a, false, tx.SaveAction(a.TakeBack("owner_changed"), "clock")
	}
	a.State = tandem.ActionDoing
	return a, true, tx.SaveAction(a, string(a.ApprovedBy))
}

func (t Turn) carryOut(ctx context.Context, ws tandem.WorkspaceID, a tandem.Action) (string, error) {
	var look tandem.Lookup
	if t.Lookup != nil {
		look = t.Lookup(ws)
	}
	doer, ok := look.(tandem.Doer)
	if !ok {
		return "", tandem.Coded(tandem.Invalid, "action_unsupported", "no connected system can do this")
	}
	ctx, stop := context.WithTimeout(ctx, actPatience)
	defer stop()
	return doer.Do(ctx, a)
}

// finished writes what became of an action, with a line for the people in the conversation. What
// nobody would see, because no person has the conversation, brings it into the queue.
func (t Turn) finished(tx *store.Tx, a tandem.Action, result string, sent error) error {
	a.State, a.Result = tandem.ActionDone, result
	switch {
	case sent == nil:
		a.DoneAt = tx.Now
	case tandem.CodeOf(sent) == "maybe_done":
		a.State, a.Result = tandem.ActionUnknown, "maybe_done"
	default:
		a.State, a.Result = tandem.ActionFailed, tandem.CodeOf(sent)
	}
	if err := tx.SaveAction(a, string(a.ApprovedBy)); err != nil {
		return err
	}
	w, err := tx.Workspace()
	if err != nil {
		return err
	}
	n := tandem.Note{ID: tandem.NewID[tandem.NoteID](), Conversation: a.Conversation, By: a.ApprovedBy, Text: actLine(a, w.Lang), At: tx.Now}
	if err := tx.AddNote(n); err != nil || a.State == tandem.ActionDone {
		return err
	}
	c, err := tx.Conversation(a.Conversation)
	if err != nil || c.Owner == tandem.Human || c.Owner == tandem.Queue {
		return err
	}
	return t.queue(tx, c, tandem.Trigger{Code: "T13", Kind: "action_" + string(a.State)}, "clock")
}

// offers are the topics on which the bot proposes that the cost of delivery goes back.
var offers = map[string]bool{"parcel_late": true, "parcel_lost": true}

// offer proposes to give back what the customer paid for a delivery that failed. A person decides;
// once per order, whatever was decided then.
func (w *settle) offer(tx *store.Tx, c tandem.Conversation) error {
	if !offers[w.d.Touchpoint] || w.in.Findings == nil {
		return nil
	}
	for _, f := range w.in.Findings.Facts {
		amount, currency, ok := paid(f)
		if !ok {
			continue
		}
		all, err := tx.Actions(c.ID)
		if err != nil {
			return err
		}
		for _, was := range all {
			if was.Kind == tandem.RefundDelivery && was.Subject == f.Subject {
				return nil
			}
		}
		return tx.AddAction(tandem.Action{ID: tandem.NewID[tandem.ActionID](), Conversation: c.ID, Kind: tandem.RefundDelivery, Subject: f.Subject, Amount: amount, Currency: currency,
			Reason: w.d.Touchpoint, State: tandem.ActionProposed, By: tandem.ByBot, Key: tandem.NewID[string]()})
	}
	return nil
}

// paid reads the fact that says what an order's delivery cost.
func paid(f tandem.Fact) (int64, string, bool) {
	number, currency, ok := strings.Cut(f.Value, " ")
	n, err := strconv.ParseInt(number, 10, 64)
	return n, currency, f.Key == "delivery" && f.Subject != "" && ok && err == nil && n > 0
}

// actWords are what a line about an action is made of, in the languages of the desk.
var actWords = map[string]map[string]string{
	"pl": {"refund_delivery": "Zwrot kosztu dostawy", "refund_amount": "Zwrot pieniędzy", "change_address": "Zmiana adresu dostawy", "resend": "Ponowna wysyłka",
		"order": "zamówienie", "done": "wykonano", "failed": "nie wykonano, sklep odmówił", "unknown": "nie wiadomo, czy wykonano; proszę sprawdzić w sklepie"},
	"en": {"refund_delivery": "Refund of the delivery cost", "refund_amount": "Refund", "change_address": "Change of the delivery address", "resend": "Sending again",
		"order": "order", "done": "done", "failed": "not done, the shop refused", "unknown": "it is not known whether it was done; please look in the shop"},
}

// actLine says in one line what became of an action.
func actLine(a tandem.Action, lang string) string {
	say, ok := actWords[lang]
	if !ok {
		say = actWords["en"]
	}
	money := ""
	if a.Money() {
		money = fmt.Sprintf(" %d.%02d %s", a.Amount/100, a.Amount%100, a.Currency)
		if lang == "pl" {
			money = strings.NewReplacer(".", ",", "PLN", "zł").Replace(money)
		}
	}
	return fmt.Sprintf("%s%s, %s %s: %s", say[string(a.Kind)], money, say["order"], a.Subject, say[string(a.State)])
}
