package nlu

import (
	"bufio"
	"fmt"
	"io"
	"path"
	"slices"
	"strings"

	"tandem"
)

// Example is a message with what a person said about it.
type Example struct {
	Lang       string // pl or en; empty where nobody said
	Touchpoint string
	Mood       tandem.Mood // empty where nobody said
	Human      bool        // the writer asks for a person
	Text       string
	Source     string // whose hand it is from, where several wrote: see ReadHand; empty where nobody said
}

// Other is the touchpoint of what belongs to no other: out of scope, not understandable.
const Other = "other"

var moodNames = []string{string(tandem.Pleased), string(tandem.Calm), string(tandem.Tense), string(tandem.Angry)}

// ReadExamples reads a file of examples: tab-separated, with a header naming the columns touchpoint,
// mood, flags ("-" or "human"), lang and text in any order; mood, flags and lang may be missing. A
// line that names no language has the given one. The error names the line.
func ReadExamples(r io.Reader, lang string) ([]Example, error) {
	in := bufio.NewScanner(r)
	in.Buffer(make([]byte, 0, 1<<16), 1<<20)
	var cols map[string]int
	var out []Example
	for n := 1; in.Scan(); n++ {
		line := strings.TrimRight(in.Text(), "\r\n")
		if line == "" {
			continue
		}
		c := strings.Split(line, "\t")
		if cols == nil {
			if cols = columns(c); cols["touchpoint"] < 0 || cols["text"] < 0 {
				return nil, fmt.Errorf("line %d: the header names touchpoint and text", n)
			}
			continue
		}
		e := Example{Lang: lang, Touchpoint: cell(c, cols["touchpoint"]), Text: cell(c, cols["text"]),
			Mood: tandem.Mood(cell(c, cols["mood"])), Human: strings.Contains(cell(c, cols["flags"]), "human")}
		if e.Touchpoint == "" || e.Text == "" {
			return nil, fmt.Errorf("line %d: no touchpoint or no text", n)
		}
		if e.Mood != "" && !slices.Contains(moodNames, string(e.Mood)) {
			return nil, fmt.Errorf("line %d: no such mood", n)
		}
		if l := cell(c, cols["lang"]); l != "" {
			e.Lang = l
		}
		out = append(out, e)
	}
	return out, in.Err()
}

// ReadHand reads a file of examples as ReadExamples does. The language is that of its folder ("en",
// else Polish) or of the end of its name ("_en.tsv"); folder and name tell whose hand the examples are
// from. Hands differ in how much of what they write is angry, and training must not take one's way of
// writing for a mood.
func ReadHand(r io.Reader, file string) ([]Example, error) {
	file = strings.ReplaceAll(file, "\\", "/")
	folder, name := path.Base(path.Dir(file)), strings.TrimSuffix(path.Base(file), ".tsv")
	lang := "pl"
	if folder == "en" || strings.HasSuffix(name, "_en") {
		lang = "en"
	}
	out, err := ReadExamples(r, lang)
	for i := range out {
		out[i].Source = folder + "/" + name
	}
	return out, err
}

// columns says where the named columns of a header are, -1 where they are missing.
func columns(header []string) map[string]int {
	cols := map[string]int{"touchpoint": -1, "mood": -1, "flags": -1, "lang": -1, "text": -1}
	for i, h := range header {
		h = strings.ToLower(strings.TrimSpace(strings.TrimPrefix(h, "\ufeff")))
		if h == "label" {
			h = "touchpoint"
		}
		cols[h] = i
	}
	return cols
}

func cell(c []string, i int) string {
	if i < 0 || i >= len(c) {
		return ""
	}
	return strings.TrimSpace(c[i])
}

// Twins returns pairs of examples whose texts are nearly the same: the runs of three letters that
// they share are at least the given part of all that they have. Identical texts with different
// labels are found too. Each pair is of places in the list.
func Twins(examples []Example, share float64) [][2]int {
	grams := make([][]uint32, len(examples))
	var out [][2]int
	index := map[uint32][]int32{} // the rarest runs would do; the first occurrences are enough
	for i, e := range examples {
		grams[i] = trigrams(e.Text)
		met := map[int32]int{}
		for _, g := range grams[i] {
			for _, j := range index[g] {
				met[j]++
			}
		}
		near := make([]int32, 0, 4)
		for j, n := range met {
			if float64(n) >= share*float64(len(grams[i])+len(grams[j])-n) {
				near = append(near, j)
			}
		}
		slices.Sort(near)
		for _, j := range near {
			out = append(out, [2]int{int(j), i})
		}
		for _, g := range grams[i] {
			index[g] = append(index[g], int32(i))
		}
	}
	return out
}

// trigrams returns the sorted, different runs of three letters of a text.
func trigrams(text string) []uint32 {
	s := scan(text)
	var out []uint32
	for i := range s.words {
		w := " " + shape(s.at(i)) + " "
		for j := 0; j+3 <= len(w); j++ {
			out = append(out, uint32(w[j])|uint32(w[j+1])<<8|uint32(w[j+2])<<16)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// alike is the share of runs of three letters that two texts have in common.
func alike(a, b []uint32) float64 {
	i, j, both := 0, 0, 0
	for i < len(a) && j < len(b) {
		switch {
		case a[i] == b[j]:
			both++
			i++
			j++
		case a[i] < b[j]:
			i++
		default:
			j++
		}
	}
	if len(a)+len(b) == both {
		return 0
	}
	return float64(both) / float64(len(a)+len(b)-both)
}
