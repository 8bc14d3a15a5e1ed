package app

import (
	"time"

	"tandem"
)

// The types in this file are the API's JSON. The OpenAPI document and the desk's TypeScript are
// generated from them; nothing else describes them.

// Me is who is signed in and what the desk needs to know once.
type Me struct {
	User        Person           `json:"user"`
	Workspace   WorkspaceView    `json:"workspace"`
	Can         []string         `json:"can" doc:"actions this person may take"`
	Touchpoints []TouchpointView `json:"touchpoints"`
	Channels    []ChannelView    `json:"channels"`
	Teams       []TeamView       `json:"teams"`
	People      []Person         `json:"people"`
	Counts      Counts           `json:"counts"`
}

// Person is a user of the desk.
type Person struct {
	ID      tandem.UserID `json:"id"`
	Name    string        `json:"name"`
	Email   string        `json:"email"`
	Role    tandem.Role   `json:"role" enum:"agent,manager,owner"`
	Lang    string        `json:"lang" enum:"pl,en"`
	Present bool          `json:"present"`
	Load    int           `json:"load" doc:"conversations in hand"`
}

// WorkspaceView is the company.
type WorkspaceView struct {
	ID     tandem.WorkspaceID `json:"id"`
	Name   string             `json:"name"`
	Zone   string             `json:"zone"`
	Lang   string             `json:"lang"`
	Paused bool               `json:"paused" doc:"the whole bot is silent"`
	Open   bool               `json:"open" doc:"people are at the desk by the calendar"`
	Next   *time.Time         `json:"next,omitempty" doc:"when they are next"`
}

// TouchpointView is a topic with its place on the map and its level.
type TouchpointView struct {
	ID      string          `json:"id"`
	Title   string          `json:"title" doc:"in the reader's language"`
	Temper  string          `json:"temper" enum:"speed,empathy"`
	Speed   int             `json:"speed"`
	Empathy int             `json:"empathy"`
	Level   tandem.Autonomy `json:"level" minimum:"0" maximum:"4"`
	ByHand  tandem.Autonomy `json:"by_hand" minimum:"0" maximum:"4" doc:"the highest level a manager may give; above it a level is raised on evidence"`
	Profile string          `json:"profile"`
	Paused  bool            `json:"paused"`
	Version int64           `json:"version"`
}

// ChannelView describes a connected account.
type ChannelView struct {
	ID       tandem.AccountID `json:"id"`
	Kind     string           `json:"kind"`
	Title    string           `json:"title"`
	Name     string           `json:"name"`
	Icon     string           `json:"icon" doc:"inner SVG of a 24x24 icon"`
	State    string           `json:"state" enum:"ok,broken,off"`
	Reason   string           `json:"reason,omitempty"`
	Limit    int              `json:"limit" doc:"longest text; 0 is none"`
	ByBytes  bool             `json:"by_bytes" doc:"limit counts bytes of UTF-8"`
	Receipts bool             `json:"receipts" doc:"the platform tells what was read"`
	Segments bool             `json:"segments" doc:"a text is billed by the number of SMS that it takes"`
	Media    []string         `json:"media" doc:"types of files that can be sent in private: image, video, audio, file"`
}

// TeamView is a team.
type TeamView struct {
	ID   tandem.TeamID `json:"id"`
	Name string        `json:"name"`
}

// Counts are the badges. Each is capped at 1000.
type Counts struct {
	NeedsHuman int `json:"needs_human"`
	Mine       int `json:"mine"`
	Team       int `json:"team"`
	Bot        int `json:"bot"`
	All        int `json:"all"`
	Drafts     int `json:"drafts"`
	Channels   int `json:"channels" doc:"accounts that are broken, or about which nobody has put the news aside"`
}

// Row is a conversation as a line of a list.
type Row struct {
	ID         tandem.ConversationID `json:"id"`
	Customer   RowCustomer           `json:"customer"`
	Channel    string                `json:"channel" doc:"kind of the newest message's account"`
	Surface    tandem.Surface        `json:"surface"`
	Owner      tandem.Owner          `json:"owner" enum:"bot,queue,human,closed"`
	Agent      *Person               `json:"agent,omitempty"`
	Team       tandem.TeamID         `json:"team,omitempty"`
	Offered    *Person               `json:"offered,omitempty" doc:"in the queue: who is asked first; anybody may take it"`
	PromiseDue *time.Time            `json:"promise_due,omitempty" doc:"when the next open promise falls due"`
	PromisedBy *Person               `json:"promised_by,omitempty" doc:"whose it is; absent: the bot's"`
	Epoch      int64                 `json:"epoch"`
	Rev        int64                 `json:"rev"`
	Seq        int64                 `json:"seq"`
	Priority   tandem.Priority       `json:"priority" doc:"0 normal, 1 high, 2 urgent"`
	Touchpoint string                `json:"touchpoint,omitempty"`
	Mood       tandem.Mood           `json:"mood"`
	Moods      []float64             `json:"moods" doc:"the last eight customer messages, -1 to 1"`
	Lang       string                `json:"lang"`
	Reason     string                `json:"reason,omitempty" doc:"trigger code of the hand-over, T1 to T19"`
	ReasonText string                `json:"reason_text,omitempty"`
	why        string                // the reason's kind, which chooses its words
	WaitSince  *time.Time            `json:"wait_since,omitempty"`
	Preview    string                `json:"preview"`
	LastFrom   tandem.Origin         `json:"last_from"`
	LastAt     time.Time             `json:"last_at"`
	Draft      bool                  `json:"draft" doc:"a draft waits for approval"`
	Failed     bool                  `json:"failed" doc:"the newest message did not reach the customer, or nobody knows"`
	Public     bool                  `json:"public"`
	WindowEnds *time.Time            `json:"window_ends,omitempty"`
	HumanEnds  *time.Time            `json:"human_ends,omitempty"`
	Risk       int                   `json:"risk" doc:"0 to 100, for the live wall"`
}

// RowCustomer is who it is with.
type RowCustomer struct {
	ID       tandem.CustomerID `json:"id"`
	Name     string            `json:"name"`
	Username string            `json:"username,omitempty"`
	VIP      bool              `json:"vip"`
}

// Page is a part of a list.
type Page struct {
	Items  []Row  `json:"items"`
	Next   string `json:"next,omitempty" doc:"cursor of the following page"`
	Counts Counts `json:"counts"`
}

// ConversationView is a conversation with everything an agent sees.
type ConversationView struct {
	Row
	Person      CustomerView   `json:"person"`
	Threads     []ThreadView   `json:"threads"`
	Messages    []MessageView  `json:"messages" doc:"oldest first, the newest 60"`
	Earlier     bool           `json:"earlier" doc:"there are older messages"`
	Handover    *HandoverView  `json:"handover,omitempty"`
	Card        *tandem.Card   `json:"card,omitempty"`
	Worded      *tandem.Worded `json:"worded,omitempty" doc:"the card in the words of a language model, checked against what is known"`
	Suggestions []DraftView    `json:"suggestions" doc:"for the agent; the first is the best"`
	Pending     *DraftView     `json:"pending,omitempty" doc:"the draft that waits for approval"`
	Actions     []ActionView   `json:"actions" doc:"refunds, changes of address and the like, newest first; each is approved apart from any text"`
	Cases       []CaseView     `json:"cases"`
	Promises    []PromiseView  `json:"promises"`
	Notes       []NoteView     `json:"notes"`
	Decisions   []DecisionLine `json:"decisions" doc:"newest first, at most 20"`
	Transitions []Transition   `json:"transitions" doc:"changes of owner, oldest first; the thread shows them as lines"`
	Signs       []SignView     `json:"signs" doc:"how the customer came, and what they said about being written to, oldest first"`
	Brief       string         `json:"brief,omitempty"`
	Viewers     []Person       `json:"viewers"`
}

// CustomerView is the customer's side panel.
type CustomerView struct {
	ID         tandem.CustomerID `json:"id"`
	Name       string            `json:"name"`
	First      string            `json:"first,omitempty"`
	Vocative   string            `json:"vocative,omitempty" doc:"only where the rule is sure"`
	Lang       string            `json:"lang"`
	VIP        bool              `json:"vip"`
	Human      bool              `json:"human" doc:"prefers a person, on every channel"`
	Verified   tandem.Level      `json:"verified" doc:"0 to 3"`
	Since      *time.Time        `json:"since,omitempty"`
	Shop       string            `json:"shop,omitempty"`
	Identities []IdentityView    `json:"identities"`
}

// IdentityView is how one account knows the customer.
type IdentityView struct {
	ID       tandem.IdentityID `json:"id"`
	Channel  string            `json:"channel"`
	Name     string            `json:"name,omitempty"`
	Username string            `json:"username,omitempty"`
	Verified tandem.Level      `json:"verified"`
}

// ThreadView is one place of the conversation.
type ThreadView struct {
	ID         tandem.ThreadID  `json:"id"`
	Account    tandem.AccountID `json:"account"`
	Channel    string           `json:"channel"`
	Surface    tandem.Surface   `json:"surface"`
	Public     bool             `json:"public"`
	Subject    string           `json:"subject,omitempty"`
	WindowEnds *time.Time       `json:"window_ends,omitempty" doc:"free-form answers until then; absent: no limit"`
	HumanEnds  *time.Time       `json:"human_ends,omitempty" doc:"the platform's exception for people ends then"`
	Blocked    string           `json:"blocked,omitempty" doc:"why nothing can be sent now, as a code"`
	Live       bool             `json:"live" doc:"the visitor is on the site now"`
	Approved   bool             `json:"approved" doc:"the channel has approved templates, which may be sent at any time"`
}

// MessageView is one message.
type MessageView struct {
	ID        tandem.MessageID  `json:"id"`
	Thread    tandem.ThreadID   `json:"thread"`
	Seq       int64             `json:"seq"`
	Origin    tandem.Origin     `json:"origin" enum:"customer,bot,draft,human,external,notice"`
	Author    string            `json:"author,omitempty" doc:"a person's name"`
	AI        bool              `json:"ai_generated"`
	Text      string            `json:"text"`
	Parts     []tandem.Part     `json:"parts"`
	Delivery  tandem.Delivery   `json:"delivery"`
	Problem   string            `json:"problem,omitempty" doc:"code of a failure"`
	Kind      string            `json:"kind,omitempty" doc:"of a notice"`
	Template  string            `json:"template,omitempty" doc:"name of the approved template that it is"`
	Held      *time.Time        `json:"held_until,omitempty" doc:"it is not sent before and can be taken back until then"`
	Mood      tandem.Mood       `json:"mood,omitempty"`
	Score     *float64          `json:"score,omitempty" doc:"mood, -1 to 1"`
	Marks     []tandem.Evidence `json:"marks" doc:"words that counted, byte offsets"`
	Sources   []string          `json:"sources" doc:"where a bot's claims come from"`
	Removed   bool              `json:"removed"`
	RemovedBy tandem.Remover    `json:"removed_by,omitempty" enum:"customer,company,platform,erasure"`
	Edited    bool              `json:"edited"`
	Late      *time.Time        `json:"late,omitempty" doc:"when it reached us, where that was more than a minute after it was written"`
	At        time.Time         `json:"at"`
	TookMS    int64             `json:"took_ms,omitempty" doc:"a bot answer: from the customer's message"`
	Decision  string            `json:"decision,omitempty"`
	AtOwner   string            `json:"-"`
	Key       string            `json:"key,omitempty" doc:"the client's idempotency key"`
	Cancelled bool              `json:"cancelled,omitempty"`
}

// HandoverView is the current or last hand-over.
type HandoverView struct {
	ID         tandem.HandoverID `json:"id"`
	Code       string            `json:"code"`
	Reason     string            `json:"reason" doc:"in words"`
	At         time.Time         `json:"at"`
	Step       int               `json:"step"`
	TakenBy    *Person           `json:"taken_by,omitempty"`
	TakenAt    *time.Time        `json:"taken_at,omitempty"`
	FirstReply *time.Time        `json:"first_reply,omitempty"`
	Verdict    string            `json:"verdict,omitempty"`
}

// DraftView is a draft for approval or a suggestion.
type DraftView struct {
	ID           tandem.DraftID        `json:"id"`
	Conversation tandem.ConversationID `json:"conversation"`
	Thread       tandem.ThreadID       `json:"thread"`
	Customer     RowCustomer           `json:"customer"`
	Channel      string                `json:"channel"`
	Public       bool                  `json:"public"`
	Rev          int64                 `json:"rev" doc:"of the conversation now: send it back as seen_rev"`
	Touchpoint   string                `json:"touchpoint"`
	Text         string                `json:"text"`
	Claims       []tandem.Claim        `json:"claims"`
	Class        tandem.Class          `json:"class"`
	Why          string                `json:"why" doc:"the rule that asks for a person, in words"`
	WhyCode      string                `json:"why_code"`
	Confidence   string                `json:"confidence" enum:"high,medium,low"`
	Blocked      string                `json:"blocked,omitempty" doc:"why it cannot be approved as it is"`
	Shut         string                `json:"shut,omitempty" doc:"why nothing can be sent where it was written for, as a code of a thread's blocked; however it is edited"`
	Elsewhere    []Place               `json:"elsewhere" doc:"where it can be sent instead, in private; filled where shut is"`
	State        tandem.DraftState     `json:"state"`
	Due          time.Time             `json:"due"`
	LeaseBy      *Person               `json:"lease_by,omitempty"`
	LeaseUntil   *time.Time            `json:"lease_until,omitempty"`
	CreatedAt    time.Time             `json:"created_at"`
	Question     []MessageView         `json:"question" doc:"what the customer wrote last"`
	Progress     *Progress             `json:"progress,omitempty"`
}

// Progress is how far a touchpoint is on the way to more autonomy.
type Progress struct {
	Touchpoint string          `json:"touchpoint"`
	Lang       string          `json:"lang"`
	Group      string          `json:"group" doc:"chat, public or mail"`
	Level      tandem.Autonomy `json:"level"`
	Reviewed   int             `json:"reviewed"`
	Success    int             `json:"success"`
	Critical   int             `json:"critical"`
	Lower      float64         `json:"lower" doc:"one-sided lower confidence bound of success"`
	Needed     int             `json:"needed" doc:"successes in a row that would be enough at this point"`
	Planted    int             `json:"planted"`
	Caught     int             `json:"caught"`
	CanRaise   bool            `json:"can_raise"`
	Missing    []string        `json:"missing" doc:"what is not yet shown, as codes"`
}

// DraftPage is the approval queue.
type DraftPage struct {
	Items []DraftView `json:"items"`
	Today DraftStats  `json:"today"`
}

// DraftStats are today's decisions of the whole team.
type DraftStats struct {
	Unchanged int     `json:"unchanged"`
	Edited    int     `json:"edited"`
	Rejected  int     `json:"rejected"`
	MedianS   float64 `json:"median_s"`
	Planted   int     `json:"planted"`
	Caught    int     `json:"caught"`
	Pace      bool    `json:"pace" doc:"too fast: approving needs a held key"`
}

// CaseView is one matter.
type CaseView struct {
	ID         tandem.CaseID `json:"id"`
	Touchpoint string        `json:"touchpoint"`
	Opened     time.Time     `json:"opened"`
	Closed     *time.Time    `json:"closed,omitempty"`
	Outcome    string        `json:"outcome,omitempty"`
	ClockDue   *time.Time    `json:"clock_due,omitempty"`
	CSAT       int           `json:"csat,omitempty"`
}

// PromiseView is something promised.
type PromiseView struct {
	ID     tandem.PromiseID `json:"id"`
	Text   string           `json:"text"`
	By     string           `json:"by" doc:"a person's name, empty for the bot"`
	Due    time.Time        `json:"due"`
	Kept   *time.Time       `json:"kept,omitempty"`
	Broken *time.Time       `json:"broken,omitempty"`
}

// NoteView is a note between people, or for the bot.
type NoteView struct {
	ID     tandem.NoteID `json:"id"`
	By     string        `json:"by"`
	Text   string        `json:"text"`
	ForBot bool          `json:"for_bot"`
	At     time.Time     `json:"at"`
}

// DecisionLine is one line of the decision log.
type DecisionLine struct {
	ID         tandem.DecisionID `json:"id"`
	Seq        int64             `json:"seq"`
	Act        tandem.Act        `json:"act"`
	Touchpoint string            `json:"touchpoint"`
	Confidence float64           `json:"confidence"`
	Rule       string            `json:"rule" doc:"in words"`
	Code       string            `json:"code,omitempty"`
	Outcome    string            `json:"outcome,omitempty"`
	At         time.Time         `json:"at"`
}

// Transition is a change of owner.
type Transition struct {
	Seq   int64        `json:"seq" doc:"of the newest message at that moment"`
	At    time.Time    `json:"at"`
	From  tandem.Owner `json:"from"`
	To    tandem.Owner `json:"to"`
	Epoch int64        `json:"epoch"`
	Actor string       `json:"actor" doc:"a person's name, bot, customer or clock"`
	Code  string       `json:"code"`
	Text  string       `json:"text" doc:"in words"`
}

// EventView is one event of the stream: SSE id is seq, SSE event is kind.
type EventView struct {
	tandem.Event
	Row     *Row         `json:"row,omitempty" doc:"the conversation's line as it is now"`
	Message *MessageView `json:"message,omitempty"`
	Draft   *DraftView   `json:"draft,omitempty"`
	Counts  *Counts      `json:"counts,omitempty"`
}

// Wall is the live wall.
type Wall struct {
	Bot       int         `json:"bot"`
	People    int         `json:"people"`
	Waiting   int         `json:"waiting"`
	LongestS  int         `json:"longest_s"`
	Drafts    int         `json:"drafts"`
	BotP50MS  int         `json:"bot_p50_ms"`
	BotP95MS  int         `json:"bot_p95_ms"`
	Mood      float64     `json:"mood" doc:"mean of open conversations, -1 to 1"`
	Ignored   int         `json:"ignored" doc:"requests for a person that met another bot answer; must be 0"`
	Overdue   int         `json:"overdue" doc:"messages without a disposition past their deadline; must be 0"`
	DeadJobs  int         `json:"dead_jobs"`
	Paused    bool        `json:"paused"`
	Tiles     []Row       `json:"tiles" doc:"by risk, at most 60"`
	Team      []Person    `json:"team"`
	Happening []EventLine `json:"happening"`
}

// EventLine is an event in words.
type EventLine struct {
	At           time.Time             `json:"at"`
	Kind         tandem.EventKind      `json:"kind"`
	Text         string                `json:"text"`
	Conversation tandem.ConversationID `json:"conversation,omitempty"`
}
