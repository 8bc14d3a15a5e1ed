package store

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"time"

	"tandem"
)

// Example is a message with what a person said about it: from a correction at the desk, a company's
// file, or asked for by the machine. Its text has no personal data in it.
type Example struct {
	ID         tandem.ExampleID
	Lang       string
	Touchpoint string
	Mood       tandem.Mood // empty where nobody said
	Human      bool        // the writer asks for a person
	Text       string
	Source     string // the message it came from, FromHand or FromFile
	State      ExampleState
	Held       bool     // kept apart to check new versions; it never teaches one
	Why        []string // why the machine asks for a label, as codes
	Value      float64  // how much a label would teach, 0 to 1
	By         tandem.UserID
	At         time.Time
	JudgedBy   tandem.UserID
	JudgedAt   time.Time
}

// ExampleState says what became of an example.
type ExampleState string

// The states of an example. A suggested one has the machine's guess for a label and teaches nothing.
const (
	Suggested ExampleState = "suggested"
	Waiting   ExampleState = "waiting"
	Approved  ExampleState = "approved"
	Rejected  ExampleState = "rejected"
)

// The sources of examples that no message of a customer stands behind.
const (
	FromHand = "hand"
	FromFile = "file"
)

const exampleColumns = `id, lang, touchpoint, mood, human, text, source, state, held, why, value, by_member, at, judged_by, judged_at`

func scanExample(r *sql.Rows, e *Example) error {
	return r.Scan(&e.ID, &e.Lang, &e.Touchpoint, &e.Mood, flag{&e.Human}, &e.Text, &e.Source, &e.State, flag{&e.Held}, body{&e.Why}, &e.Value, &e.By, moment{&e.At}, &e.JudgedBy, moment{&e.JudgedAt})
}

// AddExample stores an example in its state and announces it. One message gives one example: a later
// one replaces what nobody has approved yet.
func (tx *Tx) AddExample(e Example) (Example, error) {
	if e.ID == "" {
		e.ID = tandem.NewID[tandem.ExampleID]()
	}
	if e.Why == nil {
		e.Why = []string{}
	}
	e.At = tx.Now
	if e.Source != FromHand && e.Source != FromFile {
		if err := tx.must(`delete from example where workspace = $1 and source = $2 and state in ('waiting', 'suggested')`, tx.WS, e.Source); err != nil {
			return e, err
		}
	}
	if e.State == Approved {
		e.JudgedBy, e.JudgedAt = e.By, tx.Now
		if err := tx.outdate(&e); err != nil {
			return e, err
		}
	}
	tx.announce(e, string(e.By))
	return e, tx.must(`insert into example (workspace, id, lang, touchpoint, mood, human, text, source, state, held, why, value, by_member, at, judged_by, judged_at)
		values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)`,
		tx.WS, e.ID, e.Lang, e.Touchpoint, e.Mood, bit(e.Human), e.Text, e.Source, e.State, bit(e.Held), text(e.Why), e.Value, e.By, us(e.At), e.JudgedBy, us(e.JudgedAt))
}

func (tx *Tx) announce(e Example, actor string) {
	if e.State == Suggested {
		return // a list that the machine makes for itself is no news of each line
	}
	tx.Emit(tandem.Event{Kind: tandem.ExampleChanged, Subject: string(e.ID), Actor: actor, Code: string(e.State), Data: map[string]any{"touchpoint": e.Touchpoint, "mood": e.Mood, "held": e.Held}})
}

// outdate takes back what was approved about the same words before: two labels for one text teach
// nothing. A text stays on the side of the check on which it is.
func (tx *Tx) outdate(e *Example) error {
	held, err := rows(context.Background(), tx, one[int64], `select held from example where workspace = $1 and text = $2 and state = 'approved' and id <> $3`, tx.WS, e.Text, e.ID)
	if err != nil || len(held) == 0 {
		return err
	}
	e.Held = slices.Contains(held, 1)
	return tx.must(`update example set state = 'rejected', judged_by = $4, judged_at = $5 where workspace = $1 and text = $2 and state = 'approved' and id <> $3`, tx.WS, e.Text, e.ID, e.JudgedBy, us(tx.Now))
}

// Example reads one example and keeps others from judging it until the commit.
func (tx *Tx) Example(id tandem.ExampleID) (Example, error) {
	return row(context.Background(), tx, "example", scanExample, `select `+exampleColumns+` from example where workspace = $1 and id = $2`+tx.forUpdate(), tx.WS, id)
}

// SaveExample writes what a person changed of an example that this transaction read: its label, its
// words, its state. Whose word it is stands in JudgedBy.
func (tx *Tx) SaveExample(e Example) error {
	e.JudgedAt = tx.Now
	if e.State == Approved {
		if err := tx.outdate(&e); err != nil {
			return err
		}
	}
	tx.announce(e, string(e.JudgedBy))
	return tx.must(`update example set lang = $3, touchpoint = $4, mood = $5, human = $6, text = $7, state = $8, held = $9, judged_by = $10, judged_at = $11 where workspace = $1 and id = $2`,
		tx.WS, e.ID, e.Lang, e.Touchpoint, e.Mood, bit(e.Human), e.Text, e.State, bit(e.Held), e.JudgedBy, us(e.JudgedAt))
}

// ForgetExamples drops what was made of a message, because its author took it back.
func (tx *Tx) ForgetExamples(m tandem.MessageID) error {
	return tx.must(`delete from example where workspace = $1 and source = $2`, tx.WS, m)
}

// DropSuggested forgets what the machine asked for and nobody answered.
func (tx *Tx) DropSuggested() error {
	return tx.must(`delete from example where workspace = $1 and state = 'suggested'`, tx.WS)
}

// Examples returns a workspace's own examples in a state, newest first; suggested ones by how much
// their label would teach. A zero limit is all. Find looks for a part of the text or of the topic.
func (db *DB) Examples(ctx context.Context, ws tandem.WorkspaceID, state ExampleState, find string, limit int) ([]Example, error) {
	if limit == 0 {
		limit = 1 << 30
	}
	return list(ctx, db, scanExample, `select `+exampleColumns+` from example where workspace = $1 and state = $2 and ($3 = '' or `+folded("text")+` like $4 escape '!' or touchpoint like $4 escape '!') order by value desc, id desc limit $5`,
		ws, state, find, partOf(find), limit)
}

// ExampleCounts are how many examples are in each state.
type ExampleCounts struct {
	By   map[ExampleState]int
	Held int // of the approved ones
}

// CountExamples counts a workspace's examples.
func (db *DB) CountExamples(ctx context.Context, ws tandem.WorkspaceID) (ExampleCounts, error) {
	out := ExampleCounts{By: map[ExampleState]int{}}
	type line struct {
		state ExampleState
		held  bool
		n     int
	}
	all, err := list(ctx, db, func(r *sql.Rows, l *line) error { return r.Scan(&l.state, flag{&l.held}, &l.n) },
		`select state, held, count(*) from example where workspace = $1 group by state, held`, ws)
	for _, l := range all {
		out.By[l.state] += l.n
		if l.held && l.state == Approved {
			out.Held += l.n
		}
	}
	return out, err
}

// KnownExample tells whether the same text with the same label waits or teaches already.
func (tx *Tx) KnownExample(e Example) (bool, error) {
	n, err := row(context.Background(), tx, "example", one[int64], `select count(*) from example where workspace = $1 and text = $2 and touchpoint = $3 and mood = $4 and human = $5 and state in ('approved', $6)`,
		tx.WS, e.Text, e.Touchpoint, e.Mood, bit(e.Human), e.State)
	return n > 0, err
}

// CountApproved counts the approved examples within a transaction.
func (tx *Tx) CountApproved() (int, error) {
	return row(context.Background(), tx, "example", one[int], `select count(*) from example where workspace = $1 and state = 'approved'`, tx.WS)
}

// ChangedExamples counts, by topic, the examples that began to teach after a moment.
func (db *DB) ChangedExamples(ctx context.Context, ws tandem.WorkspaceID, since time.Time) (map[string]int, error) {
	type line struct {
		topic string
		n     int
	}
	out := map[string]int{}
	all, err := list(ctx, db, func(r *sql.Rows, l *line) error { return r.Scan(&l.topic, &l.n) },
		`select touchpoint, count(*) from example where workspace = $1 and state = 'approved' and held = 0 and judged_at > $2 group by touchpoint`, ws, us(since))
	for _, l := range all {
		out[l.topic] = l.n
	}
	return out, err
}

// Unlabelled is a message that nobody has said anything about.
type Unlabelled struct {
	ID       tandem.MessageID
	Text     string
	Reading  *tandem.Reading // as it was read when it came
	Name     string          // of the customer
	Topic    string          // of its conversation now
	Lang     string
	Rejected bool // a draft that answered it was rejected because of its topic
}

// Unlabelled returns the newest messages of customers since a moment that no example was made of.
func (db *DB) Unlabelled(ctx context.Context, ws tandem.WorkspaceID, since time.Time, limit int) ([]Unlabelled, error) {
	return list(ctx, db, func(r *sql.Rows, u *Unlabelled) error {
		return r.Scan(&u.ID, &u.Text, body{&u.Reading}, &u.Name, &u.Topic, &u.Lang, flag{&u.Rejected})
	}, `select m.id, m.text, m.reading, coalesce(u.name, ''), c.touchpoint, c.lang,
			case when exists (select 1 from draft d where d.workspace = m.workspace and d.conversation = m.conversation and d.seq = m.seq and d.state = 'rejected' and d.reason = 'topic') then 1 else 0 end
		from message m join conversation c on c.workspace = m.workspace and c.id = m.conversation left join customer u on u.workspace = c.workspace and u.id = c.customer
		where m.workspace = $1 and m.id >= $2 and m.origin = 'customer' and m.text <> '' and m.removed = 0
			and not exists (select 1 from example e where e.workspace = m.workspace and e.source = m.id and e.state <> 'suggested')
		order by m.id desc limit $3`, ws, idFrom(since), limit)
}

// idFrom is the least identifier of a moment: a UUIDv7 begins with its milliseconds (RFC 9562, 5.7),
// so the primary key is an index of time.
func idFrom(t time.Time) string {
	ms := max(t.UnixMilli(), 0)
	return fmt.Sprintf("%08x-%04x-0000-0000-000000000000", ms>>16, ms&0xffff)
}
