package nlu

import (
	"fmt"
	"testing"
	"time"
)

func TestExpSlow(t *testing.T) {
	m := open(t)
	for _, b := range bad {
		t0 := time.Now()
		checkReading(t, m, b)
		if d := time.Since(t0); d > 2*time.Millisecond {
			fmt.Printf("%v %d %.20q\n", d, len(b), b)
		}
	}
}
