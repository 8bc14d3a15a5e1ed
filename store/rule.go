package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"time"

	"tandem"
)

// Rule is a setting of a company that is a small document of its own: which systems are asked, and
// others to come. Kind says how Body, a JSON object, is read.
type Rule struct {
	ID      string
	Kind    string
	Body    string
	Version int64
	At      time.Time
	By      tandem.UserID
}

const ruleColumns = `id, kind, body, version, at, by_member`

func scanRule(r *sql.Rows, l *Rule) error {
	return r.Scan(&l.ID, &l.Kind, &l.Body, &l.Version, moment{&l.At}, &l.By)
}

// Rules returns the rules of a kind, in the order in which they were made.
func (db *DB) Rules(ctx context.Context, ws tandem.WorkspaceID, kind string) ([]Rule, error) {
	return list(ctx, db, scanRule, `select `+ruleColumns+` from rule where workspace = $1 and kind = $2 order by id`, ws, kind)
}

// SaveRule adds or changes a rule and announces it by its kind.
func (tx *Tx) SaveRule(r Rule) error {
	tx.Emit(tandem.Event{Kind: tandem.PolicyChanged, Subject: r.ID, Actor: string(r.By), Code: r.Kind})
	return tx.must(`insert into rule (workspace, id, kind, body, version, at, by_member) values ($1, $2, $3, $4, 1, $5, $6)
		on conflict (workspace, id) do update set body = excluded.body, version = rule.version + 1, at = excluded.at, by_member = excluded.by_member`,
		tx.WS, r.ID, r.Kind, r.Body, us(tx.Now), r.By)
}

// DropRule forgets a rule and announces it.
func (tx *Tx) DropRule(r Rule) error {
	tx.Emit(tandem.Event{Kind: tandem.PolicyChanged, Subject: r.ID, Actor: string(r.By), Code: r.Kind})
	return tx.must(`delete from rule where workspace = $1 and id = $2`, tx.WS, r.ID)
}

// Source is a system that is asked for facts: a shop or a courier. Its secrets are sealed at rest.
type Source struct {
	ID       string
	Kind     string
	Settings map[string]string
	Secrets  map[string]string
}

// sourceRule is the kind of the rules that hold sources.
const sourceRule = "lookup"

type storedSource struct {
	Kind     string            `json:"kind"`
	Settings map[string]string `json:"settings"`
	Sealed   string            `json:"sealed,omitempty"`
}

// Sources returns the systems that a company asks for facts, with their secrets.
func (db *DB) Sources(ctx context.Context, ws tandem.WorkspaceID) ([]Source, error) {
	all, err := db.Rules(ctx, ws, sourceRule)
	if err != nil {
		return nil, err
	}
	var out []Source
	for _, r := range all {
		var s storedSource
		if err := json.Unmarshal([]byte(r.Body), &s); err != nil {
			return nil, tandem.Errorf(tandem.Internal, "the settings of source %s cannot be read: %w", r.ID, err)
		}
		one := Source{ID: r.ID, Kind: s.Kind, Settings: s.Settings, Secrets: map[string]string{}}
		if s.Sealed != "" {
			if db.sealer == nil {
				return nil, tandem.Coded(tandem.Internal, "no_key", "source %s has secrets, and no key was given", r.ID)
			}
			plain, err := db.sealer.Open(s.Sealed, "rule/"+r.ID)
			if err != nil {
				return nil, tandem.Coded(tandem.Internal, "wrong_key", "the secrets of source %s cannot be read with this key", r.ID)
			}
			if err := json.Unmarshal([]byte(plain), &one.Secrets); err != nil {
				return nil, err
			}
		}
		out = append(out, one)
	}
	return out, nil
}

// SaveSource adds or changes a system that is asked for facts.
func (tx *Tx) SaveSource(s Source, by tandem.UserID) error {
	kept := storedSource{Kind: s.Kind, Settings: s.Settings}
	if len(s.Secrets) > 0 {
		if tx.db.sealer == nil {
			return tandem.Coded(tandem.Internal, "no_key", "secrets cannot be stored: no key was given")
		}
		sealed, err := tx.db.sealer.Seal(text(s.Secrets), "rule/"+s.ID)
		if err != nil {
			return err
		}
		kept.Sealed = sealed
	}
	return tx.SaveRule(Rule{ID: s.ID, Kind: sourceRule, Body: text(kept), By: by})
}
