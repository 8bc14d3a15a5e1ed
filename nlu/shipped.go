package nlu

import (
	"embed"
	"sync"
)

//go:embed examples/pl/*.tsv examples/en/*.tsv testdata/held_pl.tsv testdata/held_en.tsv
var shippedFiles embed.FS

// shippedExamples reads the embedded files under a folder whose names end alike; the language is in
// the name of the folder or of the file.
func shippedExamples(names ...string) ([]Example, error) {
	var out []Example
	for _, name := range names {
		f, err := shippedFiles.Open(name)
		if err != nil {
			return nil, err
		}
		e, err := ReadHand(f, name)
		f.Close()
		if err != nil {
			return nil, err
		}
		out = append(out, e...)
	}
	return out, nil
}

// Lessons returns the examples that the shipped model learnt from. A company's model is trained on
// them and on its own. They are read anew each time: they are needed rarely.
func Lessons() ([]Example, error) {
	var names []string
	for _, dir := range []string{"examples/pl", "examples/en"} {
		all, err := shippedFiles.ReadDir(dir)
		if err != nil {
			return nil, err
		}
		for _, f := range all {
			names = append(names, dir+"/"+f.Name())
		}
	}
	return shippedExamples(names...)
}

// Exam returns the messages that no version learns from: with them a new one is checked against the
// one in use.
var Exam = sync.OnceValues(func() ([]Labelled, error) {
	e, err := shippedExamples("testdata/held_pl.tsv", "testdata/held_en.tsv")
	return LabelledOf(e), err
})
