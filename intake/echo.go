package intake

import (
	"encoding/json"
	"time"

	"tandem"
)

// settleEcho is how long an echo that is not recognised waits for the answer to our own send, which
// it may have overtaken (CHANNELS.md 7.3).
const settleEcho = 3 * time.Second

// Echo is an echo that waits to be recognised.
type Echo struct {
	Account tandem.AccountID
	Event   tandem.Inbound
}

// EchoArg is an echo as a job's argument.
func EchoArg(e Event) string {
	b, err := json.Marshal(Echo{Account: e.Account.ID, Event: e.Inbound})
	if err != nil {
		panic(err) // our own types always marshal
	}
	return string(b)
}
