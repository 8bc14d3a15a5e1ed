package store

import (
	"context"
	"strings"

	"tandem"
)

// Recipient records the id by which a platform says that it knows the receiver of a message. Another one than the
// message was aimed at is one more id of the same person: a private reply tells who wrote the comment, also where the
// comment named nobody (CHANNELS.md 8.1), and WhatsApp tells the user id of a number (CHANNELS.md 6.5). Who has that
// id already is the same person, proven by the platform where its ids are no telephone numbers; a person decides where they
// are, because numbers are given to new people. What is written to a private place from then on goes to the id that was
// told.
func (tx *Tx) Recipient(th tandem.Thread, told string) error {
	if told == "" || strings.TrimPrefix(told, "+") == strings.TrimPrefix(th.To, "+") {
		return nil
	}
	who, err := row(context.Background(), tx, "identity", scanIdentity, `select `+identityColumns+` from identity i join account a on a.workspace = i.workspace and a.id = i.account
		where i.workspace = $1 and i.account = $2 and i.external = $3`, tx.WS, th.Account, th.To)
	if tandem.KindOf(err) == tandem.NotFound {
		return nil
	}
	if err != nil {
		return err
	}
	if isNumber(th.Channel) { // the number stays what is written to
		return tx.Alias(who, told)
	}
	if err := tx.must(`update thread set external = $3, recipient = $3 where workspace = $1 and id = $2 and surface = 'dm' and recipient = $4
		and not exists (select 1 from thread o where o.workspace = $1 and o.account = $5 and o.external = $3)`, tx.WS, th.ID, told, th.To, th.Account); err != nil {
		return err
	}
	n, err := tx.addAlias(who, told)
	if err != nil || n > 0 {
		return err
	}
	theirs, err := row(context.Background(), tx, "identity", scanIdentity, `select `+identityColumns+` from identity i join account a on a.workspace = i.workspace and a.id = i.account
		where i.workspace = $1 and i.account = $2 and i.external = $3`, tx.WS, th.Account, told)
	if err != nil || theirs.Customer == who.Customer {
		return err
	}
	me, err := tx.Customer(who.Customer)
	if err != nil {
		return err
	}
	_, err = tx.mergeProven(me, theirs.Customer, "recipient")
	return err
}
