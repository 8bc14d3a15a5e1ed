package channel

import (
	"slices"
	"strings"

	"tandem"
)

// What an InConsent is about.
const (
	ConsentAll       = "all"       // nothing may be sent to this person on this account
	ConsentMarketing = "marketing" // no marketing; answers may
)

// proactive are the words by which people on any channel ask for no more messages of the company's own
// accord (CHANNELS 16). Only a whole message counts, so that "proszę nie pisz do mnie po 20" stays a wish
// that a person reads.
var proactive = []string{"stop", "wypisz", "wypisz mnie", "rezygnuje", "rezygnuje z wiadomosci", "nie pisz do mnie", "nie piszcie do mnie", "prosze do mnie nie pisac", "unsubscribe"}

// Consent returns what a customer's message says about being written to by a company that was not asked,
// and false where it says nothing. The message stays a message: it is answered all the same.
func Consent(in tandem.Inbound) (tandem.Inbound, bool) {
	if in.Kind != tandem.InMessage || in.Surface.Public() || !slices.Contains(proactive, FoldWord(in.Text)) {
		return in, false
	}
	in.Kind, in.Key, in.External, in.Parts = tandem.InConsent, "consent:"+in.Key, "", nil
	in.Text, in.Subject = "stop", ConsentMarketing
	return in, true
}

// folded writes Polish letters without their marks.
var folded = strings.NewReplacer("ą", "a", "ć", "c", "ę", "e", "ł", "l", "ń", "n", "ó", "o", "ś", "s", "ź", "z", "ż", "z")

// FoldWord writes a whole message so that it can be compared with a keyword: small letters without Polish
// marks, single spaces, no punctuation around it.
func FoldWord(text string) string {
	if len(text) > 60 {
		return ""
	}
	return strings.Join(strings.Fields(strings.Trim(folded.Replace(strings.ToLower(text)), " .,!?\"'\n\t")), " ")
}
