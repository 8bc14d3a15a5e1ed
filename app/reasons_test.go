package app

import (
	"strings"
	"testing"
	"time"
)

// The thread and the wall give the reason that the card gives: a bot that was stopped is no "topic for a person".
func TestTheReasonIsTheSameEverywhere(t *testing.T) {
	play(t, func(t *testing.T, s *shop) {
		ola, boss := s.sit("ola@demo.pl"), s.sit("kierownik@demo.pl")
		boss.must("POST", "/api/policy/pause", map[string]any{"paused": true}, nil)
		v := s.visit()
		v.call("POST", "/messages", map[string]string{"client_id": "c1", "text": "ile kosztuje dostawa?"})
		s.settle(3 * time.Second)
		var c ConversationView
		ola.must("GET", "/api/conversations/"+string(ola.first("needs_human").ID), nil, &c)
		const why = "Bot wstrzymany"
		last := c.Transitions[len(c.Transitions)-1]
		if c.Card == nil || c.Card.Trigger != why || last.Text != why {
			t.Errorf("the card says %+v, the thread %q", c.Card, last.Text)
		}
		var w Wall
		boss.must("GET", "/api/wall", nil, &w)
		var lines []string
		for _, l := range w.Happening {
			lines = append(lines, l.Text)
		}
		if all := strings.Join(lines, "; "); !strings.Contains(all, why) || strings.Contains(all, "Temat dla człowieka") {
			t.Errorf("the wall says %s", all)
		}
	})
}
