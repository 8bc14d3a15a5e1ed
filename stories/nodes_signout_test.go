package stories

import (
	"testing"

	"tandem"
	"tandem/demo"
	"tandem/store"
)

// TestAccessTakenAtOneNodeCutsStreamsAtTheOther, with NATS between the nodes and without: signing out,
// disabling and another role end the person's streams wherever they are open, and nobody else's.
func TestAccessTakenAtOneNodeCutsStreamsAtTheOther(t *testing.T) {
	for name, c := range map[string]struct {
		nats bool
		what func(*store.Tx) error
	}{
		"disabled, told by NATS":     {true, func(tx *store.Tx) error { return tx.SetDisabled("ola", true) }},
		"disabled, found by looking": {false, func(tx *store.Tx) error { return tx.SetDisabled("ola", true) }},
		"another role": {true, func(tx *store.Tx) error {
			u, err := tx.User("ola")
			u.Role = tandem.RoleManager
			if err != nil {
				return err
			}
			return tx.SaveUser(u, "")
		}},
	} {
		t.Run(name, func(t *testing.T) {
			p := newPair(t, c.nats)
			p.b.work()
			ola, piotr := p.b.listen("ola", 0), p.b.listen("piotr", 0)
			if err := p.a.DB().Write(t.Context(), demo.Workspace, c.what); err != nil {
				t.Fatal(err)
			}
			p.until("the stream ends", ola.over)
			if piotr.over() {
				t.Error("a colleague's stream ended too")
			}
		})
	}
}

// over tells whether the node has ended the stream.
func (e *ear) over() bool {
	select {
	case <-e.done:
		return true
	default:
		return false
	}
}
