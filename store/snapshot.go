package store

import (
	"context"
	"time"

	"tandem"
)

// SnapshotMessages is how far back a turn looks.
const SnapshotMessages = 60

// Snapshot reads all that is known of a conversation at one moment, once.
func (db *DB) Snapshot(ctx context.Context, ws tandem.WorkspaceID, id tandem.ConversationID, now time.Time) (s tandem.Snapshot, err error) {
	defer tandem.Wrap(&err, "snapshot %s", id)
	err = db.view(ctx, func(q querier) error {
		s, err = snapshot(ctx, q, ws, id, now)
		return err
	})
	return s, err
}

// Snapshot reads the same within a transaction.
func (tx *Tx) Snapshot(id tandem.ConversationID) (tandem.Snapshot, error) {
	return snapshot(context.Background(), tx, tx.WS, id, tx.Now)
}

func snapshot(ctx context.Context, q querier, ws tandem.WorkspaceID, id tandem.ConversationID, now time.Time) (s tandem.Snapshot, err error) {
	s.Now = now
	if s.Workspace, err = row(ctx, q, "workspace", scanWorkspace, `select `+workspaceColumns+` from workspace where id = $1`, ws); err != nil {
		return s, err
	}
	if s.Conversation, err = row(ctx, q, "conversation", scanConversation, `select `+conversationColumns+` from conversation where workspace = $1 and id = $2`, ws, id); err != nil {
		return s, err
	}
	if s.Customer, err = customer(ctx, q, ws, s.Conversation.Customer); err != nil {
		return s, err
	}
	if s.Messages, err = newest(ctx, q, ws, id, SnapshotMessages); err != nil {
		return s, err
	}
	if s.Threads, err = places(ctx, q, s); err != nil {
		return s, err
	}
	if s.Cases, err = rows(ctx, q, scanCase, `select `+caseColumns+` from matter where workspace = $1 and conversation = $2 order by id desc limit 20`, ws, id); err != nil {
		return s, err
	}
	if s.Promises, err = rows(ctx, q, scanPromise, `select `+promiseColumns+` from promise where workspace = $1 and conversation = $2 and kept = 0 order by due`, ws, id); err != nil {
		return s, err
	}
	if s.Notes, err = rows(ctx, q, scanNote, `select id, conversation, by_member, text, for_bot, at from note where workspace = $1 and conversation = $2 order by id desc limit 50`, ws, id); err != nil {
		return s, err
	}
	if s.Drafts, err = rows(ctx, q, scanDraft, `select `+draftColumns+` from draft where workspace = $1 and conversation = $2 and state = 'pending' order by id`, ws, id); err != nil {
		return s, err
	}
	if s.Decisions, err = rows(ctx, q, scanDecision, `select `+decisionColumns+` from decision where workspace = $1 and conversation = $2 order by id desc limit 20`, ws, id); err != nil {
		return s, err
	}
	open, err := rows(ctx, q, scanHandover, `select `+handoverColumns+` from handover where workspace = $1 and conversation = $2 and ended_at = 0 order by id desc limit 1`, ws, id)
	if err != nil {
		return s, err
	}
	if len(open) > 0 {
		s.Handover = &open[0]
	}
	all, err := rows(ctx, q, scanTouchpoint, `select `+touchpointColumns+` from touchpoint where workspace = $1`, ws)
	if err != nil {
		return s, err
	}
	s.Touchpoints = make(map[string]tandem.Touchpoint, len(all))
	for _, t := range all {
		s.Touchpoints[t.ID] = t
	}
	here := now.In(s.Zone())
	s.Staffed = s.Workspace.Hours.Open(here)
	s.Next, _ = s.Workspace.Hours.Next(here)
	return s, nil
}
