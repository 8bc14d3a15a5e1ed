// Package llm has an adapter for each kind of language model. None is required: without one the cards
// stay as they are made from facts. A model is asked by jobs only, so nobody ever waits for it.
package llm

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"time"

	"tandem"
)

// Bounds of the calls.
const (
	patience   = 45 * time.Second // with one answer; a small model on a processor takes tens of seconds
	atOnce     = 2                // calls under way: more only queue up in front of a model of one machine
	rest       = 30 * time.Second // nothing is asked after a failure
	longestNap = 10 * time.Minute // however long a service asks to be left alone
	longestDoc = 1 << 20          // bytes of an answer
)

// Config is where a model is and how it is asked.
type Config struct {
	URL   string              // base address with its version, as http://127.0.0.1:11434/v1
	Model string              // as the service calls it
	Key   string              // sent as Bearer; empty: none
	Mask  func(string) string // veils personal data in whatever leaves
	Web   *http.Client        // nil: a plain one
}

// OpenAI asks an OpenAI-compatible endpoint: POST {URL}/chat/completions with two messages, which Ollama,
// llama.cpp, vLLM, OpenAI and most gateways take. After a failure it leaves the service alone for a while.
// Its errors hold no address, no key and no text. Safe for many goroutines.
type OpenAI struct {
	conf  Config
	slots chan struct{}

	mu     sync.Mutex
	until  time.Time // left alone until then
	modern bool      // the service takes max_completion_tokens and no temperature
}

// New checks a configuration. Plain HTTP is for this machine and for names without a dot only, because
// customers' words travel on it.
func New(c Config) (*OpenAI, error) {
	u, err := url.Parse(strings.TrimRight(c.URL, "/"))
	if err != nil || u.Host == "" || u.User != nil || u.RawQuery != "" {
		return nil, tandem.Errorf(tandem.Invalid, "the address of the language model is not like http://127.0.0.1:11434/v1")
	}
	name := u.Hostname()
	near := name == "::1" || strings.HasPrefix(name, "127.") || !strings.Contains(name, ".")
	if u.Scheme != "https" && (u.Scheme != "http" || !near) {
		return nil, tandem.Errorf(tandem.Invalid, "the language model needs an address with https: customers' words travel to it")
	}
	if c.Model == "" {
		return nil, tandem.Errorf(tandem.Invalid, "say which language model is to be asked, by the name that its service gives it")
	}
	client := http.Client{}
	if c.Web != nil {
		client = *c.Web
	}
	// A redirect would carry customers' words to an address that was not checked.
	client.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	c.Web, c.URL = &client, u.String()
	return &OpenAI{conf: c, slots: make(chan struct{}, atOnce)}, nil
}

// Name implements tandem.Writer.
func (o *OpenAI) Name() string { return o.conf.Model }

// Write implements tandem.Writer.
func (o *OpenAI) Write(ctx context.Context, p tandem.Prompt) (string, error) {
	if left := o.resting(); left > 0 {
		return "", tandem.Coded(tandem.Transient, "llm_resting", "the language model is left alone for %s after a failure", left.Round(time.Second))
	}
	select {
	case o.slots <- struct{}{}:
		defer func() { <-o.slots }()
	default:
		return "", tandem.Coded(tandem.Limited, "llm_busy", "the language model has %d answers under way", atOnce)
	}
	ctx, stop := context.WithTimeout(ctx, patience)
	defer stop()
	text, nap, err := o.ask(ctx, p)
	if err != nil && tandem.KindOf(err) != tandem.Invalid {
		o.mu.Lock()
		o.until = time.Now().Add(min(max(nap, rest), longestNap))
		o.mu.Unlock()
	}
	return text, err
}

func (o *OpenAI) resting() time.Duration {
	o.mu.Lock()
	defer o.mu.Unlock()
	return time.Until(o.until)
}

// question is the body of a call.
type question struct {
	Model       string    `json:"model"`
	Messages    []message `json:"messages"`
	Temperature *float64  `json:"temperature,omitempty"`
	Most        int       `json:"max_tokens,omitempty"`
	MostModern  int       `json:"max_completion_tokens,omitempty"` // thinking included
}

type message struct {
	Role    string `json:"role"`
	Content string `json:"content"`
}

// ask asks once, and once more in the way of newer models where the service refuses the older one: OpenAI
// has replaced max_tokens by max_completion_tokens, and its thinking models take no temperature (API
// reference of "Create chat completion", 2026); Ollama and llama.cpp know max_tokens.
func (o *OpenAI) ask(ctx context.Context, p tandem.Prompt) (text string, nap time.Duration, err error) {
	o.mu.Lock()
	modern := o.modern
	o.mu.Unlock()
	text, status, nap, err := o.post(ctx, p, modern)
	if status == http.StatusBadRequest && !modern {
		if text, status, nap, err = o.post(ctx, p, true); err == nil {
			o.mu.Lock()
			o.modern = true
			o.mu.Unlock()
		}
	}
	return text, nap, err
}

// tokens a word may take: Polish takes two to four of them.
const (
	perWord  = 6
	thinking = 2000 // besides, for models that think first
)

func (o *OpenAI) post(ctx context.Context, p tandem.Prompt, modern bool) (text string, status int, nap time.Duration, err error) {
	q := question{Model: o.conf.Model, Messages: []message{{"system", p.Rules}, {"user", o.mask(p.Text)}}}
	if modern {
		q.MostModern = p.Words*perWord + thinking
	} else {
		q.Temperature, q.Most = new(float64), p.Words*perWord
	}
	body, err := json.Marshal(q)
	if err != nil {
		return "", 0, 0, err
	}
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, o.conf.URL+"/chat/completions", bytes.NewReader(body))
	if err != nil {
		return "", 0, 0, tandem.Errorf(tandem.Invalid, "the language model cannot be asked")
	}
	r.Header.Set("Content-Type", "application/json")
	if o.conf.Key != "" {
		r.Header.Set("Authorization", "Bearer "+o.conf.Key)
	}
	a, err := o.conf.Web.Do(r)
	if err != nil {
		why := "cannot be reached"
		if errors.Is(err, context.DeadlineExceeded) {
			why = fmt.Sprintf("has not answered within %s", patience)
		}
		return "", 0, 0, tandem.Coded(tandem.Transient, "llm_down", "the language model %s", why)
	}
	defer a.Body.Close()
	if a.StatusCode != http.StatusOK {
		return "", a.StatusCode, after(a.Header.Get("Retry-After")), refused(a.StatusCode)
	}
	text, err = answerOf(a.Body)
	return text, a.StatusCode, 0, err
}

func (o *OpenAI) mask(s string) string {
	if o.conf.Mask == nil {
		return s
	}
	return o.conf.Mask(s)
}

// refused sorts the statuses of a service; its words stay out of the error.
func refused(status int) error {
	switch {
	case status == http.StatusTooManyRequests:
		return tandem.Coded(tandem.Limited, "llm_busy", "the language model is asked too often")
	case status == http.StatusUnauthorized || status == http.StatusForbidden:
		return tandem.Coded(tandem.Denied, "llm_denied", "the language model refuses the key")
	case status >= 500 || status == http.StatusRequestTimeout:
		return tandem.Coded(tandem.Transient, "llm_down", "the language model answers %d", status)
	}
	return tandem.Coded(tandem.Denied, "llm_refused", "the language model's service answers %d: look at its address and the model's name", status)
}

// after reads Retry-After in seconds.
func after(s string) time.Duration {
	n, err := strconv.Atoi(s)
	if err != nil || n < 0 {
		return 0
	}
	return time.Duration(n) * time.Second
}

// answerOf reads the answer. What a model thinks aloud before it is left out.
func answerOf(body io.Reader) (string, error) {
	var a struct {
		Choices []struct {
			Message struct {
				Content string `json:"content"`
			} `json:"message"`
			Finish string `json:"finish_reason"`
		} `json:"choices"`
	}
	if err := json.NewDecoder(io.LimitReader(body, longestDoc)).Decode(&a); err != nil || len(a.Choices) == 0 {
		return "", tandem.Coded(tandem.Transient, "llm_unreadable", "the language model's answer is none of the known form")
	}
	c := a.Choices[0]
	text := c.Message.Content
	if _, said, ok := strings.Cut(text, "</think>"); ok {
		text = said
	}
	if text = strings.TrimSpace(text); text == "" || c.Finish == "length" {
		return "", tandem.Coded(tandem.Invalid, "llm_cut_off", "the language model came to no end: %s", cmp.Or(c.Finish, "no text"))
	}
	return text, nil
}
