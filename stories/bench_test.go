package stories

import (
	"bytes"
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"tandem"
	"tandem/app"
	"tandem/demo"
	"tandem/sim"
	"tandem/stories/world"
)

// stageNow is a whole tandem in real time, on a database file that waits for the disk.
func stageNow(b *testing.B) (*app.App, func()) {
	b.Helper()
	net, w := sim.NewNet(), sim.ModnaSzafa(time.Now())
	w.Join(net)
	ctx, stop := context.WithCancel(context.Background())
	a, err := app.New(ctx, app.Config{Address: filepath.Join(b.TempDir(), "bench.db"), Key: bytes.Repeat([]byte{7}, 32), Web: net.Client(), Quiet: true})
	if err != nil {
		b.Fatal(err)
	}
	if err := demo.Company(ctx, a.DB(), demo.Options{Hosts: demo.InMemory, Hash: "-", Hours: demo.Always}); err != nil {
		b.Fatal(err)
	}
	net.Handle(world.Host, a.Handler())
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		a.Run(ctx)
	}()
	return a, func() {
		stop()
		<-ended
		w.Close()
		a.Close()
	}
}

// webhook is a signed Instagram message.
func webhook(user int, mid, text string) *http.Request {
	body := fmt.Sprintf(`{"object":"instagram","entry":[{"id":"17841400000000001","time":%d,"messaging":[{"sender":{"id":"9%09d"},"recipient":{"id":"17841400000000001"},"timestamp":%d,"message":{"mid":"%s","text":%q}}]}]}`,
		time.Now().UnixMilli(), user, time.Now().UnixMilli(), mid, text)
	r := httptest.NewRequest("POST", "/hook/meta", bytes.NewReader([]byte(body)))
	r.Header.Set("X-Hub-Signature-256", sim.Sign("tandem-test-instagram-secret", []byte(body)))
	return r
}

// BenchmarkWebhook is P5: signed webhooks accepted and durable, 64 at a time, a fifth of them repeated.
func BenchmarkWebhook(b *testing.B) {
	a, end := stageNow(b)
	defer end()
	h := a.Handler()
	var n atomic.Int64
	b.SetParallelism(32)
	b.ResetTimer()
	b.RunParallel(func(pb *testing.PB) {
		for pb.Next() {
			i := n.Add(1)
			if i%5 == 0 {
				i-- // the one before again
			}
			res := httptest.NewRecorder()
			h.ServeHTTP(res, webhook(int(i), fmt.Sprintf("m%d", i), "Dzień dobry, ile kosztuje dostawa?"))
			if res.Code != 200 {
				b.Errorf("%d: %s", res.Code, res.Body)
			}
		}
	})
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "webhooks/s")
}

// BenchmarkAlert is P16: webhook to the agent's alert for a hard trigger, at about 100 messages a second.
func BenchmarkAlert(b *testing.B) {
	a, end := stageNow(b)
	defer end()
	h := a.Handler()
	var mu sync.Mutex
	var took []time.Duration
	var wg sync.WaitGroup
	tick := time.NewTicker(10 * time.Millisecond)
	defer tick.Stop()
	b.ResetTimer()
	for i := range b.N {
		<-tick.C
		wg.Go(func() {
			sub := a.Hub().Subscribe(demo.Workspace)
			defer sub.Cancel()
			start := time.Now()
			h.ServeHTTP(httptest.NewRecorder(), webhook(1_000_000+i, fmt.Sprintf("a%d", i), "to jakieś oszustwo, gdzie moja paczka?!"))
			id, err := a.DB().ConversationOfUser(bg, demo.Workspace, "instagram", fmt.Sprintf("9%09d", 1_000_000+i))
			if err != nil {
				b.Error(err)
				return
			}
			for n := range sub.C {
				if n.Kind == tandem.AlertRaised && n.Conversation == id {
					mu.Lock()
					took = append(took, time.Since(start))
					mu.Unlock()
					return
				}
			}
		})
	}
	wg.Wait()
	report(b, took)
}

func report(b *testing.B, took []time.Duration) {
	if len(took) == 0 {
		return
	}
	slices.Sort(took)
	b.ReportMetric(float64(took[len(took)/2].Microseconds())/1000, "p50-ms")
	b.ReportMetric(float64(took[len(took)*99/100].Microseconds())/1000, "p99-ms")
}

// BenchmarkDecide is the decision and the summary card without a language model (issue: p99 at most 20 ms).
func BenchmarkDecide(b *testing.B) {
	a, end := stageNow(b)
	defer end()
	a.Handler().ServeHTTP(httptest.NewRecorder(), webhook(7, "d1", "Gdzie jest moja paczka?! Miała być wczoraj!"))
	id, err := a.DB().ConversationOfUser(bg, demo.Workspace, "instagram", "9000000007")
	if err != nil {
		b.Fatal(err)
	}
	s, err := a.DB().Snapshot(bg, demo.Workspace, id, time.Now())
	if err != nil {
		b.Fatal(err)
	}
	var took []time.Duration
	for b.Loop() {
		start := time.Now()
		world.Think(a, s)
		took = append(took, time.Since(start))
	}
	report(b, took)
}
