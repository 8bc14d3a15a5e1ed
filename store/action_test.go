package store_test

import (
	"testing"

	"tandem"
	"tandem/store"
)

// TestActionsFollowMerges: an action goes with its conversation, and back when the merge is undone.
func TestActionsFollowMerges(t *testing.T) {
	each(t, func(t *testing.T, b *bench) {
		b.accounts(t)
		k, _ := b.writes(t, "a1", "ania", "k1", at(0))
		g, _ := b.writes(t, "a2", "anna", "g1", at(5))
		a := tandem.Action{ID: "x1", Conversation: g.ID, Kind: tandem.ChangeAddress, Subject: "48213", Args: map[string]string{"city": "Łódź"}, State: tandem.ActionProposed, By: tandem.ByBot, Key: "k"}
		b.must(t, func(tx *store.Tx) error { return tx.AddAction(a) })
		id := b.merge(t, k.Customer, g.Customer)
		all, err := b.Actions(t.Context(), ws, k.ID)
		if err != nil || len(all) != 1 || all[0].ID != "x1" || all[0].Args["city"] != "Łódź" || all[0].By != tandem.ByBot {
			t.Fatalf("after the merge: %+v, %v", all, err)
		}
		b.must(t, func(tx *store.Tx) error { // decided while they were one
			got, err := tx.Action("x1")
			if err != nil {
				return err
			}
			got.State, got.ApprovedBy, got.Epoch, got.DecidedAt = tandem.ActionApproved, "ola", 7, tx.Now
			return tx.SaveAction(got, "ola")
		})
		b.must(t, func(tx *store.Tx) error { return tx.Split(id, "ola") })
		got, err := b.Action(t.Context(), ws, "x1")
		if err != nil || got.Conversation != g.ID || got.State != tandem.ActionApproved || got.ApprovedBy != "ola" || got.Epoch != 7 || got.DecidedAt.IsZero() || got.CreatedAt.IsZero() {
			t.Errorf("after the split: %+v, %v", got, err)
		}
		if _, err := b.Action(t.Context(), ws, "none"); tandem.KindOf(err) != tandem.NotFound {
			t.Errorf("an action of nobody: %v", err)
		}
	})
}
