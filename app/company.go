package app

import (
	"context"

	"tandem"
	"tandem/access"
	"tandem/policy"
	"tandem/store"
)

// Company is a workspace with everything it starts with.
type Company struct {
	Workspace tandem.Workspace
	People    []Employee
	Teams     []tandem.Team
	Accounts  []tandem.Account
	Sources   []store.Source
}

// Employee is a person with a password in clear, which is hashed and forgotten.
type Employee struct {
	tandem.User
	Password string
}

// Found stores a company with the map that tandem ships with. A workspace that is already there is
// left as it is; its people, accounts and sources are not touched.
func (a *App) Found(ctx context.Context, c Company) error {
	switch _, err := a.db.Workspace(ctx, c.Workspace.ID); {
	case err == nil:
		return nil
	case tandem.KindOf(err) != tandem.NotFound:
		return err
	}
	hashes := make([]string, len(c.People))
	for i, p := range c.People {
		h, err := access.Hash(ctx, p.Password)
		if err != nil {
			return err
		}
		hashes[i] = h
	}
	return a.db.Write(ctx, c.Workspace.ID, func(tx *store.Tx) error {
		if err := tx.SaveWorkspace(c.Workspace); err != nil {
			return err
		}
		for _, t := range policy.Shipped {
			if err := tx.SaveTouchpoint(t, "tandem"); err != nil {
				return err
			}
		}
		for _, t := range c.Teams {
			if err := tx.SaveTeam(t); err != nil {
				return err
			}
		}
		for i, p := range c.People {
			if err := tx.SaveUser(p.User, hashes[i]); err != nil {
				return err
			}
		}
		for _, acc := range c.Accounts {
			if err := tx.SaveAccount(acc); err != nil {
				return err
			}
		}
		for _, s := range c.Sources {
			if err := tx.SaveSource(s, ""); err != nil {
				return err
			}
		}
		return sweep(tx)
	})
}
