package store

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strings"

	"tandem"
)

// MergeOnProof merges a customer with another one whom proof shows to be the same person, and lays
// before people whom only clues show. Proof is (HITL.md 4.1, CHANNELS.md 8.2): the same shop account,
// each linked to it at V1 or more; the same phone number or e-mail address, proven by the channel or
// on file for somebody verified at V2. No proof merges two who are linked to two shop accounts, or
// whom a person has said to be two. The elder customer is kept.
//
// It returns an empty id where nothing was merged. After a merge the caller's conversation is out of
// date; the merge has left a turn for the joint one. One call merges at most once.
func (tx *Tx) MergeOnProof(id tandem.CustomerID) (MergeID, error) {
	me, err := tx.Customer(id)
	if err != nil {
		return "", err
	}
	for _, find := range []func(tandem.Customer) ([]tandem.CustomerID, string, error){tx.sameAccount, tx.samePhone, tx.sameMail} {
		found, reason, err := find(me)
		if err != nil {
			return "", err
		}
		for _, other := range found {
			if m, err := tx.mergeProven(me, other, reason); err != nil || m != "" {
				return m, err
			}
		}
	}
	return "", tx.proposeFromClues(me)
}

// mergeProven merges two on proof, unless something speaks against it.
func (tx *Tx) mergeProven(me tandem.Customer, found tandem.CustomerID, reason string) (MergeID, error) {
	other, err := tx.rootOf(found)
	if err != nil || other == me.ID {
		return "", err
	}
	if root, err := tx.rootOf(me.ID); err != nil || root == other || root != me.ID {
		return "", err
	}
	if no, err := tx.rejected(me.ID, other); err != nil || no {
		return "", err
	}
	o, err := tx.Customer(other)
	if err != nil {
		return "", err
	}
	if me.Shop != "" && o.Shop != "" && me.Shop != o.Shop { // one person has one account: two different ones contradict
		_, err := tx.Propose(me.ID, other, []string{reason, "shop_differs"})
		return "", err
	}
	keep, gone, err := tx.elder(me.ID, other)
	if err != nil {
		return "", err
	}
	m, err := tx.Merge(keep, gone, "clock", reason, []string{reason})
	if tandem.CodeOf(err) == "merged" && err != nil { // somebody merged one of them a moment ago
		return "", nil
	}
	return m, err
}

// sameAccount finds customers who are linked to the same account of the shop.
func (tx *Tx) sameAccount(me tandem.Customer) ([]tandem.CustomerID, string, error) {
	if me.Shop == "" || me.Verified() < tandem.V1 {
		return nil, "", nil
	}
	found, err := rows(context.Background(), tx, one[tandem.CustomerID], `select c.id from customer c where c.workspace = $1 and c.shop = $2 and c.id <> $3 and c.merged_into = ''
		and exists (select 1 from identity i where i.workspace = c.workspace and i.customer = c.id and i.verified >= $4) order by c.id limit 5`, tx.WS, me.Shop, me.ID, tandem.V1)
	return found, "shop_account", err
}

// samePhone finds customers who write from the same number: a platform of numbers proves it.
func (tx *Tx) samePhone(me tandem.Customer) ([]tandem.CustomerID, string, error) {
	var forms []string
	for _, n := range tx.proven(me, isNumber, tandem.V0, func(s tandem.ShopCustomer) string { return s.Phone }) {
		if n = number164(n); n != "" { // platforms write it with or without the sign
			forms = append(forms, "+"+n, n)
		}
	}
	found, err := tx.known(me, `('whatsapp', 'sms')`, tandem.V0, forms)
	return found, "phone", err
}

// sameMail finds customers who write from the same address, where the mail passed its checks.
func (tx *Tx) sameMail(me tandem.Customer) ([]tandem.CustomerID, string, error) {
	var forms []string
	for _, a := range tx.proven(me, isMail, tandem.V1, func(s tandem.ShopCustomer) string { return s.Email }) {
		if strings.Contains(a, "@") {
			forms = append(forms, strings.ToLower(a), a)
		}
	}
	found, err := tx.known(me, `('email')`, tandem.V1, forms)
	return found, "email", err
}

func isNumber(channel string) bool { return channel == "whatsapp" || channel == "sms" }
func isMail(channel string) bool   { return channel == "email" }

// proven returns the numbers or addresses that somebody has shown to be theirs: by writing from them,
// or by being verified as the shop's customer who has them on file.
func (tx *Tx) proven(me tandem.Customer, is func(string) bool, from tandem.Level, file func(tandem.ShopCustomer) string) []string {
	var out []string
	for _, i := range me.Identities {
		if is(i.Channel) && i.Verified >= from {
			out = append(out, i.External)
		}
	}
	if me.Shop != "" && me.Verified() >= tandem.V2 {
		out = append(out, file(tx.onFile(me.ID)))
	}
	return slices.DeleteFunc(out, func(s string) bool { return s == "" })
}

// onFile is what the shop told about a customer; nothing where it told nothing.
func (tx *Tx) onFile(id tandem.CustomerID) (s tandem.ShopCustomer) {
	p, err := tx.person(id)
	if err == nil {
		_ = body{&s}.Scan(p.info)
	}
	return s
}

// known finds the other customers whom a kind of channel knows by one of some ids.
func (tx *Tx) known(me tandem.Customer, kinds string, from tandem.Level, ids []string) ([]tandem.CustomerID, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	list, args := in(4, ids)
	return rows(context.Background(), tx, one[tandem.CustomerID], `select distinct i.customer from identity i join account a on a.workspace = i.workspace and a.id = i.account
		where i.workspace = $1 and i.customer <> $2 and i.verified >= $3 and a.kind in `+kinds+` and i.external in `+list+` order by i.customer limit 5`, append([]any{tx.WS, me.ID, from}, args...)...)
}

// number164 returns a telephone number as digits with the country's code, empty where it is none: a
// WhatsApp user id has letters, a Polish number of nine digits gets its 48.
func number164(s string) string {
	d := strings.Map(func(r rune) rune {
		if strings.ContainsRune(" -().+", r) {
			return -1
		}
		return r
	}, strings.TrimSpace(s))
	if strings.Trim(d, "0123456789") != "" {
		return ""
	}
	if d = strings.TrimPrefix(d, "00"); len(d) == 9 {
		d = "48" + d
	}
	if len(d) < 10 || len(d) > 15 {
		return ""
	}
	return d
}

// sameByAlias looks at two customers of whom an account says that they are one: who writes, and whoever
// has the alias already.
func (tx *Tx) sameByAlias(who tandem.Identity, alias string) error {
	byID := `select ` + identityColumns + ` from identity i join account a on a.workspace = i.workspace and a.id = i.account where i.workspace = $1 and `
	mine, err := row(context.Background(), tx, "identity", scanIdentity, byID+`i.id = $2`, tx.WS, who.ID)
	if err != nil {
		return err
	}
	theirs, err := row(context.Background(), tx, "identity", scanIdentity, byID+`i.account = $2 and i.external = $3`, tx.WS, who.Account, alias)
	if err != nil || theirs.Customer == mine.Customer {
		return err
	}
	if mine.Verified < tandem.V3 {
		_, err := tx.Propose(mine.Customer, theirs.Customer, []string{"platform"})
		return err
	}
	// A browser that several people use has had another signed user: then it is no proof of who writes.
	others, err := row(context.Background(), tx, "identity", one[int], `select count(*) from identity where workspace = $1 and customer = $2 and account = $3 and alias = 1 and verified >= $4 and external <> $5`,
		tx.WS, mine.Customer, who.Account, tandem.V3, alias)
	if err != nil || others > 0 {
		return err
	}
	me, err := tx.Customer(mine.Customer)
	if err != nil {
		return err
	}
	_, err = tx.mergeProven(me, theirs.Customer, "signed")
	return err
}

// digest makes a clue comparable without being readable. It hides an address from a casual reader of
// the table; it does not hold against somebody who tries all telephone numbers.
func (tx *Tx) digest(kind, value string) string {
	sum := sha256.Sum256([]byte(string(tx.WS) + "\x00" + kind + "\x00" + value))
	return hex.EncodeToString(sum[:16])
}
