package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"

	"tandem"
)

// Backup writes a copy of the database as it is at one moment to a new file, while others go on
// writing. Invalid: a database of many machines has its own tool for that, and a file that is there
// is never overwritten.
func (db *DB) Backup(ctx context.Context, path string) error {
	if db.pg {
		return tandem.Coded(tandem.Invalid, "use_pg_dump", "PostgreSQL is backed up with its own tool: pg_dump")
	}
	if _, err := os.Stat(path); err == nil {
		return tandem.Coded(tandem.Invalid, "file_exists", "%s exists; a backup never overwrites a file", path)
	}
	if db.only != nil {
		db.mem.Lock()
		defer db.mem.Unlock()
		_, err := db.only.ExecContext(ctx, `vacuum into $1`, path)
		return err
	}
	c, err := db.pool.Conn(ctx) // a reader, so that the writer goes on meanwhile
	if err != nil {
		return err
	}
	defer c.Close()
	if _, err := c.ExecContext(ctx, `pragma query_only = 0`); err != nil {
		return err
	}
	_, err = c.ExecContext(ctx, `vacuum into $1`, path)
	_, back := c.ExecContext(context.WithoutCancel(ctx), `pragma query_only = 1`)
	return errors.Join(err, back)
}

// FileVersion returns the version of a database file without changing it. Invalid: it is no
// database of tandem.
func FileVersion(ctx context.Context, path string) (int, error) {
	if _, err := os.Stat(path); err != nil {
		return 0, tandem.Errorf(tandem.Invalid, "there is no file %s", path)
	}
	h, err := sql.Open("sqlite", fileURI(path)+"?mode=ro&immutable=1")
	if err != nil {
		return 0, err
	}
	defer h.Close()
	var version int
	if err := h.QueryRowContext(ctx, `select coalesce(max(version), 0) from migration`).Scan(&version); err != nil {
		return 0, tandem.Coded(tandem.Invalid, "no_database", "%s is no database of tandem", path)
	}
	return version, nil
}

// Fault is one thing that Check found.
type Fault struct {
	Name  string
	Count int
}

// faults are counts that must be 0: what the database's own keys do not hold.
var faults = []struct{ name, query string }{
	{"messages without a thread", `select count(*) from message m where not exists (select 1 from thread t where t.workspace = m.workspace and t.id = m.thread)`},
	{"messages without a conversation", `select count(*) from message m where not exists (select 1 from conversation c where c.workspace = m.workspace and c.id = m.conversation)`},
	{"conversations without a customer", `select count(*) from conversation c where not exists (select 1 from customer u where u.workspace = c.workspace and u.id = c.customer)`},
	{"threads without an account", `select count(*) from thread t where not exists (select 1 from account a where a.workspace = t.workspace and a.id = t.account)`},
	{"identities without a customer", `select count(*) from identity i where not exists (select 1 from customer u where u.workspace = i.workspace and u.id = i.customer)`},
	{"drafts without a conversation", `select count(*) from draft d where not exists (select 1 from conversation c where c.workspace = d.workspace and c.id = d.conversation)`},
	{"conversations with a person and no name of one", `select count(*) from conversation where owner = 'human' and agent <> '' and agent not in (select id from member)`},
	{"conversations with an agent that nobody has", `select count(*) from conversation where owner <> 'human' and agent <> ''`},
	{"conversations whose number of messages is behind", `select count(*) from conversation c where c.seq < (select coalesce(max(m.seq), 0) from message m where m.workspace = c.workspace and m.conversation = c.id)`},
	{"waiting customers without a hand-over", `select count(*) from conversation c where c.owner = 'queue' and not exists (select 1 from handover h where h.workspace = c.workspace and h.conversation = c.id and h.ended_at = 0)`},
	{"queued messages without a job", `select count(*) from message m where m.delivery = 'queued' and not exists (select 1 from job j where j.workspace = m.workspace and j.kind = 'send' and j.arg = m.id)`},
	{"contents of files that are gone", `select count(*) from file_piece p where not exists (select 1 from file f where f.workspace = p.workspace and f.id = p.file)`},
	{"gaps in the ledger", `select count(*) from workspace w where w.event_seq <> (select coalesce(max(e.seq), 0) from event e where e.workspace = w.id)
		or w.event_seq <> (select count(*) from event e where e.workspace = w.id)`},
	{"dead jobs", `select count(*) from job where dead = 1`},
	{"I1: owners that are none of the four", `select count(*) from conversation where owner not in ('bot', 'queue', 'human', 'closed')`},
	{"I4: two answers of the bot to one message", `select count(*) from (select 1 from message where origin = 'bot' and key is not null group by workspace, conversation, key having count(*) > 1) as twice`},
	{"I5: messages of a platform that are there twice", `select count(*) from (select 1 from message where external is not null group by workspace, account, external having count(*) > 1) as twice`},
	{"I6: customers' messages without a disposition", `select count(*) from message where origin = 'customer' and disposition = ''`},
	{"I16: hand-overs without a card", `select count(*) from handover where card in ('', '{}')`},
	{"messages in a thread of another conversation", `select count(*) from message m join thread t on t.workspace = m.workspace and t.id = m.thread where t.conversation <> m.conversation`},
}

// Check looks whether the database is whole: the engine's own check, and counts that must be 0. It
// returns what is not, and how many things were looked at.
func (db *DB) Check(ctx context.Context) (found []Fault, looked int, err error) {
	err = db.view(ctx, func(q querier) error {
		if !db.pg {
			lines, err := rows(ctx, q, one[string], `pragma integrity_check`)
			if err != nil {
				return err
			}
			looked++
			if len(lines) != 1 || lines[0] != "ok" {
				found = append(found, Fault{"integrity of the file: " + fmt.Sprintf("%.100s", lines[0]), len(lines)})
			}
		}
		for _, f := range faults {
			n, err := row(ctx, q, "check", one[int], f.query)
			if err != nil {
				return err
			}
			looked++
			if n > 0 {
				found = append(found, Fault{f.name, n})
			}
		}
		return nil
	})
	return found, looked, err
}
