package app

import (
	"context"
	"io"
	"net/http"
	"time"

	"tandem/access"
	"tandem/web"
)

// build puts every URL on one page. Below /api/ each line names the right that it asks for.
func (a *App) build() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /healthz", alive)
	mux.HandleFunc("GET /readyz", a.ready)

	mux.HandleFunc("GET /hook/{hook}", a.hook)
	mux.HandleFunc("POST /hook/{hook}", a.hook)
	mux.HandleFunc("GET /hook/{hook}/{rest...}", a.hook)
	mux.HandleFunc("POST /hook/{hook}/{rest...}", a.hook)

	mux.HandleFunc("GET /widget.js", a.loader)
	mux.HandleFunc("GET /widget/{site}/frame", a.frame)
	mux.HandleFunc("OPTIONS /widget/{site}/{any...}", a.allowed)
	mux.HandleFunc("POST /widget/{site}/session", a.session)
	mux.HandleFunc("POST /widget/{site}/messages", a.asVisitor(&a.perVisitor, longestWidgetBody, a.said))
	mux.HandleFunc("GET /widget/{site}/messages", a.asVisitor(&a.perSign, longestWidgetBody, a.history))
	mux.HandleFunc("POST /widget/{site}/files", a.asVisitor(&a.perVisitor, maxVisitorFile, a.visitorBrings))
	mux.HandleFunc("GET /widget/{site}/files/{id}", a.asVisitor(&a.perSign, longestWidgetBody, a.visitorReads))
	mux.HandleFunc("GET /widget/{site}/stream", a.asVisitor(&a.perSign, longestWidgetBody, a.listen))
	mux.HandleFunc("POST /widget/{site}/human", a.asVisitor(&a.perVisitor, longestWidgetBody, a.human))
	mux.HandleFunc("POST /widget/{site}/rating", a.asVisitor(&a.perVisitor, longestWidgetBody, a.rate))
	mux.HandleFunc("POST /widget/{site}/read", a.asVisitor(&a.perSign, longestWidgetBody, a.saw))
	mux.HandleFunc("POST /widget/{site}/typing", a.asVisitor(&a.perSign, longestWidgetBody, a.types))

	api := http.NewServeMux()
	a.api = newAPI(api)
	a.signIn()
	a.byInvitation()
	a.apiDesk()
	a.apiCare()
	a.apiManage()
	a.apiLearning()
	api.HandleFunc("GET /api/events", a.stream)
	a.describeStream()
	api.HandleFunc("GET /api/files/{id}", a.file)
	api.HandleFunc("POST /api/files", a.upload)
	a.describeFile()
	api.HandleFunc("/api/", noSuchRoute)
	mux.Handle("/api/", web.SameOrigin(a.identified(api), words))

	mux.HandleFunc("/", a.static)
	return web.Guard(mux, words, a.conf.Quiet)
}

// apiDesk are reading, sending and the approval queue.
func (a *App) apiDesk() {
	route(a, "GET", "/api/me", access.MeRead, "Who is signed in, and what the desk needs once", a.me)
	route(a, "PUT", "/api/me", access.MeChange, "Change your language or go away", a.setMe)
	route(a, "GET", "/api/conversations", access.ConversationRead, "A page of a list of conversations", a.list)
	route(a, "GET", "/api/conversations/{id}", access.ConversationRead, "Everything about one conversation", a.show)
	route(a, "GET", "/api/conversations/{id}/messages", access.ConversationRead, "Older messages", a.earlier)
	route(a, "POST", "/api/conversations/{id}/takeover", access.ConversationTakeOver, "Take over; the bot falls silent at once", a.takeOver)
	route(a, "POST", "/api/conversations/{id}/reply", access.ConversationReply, "Answer the customer; also takes over", a.reply)
	route(a, "POST", "/api/conversations/{id}/cancel", access.ConversationReply, "Take back a reply that has not gone out", a.cancel)
	route(a, "GET", "/api/conversations/{id}/templates", access.ConversationRead, "What may be said outside the window, with the values that fit", a.templates)
	act(a, "POST", "/api/conversations/{id}/retry", access.ConversationReply, "Send a failed message again", a.retry)
	route(a, "GET", "/api/drafts", access.DraftRead, "The approval queue", a.queue)
	route(a, "POST", "/api/drafts/{id}/open", access.DraftDecide, "Look at a draft alone for a minute; repeat to keep it", a.openDraft)
	act(a, "POST", "/api/drafts/{id}/release", access.DraftDecide, "Let others look at it", a.releaseDraft)
	route(a, "POST", "/api/drafts/{id}/approve", access.DraftDecide, "Send a draft in your name", a.approve)
	act(a, "POST", "/api/drafts/{id}/reject", access.DraftDecide, "Say no, with a reason", a.reject)
}

// apiCare is everything else that happens to a conversation.
func (a *App) apiCare() {
	act(a, "POST", "/api/conversations/{id}/return", access.ConversationRelease, "Give the conversation back to the bot", a.giveBack)
	act(a, "POST", "/api/conversations/{id}/close", access.ConversationRelease, "Close the matter", a.close)
	route(a, "POST", "/api/conversations/{id}/note", access.ConversationNote, "Write a note for colleagues, or a whisper for the bot", a.note)
	act(a, "POST", "/api/conversations/{id}/assign", access.ConversationAssign, "Give it to a person or a team", a.assign)
	act(a, "POST", "/api/conversations/{id}/priority", access.ConversationSort, "Change its place in the queue", a.priority)
	act(a, "POST", "/api/conversations/{id}/topic", access.ConversationSort, "Correct topic or mood; the correction waits as an example", a.topic)
	act(a, "POST", "/api/conversations/{id}/verdict", access.ConversationSort, "Was the hand-over right, early or late", a.verdict)
	act(a, "POST", "/api/conversations/{id}/seen", access.ConversationNote, "You are looking at it", a.seen)
	act(a, "POST", "/api/conversations/{id}/typing", access.ConversationNote, "You are writing", a.typing)
	route(a, "GET", "/api/merges", access.ConversationRead, "Customers who may be, or were made, one person", a.merges)
	route(a, "POST", "/api/merges", access.CustomerMerge, "Make two customers one; can be undone at any time", a.merge)
	act(a, "POST", "/api/merges/{id}/split", access.CustomerMerge, "Undo a merge; no message is lost", a.split)
	act(a, "POST", "/api/customers/{id}/erase", access.CustomerErase, "Erase all that is known of a customer and what was said; cannot be undone", a.eraseCustomer)
	route(a, "POST", "/api/proposals/{id}", access.CustomerMerge, "Say whether two customers are one person", a.decideProposal)
	route(a, "POST", "/api/conversations/{id}/actions", access.ActionPropose, "Propose a refund or a change of address; nothing is done yet", a.propose)
	route(a, "POST", "/api/actions/{id}/approve", access.ActionDecide, "Have an action carried out, in your name; sends no text", a.approveAction)
	route(a, "POST", "/api/actions/{id}/cancel", access.ActionDecide, "Take back your approval of an action before it is carried out", a.cancelAction)
	route(a, "POST", "/api/actions/{id}/reject", access.ActionDecide, "Say no to an action, with a reason", a.rejectAction)
	route(a, "POST", "/api/deflections", access.ConversationReply, "Let a caller of the hotline go on in writing: a link to WhatsApp, good for a day", a.deflect)
	act(a, "POST", "/api/promises/{id}/keep", access.PromiseKeep, "What was promised is done", a.keep)
}

// apiManage is what a company is run by.
func (a *App) apiManage() {
	route(a, "GET", "/api/wall", access.WallRead, "The live wall", a.wall)
	route(a, "GET", "/api/policy", access.PolicyRead, "The map of topics and the evidence for more autonomy", a.policy)
	route(a, "PUT", "/api/policy/touchpoints/{id}", access.PolicyChange, "Move a topic; the bot obeys from the next message on", a.setTouchpoint)
	act(a, "POST", "/api/policy/touchpoints/{id}/raise", access.PolicyChange, "Give a topic the next level in a language and channel group, on evidence", a.raise)
	route(a, "GET", "/api/samples", access.SampleRead, "How good the bot and its reviewers are, as sampled: planted errors, second reviews, withheld suggestions", a.samples)
	act(a, "POST", "/api/policy/pause", access.PolicyPause, "Silence the bot, on a topic or everywhere; or let it speak again", a.pause)
	route(a, "GET", "/api/decisions", access.DecisionRead, "The decision log", a.log)
	route(a, "GET", "/api/decisions/{id}", access.DecisionRead, "One decision with everything that led to it", a.decision)
	route(a, "POST", "/api/decisions/{id}/replay", access.DecisionReplay, "Decide again from what was stored", a.replay)
	route(a, "GET", "/api/people", access.PeopleChange, "The company's people, also those whose access was taken away", a.members)
	route(a, "POST", "/api/people", access.PeopleChange, "Add a person, who sets a password with the link of the answer", a.addMember)
	act(a, "PUT", "/api/people/{id}", access.PeopleChange, "Give a person another role, or take their access away: what they had returns to the queue", a.changeMember)
	route(a, "POST", "/api/people/{id}/invite", access.PeopleChange, "Make a new link with which a person sets a password", a.invite)
	route(a, "GET", "/api/accounts", access.AccountRead, "Connected channels and what can be connected", a.listAccounts)
	route(a, "POST", "/api/accounts", access.AccountChange, "Connect a channel", a.addAccount)
	route(a, "PUT", "/api/accounts/{id}", access.AccountChange, "Change a connection", a.changeAccount)
	act(a, "POST", "/api/news/{id}/seen", access.AccountTest, "Put a piece of news about a connection aside", a.seeNews)
	route(a, "POST", "/api/accounts/{id}/test", access.AccountTest, "Ask the platform what is wrong with a connection", a.testAccount)
}

// apiLearning is how a company teaches what understands its messages.
func (a *App) apiLearning() {
	route(a, "GET", "/api/learning", access.LearningRead, "Versions, the brand's own words and what waits", a.learning)
	route(a, "GET", "/api/learning/examples", access.LearningRead, "The company's own examples", a.examples)
	route(a, "POST", "/api/learning/examples", access.LearningLabel, "Add an example by hand; it waits unless you may approve", a.addExample)
	route(a, "PUT", "/api/learning/examples/{id}", access.LearningLabel, "Label, change, approve or reject an example", a.judge)
	route(a, "POST", "/api/learning/import", access.LearningJudge, "Add the examples of a file, approved", a.importExamples)
	route(a, "GET", "/api/learning/export", access.LearningJudge, "The approved examples as a file", a.exportExamples)
	act(a, "POST", "/api/learning/train", access.LearningJudge, "Train a new version now; it is used unless it got worse", a.train)
	act(a, "POST", "/api/learning/use", access.LearningJudge, "Go back to an earlier version", a.useVersion)
	act(a, "POST", "/api/learning/weekly", access.LearningLabel, "Make the list of messages to label anew", a.weekly)
	route(a, "POST", "/api/learning/words", access.LearningJudge, "Add a word of the brand's own", a.addWord)
	act(a, "DELETE", "/api/learning/words/{id}", access.LearningJudge, "Forget a word of the brand's own", a.dropWord)
	route(a, "POST", "/api/learning/try", access.LearningRead, "Read a sentence as if a customer had written it; nothing is kept", a.try)
}

func alive(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "text/plain")
	io.WriteString(w, "ok\n")
}

// ready tells whether the node serves: its store answers.
func (a *App) ready(w http.ResponseWriter, r *http.Request) {
	ctx, cancel := context.WithTimeout(r.Context(), 2*time.Second)
	defer cancel()
	if _, err := a.db.Workspaces(ctx); err != nil {
		web.WriteProblem(w, r, words, err)
		return
	}
	alive(w, r)
}
