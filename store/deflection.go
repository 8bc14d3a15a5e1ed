package store

import (
	"context"
	"database/sql"
	"time"

	"tandem"
)

// Deflection is a caller of the hotline who chose to go on in writing.
type Deflection struct {
	ID     string
	Code   string
	Phone  string // digits with the country code
	Call   string // the hotline's id of the call
	Topic  string
	Prompt string // version of the announcement that the caller agreed to
	Waited time.Duration
	At     time.Time
	UsedAt time.Time
}

const deflectionColumns = `id, code, phone, call_ref, topic, prompt, waited, at, used_at`

func scanDeflection(r *sql.Rows, d *Deflection) error {
	return r.Scan(&d.ID, &d.Code, &d.Phone, &d.Call, &d.Topic, &d.Prompt, &d.Waited, moment{&d.At}, moment{&d.UsedAt})
}

// Deflect records a caller's choice. The same call again returns what is there already.
func (tx *Tx) Deflect(d Deflection) (Deflection, error) {
	if err := tx.must(`insert into deflection (workspace, id, code, phone, call_ref, topic, prompt, waited, at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
		on conflict (workspace, call_ref) do nothing`, tx.WS, tandem.NewID[string](), d.Code, d.Phone, d.Call, d.Topic, d.Prompt, d.Waited, us(tx.Now)); err != nil {
		return d, err
	}
	return row(context.Background(), tx, "call", scanDeflection, `select `+deflectionColumns+` from deflection where workspace = $1 and call_ref = $2`, tx.WS, d.Call)
}

// Deflected finds the call that somebody goes on from: by the code in what they write, or by the number
// they write from, since a moment and not used yet.
func (tx *Tx) Deflected(code, phone string, since time.Time) (Deflection, error) {
	return row(context.Background(), tx, "call", scanDeflection, `select `+deflectionColumns+` from deflection where workspace = $1 and used_at = 0 and at >= $4
		and (code = $2 or phone = $3) order by case when code = $2 then 0 else 1 end, at desc limit 1`, tx.WS, code, phone, us(since))
}

// UseDeflection ties a call to the conversation in which it goes on; its code is used up.
func (tx *Tx) UseDeflection(d Deflection, c tandem.ConversationID) error {
	tx.Emit(tandem.Event{Kind: tandem.ConversationMoved, Conversation: c, Actor: "customer", Code: "from_voice", Data: map[string]any{"waited_s": int64(d.Waited / time.Second)}})
	return tx.must(`update deflection set used_at = $3, conversation = $4 where workspace = $1 and id = $2`, tx.WS, d.ID, us(tx.Now), c)
}
