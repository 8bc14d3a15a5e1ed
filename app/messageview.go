package app

import (
	"strconv"
	"strings"
	"time"

	"tandem"
)

// messages are a conversation's messages as the desk shows them.
func messages(all []tandem.Message, decisions []tandem.Decision, p people) []MessageView {
	bySeq := map[int64]tandem.Decision{}
	for _, d := range decisions {
		if _, ok := bySeq[d.Seq]; !ok { // newest first
			bySeq[d.Seq] = d
		}
	}
	asked := map[int64]time.Time{}
	out := []MessageView{}
	for _, m := range all {
		if m.Inbound() {
			asked[m.Seq] = m.ReceivedAt
		}
		v := message(m, p)
		if seq, ok := answers(m); ok {
			if d, known := bySeq[seq]; known {
				v.Decision, v.Sources = string(d.ID), sources(d)
			}
			if from, known := asked[seq]; known && !m.SentAt.IsZero() {
				v.TookMS = max(1, m.SentAt.Sub(from).Milliseconds())
			}
		}
		out = append(out, v)
	}
	return out
}

// message is one message without what only its neighbours tell.
func message(m tandem.Message, p people) MessageView {
	v := MessageView{
		ID: m.ID, Thread: m.Thread, Seq: m.Seq, Origin: m.Origin, Author: p.name(m.Author), AI: m.Origin == tandem.FromBot || m.Origin == tandem.FromDraft,
		Text: hide(m.Text), Parts: shown(m.Parts), Delivery: m.Delivery, Problem: m.Problem, Kind: m.Kind, Removed: m.Removed, RemovedBy: m.RemovedBy, Edited: !m.Edited.IsZero(), At: m.At,
		Marks: []tandem.Evidence{}, Sources: []string{}, Cancelled: m.Problem == "cancelled",
	}
	if m.Template != nil {
		v.Template = m.Template.Name
	}
	if m.Delivery == tandem.Queued {
		v.Held = when(m.Held)
	}
	if m.Inbound() && m.ReceivedAt.Sub(m.At) > time.Minute {
		v.Late = when(m.ReceivedAt)
	}
	v.Key, _ = strings.CutPrefix(m.Key, "desk:")
	if v.Key == m.Key {
		v.Key = "" // only a client's own key is the client's business
	}
	if r := m.Reading; r != nil {
		score := r.Mood.Score()
		v.Mood, v.Score = r.Mood, &score
		for _, e := range r.Evidence {
			if e.End > e.Start && e.End <= len(m.Text) {
				e.Text = hide(e.Text)
				v.Marks = append(v.Marks, e)
			}
		}
	}
	return v
}

// answers returns the number of the customer's message that a bot row answers.
func answers(m tandem.Message) (int64, bool) {
	s, ok := strings.CutPrefix(m.Key, "bot:")
	if !ok || m.Origin != tandem.FromBot {
		return 0, false
	}
	n, err := strconv.ParseInt(s, 10, 64)
	return n, err == nil
}

// sources are where the facts behind a decision come from, each once.
func sources(d tandem.Decision) []string {
	out, have := []string{}, map[string]bool{}
	for _, f := range d.Facts {
		if f.Source != "" && !have[f.Source] {
			have[f.Source] = true
			out = append(out, f.Source)
		}
	}
	return out
}
