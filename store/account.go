package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"time"

	"tandem"
)

const accountColumns = `workspace, id, kind, name, external, state, reason, settings, secrets, blocked_until`

// StoredAccount is an account with its workspace and until when the platform asked us to wait.
type StoredAccount struct {
	tandem.Account
	Workspace    tandem.WorkspaceID
	BlockedUntil time.Time
	sealed       string
}

func scanAccount(r *sql.Rows, a *StoredAccount) error {
	return r.Scan(&a.Workspace, &a.ID, &a.Kind, &a.Name, &a.External, &a.State, &a.Reason, body{&a.Settings}, &a.sealed, moment{&a.BlockedUntil})
}

// unseal decrypts an account's secrets.
func (db *DB) unseal(a StoredAccount) (StoredAccount, error) {
	a.Secrets = map[string]string{}
	if a.sealed == "" {
		return a, nil
	}
	if db.sealer == nil {
		return a, tandem.Coded(tandem.Internal, "no_key", "account %s has secrets, and no key was given", a.ID)
	}
	plain, err := db.sealer.Open(a.sealed, "account/"+string(a.ID))
	if err != nil {
		return a, tandem.Coded(tandem.Internal, "wrong_key", "the secrets of account %s cannot be read with this key", a.ID)
	}
	return a, json.Unmarshal([]byte(plain), &a.Secrets)
}

// Accounts returns all accounts of all workspaces with their secrets; adapters are opened from it.
func (db *DB) Accounts(ctx context.Context) ([]StoredAccount, error) {
	all, err := list(ctx, db, scanAccount, `select `+accountColumns+` from account order by workspace, id`)
	for i := range all {
		if all[i], err = db.unseal(all[i]); err != nil {
			return nil, err
		}
	}
	return all, err
}

// SaveAccount adds or changes an account. Secrets are sealed; the row's id is part of the seal.
func (tx *Tx) SaveAccount(a tandem.Account) error {
	sealed := ""
	if len(a.Secrets) > 0 {
		if tx.db.sealer == nil {
			return tandem.Coded(tandem.Internal, "no_key", "secrets cannot be stored: no key was given")
		}
		s, err := tx.db.sealer.Seal(text(a.Secrets), "account/"+string(a.ID))
		if err != nil {
			return err
		}
		sealed = s
	}
	if a.Settings == nil {
		a.Settings = map[string]string{}
	}
	err := tx.must(`insert into account (workspace, id, kind, name, external, state, reason, settings, secrets, created_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
		on conflict (workspace, id) do update set name = excluded.name, external = excluded.external, state = excluded.state, reason = excluded.reason,
		settings = excluded.settings, secrets = excluded.secrets`,
		tx.WS, a.ID, a.Kind, a.Name, a.External, a.State, a.Reason, text(a.Settings), sealed, us(tx.Now))
	if unique(err) {
		return tandem.Coded(tandem.Conflict, "account_exists", "an account of this kind with this id is already connected")
	}
	tx.Emit(tandem.Event{Kind: tandem.AccountChanged, Subject: string(a.ID), Code: string(a.State)})
	if err == nil && a.State == tandem.AccountOK {
		err = tx.resume(a.ID)
	}
	if err != nil {
		return err
	}
	n, err := tx.exec(`update account set alive_at = alive_at where workspace = $1 and id = $2 and state = 'ok' and gap_from > 0`, tx.WS, a.ID)
	if err == nil && n > 0 { // repaired: what was missed meanwhile is fetched
		err = tx.Enqueue(WatchJob(tx.Now.Add(settleAccount)))
	}
	return err
}

// settleAccount is how long the nodes have to open a changed account anew before what waited for it
// goes out.
const settleAccount = time.Second

// resume lets the messages that waited for an account go out.
func (tx *Tx) resume(id tandem.AccountID) error {
	at := tx.Now.Add(settleAccount)
	n, err := tx.exec(`update job set run_at = $3 where workspace = $1 and kind = 'send' and dead = 0 and lease_until <= $3 and run_at > $3
		and exists (select 1 from message m where m.workspace = job.workspace and m.id = job.arg and m.account = $2)`, tx.WS, id, us(at))
	if n > 0 && (tx.due.IsZero() || at.Before(tx.due)) {
		tx.due = at
	}
	return err
}

// AccountState marks an account broken or working again, and tells whether that is news.
func (tx *Tx) AccountState(id tandem.AccountID, s tandem.AccountState, why string) (bool, error) {
	n, err := tx.exec(`update account set state = $3, reason = $4, gap_from = case when $3 = 'broken' and gap_from = 0 then $5 else gap_from end
		where workspace = $1 and id = $2 and state <> $3`, tx.WS, id, s, why, us(tx.Now))
	if n > 0 {
		tx.Emit(tandem.Event{Kind: tandem.AccountChanged, Subject: string(id), Code: string(s), Data: map[string]any{"reason": why}})
	}
	return n > 0, err
}

// BlockAccount obeys a platform's Retry-After for a whole account.
func (tx *Tx) BlockAccount(id tandem.AccountID, until time.Time) error {
	return tx.must(`update account set blocked_until = $3 where workspace = $1 and id = $2 and blocked_until < $3`, tx.WS, id, us(until))
}

// Gate returns an account's state and until when its platform asked to wait.
func (tx *Tx) Gate(id tandem.AccountID) (tandem.AccountState, time.Time, error) {
	a, err := row(context.Background(), tx, "account", scanAccount, `select `+accountColumns+` from account where workspace = $1 and id = $2`, tx.WS, id)
	return a.State, a.BlockedUntil, err
}

// AccountOf returns a working account of a kind, the first that was connected, and false where there is none.
func (tx *Tx) AccountOf(kind string) (tandem.AccountID, bool, error) {
	all, err := rows(context.Background(), tx, one[tandem.AccountID], `select id from account where workspace = $1 and kind = $2 and state = 'ok' order by created_at, id limit 1`, tx.WS, kind)
	if err != nil || len(all) == 0 {
		return "", false, err
	}
	return all[0], true, nil
}

// KeepRaw stores the raw body of an accepted webhook call.
func (tx *Tx) KeepRaw(hook string, header, raw, note string) error {
	return tx.must(`insert into raw_body (workspace, id, hook, header, body, at, note) values ($1, $2, $3, $4, $5, $6, $7)`,
		tx.WS, tandem.NewID[string](), hook, header, raw, us(tx.Now), note)
}

// RawOf returns the raw bodies that a workspace keeps, oldest first.
func (db *DB) RawOf(ctx context.Context, ws tandem.WorkspaceID) ([]string, error) {
	return list(ctx, db, one[string], `select body from raw_body where workspace = $1 order by id`, ws)
}

// RawBodies counts the raw bodies kept for a hook.
func (db *DB) RawBodies(ctx context.Context, hook string) (int, error) {
	return get(ctx, db, "hook", one[int], `select count(*) from raw_body where hook = $1`, hook)
}

// Seen records a dedupe key of an account and tells whether it is new (I5).
func (tx *Tx) Seen(account tandem.AccountID, key string) (bool, error) {
	n, err := tx.exec(`insert into seen_key (workspace, account, key, at) values ($1, $2, $3, $4) on conflict do nothing`, tx.WS, account, key, us(tx.Now))
	return n == 1, err
}

// Forget drops dedupe keys, raw bodies, calls of the hotline and what was foretold older than a moment, and the sessions and links
// that ended before it.
func (tx *Tx) Forget(before time.Time) error {
	for _, ended := range []string{"session", "invite"} {
		if err := tx.must(`delete from `+ended+` where workspace = $1 and expires_at < $2`, tx.WS, us(before)); err != nil {
			return err
		}
	}
	if err := tx.must(`delete from seen_key where workspace = $1 and at < $2`, tx.WS, us(before)); err != nil {
		return err
	}
	if err := tx.must(`delete from deflection where workspace = $1 and at < $2`, tx.WS, us(before)); err != nil {
		return err
	}
	if err := tx.must(`delete from foretold where workspace = $1 and told < $2`, tx.WS, us(before)); err != nil {
		return err
	}
	return tx.must(oldBodies, tx.WS, us(before), bornSince(before.Add(2*time.Minute)))
}

// oldBodies drops raw bodies; their time stands behind the body itself, so it is not looked at where the id tells.
const oldBodies = `delete from raw_body where workspace = $1 and id < $3 and at < $2`
