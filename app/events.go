package app

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"reflect"
	"strconv"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"tandem"
	"tandem/access"
	"tandem/live"
	"tandem/web"
)

// The bounds of a resumed stream: events are read from the ledger in pages, and a reader that is
// further behind is told to read its lists anew.
const (
	ledgerPage = 200
	farBehind  = 2000
)

// Hello is the first word of a stream.
type Hello struct {
	Seq int64 `json:"seq" doc:"events after this one follow"`
}

// describeStream adds the stream to the description of the API: what its events carry is not to be
// guessed by those who read it.
func (a *App) describeStream() {
	doc := a.api.OpenAPI()
	schema := func(t reflect.Type) *huma.Schema { return doc.Components.Schemas.Schema(t, true, t.Name()) }
	for _, t := range []reflect.Type{reflect.TypeFor[Hello](), reflect.TypeFor[Viewers](), reflect.TypeFor[Typing](), reflect.TypeFor[Session](), reflect.TypeFor[WidgetMessage](), reflect.TypeFor[WidgetOwner]()} {
		schema(t)
	}
	o := operation(http.MethodGet, "/api/events", access.ConversationRead, "What happens, as server-sent events")
	o.Description = "id is the number of the event in the ledger, event its kind, data an EventView. Send Last-Event-ID to resume without a gap. Without an id come " +
		"hello (Hello), viewers (Viewers), typing (Typing); reset means that too much was missed: read the lists anew."
	o.Responses = map[string]*huma.Response{"200": {Description: "a stream without an end", Content: map[string]*huma.MediaType{"text/event-stream": {Schema: schema(reflect.TypeFor[EventView]())}}}}
	doc.AddOperation(&o)
}

// reader is one open stream of a signed-in person.
type reader struct {
	a    *App
	c    caller
	out  *web.Stream
	last int64 // the newest event that was sent or withheld
}

// stream is GET /api/events. It reads from the ledger until it has caught up with what is
// published, then follows; a hole in the numbers sends it back to the ledger, so nothing is skipped
// however commits were announced.
func (a *App) stream(w http.ResponseWriter, r *http.Request) {
	c := callerOf(r.Context())
	if err := c.may(access.ConversationRead, c.object()); err != nil {
		web.WriteProblem(w, r, words, err)
		return
	}
	sub := a.hub.Subscribe(c.Workspace) // before the ledger is read, so that nothing falls between
	defer func() { sub.Cancel() }()
	newest, err := a.db.LastEvent(r.Context(), c.Workspace)
	if err != nil {
		web.WriteProblem(w, r, words, err)
		return
	}
	out, err := web.OpenStream(w)
	if err != nil {
		return
	}
	ctx, end := a.whileOpen(r.Context())
	defer end()
	first, leave := a.here.enter(c.ID)
	if first {
		a.comeAndGo(c.User, "here")
	}
	defer func() {
		if leave() {
			a.comeAndGo(c.User, "gone")
		}
	}()
	s := reader{a: a, c: c, out: out, last: newest}
	if from, ok := resumeFrom(r); ok {
		s.last = min(from, newest)
	}
	if err := s.begin(ctx, newest); err != nil {
		return
	}
	for ctx.Err() == nil {
		if err := s.follow(ctx, sub); err != nil {
			return
		}
		sub.Cancel() // we fell behind: listen anew, then fill the gap from the ledger
		sub = a.hub.Subscribe(c.Workspace)
		if err := s.catchUp(ctx); err != nil {
			return
		}
	}
}

// whileOpen is a context that also ends when the node stops.
func (a *App) whileOpen(ctx context.Context) (context.Context, func()) {
	ctx, cancel := context.WithCancel(ctx)
	forget := context.AfterFunc(a.open, cancel)
	return ctx, func() { forget(); cancel() }
}

// resumeFrom returns the number of the last event that a browser saw. Proxies and polyfills that
// cannot set the header use the query.
func resumeFrom(r *http.Request) (int64, bool) {
	id := r.Header.Get("Last-Event-ID")
	if id == "" {
		id = r.URL.Query().Get("last_event_id")
	}
	n, err := strconv.ParseInt(id, 10, 64)
	return n, err == nil && n >= 0
}

func (s *reader) begin(ctx context.Context, newest int64) error {
	if newest-s.last > farBehind {
		s.last = newest
		if err := s.out.Send(newest, "reset", Hello{newest}); err != nil {
			return err
		}
	}
	if err := s.out.Send(0, "hello", Hello{s.last}); err != nil {
		return err
	}
	return s.catchUp(ctx)
}

// catchUp sends what the ledger has after the last event, page by page.
func (s *reader) catchUp(ctx context.Context) error {
	for {
		events, err := s.a.db.EventsAfter(ctx, s.c.Workspace, s.last, ledgerPage)
		if err != nil {
			return err
		}
		for _, e := range events {
			if err := s.send(ctx, e); err != nil {
				return err
			}
		}
		if len(events) < ledgerPage {
			return nil
		}
	}
}

// follow sends what is published until the subscription is closed because we were too slow (nil),
// or nobody reads any more.
func (s *reader) follow(ctx context.Context, sub *live.Sub) error {
	beat := time.NewTicker(web.Beat)
	defer beat.Stop()
	for {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-beat.C:
			if err := s.still(ctx); err != nil {
				return err
			}
			if err := s.out.Alive(); err != nil {
				return err
			}
		case n, open := <-sub.C:
			if !open {
				return nil
			}
			if err := s.take(ctx, n); err != nil {
				return err
			}
		}
	}
}

func (s *reader) take(ctx context.Context, n live.Note) error {
	switch {
	case n.Passing != "":
		if n.Body == nil || !access.Can(s.c.User, access.ConversationRead, s.c.object()) {
			return nil
		}
		return s.out.Send(0, n.Passing, n.Body)
	case n.Seq <= s.last:
		return nil
	case n.Seq > s.last+1:
		return s.catchUp(ctx)
	}
	return s.send(ctx, n.Event)
}

// errEnded ends a stream whose reader may not read it any more. The browser comes back and is asked
// who it is.
var errEnded = errors.New("the session has ended")

// still ends the stream of somebody who signed out, was disabled or has another role now, whichever
// node that happened at: their event brings it here, and a beat finds what an event did not tell,
// such as a session that has run out.
func (s *reader) still(ctx context.Context) error {
	u, err := s.a.db.Session(ctx, s.c.session, now())
	if tandem.KindOf(err) == tandem.NotFound || err == nil && u.Role != s.c.Role {
		return errEnded
	}
	return nil // a database that is away says nothing about the person: the next beat asks again
}

// send sends one event if this person may see it; either way it is behind us.
func (s *reader) send(ctx context.Context, e tandem.Event) error {
	if e.Seq <= s.last {
		return nil
	}
	s.last = e.Seq
	if e.Kind == tandem.UserChanged && e.Subject == string(s.c.ID) {
		if err := s.still(ctx); err != nil {
			return err
		}
	}
	if !access.Can(s.c.User, access.EventAction(e.Kind), access.Object{Workspace: e.Workspace}) {
		return nil
	}
	v, err := s.a.eventView(ctx, s.c, e)
	if err != nil { // the event itself is told all the same
		slog.Warn("an event cannot be enriched", "seq", e.Seq, "kind", e.Kind, "code", tandem.CodeOf(err))
	}
	return s.out.Send(e.Seq, string(e.Kind), v)
}
