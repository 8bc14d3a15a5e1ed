package nlu

import (
	"bytes"
	"path/filepath"
	"fmt"
	"math"
	"os"
	"strings"
	"testing"
	"time"
)

type expOpt struct {
	r recipe
	l learner
	aug int
	drop float64
	idf, ent float64
	minDF int
	keep float64
}

func dropWords(s string, p float64, rng *random) string {
	f := strings.Fields(s)
	var o []string
	for _, w := range f { if float64(rng.below(1000))/1000 >= p { o = append(o, w) } }
	if len(o) == 0 { return s }
	return strings.Join(o, " ")
}

func expTrain2(texts, labels []string, o expOpt) *linear {
	var sc []*scanned
	var y []int
	var names []string
	id := map[string]int{}
	rng := random(5)
	for i, t := range texts {
		if _, ok := id[labels[i]]; !ok { id[labels[i]] = len(names); names = append(names, labels[i]) }
		sc = append(sc, scan(t)); y = append(y, id[labels[i]])
		for range o.aug { sc = append(sc, scan(mistype(t, 12, &rng))); y = append(y, id[labels[i]]) }
		if o.drop > 0 { sc = append(sc, scan(dropWords(t, o.drop, &rng))); y = append(y, id[labels[i]]) }
	}
	m, v := tabulate(sc, &o.r)
	s := make([]float32, len(v.keys))
	for i := range s { s[i] = 1 }
	if o.idf != 0 || o.ent != 0 {
		df := make([]float64, len(v.keys))
		cls := make([]map[int]float64, len(v.keys))
		for r := 0; r < m.rows(); r++ { for k := m.start[r]; k < m.start[r+1]; k++ { c := m.col[k]; df[c]++; if o.ent != 0 { if cls[c] == nil { cls[c] = map[int]float64{} }; cls[c][y[r]]++ } } }
		var mean float64; var tot float64
		for c := range s {
			x := 1.0
			if o.idf != 0 { x *= math.Pow(math.Log(1+float64(m.rows())/df[c]), o.idf) }
			if o.ent != 0 {
				h := 0.0
				K := float64(len(names))
				n := df[c] + 1
				// smoothed with uniform prior mass 1
				for _, q := range cls[c] { p := (q + 1/K) / n; h -= p * math.Log(p) }
				rest := K - float64(len(cls[c]))
				if rest > 0 { p := (1 / K) / n; h -= rest * p * math.Log(p) }
				x *= math.Pow(math.Max(1.05-h/math.Log(K), 0.02), o.ent)
			}
			s[c] = float32(x); mean += x*x*df[c]; tot += df[c]
		}
		mean = math.Sqrt(mean / tot)
		for c := range s { s[c] /= float32(mean) }
		for k := range m.val { m.val[k] *= s[m.col[k]] }
		for r := 0; r < m.rows(); r++ { n := float32(1); for k := m.start[r]; k < m.start[r+1]; k++ { n += m.val[k]*m.val[k] }; m.norm[r] = n }
	}
	w := o.l.fitAll(m, nil, len(names), func(row, k int) bool { return y[row] == k })
	for _, x := range w { for c := range s { x[c] *= s[c] } }
	return compress(w, v, o.r, names, o.keep)
}

func expSplit(ds, tp string) (tr, tl, te, tel []string) {
	if strings.HasPrefix(ds, "ex:") || strings.HasPrefix(ds, "all:") {
		_, hand, _ := strings.Cut(ds, ":")
		fs, _ := filepath.Glob("examples/*/*.tsv")
		for _, f := range fs {
			b, _ := os.ReadFile(f)
			ex, _ := ReadExamples(bytes.NewReader(b), "pl")
			for _, e := range ex {
				if strings.Contains(f, hand) { te = append(te, e.Text); tel = append(tel, e.Touchpoint) } else { tr = append(tr, e.Text); tl = append(tl, e.Touchpoint) }
			}
		}
		return
	}
	tr, tl = loadTSV(ds + "/" + tp + ".tsv")
	part := os.Getenv("PART")
	if part == "" { part = "val" }
	if part == "val" && ds == "banking77" {
		a, b := tr, tl
		full, fl := loadTSV(ds + "/train.tsv")
		_ = fl
		if tp == "train" {
			tr, tl = nil, nil
			rng := random(3)
			for i := range a { if rng.below(5) == 0 { te = append(te, a[i]); tel = append(tel, b[i]) } else { tr = append(tr, a[i]); tl = append(tl, b[i]) } }
		} else {
			in := map[string]bool{}
			for _, t := range tr { in[t] = true }
			rng := random(3)
			for i := range full { if rng.below(4) == 0 && !in[full[i]] { te = append(te, full[i]); tel = append(tel, fl[i]) } }
		}
		return
	}
	te, tel = loadTSV(ds + "/" + part + ".tsv")
	if ds == "clinc150" {
		var a, b []string
		for i := range te { if tel[i] != "oos" { a = append(a, te[i]); b = append(b, tel[i]) } }
		te, tel = a, b
	}
	return
}

func TestExpOpt(t *testing.T) {
	if os.Getenv("OPT") == "" { t.Skip() }
	tp := "train"
	if p := os.Getenv("TP"); p != "" { tp = p }
	for _, n := range strings.Fields(os.Getenv("OPT")) {
		o := expOpt{r: topicRecipe, l: learner{C: 0.7, Plus: 1, Eps: 0.1, Turns: 30}, keep: 1}
		for _, kv := range strings.Split(n, ",") {
			k, vv, _ := strings.Cut(kv, "=")
			var f float64
			fmt.Sscan(vv, &f)
			switch k {
			case "C": o.l.C = float32(f)
			case "P": o.l.Plus = float32(f)
			case "aug": o.aug = int(f)
			case "drop": o.drop = f
			case "idf": o.idf = f
			case "ent": o.ent = f
			case "skip": o.r.Skip = true
			case "w": o.r.Weights[0] = float32(f)
			case "p": o.r.Weights[1] = float32(f)
			case "c": o.r.Weights[2] = float32(f)
			case "k": o.r.Weights[4] = float32(f)
			case "lo": o.r.CharLow = int(f)
			case "hi": o.r.CharHigh = int(f)
			case "keep": o.keep = f
			case "eps": o.l.Eps = float32(f)
			}
		}
		sum := 0.0
		line := fmt.Sprintf("%-28s", n)
		t0 := time.Now()
		for _, ds := range strings.Fields(os.Getenv("DS")) {
			tr, tl, te, tel := expSplit(ds, tp)
			l := expTrain2(tr, tl, o)
			a := expAcc(l, te, tel)
			sum += a
			line += fmt.Sprintf(" %s %.2f", ds[:4]+ds[len(ds)-2:], a)
		}
		fmt.Printf("%s  mean %.2f  %.0fs\n", line, sum/float64(len(strings.Fields(os.Getenv("DS")))), time.Since(t0).Seconds())
	}
}
