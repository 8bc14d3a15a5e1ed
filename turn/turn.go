// Package turn tells the story of one message: what is known, what it means, who answers, what is
// said. It is the only place where the rooms meet.
package turn

import (
	"cmp"
	"context"
	"errors"
	"time"

	"tandem"
	"tandem/bot"
	"tandem/job"
	"tandem/nlu"
	"tandem/policy"
	"tandem/store"
)

// Patience is how long the bot may think, lookups included; then a person is asked. With a burst
// gathered for at most a second this keeps the promise of an answer within five.
const Patience = 3500 * time.Millisecond

// Turn holds what a turn needs.
type Turn struct {
	DB       *store.DB
	NLU      func(tandem.WorkspaceID) *nlu.Model // the workspace's own model, live
	Lookup   func(tandem.WorkspaceID) tandem.Lookup
	Channels func(tandem.AccountID) (Line, bool)
	Window   Window        // nil: no channel has one
	School   School        // trains the workspaces' own models
	Writer   tandem.Writer // words the cards; nil: they stay as they are
	Think    time.Duration // how long the bot may think; 0: Patience
}

// Run takes one turn in a conversation. It reads once, thinks without a lock or a transaction, and
// writes once; a customer or a person who was quicker wins. When a person owns the conversation the
// same turn runs, and its last line is a suggestion.
func (t Turn) Run(ctx context.Context, j store.Job) (err error) {
	defer tandem.Wrap(&err, "turn %s", j.Arg)
	s, err := t.DB.Snapshot(ctx, j.Workspace, tandem.ConversationID(j.Arg), time.Now().UTC())
	if err != nil || s.Conversation.Owner == tandem.Closed || len(s.Unanswered()) == 0 {
		return err
	}
	if how, chose := choice(s); chose {
		return t.park(ctx, j, s, how)
	}
	in := policy.Input{Snapshot: trim(s), Reading: understand(t.NLU(j.Workspace), s), Unheard: bot.Unheard(s)}
	if in.Attempts, err = t.DB.Attempts(ctx, j.Workspace, s.Customer.ID, s.Now); err != nil {
		return err
	}
	if d, hard := policy.Hard(in); hard && s.Conversation.Owner == tandem.Bot {
		return t.commit(ctx, j, s, in, d) // with what is known; the facts complete the card later
	}

	think, stop := context.WithTimeout(ctx, cmp.Or(t.Think, Patience))
	defer stop()
	f := t.find(think, j.Workspace, s, in.Reading)
	in.Findings = &f
	d := policy.Decide(in)
	private, d, moved := aside(s, in, d)
	if d.Act == tandem.Answer || d.Act == tandem.Ask || d.Act == tandem.Propose {
		r := bot.Compose(s, d, f)
		in.Reply, in.Again = &r, said(s, r)
		d = policy.Decide(in)
	}
	if !moved || d.Act != tandem.Ask {
		return t.commit(ctx, j, s, in, d)
	}
	return t.commit(ctx, j, s, in, d, private)
}

// find looks up what the topic is about. A lookup that fails is told in the findings: the bot or the
// agent goes on with what is known.
func (t Turn) find(ctx context.Context, ws tandem.WorkspaceID, s tandem.Snapshot, r tandem.Reading) tandem.Findings {
	need := policy.Needs[r.Touchpoint]
	person := s.Conversation.Owner != tandem.Bot
	look := t.Lookup(ws)
	if look == nil || !need.Facts && !person {
		return tandem.Findings{}
	}
	f, err := look.Find(ctx, tandem.Query{
		Customer: s.Customer, Touchpoint: r.Touchpoint, Entities: given(s, r), Now: s.Now, Zone: s.Zone(), Lang: s.Workspace.Lang,
	})
	if err != nil {
		f.Failed = append(f.Failed, "lookup")
	}
	return f
}

// commit writes what a decision means, in one transaction with the end of the job.
func (t Turn) commit(ctx context.Context, j store.Job, s tandem.Snapshot, in policy.Input, d tandem.Decision, private ...tandem.Reply) error {
	d.ID = tandem.NewID[tandem.DecisionID]()
	w := settle{s: s, in: in, d: d, watch: t.watch, over: t.handOver, word: t.word}
	if len(private) > 0 {
		w.private = &private[0]
	}
	if d.Act == tandem.HandOver || d.Act == tandem.Suggest {
		w.prepare(t.NLU(j.Workspace))
	}
	err := t.DB.Write(ctx, j.Workspace, func(tx *store.Tx) error {
		if err := w.run(tx); err != nil {
			return err
		}
		return tx.Finish(j)
	})
	if err == nil || errors.Is(err, job.Finished) {
		return job.Finished
	}
	return err
}
