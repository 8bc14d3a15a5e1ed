package store

import (
	"context"
	"database/sql"
	"time"

	"tandem"
)

// Model is a version of what understands a company's messages.
type Model struct {
	Number   int64 // 1, 2, 3 ... in a workspace; 0 is what the program ships with and has no row
	Name     string
	Base     string // what the program shipped when it was trained; another program trains anew
	State    ModelState
	Used     bool
	Kept     bool           // its body is still there, so it can be used again
	Reasons  []string       // why it was refused, as codes
	Examples int            // of the company's own that it learnt from
	Held     int            // of the company's own that it was checked with
	Changed  map[string]int // new examples by topic since the version before
	Before   Figures        // of the version that was in use
	After    Figures        // of this one, on the same messages
	Took     time.Duration
	At       time.Time
	By       tandem.UserID // who asked for it; empty: the approvals did
}

// Figures are how well a version reads messages that it has not learnt from. Rates are from 0 to 1.
type Figures struct {
	N      int     `json:"n"`      // messages of the program's own check
	Topics float64 `json:"topics"` // right
	Anger  float64 `json:"anger"`  // angry ones found
	Alarms float64 `json:"alarms"` // others called angry
	Human  float64 `json:"human"`  // wishes for a person found
	OwnN   int     `json:"own_n"`  // messages of the company's own check
	Own    float64 `json:"own"`    // topics right there
	Taught float64 `json:"taught"` // of the examples it was to learn
}

// ModelState says whether a version passed its check.
type ModelState string

// The states of a version.
const (
	ModelAccepted ModelState = "accepted"
	ModelRefused  ModelState = "refused"
)

const modelColumns = `number, name, base, state, used, case when body is null then 0 else 1 end, reasons, examples, held, changed, before, after, took, at, by_member`

func scanModel(r *sql.Rows, m *Model) error {
	return r.Scan(&m.Number, &m.Name, &m.Base, &m.State, flag{&m.Used}, flag{&m.Kept}, body{&m.Reasons}, &m.Examples, &m.Held, body{&m.Changed}, body{&m.Before}, body{&m.After}, (*int64)(&m.Took), moment{&m.At}, &m.By)
}

// keptBodies is how many trained models of a workspace are kept, beside the one in use: each is some
// megabytes.
const keptBodies = 3

// AddModel stores a version under the next number. An accepted one is used from now on by every node;
// a refused one is kept for its figures only, without its body.
func (tx *Tx) AddModel(m Model, trained []byte) (Model, error) {
	n, err := row(context.Background(), tx, "model", one[int64], `select coalesce(max(number), 0) from model where workspace = $1`, tx.WS)
	if err != nil {
		return m, err
	}
	if m.Reasons == nil {
		m.Reasons = []string{}
	}
	m.Number, m.At = n+1, tx.Now
	var kept any // null: an empty list of bytes is none on one engine and nothing on the other
	if m.State == ModelAccepted {
		kept = trained
	}
	if err := tx.must(`insert into model (workspace, number, name, base, state, reasons, examples, held, changed, before, after, took, at, by_member, body)
		values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)`,
		tx.WS, m.Number, m.Name, m.Base, m.State, text(m.Reasons), m.Examples, m.Held, text(m.Changed), text(m.Before), text(m.After), int64(m.Took), us(m.At), m.By, kept); err != nil {
		return m, err
	}
	if m.State == ModelAccepted {
		return m, tx.UseModel(m.Number, m.By)
	}
	tx.Emit(tandem.Event{Kind: tandem.ModelChanged, Actor: string(m.By), Code: string(m.State), Data: map[string]any{"number": m.Number}})
	return m, nil
}

// UseModel makes a version the one in use, 0 the shipped one, and announces it. Only an accepted
// version whose body is kept can be used.
func (tx *Tx) UseModel(number int64, by tandem.UserID) error {
	if err := tx.must(`update model set used = 0 where workspace = $1 and used = 1`, tx.WS); err != nil {
		return err
	}
	if number != 0 {
		n, err := tx.exec(`update model set used = 1 where workspace = $1 and number = $2 and state = 'accepted' and body is not null`, tx.WS, number)
		if err != nil {
			return err
		}
		if n == 0 {
			return tandem.Coded(tandem.NotFound, "no_such_version", "version %d cannot be used: it was refused or is no longer kept", number)
		}
	}
	tx.Emit(tandem.Event{Kind: tandem.ModelChanged, Actor: string(by), Code: "used", Data: map[string]any{"number": number}})
	return tx.must(`update model set body = null where workspace = $1 and used = 0 and body is not null and number not in
		(select number from model where workspace = $1 and used = 0 and body is not null order by number desc limit $2)`, tx.WS, keptBodies)
}

// Models returns the versions of a workspace, newest first.
func (db *DB) Models(ctx context.Context, ws tandem.WorkspaceID, limit int) ([]Model, error) {
	return list(ctx, db, scanModel, `select `+modelColumns+` from model where workspace = $1 order by number desc limit $2`, ws, limit)
}

const inUse = `select ` + modelColumns + ` from model where workspace = $1 and used = 1`

// ModelInUse returns the version in use, one with the number 0 where that is what the program ships.
func (db *DB) ModelInUse(ctx context.Context, ws tandem.WorkspaceID) (Model, error) {
	all, err := list(ctx, db, scanModel, inUse, ws)
	if err != nil || len(all) == 0 {
		return Model{}, err
	}
	return all[0], nil
}

// ModelInUse returns the same within a transaction.
func (tx *Tx) ModelInUse() (Model, error) {
	all, err := rows(context.Background(), tx, scanModel, inUse, tx.WS)
	if err != nil || len(all) == 0 {
		return Model{}, err
	}
	return all[0], nil
}

// ModelBody reads a trained model as it was stored.
func (db *DB) ModelBody(ctx context.Context, ws tandem.WorkspaceID, number int64) ([]byte, error) {
	return get(ctx, db, "version", func(r *sql.Rows, b *[]byte) error { return r.Scan(b) },
		`select body from model where workspace = $1 and number = $2 and body is not null`, ws, number)
}

// Lessons counts the approved examples that the version in use has not learnt from, the checking ones
// aside.
func (db *DB) Lessons(ctx context.Context, ws tandem.WorkspaceID) (int, error) {
	return get(ctx, db, "workspace", one[int], `select count(*) from example where workspace = $1 and state = 'approved' and held = 0 and judged_at >
		coalesce((select max(at) from model where workspace = $1 and used = 1), 0)`, ws)
}
