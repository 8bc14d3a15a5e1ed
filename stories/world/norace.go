//go:build !race

package world

// Raced tells that the race detector is on: training takes minutes under it.
const Raced = false
