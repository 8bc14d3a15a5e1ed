package desk

import (
	"context"

	"tandem"
	"tandem/store"
)

// EraseCustomer takes out all that is known of a customer, on a named person's word; it cannot be undone.
// Errors: NotFound; Conflict still_open where one of the customer's conversations is not closed, merged where
// the customer is part of another one by now.
func (r Room) EraseCustomer(ctx context.Context, ws tandem.WorkspaceID, u tandem.User, id tandem.CustomerID) error {
	return r.DB.Write(ctx, ws, func(tx *store.Tx) error {
		if err := tx.EraseCustomer(id, string(u.ID)); err != nil {
			return err
		}
		return tx.Trail(u.ID, "erase", string(id), nil)
	})
}
