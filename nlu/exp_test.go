package nlu

import (
	"fmt"
	"os"
	"strings"
	"testing"
	"time"
)

func loadTSV(f string) (texts, labels []string) {
	b, err := os.ReadFile("/work/shared/data/" + f)
	if err != nil {
		panic(err)
	}
	for _, l := range strings.Split(strings.TrimRight(string(b), "\n"), "\n") {
		p := strings.Split(l, "\t")
		texts = append(texts, p[0])
		labels = append(labels, p[1])
	}
	return
}

type expModel struct {
	l    *linear
	full *linear
}

func expTrain(texts, labels []string, r recipe, lr learner, keep float64, aug func(i int, s string) []string) *linear {
	var sc []*scanned
	var y []int
	var names []string
	id := map[string]int{}
	for i, t := range texts {
		if _, ok := id[labels[i]]; !ok {
			id[labels[i]] = len(names)
			names = append(names, labels[i])
		}
		sc = append(sc, scan(t))
		y = append(y, id[labels[i]])
		if aug != nil {
			for _, a := range aug(i, t) {
				sc = append(sc, scan(a))
				y = append(y, id[labels[i]])
			}
		}
	}
	m, v := tabulate(sc, &r)
	w := lr.fitAll(m, nil, len(names), func(row, o int) bool { return y[row] == o })
	return compress(w, v, r, names, keep)
}

func expAcc(l *linear, texts, labels []string) float64 {
	var e extractor
	d := make([]float32, len(l.names))
	ok := 0
	for i, t := range texts {
		l.margins(e.features(scan(t), &l.recipe), d)
		b := 0
		for o := range d {
			if d[o] > d[b] {
				b = o
			}
		}
		if l.names[b] == labels[i] {
			ok++
		}
	}
	return 100 * float64(ok) / float64(len(texts))
}

func TestExpBase(t *testing.T) {
	if os.Getenv("EXP") == "" {
		t.Skip()
	}
	for _, ds := range strings.Fields(os.Getenv("EXP")) {
		tr, tl := loadTSV(ds + "/train.tsv")
		part := "test"
		if p := os.Getenv("PART"); p != "" {
			part = p
		}
		te, tel := loadTSV(ds + "/" + part + ".tsv")
		for _, keep := range []float64{1, 0.1} {
			t0 := time.Now()
			l := expTrain(tr, tl, topicRecipe, learner{C: 0.7, Plus: 1, Eps: 0.1, Turns: 30}, keep, nil)
			dt := time.Since(t0)
			t0 = time.Now()
			a := expAcc(l, te, tel)
			fmt.Printf("%s keep %.1f acc %.2f train %.1fs predict %.1fus keys %d weights %d\n", ds, keep, a, dt.Seconds(), float64(time.Since(t0).Microseconds())/float64(len(te)), len(l.keys), len(l.weight))
		}
	}
}
