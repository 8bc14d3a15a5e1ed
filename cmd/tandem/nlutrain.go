package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"time"

	"tandem/nlu"
)

// cpuTime is the processor time that this process has used, by all cores.
func cpuTime() time.Duration {
	var u syscall.Rusage
	if syscall.Getrusage(syscall.RUSAGE_SELF, &u) != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

func orderPattern(s string) (*regexp.Regexp, error) {
	if s == "" {
		return nil, nil //nolint:nilnil // no pattern is a plain answer
	}
	return regexp.Compile(s)
}

// readExamples reads the examples of folders separated by commas.
func readExamples(dirs string) ([]nlu.Example, error) {
	var out []nlu.Example
	for dir := range strings.SplitSeq(dirs, ",") {
		files, err := exampleFiles(dir)
		if err != nil {
			return nil, err
		}
		for _, file := range files {
			b, err := os.ReadFile(file)
			if err != nil {
				return nil, err
			}
			e, err := nlu.ReadHand(bytes.NewReader(b), file)
			if err != nil {
				return nil, fmt.Errorf("%s: %w", file, err)
			}
			out = append(out, e...)
		}
	}
	return out, nil
}

func nluTrain(args []string, _ io.Reader, out, _ io.Writer) error {
	var dirs, file, log string
	var asJSON bool
	var vectors embedder
	if err := nluFlags("train", args, func(f *flag.FlagSet) {
		embedFlags(f, &vectors)
		f.StringVar(&dirs, "examples", "", "")
		f.StringVar(&file, "out", "", "")
		f.StringVar(&log, "log", "", "")
		f.BoolVar(&asJSON, "json", false, "")
	}); err != nil {
		return err
	}
	if dirs == "" || file == "" {
		return fmt.Errorf("%w: tandem nlu train needs --examples DIR and --out FILE", errUsage)
	}
	examples, err := readExamples(dirs)
	if err != nil {
		return err
	}
	var o nlu.Options
	if log != "" {
		if o.Log, err = lines(log); err != nil {
			return err
		}
	}
	if o.Vectors, err = vectors.all(examples); err != nil {
		return err
	}
	start, cpu := time.Now(), cpuTime()
	m, r := nlu.Train(examples, o)
	wall, cpu := time.Since(start), cpuTime()-cpu
	var b bytes.Buffer
	if err := m.Write(&b); err != nil {
		return err
	}
	if err := os.WriteFile(file, b.Bytes(), 0o644); err != nil {
		return err
	}
	if asJSON {
		return json.NewEncoder(out).Encode(r)
	}
	fmt.Fprintln(out, m)
	fmt.Fprintf(out, "trained in %.1f s, %.1f s of CPU; %d bytes\n", wall.Seconds(), cpu.Seconds(), b.Len())
	fmt.Fprintf(out, "held-out quarter: topic %.1f top-3 %.1f, mood %.1f, anger found %.1f with %.1f false alarms, wish for a human found %.1f\n",
		100*r.Topic.Top1, 100*r.Topic.Top3, 100*r.Mood.Top1, 100*r.Angry.Recall(), 100*r.Angry.Alarms(), 100*r.Human.Recall())
	return nil
}

func lines(file string) ([]string, error) {
	b, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	return strings.Split(strings.TrimSpace(string(b)), "\n"), nil
}

// nluCompare exits with 1 where the new model got worse.
func nluCompare(args []string, _ io.Reader, out, _ io.Writer) error {
	var before, after, test string
	if err := nluFlags("compare", args, func(f *flag.FlagSet) {
		f.StringVar(&before, "old", "", "")
		f.StringVar(&after, "new", "", "")
		f.StringVar(&test, "test", "", "")
	}); err != nil {
		return err
	}
	if after == "" || test == "" {
		return fmt.Errorf("%w: tandem nlu compare needs --new FILE and --test FILE; without --old the shipped model is the old one", errUsage)
	}
	old, err := openModel(before)
	if err != nil {
		return err
	}
	m, err := openModel(after)
	if err != nil {
		return err
	}
	rows, err := readLabelled(test)
	if err != nil {
		return err
	}
	v := nlu.Compare(old, m, rows)
	fmt.Fprintln(out, v)
	if !v.OK() {
		return errors.New("the new model got worse")
	}
	return nil
}

func nluSuggest(args []string, in io.Reader, out, _ io.Writer) error {
	var file string
	most := 20
	if err := nluFlags("suggest", args, func(f *flag.FlagSet) {
		f.StringVar(&file, "model", "", "")
		f.IntVar(&most, "most", most, "")
	}); err != nil {
		return err
	}
	m, err := openModel(file)
	if err != nil {
		return err
	}
	var texts []string
	r := bufio.NewScanner(in)
	r.Buffer(nil, 1<<20)
	for r.Scan() {
		texts = append(texts, r.Text())
	}
	if err := r.Err(); err != nil {
		return err
	}
	enc := json.NewEncoder(out)
	enc.SetEscapeHTML(false)
	for _, s := range m.Suggest(texts, most) {
		if err := enc.Encode(s); err != nil {
			return err
		}
	}
	return nil
}

func nluTwins(args []string, _ io.Reader, out, _ io.Writer) error {
	var dirs string
	share := 0.8
	if err := nluFlags("twins", args, func(f *flag.FlagSet) {
		f.StringVar(&dirs, "examples", "", "")
		f.Float64Var(&share, "share", share, "")
	}); err != nil {
		return err
	}
	if dirs == "" {
		return fmt.Errorf("%w: tandem nlu twins needs --examples DIR", errUsage)
	}
	examples, err := readExamples(dirs)
	if err != nil {
		return err
	}
	for _, p := range nlu.Twins(examples, share) {
		a, b := examples[p[0]], examples[p[1]]
		fmt.Fprintf(out, "%s\t%s\n%s\t%s\n\n", a.Touchpoint, a.Text, b.Touchpoint, b.Text)
	}
	return nil
}

func nluBench(args []string, _ io.Reader, out, _ io.Writer) error {
	var dir, only string
	if err := nluFlags("bench", args, func(f *flag.FlagSet) {
		f.StringVar(&dir, "data", "", "")
		f.StringVar(&only, "only", "", "")
	}); err != nil {
		return err
	}
	if dir == "" {
		return fmt.Errorf("%w: tandem nlu bench needs --data DIR", errUsage)
	}
	b := &nlu.Bench{Open: func(name string) (io.ReadCloser, error) { return os.Open(filepath.Join(dir, name)) }, CPU: cpuTime, Out: out}
	if only != "" {
		b.Only = strings.Split(only, ",")
	}
	return b.Run()
}
