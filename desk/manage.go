package desk

import (
	"context"

	"tandem"
	"tandem/store"
)

// Change is what a manager moves on the map. Nil fields stay.
type Change struct {
	ID      string
	Level   *tandem.Autonomy
	Profile *string
	Speed   *int
	Empathy *int
	Version int64 // of the topic that was read
	Note    string
}

// SetTouchpoint moves a topic: what is seen on the map is what the bot obeys from the next message
// on; no language or channel group keeps a higher level. Who moved it, and why, is kept.
func (r Room) SetTouchpoint(ctx context.Context, ws tandem.WorkspaceID, u tandem.User, in Change) error {
	return r.DB.Write(ctx, ws, func(tx *store.Tx) error {
		t, err := tx.Touchpoint(in.ID)
		if err != nil {
			return err
		}
		if t.Version != in.Version {
			return tandem.Coded(tandem.Conflict, "stale_version", "the topic was changed by somebody else; read it again")
		}
		was := t
		if in.Level != nil {
			t.Level = *in.Level
			lower(t.Levels, t.Level)
		}
		if in.Profile != nil {
			t.Profile = *in.Profile
		}
		if in.Speed != nil {
			t.Speed = *in.Speed
		}
		if in.Empathy != nil {
			t.Empathy = *in.Empathy
		}
		if err := valid(t); err != nil {
			return err
		}
		if err := tx.SaveTouchpoint(t, string(u.ID)); err != nil {
			return err
		}
		return tx.Trail(u.ID, "touchpoint", t.ID, map[string]any{"from_level": was.Level, "to_level": t.Level, "profile": t.Profile, "speed": t.Speed, "empathy": t.Empathy, "note": in.Note})
	})
}

// lower brings what language and channel groups have earned down to the level that a person sets for all
// of them. Where a level has fallen by itself that stays written down.
func lower(groups map[string]tandem.Graded, to tandem.Autonomy) {
	for key, g := range groups {
		switch {
		case g.Level <= to:
		case g.Why == "":
			delete(groups, key)
		default:
			g.Level = to
			groups[key] = g
		}
	}
}

func valid(t tandem.Touchpoint) error {
	switch {
	case t.Level < tandem.L0 || t.Level > tandem.L4:
		return tandem.Coded(tandem.Invalid, "bad_level", "a level is 0 to 4")
	case t.Speed < 0 || t.Speed > 100 || t.Empathy < 0 || t.Empathy > 100:
		return tandem.Coded(tandem.Invalid, "bad_place", "speed and empathy are 0 to 100")
	case t.Profile != "" && t.Profile != "wysoka" && t.Profile != "zrownowazona" && t.Profile != "niska":
		return tandem.Coded(tandem.Invalid, "bad_profile", "a profile is wysoka, zrownowazona or niska")
	}
	return nil
}

// Pause silences the bot on one topic, or everywhere when the topic is empty, at once: a bot row that
// is queued is refused by the sender, what is being thought is refused at its commit.
func (r Room) Pause(ctx context.Context, ws tandem.WorkspaceID, u tandem.User, touchpoint string, paused bool) error {
	return r.DB.Write(ctx, ws, func(tx *store.Tx) error {
		if touchpoint != "" {
			t, err := tx.Touchpoint(touchpoint)
			if err != nil {
				return err
			}
			t.Paused = paused
			if err := tx.SaveTouchpoint(t, string(u.ID)); err != nil {
				return err
			}
		} else {
			w, err := tx.LockWorkspace()
			if err != nil {
				return err
			}
			w.Settings.Paused = paused
			if err := tx.SaveWorkspace(w); err != nil {
				return err
			}
		}
		return tx.Trail(u.ID, "pause", touchpoint, map[string]any{"paused": paused})
	})
}
