package main

import (
	"strings"
	"testing"
)

// TestAccessIsTakenFromTheCommandLine: who lost it is told from the last owner, who keeps it.
func TestAccessIsTakenFromTheCommandLine(t *testing.T) {
	data := started(t)
	for _, c := range []struct {
		args string
		code int
		says string
	}{
		{"user disable --email szefowa@sklep.pl", failed, "at least one owner"},
		{"user add --email anna@sklep.pl --name Anna --password tajne-haslo", good, "can sign in as agent"},
		{"user disable --email Anna@sklep.pl", good, "can no longer sign in"},
		{"user disable --email anna@sklep.pl --company Inny", failed, "nobody with this address"},
		{"user enable --email anna@sklep.pl", good, "can sign in again as agent"},
		{"user enable --email nikt@sklep.pl", failed, "nobody with this address"},
	} {
		got := tandemDoes(t, "", append(strings.Fields(c.args), "--data", data)...)
		if got.code != c.code || !strings.Contains(got.out+got.err, c.says) {
			t.Errorf("tandem %s: %d %s%s", c.args, got.code, got.out, got.err)
		}
	}
}
