package turn

import (
	"context"
	"regexp"
	"strconv"
	"strings"
	"time"

	"tandem"
	"tandem/bot"
	"tandem/job"
	"tandem/store"
)

// choice tells which way a customer in the queue chose, and false where none was offered or chosen.
func choice(s tandem.Snapshot) (string, bool) {
	if s.Conversation.Owner != tandem.Queue || s.Handover == nil {
		return "", false
	}
	offered := int64(0)
	for _, m := range s.Messages {
		if m.Origin == tandem.FromNotice && (m.Kind == "choice" || m.Kind == "out_of_hours") && m.At.After(s.Handover.At.Add(-time.Second)) {
			offered = m.Seq
		}
	}
	last, ok := s.Last(tandem.FromCustomer)
	if !ok || offered == 0 || last.Seq < offered || len([]rune(last.Text)) > 80 {
		return "", false
	}
	how := chosen(last.Text)
	return how, how != ""
}

// park makes a task for people of what the customer chose, with a deadline, and gives the rest of
// the conversation back to the bot on the customer's own word (HITL.md 1.7). The topic stays barred
// for the bot.
func (t Turn) park(ctx context.Context, j store.Job, s tandem.Snapshot, how string) error {
	err := t.DB.Write(ctx, j.Workspace, func(tx *store.Tx) error {
		c, err := tx.Conversation(s.Conversation.ID)
		if err != nil {
			return err
		}
		if c.Owner != tandem.Queue || c.Epoch != s.Conversation.Epoch || c.Asked != s.Conversation.Asked {
			return tx.Finish(j) // somebody was quicker
		}
		h, err := tx.OpenHandover(c.ID)
		if err != nil {
			return err
		}
		h.EndedAt, h.EndedBy, h.Outcome = tx.Now, "", "parked_"+how
		if err := tx.SaveHandover(h); err != nil {
			return err
		}
		last, _ := s.Last(tandem.FromCustomer)
		if err := Promise(tx, c, last.ID, "", bot.Words(s.Workspace.Lang, "task."+how), when(s, last.Text)); err != nil {
			return err
		}
		if err := tx.Dispose(&c, c.Asked, tandem.AnsweredByBot); err != nil {
			return err
		}
		c.Parked = c.Touchpoint
		if err := tx.Transfer(&c, tandem.Bot, "", "customer", "parked"); err != nil {
			return err
		}
		if err := t.notice(tx, s, "parked", "notice:"+string(h.ID)+":parked"); err != nil {
			return err
		}
		return tx.Finish(j)
	})
	if err == nil {
		return job.Finished
	}
	return err
}

// hour is a time of day that stands alone, or the hour after which somebody is free.
var hour = regexp.MustCompile(`\b([01]?\d|2[0-3])[:.]([0-5]\d)\b|\b(?:po|after)\s+([01]?\d|2[0-3])\b`)

// when is the moment a customer named, where somebody is at the desk then, or that time on the next day
// when somebody is; without one, an hour after the desk opens.
func when(s tandem.Snapshot, words string) time.Time {
	open := s.Next
	if open.IsZero() {
		open = s.Now.Add(24 * time.Hour)
	}
	open = open.In(s.Zone())
	at, named := bot.Moment(words, s.Now, s.Zone())
	clock := named && (at.Hour() != 23 || at.Minute() != 59)
	if m := hour.FindStringSubmatch(words); m != nil && !clock && !(named && strings.Contains(m[0], ".")) { // 12.11 is a date
		h, _ := strconv.Atoi(m[1] + m[3])
		minute, _ := strconv.Atoi(m[2])
		if !named {
			at = s.Now.In(s.Zone())
		}
		at, clock = time.Date(at.Year(), at.Month(), at.Day(), h, minute, 0, 0, at.Location()), true
	}
	switch {
	case clock:
		for range 15 {
			if at.After(s.Now) && s.Workspace.Hours.Open(at) {
				return at
			}
			at = at.AddDate(0, 0, 1)
		}
	case named:
		morning := time.Date(at.Year(), at.Month(), at.Day(), 0, 0, 0, 0, at.Location())
		if next, ok := s.Workspace.Hours.Next(morning); ok && next.After(open) {
			open = next
		}
	}
	return open.Add(time.Hour)
}
