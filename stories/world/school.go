package world

import (
	"os"
	"sync"
	"testing"

	"tandem/app"
	"tandem/nlu"
	"tandem/turn"
)

// small is a school with a sixth of the shipped examples, trained the quick way: a new version takes
// a second instead of ten. Its model knows less than the shipped one, so there is more to teach it.
var small = sync.OnceValues(func() (turn.School, error) {
	s := turn.School{Lessons: fewLessons, Exam: nlu.Exam, Options: nlu.Options{Quick: true}}
	all, err := s.Lessons()
	if err == nil {
		s.Model, _ = nlu.Train(all, s.Options)
	}
	return s, err
})

func fewLessons() ([]nlu.Example, error) {
	all, err := nlu.Lessons()
	var out []nlu.Example
	for i := 0; i < len(all); i += 6 {
		out = append(out, all[i])
	}
	return out, err
}

// SmallSchool gives a tandem the small school. It panics where the shipped examples cannot be read.
func SmallSchool(c *app.Config) {
	s, err := small()
	if err != nil {
		panic(err)
	}
	c.School = &s
}

// Trains skips a test that trains a model, which takes seconds, unless TANDEM_TRAIN is set, as make test
// does for a pass without the race detector.
func Trains(t *testing.T) {
	t.Helper()
	if os.Getenv("TANDEM_TRAIN") == "" {
		t.Skip("set TANDEM_TRAIN to train a model")
	}
}
