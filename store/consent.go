package store

import (
	"context"
	"database/sql"
	"strings"
	"time"

	"tandem"
)

// What a wish is about, and what it is.
const (
	ConsentAll       = "all"       // nothing may be sent to the person on that account
	ConsentMarketing = "marketing" // no marketing, on any account
	WishStop         = "stop"
	WishResume       = "resume"
)

// Consent is one line of the ledger of what people said about being written to. Nothing in it is changed
// or removed: the newest line of a scope counts.
type Consent struct {
	Account  tandem.AccountID
	External string // the id that the account knows the person by
	Scope    string
	Wish     string
	Source   string // who said so: customer, or platform where it refused a message for that reason
	At       time.Time
}

// Wishes are what counts now.
type Wishes struct {
	Stopped   map[tandem.AccountID]bool // nothing may be sent there
	Marketing bool                      // no marketing may be sent, on any account
}

func scanConsent(r *sql.Rows, c *Consent) error {
	return r.Scan(&c.Account, &c.External, &c.Scope, &c.Wish, &c.Source, moment{&c.At})
}

// AddConsent writes a wish down and tells the conversation, where there is one yet. One that says what counts already is not
// written again.
func (tx *Tx) AddConsent(c Consent, conversation tandem.ConversationID) error {
	was, err := rows(context.Background(), tx, one[string], `select wish from consent where workspace = $1 and account = $2 and external = $3 and scope = $4 order by at desc, id desc limit 1`,
		tx.WS, c.Account, c.External, c.Scope)
	if err != nil || len(was) > 0 && was[0] == c.Wish || len(was) == 0 && c.Wish == WishResume {
		return err
	}
	if conversation != "" {
		tx.Emit(tandem.Event{Kind: tandem.ConversationMoved, Conversation: conversation, Actor: c.Source, Code: "consent_" + c.Scope + "_" + c.Wish})
	}
	return tx.must(`insert into consent (workspace, id, account, external, scope, wish, source, at) values ($1, $2, $3, $4, $5, $6, $7, $8)`,
		tx.WS, tandem.NewID[string](), c.Account, c.External, c.Scope, c.Wish, c.Source, us(c.At))
}

func consents(ctx context.Context, q querier, ws tandem.WorkspaceID, who tandem.CustomerID) ([]Consent, error) {
	return rows(ctx, q, scanConsent, `select c.account, c.external, c.scope, c.wish, c.source, c.at from identity i
		join consent c on c.workspace = i.workspace and c.account = i.account and c.external = i.external
		where i.workspace = $1 and i.customer = $2 order by c.at, c.id`, ws, who)
}

// Consents returns what a customer said about being written to, oldest first, by any of their identities.
func (db *DB) Consents(ctx context.Context, ws tandem.WorkspaceID, who tandem.CustomerID) (out []Consent, err error) {
	err = db.view(ctx, func(q querier) error {
		out, err = consents(ctx, q, ws, who)
		return err
	})
	return out, err
}

// Wishes returns what counts now for a customer.
func (tx *Tx) Wishes(who tandem.CustomerID) (Wishes, error) {
	all, err := consents(context.Background(), tx, tx.WS, who)
	return Counting(all), err
}

// Counting is what counts of a ledger that is in order.
func Counting(all []Consent) Wishes {
	w := Wishes{Stopped: map[tandem.AccountID]bool{}}
	for _, c := range all {
		if c.Scope == ConsentMarketing {
			w.Marketing = c.Wish == WishStop
		} else {
			w.Stopped[c.Account] = c.Wish == WishStop
		}
	}
	return w
}

// TalkOf returns the conversation of a person that an account knows by an external id, empty where they have
// not written yet.
func (tx *Tx) TalkOf(account tandem.AccountID, external string) (tandem.ConversationID, error) {
	all, err := rows(context.Background(), tx, one[tandem.ConversationID], `select c.id from identity i join conversation c on c.workspace = i.workspace and c.customer = i.customer
		where i.workspace = $1 and i.account = $2 and i.external = $3`, tx.WS, account, external)
	if err != nil || len(all) == 0 {
		return "", err
	}
	return all[0], nil
}

// IdentifyNumber returns the identity of a telephone number on an account of numbers. Where another such
// account knows the number it is the same customer's: the number itself is the proof (docs/identity.md).
func (tx *Tx) IdentifyNumber(account tandem.AccountID, phone string) (tandem.Identity, error) {
	digits := strings.TrimPrefix(phone, "+")
	known, err := rows(context.Background(), tx, scanIdentity, `select `+identityColumns+` from identity i join account a on a.workspace = i.workspace and a.id = i.account
		where i.workspace = $1 and i.external in ($3, $4) and a.kind in ('whatsapp', 'sms') order by case when i.account = $2 then 0 else 1 end, i.id`, tx.WS, account, digits, "+"+digits)
	switch {
	case err != nil:
		return tandem.Identity{}, err
	case len(known) > 0 && known[0].Account == account:
		return known[0], nil
	case len(known) > 0:
		err = tx.must(`insert into identity (workspace, id, account, external, customer, created_at) values ($1, $2, $3, $4, $5, $6) on conflict (workspace, account, external) do nothing`,
			tx.WS, tandem.NewID[tandem.IdentityID](), account, digits, known[0].Customer, us(tx.Now))
		if err != nil {
			return tandem.Identity{}, err
		}
	}
	return tx.Identify(account, digits, tandem.Profile{}, tandem.V0)
}

// Adopt makes an id that an account has never seen the same customer's as one of its other names, where we
// have written to that name and nobody has ever written from it: a caller who was invited by number answers
// under the platform's own id. Any other name that is known already is a question for a person (Alias).
func (tx *Tx) Adopt(account tandem.AccountID, external string, names []string) error {
	for _, n := range names {
		if err := tx.must(`insert into identity (workspace, id, account, external, customer, home, created_at)
			select i.workspace, cast($3 as text), i.account, cast($4 as text), i.customer, i.home, cast($5 as bigint) from identity i
			join thread t on t.workspace = i.workspace and t.account = i.account and t.external = i.external
			where i.workspace = $1 and i.account = $2 and i.external = $6 and t.window_from = 0
			and not exists (select 1 from message m where m.workspace = t.workspace and m.thread = t.id and m.origin = 'customer')
			on conflict (workspace, account, external) do nothing`, tx.WS, account, tandem.NewID[tandem.IdentityID](), external, us(tx.Now), n); err != nil {
			return err
		}
	}
	return nil
}

// Referral is how somebody came: through an advertisement or a link of ours.
type Referral struct {
	Account  tandem.AccountID
	External string
	Kind     string // ad or link
	Ref      string // our own reference in the link, or the platform's id of the advertisement
	Title    string // of the advertisement
	URL      string
	At       time.Time
}

func scanReferral(r *sql.Rows, f *Referral) error {
	return r.Scan(&f.Account, &f.External, &f.Kind, &f.Ref, &f.Title, &f.URL, moment{&f.At})
}

// AddReferral writes down how somebody came and tells the conversation.
func (tx *Tx) AddReferral(f Referral, conversation tandem.ConversationID) error {
	if conversation != "" {
		tx.Emit(tandem.Event{Kind: tandem.ConversationMoved, Conversation: conversation, Actor: "customer", Code: "referral_" + f.Kind})
	}
	return tx.must(`insert into referral (workspace, id, account, external, kind, ref, title, url, at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
		tx.WS, tandem.NewID[string](), f.Account, f.External, f.Kind, f.Ref, f.Title, f.URL, us(f.At))
}

// Referrals returns how a customer came, oldest first, the newest hundred.
func (db *DB) Referrals(ctx context.Context, ws tandem.WorkspaceID, who tandem.CustomerID) ([]Referral, error) {
	return list(ctx, db, scanReferral, `select f.account, f.external, f.kind, f.ref, f.title, f.url, f.at from identity i
		join referral f on f.workspace = i.workspace and f.account = i.account and f.external = i.external
		where i.workspace = $1 and i.customer = $2 order by f.at, f.id limit 100`, ws, who)
}
