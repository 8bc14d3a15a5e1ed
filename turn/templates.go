package turn

import (
	"context"
	"time"

	"tandem"
	"tandem/store"
)

// Templates asks a platform for the templates of an account and keeps what it says. What cannot be
// asked is kept as a code for people to see; what was known stays.
func (t Turn) Templates(ctx context.Context, ws tandem.WorkspaceID, account tandem.AccountID) error {
	line, ok := t.Channels(account)
	from, can := line.Channel.(tandem.Templater)
	if !ok || !can {
		return nil
	}
	all, asked := from.Templates(ctx)
	problem := ""
	if asked != nil {
		problem = tandem.CodeOf(asked)
	}
	return t.DB.Write(context.WithoutCancel(ctx), ws, func(tx *store.Tx) error {
		return tx.SaveTemplates(account, all, problem)
	})
}

// templatesJob asks for an account's templates soon, once.
func templatesJob(account tandem.AccountID) store.Job {
	return store.Job{Kind: "templates", Arg: string(account), Once: "templates:" + string(account)}
}

// templates is the job of Templates.
func (t Turn) templates(ctx context.Context, j store.Job) error {
	ctx, stop := context.WithTimeout(ctx, 20*time.Second)
	defer stop()
	return t.Templates(ctx, j.Workspace, tandem.AccountID(j.Arg))
}
