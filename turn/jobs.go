package turn

import (
	"tandem"
	"tandem/store"
)

// SendJob is the job that brings a message to its platform. Those of one thread go out in the order
// in which they were committed (I7).
func SendJob(m tandem.Message) store.Job {
	return store.Job{Kind: "send", Arg: string(m.ID), Queue: "send:" + string(m.Thread)}
}
