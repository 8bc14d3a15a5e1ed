package store

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"tandem"
)

// Line is a conversation as a list shows it.
type Line struct {
	tandem.Conversation
	Name       string
	Username   string
	Number     string // telephone number of the newest thread, digits, where the channel has numbers for names
	VIP        bool
	Channel    string
	Surface    tandem.Surface
	Window     time.Time // platform time that opened the newest thread's reply window
	Moods      []float64
	Draft      bool
	Promised   time.Time     // when the next open promise falls due; zero: there is none
	PromisedBy tandem.UserID // whose it is; empty: the bot's
	Failed     bool          // the newest message did not reach the customer, or nobody knows
	Why        string        // the kind of the last hand-over's trigger, beside its code in Reason
}

const lineColumns = `c.id, c.customer, c.owner, c.agent, c.team, c.epoch, c.rev, c.seq, c.asked, c.answered, c.priority, c.touchpoint, c.mood, c.tension, c.lang, c.reason,
	c.wait_since, c.bot_turns, c.clarified, c.fails, c.disclosed, c.parked, c.brief, c.instructed, c.last_at, c.preview, c.last_from, c.opened, c.closed_at, c.offered,
	u.name, coalesce((select i.username from identity i where i.workspace = c.workspace and i.customer = c.customer and i.username <> '' order by i.id limit 1), ''), u.vip, case when a.kind = 'sms' then t.recipient else '' end,
	coalesce(a.kind, ''), coalesce(t.surface, 'dm'), coalesce(t.window_from, 0), c.moods,
	(select count(*) from draft d where d.workspace = c.workspace and d.conversation = c.id and d.state = 'pending' and d.suggestion = 0),
	coalesce((select min(p.due) from promise p where p.workspace = c.workspace and p.conversation = c.id and p.kept = 0 and p.broken = 0), 0),
	coalesce((select p.by_member from promise p where p.workspace = c.workspace and p.conversation = c.id and p.kept = 0 and p.broken = 0 order by p.due, p.id limit 1), ''),
	(select count(*) from message m where m.workspace = c.workspace and m.conversation = c.id and m.seq = c.seq and m.delivery in ('failed', 'unknown') and m.problem <> 'cancelled'),
	coalesce((select h."trigger" from handover h where c.reason <> '' and h.workspace = c.workspace and h.conversation = c.id order by h.id desc limit 1), '{}')`

const lineFrom = ` from conversation c join customer u on u.workspace = c.workspace and u.id = c.customer
	left join thread t on t.workspace = c.workspace and t.id = c.last_thread left join account a on a.workspace = c.workspace and a.id = t.account `

func scanLine(r *sql.Rows, l *Line) error {
	c := &l.Conversation
	var drafts, failed int
	var why tandem.Trigger
	err := r.Scan(&c.ID, &c.Customer, &c.Owner, &c.Agent, &c.Team, &c.Epoch, &c.Rev, &c.Seq, &c.Asked, &c.Answered, &c.Priority, &c.Touchpoint, &c.Mood,
		&c.Tension, &c.Lang, &c.Reason, moment{&c.WaitSince}, &c.BotTurns, &c.Clarified, &c.Fails, moment{&c.Disclosed}, &c.Parked, &c.Brief, &c.Instructed,
		moment{&c.LastAt}, &c.Preview, &c.LastFrom, moment{&c.Opened}, moment{&c.ClosedAt}, &c.Offered,
		&l.Name, &l.Username, flag{&l.VIP}, &l.Number, &l.Channel, &l.Surface, moment{&l.Window}, body{&l.Moods}, &drafts, moment{&l.Promised}, &l.PromisedBy, &failed, body{&why})
	l.Draft, l.Failed = drafts > 0, failed > 0
	if why.Code == c.Reason {
		l.Why = why.Kind
	}
	return err
}

// View names a list of conversations.
type View struct {
	Name   string // needs_human, mine, promised, team, bot, all, closed
	Member tandem.UserID
	Search string // part of a name or of a user name
	After  string // cursor: what Cursor returned for the last line seen
	Limit  int
}

// where is a view as SQL; each is a seek on one index, so that a page costs the same among a
// thousand and a million conversations. The order is part of the cursor.
var where = map[string]struct{ cond, order string }{
	"needs_human": {`c.owner = 'queue'`, "wait"},
	"mine":        {`c.owner = 'human' and c.agent = $2`, "last"},
	"promised": {`c.owner in ('bot', 'closed') and c.merged_into = '' and c.id in (select p.conversation from promise p
		where p.workspace = $1 and p.by_member = $2 and p.kept = 0 and p.broken = 0)`, "last"},
	"team":   {`c.owner in ('queue', 'human')`, "last"},
	"bot":    {`c.owner = 'bot'`, "last"},
	"all":    {`c.owner <> 'closed'`, "last"},
	"closed": {`c.owner = 'closed' and c.merged_into = ''`, "last"},
}

// Lines returns a page of a view, and the cursor of the following page, empty on the last.
func (db *DB) Lines(ctx context.Context, ws tandem.WorkspaceID, v View) ([]Line, string, error) {
	w, ok := where[v.Name]
	if !ok {
		return nil, "", tandem.Coded(tandem.Invalid, "no_such_view", "there is no view %q; the views are needs_human, mine, promised, team, bot, all, closed", v.Name)
	}
	args := []any{ws, v.Member}
	cond := `c.workspace = $1 and cast($2 as text) is not null and ` + w.cond
	order := `c.last_at desc, c.id desc`
	if w.order == "wait" {
		order = `c.priority desc, c.wait_since, c.id`
	}
	if v.After != "" {
		var priority, at int64
		var id string
		if _, err := fmt.Sscanf(v.After, "%d.%d.%s", &priority, &at, &id); err != nil {
			return nil, "", tandem.Coded(tandem.Invalid, "bad_cursor", "the cursor cannot be read; start from the first page")
		}
		args = append(args, at, id)
		if w.order == "wait" {
			args = append(args, priority)
			cond += ` and (c.priority < $5 or c.priority = $5 and (c.wait_since > $3 or c.wait_since = $3 and c.id > $4))`
		} else {
			cond += ` and (c.last_at, c.id) < ($3, $4)`
		}
	}
	if v.Search != "" {
		args = append(args, partOf(v.Search))
		n := len(args)
		cond += fmt.Sprintf(` and (%s like $%d escape '!' or exists (select 1 from identity i where i.workspace = c.workspace and i.customer = c.customer and %s like $%d escape '!'))`,
			folded("u.name"), n, folded("i.username"), n)
	}
	lines, err := list(ctx, db, scanLine, `select `+lineColumns+lineFrom+`where `+cond+` order by `+order+top(v.Limit+1), args...)
	if err != nil || len(lines) <= v.Limit {
		return lines, "", err
	}
	last := lines[v.Limit-1]
	at := last.LastAt
	if w.order == "wait" {
		at = last.WaitSince
	}
	return lines[:v.Limit], fmt.Sprintf("%d.%d.%s", last.Priority, us(at), last.ID), nil
}

// Line returns one conversation as a list shows it.
func (db *DB) Line(ctx context.Context, ws tandem.WorkspaceID, id tandem.ConversationID) (Line, error) {
	return get(ctx, db, "conversation", scanLine, `select `+lineColumns+lineFrom+`where c.workspace = $1 and c.id = $2`, ws, id)
}

// Counts are the badges of the desk, each counted to 1000 at most.
type Counts struct{ NeedsHuman, Mine, Team, Bot, All, Drafts, Channels int }

// Counts returns the badges for a person.
func (db *DB) Counts(ctx context.Context, ws tandem.WorkspaceID, member tandem.UserID) (n Counts, err error) {
	err = db.view(ctx, func(q querier) error {
		count := func(into *int, cond string, args ...any) error {
			*into, err = row(ctx, q, "workspace", one[int], `select count(*) from (select 1 from conversation where workspace = $1 and `+cond+` limit 1000) as capped`, append([]any{ws}, args...)...)
			return err
		}
		if err := count(&n.NeedsHuman, `owner = 'queue'`); err != nil {
			return err
		}
		if err := count(&n.Mine, `owner = 'human' and agent = $2`, member); err != nil {
			return err
		}
		if err := count(&n.Team, `owner in ('queue', 'human')`); err != nil {
			return err
		}
		if err := count(&n.Bot, `owner = 'bot'`); err != nil {
			return err
		}
		n.All = min(1000, n.Team+n.Bot)
		n.Drafts, err = row(ctx, q, "workspace", one[int], `select count(*) from (select 1 from draft where workspace = $1 and state = 'pending' and suggestion = 0 limit 1000) as capped`, ws)
		if err != nil {
			return err
		}
		n.Channels, err = row(ctx, q, "workspace", one[int], `select count(*) from account a where a.workspace = $1 and a.state <> 'off' and (a.state = 'broken'
			or exists (select 1 from account_news n where n.workspace = a.workspace and n.seen_at = 0 and n.account = a.id))`, ws)
		return err
	})
	return n, err
}

// Loads returns how many conversations each person has in hand.
func (db *DB) Loads(ctx context.Context, ws tandem.WorkspaceID) (map[tandem.UserID]int, error) {
	type load struct {
		id tandem.UserID
		n  int
	}
	all, err := list(ctx, db, func(r *sql.Rows, l *load) error { return r.Scan(&l.id, &l.n) },
		`select agent, count(*) from conversation where workspace = $1 and owner = 'human' group by agent`, ws)
	out := map[tandem.UserID]int{}
	for _, l := range all {
		out[l.id] = l.n
	}
	return out, err
}
