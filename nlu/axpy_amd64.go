package nlu

// axpyBlocks adds a times x to y, eight numbers a block; there is at least one.
//
//go:noescape
func axpyBlocks(a float32, x, y *float32, blocks int)

// gather16 adds to sixteen numbers of h those of each named row of in, times its value; there is at
// least one row. A row is so many numbers wide.
//
//go:noescape
func gather16(h, in *float32, width int, col *int32, val *float32, n int)

// scatter16 adds sixteen numbers of from, times the row's value, to those of each named row of in; there
// is at least one.
//
//go:noescape
func scatter16(from, in *float32, width int, col *int32, val *float32, n int)

// axpy adds a times x to y. Networks spend their training here and in the two below; the processor's
// four lanes, which every amd64 has, halve it. Nothing is fused, so every processor trains the same model.
func axpy(a float32, x, y []float32) {
	n := min(len(x), len(y))
	if b := n / 8; b > 0 {
		axpyBlocks(a, &x[0], &y[0], b)
	}
	for i := n &^ 7; i < n; i++ {
		y[i] += float32(a * x[i])
	}
}

// gather adds the named rows of in, each times its value, to h, which is as wide as a row.
func gather(h, in []float32, col []int32, val []float32) {
	if len(h)%16 != 0 || len(col) == 0 {
		gatherPlain(h, in, col, val)
		return
	}
	for i := 0; i < len(h); i += 16 {
		gather16(&h[i], &in[i], len(h), &col[0], &val[0], len(col))
	}
}

// scatter adds g, times each row's value, to the named rows of in.
func scatter(g, in []float32, col []int32, val []float32) {
	if len(g)%16 != 0 || len(col) == 0 {
		scatterPlain(g, in, col, val)
		return
	}
	for i := 0; i < len(g); i += 16 {
		scatter16(&g[i], &in[i], len(g), &col[0], &val[0], len(col))
	}
}
