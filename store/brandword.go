package store

import (
	"context"
	"encoding/json"
	"slices"

	"tandem"
)

// BrandWord is a word that means something of its own at a company. Pattern is in the lexicon's
// language: "skandal*" stands for every ending.
type BrandWord struct {
	ID      string        `json:"-"`
	Side    string        `json:"side"` // one of Sides
	Pattern string        `json:"pattern"`
	By      tandem.UserID `json:"-"`
}

// Sides are what a brand's word can mean: it hands over alone, it counts beside others, or it is
// harmless here although it sounds bad.
var Sides = []string{"hard", "soft", "harmless"}

// WordRule is the kind of the rules that hold a brand's words.
const WordRule = "word"

// mostWords bounds the brand's words: each is tried on every message.
const mostWords = 500

// AddBrandWord stores a word and announces it. The same word twice is refused.
func (tx *Tx) AddBrandWord(w BrandWord, by tandem.UserID) (BrandWord, error) {
	if !slices.Contains(Sides, w.Side) {
		return w, tandem.Coded(tandem.Invalid, "bad_side", "a word is hard, soft or harmless")
	}
	all, err := brandWords(context.Background(), tx, tx.WS)
	if err != nil {
		return w, err
	}
	if slices.ContainsFunc(all, func(o BrandWord) bool { return o.Pattern == w.Pattern }) {
		return w, tandem.Coded(tandem.Conflict, "word_exists", "the word is on the list already")
	}
	if len(all) >= mostWords {
		return w, tandem.Coded(tandem.Invalid, "too_many_words", "a company has at most %d words of its own", mostWords)
	}
	w.ID, w.By = tandem.NewID[string](), by
	return w, tx.SaveRule(Rule{ID: w.ID, Kind: WordRule, Body: text(w), By: by})
}

// DropBrandWord forgets a word and announces it.
func (tx *Tx) DropBrandWord(id string, by tandem.UserID) error {
	all, err := brandWords(context.Background(), tx, tx.WS)
	if err == nil && !slices.ContainsFunc(all, func(w BrandWord) bool { return w.ID == id }) {
		return tandem.Coded(tandem.NotFound, "not_found", "no such word")
	}
	if err != nil {
		return err
	}
	return tx.DropRule(Rule{ID: id, Kind: WordRule, By: by})
}

func brandWords(ctx context.Context, q querier, ws tandem.WorkspaceID) ([]BrandWord, error) {
	all, err := rows(ctx, q, scanRule, `select `+ruleColumns+` from rule where workspace = $1 and kind = $2 order by id`, ws, WordRule)
	var out []BrandWord
	for _, r := range all {
		w := BrandWord{ID: r.ID, By: r.By}
		if err := json.Unmarshal([]byte(r.Body), &w); err != nil {
			return nil, tandem.Errorf(tandem.Internal, "word %s cannot be read: %w", r.ID, err)
		}
		out = append(out, w)
	}
	return out, err
}

// BrandWords returns a company's own words, in the order in which they were added.
func (db *DB) BrandWords(ctx context.Context, ws tandem.WorkspaceID) (out []BrandWord, err error) {
	err = db.view(ctx, func(q querier) error {
		out, err = brandWords(ctx, q, ws)
		return err
	})
	return out, err
}
