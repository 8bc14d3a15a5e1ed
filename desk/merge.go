package desk

import (
	"context"
	"regexp"

	"tandem"
	"tandem/store"
)

// reasonCode is what a reason may look like: events hold codes, never words about people.
var reasonCode = regexp.MustCompile(`^[a-z][a-z0-9_]{0,39}$`)

// MergeCustomers makes two customers one on a person's word; an empty reason is "same_person". It
// can be undone at any time with SplitCustomers. Errors: Invalid bad_reason and same_customer;
// NotFound; Conflict merged where one of them is part of another customer already.
func (r Room) MergeCustomers(ctx context.Context, ws tandem.WorkspaceID, u tandem.User, keep, gone tandem.CustomerID, reason string) (id store.MergeID, err error) {
	if reason == "" {
		reason = "same_person"
	}
	if !reasonCode.MatchString(reason) {
		return "", tandem.Coded(tandem.Invalid, "bad_reason", "a reason is a short code of small letters")
	}
	err = r.DB.Write(ctx, ws, func(tx *store.Tx) error {
		if id, err = tx.Merge(keep, gone, string(u.ID), reason, []string{"person"}); err != nil {
			return err
		}
		return tx.Trail(u.ID, "merge", string(id), map[string]any{"kept": keep, "gone": gone, "reason": reason})
	})
	return id, err
}

// SplitCustomers undoes a merge. No message is lost: what belonged to the customer who was gone goes
// back, with what came into their threads meanwhile. A rule will not merge the two again. Errors:
// NotFound; Conflict already_split.
func (r Room) SplitCustomers(ctx context.Context, ws tandem.WorkspaceID, u tandem.User, id store.MergeID) error {
	return r.DB.Write(ctx, ws, func(tx *store.Tx) error {
		if err := tx.Split(id, string(u.ID)); err != nil {
			return err
		}
		return tx.Trail(u.ID, "split", string(id), nil)
	})
}

// DecideProposal answers whether the two customers of a proposal are one person. Yes merges them, the
// one who came first is kept, and returns the merge; no is remembered, so that the pair is neither
// proposed again nor merged by a rule. Errors: NotFound; Conflict decided where a colleague was
// quicker, merged where one of the two is part of another customer by now.
func (r Room) DecideProposal(ctx context.Context, ws tandem.WorkspaceID, u tandem.User, id store.ProposalID, yes bool) (merged store.MergeID, err error) {
	err = r.DB.Write(ctx, ws, func(tx *store.Tx) error {
		action := "reject_merge"
		if yes {
			action = "confirm_merge"
			merged, err = tx.Confirm(id, string(u.ID))
		} else {
			merged, err = "", tx.Reject(id, string(u.ID))
		}
		if err != nil {
			return err
		}
		return tx.Trail(u.ID, action, string(id), map[string]any{"merge": merged})
	})
	return merged, err
}
