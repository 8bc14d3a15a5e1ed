package nlu

import (
	"math"
	"slices"
)

// softmax turns margins into probabilities; sharp multiplies the margins first.
func softmax(z []float32, sharp float32, p []float64) {
	top := float64(math.Inf(-1))
	for _, x := range z {
		top = math.Max(top, float64(x*sharp))
	}
	var sum float64
	for i, x := range z {
		p[i] = math.Exp(float64(x*sharp) - top)
		sum += p[i]
	}
	for i := range z {
		p[i] /= sum
	}
}

// sharpness finds the factor under which the margins' softmax says best how often it is right:
// temperature scaling (Guo et al., ICML 2017) by golden section on the log loss.
func sharpness(z [][]float32, y []int) float32 {
	p := make([]float64, 256)
	loss := func(sharp float64) float64 {
		var sum float64
		for i, row := range z {
			softmax(row, float32(sharp), p)
			sum -= math.Log(math.Max(p[y[i]], 1e-9))
		}
		return sum
	}
	lo, hi := 0.3, 14.0
	const g = 0.6180339887498949
	a, b := hi-g*(hi-lo), lo+g*(hi-lo)
	fa, fb := loss(a), loss(b)
	for range 24 {
		if fa < fb {
			hi, b, fb = b, a, fa
			a = hi - g*(hi-lo)
			fa = loss(a)
		} else {
			lo, a, fa = a, b, fb
			b = lo + g*(hi-lo)
			fb = loss(b)
		}
	}
	return float32((lo + hi) / 2)
}

// logit is a logistic curve over a few measurements; the last weight is the constant.
type logit []float64

func (l logit) at(x ...float64) float64 {
	z := l[len(l)-1]
	for i, v := range x {
		z += l[i] * v
	}
	return 1 / (1 + math.Exp(-z))
}

// fitLogit learns a logistic curve by Newton steps with a little ridge.
func fitLogit(x [][]float64, y []bool) logit {
	n := len(x[0]) + 1
	w := make(logit, n)
	for range 25 {
		grad, hess := make([]float64, n), make([][]float64, n)
		for i := range hess {
			hess[i] = make([]float64, n)
			hess[i][i] = 1e-3
			grad[i] = 1e-3 * w[i]
		}
		for r, row := range x {
			p := w.at(row...)
			t := 0.0
			if y[r] {
				t = 1
			}
			v := append(slices.Clone(row), 1)
			for i := range v {
				grad[i] += (p - t) * v[i]
				for j := range v {
					hess[i][j] += math.Max(p*(1-p), 1e-6) * v[i] * v[j]
				}
			}
		}
		step := solve(hess, grad)
		var size float64
		for i := range w {
			w[i] -= step[i]
			size += math.Abs(step[i])
		}
		if size < 1e-7 {
			break
		}
	}
	return w
}

// solve solves a small system by Gauss with pivoting; it may spoil its arguments.
func solve(a [][]float64, b []float64) []float64 {
	n := len(b)
	for i := range n {
		p := i
		for r := i + 1; r < n; r++ {
			if math.Abs(a[r][i]) > math.Abs(a[p][i]) {
				p = r
			}
		}
		a[i], a[p], b[i], b[p] = a[p], a[i], b[p], b[i]
		if a[i][i] == 0 {
			a[i][i] = 1e-12
		}
		for r := i + 1; r < n; r++ {
			f := a[r][i] / a[i][i]
			for c := i; c < n; c++ {
				a[r][c] -= f * a[i][c]
			}
			b[r] -= f * b[i]
		}
	}
	for i := n - 1; i >= 0; i-- {
		for c := i + 1; c < n; c++ {
			b[i] -= a[i][c] * b[c]
		}
		b[i] /= a[i][i]
	}
	return b
}

// conformal returns the probability that a topic needs to be in the set, so that the true one is in
// it with probability 1-miss (split conformal prediction, least ambiguous sets).
func conformal(truth []float64, miss float64) float64 {
	if len(truth) == 0 {
		return 0.5
	}
	t := slices.Clone(truth)
	slices.Sort(t)
	k := int(math.Floor(miss*float64(len(t)+1))) - 1
	return t[max(0, min(k, len(t)-1))]
}

// atRate returns the score that so many of the given ones reach at most: the threshold that keeps
// false alarms at a rate.
func atRate(negatives []float64, rate float64) float64 {
	if len(negatives) == 0 {
		return 0.5
	}
	n := slices.Clone(negatives)
	slices.Sort(n)
	return n[min(int(math.Ceil(float64(len(n))*(1-rate))), len(n)-1)]
}
