package nlu

import (
	"fmt"
	"os"
	"sort"
	"strings"
	"testing"
	"time"
)

func TestExpSelf(t *testing.T) {
	if os.Getenv("SELF") == "" {
		t.Skip()
	}
	for _, ds := range strings.Fields(os.Getenv("DS")) {
		tr, tl, te, tel := expSplit(ds, "train_10")
		log, _ := loadTSV(ds + "/train.tsv")
		// the log must not contain the evaluation part where that is a cut of train
		inTe := map[string]bool{}
		for _, x := range te {
			inTe[x] = true
		}
		var lg []string
		for _, x := range log {
			if !inTe[x] {
				lg = append(lg, x)
			}
		}
		var o expOpt
		o.c, _ = Options{}.filled().courses()
		for _, cfg := range strings.Split(os.Getenv("SELF"), " ") {
			var shares []float64
			for _, s := range strings.Split(cfg, ",") {
				var f float64
				fmt.Sscan(s, &f)
				shares = append(shares, f)
			}
			t0 := time.Now()
			b := expTrain2(tr, tl, o)
			a, _ := expAccB(b, te, tel)
			line := fmt.Sprintf("%s 0:%.2f", ds, a)
			for _, sh := range shares {
				type ps struct {
					t, l string
					p    float64
				}
				var all []ps
				var e extractor
				var w buffers
				for _, x := range lg {
					b.read(e.features(scan(x), &b.recipe), &w)
					top := ranked(w.probs, b.names[:b.classes])
					all = append(all, ps{x, top[0].Touchpoint, top[0].Confidence})
				}
				sort.SliceStable(all, func(i, j int) bool { return all[i].p > all[j].p })
				xs, ys := append([]string{}, tr...), append([]string{}, tl...)
				for _, p := range all[:int(sh*float64(len(all)))] {
					xs = append(xs, p.t)
					ys = append(ys, p.l)
				}
				b = expTrain2(xs, ys, o)
				a, _ = expAccB(b, te, tel)
				line += fmt.Sprintf(" %.1f:%.2f", sh, a)
			}
			fmt.Printf("%s %.0fs\n", line, time.Since(t0).Seconds())
		}
	}
}
