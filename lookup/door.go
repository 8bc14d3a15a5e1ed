package lookup

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"time"

	"tandem"
)

// Bounds of every source. A turn may think for 3.5 s in all.
const (
	patience   = 2500 * time.Millisecond // with one source
	fresh      = 60 * time.Second        // an answer is not asked for again
	stale      = 15 * time.Minute        // an old answer is better than none; its age is in Fact.At
	brokenBy   = 5                       // failures in a row
	brokenFor  = 30 * time.Second        // nothing is asked after them
	longestDoc = 1 << 20                 // bytes of an answer
	mostKept   = 2000                    // answers
)

// door is the way to one system over HTTP: it asks, remembers for a moment, and leaves a system
// alone that is down. Its errors hold no address, no token and nothing of a customer. Safe for many
// goroutines.
type door struct {
	base  string // without a slash at the end
	token string // sent as Bearer; empty: none
	web   *http.Client
	keep  time.Duration

	mu     sync.Mutex
	kept   map[string]answer
	failed int
	until  time.Time // left alone until then
}

type answer struct {
	body []byte
	at   time.Time
}

// newDoor checks an address. Plain HTTP is for this machine and for names without a dot only,
// because a token and customers' data travel on it.
func newDoor(settings map[string]string, standard, token string, web *http.Client) (*door, error) {
	u, err := url.Parse(strings.TrimRight(cmp.Or(settings["base"], standard), "/"))
	if err != nil || u.Host == "" || u.User != nil || u.RawQuery != "" {
		return nil, tandem.Coded(tandem.Invalid, "setting_wrong", "the setting base is no address")
	}
	name := u.Hostname()
	near := name == "::1" || strings.HasPrefix(name, "127.") || !strings.Contains(name, ".")
	if u.Scheme != "https" && (u.Scheme != "http" || !near) {
		return nil, tandem.Coded(tandem.Invalid, "setting_wrong", "the setting base needs https")
	}
	keep := fresh
	if v := settings["cache"]; v != "" {
		n, err := strconv.Atoi(v)
		if err != nil || n < 0 || n > 900 {
			return nil, tandem.Coded(tandem.Invalid, "setting_wrong", "the setting cache is a number of seconds from 0 to 900")
		}
		keep = time.Duration(n) * time.Second
	}
	client := http.Client{}
	if web != nil {
		client = *web
	}
	// A redirect turns an order to pay back into a question, whose answer would pass for a yes; and it
	// would carry the token and who asks to an address that nobody has checked.
	client.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	return &door{base: u.String(), token: token, web: &client, keep: keep, kept: map[string]answer{}}, nil
}

// get asks for a path and reads the JSON answer into v. It returns when the answer was fetched,
// which is up to 15 minutes ago where the system fails now. worth tells, after reading, whether the
// answer is to be remembered: "nobody of that name" is not, because a customer may be linked next.
func (d *door) get(ctx context.Context, path string, v any, worth func() bool) (time.Time, error) {
	d.mu.Lock()
	old, have := d.kept[path]
	d.mu.Unlock()
	if have && time.Since(old.at) < d.keep {
		return old.at, json.Unmarshal(old.body, v)
	}
	body, err := d.ask(ctx, path)
	now := time.Now()
	if err == nil {
		if json.Unmarshal(body, v) != nil {
			err = tandem.Coded(tandem.Transient, "lookup_unreadable", "the answer is no JSON of the known form")
		}
	}
	d.note(ctx, err, now)
	if err == nil {
		if worth == nil || worth() {
			d.remember(path, answer{body, now})
		}
		return now, nil
	}
	if k := tandem.KindOf(err); have && now.Sub(old.at) < stale && k != tandem.Denied && k != tandem.NotFound {
		return old.at, json.Unmarshal(old.body, v)
	}
	return time.Time{}, err
}

// remember keeps an answer and forgets old ones when there are too many.
func (d *door) remember(path string, a answer) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if len(d.kept) >= mostKept {
		for p, k := range d.kept {
			if len(d.kept) >= mostKept || a.at.Sub(k.at) > stale {
				delete(d.kept, p)
			}
		}
	}
	d.kept[path] = a
}

// note counts failures in a row. A refused token and a missing order are answers, not failures, and
// a caller that went away proves nothing.
func (d *door) note(ctx context.Context, err error, now time.Time) {
	d.mu.Lock()
	defer d.mu.Unlock()
	switch k := tandem.KindOf(err); {
	case err == nil || k == tandem.NotFound || k == tandem.Denied:
		d.failed = 0
	case errors.Is(ctx.Err(), context.Canceled) || tandem.CodeOf(err) == "lookup_paused":
	default:
		if d.failed++; d.failed >= brokenBy {
			d.until = now.Add(brokenFor)
		}
	}
}

// ask asks once, and once more after a refusal that time heals.
func (d *door) ask(ctx context.Context, path string) ([]byte, error) {
	d.mu.Lock()
	paused := time.Now().Before(d.until)
	d.mu.Unlock()
	if paused {
		return nil, tandem.Coded(tandem.Transient, "lookup_paused", "the system failed %d times and is left alone for a moment", brokenBy)
	}
	body, wait, err := d.once(ctx, path)
	if err == nil || wait == 0 {
		return body, err
	}
	if end, ok := ctx.Deadline(); ok && time.Until(end) <= wait {
		return nil, err
	}
	select {
	case <-ctx.Done():
		return nil, err
	case <-time.After(wait):
	}
	body, _, err = d.once(ctx, path)
	return body, err
}

// once makes one call; wait is after how long a second one makes sense, 0 never.
func (d *door) once(ctx context.Context, path string) (body []byte, wait time.Duration, err error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, d.base+path, nil)
	if err != nil {
		return nil, 0, tandem.Coded(tandem.Invalid, "lookup_address", "the address cannot be asked")
	}
	req.Header.Set("Accept", "application/json")
	if d.token != "" {
		req.Header.Set("Authorization", "Bearer "+d.token)
	}
	res, err := d.web.Do(req)
	if err != nil {
		// The client's own error names the address with its query, so it goes no further.
		if ctx.Err() != nil {
			return nil, 0, tandem.Coded(tandem.Transient, "lookup_timeout", "no answer in time")
		}
		return nil, 150 * time.Millisecond, tandem.Coded(tandem.Transient, "lookup_down", "the system cannot be reached")
	}
	defer res.Body.Close()
	body, err = io.ReadAll(io.LimitReader(res.Body, longestDoc+1))
	switch s := res.StatusCode; {
	case s == http.StatusUnauthorized || s == http.StatusForbidden:
		return nil, 0, tandem.Coded(tandem.Denied, "lookup_auth", "the system refuses the token: http %d", s)
	case s == http.StatusNotFound:
		return nil, 0, tandem.Coded(tandem.NotFound, "lookup_none", "the system has none such")
	case s == http.StatusTooManyRequests:
		n, _ := strconv.Atoi(res.Header.Get("Retry-After"))
		return nil, time.Duration(max(1, n)) * time.Second, tandem.Coded(tandem.Limited, "lookup_busy", "the system wants fewer calls")
	case s >= 500:
		return nil, 150 * time.Millisecond, tandem.Coded(tandem.Transient, "lookup_down", "the system failed: http %d", s)
	case s != http.StatusOK:
		return nil, 0, tandem.Coded(tandem.Invalid, "lookup_refused", "the system refused the question: http %d", s)
	case err != nil:
		return nil, 0, tandem.Coded(tandem.Transient, "lookup_timeout", "the answer broke off")
	case len(body) > longestDoc:
		return nil, 0, tandem.Coded(tandem.Transient, "lookup_unreadable", "the answer is longer than %d bytes", longestDoc)
	}
	return body, 0, nil
}
