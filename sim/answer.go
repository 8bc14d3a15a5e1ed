package sim

import (
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// refusal is a Graph error (CHANNELS 9.3, 9.4).
type refusal struct {
	status    int
	code      int
	sub       int
	text      string
	details   string // WhatsApp's error_data.details
	transient bool
}

// graphError makes an error with the HTTP status the Graph usually gives that code.
func graphError(code, sub int, text string) *refusal {
	status := http.StatusBadRequest
	switch {
	case code == 190 || code == 102:
		status = http.StatusUnauthorized
	case code == 1 || code == 2 || code == 131000:
		status = http.StatusInternalServerError
	case code == 200 || code == 230:
		status = http.StatusForbidden
	case code == 130429 || code == 131056:
		status = http.StatusTooManyRequests
	}
	return &refusal{status: status, code: code, sub: sub, text: text}
}

// refuse writes an error answer.
func (m *Meta) refuse(w http.ResponseWriter, c *call, e *refusal) {
	body := obj("message", e.text, "type", "OAuthException", "code", e.code)
	if e.sub != 0 {
		body = body.with("error_subcode", e.sub)
	}
	if e.transient {
		body = body.with("is_transient", true)
	}
	if e.details != "" {
		body = body.with("error_data", obj("messaging_product", "whatsapp", "details", e.details))
	}
	// Not under the lock on purpose: refuse is called from inside and outside of it.
	body = body.with("fbtrace_id", "A"+strings.ToUpper(strconv.FormatUint(hash(m.run, c.r.URL.Path+time.Now().String()), 36)))
	w.Header().Set("Content-Type", "application/json; charset=UTF-8")
	if e.status == http.StatusUnauthorized {
		w.Header().Set("WWW-Authenticate", `OAuth "Facebook Platform" "invalid_token"`)
	}
	w.WriteHeader(e.status)
	w.Write(encode(obj("error", body)))
}

// answer writes a good answer.
func answer(w http.ResponseWriter, v object) {
	w.Header().Set("Content-Type", "application/json; charset=UTF-8")
	w.Write(encode(v))
}

// count adds the call to the app's last 24 hours, sets the usage headers, and refuses above the cap (CHANNELS 9.2).
func (m *Meta) count(w http.ResponseWriter, c *call) *refusal {
	m.mu.Lock()
	defer m.mu.Unlock()
	if len(c.assets) == 0 {
		return nil
	}
	now, a := time.Now(), c.assets[0]
	old := 0
	for old < len(c.app.calls) && now.Sub(c.app.calls[old]) >= 24*time.Hour {
		old++
	}
	c.app.calls = c.app.calls[old:]
	limit := m.quirks.CallCap
	if limit == 0 {
		for _, b := range m.assets {
			if b.app == c.app {
				limit += 200 * (b.Engaged + len(b.threads))
			}
		}
	}
	regain := 0
	if len(c.app.calls) >= limit {
		regain = int(24*time.Hour-now.Sub(c.app.calls[0]))/int(time.Minute) + 1
	} else {
		c.app.calls = append(c.app.calls, now)
	}
	usage(w, c, 100*len(c.app.calls)/max(1, limit), regain)
	switch {
	case regain == 0:
		return nil
	case a.Kind == WhatsApp:
		return graphError(80007, 0, "(#80007) There have been too many calls to this WhatsApp Business account.")
	case a.Kind == Page:
		return graphError(80006, 0, "(#80006) There have been too many calls to this messenger account. Wait a bit and try again.")
	}
	return graphError(4, 0, "(#4) Application request limit reached")
}

// usage sets the three usage headers, in per cent and minutes.
func usage(w http.ResponseWriter, c *call, percent, regain int) {
	share := fmt.Sprintf(`{"call_count":%d,"total_time":%d,"total_cputime":%d}`, percent, percent/2, percent/2)
	w.Header().Set("X-App-Usage", share)
	if len(c.assets) == 0 {
		return
	}
	a := c.assets[0]
	if a.Kind == Page {
		w.Header().Set("X-Page-Usage", share)
	}
	w.Header().Set("X-Business-Use-Case-Usage", fmt.Sprintf(
		`{"%s":[{"type":"%s","call_count":%d,"total_cputime":%d,"total_time":%d,"estimated_time_to_regain_access":%d}]}`,
		a.entryID(), a.platform(), percent, percent/2, percent/2, regain))
}

// project keeps the asked fields of a node, id always; an unknown field is error 100 as on the Graph.
func project(fields string, node object, defaults ...string) (object, *refusal) {
	asked := defaults
	if fields != "" {
		asked = split(fields)
	}
	out := obj("id", node.get("id"))
	for _, f := range asked {
		name := strings.TrimSpace(f)
		if i := strings.IndexAny(name, "{.("); i >= 0 {
			name = name[:i]
		}
		if name == "id" {
			continue
		}
		known := false
		for _, p := range node {
			if p.key == name {
				known = true
				if p.value != nil {
					out = append(out, p)
				}
			}
		}
		if !known {
			return nil, graphError(100, 0, "(#100) Tried accessing nonexisting field ("+name+")")
		}
	}
	return out, nil
}

// split cuts a fields list at its outer commas.
func split(fields string) []string {
	var out []string
	depth, from := 0, 0
	for i, r := range fields {
		switch r {
		case '{', '(':
			depth++
		case '}', ')':
			depth--
		case ',':
			if depth == 0 {
				out = append(out, fields[from:i])
				from = i + 1
			}
		}
	}
	return append(out, fields[from:])
}

// node builds the full record that project picks from; unlike obj it keeps empty fields, which are known but unset.
func node(kv ...any) object {
	o := make(object, 0, len(kv)/2)
	for i := 0; i+1 < len(kv); i += 2 {
		o = append(o, pair{kv[i].(string), kv[i+1]})
	}
	return o
}
