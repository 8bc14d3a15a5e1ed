package main

import (
	"bufio"
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"time"

	"tandem"
	"tandem/nlu"
)

const nluUsage = `usage: tandem nlu classify [--lang pl|en] [--model FILE] [--order PATTERN]   one message a line in, one JSON object a line out
       tandem nlu eval --test FILE [--train FILE] [--model FILE] [--errors N] [--json]
       tandem nlu eval --dialogues FILE [--model FILE] [--errors N] [--json]      at which turn a person takes over
       tandem nlu train --examples DIR --out FILE [--json]
       tandem nlu compare --old FILE --new FILE --test FILE
       tandem nlu suggest [--model FILE] [--most N]                  messages in, those most worth labelling out
       tandem nlu twins --examples DIR                                examples that are nearly the same
       tandem nlu bench --data DIR [--only NAME,...]
classify and train take --embed URL --embed-model NAME: vectors of an OpenAI-compatible endpoint as one more feature`

// errUsage is a wrong call: exit code 2.
var errUsage = errors.New("usage")

// nluCommand runs "tandem nlu ...". It returns 0 when the work is done, 1 when it failed and 2 when
// the call was wrong; errors are one sentence on errw.
func nluCommand(args []string, in io.Reader, out, errw io.Writer) int {
	commands := map[string]func([]string, io.Reader, io.Writer, io.Writer) error{"classify": nluClassify, "eval": nluEval,
		"train": nluTrain, "compare": nluCompare, "suggest": nluSuggest, "twins": nluTwins, "bench": nluBench}
	if len(args) == 0 || commands[args[0]] == nil {
		fmt.Fprintln(errw, nluUsage)
		return 2
	}
	err := commands[args[0]](args[1:], in, out, errw)
	switch {
	case err == nil:
		return 0
	case errors.Is(err, flag.ErrHelp):
		fmt.Fprintln(out, nluUsage)
		return 0
	case errors.Is(err, errUsage):
		fmt.Fprintln(errw, err)
		return 2
	}
	fmt.Fprintln(errw, "tandem nlu:", err)
	return 1
}

// nluFlags parses flags without printing on its own.
func nluFlags(name string, args []string, set func(*flag.FlagSet)) error {
	f := flag.NewFlagSet(name, flag.ContinueOnError)
	f.SetOutput(io.Discard)
	set(f)
	if err := f.Parse(args); err != nil {
		if errors.Is(err, flag.ErrHelp) {
			return err
		}
		return fmt.Errorf("%w: tandem nlu %s: %v", errUsage, name, err)
	}
	if f.NArg() > 0 {
		return fmt.Errorf("%w: tandem nlu %s takes no argument %q", errUsage, name, f.Arg(0))
	}
	return nil
}

// openModel loads a stored model, or the one tandem ships with.
func openModel(file string) (*nlu.Model, error) {
	if file == "" {
		return nlu.Open()
	}
	b, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	return nlu.Load(bytes.NewReader(b))
}

// classified is one line of output of "tandem nlu classify".
type classified struct {
	Text         string            `json:"text"`
	Lang         string            `json:"lang"`
	Touchpoint   string            `json:"touchpoint"`
	Confidence   float64           `json:"confidence"`
	Alternatives []tandem.Guess    `json:"alternatives"`
	Set          []string          `json:"set"`
	OutOfScope   float64           `json:"out_of_scope"`
	Mood         tandem.Mood       `json:"mood"`
	Anger        float64           `json:"anger"`
	Escalation   float64           `json:"escalation"`
	Hard         bool              `json:"hard"`
	HardKind     string            `json:"hard_kind,omitempty"`
	WantsHuman   bool              `json:"wants_human"`
	AsksBot      bool              `json:"asks_bot"`
	Handoff      bool              `json:"handoff"`
	Form         string            `json:"form,omitempty"`
	Gender       string            `json:"gender,omitempty"`
	Entities     []tandem.Entity   `json:"entities"`
	Evidence     []tandem.Evidence `json:"evidence"`
	Version      string            `json:"version"`
}

func nluClassify(args []string, in io.Reader, out, _ io.Writer) error {
	var lang, file, order, profile string
	var vectors embedder
	if err := nluFlags("classify", args, func(f *flag.FlagSet) {
		embedFlags(f, &vectors)
		f.StringVar(&lang, "lang", "", "")
		f.StringVar(&file, "model", "", "")
		f.StringVar(&order, "order", "", "")
		f.StringVar(&profile, "profile", nlu.High, "")
	}); err != nil {
		return err
	}
	c, err := nluContext(lang, order, profile)
	if err != nil {
		return err
	}
	m, err := openModel(file)
	if err != nil {
		return err
	}
	m = vectors.join(m)
	r := bufio.NewReaderSize(in, 1<<16)
	w := bufio.NewWriter(out)
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	for {
		line, err := r.ReadString('\n')
		if line = strings.TrimRight(line, "\r\n"); line != "" || err == nil {
			if e := enc.Encode(classify(m, line, c)); e != nil {
				return e
			}
			if r.Buffered() == 0 { // somebody may be waiting at the other end of a pipe
				if e := w.Flush(); e != nil {
					return e
				}
			}
		}
		if errors.Is(err, io.EOF) {
			return w.Flush()
		}
		if err != nil {
			return err
		}
	}
}

func classify(m *nlu.Model, text string, c nlu.Context) classified {
	r := m.Read(text, c)
	return classified{text, r.Lang, r.Touchpoint, r.Confidence, r.Alternatives, r.Set, r.OutOfScope, r.Mood, r.Anger,
		r.Escalation, r.Hard, r.HardKind, r.WantsHuman, r.AsksBot, nlu.HandsOver(r, c.Profile), r.Form, r.Gender,
		r.Entities, r.Evidence, r.Version}
}

func nluEval(args []string, _ io.Reader, out, _ io.Writer) error {
	var test, train, file, lang, dialogues string
	var asJSON bool
	errorsShown := 0
	if err := nluFlags("eval", args, func(f *flag.FlagSet) {
		f.StringVar(&dialogues, "dialogues", "", "")
		f.StringVar(&test, "test", "", "")
		f.StringVar(&train, "train", "", "")
		f.StringVar(&file, "model", "", "")
		f.StringVar(&lang, "lang", "", "")
		f.IntVar(&errorsShown, "errors", 0, "")
		f.BoolVar(&asJSON, "json", false, "")
	}); err != nil {
		return err
	}
	if dialogues != "" {
		return evalDialogues(out, dialogues, file, errorsShown, asJSON)
	}
	if test == "" {
		return fmt.Errorf("%w: tandem nlu eval needs --test FILE or --dialogues FILE", errUsage)
	}
	c, err := nluContext(lang, "", nlu.High)
	if err != nil {
		return err
	}
	rows, err := readLabelled(test)
	if err != nil {
		return err
	}
	m, trained, err := modelFor(train, file)
	if err != nil {
		return err
	}
	start := cpuTime()
	e := nlu.Evaluate(m, rows, c)
	spent := cpuTime() - start
	r := evalResult{Evaluation: e, N: len(rows), Accuracy: e.Topic.Top1, Top3: e.Topic.Top3, MacroF1: e.Topic.MacroF1,
		ECE: e.Topic.ECE, TrainSeconds: trained.Seconds(), Version: m.Version(),
		Microseconds: float64(spent.Microseconds()) / float64(max(len(rows), 1)), MemoryMB: heapMB()}
	runtime.KeepAlive(m)
	if asJSON {
		enc := json.NewEncoder(out)
		enc.SetIndent("", "  ")
		return enc.Encode(r)
	}
	printEval(out, r, errorsShown)
	return nil
}

// evalResult is what "tandem nlu eval --json" prints.
type evalResult struct {
	N            int     `json:"n"`
	Accuracy     float64 `json:"accuracy"`
	Top3         float64 `json:"top3"`
	MacroF1      float64 `json:"macro_f1"`
	ECE          float64 `json:"ece"`
	TrainSeconds float64 `json:"train_seconds"`
	Microseconds float64 `json:"microseconds_per_message"`
	MemoryMB     float64 `json:"memory_mb"`
	Version      string  `json:"version"`
	nlu.Evaluation
}

func readLabelled(file string) ([]nlu.Labelled, error) {
	f, err := os.Open(file)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	rows, err := nlu.ReadLabelled(f)
	if err == nil && len(rows) == 0 {
		err = errors.New("no rows")
	}
	if err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	return rows, nil
}

// modelFor trains on a file, loads a model, or opens the shipped one.
func modelFor(train, file string) (*nlu.Model, time.Duration, error) {
	if train == "" {
		m, err := openModel(file)
		return m, 0, err
	}
	rows, err := readLabelled(train)
	if err != nil {
		return nil, 0, err
	}
	start := time.Now()
	m, _ := nlu.Train(nlu.ExamplesOf(rows), nlu.Options{})
	return m, time.Since(start), nil
}

// heapMB is what the process holds after a collection.
func heapMB() float64 {
	runtime.GC()
	var s runtime.MemStats
	runtime.ReadMemStats(&s)
	return float64(s.HeapAlloc) / (1 << 20)
}

func printEval(w io.Writer, r evalResult, errorsShown int) {
	fmt.Fprintf(w, "messages %d  accuracy %.1f  top-3 %.1f  macro-F1 %.1f  calibration error %.1f\n", r.N, 100*r.Accuracy,
		100*r.Top3, 100*r.MacroF1, 100*r.ECE)
	fmt.Fprintf(w, "training %.1f s  %.0f µs of CPU per message  %.1f MB  %s\n", r.TrainSeconds, r.Microseconds, r.MemoryMB, r.Version)
	fmt.Fprintf(w, "conformal set: true topic in %.1f %%, mean size %.2f, one topic in %.1f %% of which right %.1f %%\n",
		100*r.Topic.Coverage, r.Topic.SetSize, 100*r.Topic.Single, 100*r.Topic.SingleOK)
	for _, x := range []struct {
		name string
		b    *nlu.Rates
	}{{"angry", r.Angry}, {"wants a human", r.Human}, {"hand over", r.Handoff}} {
		if x.b != nil {
			fmt.Fprintf(w, "%-14s n %d  recall %.1f  precision %.1f  F1 %.1f  false alarms %.1f\n", x.name, x.b.N,
				100*x.b.Recall, 100*x.b.Precision, 100*x.b.F1, 100*x.b.Alarms)
		}
	}
	if r.Mood != nil {
		fmt.Fprintf(w, "mood accuracy %.1f  macro-F1 %.1f\n", 100*r.Mood.Top1, 100*r.Mood.MacroF1)
	}
	if r.Scope != nil {
		fmt.Fprintf(w, "out of scope AUROC %.1f\n", 100*r.Scope.AUROC)
	}
	fmt.Fprintf(w, "\n%-28s %5s %9s %7s %7s\n", "class", "n", "precision", "recall", "F1")
	for _, c := range r.Topic.Classes {
		fmt.Fprintf(w, "%-28s %5d %9.1f %7.1f %7.1f\n", c.Name, c.N, 100*c.Precision, 100*c.Recall, 100*c.F1)
	}
	fmt.Fprintln(w, "\nmost confused")
	for _, c := range r.Topic.Mixed[:min(15, len(r.Topic.Mixed))] {
		fmt.Fprintf(w, "%4d  %s read as %s\n", c.N, c.Want, c.Got)
	}
	for _, x := range r.Wrong[:min(errorsShown, len(r.Wrong))] {
		fmt.Fprintf(w, "%s\t%s\t%.2f\t%s\n", x.Want, x.Got, x.Confidence, x.Text)
	}
}

// nluContext checks what the flags say.
func nluContext(lang, order, profile string) (nlu.Context, error) {
	c := nlu.Context{Lang: lang, Profile: profile}
	if lang != "" && lang != "pl" && lang != "en" {
		return c, fmt.Errorf("%w: --lang is pl or en", errUsage)
	}
	re, err := orderPattern(order)
	if err != nil {
		return c, fmt.Errorf("%w: --order: %v", errUsage, err)
	}
	c.Order = re
	return c, nil
}

// exampleFiles lists the example files of a folder with their languages: DIR/pl/*.tsv, DIR/en/*.tsv
// and DIR/*.tsv, which is Polish.
func exampleFiles(dir string) ([]string, error) {
	var out []string
	for _, p := range []string{"*.tsv", "pl/*.tsv", "en/*.tsv"} {
		f, err := filepath.Glob(filepath.Join(dir, p))
		if err != nil {
			return nil, err
		}
		out = append(out, f...)
	}
	slices.SortFunc(out, cmp.Compare[string])
	if len(out) == 0 {
		return nil, fmt.Errorf("no examples in %s", dir)
	}
	return out, nil
}
