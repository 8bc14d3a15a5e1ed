package sim

import (
	"crypto/subtle"
	"encoding/json"
	"net/http"
	"strings"
	"sync"
)

// What the demo company's language model is asked by.
const (
	LLMHost  = "llm.modnaszafa.example"
	LLMKey   = "llm-demo-modna-szafa"
	LLMModel = "symulowany-model"
)

// LLM is a language model behind an OpenAI-compatible endpoint: POST /v1/chat/completions. It thinks nothing: it
// puts together what it is told, and in mode garbage adds what nobody said. Safe for many goroutines.
type LLM struct {
	faults Faults
	mu     sync.Mutex
	asked  []string
}

// NewLLM gives a model that works.
func NewLLM() *LLM { return &LLM{faults: Faults{knows: []Mode{Garbage}}} }

// Faults gives the model's faults; it also knows the mode garbage.
func (l *LLM) Faults() *Faults { return &l.faults }

// Asked gives all that left for the model, oldest first.
func (l *LLM) Asked() []string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return append([]string(nil), l.asked...)
}

// chatCall is the body of a call; unknown parameters are refused, as the service does it.
type chatCall struct {
	Model    string `json:"model"`
	Messages []struct {
		Role    string `json:"role"`
		Content string `json:"content"`
	} `json:"messages"`
	Temperature float64 `json:"temperature"`
	MaxTokens   int     `json:"max_tokens"`
	MaxModern   int     `json:"max_completion_tokens"`
}

// ServeHTTP answers a call.
func (l *LLM) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if subtle.ConstantTimeCompare([]byte(r.Header.Get("Authorization")), []byte("Bearer "+LLMKey)) != 1 {
		problem(w, http.StatusUnauthorized, "the key is missing or wrong")
		return
	}
	if r.Method != http.MethodPost || r.URL.Path != "/v1/chat/completions" {
		problem(w, http.StatusNotFound, "there is only POST /v1/chat/completions")
		return
	}
	var in chatCall
	d := json.NewDecoder(http.MaxBytesReader(w, r.Body, 1<<20))
	d.DisallowUnknownFields()
	if err := d.Decode(&in); err != nil || len(in.Messages) != 2 || in.Messages[0].Role != "system" || in.Messages[1].Role != "user" {
		problem(w, http.StatusBadRequest, "the body is no call with a system and a user message")
		return
	}
	if in.Model != LLMModel {
		problem(w, http.StatusNotFound, "there is no such model")
		return
	}
	l.mu.Lock()
	l.asked = append(l.asked, in.Messages[0].Content+"\n"+in.Messages[1].Content)
	l.mu.Unlock()
	l.faults.serve(w, r, plainCrash, func(w http.ResponseWriter, _ *http.Request) {
		text := summarise(in.Messages[1].Content)
		if l.faults.Now() == Garbage {
			text += " Sklep zwróci 73,91 zł, a paczka 99999 dotrze jutro."
		}
		reply(w, map[string]any{"id": "chatcmpl-1", "object": "chat.completion", "model": LLMModel, "choices": []any{map[string]any{
			"index": 0, "message": map[string]string{"role": "assistant", "content": text}, "finish_reason": "stop"}}})
	})
}

// summarise puts the matter, what was promised and the customer's last words together.
func summarise(told string) string {
	var who, matter, promised, last string
	english := strings.Contains(told, "\nKNOWN\n")
	for line := range strings.Lines(told) {
		line = strings.TrimSpace(line)
		for _, p := range []struct {
			begin string
			into  *string
		}{{"- klient: ", &who}, {"- customer: ", &who}, {"- sprawa: ", &matter}, {"- matter: ", &matter}, {"- obiecano: ", &promised}, {"- promised: ", &promised}} {
			if text, ok := strings.CutPrefix(line, p.begin); ok && *p.into == "" {
				*p.into = text
			}
		}
		for _, speaker := range []string{", klient: ", ", customer: "} {
			if _, text, ok := strings.Cut(line, speaker); ok && strings.HasPrefix(line, "- 20") {
				last = text
			}
		}
	}
	out := matter
	if promised != "" {
		out += map[bool]string{false: " Obiecano: ", true: " Promised: "}[english] + promised + "."
	}
	if last != "" {
		out += " " + who + map[bool]string{false: " pisze: „", true: " writes: “"}[english] + last + "”."
	}
	return out
}
