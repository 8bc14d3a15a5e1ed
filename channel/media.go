package channel

import (
	"context"
	"io"
	"net/http"
	"net/url"
	"path"
	"strings"

	"tandem"
)

// Fetcher is a Channel that can read what customers attach. A job calls Fetch soon after the message
// came, because the platform forgets; the caller closes body, bounds its size and believes neither mime
// nor name.
type Fetcher interface {
	Fetch(ctx context.Context, p tandem.Part) (body io.ReadCloser, mime string, err error)
}

// fileHosts are where Meta keeps files. tokenHosts are those that want our token, which goes nowhere else,
// whatever address an answer names.
var (
	tokenHosts = []string{".fbsbx.com", ".facebook.com", ".whatsapp.net"}
	fileHosts  = append([]string{".fbcdn.net", ".cdninstagram.com"}, tokenHosts...)
)

// Fetch opens a file that a customer sent: first its address, then the file. Invalid: the part has
// no id, or its address is none of Meta's. NotFound: the platform has it no more; ids of webhooks
// live seven days (CHANNELS 6.5).
func (c whatsapp) Fetch(ctx context.Context, p tandem.Part) (io.ReadCloser, string, error) {
	if p.Value == "" {
		return nil, "", tandem.Coded(tandem.Invalid, CodeMedia, "the part is no file of whatsapp")
	}
	var file struct {
		URL  string `json:"url"`
		Mime string `json:"mime_type"`
	}
	err := c.get(ctx, "/"+url.PathEscape(p.Value), nil, &file)
	if tandem.KindOf(err) == tandem.Invalid {
		err = tandem.Coded(tandem.NotFound, CodeMedia, "the platform has the file no more")
	}
	if err != nil {
		return nil, "", err
	}
	body, said, err := c.download(ctx, file.URL, true)
	return body, orElse(file.Mime, said), err
}

// Fetch opens a file of a private message or a comment: an open address that dies within minutes or
// days. Invalid: it is none of Meta's. NotFound: it is dead.
func (m messenger) Fetch(ctx context.Context, p tandem.Part) (io.ReadCloser, string, error) {
	return m.download(ctx, p.URL, false)
}

// hops is how often the host of a file may send us on.
const hops = 3

// download reads a file from the account's own base, from its setting "media" where a simulator keeps
// files on another host, or from Meta's hosts.
func (g graph) download(ctx context.Context, address string, token bool) (io.ReadCloser, string, error) {
	own := func(u *url.URL) bool { return sameBase(u, g.root) || sameBase(u, g.media) }
	return download(ctx, g.web, address, func(u *url.URL) bool { return own(u) || onHost(u, fileHosts) }, func(r *http.Request) {
		if token && (own(r.URL) || onHost(r.URL, tokenHosts)) {
			r.Header.Set("Authorization", "Bearer "+g.token)
		}
	})
}

// download reads a file from where the platform's files are. Where it is sent on to is looked at in the same
// way, and sign decides anew whether our token goes along.
func download(ctx context.Context, web *http.Client, address string, trusted func(*url.URL) bool, sign func(*http.Request)) (io.ReadCloser, string, error) {
	for range hops {
		u, err := url.Parse(address)
		if err != nil || !trusted(u) {
			return nil, "", tandem.Coded(tandem.Invalid, CodeMedia, "the file is not where files of this platform are")
		}
		req, err := http.NewRequestWithContext(ctx, http.MethodGet, u.String(), nil)
		if err != nil {
			return nil, "", tandem.Coded(tandem.Invalid, CodeMedia, "the file's address is wrong")
		}
		sign(req)
		res, err := web.Do(req)
		if err != nil {
			return nil, "", tandem.Coded(tandem.Transient, CodeNoAnswer, "the file cannot be reached")
		}
		if res.StatusCode == http.StatusOK {
			return res.Body, res.Header.Get("Content-Type"), nil
		}
		res.Body.Close()
		switch next := res.Header.Get("Location"); {
		case res.StatusCode >= 300 && res.StatusCode < 400 && next != "":
			to, err := u.Parse(next)
			if err != nil {
				return nil, "", tandem.Coded(tandem.Invalid, CodeMedia, "the file's address is wrong")
			}
			address = to.String()
		case res.StatusCode >= 500 || res.StatusCode == http.StatusTooManyRequests:
			return nil, "", tandem.Coded(tandem.Transient, CodeNoAnswer, "the file's host is busy: http %d", res.StatusCode)
		default:
			return nil, "", tandem.Coded(tandem.NotFound, CodeMedia, "the platform has the file no more: http %d", res.StatusCode)
		}
	}
	return nil, "", tandem.Coded(tandem.Invalid, CodeMedia, "the file is sent on too often")
}

// sameBase tells whether an address has the scheme and the host of a base address.
func sameBase(u *url.URL, base string) bool {
	b, err := url.Parse(base)
	return err == nil && b.Host != "" && b.Host == u.Host && b.Scheme == u.Scheme
}

// onHost tells whether an address is an https one on one of the hosts; a name that begins with a dot stands
// for all below it.
func onHost(u *url.URL, hosts []string) bool {
	for _, host := range hosts {
		if u.Scheme == "https" && u.Port() == "" && (u.Hostname() == host || strings.HasPrefix(host, ".") && strings.HasSuffix(u.Hostname(), host)) {
			return true
		}
	}
	return false
}

// Sizes that WhatsApp takes, in bytes (CHANNELS 6.5).
const (
	waImageMost    = 5 << 20
	waMediaMost    = 16 << 20
	waDocumentMost = 100 << 20
)

// waKinds are the types that WhatsApp takes and what each is sent as. Any other is refused at the upload: "Param
// file must be a file with one of the following types" (Meta, Cloud API, "Supported media types", 2026-11; WebP is
// of stickers alone).
var waKinds = map[string]struct {
	kind string
	most int64
}{
	"image/jpeg": {"image", waImageMost}, "image/png": {"image", waImageMost},
	"audio/aac": {"audio", waMediaMost}, "audio/amr": {"audio", waMediaMost}, "audio/mpeg": {"audio", waMediaMost}, "audio/mp4": {"audio", waMediaMost}, "audio/ogg": {"audio", waMediaMost},
	"video/mp4": {"video", waMediaMost},
}

// waDocuments are the documents that WhatsApp takes, by the ending of their names: their content does not tell
// them apart, and without a type of its own none is taken.
var waDocuments = map[string]string{
	".pdf": "application/pdf", ".txt": "text/plain", ".csv": "text/plain",
	".doc": "application/msword", ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
	".xls": "application/vnd.ms-excel", ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
	".ppt": "application/vnd.ms-powerpoint", ".pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
}

// waFits says what a file is sent as and with which type; ok is false where WhatsApp does not take it.
func waFits(p tandem.Part) (kind, mime string, ok bool) {
	if k, known := waKinds[p.Mime]; known {
		return k.kind, p.Mime, p.Size <= k.most
	}
	mime = waDocuments[strings.ToLower(path.Ext(p.Name))]
	if p.Mime == "application/pdf" {
		mime = p.Mime
	}
	as, _, _ := strings.Cut(p.Mime, "/")
	return "file", mime, mime != "" && as == "application" && p.Size <= waDocumentMost
}

// upload gives a file to WhatsApp, which keeps it for 30 days, and returns its id and what it is sent as. Invalid,
// code media: WhatsApp takes no such file.
func (c whatsapp) upload(ctx context.Context, p tandem.Part, data []byte) (file, kind string, err error) {
	p.Size = int64(len(data))
	kind, mime, ok := waFits(p)
	if !ok {
		return "", "", tandem.Coded(tandem.Invalid, CodeMedia, "whatsapp takes no file of this type and size")
	}
	var answer struct {
		ID id `json:"id"`
	}
	f := form{fields: map[string]any{"messaging_product": "whatsapp", "type": mime}, field: "file", name: orElse(p.Name, p.Type), mime: mime, data: data}
	err = c.call(ctx, http.MethodPost, "/"+url.PathEscape(c.number)+"/media", nil, f, &answer, false)
	if err == nil && answer.ID == "" {
		err = tandem.Coded(tandem.Transient, CodeNoAnswer, "the platform gave the file no id")
	}
	return string(answer.ID), kind, err
}
