package store

import (
	"context"
	"database/sql"
	"slices"
	"strings"
	"time"

	"tandem"
)

// place is a thread with what decides whether anything can be sent there.
type place struct {
	tandem.Thread
	state tandem.AccountState
	wish  string // the newest word of the customer about being written to on that account
}

func scanPlace(r *sql.Rows, p *place) error {
	return r.Scan(&p.ID, &p.Conversation, &p.Account, &p.Channel, &p.Surface, &p.External, &p.Subject, &p.To, moment{&p.WindowFrom}, &p.state, &p.wish)
}

// places are the threads of a snapshot's conversation, each with why nothing can be sent there now. What is asked
// again when a message leaves (turn.dispatch) is told here before anybody presses.
func places(ctx context.Context, q querier, s tandem.Snapshot) ([]tandem.Thread, error) {
	all, err := rows(ctx, q, scanPlace, `select `+threadColumns+`, a.state, coalesce((select c.wish from identity i
		join consent c on c.workspace = i.workspace and c.account = i.account and c.external = i.external
		where i.workspace = t.workspace and i.customer = $3 and i.account = t.account and c.scope = 'all' order by c.at desc, c.id desc limit 1), '')`+
		threadFrom+`where t.workspace = $1 and t.conversation = $2 order by t.id`, s.Workspace.ID, s.Conversation.ID, s.Customer.ID)
	var out []tandem.Thread
	for _, p := range all {
		p.Shut = p.shut(s.Messages, s.Now)
		out = append(out, p.Thread)
	}
	return out, err
}

// shut is why nothing can be sent to a place: the most lasting reason first.
func (p place) shut(messages []tandem.Message, now time.Time) string {
	switch {
	case strings.HasPrefix(p.External, Erased):
		return tandem.ShutErased
	case p.state == tandem.AccountOff:
		return tandem.ShutOff
	case p.wish == WishStop && !p.Surface.Public():
		return tandem.ShutOptedOut
	case p.state != tandem.AccountOK:
		return tandem.ShutBroken
	case unreachable(p.ID, messages, now):
		return tandem.ShutUnreachable
	}
	return ""
}

// unreachable tells whether the last that is known of a place is that the platform could not deliver there.
func unreachable(th tandem.ThreadID, messages []tandem.Message, now time.Time) bool {
	for _, m := range slices.Backward(messages) {
		switch {
		case m.Thread != th:
			continue
		case m.Inbound() || m.Delivery == tandem.Sent || m.Delivery == tandem.Delivered || m.Delivery == tandem.Read:
			return false
		case m.Delivery == tandem.Failed:
			return m.Problem == tandem.ShutUnreachable && now.Sub(m.At) < tandem.ShutFor
		}
	}
	return false
}
