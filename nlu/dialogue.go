package nlu

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
)

// Dialogue is a short conversation in which somebody marked the turn at which a person should take
// over: some signals only a conversation has.
type Dialogue struct {
	ID       string `json:"id"`
	Lang     string `json:"lang"`
	Turns    []Said `json:"turns"`
	Handover int    `json:"handover"` // the place of the customer's turn, from 0; -1: nobody needs to
	Why      string `json:"why"`
}

// Said is one turn of a dialogue.
type Said struct {
	From string `json:"from"` // customer, bot or human
	Text string `json:"text"`
}

// ReadDialogues reads a file with one dialogue a line, as JSON. The error names the line.
func ReadDialogues(r io.Reader) ([]Dialogue, error) {
	in := bufio.NewScanner(r)
	in.Buffer(make([]byte, 0, 1<<16), 1<<20)
	var out []Dialogue
	for n := 1; in.Scan(); n++ {
		if len(in.Bytes()) == 0 {
			continue
		}
		var d Dialogue
		if err := json.Unmarshal(in.Bytes(), &d); err != nil {
			return nil, fmt.Errorf("line %d: %w", n, err)
		}
		if d.Handover >= len(d.Turns) || d.Handover >= 0 && d.Turns[d.Handover].From != "customer" {
			return nil, fmt.Errorf("line %d: handover is the place of a customer's turn, or -1", n)
		}
		out = append(out, d)
	}
	return out, in.Err()
}

// DialogueScores count when conversations were handed over.
type DialogueScores struct {
	N        int      `json:"n"`
	Wanted   int      `json:"wanted"`   // dialogues that a person should take over
	Right    int      `json:"right"`    // of them: at the marked turn
	Early    int      `json:"early"`    // before it
	Late     int      `json:"late"`     // after it
	Missed   int      `json:"missed"`   // never
	Near     int      `json:"near"`     // at the marked turn or one turn of the customer beside it
	Needless int      `json:"needless"` // handed over although nobody needed to
	Wrong    []string `json:"-"`        // what went otherwise than marked: early d012 2 4 T9
}

// EvaluateDialogues compares with the marks; play returns the place of the turn at which a person takes
// a dialogue over, -1 where none does, and the rule that said so.
func EvaluateDialogues(all []Dialogue, play func(Dialogue) (at int, rule string)) DialogueScores {
	s := DialogueScores{N: len(all)}
	for i := range all {
		d := &all[i]
		at, rule := play(*d)
		off := d.customers(at) - d.customers(d.Handover)
		what := ""
		switch {
		case d.Handover < 0 && at >= 0:
			s.Needless++
			what = "needless"
		case d.Handover < 0:
		case at < 0:
			s.Missed++
			what = "missed"
		case off == 0:
			s.Right++
		case off < 0:
			s.Early++
			what = "early"
		default:
			s.Late++
			what = "late"
		}
		if d.Handover >= 0 {
			s.Wanted++
			if at >= 0 && off >= -1 && off <= 1 {
				s.Near++
			}
		}
		if what != "" {
			s.Wrong = append(s.Wrong, fmt.Sprintf("%s\t%s\t%d\t%d\t%s", what, d.ID, at, d.Handover, rule))
		}
	}
	return s
}

// customers counts the customer's turns up to a place.
func (d *Dialogue) customers(at int) int {
	n := 0
	for i := 0; i <= at; i++ {
		if d.Turns[i].From == "customer" {
			n++
		}
	}
	return n
}
