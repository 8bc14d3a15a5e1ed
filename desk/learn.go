package desk

import (
	"context"
	"strings"
	"unicode/utf8"

	"tandem"
	"tandem/store"
)

// Label is what a person says about a message. A nil field stays as it is.
type Label struct {
	Touchpoint *string
	Mood       *tandem.Mood
	Human      *bool
	Lang       *string
	Text       *string
	State      *store.ExampleState
}

// corrected makes an example of a correction at the desk; it waits until somebody approves it. One
// in a language that is not understood, or without a topic, is none.
func (r Room) corrected(tx *store.Tx, c tandem.Conversation, s tandem.Snapshot, u tandem.User) error {
	m, ok := s.Last(tandem.FromCustomer)
	lang := c.Lang
	if lang == "" {
		lang = s.Workspace.Lang
	}
	if !ok || m.Text == "" || c.Touchpoint == "" || !taught(lang) {
		return nil
	}
	e := store.Example{Lang: lang, Touchpoint: c.Touchpoint, Mood: c.Mood, Text: r.Clean(m.Text, s.Customer.Name), Source: string(m.ID), State: store.Waiting, By: u.ID}
	e.Human = m.Reading != nil && m.Reading.WantsHuman
	_, err := tx.AddExample(e)
	return err
}

// taught tells whether a language is one that examples teach.
func taught(lang string) bool { return lang == "pl" || lang == "en" }

// general are topics that every company has, whatever its map says.
var general = map[string]bool{"human_request": true, "bot_question": true, "greeting": true, "thanks": true, "goodbye": true, "other": true}

// longestExample is how many letters an example may have; what people write at once is shorter.
const longestExample = 2000

// check says what is wrong with an example.
func check(tx *store.Tx, e store.Example) error {
	switch {
	case strings.TrimSpace(e.Text) == "" || strings.ContainsAny(e.Text, "\t\r\n") || utf8.RuneCountInString(e.Text) > longestExample:
		return tandem.Coded(tandem.Invalid, "bad_example", "an example is one line of at most %d letters", longestExample)
	case !taught(e.Lang):
		return tandem.Coded(tandem.Invalid, "bad_lang", "the language of an example is pl or en")
	}
	switch e.Mood {
	case "", tandem.Pleased, tandem.Calm, tandem.Tense, tandem.Angry:
	default:
		return tandem.Coded(tandem.Invalid, "bad_mood", "a mood is pleased, calm, tense or angry")
	}
	if !general[e.Touchpoint] {
		if _, err := tx.Touchpoint(e.Touchpoint); err != nil {
			return tandem.Coded(tandem.Invalid, "no_such_topic", "there is no such topic as %q", e.Touchpoint)
		}
	}
	return nil
}

// AddExamples stores examples that a person wrote, or brought in a file. Those that are approved
// teach the next version. It returns how many were new: the same text with the same label twice is
// one.
func (r Room) AddExamples(ctx context.Context, ws tandem.WorkspaceID, u tandem.User, all []store.Example) (added int, err error) {
	err = r.DB.Write(ctx, ws, func(tx *store.Tx) error {
		added = 0
		approved, err := tx.CountApproved()
		if err != nil {
			return err
		}
		for i, e := range all {
			e.Text = r.Clean(e.Text, "")
			e.By = u.ID
			if err := check(tx, e); err != nil {
				return tandem.Coded(tandem.Invalid, tandem.CodeOf(err), "example %d: %s", i+1, err)
			}
			known, err := tx.KnownExample(e)
			if err != nil || known {
				if err != nil {
					return err
				}
				continue
			}
			if e.State == store.Approved {
				e.Held = r.Held(e.Text, approved)
				approved++
			}
			if _, err := tx.AddExample(e); err != nil {
				return err
			}
			added++
		}
		return r.taught(tx, all, added)
	})
	return added, err
}

// taught owes a new version where something was approved.
func (r Room) taught(tx *store.Tx, all []store.Example, added int) error {
	if added == 0 || all[0].State != store.Approved {
		return nil
	}
	return tx.Enqueue(r.Learn("", tx.Now))
}

// Judge changes an example and says what becomes of it: an example that is approved teaches the next
// version, one that is rejected no longer does.
func (r Room) Judge(ctx context.Context, ws tandem.WorkspaceID, u tandem.User, id tandem.ExampleID, l Label) (out store.Example, err error) {
	err = r.DB.Write(ctx, ws, func(tx *store.Tx) error {
		e, err := tx.Example(id)
		if err != nil {
			return err
		}
		was := e
		if l.State != nil && was.State == store.Rejected && *l.State == store.Rejected || l.State == nil && was.State == store.Suggested {
			return tandem.Coded(tandem.Conflict, "decided", "this has been decided already")
		}
		set(&e.Touchpoint, l.Touchpoint)
		set(&e.Mood, l.Mood)
		set(&e.Human, l.Human)
		set(&e.Lang, l.Lang)
		set(&e.Text, l.Text)
		set(&e.State, l.State)
		e.Text, e.JudgedBy = r.Clean(e.Text, ""), u.ID
		if err := check(tx, e); err != nil {
			return err
		}
		if e.State == store.Approved && was.State != store.Approved {
			n, err := tx.CountApproved()
			if err != nil {
				return err
			}
			e.Held = r.Held(e.Text, n)
		}
		if err := tx.SaveExample(e); err != nil {
			return err
		}
		if err := tx.Trail(u.ID, "example", string(id), map[string]any{"from": was.State, "to": e.State, "touchpoint": e.Touchpoint}); err != nil {
			return err
		}
		out = e
		if e.State == store.Approved || was.State == store.Approved {
			return tx.Enqueue(r.Learn("", tx.Now))
		}
		return nil
	})
	return out, err
}

func set[T any](to *T, v *T) {
	if v != nil {
		*to = *v
	}
}

// Train asks for a new version now.
func (r Room) Train(ctx context.Context, ws tandem.WorkspaceID, u tandem.User) error {
	return r.DB.Write(ctx, ws, func(tx *store.Tx) error {
		if n, err := tx.CountApproved(); err != nil || n == 0 {
			if err != nil {
				return err
			}
			return tandem.Coded(tandem.Invalid, "nothing_to_learn", "no example is approved; there is nothing to learn from")
		}
		j := r.Learn(u.ID, tx.Now)
		j.RunAt = tx.Now
		return tx.Enqueue(j)
	})
}

// UseVersion goes back, or forward, to an accepted version; 0 is what the program ships with.
func (r Room) UseVersion(ctx context.Context, ws tandem.WorkspaceID, u tandem.User, number int64) error {
	return r.DB.Write(ctx, ws, func(tx *store.Tx) error {
		if err := tx.Cancel("learn"); err != nil { // who goes back does not want the next version by itself
			return err
		}
		if err := r.Renew(tx, func() error { return tx.UseModel(number, u.ID) }); err != nil {
			return err
		}
		return tx.Trail(u.ID, "model", "", map[string]any{"used": number})
	})
}

// AddWord stores one of the brand's own words.
func (r Room) AddWord(ctx context.Context, ws tandem.WorkspaceID, u tandem.User, w store.BrandWord) (store.BrandWord, error) {
	err := r.DB.Write(ctx, ws, func(tx *store.Tx) error {
		var err error
		if w, err = tx.AddBrandWord(w, u.ID); err != nil {
			return err
		}
		return tx.Trail(u.ID, "word", w.ID, map[string]any{"side": w.Side})
	})
	return w, err
}

// DropWord forgets one of the brand's own words.
func (r Room) DropWord(ctx context.Context, ws tandem.WorkspaceID, u tandem.User, id string) error {
	return r.DB.Write(ctx, ws, func(tx *store.Tx) error {
		if err := tx.DropBrandWord(id, u.ID); err != nil {
			return err
		}
		return tx.Trail(u.ID, "word", id, map[string]any{"dropped": true})
	})
}
