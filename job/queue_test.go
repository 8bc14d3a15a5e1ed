package job_test

import (
	"context"
	"fmt"
	"testing"
	"testing/synctest"
	"time"

	"tandem/job"
	"tandem/store"
)

// Jobs of one queue keep their order, also when the first has to wait; others pass by.
func TestTheOrderOfAQueue(t *testing.T) {
	each(t, func(b *bench) {
		put := false
		b.run(map[string]job.Do{"a": func(_ context.Context, j store.Job) error {
			if j.Arg == "one" && !put {
				put = true
				return job.Later{At: time.Now().Add(time.Minute), Why: "rate_limited"}
			}
			b.note("%s", j.Arg)
			return nil
		}})
		owe(b, b.DB, store.Job{Kind: "a", Arg: "one", Queue: "q"}, store.Job{Kind: "a", Arg: "two", Queue: "q"}, store.Job{Kind: "a", Arg: "three", Queue: "q"}, store.Job{Kind: "a", Arg: "other", Queue: "p"})
		b.done("other 0s")
		time.Sleep(2 * time.Minute)
		b.done("one 1m0s", "two 1m0s", "three 1m0s")
	})
}

// One job of a queue at a time; no more jobs at the same time than there are workers.
func TestWorkersAndQueues(t *testing.T) {
	each(t, func(b *bench) {
		b.r.Workers = 3
		busy, most := 0, 0
		inQueue := map[string]int{}
		b.run(map[string]job.Do{"a": func(_ context.Context, j store.Job) error {
			b.mu.Lock()
			busy++
			inQueue[j.Queue]++
			most = max(most, busy)
			if j.Queue != "" && inQueue[j.Queue] > 1 {
				b.t.Errorf("two of queue %s at once", j.Queue)
			}
			b.mu.Unlock()
			time.Sleep(time.Second)
			b.mu.Lock()
			busy--
			inQueue[j.Queue]--
			b.mu.Unlock()
			b.note("%s", j.Arg)
			return nil
		}})
		var jobs []store.Job
		for i := range 6 {
			jobs = append(jobs, store.Job{Kind: "a", Arg: "free"}, store.Job{Kind: "a", Arg: "q", Queue: fmt.Sprint(i % 2)})
		}
		owe(b, b.DB, jobs...)
		time.Sleep(time.Minute)
		synctest.Wait()
		if most != 3 || len(b.log) != 12 {
			b.t.Errorf("%d at once, %d done", most, len(b.log))
		}
		if last := b.log[11]; last != "q 4s" && last != "free 4s" && last != "q 5s" {
			b.t.Errorf("twelve seconds of work took three workers until %s", last)
		}
	})
}
