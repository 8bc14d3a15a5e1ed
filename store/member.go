package store

import (
	"context"
	"database/sql"
	"time"

	"tandem"
)

// Member is a person of a workspace as those who look after its people see them.
type Member struct {
	tandem.User
	Disabled bool
	Invited  bool      // has never set a password
	Seen     time.Time // when a session of theirs began last; zero where all have ended
}

// Members returns everybody, also those whose access was taken away, who may sign in first.
func (db *DB) Members(ctx context.Context, ws tandem.WorkspaceID) ([]Member, error) {
	return list(ctx, db, func(r *sql.Rows, m *Member) error {
		var away bool
		err := r.Scan(&m.Workspace, &m.ID, &m.Email, &m.Name, &m.Role, &m.Lang, flag{&away}, flag{&m.Disabled}, flag{&m.Invited}, moment{&m.Seen})
		m.Present = !away
		return err
	}, `select `+userColumns+`, disabled, case when password = '' then 1 else 0 end,
		coalesce((select max(s.created_at) from session s where s.workspace = member.workspace and s.member = member.id), 0)
		from member where workspace = $1 order by disabled, name, id`, ws)
}

// Member reads one person, also one whose access was taken away.
func (tx *Tx) Member(id tandem.UserID) (Member, error) {
	return row(context.Background(), tx, "user", func(r *sql.Rows, m *Member) error {
		var away bool
		err := r.Scan(&m.Workspace, &m.ID, &m.Email, &m.Name, &m.Role, &m.Lang, flag{&away}, flag{&m.Disabled})
		m.Present = !away
		return err
	}, `select `+userColumns+`, disabled from member where workspace = $1 and id = $2`+tx.forUpdate(), tx.WS, id)
}

// Owners counts the owners who may sign in.
func (tx *Tx) Owners() (int, error) {
	return row(context.Background(), tx, "workspace", one[int], `select count(*) from member where workspace = $1 and role = $2 and disabled = 0`, tx.WS, tandem.RoleOwner)
}

// InHand returns the conversations that a person has, and those in the queue that are offered to the
// person first.
func (tx *Tx) InHand(id tandem.UserID) (has, offered []tandem.ConversationID, err error) {
	if has, err = rows(context.Background(), tx, one[tandem.ConversationID], `select id from conversation where workspace = $1 and agent = $2 and owner = 'human' order by id`, tx.WS, id); err != nil {
		return nil, nil, err
	}
	offered, err = rows(context.Background(), tx, one[tandem.ConversationID], `select id from conversation where workspace = $1 and owner = 'queue' and offered = $2 order by id`, tx.WS, id)
	return has, offered, err
}

// DropLeases lets others review the drafts that a person was looking at.
func (tx *Tx) DropLeases(id tandem.UserID) error {
	return tx.must(`update draft set lease_by = '', lease_until = 0 where workspace = $1 and lease_by = $2 and state = 'pending'`, tx.WS, id)
}

// Invite stores the hash of the word of a link with which a person sets a password. Earlier links of
// that person end.
func (tx *Tx) Invite(id tandem.UserID, token string, until time.Time) error {
	if err := tx.must(`delete from invite where workspace = $1 and member = $2`, tx.WS, id); err != nil {
		return err
	}
	tx.changed(id, "invited")
	return tx.must(`insert into invite (workspace, token, member, expires_at, created_at) values ($1, $2, $3, $4, $5)`, tx.WS, token, id, us(until), us(tx.Now))
}

// Invited returns whose a link is; NotFound where it has ended, was used, or the person may not sign in.
func (db *DB) Invited(ctx context.Context, token string, now time.Time) (tandem.User, error) {
	return get(ctx, db, "invitation", scanUser, `select m.workspace, m.id, m.email, m.name, m.role, m.lang, m.away from invite i
		join member m on m.workspace = i.workspace and m.id = i.member where i.token = $1 and i.expires_at > $2 and m.disabled = 0`, token, us(now))
}

// SetPassword uses up a link: the person's password is the new one and every open session ends.
// NotFound where somebody was quicker.
func (tx *Tx) SetPassword(id tandem.UserID, token, hash string) error {
	n, err := tx.exec(`delete from invite where workspace = $1 and member = $2 and token = $3 and expires_at > $4`, tx.WS, id, token, us(tx.Now))
	if err == nil && n == 0 {
		err = tandem.Coded(tandem.NotFound, "not_found", "the link has ended")
	}
	if err != nil {
		return err
	}
	if err := tx.must(`delete from session where workspace = $1 and member = $2`, tx.WS, id); err != nil {
		return err
	}
	tx.changed(id, "password")
	return tx.must(`update member set password = $3 where workspace = $1 and id = $2`, tx.WS, id, hash)
}
