package store

import (
	"context"
	"fmt"

	"tandem"
)

// Erased begins the platform's key of a thread whose customer was erased.
const Erased = "erased:"

// Who is erased: a customer and everybody who was merged into that customer; and all that was said with
// them. $1 is the workspace, $2 the customer.
const (
	erasedPeople = `with recursive p (id) as (select $2 union select c.id from customer c join p on c.merged_into = p.id where c.workspace = $1) `
	erasedTalk   = erasedPeople + `, talk (id) as (select id from conversation where workspace = $1 and customer in (select id from p)) `
)

// erasures take a person out of a workspace, in this order: the last ones are what the others are found
// by. Rows that are counted stay, without a word that anybody wrote; so do the ids by which a platform's
// repeated delivery is known, and the wish not to be written to, which a sender must remember.
var erasures = []string{
	erasedTalk + `delete from example where workspace = $1 and source in (select id from message where workspace = $1 and conversation in (select id from talk))`,
	erasedTalk + `update message set text = '', parts = '[]', reading = '', template = '', removed = 1, removed_by = case when removed = 1 then removed_by else 'erasure' end where workspace = $1 and conversation in (select id from talk)`,
	erasedTalk + `update draft set text = '', original = '', final = '', claims = '[]' where workspace = $1 and conversation in (select id from talk)`,
	erasedTalk + `update note set text = '' where workspace = $1 and conversation in (select id from talk)`,
	erasedTalk + `update promise set text = '' where workspace = $1 and conversation in (select id from talk)`,
	erasedTalk + `update matter set csat_text = '' where workspace = $1 and conversation in (select id from talk)`,
	erasedTalk + `update action set subject = '', args = '{}', reason = '' where workspace = $1 and conversation in (select id from talk)`,
	erasedTalk + `update handover set card = '{"code":"' || code || '"}', worded = '{}', "trigger" = '{"code":"' || code || '"}' where workspace = $1 and conversation in (select id from talk)`,
	erasedTalk + `update decision set input = '', body = '{"id":"' || id || '","act":"' || act || '","touchpoint":"' || touchpoint || '","rule":"' || rule || '"}'
		where workspace = $1 and conversation in (select id from talk)`,
	erasedTalk + `update deflection set phone = '' where workspace = $1 and conversation in (select id from talk)`,
	erasedTalk + `update conversation set preview = '', parked = '', brief = '', instructed = '' where workspace = $1 and id in (select id from talk)`,
	erasedTalk + `update thread set external = '` + Erased + `' || id, recipient = '', subject = '' where workspace = $1 and conversation in (select id from talk)`,
	erasedPeople + `delete from referral where workspace = $1 and exists (select 1 from identity i where i.workspace = $1 and i.account = referral.account
		and i.external = referral.external and i.customer in (select id from p))`,
	erasedPeople + `delete from raw_body where workspace = $1 and exists (select 1 from identity i where i.workspace = $1 and length(i.external) > 4
		and raw_body.body like '%' || i.external || '%' and i.customer in (select id from p))`,
	erasedPeople + `delete from foretold where workspace = $1 and exists (select 1 from identity i where i.workspace = $1 and i.account = foretold.account
		and i.external = foretold.person and i.customer in (select id from p))`,
	erasedPeople + `delete from clue where workspace = $1 and customer in (select id from p)`,
	erasedPeople + `delete from merge_proposal where workspace = $1 and (a in (select id from p) or b in (select id from p))`,
	erasedPeople + `delete from merge where workspace = $1 and (kept in (select id from p) or gone in (select id from p))`,
	erasedPeople + `delete from identity where workspace = $1 and customer in (select id from p)`,
	erasedPeople + `update customer set name = '', first = '', shop = '', shop_info = '{}', vip = 0, human = 0, vulnerable = 0 where workspace = $1 and id in (select id from p)`,
}

// EraseCustomer takes out what is known of a customer and what was said (I22): text, summaries, drafts,
// notes, files, examples, the inputs of decisions, names and ids on the platforms, and the raw calls that
// name them. What is counted stays. A person who writes again is somebody new. It cannot be undone.
// Errors: NotFound; Conflict still_open where a conversation is not closed, merged where the customer is part
// of another one by now.
func (tx *Tx) EraseCustomer(id tandem.CustomerID, actor string) error {
	if _, err := tx.Customer(id); err != nil {
		return err
	}
	if whole, err := tx.rootOf(id); err != nil {
		return err
	} else if whole != id {
		return tandem.Coded(tandem.Conflict, "merged", "the customer is part of another one now: read it again, and erase the whole")
	}
	open, err := rows(context.Background(), tx, one[int], erasedTalk+`select 1 from conversation where workspace = $1 and owner <> 'closed' and merged_into = '' and id in (select id from talk) limit 1`, tx.WS, id)
	if err != nil {
		return err
	}
	if len(open) > 0 {
		return tandem.Coded(tandem.Conflict, "still_open", "close the customer's conversations first: somebody may be answering")
	}
	talks, err := rows(context.Background(), tx, one[tandem.ConversationID], erasedTalk+`select id from talk`, tx.WS, id)
	if err != nil {
		return err
	}
	for _, c := range talks {
		if err := tx.forgetFiles(`message in (select m.id from message m where m.workspace = $1 and m.conversation = $2)`, c); err != nil {
			return err
		}
	}
	for n, erase := range erasures {
		if err := tx.must(erase, tx.WS, id); err != nil {
			return fmt.Errorf("erasure %d: %w", n, err)
		}
	}
	for _, c := range talks {
		tx.Emit(tandem.Event{Kind: tandem.CustomerChanged, Conversation: c, Subject: string(id), Actor: actor, Code: "erased"})
	}
	return nil
}
