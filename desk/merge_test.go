package desk

import (
	"context"
	"testing"

	"tandem"
	"tandem/store"
)

func TestPeopleMergeSplitAndDecide(t *testing.T) {
	const ws = tandem.WorkspaceID("w")
	ctx, ola := context.Background(), tandem.User{ID: "ola", Role: tandem.RoleAgent}
	db, err := store.Open(ctx, ":memory:", store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	r := Room{DB: db}
	var who [3]tandem.CustomerID
	var asked store.ProposalID
	err = db.Write(ctx, ws, func(tx *store.Tx) error {
		if err := tx.SaveWorkspace(tandem.Workspace{ID: ws}); err != nil {
			return err
		}
		if err := tx.SaveAccount(tandem.Account{ID: "a", Kind: "instagram", State: tandem.AccountOK}); err != nil {
			return err
		}
		for i, name := range []string{"a", "b", "c"} {
			one, err := tx.Identify("a", name, tandem.Profile{}, tandem.V0)
			if err != nil {
				return err
			}
			who[i] = one.Customer
		}
		asked, err = tx.Propose(who[0], who[2], []string{"order"})
		return err
	})
	if err != nil || asked == "" {
		t.Fatal(asked, err)
	}
	if _, err := r.MergeCustomers(ctx, ws, ola, who[0], who[1], "To ta sama osoba!"); tandem.CodeOf(err) != "bad_reason" {
		t.Errorf("a reason in words: %v", err)
	}
	id, err := r.MergeCustomers(ctx, ws, ola, who[0], who[1], "")
	if err != nil {
		t.Fatal(err)
	}
	if all, err := db.Merges(ctx, ws, who[0]); err != nil || len(all) != 1 || all[0].Reason != "same_person" || all[0].Actor != "ola" {
		t.Errorf("the record: %+v, %v", all, err)
	}
	if err := r.SplitCustomers(ctx, ws, ola, id); err != nil {
		t.Error(err)
	}
	if err := r.SplitCustomers(ctx, ws, ola, id); tandem.CodeOf(err) != "already_split" {
		t.Errorf("a second split: %v", err)
	}
	if merged, err := r.DecideProposal(ctx, ws, ola, asked, false); err != nil || merged != "" {
		t.Errorf("no: %q, %v", merged, err)
	}
	if _, err := r.DecideProposal(ctx, ws, ola, asked, true); tandem.CodeOf(err) != "decided" {
		t.Errorf("yes after no: %v", err)
	}
	if c, err := db.Customer(ctx, ws, who[0]); err != nil || len(c.Identities) != 1 {
		t.Errorf("after all: %+v, %v", c, err)
	}
}
