package turn

import (
	"context"
	"encoding/json"
	"strconv"
	"strings"

	"tandem"
	"tandem/intake"
	"tandem/store"
)

func silenceArg(arg string) (tandem.ConversationID, int64, int64) {
	f := append(strings.Fields(arg), "", "", "")
	epoch, _ := strconv.ParseInt(f[1], 10, 64)
	asked, _ := strconv.ParseInt(f[2], 10, 64)
	return tandem.ConversationID(f[0]), epoch, asked
}

// Echo looks again at something the company said that was not recognised when it came: by now the
// answer to our own send has been recorded. What is still unknown was written elsewhere.
func (t Turn) Echo(ctx context.Context, j store.Job) error {
	var e intake.Echo
	if err := json.Unmarshal([]byte(j.Arg), &e); err != nil {
		return tandem.Errorf(tandem.Invalid, "an echo cannot be read")
	}
	return t.DB.Write(ctx, j.Workspace, func(tx *store.Tx) error {
		return intake.Room{DB: t.DB}.External(tx, e.Of(j.Workspace))
	})
}

// Receipt looks again at a receipt that came before the answer to its send.
func (t Turn) Receipt(ctx context.Context, j store.Job) error {
	var e intake.Echo
	if err := json.Unmarshal([]byte(j.Arg), &e); err != nil {
		return tandem.Errorf(tandem.Invalid, "a receipt cannot be read")
	}
	return t.DB.Write(ctx, j.Workspace, func(tx *store.Tx) error {
		return intake.Room{DB: t.DB}.Receipt(tx, e.Of(j.Workspace))
	})
}

// Profile asks the platform for the name of a person who wrote for the first time.
func (t Turn) Profile(ctx context.Context, j store.Job) error {
	i, err := t.DB.Identity(ctx, j.Workspace, tandem.IdentityID(j.Arg))
	if err != nil {
		return err
	}
	line, ok := t.Channels(i.Account)
	p, can := line.Channel.(tandem.Profiler)
	if !ok || !can {
		return nil
	}
	seen, err := p.Profile(ctx, i.External)
	if err != nil {
		if k := tandem.KindOf(err); k == tandem.Transient || k == tandem.Limited {
			return err
		}
		return nil // a person without a profile is a person without a name
	}
	return t.DB.Write(ctx, j.Workspace, func(tx *store.Tx) error {
		_, err := tx.Identify(i.Account, i.External, seen, tandem.V0)
		if err == nil {
			tx.Emit(tandem.Event{Kind: tandem.CustomerChanged, Subject: string(i.Customer), Code: "profile"})
		}
		return err
	})
}
