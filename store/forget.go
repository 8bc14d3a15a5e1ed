package store

import (
	"context"
	"slices"
	"strings"

	"tandem"
)

// RemoveMessage blanks a message that was taken back and keeps the tombstone with by whom; a customer's that
// waited for an answer waits no more. Its words go from wherever they were written down: examples, files,
// the cards of hand-overs and what decisions were made from.
func (tx *Tx) RemoveMessage(m tandem.Message, by tandem.Remover) error {
	tx.Emit(tandem.Event{Kind: tandem.MessageChanged, Conversation: m.Conversation, Subject: string(m.ID), Code: "removed", Actor: string(by), Data: map[string]any{"seq": m.Seq}})
	for _, forget := range []func(tandem.Message) error{
		func(m tandem.Message) error { return tx.ForgetExamples(m.ID) },
		func(m tandem.Message) error { return tx.dropFiles(m.ID) },
		tx.forgetInCards, tx.forgetInDecisions,
	} {
		if err := forget(m); err != nil {
			return err
		}
	}
	return tx.must(`update message set text = '', parts = '[]', reading = '', removed = 1, removed_by = $3,
		disposition = case when disposition in ('pending', 'queued') then 'closed' else disposition end where workspace = $1 and id = $2`, tx.WS, m.ID, by)
}

// forgetInCards takes the quotations of a message out of the cards of its conversation, and the summaries
// in a model's words, which may tell anything.
func (tx *Tx) forgetInCards(m tandem.Message) error {
	all, err := rows(context.Background(), tx, scanHandover, `select `+handoverColumns+` from handover where workspace = $1 and conversation = $2 order by id`, tx.WS, m.Conversation)
	if err != nil {
		return err
	}
	for _, h := range all {
		h.Card.Quotes = slices.DeleteFunc(h.Card.Quotes, func(q tandem.Quote) bool { return q.Seq == m.Seq })
		wordless(h.Trigger.Evidence, m.Text)
		if err := tx.must(`update handover set card = $3, "trigger" = $4, worded = '{}' where workspace = $1 and id = $2`, tx.WS, h.ID, text(h.Card), text(h.Trigger)); err != nil {
			return err
		}
	}
	return nil
}

// forgetInDecisions drops what the decisions from this message on were made from: they can be explained,
// and replayed no more. The data that the message gave goes from the decision about it.
func (tx *Tx) forgetInDecisions(m tandem.Message) error {
	about, err := rows(context.Background(), tx, scanDecision, `select `+decisionColumns+` from decision where workspace = $1 and conversation = $2 and seq = $3 order by id`,
		tx.WS, m.Conversation, m.Seq)
	if err != nil {
		return err
	}
	for _, d := range about {
		d.Reading.Entities = nil
		wordless(d.Reading.Evidence, m.Text)
		for _, g := range d.Triggers {
			wordless(g.Evidence, m.Text)
		}
		if err := tx.must(`update decision set body = $3 where workspace = $1 and id = $2`, tx.WS, d.ID, text(d)); err != nil {
			return err
		}
	}
	return tx.must(`update decision set input = '' where workspace = $1 and conversation = $2 and seq >= $3`, tx.WS, m.Conversation, m.Seq)
}

// wordless takes the words of a text out of evidence; the rule that was found in them stays.
func wordless(all []tandem.Evidence, said string) {
	for i, e := range all {
		if e.Text != "" && strings.Contains(strings.ToLower(said), strings.ToLower(e.Text)) {
			all[i].Text = ""
		}
	}
}
