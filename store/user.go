package store

import (
	"context"
	"database/sql"
	"time"

	"tandem"
)

const userColumns = `workspace, id, email, name, role, lang, away`

func scanUser(r *sql.Rows, u *tandem.User) error {
	var away bool
	err := r.Scan(&u.Workspace, &u.ID, &u.Email, &u.Name, &u.Role, &u.Lang, flag{&away})
	u.Present = !away
	return err
}

// Users returns the people of a workspace who may sign in.
func (db *DB) Users(ctx context.Context, ws tandem.WorkspaceID) ([]tandem.User, error) {
	return list(ctx, db, scanUser, `select `+userColumns+` from member where workspace = $1 and disabled = 0 order by name`, ws)
}

// User reads one person.
func (db *DB) User(ctx context.Context, ws tandem.WorkspaceID, id tandem.UserID) (tandem.User, error) {
	return get(ctx, db, "user", scanUser, `select `+userColumns+` from member where workspace = $1 and id = $2 and disabled = 0`, ws, id)
}

// User reads one person within a transaction.
func (tx *Tx) User(id tandem.UserID) (tandem.User, error) {
	return row(context.Background(), tx, "user", scanUser, `select `+userColumns+` from member where workspace = $1 and id = $2 and disabled = 0`, tx.WS, id)
}

// Credential is what signing in is checked against.
type Credential struct {
	User tandem.User
	Hash string
}

// Credentials returns everybody with an e-mail address, over all workspaces.
func (db *DB) Credentials(ctx context.Context, email string) ([]Credential, error) {
	return list(ctx, db, func(r *sql.Rows, c *Credential) error {
		var away bool
		err := r.Scan(&c.User.Workspace, &c.User.ID, &c.User.Email, &c.User.Name, &c.User.Role, &c.User.Lang, flag{&away}, &c.Hash)
		c.User.Present = !away
		return err
	}, `select `+userColumns+`, password from member where email = $1 and disabled = 0`, email)
}

// SaveUser adds or changes a person; an empty hash keeps the password.
func (tx *Tx) SaveUser(u tandem.User, hash string) error {
	err := tx.must(`insert into member (workspace, id, email, name, role, lang, password, created_at) values ($1, $2, $3, $4, $5, $6, $7, $8)
		on conflict (workspace, id) do update set email = excluded.email, name = excluded.name, role = excluded.role, lang = excluded.lang,
		password = case when excluded.password = '' then member.password else excluded.password end`,
		tx.WS, u.ID, u.Email, u.Name, u.Role, u.Lang, hash, us(tx.Now))
	if unique(err) {
		return tandem.Coded(tandem.Conflict, "email_taken", "somebody with this e-mail address is already there")
	}
	if err == nil {
		tx.changed(u.ID, "saved")
	}
	return err
}

// SetDisabled takes a person's access away, with every session that is open anywhere, or gives it
// back. What the person did stays as it is; what the person has in hand is desk.Disable's matter.
func (tx *Tx) SetDisabled(id tandem.UserID, disabled bool) error {
	n, err := tx.exec(`update member set disabled = $3 where workspace = $1 and id = $2`, tx.WS, id, bit(disabled))
	if err != nil {
		return err
	}
	if n == 0 {
		return tandem.Coded(tandem.NotFound, "not_found", "there is no such person")
	}
	if err := tx.must(`delete from session where workspace = $1 and member = $2`, tx.WS, id); err != nil {
		return err
	}
	if err := tx.must(`delete from invite where workspace = $1 and member = $2`, tx.WS, id); err != nil {
		return err
	}
	tx.changed(id, map[bool]string{true: "disabled", false: "enabled"}[disabled])
	return nil
}

// changed tells every node that what a person may do has changed, or that a session has ended.
func (tx *Tx) changed(id tandem.UserID, code string) {
	tx.Emit(tandem.Event{Kind: tandem.UserChanged, Subject: string(id), Code: code})
}

// SetAway records that a person takes no conversations, or does again.
func (tx *Tx) SetAway(id tandem.UserID, away bool) error {
	tx.Emit(tandem.Event{Kind: tandem.PresenceChanged, Subject: string(id), Code: map[bool]string{true: "away", false: "here"}[away]})
	return tx.must(`update member set away = $3 where workspace = $1 and id = $2`, tx.WS, id, bit(away))
}

// StartSession stores the hash of a session's token.
func (tx *Tx) StartSession(token string, u tandem.UserID, expires time.Time, agent string) error {
	tx.Emit(tandem.Event{Kind: tandem.UserSignedIn, Subject: string(u), Actor: string(u)})
	return tx.must(`insert into session (workspace, token, member, created_at, seen_at, expires_at, agent) values ($1, $2, $3, $4, $4, $5, $6)`,
		tx.WS, token, u, us(tx.Now), us(expires), preview(agent))
}

// Session returns who a session's token hash belongs to.
func (db *DB) Session(ctx context.Context, token string, now time.Time) (tandem.User, error) {
	return get(ctx, db, "session", scanUser, `select m.workspace, m.id, m.email, m.name, m.role, m.lang, m.away from session s
		join member m on m.workspace = s.workspace and m.id = s.member where s.token = $1 and s.expires_at > $2 and m.disabled = 0`, token, us(now))
}

// EndSession forgets a session of a person.
func (tx *Tx) EndSession(u tandem.UserID, token string) error {
	tx.changed(u, "signed_out")
	return tx.must(`delete from session where workspace = $1 and member = $2 and token = $3`, tx.WS, u, token)
}
