package sim

import (
	"bytes"
	"context"
	"net/http"
	"time"
)

// The waits before each further attempt; the last one repeats. Meta publishes no table, only "at once, then with
// falling frequency" (CHANNELS 1.4).
var backoff = []time.Duration{
	time.Second, 5 * time.Second, 20 * time.Second, time.Minute, 3 * time.Minute, 10 * time.Minute, 20 * time.Minute,
	20 * time.Minute, time.Hour, 3 * time.Hour, 6 * time.Hour,
}

const (
	answerWithin   = 5 * time.Second    // a webhook must be answered in this time (CHANNELS 1.3)
	messagingGrace = time.Hour          // then the app is unsubscribed for the account (CHANNELS 1.4)
	changesGrace   = 36 * time.Hour     // then the change is dropped
	whatsappGrace  = 7 * 24 * time.Hour // then the message is dropped
	logLength      = 4000
)

// deliver makes one attempt to deliver hooks in one body and plans the next attempt if it fails.
func (m *Meta) deliver(hooks []*hook) {
	h := hooks[0]
	now := time.Now()
	m.mu.Lock()
	if !m.wanted(h) && h.body == nil {
		m.mu.Unlock()
		return
	}
	if h.body == nil {
		h.body = envelope(hooks, now)
		h.first = now
	}
	sub := h.asset.app.hooks[h.asset.object()]
	secret := h.asset.app.Secret
	client := m.client
	m.mu.Unlock()
	if sub == nil {
		return
	}
	if h.opts.BadSignature {
		secret += "-wrong"
	}
	signature := Sign(secret, h.body)
	if h.opts.NoSignature {
		signature = ""
	}
	status := knock(m.ctx, client, sub.callback, h.body, signature)
	m.mu.Lock()
	defer m.mu.Unlock()
	m.log = append(m.log, Attempt{now, h.asset.ID, h.field, h.body, signature, status, h.attempt})
	if len(m.log) > logLength {
		m.log = m.log[len(m.log)-logLength:]
	}
	if status >= 200 && status < 300 {
		h.asset.failing = time.Time{}
		return
	}
	// A forged call is not Meta's, so nobody repeats it.
	if !h.opts.BadSignature && !h.opts.NoSignature {
		m.again(hooks)
	}
}

// again plans the next attempt, or gives up in the product's own way (CHANNELS 1.4). Called with the lock held.
func (m *Meta) again(hooks []*hook) {
	h, a, now := hooks[0], hooks[0].asset, time.Now()
	if a.failing.IsZero() && a.Kind != WhatsApp && h.part != "changes" {
		a.failing = now
		m.alarms.after(messagingGrace, func() { m.unsubscribe(a, now) })
	}
	switch {
	case a.Kind == WhatsApp && now.Sub(h.first) >= whatsappGrace:
		return
	case a.Kind != WhatsApp && h.part == "changes" && now.Sub(h.first) >= changesGrace:
		return
	}
	wait := backoff[min(h.attempt, len(backoff)-1)]
	h.attempt++
	m.alarms.after(wait, func() {
		m.mu.Lock()
		subscribed := h.asset.fields != nil
		m.mu.Unlock()
		if subscribed {
			m.deliver(hooks)
		}
	})
}

// unsubscribe takes the account from the app if no delivery went well since.
func (m *Meta) unsubscribe(a *Asset, since time.Time) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if a.failing.Equal(since) {
		a.fields, a.failing = nil, time.Time{}
	}
}

// knock makes one webhook call and gives its status, 0 when there was none in time.
func knock(ctx context.Context, client *http.Client, callback string, body []byte, signature string) int {
	ctx, cancel := context.WithTimeout(ctx, answerWithin)
	defer cancel()
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, callback, bytes.NewReader(body))
	if err != nil {
		return 0
	}
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("User-Agent", "facebookexternalua")
	if signature != "" {
		r.Header.Set("X-Hub-Signature-256", signature)
	}
	answer, err := client.Do(r)
	if err != nil {
		return 0
	}
	answer.Body.Close()
	return answer.StatusCode
}

// envelope builds the body: one entry per messaging event, one entry per account for all its changes.
func envelope(hooks []*hook, now time.Time) []byte {
	var entries []object
	changes := map[*Asset]int{}
	for _, h := range hooks {
		event, _ := bend(h.event, h.opts).(object)
		if h.opts.Unknown {
			event = event.with("tandem_unknown", obj("list", []any{1, "x"}))
		}
		if h.part != "changes" {
			entries = append(entries, entry(h, now.UnixMilli()).with(h.part, []object{event}))
			continue
		}
		if h.opts.Flat {
			entries = append(entries, append(entry(h, now.Unix()), pair{"field", h.field}, pair{"value", event}))
			continue
		}
		list := []object{obj("field", h.field, "value", event)}
		if h.opts.Unknown {
			list = append(list, obj("field", "tandem_unknown", "value", obj("x", 1)))
		}
		if i, ok := changes[h.asset]; ok {
			last := &entries[i][len(entries[i])-1]
			last.value = append(last.value.([]object), list...)
			continue
		}
		changes[h.asset] = len(entries)
		entries = append(entries, entry(h, now.Unix()).with("changes", list))
	}
	object := hooks[0].asset.object()
	if o := hooks[0].opts.Object; o != "" {
		object = o
	}
	return encode(obj("object", object, "entry", entries))
}

// entry is the head of one entry. WhatsApp's has no time (CHANNELS 6.1).
func entry(h *hook, at int64) object {
	if h.asset.Kind == WhatsApp {
		return obj("id", h.asset.entryID())
	}
	e := obj("id", h.asset.entryID(), "time", at)
	bent, _ := bend(e, h.opts).(object)
	return bent
}
