package channel

import (
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"testing"

	"tandem"
)

// A file of ours goes with the call itself on Messenger and Instagram, after an upload on WhatsApp; the
// name cannot break out of its header, and a file too large never leaves.
func TestAFileGoesAlong(t *testing.T) {
	part := tandem.Part{Type: "image", Name: "ta\"be\r\nla.png", Mime: "image/png", File: "f1"}
	for _, kind := range []string{"facebook", "instagram", "whatsapp"} {
		var got []string
		c := opened(t, canaries(kinds[kind]), func(r *http.Request) (*http.Response, error) {
			as, p, _ := mime.ParseMediaType(r.Header.Get("Content-Type"))
			if as != "multipart/form-data" {
				got = append(got, as)
				return answer(200, `{"messages":[{"id":"wamid.1"}]}`), nil
			}
			form, err := multipart.NewReader(r.Body, p["boundary"]).ReadForm(1 << 20)
			if err != nil {
				t.Fatal(err)
			}
			for field, files := range form.File {
				f, err := files[0].Open()
				if err != nil {
					t.Fatal(err)
				}
				b, _ := io.ReadAll(f)
				got = append(got, field+" "+string(b)+" "+files[0].Header.Get("Content-Type"))
			}
			if kind != "whatsapp" && (len(form.Value["recipient"]) != 1 || len(form.Value["message"]) != 1) {
				t.Errorf("%s: %v", kind, form.Value)
			}
			return answer(200, `{"id":"900","message_id":"m_1"}`), nil
		})
		r, err := c.Send(t.Context(), tandem.Outgoing{To: "48600100200", Surface: tandem.Direct, Parts: []tandem.Part{part}, Files: map[tandem.FileID][]byte{"f1": []byte("obraz")}})
		want := "filedata obraz image/png"
		if kind == "whatsapp" {
			want = "file obraz image/png"
		}
		if err != nil || r.External == "" || len(got) == 0 || got[0] != want || kind == "whatsapp" && len(got) != 2 {
			t.Errorf("%s: %q, %+v, %v", kind, got, r, err)
		}
	}
	for _, kind := range []string{"facebook", "instagram"} {
		c := opened(t, canaries(kinds[kind]), func(*http.Request) (*http.Response, error) {
			t.Errorf("%s was called", kind)
			return nil, io.EOF
		})
		_, err := c.Send(t.Context(), tandem.Outgoing{To: "x", Surface: tandem.Direct, Parts: []tandem.Part{part}, Files: map[tandem.FileID][]byte{"f1": make([]byte, imageMost+1)}})
		if tandem.CodeOf(err) != CodeMedia {
			t.Errorf("%s: %v", kind, err)
		}
	}
}

// A file goes as what the platform takes it for; what no platform would take is told before anything leaves.
func TestFilesThatFit(t *testing.T) {
	for _, c := range []struct {
		kind, part, mime, name string
		size                   int64
		as, upload             string // of WhatsApp; empty: refused
		takes                  bool
	}{
		{"whatsapp", "image", "image/png", "a.png", 1000, "image", "image/png", true},
		{"whatsapp", "image", "image/png", "a.png", waImageMost + 1, "", "", false},
		{"whatsapp", "image", "image/webp", "a.webp", 1000, "", "", false},
		{"whatsapp", "image", "image/gif", "a.pdf", 1000, "", "", false},
		{"whatsapp", "audio", "audio/ogg", "", 1000, "audio", "audio/ogg", true},
		{"whatsapp", "video", "video/webm", "a.webm", 1000, "", "", false},
		{"whatsapp", "file", "application/pdf", "", 20 << 20, "file", "application/pdf", true},
		{"whatsapp", "file", "application/octet-stream", "Regulamin.DOCX", 1000, "file", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", true},
		{"whatsapp", "file", "application/octet-stream", "a.zip", 1000, "", "", false},
		{"instagram", "file", "application/pdf", "a.pdf", 1000, "", "", true},
		{"instagram", "file", "application/octet-stream", "a.docx", 1000, "", "", false},
		{"facebook", "file", "application/octet-stream", "a.zip", 1000, "", "", true},
		{"facebook", "image", "image/png", "a.png", imageMost + 1, "", "", false},
		{"sms", "image", "image/png", "a.png", 1000, "", "", false},
	} {
		p := tandem.Part{Type: c.part, Mime: c.mime, Name: c.name, Size: c.size}
		if got := kinds[c.kind].Sends(p); got != c.takes {
			t.Errorf("%s takes %+v: %v", c.kind, p, got)
		}
		if c.kind != "whatsapp" {
			continue
		}
		as, upload, ok := waFits(p)
		if ok != c.takes || ok && (as != c.as || upload != c.upload) {
			t.Errorf("%+v: %s, %s, %v", p, as, upload, ok)
		}
	}
}
