package store

import (
	"context"
	"database/sql"
	"time"

	"tandem"
)

const templateColumns = `account, name, lang, category, body, examples, state, frame`

// frame is what stands around the body of a template.
type frame struct {
	Header  tandem.TemplateHeader   `json:"header"`
	Footer  string                  `json:"footer,omitempty"`
	Buttons []tandem.TemplateButton `json:"buttons,omitempty"`
}

func scanTemplate(r *sql.Rows, t *tandem.Template) error {
	var f frame
	err := r.Scan(&t.Account, &t.Name, &t.Lang, &t.Category, &t.Body, body{&t.Examples}, &t.State, body{&f})
	t.Header, t.Footer, t.Buttons = f.Header, f.Footer, f.Buttons
	return err
}

// SaveTemplates replaces what is known of an account's templates by what its platform has just told.
// Where the platform could not be asked, problem says why as a code and what was known stays.
func (tx *Tx) SaveTemplates(account tandem.AccountID, all []tandem.Template, problem string) error {
	if err := tx.must(`update account set templates_at = $3, templates_problem = $4 where workspace = $1 and id = $2`, tx.WS, account, us(tx.Now), problem); err != nil || problem != "" {
		return err
	}
	if err := tx.must(`delete from template where workspace = $1 and account = $2`, tx.WS, account); err != nil {
		return err
	}
	for _, t := range all {
		if t.Examples == nil {
			t.Examples = []string{}
		}
		if err := tx.must(`insert into template (workspace, account, name, lang, category, body, examples, state, frame) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
			on conflict (workspace, account, name, lang) do nothing`, tx.WS, account, t.Name, t.Lang, t.Category, t.Body, text(t.Examples), t.State, text(frame{t.Header, t.Footer, t.Buttons})); err != nil {
			return err
		}
	}
	return nil
}

// Template reads one template of an account.
func (tx *Tx) Template(account tandem.AccountID, name, lang string) (tandem.Template, error) {
	return row(context.Background(), tx, "template", scanTemplate, `select `+templateColumns+` from template where workspace = $1 and account = $2 and name = $3 and lang = $4`, tx.WS, account, name, lang)
}

// Templates is what is known of an account's templates.
type Templates struct {
	Items   []tandem.Template
	At      time.Time // when the platform was last asked; zero: never
	Problem string    // code of why it could not be asked then
}

// Templates returns an account's templates by name and language.
func (db *DB) Templates(ctx context.Context, ws tandem.WorkspaceID, account tandem.AccountID) (out Templates, err error) {
	err = db.view(ctx, func(q querier) error {
		out, err = row(ctx, q, "account", func(r *sql.Rows, t *Templates) error { return r.Scan(moment{&t.At}, &t.Problem) },
			`select templates_at, templates_problem from account where workspace = $1 and id = $2`, ws, account)
		if err != nil {
			return err
		}
		out.Items, err = rows(ctx, q, scanTemplate, `select `+templateColumns+` from template where workspace = $1 and account = $2 order by name, lang`, ws, account)
		return err
	})
	return out, err
}
