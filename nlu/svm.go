package nlu

import "math"

// farAt is how far beyond its margin a row is left out until the others have settled. The method's own
// rule, the worst row of the pass before, lets four in five be looked at again and again; a last pass
// over all of them decides in either case.
const farAt = 0.2

// random is a small deterministic generator (xorshift*): training must not depend on a library's.
type random uint64

func (r *random) next() uint64 {
	x := uint64(*r)
	x ^= x >> 12
	x ^= x << 25
	x ^= x >> 27
	*r = random(x)
	return x * 0x2545F4914F6CDD1D
}

func (r *random) below(n int) int { return int(r.next() >> 33 % uint64(n)) }

// learner has the settings of one training.
type learner struct {
	C     float32 // the price of an error
	Plus  float32 // times C for the positive rows; 1 is even
	Eps   float32 // stops when no row is further off than this
	Turns int     // or after so many passes
}

// fit learns one separating vector by dual coordinate descent for the L2-loss linear support vector
// machine (Hsieh et al., ICML 2008, algorithm 3 with shrinking). y has the rows that are positive.
// The bias is the last entry of w.
func (l learner) fit(m *matrix, y []bool, seed uint64) []float32 {
	w := make([]float32, m.cols+1)
	active := make([]int32, m.rows())
	for i := range active {
		active[i] = int32(i)
	}
	all := append([]int32(nil), active...)
	alpha := make([]float32, m.rows())
	rng := random(seed*0x9E3779B97F4A7C15 + 0x1234567)
	inf := float32(math.MaxFloat32)
	high, low := inf, -inf
	for range l.Turns {
		top, bottom := -inf, inf
		for i := len(active) - 1; i > 0; i-- {
			j := rng.below(i + 1)
			active[i], active[j] = active[j], active[i]
		}
		kept := active[:0]
		for _, r := range active {
			g := l.step(m, w, alpha, y[r], r, high)
			if g == inf {
				continue // shrunk: it cannot change any more for now
			}
			kept = append(kept, r)
			top, bottom = max(top, g), min(bottom, g)
		}
		active = kept
		if top-bottom <= l.Eps {
			if len(active) == len(all) {
				break
			}
			active = append(active[:0], all...)
			high, low = inf, -inf
			continue
		}
		high, low = min(top, farAt), bottom
		if high <= 0 {
			high = inf
		}
	}
	_ = low
	return w
}

// step updates one row and returns its projected gradient, MaxFloat32 where the row is shrunk.
func (l learner) step(m *matrix, w, alpha []float32, positive bool, r int32, high float32) float32 {
	lo, hi := m.start[r], m.start[r+1]
	col, val := m.col[lo:hi], m.val[lo:hi]
	bias := len(w) - 1
	dot := w[bias]
	for i, c := range col {
		dot += float32(w[c] * val[i])
	}
	y, price := float32(-1), l.C
	if positive {
		y, price = 1, l.C*l.Plus
	}
	diag := 1 / (2 * price)
	g := y*dot - 1 + float32(alpha[r]*diag)
	if alpha[r] == 0 {
		if g > high {
			return math.MaxFloat32
		}
		if g >= 0 {
			return 0
		}
	}
	old := alpha[r]
	alpha[r] = max(old-g/(m.norm[r]+diag), 0)
	if d := float32((alpha[r] - old) * y); d != 0 {
		for i, c := range col {
			w[c] += float32(d * val[i])
		}
		w[bias] += d
	}
	return g
}
