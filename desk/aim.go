package desk

import (
	"strings"
	"time"

	"tandem"
	"tandem/store"
)

// aim finds the thread a reply goes to and, in public, the comment it answers.
func aim(s tandem.Snapshot, want tandem.ThreadID) (tandem.Thread, string, error) {
	for i := len(s.Messages) - 1; i >= 0; i-- {
		m := s.Messages[i]
		if !m.Inbound() || want != "" && m.Thread != want {
			continue
		}
		th := s.Thread(m.Thread)
		if th.Surface == tandem.Comment {
			return th, m.External, nil
		}
		return th, "", nil
	}
	for _, th := range s.Threads {
		if th.ID == want {
			return th, "", nil
		}
	}
	return tandem.Thread{}, "", tandem.Coded(tandem.Invalid, "no_thread", "there is no such place in this conversation to answer in")
}

// shut says, for each reason why nothing can be sent to a place, what to do. The codes are the errors of
// whoever presses send, approve or try again there.
var shut = map[string]string{
	tandem.ShutErased:      "the customer's data was erased: there is nowhere to write to",
	tandem.ShutOff:         "the account is switched off; answer elsewhere, or switch it on in the settings",
	tandem.ShutOptedOut:    "the customer has asked to be written to no more on this channel; answer elsewhere or call",
	tandem.ShutBroken:      "the account's connection is broken; answer elsewhere, or connect it again in the settings",
	tandem.ShutUnreachable: "the platform could not deliver the last message there; try that one again, answer elsewhere or call",
}

// enter refuses a place where nothing can be sent: Conflict with a code of tandem.Shut.
func enter(th tandem.Thread) error {
	if th.Shut == "" {
		return nil
	}
	return tandem.Coded(tandem.Conflict, th.Shut, "%s", shut[th.Shut])
}

// open refuses a text that the platform would refuse: the customer's window is over, for people too.
// A private reply to a comment has a limit of its own, which only the platform knows.
func (r Room) open(th tandem.Thread, private bool, now time.Time) error {
	if r.Window == nil || private {
		return nil
	}
	free, human := r.Window(th.Channel, th.Surface)
	switch code := th.Untaken(max(free, human), now); code {
	case tandem.WindowClosed:
		return tandem.Coded(tandem.Conflict, code, "the customer's window on this channel is over; send an approved template or answer elsewhere")
	case tandem.WindowNone:
		return tandem.Coded(tandem.Conflict, code, "the customer has not written here yet, so the platform takes no message; send an approved template or answer elsewhere")
	}
	return nil
}

// welcome refuses a place where nothing can be sent (enter), and a template of a kind that its reader has
// asked not to get: Conflict no_marketing.
func welcome(tx *store.Tx, c tandem.Conversation, th tandem.Thread, t *tandem.Filled) error {
	if err := enter(th); err != nil || t == nil || th.Surface.Public() {
		return err
	}
	w, err := tx.Wishes(c.Customer)
	if err != nil || !w.Marketing {
		return err
	}
	known, err := tx.Template(th.Account, t.Name, t.Lang)
	if err == nil && strings.EqualFold(known.Category, "marketing") {
		err = tandem.Coded(tandem.Conflict, "no_marketing", "the customer has asked for no more marketing")
	}
	return err
}

// fill makes a message of an approved template of the thread's account. What was attached is the file of the
// template's header.
func fill(tx *store.Tx, th tandem.Thread, in Reply, m *tandem.Message) error {
	t, err := tx.Template(th.Account, in.Template.Name, in.Template.Lang)
	if tandem.KindOf(err) == tandem.NotFound && err != nil {
		return tandem.Coded(tandem.Conflict, "template_gone", "the account has no such template; read the list again")
	}
	if err != nil {
		return err
	}
	if len(m.Parts) > 1 {
		return tandem.Coded(tandem.Invalid, "template_file", "a template takes one file at most")
	}
	var file *tandem.Part
	if len(m.Parts) == 1 {
		file = &m.Parts[0]
	}
	text, f, err := t.Fill(in.Template.Values, file)
	m.Text, m.Template = text, &f
	return err
}
