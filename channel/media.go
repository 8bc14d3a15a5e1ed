package channel

import (
	"context"
	"io"
	"net/http"
	"net/url"
	"strings"

	"tandem"
)

// Fetcher is a Channel whose attachments can be read with its token only. A job calls Fetch soon
// after the message came, because the platform forgets; the caller closes body and bounds its size.
type Fetcher interface {
	Fetch(ctx context.Context, p tandem.Part) (body io.ReadCloser, mime string, err error)
}

// mediaHosts are where Meta keeps the files of WhatsApp; the token goes nowhere else, whatever
// address an answer names.
var mediaHosts = []string{".fbsbx.com", ".facebook.com", ".whatsapp.net"}

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
	body, err := c.download(ctx, file.URL)
	return body, file.Mime, err
}

// download reads a file with the token, from the account's own base, from its setting "media" where a
// simulator keeps files on another host, or from Meta's hosts.
func (g graph) download(ctx context.Context, address string) (io.ReadCloser, error) {
	u, err := url.Parse(address)
	if err != nil || !g.trusted(u) {
		return nil, tandem.Coded(tandem.Invalid, CodeMedia, "the file is not where files of this platform are")
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, u.String(), nil)
	if err != nil {
		return nil, tandem.Coded(tandem.Invalid, CodeMedia, "the file's address is wrong")
	}
	req.Header.Set("Authorization", "Bearer "+g.token)
	res, err := g.web.Do(req)
	if err != nil {
		return nil, tandem.Coded(tandem.Transient, CodeNoAnswer, "the file cannot be reached")
	}
	if res.StatusCode == http.StatusOK {
		return res.Body, nil
	}
	res.Body.Close()
	if res.StatusCode >= 500 || res.StatusCode == http.StatusTooManyRequests {
		return nil, tandem.Coded(tandem.Transient, CodeNoAnswer, "the file's host is busy: http %d", res.StatusCode)
	}
	return nil, tandem.Coded(tandem.NotFound, CodeMedia, "the platform has the file no more: http %d", res.StatusCode)
}

func (g graph) trusted(u *url.URL) bool {
	for _, own := range []string{g.root, g.media} {
		if base, err := url.Parse(own); err == nil && base.Host != "" && base.Host == u.Host && base.Scheme == u.Scheme {
			return true
		}
	}
	for _, host := range mediaHosts {
		if u.Scheme == "https" && strings.HasSuffix(u.Hostname(), host) {
			return true
		}
	}
	return false
}
