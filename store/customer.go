package store

import (
	"context"
	"database/sql"
	"time"

	"tandem"
)

const customerColumns = `id, name, first, lang, shop, vip, human, vulnerable, created_at`

func scanCustomer(r *sql.Rows, c *tandem.Customer) error {
	return r.Scan(&c.ID, &c.Name, &c.First, &c.Lang, &c.Shop, flag{&c.VIP}, flag{&c.Human}, flag{&c.Vulnerable}, moment{&c.Since})
}

const identityColumns = `i.id, i.account, i.customer, a.kind, i.external, i.name, i.username, i.verified`

func scanIdentity(r *sql.Rows, i *tandem.Identity) error {
	return r.Scan(&i.ID, &i.Account, &i.Customer, &i.Channel, &i.External, &i.Name, &i.Username, &i.Verified)
}

func customer(ctx context.Context, q querier, ws tandem.WorkspaceID, id tandem.CustomerID) (tandem.Customer, error) {
	c, err := row(ctx, q, "customer", scanCustomer, `select `+customerColumns+` from customer where workspace = $1 and id = $2`, ws, id)
	if err != nil {
		return c, err
	}
	c.Identities, err = rows(ctx, q, scanIdentity, `select `+identityColumns+` from identity i join account a on a.workspace = i.workspace and a.id = i.account
		where i.workspace = $1 and i.customer = $2 order by i.id`, ws, id)
	return c, err
}

// Customer reads a customer with identities.
func (db *DB) Customer(ctx context.Context, ws tandem.WorkspaceID, id tandem.CustomerID) (c tandem.Customer, err error) {
	err = db.view(ctx, func(q querier) error {
		c, err = customer(ctx, q, ws, id)
		return err
	})
	return c, err
}

// Customer reads a customer within a transaction.
func (tx *Tx) Customer(id tandem.CustomerID) (tandem.Customer, error) {
	return customer(context.Background(), tx, tx.WS, id)
}

// Identify returns the identity that an account knows a person by; on first contact it makes the
// customer too. Two webhooks at once cannot make two: the key (workspace, account, external) is
// unique and the loser reads the winner's row.
func (tx *Tx) Identify(account tandem.AccountID, external string, seen tandem.Profile, verified tandem.Level) (tandem.Identity, error) {
	ctx := context.Background()
	find := func() (tandem.Identity, error) {
		return row(ctx, tx, "identity", scanIdentity, `select `+identityColumns+` from identity i join account a on a.workspace = i.workspace and a.id = i.account
			where i.workspace = $1 and i.account = $2 and i.external = $3`, tx.WS, account, external)
	}
	i, err := find()
	if err == nil {
		return i, tx.learn(i, seen, verified)
	}
	if tandem.KindOf(err) != tandem.NotFound {
		return i, err
	}
	who, id := tandem.NewID[tandem.CustomerID](), tandem.NewID[tandem.IdentityID]()
	n, err := tx.exec(`insert into identity (workspace, id, account, external, customer, name, username, verified, created_at)
		values ($1, $2, $3, $4, $5, $6, $7, $8, $9) on conflict (workspace, account, external) do nothing`,
		tx.WS, id, account, external, who, seen.Name, seen.Username, verified, us(tx.Now))
	if err != nil {
		return i, err
	}
	if n == 1 {
		name := seen.Name
		if err := tx.must(`insert into customer (workspace, id, name, lang, created_at) values ($1, $2, $3, $4, $5)`, tx.WS, who, name, seen.Lang, us(tx.Now)); err != nil {
			return i, err
		}
		tx.Emit(tandem.Event{Kind: tandem.CustomerChanged, Subject: string(who), Code: "new"})
	}
	return find()
}

// learn keeps what a platform newly tells about a person; a verification level is never lowered.
func (tx *Tx) learn(i tandem.Identity, seen tandem.Profile, verified tandem.Level) error {
	if (seen.Name == "" || seen.Name == i.Name) && (seen.Username == "" || seen.Username == i.Username) && verified <= i.Verified {
		return nil
	}
	if seen.Name == "" {
		seen.Name = i.Name
	}
	if seen.Username == "" {
		seen.Username = i.Username
	}
	if err := tx.must(`update identity set name = $3, username = $4, verified = $5 where workspace = $1 and id = $2`, tx.WS, i.ID, seen.Name, seen.Username, max(verified, i.Verified)); err != nil {
		return err
	}
	return tx.must(`update customer set name = $3 where workspace = $1 and id = $2 and name = ''`, tx.WS, i.Customer, seen.Name)
}

// Link records who a customer is in the shop and how far the identity has proven it.
func (tx *Tx) Link(c tandem.CustomerID, identity tandem.IdentityID, shop tandem.ShopCustomer, verified tandem.Level) error {
	if err := tx.must(`update identity set verified = case when verified < $3 then $3 else verified end where workspace = $1 and id = $2`, tx.WS, identity, verified); err != nil {
		return err
	}
	n, err := tx.exec(`update customer set name = case when $3 <> '' then $3 else name end, first = case when $4 <> '' then $4 else first end, shop = $5, shop_info = $6,
		vip = case when $7 = 1 then 1 else vip end where workspace = $1 and id = $2 and (shop <> $5 or shop_info <> $6)`, tx.WS, c, shop.Name, shop.First, shop.ID, text(shop), bit(shop.VIP))
	if err == nil && n > 0 {
		tx.Emit(tandem.Event{Kind: tandem.CustomerChanged, Subject: string(c), Code: "linked"})
	}
	return err
}

// ShopInfo returns what the shop last told about a customer.
func (db *DB) ShopInfo(ctx context.Context, ws tandem.WorkspaceID, id tandem.CustomerID) (tandem.ShopCustomer, error) {
	return get(ctx, db, "customer", func(r *sql.Rows, s *tandem.ShopCustomer) error { return r.Scan(body{s}) }, `select shop_info from customer where workspace = $1 and id = $2`, ws, id)
}

// SetCustomer stores what people or the customer decided: name, language, flags.
func (tx *Tx) SetCustomer(c tandem.Customer) error {
	tx.Emit(tandem.Event{Kind: tandem.CustomerChanged, Subject: string(c.ID)})
	return tx.must(`update customer set name = $3, first = $4, lang = $5, vip = $6, human = $7, vulnerable = $8 where workspace = $1 and id = $2`,
		tx.WS, c.ID, c.Name, c.First, c.Lang, bit(c.VIP), bit(c.Human), bit(c.Vulnerable))
}

// Attempt counts a failed proof of identity and returns how many there were within the hour.
func (tx *Tx) Attempt(id tandem.IdentityID) (int, error) {
	hour := tx.Now.Add(-time.Hour)
	return row(context.Background(), tx, "identity", one[int], `update identity set
		attempts = case when attempts_since < $3 then 1 else attempts + 1 end,
		attempts_since = case when attempts_since < $3 then $4 else attempts_since end
		where workspace = $1 and id = $2 returning attempts`, tx.WS, id, us(hour), us(tx.Now))
}

// Attempts returns how many proofs failed within the hour before now, over all identities.
func (db *DB) Attempts(ctx context.Context, ws tandem.WorkspaceID, c tandem.CustomerID, now time.Time) (int, error) {
	return get(ctx, db, "customer", one[int], `select coalesce(sum(attempts), 0) from identity where workspace = $1 and customer = $2 and attempts_since >= $3`, ws, c, us(now.Add(-time.Hour)))
}

const threadColumns = `t.id, t.conversation, t.account, a.kind, t.surface, t.external, t.subject, t.recipient, t.window_from`

func scanThread(r *sql.Rows, t *tandem.Thread) error {
	return r.Scan(&t.ID, &t.Conversation, &t.Account, &t.Channel, &t.Surface, &t.External, &t.Subject, &t.To, moment{&t.WindowFrom})
}

const threadFrom = ` from thread t join account a on a.workspace = t.workspace and a.id = t.account `

// ThreadOf returns the thread of a conversation that an account knows by an external key, opening it
// on first use. A thread that belongs to another conversation moves with its customer.
func (tx *Tx) ThreadOf(c tandem.ConversationID, want tandem.Thread) (tandem.Thread, error) {
	err := tx.must(`insert into thread (workspace, id, conversation, account, surface, external, subject, recipient, created_at)
		values ($1, $2, $3, $4, $5, $6, $7, $8, $9) on conflict (workspace, account, external) do nothing`,
		tx.WS, tandem.NewID[tandem.ThreadID](), c, want.Account, want.Surface, want.External, want.Subject, want.To, us(tx.Now))
	if err != nil {
		return want, err
	}
	return row(context.Background(), tx, "thread", scanThread, `select `+threadColumns+threadFrom+`where t.workspace = $1 and t.account = $2 and t.external = $3`, tx.WS, want.Account, want.External)
}

// Thread reads a thread within a transaction.
func (tx *Tx) Thread(id tandem.ThreadID) (tandem.Thread, error) {
	return row(context.Background(), tx, "thread", scanThread, `select `+threadColumns+threadFrom+`where t.workspace = $1 and t.id = $2`, tx.WS, id)
}

// Thread reads a thread.
func (db *DB) Thread(ctx context.Context, ws tandem.WorkspaceID, id tandem.ThreadID) (tandem.Thread, error) {
	return get(ctx, db, "thread", scanThread, `select `+threadColumns+threadFrom+`where t.workspace = $1 and t.id = $2`, ws, id)
}

// ThreadByExternal finds a thread by the platform's key of it.
func (db *DB) ThreadByExternal(ctx context.Context, ws tandem.WorkspaceID, account tandem.AccountID, external string) (tandem.Thread, error) {
	return get(ctx, db, "thread", scanThread, `select `+threadColumns+threadFrom+`where t.workspace = $1 and t.account = $2 and t.external = $3`, ws, account, external)
}

// ThreadBelow finds the newest thread of a person below a root comment by the person's name on the
// platform, whatever its case.
func (tx *Tx) ThreadBelow(account tandem.AccountID, root, username string) (tandem.Thread, error) {
	return row(context.Background(), tx, "thread", scanThread, `select `+threadColumns+threadFrom+`join identity i on i.workspace = t.workspace and i.account = t.account
		and t.external = cast($3 as text) || '/' || i.external where t.workspace = $1 and t.account = $2 and lower(i.username) = lower($4) order by t.id desc limit 1`, tx.WS, account, root, username)
}

// Username returns how a platform's other users call a person, empty where that is not known.
func (tx *Tx) Username(account tandem.AccountID, external string) (string, error) {
	all, err := rows(context.Background(), tx, one[string], `select username from identity where workspace = $1 and account = $2 and external = $3`, tx.WS, account, external)
	if err != nil || len(all) == 0 {
		return "", err
	}
	return all[0], nil
}

// OpenWindow records the platform time of a customer's message that opens a reply window; an older
// one never shortens it.
func (tx *Tx) OpenWindow(id tandem.ThreadID, at time.Time) error {
	return tx.must(`update thread set window_from = $3 where workspace = $1 and id = $2 and window_from < $3`, tx.WS, id, us(at))
}

// OpenWindowOf is OpenWindow for the private place of a person, where there is one.
func (tx *Tx) OpenWindowOf(account tandem.AccountID, user string, at time.Time) error {
	return tx.must(`update thread set window_from = $4 where workspace = $1 and account = $2 and external = $3 and surface = 'dm' and window_from < $4`, tx.WS, account, user, us(at))
}

// Elsewhere records that somebody else (the platform's own inbox) owns a thread, or that we do again.
func (tx *Tx) Elsewhere(id tandem.ThreadID, yes bool) error {
	return tx.must(`update thread set elsewhere = $3 where workspace = $1 and id = $2`, tx.WS, id, bit(yes))
}

// OwnedElsewhere tells whether somebody else owns the thread on the platform.
func (tx *Tx) OwnedElsewhere(id tandem.ThreadID) (bool, error) {
	n, err := row(context.Background(), tx, "thread", one[int64], `select elsewhere from thread where workspace = $1 and id = $2`, tx.WS, id)
	return n != 0, err
}

// Alias records that an account knows a customer by a further id. An id that already belongs to
// somebody stays theirs: where the shop's own signature says that both are the same person (V3, the
// widget's signed user) they are merged, otherwise a person is asked, because a platform gives
// numbers to new people.
func (tx *Tx) Alias(who tandem.Identity, external string) error {
	n, err := tx.addAlias(who, external)
	if err != nil || n > 0 {
		return err
	}
	return tx.sameByAlias(who, external)
}

// addAlias adds a further id where nobody has it, and returns how many were added.
func (tx *Tx) addAlias(who tandem.Identity, external string) (int64, error) {
	return tx.exec(`insert into identity (workspace, id, account, external, customer, name, username, verified, home, alias, created_at)
		select i.workspace, cast($3 as text), i.account, cast($4 as text), i.customer, i.name, i.username, i.verified, i.home, 1, cast($5 as bigint) from identity i
		where i.workspace = $1 and i.id = $2 on conflict (workspace, account, external) do nothing`, tx.WS, who.ID, tandem.NewID[tandem.IdentityID](), external, us(tx.Now))
}

// Identity reads one identity.
func (db *DB) Identity(ctx context.Context, ws tandem.WorkspaceID, id tandem.IdentityID) (tandem.Identity, error) {
	return get(ctx, db, "identity", scanIdentity, `select `+identityColumns+` from identity i join account a on a.workspace = i.workspace and a.id = i.account where i.workspace = $1 and i.id = $2`, ws, id)
}

// ConversationOfUser returns the conversation of a person that an account knows by an external id.
func (db *DB) ConversationOfUser(ctx context.Context, ws tandem.WorkspaceID, account tandem.AccountID, external string) (tandem.ConversationID, error) {
	return get(ctx, db, "conversation", one[tandem.ConversationID], `select c.id from identity i join conversation c on c.workspace = i.workspace and c.customer = i.customer
		where i.workspace = $1 and i.account = $2 and i.external = $3`, ws, account, external)
}
