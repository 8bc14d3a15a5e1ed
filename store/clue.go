package store

import (
	"context"
	"database/sql"
	"slices"
	"strings"
	"unicode/utf8"

	"tandem"
)

// clue is something that a customer has or mentioned and that another one may have in common.
type clue struct{ kind, value string }

// commonTo is how many others may share a clue before it says nothing: the shop's own address, a
// name that many have, the order number of an example.
const commonTo = 5

// clueMessages is how many of the newest messages are looked at for clues.
const clueMessages = 8

// proposeFromClues remembers the clues that are new about a customer and proposes whomever they
// point to. Nothing new, nothing to look for: an ordinary message costs two short reads.
func (tx *Tx) proposeFromClues(me tandem.Customer) error {
	all, err := tx.clues(me)
	if err != nil {
		return err
	}
	have, err := rows(context.Background(), tx, func(r *sql.Rows, c *clue) error { return r.Scan(&c.kind, &c.value) }, `select kind, value from clue where workspace = $1 and customer = $2`, tx.WS, me.ID)
	if err != nil {
		return err
	}
	// Whoever has the same clue is looked for once, when the second of two has it.
	found := map[tandem.CustomerID][]string{}
	for _, c := range all {
		if c.value = tx.digest(c.kind, c.value); slices.Contains(have, c) {
			continue
		}
		have = append(have, c)
		if err := tx.must(`insert into clue (workspace, kind, value, customer, at) values ($1, $2, $3, $4, $5) on conflict (workspace, kind, value, customer) do nothing`, tx.WS, c.kind, c.value, me.ID, us(tx.Now)); err != nil {
			return err
		}
		others, err := rows(context.Background(), tx, one[tandem.CustomerID], `select customer from clue where workspace = $1 and kind = $2 and value = $3 and customer <> $4 order by customer limit 6`, tx.WS, c.kind, c.value, me.ID)
		if err != nil {
			return err
		}
		if len(others) > commonTo {
			continue
		}
		for _, o := range others {
			root, err := tx.rootOf(o)
			if err != nil {
				return err
			}
			if root != me.ID && !slices.Contains(found[root], c.kind) {
				found[root] = append(found[root], c.kind)
			}
		}
	}
	return tx.proposeAll(me, found)
}

func (tx *Tx) proposeAll(me tandem.Customer, found map[tandem.CustomerID][]string) error {
	for other, evidence := range found {
		o, err := tx.Customer(other)
		if err != nil {
			return err
		}
		if !apartByChannel(me, o) { // two accounts of one platform with one name are two people as a rule
			evidence = slices.DeleteFunc(evidence, func(e string) bool { return e == "name" || e == "username" })
		}
		if me.Shop != "" && o.Shop != "" && me.Shop != o.Shop {
			evidence = append(evidence, "shop_differs")
		}
		slices.Sort(evidence)
		if _, err := tx.Propose(me.ID, other, evidence); err != nil {
			return err
		}
	}
	return nil
}

// apartByChannel tells whether two customers write on different channels.
func apartByChannel(a, b tandem.Customer) bool {
	for _, i := range a.Identities {
		for _, j := range b.Identities {
			if i.Channel != j.Channel {
				return true
			}
		}
	}
	return false
}

// clues are what is known of a customer that another record of the same person may have as well.
// What somebody merely wrote proves nothing; it is worth a person's look.
func (tx *Tx) clues(me tandem.Customer) ([]clue, error) {
	var out []clue
	add := func(kind, value string) {
		if value != "" {
			out = append(out, clue{kind, value})
		}
	}
	file := tandem.ShopCustomer{}
	if me.Shop != "" {
		file = tx.onFile(me.ID)
	}
	// The shop's own data count as well: what one types may be what is on file for the other.
	add("name", fullName(me.Name))
	add("name", fullName(file.Name))
	add("email", strings.ToLower(file.Email))
	add("phone", number164(file.Phone))
	for _, i := range me.Identities {
		add("name", fullName(i.Name))
		add("username", handle(i.Username))
		switch {
		case isNumber(i.Channel):
			add("phone", number164(i.External))
		case isMail(i.Channel):
			add("email", strings.ToLower(i.External))
		}
	}
	said, err := rows(context.Background(), tx, scanMessage, `select `+prefixed("m", messageColumns)+` from message m join conversation c on c.workspace = m.workspace and c.id = m.conversation
		where c.workspace = $1 and c.customer = $2 and m.origin = 'customer' and m.removed = 0 order by m.seq desc`+top(clueMessages), tx.WS, me.ID)
	for _, m := range said {
		if m.Reading == nil {
			continue
		}
		for _, e := range m.Reading.Entities {
			switch e.Kind {
			case "order":
				add("order", strings.ToUpper(strings.TrimSpace(e.Value)))
			case "email":
				add("email", strings.ToLower(strings.TrimSpace(e.Value)))
			case "phone":
				add("phone", number164(e.Value))
			}
		}
	}
	return out, err
}

// prefixed names the columns of a list by their table.
func prefixed(table, columns string) string {
	names := strings.Split(columns, ",")
	for i, n := range names {
		names[i] = table + "." + strings.TrimSpace(n)
	}
	return strings.Join(names, ", ")
}

// fullName folds a name, empty where it is not a first name and a surname.
func fullName(s string) string {
	words := strings.Fields(plain.Replace(strings.ToLower(s)))
	if len(words) < 2 || utf8.RuneCountInString(strings.Join(words, "")) < 6 {
		return ""
	}
	slices.Sort(words) // "Lis Katarzyna" is Katarzyna Lis
	return strings.Join(words, " ")
}

// handle folds a user name, empty where it is too short to tell anything.
func handle(s string) string {
	s = strings.ToLower(strings.TrimPrefix(strings.TrimSpace(s), "@"))
	if len(s) < 5 {
		return ""
	}
	return s
}
