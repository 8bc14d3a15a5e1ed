package channel

import (
	"testing"

	"tandem"
)

// News of a whole WhatsApp Business account are about each of its numbers, and about nobody else's.
func TestAbout(t *testing.T) {
	number := func(external, waba, phone string) tandem.Account {
		return tandem.Account{External: external, Settings: map[string]string{"waba_id": waba, "phone": phone}}
	}
	mine, other, silent, foreign := number("331", "220", "+48 799 000 111"), number("332", "220", "48799000222"), number("333", "220", ""), number("334", "221", "48799000111")
	for name, c := range map[string]struct {
		in   tandem.Inbound
		want []bool // mine, other, silent, foreign
	}{
		"a message":               {tandem.Inbound{Kind: tandem.InMessage, Account: "331"}, []bool{true, false, false, false}},
		"a template":              {tandem.Inbound{Kind: tandem.InNews, Account: "220"}, []bool{true, true, true, false}},
		"a restriction":           {tandem.Inbound{Kind: tandem.InAlert, Account: "220"}, []bool{true, true, true, false}},
		"the quality of a number": {tandem.Inbound{Kind: tandem.InNews, Account: "220", Target: "48799000111"}, []bool{true, false, true, false}},
		"a message for nobody":    {tandem.Inbound{Kind: tandem.InMessage, Account: "220"}, []bool{false, false, false, false}},
		"without an account":      {tandem.Inbound{Kind: tandem.InNews}, []bool{false, false, false, false}},
	} {
		for i, a := range []tandem.Account{mine, other, silent, foreign} {
			if got := About(a, c.in); got != c.want[i] {
				t.Errorf("%s, account %s: %v", name, a.External, got)
			}
		}
	}
}
