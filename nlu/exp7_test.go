package nlu

import (
	"fmt"
	"os"
	"strings"
	"sync"
	"testing"
	"time"
)

func TestExpNet(t *testing.T) {
	if os.Getenv("NET") == "" { t.Skip() }
	tp := "train"
	if p := os.Getenv("TP"); p != "" { tp = p }
	for _, ds := range strings.Fields(os.Getenv("DS")) {
		tr, tl, te, tel := expSplit(ds, tp)
		r := topicRecipe
		var sc []*scanned
		var y []int
		var names []string
		id := map[string]int{}
		for i, x := range tr {
			if _, ok := id[tl[i]]; !ok { id[tl[i]] = len(names); names = append(names, tl[i]) }
			sc = append(sc, scan(x)); y = append(y, id[tl[i]])
		}
		m, v := tabulate(sc, &r)
		K := len(names)
		lr := learner{C: 0.7, Plus: 1, Eps: 0.1, Turns: 30}
		w := lr.fitAll(m, nil, K, func(row, k int) bool { return y[row] == k })
		svm := compress(w, v, r, names, 1)
		// test rows in columns
		var e extractor
		type trow struct { c []int32; v []float32; z []float32; y int }
		var rows []trow
		for i, x := range te {
			f := e.features(scan(x), &r)
			z := make([]float32, K)
			svm.margins(f, z)
			var tr trow
			tr.z = z
			yy, ok := id[tel[i]]
			if !ok { yy = -1 }
			tr.y = yy
			for _, q := range f { if c, ok := v.id[q.id]; ok { tr.c = append(tr.c, c); tr.v = append(tr.v, q.value) } }
			rows = append(rows, tr)
		}
		acc := func(score func(r *trow, k int) float32) float64 {
			ok := 0
			for i := range rows { b := 0; var bs float32 = -1e9; for k := 0; k < K; k++ { if s := score(&rows[i], k); s > bs { b, bs = k, s } }; if b == rows[i].y { ok++ } }
			return 100 * float64(ok) / float64(len(rows))
		}
		fmt.Printf("%s svm %.2f\n", ds, acc(func(r *trow, k int) float32 { return r.z[k] }))
		for _, cfg := range strings.Fields(os.Getenv("NET")) {
			H, E, rate, drop, smooth := 64, 10, 0.1, 0.3, 0.1
			N, din, aug := 2, 0.0, 0
			for _, kv := range strings.Split(cfg, ",") {
				k, vv, _ := strings.Cut(kv, "=")
				switch k { case "N": fmt.Sscan(vv, &N); case "di": fmt.Sscan(vv, &din); case "aug": fmt.Sscan(vv, &aug); case "H": fmt.Sscan(vv, &H); case "E": fmt.Sscan(vv, &E); case "r": fmt.Sscan(vv, &rate); case "d": fmt.Sscan(vv, &drop); case "s": fmt.Sscan(vv, &smooth) }
			}
			t0 := time.Now()
			P := make([][]float32, len(rows))
			for i := range rows { P[i] = make([]float32, K) }
			h := make([]float32, H)
			tmp := make([]float32, K)
			var singles string
			nets := make([]*net, N)
			var wg sync.WaitGroup
			var alt *matrix
			if aug > 0 {
				rng := random(4)
				alt = &matrix{start: []int32{0}, cols: m.cols}
				var e extractor
				for _, x := range tr {
					f := e.features(scan(mistype(x, 12, &rng)), &r)
					var kept []feature
					for _, q := range f { if c, ok := v.id[q.id]; ok { kept = append(kept, feature{uint32(c), q.value}) } }
					alt.add(kept)
				}
			}
			for k := range N { wg.Go(func() { nets[k] = learnNet(m, alt, din, y, K, H, E, float32(rate), drop, float32(smooth), uint64(k+1)) }) }
			wg.Wait()
			dt := time.Since(t0)
			for k := range N {
				Q := make([][]float32, len(rows))
				for i := range rows { Q[i] = make([]float32, K); nets[k].forward(rows[i].c, rows[i].v, h, tmp); softmax32(tmp); for q := range tmp { P[i][q] += tmp[q]/float32(N); Q[i][q] = tmp[q] } }
				idx := map[*trow]int{}
				for i := range rows { idx[&rows[i]] = i }
				singles += fmt.Sprintf(" %.2f", acc(func(r *trow, k int) float32 { return Q[idx[r]][k] }))
			}
			idx := map[*trow]int{}
			for i := range rows { idx[&rows[i]] = i }
			a := acc(func(r *trow, k int) float32 { return P[idx[r]][k] })
			line := ""
			Z := make([][]float32, len(rows))
			pd := make([]float64, K)
			for i := range rows { Z[i] = make([]float32, K); softmax(rows[i].z, 5, pd); for k := range pd { Z[i][k] = float32(pd[k]) } }
			for _, b := range []float32{.3, .5, .7} {
				line += fmt.Sprintf(" %.1f:%.2f", b, acc(func(r *trow, k int) float32 { i := idx[r]; return b*P[i][k] + (1-b)*Z[i][k] }))
			}
			fmt.Printf("  %-20s singles %s net %.2f mix %s  %.1fs\n", cfg, singles, a, line, dt.Seconds())
		}
	}
}
