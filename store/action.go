package store

import (
	"context"
	"database/sql"

	"tandem"
)

const actionColumns = `id, conversation, kind, subject, amount, currency, args, reason, state, proposed_by, approved_by, epoch, key, result, created_at, decided_at, held, done_at`

func scanAction(r *sql.Rows, a *tandem.Action) error {
	return r.Scan(&a.ID, &a.Conversation, &a.Kind, &a.Subject, &a.Amount, &a.Currency, body{&a.Args}, &a.Reason, &a.State, &a.By, &a.ApprovedBy, &a.Epoch, &a.Key, &a.Result,
		moment{&a.CreatedAt}, moment{&a.DecidedAt}, moment{&a.Held}, moment{&a.DoneAt})
}

// AddAction stores a proposed action and announces it.
func (tx *Tx) AddAction(a tandem.Action) error {
	if a.Args == nil {
		a.Args = map[string]string{}
	}
	tx.Emit(tandem.Event{Kind: tandem.ActionAdded, Conversation: a.Conversation, Subject: string(a.ID), Actor: a.By, Code: string(a.State), Data: map[string]any{"kind": a.Kind}})
	return tx.must(`insert into action (workspace, id, conversation, kind, subject, amount, currency, args, reason, state, proposed_by, key, created_at)
		values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`,
		tx.WS, a.ID, a.Conversation, a.Kind, a.Subject, a.Amount, a.Currency, text(a.Args), a.Reason, a.State, a.By, a.Key, us(tx.Now))
}

// Action reads an action and keeps others from deciding on it until the commit.
func (tx *Tx) Action(id tandem.ActionID) (tandem.Action, error) {
	return row(context.Background(), tx, "action", scanAction, `select `+actionColumns+` from action where workspace = $1 and id = $2`+tx.forUpdate(), tx.WS, id)
}

// Action reads an action.
func (db *DB) Action(ctx context.Context, ws tandem.WorkspaceID, id tandem.ActionID) (tandem.Action, error) {
	return get(ctx, db, "action", scanAction, `select `+actionColumns+` from action where workspace = $1 and id = $2`, ws, id)
}

// SaveAction writes what became of an action that this transaction read. What it is to do never
// changes: a person approved just that.
func (tx *Tx) SaveAction(a tandem.Action, actor string) error {
	return tx.changeAction(a, actor, nil)
}

func (tx *Tx) changeAction(a tandem.Action, actor string, data map[string]any) error {
	if data == nil {
		data = map[string]any{}
	}
	data["kind"] = a.Kind
	tx.Emit(tandem.Event{Kind: tandem.ActionChanged, Conversation: a.Conversation, Subject: string(a.ID), Actor: actor, Code: string(a.State), Data: data})
	return tx.must(`update action set state = $3, approved_by = $4, epoch = $5, result = $6, decided_at = $7, held = $8, done_at = $9 where workspace = $1 and id = $2`,
		tx.WS, a.ID, a.State, a.ApprovedBy, a.Epoch, a.Result, us(a.DecidedAt), us(a.Held), us(a.DoneAt))
}

// TakeBackAction ends the approval of an action that nobody has begun to carry out: it waits for a
// person again, and nothing is owed. The event says why.
func (tx *Tx) TakeBackAction(a tandem.Action, actor, why string) error {
	if err := tx.must(`delete from job where workspace = $1 and kind = 'act' and arg = $2`, tx.WS, a.ID); err != nil {
		return err
	}
	return tx.changeAction(a.TakeBack(why), actor, map[string]any{"why": why})
}

// WithdrawActions takes back the approved actions of a conversation that are still held: an approval
// is for what its giver saw. Those of the person except stay.
func (tx *Tx) WithdrawActions(c tandem.ConversationID, except tandem.UserID, why string) error {
	held, err := rows(context.Background(), tx, scanAction, `select `+actionColumns+` from action where workspace = $1 and conversation = $2 and state = 'approved'
		and held > $3 and approved_by <> $4 order by id`+tx.forUpdate(), tx.WS, c, us(tx.Now), except)
	if err != nil {
		return err
	}
	for _, a := range held {
		if err := tx.TakeBackAction(a, "clock", why); err != nil {
			return err
		}
	}
	return nil
}

const actionsQuery = `select ` + actionColumns + ` from action where workspace = $1 and conversation = $2 order by id desc limit 50`

// Actions returns the newest 50 actions of a conversation, the newest first.
func (tx *Tx) Actions(c tandem.ConversationID) ([]tandem.Action, error) {
	return rows(context.Background(), tx, scanAction, actionsQuery, tx.WS, c)
}

// Actions returns the same outside a transaction.
func (db *DB) Actions(ctx context.Context, ws tandem.WorkspaceID, c tandem.ConversationID) ([]tandem.Action, error) {
	return list(ctx, db, scanAction, actionsQuery, ws, c)
}
