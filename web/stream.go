package web

import (
	"encoding/json"
	"fmt"
	"net/http"
	"time"
)

// Beat is how often a silent stream says that it is alive. Proxies cut what is silent for a minute.
const Beat = 15 * time.Second

// slow is how long one write may take. A reader that takes longer is dropped; it comes back with
// the number of the last event it saw and misses nothing.
const slow = 10 * time.Second

// Stream writes server-sent events. It is used by one goroutine.
type Stream struct {
	w  http.ResponseWriter
	rc *http.ResponseController
}

// OpenStream begins an event stream; the status and headers are sent at once.
func OpenStream(w http.ResponseWriter) (*Stream, error) {
	h := w.Header()
	h.Set("Content-Type", "text/event-stream")
	h.Set("Cache-Control", "no-store")
	h.Set("X-Accel-Buffering", "no") // nginx would gather events otherwise
	s := &Stream{w: w, rc: http.NewResponseController(w)}
	s.rc.SetReadDeadline(time.Time{}) // a server-wide limit is not meant for streams
	w.WriteHeader(http.StatusOK)
	return s, s.write("retry: 1000\n\n")
}

// Send writes one event; its data is JSON. An id of 0 or less is left out: the event is not one that
// a reader could resume from.
func (s *Stream) Send(id int64, event string, data any) error {
	b, err := json.Marshal(data)
	if err != nil {
		return err
	}
	text := "event: " + event + "\ndata: " + string(b) + "\n\n"
	if id > 0 {
		text = fmt.Sprintf("id: %d\n%s", id, text)
	}
	return s.write(text)
}

// Alive writes a comment, which readers ignore.
func (s *Stream) Alive() error { return s.write(": alive\n\n") }

func (s *Stream) write(text string) error {
	s.rc.SetWriteDeadline(time.Now().Add(slow)) // not supported in memory, and not needed there
	if _, err := s.w.Write([]byte(text)); err != nil {
		return err
	}
	return s.rc.Flush()
}
