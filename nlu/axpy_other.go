//go:build !amd64

package nlu

func axpy(a float32, x, y []float32) { axpyPlain(a, x, y) }

func gather(h, in []float32, col []int32, val []float32) { gatherPlain(h, in, col, val) }

func scatter(g, in []float32, col []int32, val []float32) { scatterPlain(g, in, col, val) }
