package app

import (
	"strings"
	"testing"

	"tandem/store"
)

// A file is saved under the customer's name for it, as far as that is harmless.
func TestFileName(t *testing.T) {
	for given, want := range map[string]string{
		"faktura.pdf":               "faktura.pdf",
		"Zgłoszenie reklamacji.pdf": "Zgłoszenie reklamacji.pdf",
		"../../etc/passwd":          "passwd",
		`C:\Users\x\umowa.pdf`:      "umowa.pdf",
		"faktura\u202efdp.exe":      "fakturafdp.exe",
		"a\"\r\nSet-Cookie: x":      "aSet-Cookie x",
		"":                          "file.pdf",
		"voice":                     "file.pdf",
		"...":                       "file.pdf",
	} {
		if got := fileName(store.File{Name: given, Kind: "file", Mime: "application/pdf"}); got != want {
			t.Errorf("%q: %q", given, got)
		}
	}
	if got := fileName(store.File{Name: strings.Repeat("ł", 500) + ".pdf"}); len([]rune(got)) != 120 || !strings.HasSuffix(got, ".pdf") {
		t.Errorf("%q", got)
	}
}
