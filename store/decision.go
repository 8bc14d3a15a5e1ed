package store

import (
	"context"
	"database/sql"
	"time"

	"tandem"
)

// AddDecision stores a decision as it is, with the snapshot it was made from, so that it can be
// replayed: the same input gives the same decision.
func (tx *Tx) AddDecision(d tandem.Decision, input []byte) error {
	code := ""
	if len(d.Triggers) > 0 {
		code = d.Triggers[0].Code
	}
	tx.Emit(tandem.Event{Kind: tandem.DecisionMade, Conversation: d.Conversation, Subject: string(d.ID), Actor: "bot", Code: string(d.Act),
		Data: map[string]any{"touchpoint": d.Touchpoint, "level": d.Level, "rule": d.Rule, "trigger": code, "seq": d.Seq}})
	return tx.must(`insert into decision (workspace, id, conversation, seq, act, touchpoint, rule, code, outcome, body, input, at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
		tx.WS, d.ID, d.Conversation, d.Seq, d.Act, d.Touchpoint, d.Rule, code, d.Outcome, text(d), string(input), us(tx.Now))
}

// decisionColumns: where a decision belongs now is in the columns; its body stays as it was made.
const decisionColumns = `body, outcome, conversation, seq`

func scanDecision(r *sql.Rows, d *tandem.Decision) error {
	var outcome string
	var in tandem.ConversationID
	var seq int64
	err := r.Scan(body{d}, &outcome, &in, &seq)
	d.Conversation, d.Seq = in, seq
	if outcome != "" {
		d.Outcome = outcome
	}
	return err
}

// Decision reads one decision with the input it was made from.
func (db *DB) Decision(ctx context.Context, ws tandem.WorkspaceID, id tandem.DecisionID) (d tandem.Decision, input string, err error) {
	err = db.view(ctx, func(q querier) error {
		if d, err = row(ctx, q, "decision", scanDecision, `select `+decisionColumns+` from decision where workspace = $1 and id = $2`, ws, id); err != nil {
			return err
		}
		input, err = row(ctx, q, "decision", one[string], `select input from decision where workspace = $1 and id = $2`, ws, id)
		return err
	})
	return d, input, err
}

// Decisions returns decisions newest first; an empty conversation means all of them. before is the
// id of the last one already seen.
func (db *DB) Decisions(ctx context.Context, ws tandem.WorkspaceID, c tandem.ConversationID, before tandem.DecisionID, limit int) ([]tandem.Decision, error) {
	if before == "" {
		before = "~"
	}
	if c == "" {
		return list(ctx, db, scanDecision, `select `+decisionColumns+` from decision where workspace = $1 and id < $2 order by id desc`+top(limit), ws, before)
	}
	return list(ctx, db, scanDecision, `select `+decisionColumns+` from decision where workspace = $1 and conversation = $2 and id < $3 order by id desc`+top(limit), ws, c, before)
}

// DecisionOutcome records what became of a decision.
func (tx *Tx) DecisionOutcome(id tandem.DecisionID, outcome string) error {
	return tx.must(`update decision set outcome = $3 where workspace = $1 and id = $2`, tx.WS, id, outcome)
}

const handoverColumns = `id, conversation, epoch, "trigger", card, worded, step, at, taken_by, taken_at, first_reply, ended_at, ended_by, outcome, verdict`

func scanHandover(r *sql.Rows, h *tandem.Handover) error {
	return r.Scan(&h.ID, &h.Conversation, &h.Epoch, body{&h.Trigger}, body{&h.Card}, body{&h.Worded}, &h.Step, moment{&h.At}, &h.TakenBy, moment{&h.TakenAt}, moment{&h.FirstReply},
		moment{&h.EndedAt}, &h.EndedBy, &h.Outcome, &h.Verdict)
}

// AddHandover stores a hand-over with its card (I16).
func (tx *Tx) AddHandover(h tandem.Handover) error {
	return tx.must(`insert into handover (workspace, id, conversation, epoch, code, "trigger", card, step, at, taken_by, taken_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
		tx.WS, h.ID, h.Conversation, h.Epoch, h.Trigger.Code, text(h.Trigger), text(h.Card), h.Step, us(h.At), h.TakenBy, us(h.TakenAt))
}

// SaveHandover writes a hand-over that this transaction read, but for its Worded.
func (tx *Tx) SaveHandover(h tandem.Handover) error {
	return tx.must(`update handover set card = $3, step = $4, taken_by = $5, taken_at = $6, first_reply = $7, ended_at = $8, ended_by = $9, outcome = $10, verdict = $11
		where workspace = $1 and id = $2`, tx.WS, h.ID, text(h.Card), h.Step, h.TakenBy, us(h.TakenAt), us(h.FirstReply), us(h.EndedAt), h.EndedBy, h.Outcome, h.Verdict)
}

// SaveWorded writes a hand-over's summary in a model's words and nothing else, because the clock may be
// writing the rest of the row.
func (tx *Tx) SaveWorded(id tandem.HandoverID, w tandem.Worded) error {
	return tx.must(`update handover set worded = $3 where workspace = $1 and id = $2`, tx.WS, id, text(w))
}

// Handover reads one hand-over.
func (tx *Tx) Handover(id tandem.HandoverID) (tandem.Handover, error) {
	return row(context.Background(), tx, "hand-over", scanHandover, `select `+handoverColumns+` from handover where workspace = $1 and id = $2`, tx.WS, id)
}

// OpenHandover returns the stretch of people that is under way, NotFound where there is none.
func (tx *Tx) OpenHandover(c tandem.ConversationID) (tandem.Handover, error) {
	return row(context.Background(), tx, "hand-over", scanHandover, `select `+handoverColumns+` from handover where workspace = $1 and conversation = $2 and ended_at = 0 order by id desc limit 1`, tx.WS, c)
}

// LastHandover returns the newest hand-over of a conversation, ended or not.
func (db *DB) LastHandover(ctx context.Context, ws tandem.WorkspaceID, c tandem.ConversationID) (tandem.Handover, error) {
	return get(ctx, db, "hand-over", scanHandover, `select `+handoverColumns+` from handover where workspace = $1 and conversation = $2 order by id desc limit 1`, ws, c)
}

// LastHandover returns the newest hand-over within a transaction.
func (tx *Tx) LastHandover(c tandem.ConversationID) (tandem.Handover, error) {
	return row(context.Background(), tx, "hand-over", scanHandover, `select `+handoverColumns+` from handover where workspace = $1 and conversation = $2 order by id desc limit 1`, tx.WS, c)
}

const caseColumns = `id, conversation, touchpoint, opened, closed, outcome, clock_due, csat`

func scanCase(r *sql.Rows, c *tandem.Case) error {
	return r.Scan(&c.ID, &c.Conversation, &c.Touchpoint, moment{&c.Opened}, moment{&c.Closed}, &c.Outcome, moment{&c.ClockDue}, &c.CSAT)
}

// CaseOn returns the open case of a conversation on a topic, opening one where there is none. A clock
// that an open case does not have yet begins to run; one that runs is not moved.
func (tx *Tx) CaseOn(c tandem.ConversationID, touchpoint string, at, clock time.Time) (tandem.Case, error) {
	k, err := row(context.Background(), tx, "case", scanCase, `select `+caseColumns+` from matter where workspace = $1 and conversation = $2 and touchpoint = $3 and closed = 0 order by id desc limit 1`, tx.WS, c, touchpoint)
	if err == nil && k.ClockDue.IsZero() && !clock.IsZero() {
		k.ClockDue = clock
		return k, tx.must(`update matter set clock_due = $3 where workspace = $1 and id = $2`, tx.WS, k.ID, us(clock))
	}
	if tandem.KindOf(err) != tandem.NotFound || err == nil {
		return k, err
	}
	k = tandem.Case{ID: tandem.NewID[tandem.CaseID](), Conversation: c, Touchpoint: touchpoint, Opened: at, ClockDue: clock}
	return k, tx.must(`insert into matter (workspace, id, conversation, touchpoint, opened, clock_due) values ($1, $2, $3, $4, $5, $6)`, tx.WS, k.ID, c, touchpoint, us(at), us(clock))
}

// CloseCases ends the open cases of a conversation.
func (tx *Tx) CloseCases(c tandem.ConversationID, outcome string) error {
	return tx.must(`update matter set closed = $3, outcome = $4 where workspace = $1 and conversation = $2 and closed = 0`, tx.WS, c, us(tx.Now), outcome)
}

// Rate stores a customer's score of the newest case; the question is answered.
func (tx *Tx) Rate(c tandem.ConversationID, score int, words string) error {
	if err := tx.must(`update conversation set rated_at = $3 where workspace = $1 and id = $2`, tx.WS, c, us(tx.Now)); err != nil {
		return err
	}
	return tx.must(`update matter set csat = $3, csat_text = $4 where workspace = $1 and id = (select id from matter where workspace = $1 and conversation = $2 order by id desc limit 1)`, tx.WS, c, score, words)
}

const promiseColumns = `id, conversation, message, by_member, text, due, kept, broken`

func scanPromise(r *sql.Rows, p *tandem.Promise) error {
	return r.Scan(&p.ID, &p.Conversation, &p.Message, &p.By, &p.Text, moment{&p.Due}, moment{&p.Kept}, moment{&p.Broken})
}

// AddPromise makes a dated task of what was promised.
func (tx *Tx) AddPromise(p tandem.Promise) error {
	tx.Emit(tandem.Event{Kind: tandem.PromiseAdded, Conversation: p.Conversation, Subject: string(p.ID), Actor: string(p.By)})
	return tx.must(`insert into promise (workspace, id, conversation, message, by_member, text, due, created_at) values ($1, $2, $3, $4, $5, $6, $7, $8)`,
		tx.WS, p.ID, p.Conversation, p.Message, p.By, p.Text, us(p.Due), us(tx.Now))
}

// Promise reads one promise.
func (tx *Tx) Promise(id tandem.PromiseID) (tandem.Promise, error) {
	return row(context.Background(), tx, "promise", scanPromise, `select `+promiseColumns+` from promise where workspace = $1 and id = $2`, tx.WS, id)
}

// Promises returns at most 20 promises of a conversation, those that are not kept first, by their time;
// the kept ones after them; without those that were taken back before anybody read them.
func (db *DB) Promises(ctx context.Context, ws tandem.WorkspaceID, id tandem.ConversationID) ([]tandem.Promise, error) {
	return list(ctx, db, scanPromise, `select `+promiseColumns+` from promise p where workspace = $1 and conversation = $2
		and not exists (select 1 from message m where m.workspace = p.workspace and m.id = p.message and m.delivery = 'suppressed')
		order by case when kept = 0 then 0 else 1 end, case when kept = 0 then due else 0 - due end, id limit 20`, ws, id)
}

// TellPromise says that a promise falls due soon, was broken, or was asked about: to a person, or to
// everybody where to is empty.
func (tx *Tx) TellPromise(p tandem.Promise, actor, code string, to tandem.UserID) {
	tx.Emit(tandem.Event{Kind: tandem.PromiseChanged, Conversation: p.Conversation, Subject: string(p.ID), Actor: actor, Code: code,
		Data: map[string]any{"agent": to, "by": p.By, "due": p.Due.Unix()}})
}

// SavePromise records that a promise was kept or broken.
func (tx *Tx) SavePromise(p tandem.Promise, actor, code string) error {
	tx.TellPromise(p, actor, code, p.By)
	return tx.must(`update promise set kept = $3, broken = $4 where workspace = $1 and id = $2`, tx.WS, p.ID, us(p.Kept), us(p.Broken))
}

// AddNote stores a note of people.
func (tx *Tx) AddNote(n tandem.Note) error {
	tx.Emit(tandem.Event{Kind: tandem.NoteAdded, Conversation: n.Conversation, Subject: string(n.ID), Actor: string(n.By)})
	return tx.must(`insert into note (workspace, id, conversation, by_member, text, for_bot, at) values ($1, $2, $3, $4, $5, $6, $7)`,
		tx.WS, n.ID, n.Conversation, n.By, n.Text, bit(n.ForBot), us(tx.Now))
}

func scanNote(r *sql.Rows, n *tandem.Note) error {
	return r.Scan(&n.ID, &n.Conversation, &n.By, &n.Text, flag{&n.ForBot}, moment{&n.At})
}
