package stories

import (
	"bufio"
	"context"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"sync"

	"tandem"
)

// told is one server-sent event.
type told struct {
	id         int64
	name, data string
}

// ear is an open event stream of a node.
type ear struct {
	mu     sync.Mutex
	all    []told
	cancel context.CancelFunc
	done   chan struct{}
}

// listen opens a stream behind the node's socket, from an event on or from now.
func (n *node) listen(who string, from int64) *ear {
	n.t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	r, err := http.NewRequestWithContext(ctx, "GET", n.front.URL+"/api/events", nil)
	if err != nil {
		n.t.Fatal(err)
	}
	r.Header.Set("Cookie", n.cookie(who))
	if from > 0 {
		r.Header.Set("Last-Event-ID", strconv.FormatInt(from, 10))
	}
	res, err := http.DefaultClient.Do(r)
	if err != nil {
		n.t.Fatal(err)
	}
	if res.StatusCode != http.StatusOK {
		n.t.Fatalf("the stream is refused: %d", res.StatusCode)
	}
	e := &ear{cancel: cancel, done: make(chan struct{})}
	go func() {
		defer close(e.done)
		defer res.Body.Close()
		e.read(bufio.NewScanner(res.Body))
	}()
	n.t.Cleanup(e.hang)
	(&pair{t: n.t}).until("the stream says hello", func() bool { return len(e.heard("hello")) > 0 })
	return e
}

func (e *ear) read(lines *bufio.Scanner) {
	lines.Buffer(nil, 1<<20)
	var one told
	for lines.Scan() {
		name, value, _ := strings.Cut(lines.Text(), ": ")
		switch name {
		case "id":
			one.id, _ = strconv.ParseInt(value, 10, 64)
		case "event":
			one.name = value
		case "data":
			one.data = value
		case "":
			if one.name != "" {
				e.mu.Lock()
				e.all = append(e.all, one)
				e.mu.Unlock()
			}
			one = told{}
		}
	}
}

// hang closes the stream; what came until then stays.
func (e *ear) hang() {
	e.cancel()
	<-e.done
}

// heard is what came so far, of one kind or with an empty name all that is numbered.
func (e *ear) heard(name string) []told {
	e.mu.Lock()
	defer e.mu.Unlock()
	return slices.DeleteFunc(slices.Clone(e.all), func(o told) bool { return name != "" && o.name != name || name == "" && o.id == 0 })
}

// last is the newest number.
func (e *ear) last() int64 {
	all := e.heard("")
	if len(all) == 0 {
		return 0
	}
	return all[len(all)-1].id
}

// has tells whether a text came in an event of a kind.
func (e *ear) has(name tandem.EventKind, text string) bool {
	return slices.ContainsFunc(e.heard(string(name)), func(o told) bool { return strings.Contains(o.data, text) })
}
