package bot

import (
	"slices"
	"strings"

	"tandem"
)

// Notices are the kinds of the closed list of what the system itself may say to a customer (I2).
//
//	wait          nobody has answered for a minute: said once
//	out_of_hours  nobody is at the desk: when somebody will be, and the choice of how to be answered
//	choice        nobody has answered for ten minutes: the same choice
//	parked        the customer has chosen; the matter waits for a person, the bot helps with others
//	hold          a draft waits for approval
//	back          the bot leads again
//	disclosure    an AI writes: the first line of the website's chat
//	invited       a caller of the hotline chose to go on in writing: said once, on the number that called
//	distress      a person in distress: where help is, always; a person is alerted beside it
var Notices = []string{"wait", "out_of_hours", "choice", "parked", "hold", "back", "disclosure", "distress", "invited"}

// Notice returns the text of a system notice and its buttons, in the customer's language. It says
// only what the snapshot shows to be true. An unknown kind has no text.
func Notice(kind string, s tandem.Snapshot) (string, []string) {
	if !slices.Contains(Notices, kind) {
		return "", nil
	}
	d := tandem.Decision{Touchpoint: s.Conversation.Touchpoint}
	if m, ok := s.Last(tandem.FromCustomer); ok && m.Reading != nil {
		d.Reading = tandem.Reading{Form: m.Reading.Form, Gender: m.Reading.Gender}
	}
	c := newScene(s, d, tandem.Findings{})
	for _, t := range c.texts("notice." + kind) {
		p := &page{capital: true}
		if !c.fill(p, t) {
			continue
		}
		var choice []string
		if kind == "out_of_hours" || kind == "choice" {
			choice = slices.Clone(c.texts("notice.choices"))
		}
		return strings.TrimSpace(string(p.b)), choice
	}
	return "", nil
}
