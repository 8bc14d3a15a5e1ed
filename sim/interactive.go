package sim

import "unicode/utf8"

// interactive is the interactive part of a message: reply buttons or a list.
type interactive struct {
	Type   string    `json:"type"`
	Header *textPart `json:"header"`
	Body   *textPart `json:"body"`
	Footer *textPart `json:"footer"`
	Action struct {
		Button  string `json:"button"`
		Buttons []struct {
			Type  string   `json:"type"`
			Reply titledID `json:"reply"`
		} `json:"buttons"`
		Sections []struct {
			Title string `json:"title"`
			Rows  []struct {
				titledID
				Description string `json:"description"`
			} `json:"rows"`
		} `json:"sections"`
	} `json:"action"`
}

// textPart is a header, body or footer.
type textPart struct {
	Text string `json:"text"`
}

// titledID is what a tap on a button or a row sends back.
type titledID struct {
	ID    string `json:"id"`
	Title string `json:"title"`
}

// buttons are what a person may press, by its words.
func (i *interactive) buttons() map[string]string {
	out := map[string]string{}
	if i == nil {
		return out
	}
	for _, b := range i.Action.Buttons {
		out[b.Reply.Title] = b.Reply.ID
	}
	for _, s := range i.Action.Sections {
		for _, r := range s.Rows {
			out[r.Title] = r.ID
		}
	}
	return out
}

// check holds the limits of interactive messages (CHANNELS 6.5).
func (i *interactive) check() (string, *refusal) {
	wrong := func(what string) (string, *refusal) {
		return "", graphError(131009, 0, "(#131009) Parameter value is not valid: "+what)
	}
	for _, p := range []*textPart{i.Header, i.Footer} {
		if p != nil && utf8.RuneCountInString(p.Text) > 60 {
			return wrong("header and footer have at most 60 characters")
		}
	}
	limit := 1024
	if i.Type == "list" {
		limit = 4096
	}
	if i.Body == nil || i.Body.Text == "" || utf8.RuneCountInString(i.Body.Text) > limit {
		return wrong("body length")
	}
	what := ""
	switch i.Type {
	case "button":
		what = i.checkButtons()
	case "list":
		what = i.checkList()
	case "contact_request":
	default:
		what = "interactive type"
	}
	if what != "" {
		return wrong(what)
	}
	return i.Body.Text, nil
}

// checkButtons says what is wrong with reply buttons; empty for nothing.
func (i *interactive) checkButtons() string {
	if n := len(i.Action.Buttons); n < 1 || n > 3 {
		return "between 1 and 3 buttons"
	}
	for _, b := range i.Action.Buttons {
		if b.Type != "reply" || !b.Reply.fits(20, 256) {
			return "button title has 1 to 20 characters, id 1 to 256"
		}
	}
	return ""
}

// checkList says what is wrong with a list; its ten rows are counted over all sections.
func (i *interactive) checkList() string {
	rows := 0
	if n := utf8.RuneCountInString(i.Action.Button); n < 1 || n > 20 || len(i.Action.Sections) < 1 || len(i.Action.Sections) > 10 {
		return "list button has 1 to 20 characters, 1 to 10 sections"
	}
	for _, s := range i.Action.Sections {
		for _, r := range s.Rows {
			rows++
			if !r.fits(24, 200) || utf8.RuneCountInString(r.Description) > 72 {
				return "row title has 1 to 24 characters, id 1 to 200, description at most 72"
			}
		}
	}
	if rows < 1 || rows > 10 {
		return "between 1 and 10 rows in all"
	}
	return ""
}

// fits checks a title's characters and an id's bytes.
func (t titledID) fits(title, id int) bool {
	n := utf8.RuneCountInString(t.Title)
	return n >= 1 && n <= title && len(t.ID) >= 1 && len(t.ID) <= id
}
