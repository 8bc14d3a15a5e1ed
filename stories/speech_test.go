package stories

import (
	"fmt"

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

// brings lets an approve-first matter come in and be thought about, so that a draft waits.
func (r *rig) brings(rt *rapid.T) {
	r.says(rt, "Chcę wymienić sukienkę na mniejszy rozmiar")
	r.tick(rt)
	r.work(rt)
}
