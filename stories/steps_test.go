package stories

import (
	"context"
	"slices"
	"time"

	"pgregory.net/rapid"

	"tandem"
	"tandem/channel"
	"tandem/desk"
)

// Send is the platform: what it accepts has reached the customer. Before anything else happens the
// rule of speech must hold. A call that takes longer than its job may is cut off: whether the platform
// had taken the message by then nobody knows.
func (r *rig) Send(ctx context.Context, o tandem.Outgoing) (tandem.Receipt, error) {
	m, err := r.db.Message(bg, rigWS, o.Message)
	if err != nil {
		r.rt.Fatal(err)
	}
	c, err := r.db.Conversation(bg, rigWS, m.Conversation)
	if err != nil {
		r.rt.Fatal(err)
	}
	if m.Origin == tandem.FromBot && (c.Owner != tandem.Bot || c.Epoch != m.Epoch) {
		r.rt.Fatalf("I2: a bot row went out while the owner was %s (epoch %d, row %d)", c.Owner, c.Epoch, m.Epoch)
	}
	if m.Origin == tandem.FromBot && r.paused {
		r.rt.Fatalf("the bot was stopped, and a row of it went out")
	}
	if m.Held.After(time.Now()) || r.undone[m.ID] {
		r.rt.Fatalf("a row went out that was held until %s, taken back: %v", m.Held, r.undone[m.ID])
	}
	if m.Delivery != tandem.Sending {
		r.rt.Fatalf("I8: a row in state %s went out", m.Delivery)
	}
	sooner := len(r.got)
	r.meanwhile()
	if ctx.Err() != nil {
		if rapid.Bool().Draw(r.rt, "wzięta przed ciszą") {
			r.got = slices.Insert(r.got, sooner, delivered{o.Message, m.Seq})
		}
		return tandem.Receipt{}, channel.ErrMaybeSent
	}
	switch rapid.SampledFrom([]string{"ok", "ok", "ok", "niedostępny", "cisza"}).Draw(r.rt, "platforma") {
	case "niedostępny":
		return tandem.Receipt{}, tandem.Coded(tandem.Transient, "unreachable_host", "down")
	case "cisza": // it took it, and the answer was lost
		r.got = append(r.got, delivered{o.Message, m.Seq})
		if r.crash {
			panic(died{})
		}
		return tandem.Receipt{}, channel.ErrMaybeSent
	}
	r.got = append(r.got, delivered{o.Message, m.Seq})
	if r.crash {
		panic(died{})
	}
	return tandem.Receipt{External: "x-" + string(o.Message)}, nil
}

func (r *rig) now(rt *rapid.T) tandem.Conversation {
	c, err := r.db.Conversation(bg, rigWS, r.conv)
	if err != nil {
		rt.Fatal(err)
	}
	return c
}

// may lets a step be refused because somebody was quicker; any other failure is a fault.
func (r *rig) may(rt *rapid.T, err error) {
	if k := tandem.KindOf(err); err != nil && k != tandem.Conflict {
		rt.Fatalf("a step failed: %v", err)
	}
}

func (r *rig) takeOver(rt *rapid.T) {
	r.may(rt, r.desk.TakeOver(bg, rigWS, r.conv, rapid.SampledFrom(r.users).Draw(rt, "kto"), r.now(rt).Epoch))
}

// bothTakeOver is two people who press at the same time, from the same page: exactly one wins.
func (r *rig) bothTakeOver(rt *rapid.T) {
	c := r.now(rt)
	if c.Owner == tandem.Human {
		return
	}
	first := r.desk.TakeOver(bg, rigWS, r.conv, r.users[0], c.Epoch)
	second := r.desk.TakeOver(bg, rigWS, r.conv, r.users[1], c.Epoch)
	if first != nil || tandem.CodeOf(second) != "taken" {
		rt.Fatalf("two at once: %v and %v", first, second)
	}
}

func (r *rig) agentReplies(rt *rapid.T) {
	u := rapid.SampledFrom(r.users).Draw(rt, "kto")
	_, err := r.desk.Reply(bg, rigWS, r.conv, u, desk.Reply{Text: rapid.SampledFrom([]string{"Już sprawdzam.", "Damy znać za pół godziny."}).Draw(rt, "odpowiedź")})
	r.may(rt, err)
	if c := r.now(rt); err == nil && (c.Owner != tandem.Human || c.Agent != u.ID) {
		rt.Fatalf("I9: after a human reply the owner is %s %s", c.Owner, c.Agent)
	}
}

func (r *rig) pending(rt *rapid.T) (tandem.Draft, bool) {
	all, err := r.db.PendingDrafts(bg, rigWS, 1000)
	if err != nil {
		rt.Fatal(err)
	}
	for _, d := range all {
		if d.Conversation == r.conv {
			return d, true
		}
	}
	return tandem.Draft{}, false
}

// approve presses yes, on the page as it is or on an old one.
func (r *rig) approve(rt *rapid.T) {
	d, ok := r.pending(rt)
	if !ok {
		return
	}
	c := r.now(rt)
	rev, old := c.Rev, false
	if len(r.oldRevs) > 0 && rapid.Bool().Draw(rt, "stara strona") {
		rev = rapid.SampledFrom(r.oldRevs).Draw(rt, "rev")
		old = rev != c.Rev
	}
	_, err := r.desk.Approve(bg, rigWS, d.ID, r.users[0], desk.Approval{SeenRev: rev, Text: d.Text + " Pozdrawiam", Hold: 5 * time.Second})
	if old && err == nil {
		rt.Fatalf("I10: approved with rev %d while it is %d", rev, c.Rev)
	}
	r.may(rt, err)
}

// takesBack presses undo after an approval: while it is held nothing of it went out, and nothing will.
func (r *rig) takesBack(rt *rapid.T) {
	messages, err := r.db.MessagesBefore(bg, rigWS, r.conv, 1<<40, 1000)
	if err != nil {
		rt.Fatal(err)
	}
	for _, m := range slices.Backward(messages) {
		if m.Origin != tandem.FromDraft {
			continue
		}
		_, err := r.desk.Cancel(bg, rigWS, r.conv, r.users[0], m.ID)
		r.may(rt, err)
		if err == nil {
			r.undone[m.ID] = true
		} else if m.Delivery == tandem.Queued {
			rt.Fatalf("an approval that waits cannot be taken back: %v", err)
		}
		return
	}
}

func (r *rig) reject(rt *rapid.T) {
	if d, ok := r.pending(rt); ok {
		r.may(rt, r.desk.Reject(bg, rigWS, d.ID, r.users[1], "tone", ""))
	}
}

func (r *rig) giveBack(rt *rapid.T) {
	r.may(rt, r.desk.Return(bg, rigWS, r.conv, r.users[0], "Prosto i krótko", ""))
}

func (r *rig) close(rt *rapid.T) {
	r.may(rt, r.desk.Close(bg, rigWS, r.conv, r.users[0], "resolved"))
}

func (r *rig) pause(rt *rapid.T) { r.setPause(rt, !r.paused) }

func (r *rig) setPause(rt *rapid.T, to bool) {
	r.paused = to
	if err := r.desk.Pause(bg, rigWS, r.users[1], "", to); err != nil {
		rt.Fatal(err)
	}
}

func (r *rig) tick(rt *rapid.T) {
	time.Sleep(rapid.SampledFrom([]time.Duration{100 * time.Millisecond, time.Second, 5 * time.Second, time.Minute, 4 * time.Minute, 20 * time.Minute}).Draw(rt, "ile"))
}

// restart is a node that comes back: what it had claimed is free again.
func (r *rig) restart(rt *rapid.T) {
	if !r.db.Postgres() {
		if err := r.db.ReleaseLeases(bg); err != nil {
			rt.Fatal(err)
		}
	}
}

// check holds the invariants after every step.
func (r *rig) check(rt *rapid.T) {
	c := r.now(rt)
	r.oldRevs = append(r.oldRevs, c.Rev)
	switch c.Owner {
	case tandem.Bot, tandem.Queue, tandem.Closed:
		if c.Agent != "" {
			rt.Fatalf("I1: owner %s with agent %s", c.Owner, c.Agent)
		}
	case tandem.Human:
	default:
		rt.Fatalf("I1: owner %q", c.Owner)
	}
	if c.BotTurns > 6 || c.Clarified > 2 {
		rt.Fatalf("I13: %d unresolved bot turns, %d clarifications", c.BotTurns, c.Clarified)
	}
	messages, err := r.db.MessagesBefore(bg, rigWS, r.conv, 1<<40, 1000)
	if err != nil {
		rt.Fatal(err)
	}
	r.checkMessages(rt, c, messages)
	if d, waits := r.pending(rt); waits && c.Owner != tandem.Bot {
		rt.Fatalf("I3: a draft of epoch %d waits for approval while the owner is %s in epoch %d", d.Epoch, c.Owner, c.Epoch)
	}
	r.checkOwners(rt)
	r.checkSpeech(rt, messages)
	r.checkDelivered(rt)
	if c.Offered != "" && c.Owner != tandem.Queue {
		rt.Fatalf("I1: offered to %s while the owner is %s", c.Offered, c.Owner)
	}
	if c.Owner == tandem.Queue {
		if n, err := r.db.Jobs(bg, rigWS, "ladder"); err != nil || n == 0 {
			rt.Fatalf("I12: in the queue without a deadline (%v)", err)
		}
	}
}

func (r *rig) checkMessages(rt *rapid.T, c tandem.Conversation, messages []tandem.Message) {
	external, spoke := map[string]bool{}, map[string]bool{}
	inbound := 0
	for i, m := range messages {
		if m.Seq != int64(i+1) {
			rt.Fatalf("I7: message %d has the number %d", i, m.Seq)
		}
		if m.External != "" && external[m.External] {
			rt.Fatalf("I5: %s is there twice", m.External)
		}
		external[m.External] = true
		switch m.Origin {
		case tandem.FromCustomer:
			inbound++
			if m.Disposition == "" {
				rt.Fatalf("I6: message %d has no disposition", m.Seq)
			}
			if c.Owner != tandem.Bot && m.Disposition == tandem.Pending && m.Seq <= c.Asked {
				rt.Fatalf("I6: message %d is pending while the owner is %s", m.Seq, c.Owner)
			}
		case tandem.FromBot:
			if spoke[m.Key] {
				rt.Fatalf("I4: two answers to one message: %s", m.Key)
			}
			spoke[m.Key] = true
		}
	}
	if inbound != r.wrote {
		rt.Fatalf("I5, I6: %d messages were written, %d are stored", r.wrote, inbound)
	}
}

// checkDelivered: nothing reaches the customer twice, and what goes out keeps the order of commits.
func (r *rig) checkDelivered(rt *rapid.T) {
	seen := map[tandem.MessageID]bool{}
	last := int64(0)
	for _, d := range r.got {
		if seen[d.id] {
			rt.Fatalf("I8: message %d reached the customer twice", d.seq)
		}
		seen[d.id] = true
		if d.seq < last {
			rt.Fatalf("I7: message %d reached the customer after %d", d.seq, last)
		}
		last = d.seq
	}
}

// settle lets everything that is owed happen, then looks once more: nothing may be left without an
// owner or an answer.
func (r *rig) settle(rt *rapid.T) {
	r.depth = 1 // nothing happens meanwhile
	r.crash = false
	done := map[string]int{}
	for left := 200; ; left-- {
		if left == 0 {
			rt.Fatalf("there is no end to what is owed: %v", done)
		}
		jobs, err := r.db.ClaimJobs(bg, leased, 1)
		if err != nil {
			rt.Fatal(err)
		}
		if len(jobs) > 1 {
			rt.Fatalf("%d jobs were claimed where one was asked for", len(jobs))
		}
		if len(jobs) == 1 {
			done[jobs[0].Kind]++
			r.carry(rt, jobs[0])
			continue
		}
		done["wait"]++
		at, ok, err := r.db.NextDue(bg)
		if err != nil {
			rt.Fatal(err)
		}
		if !ok || time.Until(at) >= time.Hour { // people are asked anew each hour
			break
		}
		time.Sleep(max(time.Millisecond, time.Until(at)))
	}
	r.check(rt)
	r.checkDeeds(rt)
	c := r.now(rt)
	if c.Owner == tandem.Bot && c.Answered < c.Asked {
		if _, waits := r.pending(rt); !waits {
			rt.Fatalf("I6: the bot owns a message that nobody answers (asked %d, answered %d)", c.Asked, c.Answered)
		}
	}
	messages, err := r.db.MessagesBefore(bg, rigWS, r.conv, 1<<40, 1000)
	if err != nil {
		rt.Fatal(err)
	}
	for _, m := range messages { // of this conversation: what a search for a shorter failure broke off may owe some
		if m.Disposition == tandem.Pending && m.At.Before(time.Now().Add(-5*time.Minute)) {
			rt.Fatalf("I6: message %d is without a disposition past its deadline", m.Seq)
		}
	}
	dead, err := r.db.DeadJobs(bg, rigWS)
	if err != nil || len(dead) > 0 {
		rt.Fatalf("dead jobs: %+v %v", dead, err)
	}
}
