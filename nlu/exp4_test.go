package nlu

import (
	"fmt"
	"os"
	"strings"
	"testing"
	"time"
)

func TestExpVar(t *testing.T) {
	if os.Getenv("VAR") == "" { t.Skip() }
	part := "val"
	if p := os.Getenv("PART"); p != "" { part = p }
	tp := "train"
	if p := os.Getenv("TP"); p != "" { tp = p }
	type v struct { name string; r recipe; l learner; aug bool }
	base := topicRecipe
	lb := learner{C: 0.7, Plus: 1, Eps: 0.1, Turns: 30}
	w := func(a, b, c float32) recipe { r := base; r.Weights = [groups]float32{a, b, c}; return r }
	skip := base; skip.Skip = true
	c36 := base; c36.CharLow, c36.CharHigh = 3, 6
	c26 := base; c26.CharHigh = 6
	c15 := base; c15.CharLow = 1
	lc := func(c float32) learner { l := lb; l.C = c; return l }
	lp := func(p float32) learner { l := lb; l.Plus = p; return l }
	vs := map[string]v{
		"base": {"base", base, lb, false},
		"skip": {"skip", skip, lb, false},
		"w1.3": {"w1.3", w(1.3, 1, 1), lb, false},
		"p.7": {"p.7", w(1, .7, 1), lb, false},
		"c1.3": {"c1.3", w(1, 1, 1.3), lb, false},
		"c.8": {"c.8", w(1, 1, .8), lb, false},
		"c36": {"c36", c36, lb, false}, "c26": {"c26", c26, lb, false}, "c15": {"c15", c15, lb, false},
		"C.4": {"C.4", base, lc(.4), false}, "C1": {"C1", base, lc(1), false}, "C.25": {"C.25", base, lc(.25), false}, "C1.5": {"C1.5", base, lc(1.5), false},
		"P2": {"P2", base, lp(2), false}, "P4": {"P4", base, lp(4), false},"P8": {"P8", base, lp(8), false},
		"aug": {"aug", base, lb, true},
		"augC.4": {"augC.4", base, lc(.4), true},
	}
	for _, ds := range strings.Fields(os.Getenv("DS")) {
		tr, tl := loadTSV(ds + "/" + tp + ".tsv")
		te, tel := loadTSV(ds + "/" + part + ".tsv")
		if part == "val" && ds == "clinc150" {
			var a, b []string
			for i := range te { if tel[i] != "oos" { a = append(a, te[i]); b = append(b, tel[i]) } }
			te, tel = a, b
		}
		rng := random(99)
		var typo []string
		for _, s := range te { typo = append(typo, mistype(s, 12, &rng)) }
		for _, n := range strings.Fields(os.Getenv("VAR")) {
			x := vs[n]
			var aug func(int, string) []string
			if x.aug { arng := random(5); aug = func(i int, s string) []string { return []string{mistype(s, 12, &arng)} } }
			t0 := time.Now()
			l := expTrain(tr, tl, x.r, x.l, 0.1, aug)
			fmt.Printf("%-12s %-8s acc %.2f typo %.2f  %.1fs\n", ds, n, expAcc(l, te, tel), expAcc(l, typo, tel), time.Since(t0).Seconds())
		}
	}
}
