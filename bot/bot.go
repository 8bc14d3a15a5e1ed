package bot

import (
	"time"

	"tandem"
)

// Voice is how a person at the desk writes.
type Voice struct {
	Vocative func(first string) (string, bool) // the form of address of a first name, and whether it is sure
	Agent    string                            // the agent's own first name; empty: no signature
}

// Compose writes what the bot would say for a decision: an answer, a question or the text of a draft.
func Compose(s tandem.Snapshot, d tandem.Decision, f tandem.Findings) tandem.Reply {
	return tandem.Reply{}
}

// Draft writes a reply that a person approves before it is sent.
func Draft(s tandem.Snapshot, d tandem.Decision, f tandem.Findings) tandem.Reply {
	return tandem.Reply{}
}

// Suggestions writes up to three replies of different strategies in an agent's voice.
func Suggestions(s tandem.Snapshot, d tandem.Decision, f tandem.Findings, v Voice) []tandem.Reply {
	return nil
}

// Card is the whole picture for the person who takes over.
func Card(s tandem.Snapshot, d tandem.Decision, f *tandem.Findings, mask func(string) string) tandem.Card {
	return tandem.Card{Open: f == nil}
}

// Notice returns the text of a system notice and its buttons.
func Notice(kind string, s tandem.Snapshot) (string, []string) { return "", nil }

// Promises finds what a text of the company promises, with the moment it is due.
func Promises(text, lang string, now time.Time, zone *time.Location) []tandem.Promise { return nil }

// Title returns a touchpoint's name for people.
func Title(lang, touchpoint string) string { return touchpoint }

// Words returns the words for a code in a language of the desk.
func Words(lang, code string) string { return code }
