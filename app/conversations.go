package app

import (
	"context"
	"fmt"
	"time"

	"tandem"
	"tandem/access"
	"tandem/desk"
	"tandem/store"
	"tandem/web"
)

// listIn asks for a page of a list.
type listIn struct {
	View  string `query:"view" enum:"needs_human,mine,promised,team,bot,all,closed" default:"all"`
	Q     string `query:"q" maxLength:"100" doc:"part of a name or user name"`
	After string `query:"after" doc:"the cursor of the page before"`
	Limit int    `query:"limit" minimum:"1" maximum:"200" default:"50"`
}

func (a *App) list(ctx context.Context, c caller, in *listIn) (Page, error) {
	lines, next, err := a.db.Lines(ctx, c.Workspace, store.View{Name: in.View, Member: c.ID, Search: in.Q, After: in.After, Limit: in.Limit})
	if err != nil {
		return Page{}, err
	}
	p, err := a.people(ctx, c.Workspace)
	if err != nil {
		return Page{}, err
	}
	page := Page{Items: []Row{}, Next: next}
	for _, l := range lines {
		page.Items = append(page.Items, row(l, p, c.lang, now()))
	}
	page.Counts, err = a.counts(ctx, c)
	return page, err
}

// oneIn names a conversation.
type oneIn struct {
	ID tandem.ConversationID `path:"id" maxLength:"64"`
}

func (a *App) show(ctx context.Context, c caller, in *oneIn) (ConversationView, error) {
	if on, err := a.db.MergedInto(ctx, c.Workspace, in.ID); err == nil && on != "" { // it goes on there
		in.ID = on
	}
	return a.conversation(ctx, c, in.ID)
}

type earlierIn struct {
	ID     tandem.ConversationID `path:"id" maxLength:"64"`
	Before int64                 `query:"before" minimum:"1" doc:"the number of the oldest message already there"`
}

// Earlier is a part of a conversation's past.
type Earlier struct {
	Messages []MessageView `json:"messages" doc:"oldest first"`
	Earlier  bool          `json:"earlier" doc:"there are older ones"`
}

// pageOfPast is how many older messages are read at once.
const pageOfPast = 60

func (a *App) earlier(ctx context.Context, c caller, in *earlierIn) (Earlier, error) {
	before := in.Before
	if before == 0 {
		before = 1 << 62
	}
	all, err := a.db.Earlier(ctx, c.Workspace, in.ID, before, pageOfPast)
	if err != nil {
		return Earlier{}, err
	}
	p, err := a.people(ctx, c.Workspace)
	out := Earlier{Messages: messages(all, nil, p), Earlier: len(all) == pageOfPast}
	return out, err
}

// mayTouch asks for a right to one conversation: some rules look at who has it in hand.
func (a *App) mayTouch(ctx context.Context, c caller, action string, id tandem.ConversationID) error {
	is, err := a.db.Conversation(ctx, c.Workspace, id)
	if err != nil {
		return err
	}
	return c.may(action, access.ConversationObject(c.Workspace, is))
}

// named completes a refusal because of a colleague with the colleague's name, in the reader's
// language.
func (a *App) named(ctx context.Context, c caller, err error, code, pattern string, who func() (tandem.UserID, error)) error {
	if err == nil || tandem.CodeOf(err) != code {
		return err
	}
	id, unknown := who()
	if unknown != nil {
		return err
	}
	u, unknown := a.db.User(ctx, c.Workspace, id)
	if unknown != nil {
		return err
	}
	p := web.ProblemOf(refusal, c.lang, err)
	p.Detail = fmt.Sprintf(words(c.lang, pattern), u.Name)
	return p
}

// taken names who has a conversation.
func (a *App) taken(ctx context.Context, c caller, id tandem.ConversationID, err error) error {
	return a.named(ctx, c, err, "taken", "taken_by", func() (tandem.UserID, error) {
		is, err := a.db.Conversation(ctx, c.Workspace, id)
		return is.Agent, err
	})
}

type takeOverIn struct {
	ID   tandem.ConversationID `path:"id" maxLength:"64"`
	Body *struct {
		Epoch *int64 `json:"epoch,omitempty" doc:"the one that was seen; any other is a conflict"`
	}
}

func (a *App) takeOver(ctx context.Context, c caller, in *takeOverIn) (ConversationView, error) {
	epoch := int64(desk.AnyEpoch)
	if in.Body != nil && in.Body.Epoch != nil {
		epoch = *in.Body.Epoch
	}
	if err := a.desk.TakeOver(ctx, c.Workspace, in.ID, c.User, epoch); err != nil {
		return ConversationView{}, a.taken(ctx, c, in.ID, err)
	}
	return a.conversation(ctx, c, in.ID)
}

type replyIn struct {
	ID   tandem.ConversationID `path:"id" maxLength:"64"`
	Body struct {
		Text     string          `json:"text,omitempty" maxLength:"20000" doc:"absent only with a template"`
		Template *TemplateUse    `json:"template,omitempty" doc:"an approved template in the place of a text: outside the window nothing else is taken"`
		Thread   tandem.ThreadID `json:"thread,omitempty" doc:"where to answer; absent: where the customer wrote last"`
		Key      string          `json:"key,omitempty" maxLength:"100" doc:"the same key again answers with the message that is already there; with a key the message is held for some seconds and can be cancelled"`
		Draft    tandem.DraftID  `json:"draft,omitempty" doc:"the suggestion it came from"`
		Private  bool            `json:"private,omitempty" doc:"answer a public comment in private, once per comment"`
		Files    []tandem.FileID `json:"files,omitempty" maxItems:"10" doc:"brought before with POST /api/files; in private only, after the text; with a template the one of its header"`
		SeenSeq  int64           `json:"seen_seq,omitempty" doc:"the newest message that was seen: a newer one of the customer is a conflict"`
	}
}

// holds is how long a reply can be taken back before it goes out (UX.md 4): a mail longest, a chat
// with somebody who waits not at all.
var holds = map[tandem.Surface]time.Duration{tandem.Mail: 10 * time.Second, tandem.Direct: 3 * time.Second, tandem.Comment: 3 * time.Second}

func (a *App) reply(ctx context.Context, c caller, in *replyIn) (MessageView, error) {
	b := in.Body
	hold := time.Duration(0)
	if b.Key != "" {
		l, err := a.db.Line(ctx, c.Workspace, in.ID)
		if err != nil {
			return MessageView{}, err
		}
		surface := l.Surface
		if b.Thread != "" {
			if th, err := a.db.Thread(ctx, c.Workspace, b.Thread); err == nil {
				surface = th.Surface
			}
		}
		hold = holds[surface]
	}
	m, err := a.desk.Reply(ctx, c.Workspace, in.ID, c.User, desk.Reply{Text: b.Text, Template: b.Template.filled(), Thread: b.Thread, Key: b.Key, Draft: b.Draft, Private: b.Private, SeenSeq: b.SeenSeq, Hold: hold, Files: b.Files, Takes: takes})
	if err != nil {
		return MessageView{}, a.taken(ctx, c, in.ID, err)
	}
	return a.messageView(ctx, c, m)
}

func (a *App) messageView(ctx context.Context, c caller, m tandem.Message) (MessageView, error) {
	p, err := a.people(ctx, c.Workspace)
	return message(m, p), err
}

type messageIn struct {
	ID   tandem.ConversationID `path:"id" maxLength:"64"`
	Body struct {
		Message tandem.MessageID `json:"message"`
	}
}

// Cancelled is a reply that was taken back.
type Cancelled struct {
	Text string `json:"text" doc:"what it said, to go on writing"`
}

func (a *App) cancel(ctx context.Context, c caller, in *messageIn) (Cancelled, error) {
	s, err := a.desk.Cancel(ctx, c.Workspace, in.ID, c.User, in.Body.Message)
	return Cancelled{s}, err
}

func (a *App) retry(ctx context.Context, c caller, in *messageIn) error {
	return a.desk.Retry(ctx, c.Workspace, in.ID, c.User, in.Body.Message)
}
