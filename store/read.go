package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"tandem"
)

// querier is what a read runs on: a view of one moment, or the transaction itself.
type querier interface {
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
}

// view runs do on a consistent state of one moment.
func (db *DB) view(ctx context.Context, do func(querier) error) error {
	if db.only != nil {
		db.mem.Lock()
		defer db.mem.Unlock()
		return do(db.hand)
	}
	if !db.pg {
		return db.viewHand(ctx, do)
	}
	o := &sql.TxOptions{ReadOnly: true, Isolation: sql.LevelRepeatableRead}
	t, err := db.pool.BeginTx(ctx, o)
	if err != nil {
		return tandem.Errorf(tandem.Transient, "read: %w", err)
	}
	defer t.Rollback()
	return do(t)
}

// top is the end of a query that reads at most n rows. The number is part of the text: SQLite plans a
// query whose limit is a parameter anew each time it runs.
func top(n int) string { return " limit " + strconv.Itoa(n) }

// rows reads a list. scan is called once a row.
func rows[T any](ctx context.Context, q querier, scan func(*sql.Rows, *T) error, query string, args ...any) (out []T, err error) {
	r, err := q.QueryContext(ctx, query, legible(args)...)
	if err != nil {
		return nil, fmt.Errorf("%.60s: %w", query, err)
	}
	defer r.Close()
	for r.Next() {
		var v T
		if err := scan(r, &v); err != nil {
			return nil, fmt.Errorf("%.60s: %w", query, err)
		}
		out = append(out, v)
	}
	return out, r.Err()
}

// row reads one row; NotFound names what was looked for.
func row[T any](ctx context.Context, q querier, what string, scan func(*sql.Rows, *T) error, query string, args ...any) (T, error) {
	all, err := rows(ctx, q, scan, query, args...)
	if err != nil {
		var none T
		return none, err
	}
	if len(all) == 0 {
		var none T
		return none, tandem.Coded(tandem.NotFound, "not_found", "no such %s", what)
	}
	return all[0], nil
}

// list is rows on a view of its own.
func list[T any](ctx context.Context, db *DB, scan func(*sql.Rows, *T) error, query string, args ...any) (out []T, err error) {
	err = db.view(ctx, func(q querier) error {
		out, err = rows(ctx, q, scan, query, args...)
		return err
	})
	return out, err
}

// get is row on a view of its own.
func get[T any](ctx context.Context, db *DB, what string, scan func(*sql.Rows, *T) error, query string, args ...any) (out T, err error) {
	err = db.view(ctx, func(q querier) error {
		out, err = row(ctx, q, what, scan, query, args...)
		return err
	})
	return out, err
}

// one scans a single column.
func one[T any](r *sql.Rows, v *T) error { return r.Scan(v) }

// legible makes texts of what can be stored and asked for on any engine: PostgreSQL takes no zero byte and
// nothing that is no UTF-8, and whoever sends that is no reason to refuse a message. What is written and what
// is looked for become the same.
func legible(args []any) []any {
	for i, a := range args {
		v := reflect.ValueOf(a)
		if v.Kind() != reflect.String {
			continue
		}
		if s := v.String(); strings.IndexByte(s, 0) >= 0 || !utf8.ValidString(s) {
			args[i] = strings.ToValidUTF8(strings.ReplaceAll(s, "\x00", ""), "\uFFFD")
		}
	}
	return args
}

// us is a moment as it is stored: microseconds since 1970, 0 for never.
func us(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMicro()
}

// bornSince is below every id that was made at a moment or later, on whatever node: ids begin with the
// milliseconds of their making (RFC 9562, section 5.7). What is looked for by its time is found by the key that
// way, without an index of its own; clocks of nodes may differ by a minute.
func bornSince(t time.Time) string {
	ms := fmt.Sprintf("%012x", max(0, t.Add(-time.Minute).UnixMilli()))
	return ms[:8] + "-" + ms[8:]
}

// moment scans what us wrote.
type moment struct{ t *time.Time }

// Scan implements sql.Scanner.
func (m moment) Scan(v any) error {
	n, ok := v.(int64)
	if !ok {
		return fmt.Errorf("a moment is a bigint, not %T", v)
	}
	*m.t = time.Time{}
	if n != 0 {
		*m.t = time.UnixMicro(n).UTC()
	}
	return nil
}

// flag scans a 0 or 1.
type flag struct{ b *bool }

// Scan implements sql.Scanner.
func (f flag) Scan(v any) error {
	n, ok := v.(int64)
	if !ok {
		return fmt.Errorf("a flag is a bigint, not %T", v)
	}
	*f.b = n != 0
	return nil
}

func bit(b bool) int64 {
	if b {
		return 1
	}
	return 0
}

// text is a value as JSON text.
func text(v any) string {
	b, err := json.Marshal(v)
	if err != nil {
		panic(err) // our own types always marshal
	}
	return string(b)
}

// body scans JSON text into a value.
type body struct{ v any }

// Scan implements sql.Scanner.
func (b body) Scan(v any) error {
	s, ok := v.(string)
	if !ok {
		if raw, isBytes := v.([]byte); isBytes {
			s, ok = string(raw), true
		}
	}
	if !ok {
		return fmt.Errorf("JSON is a text, not %T", v)
	}
	if s == "" {
		return nil
	}
	return json.Unmarshal([]byte(s), b.v)
}

// nullable is a text that is stored as null when empty, so that unique keys ignore it.
func nullable(s string) any {
	if s == "" {
		return nil
	}
	return s
}

// maybe scans a text that may be null.
type maybe struct{ s *string }

// Scan implements sql.Scanner.
func (m maybe) Scan(v any) error {
	switch v := v.(type) {
	case nil:
		*m.s = ""
	case string:
		*m.s = v
	case []byte:
		*m.s = string(v)
	default:
		return errors.New("not a text")
	}
	return nil
}
