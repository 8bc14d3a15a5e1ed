package nlu

import (
	"math"
	"testing"
)

// The processor's lanes make the same bits as the plain loops.
func TestLanes(t *testing.T) {
	rng := random(5)
	some := func(n int) []float32 {
		x := make([]float32, n)
		for i := range x {
			x[i] = float32(rng.below(1000)-500) / 7
		}
		return x
	}
	same := func(what string, n int, x, y []float32) {
		t.Helper()
		for i := range x {
			if math.Float32bits(x[i]) != math.Float32bits(y[i]) {
				t.Fatalf("%s, %d numbers: place %d is %v, want %v", what, n, i, x[i], y[i])
			}
		}
	}
	twice := func(n int) ([]float32, []float32) {
		x := some(n)
		return x, append([]float32(nil), x...)
	}
	for n := range 49 {
		x, col, val := some(n), []int32(nil), some(n/2)
		y, z := twice(n)
		axpy(-0.37, x, y)
		axpyPlain(-0.37, x, z)
		same("axpy", n, y, z)
		for range val {
			col = append(col, int32(rng.below(9)))
		}
		in := some(9 * n)
		y, z = twice(n)
		gather(y, in, col, val)
		gatherPlain(z, in, col, val)
		same("gather", n, y, z)
		y, z = twice(9 * n)
		scatter(x, y, col, val)
		scatterPlain(x, z, col, val)
		same("scatter", n, y, z)
	}
}
