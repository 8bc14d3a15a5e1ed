package channel

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io"
	"maps"
	"mime"
	"mime/multipart"
	"net"
	"net/http"
	"net/http/httptrace"
	"net/textproto"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"time"

	"tandem"
)

// graph calls Meta's Graph API for one account. The token travels in a header only, because
// addresses land in logs (CHANNELS 0).
type graph struct {
	web   *http.Client
	root  string // base and version
	token string
	proof string // appsecret_proof, empty where the app does not ask for it
	media string // a further address of files, empty outside tests
	codes refusals
}

// maxAnswer bounds what is read of an answer; the longest useful one is a page of history.
const maxAnswer = 4 << 20

// openGraph prepares the calls of one account against base, unless its settings name another.
func openGraph(s Settings, base string, codes refusals) graph {
	set := s.Account.Settings
	base = strings.TrimRight(orElse(set["base"], base), "/")
	g := graph{
		root:  base + "/" + orElse(set["version"], "v25.0"),
		token: s.Account.Secrets["token"],
		media: set["media"],
		codes: codes,
	}
	if set["proof"] == "on" {
		g.proof = Proof(s.Account.Secrets["app_secret"], g.token)
	}
	client := http.Client{}
	if s.Web != nil {
		client = *s.Web
	}
	// A redirect would carry the token to another host, or send a message twice.
	client.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	g.web = &client
	return g
}

// Proof returns the appsecret_proof of a token (CHANNELS 0): hex HMAC-SHA256 of the token.
func Proof(appSecret, token string) string { return sign(appSecret, []byte(token)) }

// sign returns the hex HMAC-SHA256 of a body.
func sign(secret string, body []byte) string {
	m := hmac.New(sha256.New, []byte(secret))
	m.Write(body)
	return hex.EncodeToString(m.Sum(nil))
}

func orElse[T ~string](s, other T) T {
	if s == "" {
		return other
	}
	return s
}

// get reads. Nothing can have been sent, so every failure of the wire is Transient.
func (g graph) get(ctx context.Context, path string, query url.Values, out any) error {
	return g.call(ctx, http.MethodGet, path, query, nil, out, false)
}

// act changes something that may safely be done twice: hiding, typing.
func (g graph) act(ctx context.Context, method, path string, body any) error {
	return g.call(ctx, method, path, nil, body, nil, false)
}

// send posts what a person will read, so a doubtful end is ErrMaybeSent.
func (g graph) send(ctx context.Context, path string, body, out any) error {
	return g.call(ctx, http.MethodPost, path, nil, body, out, true)
}

// call makes one call. Its errors hold numbers and codes only: what a platform writes may repeat
// our token or the customer's words.
func (g graph) call(ctx context.Context, method, path string, query url.Values, body, out any, sends bool) error {
	doubt := tandem.Coded(tandem.Transient, CodeNoAnswer, "no usable answer from the platform")
	if sends {
		doubt = ErrMaybeSent
	}
	req, way, err := g.request(ctx, method, path, query, body)
	if err != nil {
		return err
	}
	res, err := g.web.Do(req)
	if err != nil {
		if way.unsent(err) {
			return tandem.Coded(tandem.Transient, CodeNoAnswer, "the platform cannot be reached")
		}
		return doubt
	}
	defer res.Body.Close()
	answer, err := io.ReadAll(io.LimitReader(res.Body, maxAnswer))
	// Old versions answered 200 with an error inside (CHANNELS 9.3), so the body is asked first.
	var said struct {
		Error *fault `json:"error"`
	}
	broken := err != nil || json.Unmarshal(answer, &said) != nil
	if said.Error != nil {
		return g.codes.refused(*said.Error, res, sends)
	}
	switch {
	case res.StatusCode >= 300: // a redirect too: the base is wrong then
		return g.codes.refused(fault{}, res, sends)
	case broken: // it said yes, but its id is lost
		return doubt
	case out != nil && json.Unmarshal(answer, out) != nil:
		return doubt
	}
	return nil
}

// form is the body of a call that carries a file: fields, which are JSON where they are no text, and the
// file under its name.
type form struct {
	fields map[string]any
	field  string // the name of the file's field
	name   string
	mime   string
	data   []byte
}

// encode writes the form and returns its content type.
func (f form) encode() ([]byte, string, error) {
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	for _, k := range slices.Sorted(maps.Keys(f.fields)) {
		text, plain := f.fields[k].(string)
		if !plain {
			j, err := json.Marshal(f.fields[k])
			if err != nil {
				return nil, "", err
			}
			text = string(j)
		}
		if err := w.WriteField(k, text); err != nil {
			return nil, "", err
		}
	}
	part, err := w.CreatePart(textproto.MIMEHeader{"Content-Type": {f.mime},
		"Content-Disposition": {mime.FormatMediaType("form-data", map[string]string{"name": f.field, "filename": f.name})}})
	if err != nil {
		return nil, "", err
	}
	if _, err := part.Write(f.data); err != nil {
		return nil, "", err
	}
	err = w.Close()
	return b.Bytes(), w.FormDataContentType(), err
}

// encoded is the body of a call and its content type.
func encoded(body any) ([]byte, string, error) {
	if f, ok := body.(form); ok {
		return f.encode()
	}
	text, err := json.Marshal(body)
	return text, "application/json", err
}

// request builds a call that notes how far it gets.
func (g graph) request(ctx context.Context, method, path string, query url.Values, body any) (*http.Request, *way, error) {
	if g.proof != "" {
		if query == nil {
			query = url.Values{}
		}
		query.Set("appsecret_proof", g.proof)
	}
	address := g.root + path
	if len(query) > 0 {
		address += "?" + query.Encode()
	}
	var content io.Reader
	kind := ""
	if body != nil {
		text, as, err := encoded(body)
		if err != nil {
			return nil, nil, tandem.Coded(tandem.Internal, "", "a call to the platform has no JSON form")
		}
		content, kind = bytes.NewReader(text), as
	}
	w := new(way)
	req, err := http.NewRequestWithContext(httptrace.WithClientTrace(ctx, w.trace()), method, address, content)
	if err != nil {
		return nil, nil, tandem.Coded(tandem.Invalid, CodeBadRequest, "the platform's address is wrong")
	}
	req.Header.Set("Authorization", "Bearer "+g.token)
	if body != nil {
		req.Header.Set("Content-Type", kind)
	}
	return req, w, nil
}

// way remembers how far a call got.
type way struct{ asked, wrote bool }

// trace listens to the standard transport. WroteHeaders comes before anything is on the wire, so a
// failure after it counts as sent, which is the safe side.
func (w *way) trace() *httptrace.ClientTrace {
	return &httptrace.ClientTrace{
		GetConn:      func(string) { w.asked = true },
		WroteHeaders: func() { w.wrote = true },
	}
}

// unsent tells whether a call that failed certainly never left. A transport that does not trace,
// such as a simulator in memory, leaves only the error to judge by.
func (w *way) unsent(err error) bool {
	if w.asked {
		return !w.wrote
	}
	if op, ok := errors.AsType[*net.OpError](err); ok && op.Op == "dial" {
		return true
	}
	_, dns := errors.AsType[*net.DNSError](err)
	return dns || errors.Is(err, syscall.ECONNREFUSED)
}

// fault is the error object of the Graph API.
type fault struct {
	Code      number `json:"code"`
	Subcode   number `json:"error_subcode"`
	Transient flag   `json:"is_transient"`
}

// refused says what an answer that is no success means.
func (t refusals) refused(f fault, res *http.Response, sends bool) error {
	r, known := t.find(int(f.Code), int(f.Subcode))
	if !known {
		r = byStatus(res.StatusCode, f)
	}
	// 503 says that nothing was done, also where the front adds its vague 1 or 2: those may be tried
	// again, which a person would have to do otherwise. A number of a product keeps its doubt.
	if r == doubtful && res.StatusCode == http.StatusServiceUnavailable && f.Code <= 2 {
		r = refusal{tandem.Transient, CodeNoAnswer}
	}
	switch {
	case r == doubtful && sends:
		return ErrMaybeSent
	case r == doubtful:
		return tandem.Coded(tandem.Transient, CodeNoAnswer, "the platform is busy: http %d, code %d", res.StatusCode, f.Code)
	case r.code == CodeRateLimited:
		return limited(wait(res.Header))
	}
	return tandem.Coded(r.kind, r.code, "the platform refused: http %d, code %d, subcode %d", res.StatusCode, f.Code, f.Subcode)
}

// byStatus judges an answer without a known code. 503 says by definition that nothing was done;
// any other 5xx may come from a gateway behind which the message went through.
func byStatus(status int, f fault) refusal {
	switch {
	case bool(f.Transient):
		return doubtful
	case status == http.StatusTooManyRequests:
		return refusal{tandem.Limited, CodeRateLimited}
	case status == http.StatusServiceUnavailable:
		return refusal{tandem.Transient, CodeNoAnswer}
	case status >= 500, status < 300 && f.Code == 0:
		return doubtful
	case status == http.StatusUnauthorized, status == http.StatusForbidden:
		return refusal{tandem.Denied, CodeAuth}
	}
	return refusal{tandem.Invalid, CodeBadRequest}
}

// wait reads how long to stay away: Retry-After in seconds, or the longest
// estimated_time_to_regain_access in minutes (CHANNELS 9.2); a minute where nothing is said.
func wait(h http.Header) time.Duration {
	if n, err := strconv.Atoi(h.Get("Retry-After")); err == nil && n > 0 {
		return min(time.Duration(n)*time.Second, time.Hour)
	}
	var usage map[string][]struct {
		Minutes number `json:"estimated_time_to_regain_access"`
	}
	after := time.Minute
	if json.Unmarshal([]byte(h.Get("X-Business-Use-Case-Usage")), &usage) == nil {
		for _, rows := range usage {
			for _, row := range rows {
				after = max(after, time.Duration(min(row.Minutes, 60))*time.Minute)
			}
		}
	}
	return after
}
