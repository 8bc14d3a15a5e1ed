package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"time"

	"tandem"
)

// File is an attachment whose content is kept, or is to be.
type File struct {
	ID      tandem.FileID
	Message tandem.MessageID // empty until an agent's file is sent
	Part    int              // of the message
	Account tandem.AccountID
	State   tandem.FileState
	Problem string // code of why there is no content
	Kind    string // type of the part
	Name    string
	Mime    string // as it was found, not as somebody said
	Size    int64
	Digest  string // hex SHA-256
	At      time.Time
}

const fileColumns = `id, message, part, account, state, problem, kind, name, mime, size, digest, at`

func scanFile(r *sql.Rows, f *File) error {
	return r.Scan(&f.ID, &f.Message, &f.Part, &f.Account, &f.State, &f.Problem, &f.Kind, &f.Name, &f.Mime, &f.Size, &f.Digest, moment{&f.At})
}

// FilePiece is how many bytes of a file are written at once: no other write waits for a whole film.
const FilePiece = 512 << 10

// AddFile records a file that is to be fetched or was brought by an agent.
func (tx *Tx) AddFile(f File) error {
	return tx.must(`insert into file (workspace, id, message, part, account, state, kind, name, mime, size, digest, at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
		tx.WS, f.ID, f.Message, f.Part, f.Account, f.State, f.Kind, f.Name, f.Mime, f.Size, f.Digest, us(tx.Now))
}

// File reads what is known of a file.
func (db *DB) File(ctx context.Context, ws tandem.WorkspaceID, id tandem.FileID) (File, error) {
	return get(ctx, db, "file", scanFile, `select `+fileColumns+` from file where workspace = $1 and id = $2`, ws, id)
}

// File reads what is known of a file within a transaction.
func (tx *Tx) File(id tandem.FileID) (File, error) {
	return row(context.Background(), tx, "file", scanFile, `select `+fileColumns+` from file where workspace = $1 and id = $2`, tx.WS, id)
}

// KeepFile writes the content of a file that is recorded, piece by piece, each in a transaction of its own.
// NotFound: it was forgotten meanwhile, and so was what had been written.
func (db *DB) KeepFile(ctx context.Context, ws tandem.WorkspaceID, id tandem.FileID, body []byte) error {
	for n := 0; n == 0 || n*FilePiece < len(body); n++ {
		piece := body[n*FilePiece : min((n+1)*FilePiece, len(body))]
		err := db.Write(ctx, ws, func(tx *Tx) error {
			if _, err := row(context.Background(), tx, "file", one[string], `select id from file where workspace = $1 and id = $2`+tx.forUpdate(), tx.WS, id); err != nil {
				return err
			}
			return tx.must(`insert into file_piece (workspace, file, n, body) values ($1, $2, $3, $4) on conflict (workspace, file, n) do update set body = excluded.body`, tx.WS, id, n, piece)
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// FileBody reads a file's content.
func (db *DB) FileBody(ctx context.Context, ws tandem.WorkspaceID, id tandem.FileID) ([]byte, error) {
	all, err := list(ctx, db, one[[]byte], `select body from file_piece where workspace = $1 and file = $2 order by n`, ws, id)
	var out []byte
	for _, piece := range all {
		out = append(out, piece...)
	}
	return out, err
}

// SettleFile records what became of a file, and shows it in its message.
func (tx *Tx) SettleFile(f File) error {
	if err := tx.must(`update file set message = $3, part = $4, state = $5, problem = $6, mime = $7, size = $8, digest = $9 where workspace = $1 and id = $2`,
		tx.WS, f.ID, f.Message, f.Part, f.State, f.Problem, f.Mime, f.Size, f.Digest); err != nil {
		return err
	}
	if f.Message == "" {
		return nil
	}
	was, err := row(context.Background(), tx, "message", one[string], `select parts from message where workspace = $1 and id = $2`+tx.forUpdate(), tx.WS, f.Message)
	if err != nil {
		return err
	}
	var parts []tandem.Part
	if err := json.Unmarshal([]byte(was), &parts); err != nil {
		return err
	}
	if f.Part >= len(parts) || parts[f.Part].File != f.ID {
		return tx.dropFiles(f.Message)
	}
	p := &parts[f.Part]
	p.State, p.Mime, p.Size = f.State, f.Mime, f.Size
	m, err := tx.Message(f.Message)
	if err != nil {
		return err
	}
	tx.Emit(tandem.Event{Kind: tandem.MessageChanged, Conversation: m.Conversation, Subject: string(m.ID), Actor: "clock", Code: "file", Data: map[string]any{"seq": m.Seq}})
	return tx.must(`update message set parts = $3 where workspace = $1 and id = $2`, tx.WS, f.Message, text(parts))
}

// dropFiles forgets the files of a message.
func (tx *Tx) dropFiles(m tandem.MessageID) error {
	return tx.forgetFiles(`message = $2`, m)
}

// ForgetUploads drops files that somebody brought and never sent.
func (tx *Tx) ForgetUploads(before time.Time) error {
	return tx.forgetFiles(`message = '' and at < $2`, us(before))
}

// forgetFiles forgets files under a condition, with their content: the files first, so that who is still writing
// pieces of one is waited for and then finds none.
func (tx *Tx) forgetFiles(cond string, arg any) error {
	gone, err := rows(context.Background(), tx, one[tandem.FileID], `delete from file where workspace = $1 and `+cond+` returning id`, tx.WS, arg)
	if err != nil {
		return err
	}
	for _, id := range gone {
		if err := tx.must(`delete from file_piece where workspace = $1 and file = $2`, tx.WS, id); err != nil {
			return err
		}
	}
	return nil
}
