package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"net/http"
	"os"
	"strings"
	"sync/atomic"
	"time"

	"tandem/nlu"
)

// embedder asks an OpenAI-compatible endpoint (POST {url}/embeddings with model and input) for the
// vectors of texts. Personal data is masked before a text leaves.
type embedder struct {
	url, model, key string
	client          *http.Client
	resting         atomic.Int64 // until when nothing is asked after a failure, in Unix milliseconds
}

// Bounds of the calls: training asks for many texts at once and may wait; a message may not.
const (
	embedBatch   = 64
	embedPatient = 60 * time.Second
	embedQuick   = 300 * time.Millisecond
	embedRest    = 10 * time.Second
	embedBytes   = 64 << 20 // of an answer
)

// embedFlags are --embed URL and --embed-model NAME, by default TANDEM_EMBED_URL and
// TANDEM_EMBED_MODEL; the key is in TANDEM_EMBED_KEY only, since flags show in the list of processes.
func embedFlags(f *flag.FlagSet, e *embedder) {
	f.StringVar(&e.url, "embed", os.Getenv("TANDEM_EMBED_URL"), "")
	f.StringVar(&e.model, "embed-model", os.Getenv("TANDEM_EMBED_MODEL"), "")
	e.key, e.client = os.Getenv("TANDEM_EMBED_KEY"), &http.Client{}
}

// vectors returns the vectors of all texts, in their order. Errors never have a text in them.
func (e *embedder) vectors(ctx context.Context, texts []string) ([][]float32, error) {
	masked := make([]string, len(texts))
	for i, t := range texts {
		masked[i] = nlu.Mask(t)
	}
	body, err := json.Marshal(map[string]any{"model": e.model, "input": masked})
	if err != nil {
		return nil, err
	}
	q, err := http.NewRequestWithContext(ctx, http.MethodPost, strings.TrimSuffix(e.url, "/")+"/embeddings", bytes.NewReader(body))
	if err != nil {
		return nil, errors.New("embeddings: --embed is the address of an endpoint, as http://127.0.0.1:11434/v1")
	}
	q.Header.Set("Content-Type", "application/json")
	if e.key != "" {
		q.Header.Set("Authorization", "Bearer "+e.key)
	}
	r, err := e.client.Do(q)
	if err != nil {
		return nil, fmt.Errorf("embeddings: %w", err)
	}
	defer r.Body.Close()
	if r.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("embeddings: the endpoint answered %d", r.StatusCode)
	}
	var answer struct {
		Data []struct {
			Index     int       `json:"index"`
			Embedding []float32 `json:"embedding"`
		} `json:"data"`
	}
	if err := json.NewDecoder(io.LimitReader(r.Body, embedBytes)).Decode(&answer); err != nil {
		return nil, errors.New("embeddings: the answer is no list of vectors")
	}
	out := make([][]float32, len(texts))
	for _, d := range answer.Data {
		if d.Index >= 0 && d.Index < len(out) {
			out[d.Index] = d.Embedding
		}
	}
	for _, v := range out {
		if len(v) == 0 {
			return nil, errors.New("embeddings: the answer has fewer vectors than texts were sent")
		}
	}
	return out, nil
}

// all asks for the vectors of a training set, batch after batch.
func (e *embedder) all(examples []nlu.Example) (map[string][]float32, error) {
	if e.url == "" {
		return nil, nil //nolint:nilnil // off is the default
	}
	out := make(map[string][]float32, len(examples))
	for from := 0; from < len(examples); from += embedBatch {
		var texts []string
		for _, x := range examples[from:min(from+embedBatch, len(examples))] {
			texts = append(texts, x.Text)
		}
		ctx, cancel := context.WithTimeout(context.Background(), embedPatient)
		v, err := e.vectors(ctx, texts)
		cancel()
		if err != nil {
			return nil, err
		}
		for i, t := range texts {
			out[t] = v[i]
		}
	}
	return out, nil
}

// join gives a model its source of vectors; a model that learnt from none stays as it is.
func (e *embedder) join(m *nlu.Model) *nlu.Model {
	if e.url == "" || !m.Dense() {
		return m
	}
	return m.WithVectors(e.one)
}

// one returns the vector of a message, or nil when the endpoint is slow, wrong or resting.
func (e *embedder) one(text string) []float32 {
	if time.Now().UnixMilli() < e.resting.Load() {
		return nil
	}
	ctx, cancel := context.WithTimeout(context.Background(), embedQuick)
	defer cancel()
	v, err := e.vectors(ctx, []string{text})
	if err != nil {
		e.resting.Store(time.Now().Add(embedRest).UnixMilli())
		return nil
	}
	return v[0]
}
