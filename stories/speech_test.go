package stories

import (
	"fmt"
	"time"

	"pgregory.net/rapid"

	"tandem"
)

// checkSpeech holds the commit rule on what is stored (I3): what the bot said was said while it was
// the owner, in the epoch that it saw, and to the newest message of the customer.
func (r *rig) checkSpeech(rt *rapid.T, messages []tandem.Message) {
	var owners map[int64]tandem.Owner
	newest := int64(0)
	for _, m := range messages {
		if m.Inbound() {
			newest = m.Seq
		}
		if m.Origin != tandem.FromBot || r.spoken[m.ID] {
			continue
		}
		if owners == nil {
			owners = r.owners(rt)
		}
		r.spoken[m.ID] = true
		if o := owners[m.Epoch]; o != tandem.Bot {
			rt.Fatalf("I3: the bot said message %d in epoch %d, which is the %s's", m.Seq, m.Epoch, o)
		}
		x, err := r.db.MessageExtra(bg, rigWS, m.ID)
		if err != nil {
			rt.Fatal(err)
		}
		d, _, err := r.db.Decision(bg, rigWS, x.Decision)
		if err != nil {
			rt.Fatal(err)
		}
		if d.Epoch != m.Epoch {
			rt.Fatalf("I3: message %d of epoch %d was thought in epoch %d", m.Seq, m.Epoch, d.Epoch)
		}
		var answers int64
		if _, err := fmt.Sscanf(m.Key, "bot:%d", &answers); err == nil && answers != newest {
			rt.Fatalf("I3: message %d answers message %d, the newest was %d", m.Seq, answers, newest)
		}
	}
}

// checkOwners: the bot gives a conversation away only while it has it (I1, I3).
func (r *rig) checkOwners(rt *rapid.T) {
	all, err := r.db.EventsOf(bg, rigWS, r.conv, tandem.OwnerChanged)
	if err != nil {
		rt.Fatal(err)
	}
	for _, e := range all[min(r.changes, len(all)):] {
		if from, _ := e.Data["from"].(string); e.Actor == "bot" && tandem.Owner(from) != tandem.Bot {
			rt.Fatalf("I3: the bot took the conversation away from the %s (%s)", from, e.Code)
		}
	}
	r.changes = len(all)
}

// owners returns who had the conversation in each epoch.
func (r *rig) owners(rt *rapid.T) map[int64]tandem.Owner {
	all, err := r.db.EventsOf(bg, rigWS, r.conv, tandem.OwnerChanged)
	if err != nil {
		rt.Fatal(err)
	}
	out := map[int64]tandem.Owner{0: tandem.Bot}
	for _, e := range all {
		epoch, _ := e.Data["epoch"].(float64)
		to, _ := e.Data["to"].(string)
		out[int64(epoch)] = tandem.Owner(to)
	}
	return out
}

// whisper changes the page that a reviewer sees, and nothing else.
func (r *rig) whisper(rt *rapid.T) {
	_, err := r.desk.Note(bg, rigWS, r.conv, r.users[0], "krótko", true)
	r.may(rt, err)
}

// matters are looked up; the first is approved first.
var matters = []string{"Chcę wymienić sukienkę na mniejszy rozmiar", "Dzień dobry, gdzie jest moja paczka?", "Kiedy przyjdzie zamówienie?", "Jaki jest status zamówienia 48377?", "Czy kurier już wiezie paczkę?"}

// thinks lets the bot, which has the conversation, think about a matter: one that is looked up, so that
// much can happen meanwhile, or one that is approved first, so that a draft waits. What the rules of
// speech are about happens here, so it is drawn more often than anything else.
func (r *rig) thinks(rt *rapid.T) {
	if r.paused {
		r.setPause(rt, false)
	}
	if r.now(rt).Owner != tandem.Bot {
		r.giveBack(rt)
	}
	r.says(rt, rapid.SampledFrom(matters).Draw(rt, "sprawa"))
	time.Sleep(time.Second)
	r.found++
	for range rapid.IntRange(1, 3).Draw(rt, "praca") {
		r.work(rt)
	}
}
