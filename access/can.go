package access

import (
	"maps"
	"slices"

	"tandem"
)

// The actions. A route names one of them, and so does every kind of event.
const (
	MeRead       = "me.read"
	MeChange     = "me.change"
	PeopleRead   = "people.read"
	PeopleChange = "people.change" // invite, role, take access away

	ConversationRead     = "conversation.read"
	ConversationTakeOver = "conversation.takeover"
	ConversationReply    = "conversation.reply"
	ConversationRelease  = "conversation.release" // give back, close
	ConversationSort     = "conversation.sort"    // priority, topic, verdict
	CustomerMerge        = "customer.merge"       // and split
	CustomerErase        = "customer.erase"
	ConversationAssign   = "conversation.assign"
	ConversationNote     = "conversation.note" // also: being seen, typing
	PromiseKeep          = "promise.keep"

	DraftRead   = "draft.read"
	DraftDecide = "draft.decide"

	ActionPropose = "action.propose"
	ActionDecide  = "action.decide" // how much is desk.Limit's matter

	WallRead       = "wall.read"
	PolicyRead     = "policy.read"
	PolicyChange   = "policy.change"
	PolicyPause    = "policy.pause"  // silence the bot
	PolicyResume   = "policy.resume" // let it speak again
	SampleRead     = "sample.read"
	DecisionRead   = "decision.read"
	DecisionReplay = "decision.replay"

	AccountRead   = "account.read"
	AccountChange = "account.change"
	AccountTest   = "account.test"

	LearningRead  = "learning.read"  // examples, versions, what is asked for
	LearningLabel = "learning.label" // say what a message means; it waits for approval
	LearningJudge = "learning.judge" // approve, brand words, train, roll back, files

	SignInRead = "signin.read"
	JobRead    = "job.read"
)

// Object is what an action is about. Workspace is always set; the rest where the rule looks at it.
type Object struct {
	Workspace tandem.WorkspaceID
	Agent     tandem.UserID // who has the conversation in hand
}

// ConversationObject is a conversation as an Object.
func ConversationObject(ws tandem.WorkspaceID, c tandem.Conversation) Object {
	return Object{Workspace: ws, Agent: c.Agent}
}

type rule func(tandem.User, Object) bool

func yes(tandem.User, Object) bool { return true }
func no(tandem.User, Object) bool  { return false }

// free is a conversation that no colleague has in hand.
func free(u tandem.User, o Object) bool { return o.Agent == "" || o.Agent == u.ID }

// row says what each role may do; the columns are agent, manager, owner.
type row struct{ agent, manager, owner rule }

// table is the whole law. Silencing the bot is everybody's right, letting it speak again is not:
// a person who sees harm must be able to stop it at once (HITL.md 3.1, tenant pause).
var table = map[string]row{
	MeRead:               {yes, yes, yes},
	MeChange:             {yes, yes, yes},
	PeopleRead:           {yes, yes, yes},
	PeopleChange:         {no, no, yes},
	ConversationRead:     {yes, yes, yes},
	ConversationTakeOver: {yes, yes, yes},
	ConversationReply:    {yes, yes, yes},
	ConversationRelease:  {free, yes, yes},
	ConversationSort:     {yes, yes, yes},
	CustomerMerge:        {yes, yes, yes},
	CustomerErase:        {no, yes, yes},
	ConversationAssign:   {free, yes, yes},
	ConversationNote:     {yes, yes, yes},
	PromiseKeep:          {yes, yes, yes},
	DraftRead:            {yes, yes, yes},
	DraftDecide:          {yes, yes, yes},
	ActionPropose:        {yes, yes, yes},
	ActionDecide:         {yes, yes, yes},
	WallRead:             {yes, yes, yes},
	PolicyRead:           {yes, yes, yes},
	PolicyChange:         {no, yes, yes},
	PolicyPause:          {yes, yes, yes},
	PolicyResume:         {no, yes, yes},
	SampleRead:           {no, yes, yes},
	DecisionRead:         {yes, yes, yes},
	DecisionReplay:       {no, yes, yes},
	AccountRead:          {yes, yes, yes},
	AccountChange:        {no, no, yes},
	AccountTest:          {no, yes, yes},
	LearningRead:         {yes, yes, yes},
	LearningLabel:        {yes, yes, yes},
	LearningJudge:        {no, yes, yes},
	SignInRead:           {no, yes, yes},
	JobRead:              {no, yes, yes},
}

// Can tells whether a person may do something to an object. Another workspace's object, an action
// that is not in the table and a role that nobody defined are always refused.
func Can(u tandem.User, action string, o Object) bool {
	r, known := table[action]
	if !known || u.ID == "" || o.Workspace == "" || o.Workspace != u.Workspace {
		return false
	}
	switch u.Role {
	case tandem.RoleAgent:
		return r.agent(u, o)
	case tandem.RoleManager:
		return r.manager(u, o)
	case tandem.RoleOwner:
		return r.owner(u, o)
	}
	return false
}

// Actions returns what a person may do in general, sorted: to something that nobody has in hand.
func Actions(u tandem.User) []string {
	var out []string
	for _, a := range slices.Sorted(maps.Keys(table)) {
		if Can(u, a, Object{Workspace: u.Workspace}) {
			out = append(out, a)
		}
	}
	return out
}

// events says which right each kind of event asks for; a kind that is not here is shown to nobody.
var events = map[tandem.EventKind]string{
	tandem.MessageAdded:      ConversationRead,
	tandem.MessageChanged:    ConversationRead,
	tandem.OwnerChanged:      ConversationRead,
	tandem.AlertRaised:       ConversationRead,
	tandem.AlertWidened:      ConversationRead,
	tandem.WindowClosing:     ConversationRead,
	tandem.CardChanged:       ConversationRead,
	tandem.CardWorded:        ConversationRead,
	tandem.DecisionMade:      DecisionRead,
	tandem.DraftAdded:        DraftRead,
	tandem.DraftChanged:      DraftRead,
	tandem.ActionAdded:       ConversationRead,
	tandem.ActionChanged:     ConversationRead,
	tandem.NoteAdded:         ConversationRead,
	tandem.PromiseAdded:      ConversationRead,
	tandem.PromiseChanged:    ConversationRead,
	tandem.ConversationMoved: ConversationRead,
	tandem.CustomerChanged:   ConversationRead,
	tandem.CustomerMerged:    ConversationRead,
	tandem.CustomerSplit:     ConversationRead,
	tandem.AccountChanged:    AccountRead,
	tandem.PolicyChanged:     PolicyRead,
	tandem.PresenceChanged:   PeopleRead,
	tandem.BotSuppressed:     ConversationRead,
	tandem.JobDead:           JobRead,
	tandem.UserSignedIn:      SignInRead,
	tandem.UserChanged:       SignInRead,
	tandem.ExampleChanged:    LearningRead,
	tandem.ModelChanged:      LearningRead,
}

// EventAction returns the right that seeing a kind of event asks for, empty for a kind that nobody
// may see.
func EventAction(k tandem.EventKind) string { return events[k] }
