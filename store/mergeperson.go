package store

import (
	"context"
	"database/sql"
	"fmt"

	"tandem"
)

// person is what a customer's record holds of a person. A merge fills what the kept one lacks from
// the gone one and remembers what it filled, so that a split can take exactly that back.
type person struct {
	name, first, lang, shop, info string
	vip, human, vulnerable        bool
}

func (tx *Tx) person(id tandem.CustomerID) (person, error) {
	return row(context.Background(), tx, "customer", func(r *sql.Rows, p *person) error {
		return r.Scan(&p.name, &p.first, &p.lang, &p.shop, &p.info, flag{&p.vip}, flag{&p.human}, flag{&p.vulnerable})
	}, `select name, first, lang, shop, shop_info, vip, human, vulnerable from customer where workspace = $1 and id = $2`, tx.WS, id)
}

func (tx *Tx) savePerson(id tandem.CustomerID, p person) error {
	return tx.must(`update customer set name = $3, first = $4, lang = $5, shop = $6, shop_info = $7, vip = $8, human = $9, vulnerable = $10 where workspace = $1 and id = $2`,
		tx.WS, id, p.name, p.first, p.lang, p.shop, p.info, bit(p.vip), bit(p.human), bit(p.vulnerable))
}

// words and flags name the parts of a record, each with its place in it.
func (p *person) words() map[string]*string {
	return map[string]*string{"name": &p.name, "first": &p.first, "lang": &p.lang, "shop": &p.shop}
}

func (p *person) flags() map[string]*bool {
	return map[string]*bool{"vip": &p.vip, "human": &p.human, "vulnerable": &p.vulnerable}
}

// take fills what p lacks from another and returns the names of what it filled. A shop account is
// taken with what the shop told about it.
func (p *person) take(from person) []string {
	filled := []string{}
	theirs, flags := from.words(), from.flags()
	for name, mine := range p.words() {
		if *mine == "" && *theirs[name] != "" {
			*mine = *theirs[name]
			filled = append(filled, name)
			if name == "shop" {
				p.info = from.info
			}
		}
	}
	for name, mine := range p.flags() {
		if !*mine && *flags[name] {
			*mine = true
			filled = append(filled, name)
		}
	}
	return filled
}

// giveBack empties what was filled from another, unless it was changed since.
func (p *person) giveBack(from person, filled []string) {
	mine, theirs, flags := p.words(), from.words(), p.flags()
	for _, name := range filled {
		if b, ok := flags[name]; ok {
			*b = false
			continue
		}
		if w, ok := mine[name]; ok && *w == *theirs[name] {
			*w = ""
			if name == "shop" {
				p.info = "{}"
			}
		}
	}
}

// joinPeople makes one record of two and returns what the kept one took over.
func (tx *Tx) joinPeople(keep, gone tandem.CustomerID) ([]string, error) {
	k, err := tx.person(keep)
	if err != nil {
		return nil, err
	}
	g, err := tx.person(gone)
	if err != nil {
		return nil, err
	}
	filled := k.take(g)
	if err := tx.savePerson(keep, k); err != nil {
		return nil, err
	}
	return filled, tx.must(`update customer set merged_into = $3 where workspace = $1 and id = $2`, tx.WS, gone, keep)
}

// partPeople takes out of the records above a customer what had come from it: of the one it was
// merged into, of the one that was merged into later, up to the root. What another merge that is
// still in force has as well is filled in from there.
func (tx *Tx) partPeople(m Merge, root tandem.CustomerID) error {
	if err := tx.must(`update customer set merged_into = '' where workspace = $1 and id = $2`, tx.WS, m.Gone); err != nil {
		return err
	}
	from, err := tx.person(m.Gone)
	if err != nil {
		return err
	}
	// A later merge may have handed on what this one had brought.
	for edge := m; ; {
		p, err := tx.person(edge.Kept)
		if err != nil {
			return err
		}
		p.giveBack(from, edge.filled)
		if err := tx.refill(&p, edge.Kept, m.ID); err != nil {
			return err
		}
		if err := tx.savePerson(edge.Kept, p); err != nil {
			return err
		}
		if edge.Kept == root {
			break
		}
		if edge, err = tx.edgeOf(edge.Kept); err != nil {
			return err
		}
	}
	return tx.partShop(m.Gone, root)
}

// refill completes a record from the other customers that are merged into it.
func (tx *Tx) refill(p *person, id tandem.CustomerID, but MergeID) error {
	edges, err := rows(context.Background(), tx, scanMerge, `select `+mergeColumns+` from merge where workspace = $1 and kept = $2 and undone_at = 0 and id <> $3 order by id`, tx.WS, id, but)
	if err != nil {
		return err
	}
	for _, e := range edges {
		from, err := tx.person(e.Gone)
		if err != nil {
			return err
		}
		more := p.take(from)
		if len(more) == 0 {
			continue
		}
		if err := tx.must(`update merge set filled = $3 where workspace = $1 and id = $2`, tx.WS, e.ID, text(append(e.filled, more...))); err != nil {
			return err
		}
	}
	return nil
}

// partShop lets a shop account that was linked while two were one go with the identities that proved
// it: it does not stay with somebody of whom nothing is proven.
func (tx *Tx) partShop(gone, root tandem.CustomerID) error {
	r, err := tx.Customer(root)
	if err != nil || r.Shop == "" || r.Verified() >= tandem.V1 {
		return err
	}
	g, err := tx.Customer(gone)
	if err != nil || g.Verified() < tandem.V1 || g.Shop != "" && g.Shop != r.Shop {
		return err
	}
	stays, err := tx.person(root)
	if err != nil {
		return err
	}
	goes, err := tx.person(gone)
	if err != nil {
		return err
	}
	goes.shop, goes.info = stays.shop, stays.info
	stays.shop, stays.info = "", "{}"
	if err := tx.savePerson(gone, goes); err != nil {
		return err
	}
	return tx.savePerson(root, stays)
}

// edgeOf returns the merge in force by which a customer is gone.
func (tx *Tx) edgeOf(gone tandem.CustomerID) (Merge, error) {
	return row(context.Background(), tx, "merge", scanMerge, `select `+mergeColumns+` from merge where workspace = $1 and gone = $2 and undone_at = 0`, tx.WS, gone)
}

// rootOf returns the customer that somebody is part of now: themselves where they were not merged.
func (tx *Tx) rootOf(id tandem.CustomerID) (tandem.CustomerID, error) {
	for range 1000 { // a ring cannot come about under the locks; if it did, a loop must not hang the writer
		into, err := row(context.Background(), tx, "customer", one[tandem.CustomerID], `select merged_into from customer where workspace = $1 and id = $2`, tx.WS, id)
		if err != nil || into == "" {
			return id, err
		}
		id = into
	}
	return id, fmt.Errorf("the merges of customer %s have no end", id)
}

// treeOf returns a customer with all who are merged into it, directly or by others.
func (tx *Tx) treeOf(id tandem.CustomerID) ([]tandem.CustomerID, error) {
	return rows(context.Background(), tx, one[tandem.CustomerID], `with recursive tree(id) as (select cast($2 as text)
		union select c.id from customer c join tree on c.merged_into = tree.id where c.workspace = $1) select id from tree order by id`, tx.WS, id)
}
