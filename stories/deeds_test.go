package stories

import (
	"context"
	"slices"
	"time"

	"pgregory.net/rapid"

	"tandem"
	"tandem/desk"
)

// deeds are what was approved to be done in the shop, and what the shop was asked to do.
type deeds struct {
	yes   map[tandem.ActionID]bool        // approved, neither taken back nor asked of the shop
	asked map[string]tandem.ActionID      // of the shop, by the key of the action
	seen  map[tandem.ActionID][]time.Time // of the last approval: from when to when it could be taken back
}

func newDeeds() deeds {
	return deeds{map[tandem.ActionID]bool{}, map[string]tandem.ActionID{}, map[tandem.ActionID][]time.Time{}}
}

// Do is the shop. Nothing is done there without a person's yes that still holds, and once for each (I17).
func (r *rig) Do(_ context.Context, a tandem.Action) (string, error) {
	now, err := r.db.Action(bg, rigWS, a.ID)
	if err != nil {
		r.rt.Fatal(err)
	}
	was, before := r.deeds.asked[a.Key]
	switch {
	case now.State != tandem.ActionDoing || now.ApprovedBy == "":
		r.rt.Fatalf("I17: the shop was asked for an action that is %s, approved by %q", now.State, now.ApprovedBy)
	case now.Held.After(time.Now()):
		r.rt.Fatalf("I17: an action was carried out that was held until %s", now.Held)
	case !r.deeds.yes[a.ID]:
		r.rt.Fatalf("I17: the shop was asked again, or after the approval was taken back")
	case before && was != a.ID:
		r.rt.Fatalf("I17: two actions have one key")
	}
	r.deeds.yes[a.ID], r.deeds.asked[a.Key] = false, a.ID
	r.unheard(a)
	r.meanwhile()
	if r.crash {
		panic(died{})
	}
	switch rapid.SampledFrom([]string{"ok", "ok", "odmowa", "cisza"}).Draw(r.rt, "sklep") {
	case "odmowa":
		return "", tandem.Coded(tandem.Invalid, "action_refused", "the shop refuses")
	case "cisza":
		return "", tandem.ErrMaybeDone
	}
	return "R-" + a.Key, nil
}

// unheard: the customer said nothing while the approval could be taken back.
func (r *rig) unheard(a tandem.Action) {
	messages, err := r.db.MessagesBefore(bg, rigWS, a.Conversation, 1<<40, 1000)
	if err != nil {
		r.rt.Fatal(err)
	}
	span := r.deeds.seen[a.ID]
	for _, m := range messages {
		if m.Inbound() && m.ReceivedAt.After(span[0]) && m.ReceivedAt.Before(span[1]) {
			r.rt.Fatalf("I17: message %d came while the approval could be taken back, and it was carried out", m.Seq)
		}
	}
}

// proposes lays a refund before the people.
func (r *rig) proposes(rt *rapid.T) {
	_, err := r.desk.ProposeAction(bg, rigWS, r.users[0], r.conv, desk.Proposal{Kind: tandem.RefundAmount, Subject: "48377", Amount: 1499, Currency: "PLN", Reason: "goodwill"})
	r.may(rt, err)
}

// deed is the newest action in a state.
func (r *rig) deed(rt *rapid.T, states ...tandem.ActionState) (tandem.Action, bool) {
	all, err := r.db.Actions(bg, rigWS, r.conv)
	if err != nil {
		rt.Fatal(err)
	}
	i := slices.IndexFunc(all, func(a tandem.Action) bool { return slices.Contains(states, a.State) })
	if i < 0 {
		return tandem.Action{}, false
	}
	return all[i], true
}

// approvesDeed says yes to what waits, also where it may have been done before.
func (r *rig) approvesDeed(rt *rapid.T) {
	a, ok := r.deed(rt, tandem.ActionProposed, tandem.ActionUnknown)
	if !ok {
		r.proposes(rt)
		return
	}
	hold := rapid.SampledFrom([]time.Duration{0, 5 * time.Second}).Draw(rt, "zwłoka")
	at := time.Now()
	a, err := r.desk.ApproveAction(bg, rigWS, a.ID, rapid.SampledFrom(r.users).Draw(rt, "kto"), r.now(rt).Rev, hold)
	if r.may(rt, err); err == nil {
		r.deeds.yes[a.ID], r.deeds.seen[a.ID] = true, []time.Time{at, at.Add(hold)}
	}
}

// takesDeedBack presses undo after an approval: until the deed is begun that works, for who approved it.
func (r *rig) takesDeedBack(rt *rapid.T) {
	a, ok := r.deed(rt, tandem.ActionApproved)
	if !ok {
		return
	}
	who := rapid.SampledFrom(r.users).Draw(rt, "kto")
	now, err := r.desk.CancelAction(bg, rigWS, a.ID, who)
	switch {
	case a.ApprovedBy != who.ID && tandem.CodeOf(err) == "not_yours":
	case a.ApprovedBy != who.ID || err != nil:
		rt.Fatalf("approved by %s, taken back by %s: %v", a.ApprovedBy, who.ID, err)
	default:
		r.deeds.yes[a.ID] = false
		if _, maybe := r.deeds.asked[a.Key]; maybe != (now.State == tandem.ActionUnknown) {
			rt.Fatalf("I17: the shop was asked before: %v, and after an undo the action is %s", maybe, now.State)
		}
	}
}

// checkDeeds: when nothing is owed any more, no approval is left without an end.
func (r *rig) checkDeeds(rt *rapid.T) {
	if a, ok := r.deed(rt, tandem.ActionApproved, tandem.ActionDoing); ok {
		rt.Fatalf("I17: nothing is owed, and an action is still %s", a.State)
	}
}
