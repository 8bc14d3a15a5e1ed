package store

import (
	"context"
	"database/sql"

	"tandem"
)

const actionColumns = `id, conversation, kind, subject, amount, currency, args, reason, state, proposed_by, approved_by, epoch, key, result, created_at, decided_at, done_at`

func scanAction(r *sql.Rows, a *tandem.Action) error {
	return r.Scan(&a.ID, &a.Conversation, &a.Kind, &a.Subject, &a.Amount, &a.Currency, body{&a.Args}, &a.Reason, &a.State, &a.By, &a.ApprovedBy, &a.Epoch, &a.Key, &a.Result,
		moment{&a.CreatedAt}, moment{&a.DecidedAt}, moment{&a.DoneAt})
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
	tx.Emit(tandem.Event{Kind: tandem.ActionChanged, Conversation: a.Conversation, Subject: string(a.ID), Actor: actor, Code: string(a.State), Data: map[string]any{"kind": a.Kind}})
	return tx.must(`update action set state = $3, approved_by = $4, epoch = $5, result = $6, decided_at = $7, done_at = $8 where workspace = $1 and id = $2`,
		tx.WS, a.ID, a.State, a.ApprovedBy, a.Epoch, a.Result, us(a.DecidedAt), us(a.DoneAt))
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
