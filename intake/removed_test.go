package intake_test

import (
	"fmt"
	"slices"
	"testing"

	"tandem"
)

// Who took it away is told as far as it is known.
func TestWhoTookItAway(t *testing.T) {
	each(t, func(b *bench) {
		private := b.says("ania", "jednak nie")
		comment := b.comment("ania", "wstyd!")
		b.in("ig", private)
		ours := b.ours(b.snap("ig", "ania").Conversation.ID, tandem.FromHuman, tandem.Sent, "x-1")
		b.in("ig", comment)
		for n, id := range []string{private.External, comment.External, ours.External} {
			in := about(tandem.InDeleted, id)
			in.Key = fmt.Sprint("d", n)
			b.in("ig", in)
		}
		var got []tandem.Remover
		for _, m := range b.snap("ig", "ania").Messages {
			got = append(got, m.RemovedBy)
		}
		if !slices.Equal(got, []tandem.Remover{tandem.ByCustomer, tandem.ByCompany, tandem.ByPlatform}) {
			b.t.Errorf("%q", got)
		}
	})
}
