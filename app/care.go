package app

import (
	"context"
	"time"

	"tandem"
	"tandem/access"
)

type returnIn struct {
	ID   tandem.ConversationID `path:"id" maxLength:"64"`
	Body *struct {
		Brief   string `json:"brief,omitempty" maxLength:"2000" doc:"a line of instruction for the bot"`
		Outcome string `json:"outcome,omitempty" maxLength:"100"`
	}
}

func (a *App) giveBack(ctx context.Context, c caller, in *returnIn) error {
	if err := a.mayTouch(ctx, c, access.ConversationRelease, in.ID); err != nil {
		return err
	}
	brief, outcome := "", ""
	if in.Body != nil {
		brief, outcome = in.Body.Brief, in.Body.Outcome
	}
	return a.desk.Return(ctx, c.Workspace, in.ID, c.User, brief, outcome)
}

type closeIn struct {
	ID   tandem.ConversationID `path:"id" maxLength:"64"`
	Body *struct {
		Outcome string `json:"outcome,omitempty" maxLength:"100"`
	}
}

func (a *App) close(ctx context.Context, c caller, in *closeIn) error {
	if err := a.mayTouch(ctx, c, access.ConversationRelease, in.ID); err != nil {
		return err
	}
	outcome := ""
	if in.Body != nil {
		outcome = in.Body.Outcome
	}
	return a.desk.Close(ctx, c.Workspace, in.ID, c.User, outcome)
}

type noteIn struct {
	ID   tandem.ConversationID `path:"id" maxLength:"64"`
	Body struct {
		Text   string `json:"text" minLength:"1" maxLength:"4000"`
		ForBot bool   `json:"for_bot,omitempty" doc:"a whisper: the bot obeys it in its next answer"`
	}
}

func (a *App) note(ctx context.Context, c caller, in *noteIn) (NoteView, error) {
	n, err := a.desk.Note(ctx, c.Workspace, in.ID, c.User, in.Body.Text, in.Body.ForBot)
	return NoteView{ID: n.ID, By: c.Name, Text: n.Text, ForBot: n.ForBot, At: n.At}, err
}

type assignIn struct {
	ID   tandem.ConversationID `path:"id" maxLength:"64"`
	Body struct {
		User tandem.UserID `json:"user,omitempty"`
		Team tandem.TeamID `json:"team,omitempty" doc:"its queue; both empty: everybody's queue"`
	}
}

func (a *App) assign(ctx context.Context, c caller, in *assignIn) error {
	if err := a.mayTouch(ctx, c, access.ConversationAssign, in.ID); err != nil {
		return err
	}
	return a.desk.Assign(ctx, c.Workspace, in.ID, c.User, in.Body.User, in.Body.Team)
}

type priorityIn struct {
	ID   tandem.ConversationID `path:"id" maxLength:"64"`
	Body struct {
		Priority tandem.Priority `json:"priority" minimum:"0" maximum:"2"`
	}
}

func (a *App) priority(ctx context.Context, c caller, in *priorityIn) error {
	return a.desk.SetPriority(ctx, c.Workspace, in.ID, c.User, in.Body.Priority)
}

type topicIn struct {
	ID   tandem.ConversationID `path:"id" maxLength:"64"`
	Body struct {
		Touchpoint string      `json:"touchpoint,omitempty"`
		Mood       tandem.Mood `json:"mood,omitempty" enum:"pleased,calm,tense,angry"`
	}
}

func (a *App) topic(ctx context.Context, c caller, in *topicIn) error {
	return a.desk.SetTopic(ctx, c.Workspace, in.ID, c.User, in.Body.Touchpoint, in.Body.Mood)
}

type verdictIn struct {
	ID   tandem.ConversationID `path:"id" maxLength:"64"`
	Body struct {
		Verdict string `json:"verdict" enum:"right,early,late"`
	}
}

func (a *App) verdict(ctx context.Context, c caller, in *verdictIn) error {
	return a.desk.Verdict(ctx, c.Workspace, in.ID, c.User, in.Body.Verdict)
}

// Viewers is the passing word of who looks at a conversation.
type Viewers struct {
	Conversation tandem.ConversationID `json:"conversation"`
	People       []Person              `json:"people"`
}

// Typing is the passing word of who is writing.
type Typing struct {
	Conversation tandem.ConversationID `json:"conversation"`
	Who          string                `json:"who" doc:"a person's name, or customer"`
}

func (a *App) seen(ctx context.Context, c caller, in *oneIn) error {
	if err := a.mayTouch(ctx, c, access.ConversationNote, in.ID); err != nil {
		return err
	}
	if !a.here.look(in.ID, c.ID, now()) {
		return nil
	}
	p, err := a.people(ctx, c.Workspace)
	if err != nil {
		return err
	}
	v := Viewers{Conversation: in.ID, People: []Person{}}
	for _, u := range a.here.lookers(in.ID, now()) {
		if who := p.person(u); who != nil {
			v.People = append(v.People, *who)
		}
	}
	a.hub.Say(c.Workspace, in.ID, "viewers", v)
	return nil
}

// typingLasts is how long a platform shows the three dots after one word of ours; a call that is
// not over by then is of no use.
const typingLasts = 5 * time.Second

// typing tells colleagues and, where the platform can, the customer that a person is writing.
func (a *App) typing(ctx context.Context, c caller, in *oneIn) error {
	if err := a.mayTouch(ctx, c, access.ConversationNote, in.ID); err != nil {
		return err
	}
	a.hub.Say(c.Workspace, in.ID, "typing", Typing{in.ID, c.Name})
	s, err := a.db.Snapshot(ctx, c.Workspace, in.ID, now())
	if err != nil {
		return err
	}
	m, ok := s.Last(tandem.FromCustomer)
	th := s.Thread(m.Thread)
	line, open := a.line(th.Account)
	t, can := line.Channel.(tandem.Typer)
	if !ok || !open || !can || th.Surface.Public() || s.Conversation.Agent != c.ID {
		return nil
	}
	a.busy.Go(func() { // the agent does not wait for the platform, and nothing is lost without it
		ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), typingLasts)
		defer cancel()
		_ = t.Typing(ctx, th.To)
	})
	return nil
}

type promiseIn struct {
	ID tandem.PromiseID `path:"id" maxLength:"64"`
}

func (a *App) keep(ctx context.Context, c caller, in *promiseIn) error {
	return a.desk.KeepPromise(ctx, c.Workspace, c.User, in.ID)
}
