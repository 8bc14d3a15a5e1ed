package turn

import (
	"context"
	"strconv"
	"strings"
	"time"

	"tandem"
	"tandem/store"
)

// Window is how long after a customer's message a kind of channel takes free text, and a named
// person's words; 0: no limit. What is said in public has none. CHANNELS.md 9.1, 2026-11.
type Window func(kind string, s tandem.Surface) (free, human time.Duration)

// window is Window, where there is one.
func (t Turn) window(kind string, s tandem.Surface) (free, human time.Duration) {
	if t.Window == nil {
		return 0, 0
	}
	return t.Window(kind, s)
}

// untaken is the code of why a platform would refuse a message for its window, empty where it takes it. A private
// reply to a comment has a limit of its own, which only the platform knows; a template has none.
func (t Turn) untaken(th tandem.Thread, m tandem.Message, at time.Time) string {
	if m.Template != nil || m.Kind == "private_reply" {
		return ""
	}
	free, human := t.window(th.Channel, th.Surface)
	if m.Origin == tandem.FromHuman || m.Origin == tandem.FromDraft {
		free = max(free, human)
	}
	return th.Untaken(free, at)
}

// Which end of a window a warning is about.
const (
	endFree  = "free"  // any text, also the bot's
	endHuman = "human" // the platform's exception for people
)

// warnBefore is how long before the end of a window people are warned: at 20 h of 24 (HITL.md 1.7),
// a day before the last one of people.
func warnBefore(which string, length time.Duration) time.Duration {
	if which == endHuman {
		return 24 * time.Hour
	}
	return length / 6
}

// watchWindow leaves a warning for before the end of a thread's window, once. Each message of the
// customer opens another window: the older warning notices, and says nothing.
func (t Turn) watchWindow(tx *store.Tx, th tandem.Thread, which string) error {
	free, human := t.window(th.Channel, th.Surface)
	length := map[string]time.Duration{endFree: free, endHuman: human}[which]
	if length == 0 || th.WindowFrom.IsZero() {
		return nil
	}
	arg := strings.Join([]string{string(th.ID), which, strconv.FormatInt(th.WindowFrom.UnixMicro(), 10)}, " ")
	return tx.Enqueue(store.Job{Kind: "window", Arg: arg, Once: "window:" + arg, RunAt: th.WindowFrom.Add(length - warnBefore(which, length))})
}

// watch leaves the first warning of a thread.
func (t Turn) watch(tx *store.Tx, th tandem.Thread) error { return t.watchWindow(tx, th, endFree) }

// WindowCloses warns the person who owes an answer, or everybody where nobody has the conversation,
// before the platform takes it no more. In the queue such a conversation moves up.
func (t Turn) WindowCloses(ctx context.Context, j store.Job) (err error) {
	defer tandem.Wrap(&err, "window %s", j.Arg)
	arg := strings.Fields(j.Arg)
	if len(arg) != 3 {
		return nil
	}
	return t.DB.Write(ctx, j.Workspace, func(tx *store.Tx) error {
		th, err := tx.Thread(tandem.ThreadID(arg[0]))
		if err != nil || strconv.FormatInt(th.WindowFrom.UnixMicro(), 10) != arg[2] {
			return err
		}
		if arg[1] == endFree {
			if err := t.watchWindow(tx, th, endHuman); err != nil {
				return err
			}
		}
		free, human := t.window(th.Channel, th.Surface)
		ends := th.WindowFrom.Add(map[string]time.Duration{endFree: free, endHuman: human}[arg[1]])
		c, err := tx.Conversation(th.Conversation)
		if err != nil || c.Owner != tandem.Queue && c.Owner != tandem.Human || !ends.After(tx.Now) {
			return err
		}
		if owed, err := t.owed(tx, c, th); err != nil || !owed {
			return err
		}
		if fresh, err := tx.Seen(th.Account, "window:"+j.Arg); err != nil || !fresh {
			return err
		}
		if c.Owner == tandem.Queue && c.Priority < tandem.High {
			c.Priority = tandem.High
			if err := tx.SaveConversation(c); err != nil {
				return err
			}
		}
		tx.Emit(tandem.Event{Kind: tandem.WindowClosing, Conversation: c.ID, Subject: string(th.ID), Actor: "clock", Code: "window_" + arg[1],
			Data: map[string]any{"ends": ends.Unix(), "agent": c.Agent}})
		return nil
	})
}

// owed tells whether the customer still waits for something: an answer, or what was promised. A
// window of a place that the customer has left for another one closes without a word.
func (t Turn) owed(tx *store.Tx, c tandem.Conversation, th tandem.Thread) (bool, error) {
	s, err := tx.Snapshot(c.ID)
	if err != nil {
		return false, err
	}
	if m, ok := s.Last(tandem.FromCustomer); !ok || m.Thread != th.ID {
		return false, nil
	}
	if c.Owner == tandem.Queue || c.Answered < c.Asked {
		return true, nil
	}
	for _, p := range s.Promises {
		if p.Kept.IsZero() {
			return true, nil
		}
	}
	return false, nil
}
