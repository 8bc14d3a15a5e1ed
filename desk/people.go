package desk

import (
	"context"

	"tandem"
	"tandem/store"
)

// Disable takes a person's access away: their sessions and streams end at once, and nothing waits for
// them. Conversations they have return to the queue, what was offered to them first is asked of
// everybody, drafts they were looking at are free; who is not there is passed over where promises fall
// due. by is who does it: a user's id, or the name of a tool. Errors: Conflict yourself, Conflict
// last_owner, NotFound.
func (r Room) Disable(ctx context.Context, ws tandem.WorkspaceID, id tandem.UserID, by string) error {
	return r.DB.Write(ctx, ws, func(tx *store.Tx) error {
		m, err := tx.Member(id)
		if err != nil || m.Disabled {
			return err
		}
		if string(id) == by {
			return tandem.Coded(tandem.Conflict, "yourself", "nobody takes their own access away")
		}
		if err := another(tx, m); err != nil {
			return err
		}
		has, offered, err := tx.InHand(id)
		if err != nil {
			return err
		}
		if err := tx.SetDisabled(id, true); err != nil { // first: who is asked next must not be this person
			return err
		}
		if err := tx.DropLeases(id); err != nil {
			return err
		}
		for _, c := range has {
			if err := r.leave(tx, c, id, by); err != nil {
				return err
			}
		}
		for _, c := range offered {
			if err := r.Widen(tx, c, by); err != nil {
				return err
			}
		}
		return nil
	})
}

// leave puts a conversation of somebody who is gone into the queue.
func (r Room) leave(tx *store.Tx, id tandem.ConversationID, who tandem.UserID, by string) error {
	c, err := tx.Conversation(id)
	if err != nil {
		return err
	}
	if err := end(tx, id, who, "member_gone"); err != nil {
		return err
	}
	s, err := tx.Snapshot(id)
	if err != nil {
		return err
	}
	why := tandem.Trigger{Code: "M3", Kind: "member_gone"}
	c.Reason = why.Code
	return r.HandOver(tx, c, s, why, r.Card(s, why), by)
}

// another refuses to leave a company without an owner. Two who leave at once come one after the other.
func another(tx *store.Tx, m store.Member) error {
	if m.Role != tandem.RoleOwner || m.Disabled {
		return nil
	}
	if _, err := tx.LockWorkspace(); err != nil {
		return err
	}
	if n, err := tx.Owners(); err != nil || n > 1 {
		return err
	}
	return tandem.Coded(tandem.Conflict, "last_owner", "a company keeps at least one owner; make somebody else one first")
}

// Enable gives a person's access back; the password is the old one. NotFound.
func (r Room) Enable(ctx context.Context, ws tandem.WorkspaceID, id tandem.UserID) error {
	return r.DB.Write(ctx, ws, func(tx *store.Tx) error {
		if m, err := tx.Member(id); err != nil || !m.Disabled {
			return err
		}
		return tx.SetDisabled(id, false)
	})
}

// SetRole makes a person an agent, a manager or an owner; open streams of the person end and begin
// anew with the new rights. Errors: Invalid no_such_role, Conflict last_owner, NotFound.
func (r Room) SetRole(ctx context.Context, ws tandem.WorkspaceID, id tandem.UserID, role tandem.Role) error {
	if role != tandem.RoleAgent && role != tandem.RoleManager && role != tandem.RoleOwner {
		return tandem.Coded(tandem.Invalid, "no_such_role", "a role is agent, manager or owner")
	}
	return r.DB.Write(ctx, ws, func(tx *store.Tx) error {
		m, err := tx.Member(id)
		if err != nil || m.Role == role {
			return err
		}
		if err := another(tx, m); err != nil {
			return err
		}
		m.Role = role
		return tx.SaveUser(m.User, "")
	})
}
