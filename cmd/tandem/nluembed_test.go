package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
)

// endpoint is a simulated embedding service: two numbers, by what the text is about. It knows words
// that the examples do not have. It keeps all that it was sent.
type endpoint struct {
	*httptest.Server
	sent  strings.Builder
	calls atomic.Int64
	down  atomic.Bool
}

func newEndpoint(t *testing.T) *endpoint {
	e := &endpoint{}
	e.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		e.calls.Add(1)
		if e.down.Load() || r.URL.Path != "/v1/embeddings" {
			http.Error(w, "down", http.StatusServiceUnavailable)
			return
		}
		var q struct {
			Model string   `json:"model"`
			Input []string `json:"input"`
		}
		if err := json.NewDecoder(r.Body).Decode(&q); err != nil || q.Model != "tiny" || r.Header.Get("Authorization") != "Bearer sesame" {
			http.Error(w, "no", http.StatusBadRequest)
			return
		}
		type datum struct {
			Index     int       `json:"index"`
			Embedding []float32 `json:"embedding"`
		}
		var out struct {
			Data []datum `json:"data"`
		}
		for i, text := range q.Input {
			e.sent.WriteString(text + "\n")
			v := []float32{0.1, 1}
			if strings.Contains(text, "kot") || strings.Contains(text, "mruczek") {
				v = []float32{1, 0.1}
			}
			out.Data = append([]datum{{i, v}}, out.Data...) // the order is not promised
		}
		_ = json.NewEncoder(w).Encode(out)
	}))
	t.Cleanup(e.Close)
	return e
}

func TestEmbeddings(t *testing.T) {
	e := newEndpoint(t)
	t.Setenv("TANDEM_EMBED_URL", e.URL+"/v1")
	t.Setenv("TANDEM_EMBED_MODEL", "tiny")
	t.Setenv("TANDEM_EMBED_KEY", "sesame")
	dir := t.TempDir()
	var b strings.Builder
	b.WriteString("touchpoint\ttext\n")
	for i := range 30 {
		fmt.Fprintf(&b, "cats\tkot numer %d, pesel 44051401359\ndogs\tpies sztuk %d\n", i, i)
	}
	if err := os.WriteFile(filepath.Join(dir, "a.tsv"), []byte(b.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	model := filepath.Join(dir, "m.bin")
	run := func(in string, args ...string) string {
		t.Helper()
		var out, errs bytes.Buffer
		if code := nluCommand(args, strings.NewReader(in), &out, &errs); code != 0 {
			t.Fatalf("%v: code %d, %s", args, code, errs.String())
		}
		return out.String()
	}
	run("", "train", "--examples", dir, "--out", model)
	if strings.Contains(e.sent.String(), "44051401359") || !strings.Contains(e.sent.String(), "[PESEL]") {
		t.Error("personal data left the machine")
	}
	read := func() (topic string, confidence float64) {
		var r classified
		if err := json.Unmarshal([]byte(run("mruczek tel. 501600700\n", "classify", "--model", model)), &r); err != nil {
			t.Fatal(err)
		}
		return r.Touchpoint, r.Confidence
	}
	topic, sure := read()
	if topic != "cats" {
		t.Errorf("with its vector: %s, want cats, by a word that no example has", topic)
	}
	if strings.Contains(e.sent.String(), "501600700") {
		t.Error("a phone number left the machine")
	}
	e.down.Store(true)
	if _, without := read(); without >= sure {
		t.Errorf("without its vector as sure (%.2f) as with it (%.2f)", without, sure)
	}
	calls := e.calls.Load()
	run("a\nb\nc\nd\n", "classify", "--model", model)
	if got := e.calls.Load() - calls; got != 1 {
		t.Errorf("%d calls to an endpoint that is down, want 1 and then a rest", got)
	}
	run("gdzie jest moja paczka\n", "classify")
	if got := e.calls.Load() - calls; got != 1 {
		t.Error("the shipped model asked for a vector")
	}
}
