package store

import (
	"context"

	"tandem"
)

// AddPieces records the platform's ids of the pieces of a message, so that their echoes and receipts are known
// as ours. numbers tells which piece each is, from 1; where there are fewer, nobody knows.
func (tx *Tx) AddPieces(account tandem.AccountID, m tandem.MessageID, externals []string, numbers ...int) error {
	for i, e := range externals {
		n := 0
		if i < len(numbers) {
			n = numbers[i]
		}
		if err := tx.must(`insert into message_piece (workspace, account, external, message, piece) values ($1, $2, $3, $4, $5)
			on conflict (workspace, account, external) do update set piece = excluded.piece where message_piece.piece = 0`, tx.WS, account, e, m, n); err != nil {
			return err
		}
	}
	return nil
}

// Pieces returns which pieces of a message are out, from 1, in their order; empty where it was never sent, or in
// one.
func (tx *Tx) Pieces(m tandem.MessageID) ([]int, error) {
	return rows(context.Background(), tx, one[int], `select distinct piece from message_piece where workspace = $1 and message = $2 and piece > 0 and lost = 0 order by piece`, tx.WS, m)
}

// PieceLost records that a platform did not deliver what it knows by an id, where that is a piece of a message.
func (tx *Tx) PieceLost(account tandem.AccountID, external string) error {
	return tx.must(`update message_piece set lost = 1 where workspace = $1 and account = $2 and external = $3`, tx.WS, account, external)
}

// PieceFailed records that a platform refused a piece of a message after it had taken it: the customer
// does not have all of it, however far the rest got.
func (tx *Tx) PieceFailed(m tandem.Message) error {
	tx.Emit(tandem.Event{Kind: tandem.MessageChanged, Conversation: m.Conversation, Subject: string(m.ID), Code: string(tandem.Failed), Data: map[string]any{"seq": m.Seq}})
	return tx.must(`update message set delivery = 'failed', problem = 'partly_sent' where workspace = $1 and id = $2`, tx.WS, m.ID)
}
