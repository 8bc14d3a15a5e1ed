package app

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"time"

	"tandem"
	"tandem/store"
	"tandem/upkeep"
)

// TemplateUse is a template with its values.
type TemplateUse struct {
	Name   string   `json:"name" minLength:"1" maxLength:"512"`
	Lang   string   `json:"lang" minLength:"1" maxLength:"20"`
	Values []string `json:"values,omitempty" maxItems:"50" doc:"of the placeholders, in their order"`
}

func (t *TemplateUse) filled() *tandem.Filled {
	if t == nil {
		return nil
	}
	return &tandem.Filled{Name: t.Name, Lang: t.Lang, Values: t.Values}
}

// Templates are the approved texts of one account.
type Templates struct {
	Items   []TemplateView `json:"items" doc:"those that can be sent first, the conversation's language first"`
	At      *time.Time     `json:"at,omitempty" doc:"when the platform was last asked"`
	Problem string         `json:"problem,omitempty" doc:"why it could not be asked then, in words"`
}

// TemplateView is one approved text.
type TemplateView struct {
	Name     string               `json:"name"`
	Lang     string               `json:"lang"`
	Category string               `json:"category" enum:"utility,marketing,authentication"`
	Header   HeaderView           `json:"header"`
	Body     string               `json:"body" doc:"with placeholders in double braces"`
	Footer   string               `json:"footer,omitempty"`
	Buttons  []ButtonView         `json:"buttons"`
	State    tandem.TemplateState `json:"state" enum:"approved,pending,rejected,paused,disabled,complex,unwanted" doc:"only an approved one can be sent"`
	Slots    []SlotView           `json:"slots" doc:"all of it, in the order in which their values are given"`
}

// HeaderView is what stands above the body: a line, a file, or neither.
type HeaderView struct {
	Text  string   `json:"text,omitempty" doc:"with at most one placeholder"`
	File  string   `json:"file,omitempty" enum:"image,video,file" doc:"the reply brings one file of this type"`
	Types []string `json:"types" doc:"MIME types that the platform takes"`
	Most  int64    `json:"most,omitempty" doc:"bytes that the platform takes"`
}

// ButtonView is a button below the body.
type ButtonView struct {
	Text string `json:"text"`
	URL  string `json:"url,omitempty" doc:"of a link, with at most one placeholder"`
}

// SlotView is a placeholder.
type SlotView struct {
	Place   tandem.Place `json:"place" enum:"header,body,button"`
	Button  int          `json:"button" doc:"index of the button, where it stands in one"`
	Name    string       `json:"name"`
	Example string       `json:"example,omitempty" doc:"the one the template was approved with"`
	Value   string       `json:"value,omitempty" doc:"what fits in this conversation"`
}

// Templates are asked for again when they are wanted and older than this; an answer that takes longer
// than the wait is left to the next time.
const (
	templatesFresh = 15 * time.Minute
	templatesWait  = 4 * time.Second
)

type templatesIn struct {
	ID      tandem.ConversationID `path:"id" maxLength:"64"`
	Thread  tandem.ThreadID       `query:"thread" maxLength:"64" doc:"absent: the one that the customer used last"`
	Refresh bool                  `query:"refresh" doc:"ask the platform now"`
}

// templates lists what may be said in a thread outside its window.
func (a *App) templates(ctx context.Context, c caller, in *templatesIn) (Templates, error) {
	out := Templates{Items: []TemplateView{}}
	s, err := a.db.Snapshot(ctx, c.Workspace, in.ID, now())
	if err != nil {
		return out, err
	}
	if places := threads(s); in.Thread == "" && len(places) > 0 {
		in.Thread = places[0].ID
	}
	th := s.Thread(in.Thread)
	if th.ID == "" {
		return out, tandem.Coded(tandem.NotFound, "no_thread", "there is no such place in this conversation")
	}
	all, err := a.db.Templates(ctx, c.Workspace, th.Account)
	if err != nil {
		return out, err
	}
	if age := now().Sub(all.At); age > templatesFresh || in.Refresh && age > time.Second {
		if all, err = a.askTemplates(ctx, c.Workspace, th.Account, all); err != nil {
			return out, err
		}
	}
	out.At = when(all.At)
	if all.Problem != "" {
		out.Problem = words(c.lang, all.Problem)
	}
	wishes, err := a.db.Consents(ctx, c.Workspace, s.Customer.ID)
	if err != nil {
		return out, err
	}
	for _, t := range all.Items {
		v := templateView(t, s)
		if v.Category == "marketing" && store.Counting(wishes).Marketing {
			v.State = tandem.TemplateUnwanted
		}
		out.Items = append(out.Items, v)
	}
	rank := func(v TemplateView) int {
		n := 0
		if v.State != tandem.TemplateApproved {
			n += 8
		}
		if !strings.HasPrefix(v.Lang, cmp.Or(s.Conversation.Lang, s.Workspace.Lang)) {
			n += 4
		}
		for _, slot := range v.Slots {
			if slot.Value == "" { // those that can go out as they are come first
				n++
				break
			}
		}
		if v.Category == "marketing" {
			n += 2
		}
		return n
	}
	slices.SortStableFunc(out.Items, func(a, b TemplateView) int { return rank(a) - rank(b) })
	return out, nil
}

// askTemplates asks the platform, for a few seconds at most; what is known stays where it does not
// answer.
func (a *App) askTemplates(ctx context.Context, ws tandem.WorkspaceID, account tandem.AccountID, known store.Templates) (store.Templates, error) {
	asking, stop := context.WithTimeout(ctx, templatesWait)
	defer stop()
	if err := a.story.Templates(asking, ws, account); err != nil {
		return known, err
	}
	return a.db.Templates(ctx, ws, account)
}

// templateView is a template with the values that are known to fit: an order's number where the
// example is one, the customer's first name where the placeholder or the example is a name.
func templateView(t tandem.Template, s tandem.Snapshot) TemplateView {
	v := TemplateView{Name: t.Name, Lang: t.Lang, Category: t.Category, Body: t.Body, Footer: t.Footer, State: t.State, Slots: []SlotView{}, Buttons: []ButtonView{}}
	v.Header = HeaderView{t.Header.Text, t.Header.File, append([]string{}, t.Header.Types...), min(t.Header.Most, upkeep.MaxFile)}
	for _, b := range t.Buttons {
		v.Buttons = append(v.Buttons, ButtonView{b.Text, b.URL})
	}
	order := orderOf(s)
	for _, of := range t.Slots() {
		slot := SlotView{Place: of.Place, Button: of.Button, Name: of.Name, Example: of.Example}
		if of.Place == tandem.InButton { // an example may be the whole address
			begin, _, _ := strings.Cut(t.Buttons[of.Button].URL, "{{")
			slot.Example = strings.TrimPrefix(slot.Example, begin)
		}
		switch {
		case order != "" && (strings.Contains(of.Name, "order") || strings.Contains(of.Name, "zamow") || isNumber(slot.Example)):
			slot.Value = order
		case s.Customer.First != "" && (strings.Contains(of.Name, "name") || strings.Contains(of.Name, "imi")):
			slot.Value = s.Customer.First
		}
		v.Slots = append(v.Slots, slot)
	}
	return v
}

// isNumber tells whether an example is an order's number: four digits and more.
func isNumber(s string) bool {
	return len(s) >= 4 && strings.Trim(s, "0123456789") == ""
}

// orderOf is the order that the conversation is about: the newest that the card or a message names.
func orderOf(s tandem.Snapshot) string {
	for i := len(s.Messages) - 1; i >= 0; i-- {
		r := s.Messages[i].Reading
		if r == nil {
			continue
		}
		for _, e := range r.Entities {
			if e.Kind == "order" {
				return e.Value
			}
		}
	}
	if s.Handover == nil {
		return ""
	}
	for _, f := range s.Handover.Card.Facts {
		if f.Key == "order" {
			return cmp.Or(f.Subject, f.Value)
		}
	}
	return ""
}
