package world

import (
	"tandem"
	"tandem/app"
	"tandem/bot"
	"tandem/nlu"
	"tandem/policy"
)

// Think reads, decides and writes the card for a snapshot: what a turn does before its transaction.
func Think(a *app.App, s tandem.Snapshot) tandem.Card {
	in := policy.Input{Snapshot: s, Reading: a.Model().ReadSnapshot(s)}
	d, hard := policy.Hard(in)
	if !hard {
		in.Findings = &tandem.Findings{}
		d = policy.Decide(in)
	}
	return bot.Card(s, d, in.Findings, nlu.Mask)
}
