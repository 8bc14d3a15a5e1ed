package turn

import (
	"context"
	"regexp"
	"strconv"
	"time"

	"tandem"
	"tandem/bot"
	"tandem/job"
	"tandem/store"
)

// way is how a customer who was offered a choice wants to hear from a person.
type way struct {
	code  string
	words *regexp.Regexp
}

// ways are the choices of the notices "choice" and "out_of_hours", as people word them. The first
// that fits wins; "here" keeps the conversation in the queue.
var ways = []way{
	{"call", regexp.MustCompile(`(?i)zadzwo|oddzwo|telefon|dzwoni|\bcall\b|\bphone\b|^\s*2\s*\)?\.?\s*$`)},
	{"mail", regexp.MustCompile(`(?i)\be-?mail|\bmaila?\b|^\s*3\s*\)?\.?\s*$`)},
}

var hour = regexp.MustCompile(`\b([01]?\d|2[0-3])[:.]([0-5]\d)\b`)

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
	for _, w := range ways {
		if w.words.MatchString(last.Text) {
			return w.code, true
		}
	}
	return "", false
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

// when is the moment a customer named, on the next day somebody is at the desk; without one, an hour
// after the desk opens.
func when(s tandem.Snapshot, words string) time.Time {
	open := s.Next
	if open.IsZero() {
		open = s.Now.Add(24 * time.Hour)
	}
	open = open.In(s.Zone())
	if m := hour.FindStringSubmatch(words); m != nil {
		h, _ := strconv.Atoi(m[1])
		minute, _ := strconv.Atoi(m[2])
		at := time.Date(open.Year(), open.Month(), open.Day(), h, minute, 0, 0, open.Location())
		if at.After(s.Now) {
			return at
		}
	}
	return open.Add(time.Hour)
}
