package main

import (
	"flag"
	"net/http"
	"os"

	"tandem"
	"tandem/llm"
	"tandem/nlu"
)

// writer is which language model words the cards; without an address none does.
type writer struct {
	url, model, key string
	web             *http.Client
}

// simulated is the address by which the demo asks for its simulated model.
const simulated = "sim"

// writerFlags are --llm URL and --llm-model NAME, by default TANDEM_LLM_URL and TANDEM_LLM_MODEL; the key
// is in TANDEM_LLM_KEY only, since flags show in the list of processes.
func writerFlags(f *flag.FlagSet) *writer {
	w := &writer{key: os.Getenv("TANDEM_LLM_KEY")}
	f.StringVar(&w.url, "llm", os.Getenv("TANDEM_LLM_URL"), "OpenAI-compatible address of a language model that words hand-over cards, as http://127.0.0.1:11434/v1; default: none")
	f.StringVar(&w.model, "llm-model", os.Getenv("TANDEM_LLM_MODEL"), "its name there")
	return w
}

// open makes the adapter, nil where no model is set.
func (w *writer) open() (tandem.Writer, error) {
	if w == nil || w.url == "" {
		return nil, nil //nolint:nilnil // off is the default
	}
	o, err := llm.New(llm.Config{URL: w.url, Model: w.model, Key: w.key, Mask: nlu.Mask, Web: w.web})
	if err != nil {
		return nil, misused("--llm: %v", err)
	}
	return o, nil
}
