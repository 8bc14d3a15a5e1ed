package nlu

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

type expOpt struct {
	c    course
	aug  int
	drop float64
}

func dropWords(s string, p float64, rng *random) string {
	f := strings.Fields(s)
	var o []string
	for _, w := range f {
		if float64(rng.below(1000))/1000 >= p {
			o = append(o, w)
		}
	}
	if len(o) == 0 {
		return s
	}
	return strings.Join(o, " ")
}

func expTrain2(texts, labels []string, o expOpt) *joint {
	var sc []*scanned
	var y []int
	var names []string
	id := map[string]int{}
	rng := random(5)
	for i, t := range texts {
		if _, ok := id[labels[i]]; !ok {
			id[labels[i]] = len(names)
			names = append(names, labels[i])
		}
		sc = append(sc, expScan(t))
		y = append(y, id[labels[i]])
		for range o.aug {
			sc = append(sc, scan(mistype(t, 12, &rng)))
			y = append(y, id[labels[i]])
		}
		if o.drop > 0 {
			sc = append(sc, scan(dropWords(t, o.drop, &rng)))
			y = append(y, id[labels[i]])
		}
	}
	return learnJoint(sc, task{course: o.c, names: names, classes: len(names), y: y})
}

func expAccB(l *joint, texts, labels []string) (float64, float64) {
	var w buffers
	ok, ok3 := 0, 0
	for i, t := range texts {
		l.read(expScan(t), &w)
		top := ranked(w.probs[0], l.names[:l.heads[0].classes])
		for k, g := range top[:3] {
			if g.Touchpoint == labels[i] {
				ok3++
				if k == 0 {
					ok++
				}
			}
		}
	}
	return 100 * float64(ok) / float64(len(texts)), 100 * float64(ok3) / float64(len(texts))
}

func expScan(t string) *scanned {
	s := scan(t)
	if os.Getenv("MOODS") != "" {
		lex, _ := shippedLexicon()
		s.hits = lex.match(s)
	}
	return s
}

func expSplit(ds, tp string) (tr, tl, te, tel []string) {
	if strings.HasPrefix(ds, "ex:") || strings.HasPrefix(ds, "all:") {
		_, hand, _ := strings.Cut(ds, ":")
		fs, _ := filepath.Glob("examples/*/*.tsv")
		for _, f := range fs {
			b, _ := os.ReadFile(f)
			ex, _ := ReadExamples(bytes.NewReader(b), "pl")
			for _, e := range ex {
				if os.Getenv("MOODS") != "" {
					e.Touchpoint = string(e.Mood)
				}
				if strings.Contains(f, hand) {
					te = append(te, e.Text)
					tel = append(tel, e.Touchpoint)
				} else {
					tr = append(tr, e.Text)
					tl = append(tl, e.Touchpoint)
				}
			}
		}
		return
	}
	tr, tl = loadTSV(ds + "/" + tp + ".tsv")
	part := os.Getenv("PART")
	if part == "" {
		part = "val"
	}
	if part == "val" && ds == "banking77" {
		a, b := tr, tl
		full, fl := loadTSV(ds + "/train.tsv")
		_ = fl
		if tp == "train" {
			tr, tl = nil, nil
			rng := random(3)
			for i := range a {
				if rng.below(5) == 0 {
					te = append(te, a[i])
					tel = append(tel, b[i])
				} else {
					tr = append(tr, a[i])
					tl = append(tl, b[i])
				}
			}
		} else {
			in := map[string]bool{}
			for _, t := range tr {
				in[t] = true
			}
			rng := random(3)
			for i := range full {
				if rng.below(4) == 0 && !in[full[i]] {
					te = append(te, full[i])
					tel = append(tel, fl[i])
				}
			}
		}
		return
	}
	te, tel = loadTSV(ds + "/" + part + ".tsv")
	if ds == "clinc150" {
		var a, b []string
		for i := range te {
			if tel[i] != "oos" {
				a = append(a, te[i])
				b = append(b, tel[i])
			}
		}
		te, tel = a, b
	}
	return
}

func TestExpOpt(t *testing.T) {
	if os.Getenv("OPT") == "" {
		t.Skip()
	}
	tp := "train"
	if p := os.Getenv("TP"); p != "" {
		tp = p
	}
	for _, n := range strings.Fields(os.Getenv("OPT")) {
		var o expOpt
		o.c, _ = Options{}.filled().courses()
		if os.Getenv("MOODS") != "" {
			_, o.c = Options{}.filled().courses()
		}
		for _, kv := range strings.Split(n, ",") {
			k, vv, _ := strings.Cut(kv, "=")
			var f float64
			fmt.Sscan(vv, &f)
			switch k {
			case "C":
				o.c.Learner.C = float32(f)
			case "P":
				o.c.Learner.Plus = float32(f)
			case "aug":
				o.aug = int(f)
			case "drop":
				o.drop = f
			case "nets":
				o.c.Nets = int(f)
			case "ndf":
				o.c.Least = int32(f)
			case "m":
				o.c.Weights[3] = float32(f)
			case "H":
				o.c.School.Hidden = int(f)
			case "E":
				o.c.School.Epochs = int(f)
			case "di":
				o.c.School.DropIn = float32(f)
			case "do":
				o.c.School.Drop = float32(f)
			case "r":
				o.c.School.Rate = float32(f)
			case "sm":
				o.c.School.Smooth = float32(f)
			case "sh":
				o.c.Share = float32(f)
			case "ent":
				o.c.Inform = f
			case "w":
				o.c.Weights[0] = float32(f)
			case "p":
				o.c.Weights[1] = float32(f)
			case "c":
				o.c.Weights[2] = float32(f)
			case "k":
				o.c.Weights[4] = float32(f)
			case "keep":
				o.c.Keep = f
			case "eps":
				o.c.Learner.Eps = float32(f)
			}
		}
		sum, a3s := 0.0, 0.0
		line := fmt.Sprintf("%-28s", n)
		t0 := time.Now()
		for _, ds := range strings.Fields(os.Getenv("DS")) {
			tr, tl, te, tel := expSplit(ds, tp)
			l := expTrain2(tr, tl, o)
			a, a3 := expAccB(l, te, tel)
			a3s += a3
			sum += a
			line += fmt.Sprintf(" %s %.2f", ds[:4]+ds[len(ds)-2:], a)
		}
		fmt.Printf("%s  mean %.2f top3 %.2f  %.0fs\n", line, sum/float64(len(strings.Fields(os.Getenv("DS")))), a3s/float64(len(strings.Fields(os.Getenv("DS")))), time.Since(t0).Seconds())
	}
}
