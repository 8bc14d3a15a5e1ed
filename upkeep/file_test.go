package upkeep

import "testing"

// What a file is, is found in its content. Whatever somebody says of it, nothing becomes a type that a
// browser would run.
func TestSniff(t *testing.T) {
	for name, c := range map[string]struct{ body, said, want string }{
		"a picture":                  {"\x89PNG\r\n\x1a\n", "image/png", "image/png"},
		"a picture said to be text":  {"\xff\xd8\xff\xe0", "text/html", "image/jpeg"},
		"a page said to be a photo":  {"<!doctype html><script>", "image/jpeg", "application/octet-stream"},
		"SVG":                        {"<svg xmlns='http://www.w3.org/2000/svg'>", "image/svg+xml", "application/octet-stream"},
		"text":                       {"hej", "text/plain", "application/octet-stream"},
		"nothing":                    {"", "image/png", "application/octet-stream"},
		"a PDF":                      {"%PDF-1.7", "application/octet-stream", "application/pdf"},
		"a voice note":               {"OggS\x00\x02", "audio/ogg; codecs=opus", "audio/ogg"},
		"a recording in MP4":         {"\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00mp42isom", "audio/mp4", "audio/mp4"},
		"a film in MP4":              {"\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00mp42isom", "video/mp4", "video/mp4"},
		"M4A":                        {"\x00\x00\x00\x18ftypM4A \x00\x00\x00\x00", "", "audio/mp4"},
		"AMR":                        {"#!AMR\n", "audio/amr", "audio/amr"},
		"WebP":                       {"RIFF\x00\x00\x00\x00WEBPVP8 ", "image/webp", "image/webp"},
		"an archive said to be film": {"PK\x03\x04", "video/mp4", "application/octet-stream"},
	} {
		if got := Sniff([]byte(c.body), c.said); got != c.want {
			t.Errorf("%s: %s", name, got)
		}
	}
}
