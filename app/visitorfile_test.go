package app

import (
	"strings"
	"testing"
	"time"
)

const pngHead = "\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"

// brings lets a visitor bring a file and returns its ticket and id.
func (v visitor) brings(name, content string) (ticket, id string) {
	v.s.t.Helper()
	var out struct {
		Ticket string
		File   WidgetFile
	}
	got := v.call("POST", "/files?name="+name, content, "Content-Type", "application/octet-stream")
	if got.status != 200 {
		v.s.t.Fatalf("%s: %d %s", name, got.status, got.body)
	}
	got.into(v.s.t, &out)
	return out.Ticket, string(out.File.ID)
}

// A visitor sends a picture without a word, a person answers with a document; each gets the other's, nobody
// else gets anything, and nothing in a file may run.
func TestVisitorSendsAndGetsFiles(t *testing.T) {
	play(t, func(t *testing.T, s *shop) {
		v, ola := s.visit(), s.sit("ola@demo.pl")
		ticket, id := v.brings("..%2Fbut.png", pngHead)
		say := func(v visitor, client string, files ...string) answered {
			return v.call("POST", "/messages", map[string]any{"client_id": client, "files": files})
		}
		if got := v.call("GET", "/files/"+id, nil); got.status != 404 {
			t.Errorf("before any message: %d", got.status)
		}
		if got := say(s.visit(), "x", ticket); got.status != 403 && got.status != 401 {
			t.Errorf("another visitor's ticket: %d %s", got.status, got.body)
		}
		for range 2 { // a browser on a bad line says it twice
			if got := say(v, "c1", ticket); got.status != 200 {
				t.Fatalf("%d %s", got.status, got.body)
			}
		}
		if got := say(v, "c2", ticket); got.status != 409 {
			t.Errorf("the same file in another message: %d", got.status)
		}
		h := v.history("0")
		if len(h) != 1 || len(h[0].Files) != 1 || h[0].Files[0].Name != "but.png" || h[0].Files[0].Kind != "image" {
			t.Fatalf("%+v", h)
		}
		got := v.call("GET", "/files/"+id, nil)
		for name, want := range map[string]string{"Content-Type": "image/png", "X-Content-Type-Options": "nosniff", "Content-Security-Policy": "default-src 'none'; sandbox"} {
			if got.status != 200 || got.header.Get(name) != want {
				t.Errorf("%d %s: %q", got.status, name, got.header.Get(name))
			}
		}
		if got := s.visit().call("GET", "/files/"+id, nil); got.status != 404 {
			t.Errorf("another visitor: %d", got.status)
		}
		s.settle(2 * time.Second)
		var c ConversationView
		ola.must("GET", "/api/conversations/"+string(ola.first("all").ID), nil, &c)
		if len(c.Messages) == 0 || len(c.Messages[0].Parts) != 1 || c.Messages[0].Parts[0].URL != "/api/files/"+id {
			t.Fatalf("the desk has %+v", c.Messages)
		}
		var up Upload
		ola.call("POST", "/api/files?name=etykieta.pdf", "%PDF-1.4\n%%EOF").into(t, &up)
		ola.must("POST", "/api/conversations/"+string(c.ID)+"/reply", map[string]any{"text": "Etykieta w załączniku", "files": []string{string(up.ID)}}, nil)
		s.settle(2 * time.Second)
		h = v.history("1")
		last := h[len(h)-1]
		if len(last.Files) != 1 || last.Files[0].Name != "etykieta.pdf" {
			t.Fatalf("%+v", h)
		}
		if got := v.call("GET", "/files/"+string(last.Files[0].ID), nil); got.status != 200 || !strings.HasPrefix(got.header.Get("Content-Disposition"), "attachment") {
			t.Errorf("%d %v", got.status, got.header)
		}
	})
}

// The content decides what a file is, not its name; there are limits of size and of number.
func TestVisitorFilesAreLimited(t *testing.T) {
	play(t, func(t *testing.T, s *shop) {
		v := s.visit()
		for name, c := range map[string]struct {
			content string
			status  int
		}{
			"strona.png":  {"<!doctype html><script>alert(1)</script>", 422},
			"obraz.svg":   {"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", 422},
			"program.pdf": {"MZ\x90\x00", 422},
			"pusty.pdf":   {"", 422},
			"film.jpg":    {pngHead + strings.Repeat("x", maxVisitorFile), 413},
		} {
			if got := v.call("POST", "/files?name="+name, c.content); got.status != c.status {
				t.Errorf("%s: %d %s", name, got.status, got.body)
			}
		}
		ticket, _ := v.brings("a.png", pngHead)
		if got := v.call("POST", "/messages", map[string]any{"client_id": "c1", "files": []string{ticket, ticket, ticket, ticket, ticket, ticket}}); got.status != 422 {
			t.Errorf("six files: %d", got.status)
		}
		if got := v.call("POST", "/messages", map[string]any{"client_id": "c1", "files": []string{"x" + ticket}}); got.status < 400 {
			t.Errorf("a forged ticket: %d", got.status)
		}
		if got := s.call("POST", "/widget/demo/files?name=a.png", pngHead); got.status < 400 {
			t.Errorf("without a token: %d", got.status)
		}
		status := 200
		for range 20 {
			status = v.call("POST", "/files?name=a.png", pngHead).status
		}
		if status != 429 {
			t.Errorf("too many in an hour: %d", status)
		}
	})
}
