package nlu

import (
	"bytes"
	"os"
	"testing"
)

// raced tells that the race detector is on.
var raced bool

// unraced skips a test that trains with many examples: minutes under the race detector, so make test plays it
// without. That training has no race is seen in app, where a company teaches with few.
func unraced(t *testing.T) {
	t.Helper()
	if raced {
		t.Skip("it trains for minutes under the race detector")
	}
}

// The model in the program is what the examples make, byte for byte, on any machine. A changed
// example is told at once by the version; the whole training takes some seconds.
func TestShippedModelIsBuiltFromTheExamples(t *testing.T) {
	unraced(t)
	examples, err := Lessons()
	if err != nil {
		t.Fatal(err)
	}
	if want := prepare(examples, nil, Options{}.filled()).version(); open(t).Version() != want {
		t.Fatalf("nlu/model.bin is %s, the examples, lexicon and options make %s: run make model", open(t).Version(), want)
	}
	if os.Getenv("TANDEM_TRAIN") == "" {
		t.Skip("set TANDEM_TRAIN to train it: ten seconds")
	}
	m, _ := Train(examples, Options{})
	var b bytes.Buffer
	if err := m.Write(&b); err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(b.Bytes(), shippedModel) {
		t.Error("the examples make other bytes than nlu/model.bin: run make model")
	}
}
