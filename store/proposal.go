package store

import (
	"context"
	"database/sql"
	"slices"
	"time"

	"tandem"
)

// ProposalID names a proposal to merge two customers.
type ProposalID string

// ProposalState is where a proposal is.
type ProposalState string

// The states. There is one proposal for a pair, ever; a rejected pair is not proposed again and not
// merged by proof either: a person's no outweighs a rule.
const (
	ProposalWaiting   ProposalState = "waiting"
	ProposalConfirmed ProposalState = "confirmed"
	ProposalRejected  ProposalState = "rejected"
)

// Proposal says that two customers may be one person, and why. A person decides.
type Proposal struct {
	ID        ProposalID
	A, B      tandem.CustomerID // A < B
	Evidence  []string          // codes: name, username, order, email, phone, platform; against it: shop_differs
	Score     float64           // 0 to 1: how much the evidence weighs, not a probability
	State     ProposalState
	At        time.Time
	DecidedBy string
	DecidedAt time.Time
}

const proposalColumns = `p.id, p.a, p.b, p.evidence, p.score, p.state, p.at, p.decided_by, p.decided_at`

func scanProposal(r *sql.Rows, p *Proposal) error {
	return r.Scan(&p.ID, &p.A, &p.B, body{&p.Evidence}, &p.Score, &p.State, moment{&p.At}, &p.DecidedBy, moment{&p.DecidedAt})
}

// waitingProposals leaves out customers that are part of another one at the moment: their proposals
// come back when they do.
const waitingProposals = ` from merge_proposal p join customer a on a.workspace = p.workspace and a.id = p.a join customer b on b.workspace = p.workspace and b.id = p.b
	where p.workspace = $1 and p.state = 'waiting' and a.merged_into = '' and b.merged_into = ''`

// MergeProposals returns the proposals that wait for a person, the best founded first.
func (db *DB) MergeProposals(ctx context.Context, ws tandem.WorkspaceID) ([]Proposal, error) {
	return list(ctx, db, scanProposal, `select `+proposalColumns+waitingProposals+` order by p.score desc, p.id limit 500`, ws)
}

// Proposals returns the proposals about one customer that wait for a person, the best founded first.
func (tx *Tx) Proposals(c tandem.CustomerID) ([]Proposal, error) {
	return rows(context.Background(), tx, scanProposal, `select `+proposalColumns+waitingProposals+` and (p.a = $2 or p.b = $2) order by p.score desc, p.id`, tx.WS, c)
}

// Proposal reads a proposal and keeps others from deciding on it until the commit.
func (tx *Tx) Proposal(id ProposalID) (Proposal, error) {
	return row(context.Background(), tx, "proposal", scanProposal, `select `+proposalColumns+` from merge_proposal p where p.workspace = $1 and p.id = $2`+tx.forUpdate(), tx.WS, id)
}

// Confirm merges the two customers of a proposal; the one who came first is kept. Conflict decided
// where somebody was quicker, merged where one of them is part of another customer by now.
func (tx *Tx) Confirm(id ProposalID, actor string) (MergeID, error) {
	p, err := tx.waiting(id)
	if err != nil {
		return "", err
	}
	keep, gone, err := tx.elder(p.A, p.B)
	if err != nil {
		return "", err
	}
	return tx.Merge(keep, gone, actor, "proposal", p.Evidence)
}

// Reject says that the two customers of a proposal are two people. Conflict decided where somebody
// was quicker.
func (tx *Tx) Reject(id ProposalID, actor string) error {
	p, err := tx.waiting(id)
	if err != nil {
		return err
	}
	tx.Emit(tandem.Event{Kind: tandem.CustomerChanged, Subject: string(p.A), Actor: actor, Code: "merge_rejected", Data: map[string]any{"proposal": p.ID, "a": p.A, "b": p.B}})
	return tx.settlePair(p.A, p.B, ProposalRejected, actor)
}

func (tx *Tx) waiting(id ProposalID) (Proposal, error) {
	p, err := tx.Proposal(id)
	if err == nil && p.State != ProposalWaiting {
		return p, tandem.Coded(tandem.Conflict, "decided", "the proposal is no longer waiting (%s)", p.State)
	}
	return p, err
}

// elder orders two customers by when they were first seen.
func (tx *Tx) elder(a, b tandem.CustomerID) (elder, other tandem.CustomerID, err error) {
	x, err := tx.Customer(a)
	if err != nil {
		return a, b, err
	}
	y, err := tx.Customer(b)
	if y.Since.Before(x.Since) || y.Since.Equal(x.Since) && b < a {
		return b, a, err
	}
	return a, b, err
}

// settlePair records what was decided about a pair, where there is a proposal for it.
func (tx *Tx) settlePair(a, b tandem.CustomerID, to ProposalState, actor string) error {
	return tx.must(`update merge_proposal set state = $4, decided_by = $5, decided_at = $6 where workspace = $1 and a = $2 and b = $3`,
		tx.WS, min(a, b), max(a, b), to, actor, us(tx.Now))
}

// reject marks a pair as two people, whether it was proposed or not.
func (tx *Tx) reject(a, b tandem.CustomerID, actor string) error {
	if err := tx.must(`insert into merge_proposal (workspace, id, a, b, evidence, score, state, at) values ($1, $2, $3, $4, '[]', 0, $5, $6) on conflict (workspace, a, b) do nothing`,
		tx.WS, tandem.NewID[ProposalID](), min(a, b), max(a, b), ProposalRejected, us(tx.Now)); err != nil {
		return err
	}
	return tx.settlePair(a, b, ProposalRejected, actor)
}

// rejected tells whether a person said of two customers, or of anybody who is part of them, that they
// are two people.
func (tx *Tx) rejected(a, b tandem.CustomerID) (bool, error) {
	left, err := tx.treeOf(a)
	if err != nil {
		return false, err
	}
	right, err := tx.treeOf(b)
	if err != nil {
		return false, err
	}
	l, args := in(2, left)
	r, more := in(2+len(left), right)
	n, err := row(context.Background(), tx, "proposal", one[int], `select count(*) from merge_proposal where workspace = $1 and state = 'rejected'
		and (a in `+l+` and b in `+r+` or a in `+r+` and b in `+l+`)`, append(append([]any{tx.WS}, args...), more...)...)
	return n > 0, err
}

// Propose lays a pair before a person, unless one said no before or has it waiting already: then
// only new evidence is added. It returns an empty id where there is nothing to decide.
func (tx *Tx) Propose(a, b tandem.CustomerID, evidence []string) (ProposalID, error) {
	a, b = min(a, b), max(a, b)
	score := weigh(evidence)
	if a == b || score < proposeFrom {
		return "", nil
	}
	if no, err := tx.rejected(a, b); err != nil || no {
		return "", err
	}
	p := Proposal{ID: tandem.NewID[ProposalID](), A: a, B: b}
	n, err := tx.exec(`insert into merge_proposal (workspace, id, a, b, evidence, score, state, at) values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict (workspace, a, b) do nothing`,
		tx.WS, p.ID, a, b, text(evidence), score, ProposalWaiting, us(tx.Now))
	if err != nil {
		return "", err
	}
	if n == 0 {
		return tx.moreEvidence(a, b, evidence)
	}
	tx.Emit(tandem.Event{Kind: tandem.CustomerChanged, Subject: string(a), Actor: "clock", Code: "merge_proposed", Data: map[string]any{"proposal": p.ID, "a": a, "b": b, "score": score}})
	return p.ID, nil
}

func (tx *Tx) moreEvidence(a, b tandem.CustomerID, evidence []string) (ProposalID, error) {
	p, err := row(context.Background(), tx, "proposal", scanProposal, `select `+proposalColumns+` from merge_proposal p where p.workspace = $1 and p.a = $2 and p.b = $3`+tx.forUpdate(), tx.WS, a, b)
	if err != nil || p.State != ProposalWaiting {
		return "", err
	}
	all := slices.Clone(p.Evidence)
	for _, e := range evidence {
		if !slices.Contains(all, e) {
			all = append(all, e)
		}
	}
	if len(all) == len(p.Evidence) {
		return p.ID, nil
	}
	return p.ID, tx.must(`update merge_proposal set evidence = $3, score = $4 where workspace = $1 and id = $2`, tx.WS, p.ID, text(all), weigh(all))
}

// weights say how much a thing in common speaks for one person (CHANNELS.md 8.2, row 8: for an agent
// only). Against it speaks that the shop knows them as two.
var weights = map[string]float64{"email": 0.6, "phone": 0.6, "platform": 0.6, "order": 0.5, "name": 0.4, "username": 0.35}

// proposeFrom is the least score that is worth a person's look.
const proposeFrom = 0.25

// weigh puts evidence together: each piece leaves less room for chance.
func weigh(evidence []string) float64 {
	chance := 1.0
	for _, e := range evidence {
		chance *= 1 - weights[e]
	}
	score := 1 - chance
	if slices.Contains(evidence, "shop_differs") {
		score *= 0.5
	}
	return score
}
