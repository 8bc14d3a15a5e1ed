package lookup

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"strings"

	"tandem"
)

// Do has an action carried out by the first shop that knows the order. The error NotFound lookup_none
// means that none does, Invalid action_unsupported that none of them can do such a thing.
func (c *Chain) Do(ctx context.Context, a tandem.Action) (string, error) {
	err := tandem.Coded(tandem.Invalid, "action_unsupported", "no connected shop can do this")
	for _, s := range c.Sources {
		d, can := s.Lookup.(tandem.Doer)
		if s.Kind.Role != Shop || !can {
			continue
		}
		result, failed := d.Do(ctx, a)
		if failed == nil {
			return result, nil
		}
		if err = failed; c.Report != nil {
			c.Report(s.Name, failed)
		}
		if tandem.KindOf(failed) != tandem.NotFound {
			return "", failed
		}
	}
	return "", err
}

// Do carries an action out as docs/shop-api.md says. Errors: maybe_done where no answer came or the
// shop failed on the way; Denied lookup_auth; NotFound lookup_none; Conflict action_late where the
// order has gone too far; Invalid action_refused; Limited lookup_busy; Invalid action_unsupported.
func (h *httpJSON) Do(ctx context.Context, a tandem.Action) (string, error) {
	path := "/orders/" + url.PathEscape(a.Subject)
	var done struct {
		ID string `json:"id"`
	}
	var err error
	switch a.Kind {
	case tandem.RefundDelivery, tandem.RefundAmount:
		err = h.door.send(ctx, http.MethodPost, path+"/refunds", a.Key, map[string]any{"amount": a.Amount, "currency": a.Currency, "reason": a.Reason}, &done)
	case tandem.ChangeAddress:
		err = h.door.send(ctx, http.MethodPut, path+"/address", a.Key, a.Args, &done)
	default:
		return "", tandem.Coded(tandem.Invalid, "action_unsupported", "this shop cannot do this")
	}
	return done.ID, err
}

// send makes one call that changes something, never a second one, and forgets what was remembered of
// orders. Only an answer that refuses proves that nothing was done.
func (d *door) send(ctx context.Context, method, path, key string, in, out any) error {
	body, err := json.Marshal(in)
	if err != nil {
		return tandem.Coded(tandem.Invalid, "action_refused", "the action cannot be written down")
	}
	req, err := http.NewRequestWithContext(ctx, method, d.base+path, io.NopCloser(bytes.NewReader(body)))
	if err != nil {
		return tandem.Coded(tandem.Invalid, "lookup_address", "the address cannot be asked")
	}
	// The body cannot be read twice (no GetBody) and Idempotency-Key: with it set, net/http would repeat
	// the call by itself on a broken line (https://pkg.go.dev/net/http#Transport, read 2026-11).
	req.ContentLength = int64(len(body))
	req.Header.Set("Accept", "application/json")
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("Idempotency-Key", key)
	if d.token != "" {
		req.Header.Set("Authorization", "Bearer "+d.token)
	}
	res, err := d.web.Do(req)
	d.forgetOrders()
	if err != nil {
		return tandem.ErrMaybeDone // the client's own error names the address, so it goes no further
	}
	defer res.Body.Close()
	answer, err := io.ReadAll(io.LimitReader(res.Body, longestDoc))
	if res.StatusCode/100 == 2 && err == nil {
		_ = json.Unmarshal(answer, out) // it is done, whatever else the shop says
	}
	return refusal(res.StatusCode)
}

// refusal sorts the answers to a call that was to change something; nil means done.
func refusal(status int) error {
	switch {
	case status/100 == 2:
		return nil
	case status == http.StatusUnauthorized || status == http.StatusForbidden:
		return tandem.Coded(tandem.Denied, "lookup_auth", "the system refuses the token: http %d", status)
	case status == http.StatusNotFound:
		return tandem.Coded(tandem.NotFound, "lookup_none", "the system has none such")
	case status == http.StatusConflict:
		return tandem.Coded(tandem.Conflict, "action_late", "the order has gone too far for this")
	case status == http.StatusTooManyRequests:
		return tandem.Coded(tandem.Limited, "lookup_busy", "the system wants fewer calls")
	case status/100 == 4 && status != http.StatusRequestTimeout:
		return tandem.Coded(tandem.Invalid, "action_refused", "the system refused the action: http %d", status)
	}
	return tandem.ErrMaybeDone
}

// forgetOrders drops remembered answers that an action has made old.
func (d *door) forgetOrders() {
	d.mu.Lock()
	defer d.mu.Unlock()
	for path := range d.kept {
		if strings.Contains(path, "/orders") {
			delete(d.kept, path)
		}
	}
}
