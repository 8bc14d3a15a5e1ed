package sim

import (
	"encoding/json"
	"io"
	"mime"
	"net/http"
	"slices"
	"strings"
	"time"
)

// Graph versions that are alive in November 2026 (CHANNELS 0).
var living = map[string]bool{"v21.0": true, "v22.0": true, "v23.0": true, "v24.0": true, "v25.0": true, "v26.0": true}

// call is one Graph request that was understood.
type call struct {
	r       *http.Request
	path    []string // after the version
	token   string
	params  map[string]json.RawMessage // query, form or JSON body, as the Graph mixes them
	assets  []*Asset                   // what the token opens
	app     *App
	appOnly bool // an app token "id|secret"
}

// handler answers a call.
type handler func(w http.ResponseWriter, c *call)

// ServeHTTP answers Graph calls and, below /cdn/, the files of messages.
func (m *Meta) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if strings.HasPrefix(r.URL.Path, "/cdn/") {
		m.serveFile(w, r)
		return
	}
	c, e := m.understand(r)
	if e == nil {
		e = m.count(w, c)
	}
	if e != nil {
		m.refuse(w, c, e)
		return
	}
	platform, h := m.route(c)
	if h == nil {
		m.refuse(w, c, graphError(100, 33, "Unsupported "+strings.ToLower(r.Method)+
			" request. Object with this ID does not exist, cannot be loaded due to missing permissions, or does not support this operation"))
		return
	}
	f := m.faults[platform]
	if f == nil {
		h(w, c)
		return
	}
	f.serve(w, r, m.crashes(c, platform, f), func(w http.ResponseWriter, _ *http.Request) { h(w, c) })
}

// crashes are the Graph's ways of failing (CHANNELS 9.2-9.4).
func (m *Meta) crashes(c *call, platform string, f *Faults) crash {
	say := func(e *refusal) func(http.ResponseWriter) {
		return func(w http.ResponseWriter) { m.refuse(w, c, e) }
	}
	down := graphError(2, 0, "Service temporarily unavailable")
	down.status, down.transient = 503, true
	again := graphError(2, 0, "An unexpected error has occurred. Please retry your request later.")
	again.transient = true
	expired := graphError(190, 463, "Error validating access token: Session has expired.")
	limited := graphError(613, 0, "(#613) Calls to this api have exceeded the rate limit.")
	if platform == "whatsapp" {
		limited = graphError(130429, 0, "(#130429) Rate limit hit")
	}
	return crash{
		down: say(down), transient: say(again), expired: say(expired), failed: say(graphError(1, 0, "An unknown error occurred")),
		limited: func(w http.ResponseWriter) {
			usage(w, c, 100, int(f.left()/time.Minute)+1)
			m.refuse(w, c, limited)
		},
	}
}

// understand reads version, token and parameters.
func (m *Meta) understand(r *http.Request) (*call, *refusal) {
	c := &call{r: r, params: map[string]json.RawMessage{}}
	c.path = strings.Split(strings.Trim(r.URL.Path, "/"), "/")
	if living[c.path[0]] {
		c.path = c.path[1:]
	} else if c.path[0] != "refresh_access_token" {
		return c, graphError(2635, 0, "(#2635) You are calling a deprecated version of the Graph API, or none. Please update to v25.0")
	}
	if err := c.read(r); err != nil {
		return c, graphError(100, 0, "(#100) The request body could not be read: "+err.Error())
	}
	if len(c.path) == 0 {
		return c, graphError(2500, 0, "An active access token must be used to query information about the current user.")
	}
	c.token = strings.TrimPrefix(r.Header.Get("Authorization"), "Bearer ")
	if c.token == "" {
		c.token = c.text("access_token")
	}
	return c, m.authorise(c)
}

// authorise finds what the token opens; graph.instagram.com knows Instagram user tokens only, graph.facebook.com all
// others (CHANNELS 0).
func (m *Meta) authorise(c *call) *refusal {
	m.mu.Lock()
	defer m.mu.Unlock()
	invalid := graphError(190, 0, "Invalid OAuth access token - Cannot parse access token")
	if id, secret, ok := strings.Cut(c.token, "|"); ok {
		if app := m.apps[id]; app != nil && app.Secret == secret {
			c.app, c.appOnly = app, true
			return nil
		}
		return invalid
	}
	host := hostOf(c.r)
	for _, a := range m.assets {
		if c.token == "" || a.Token != c.token ||
			host == "graph.instagram.com" && a.Kind != Instagram || host == "graph.facebook.com" && a.Kind == Instagram {
			continue
		}
		if a.revoked {
			return graphError(190, 460, "Error validating access token: The session has been invalidated because the user changed their password.")
		}
		c.assets = append(c.assets, a)
		c.app = a.app
	}
	if len(c.assets) == 0 {
		return invalid
	}
	proof := c.text("appsecret_proof")
	if proof == "" && c.app.RequireProof {
		return graphError(100, 0, "API calls from the server require an appsecret_proof argument")
	}
	if proof != "" && proof != Proof(c.app.Secret, c.token) {
		return graphError(100, 0, "Invalid appsecret_proof provided in the API argument")
	}
	return nil
}

// read collects parameters from query, form and JSON body.
func (c *call) read(r *http.Request) error {
	for k, v := range r.URL.Query() {
		c.set(k, v[0])
	}
	kind, _, _ := mime.ParseMediaType(r.Header.Get("Content-Type"))
	switch kind {
	case "application/x-www-form-urlencoded":
		if err := r.ParseForm(); err != nil {
			return err
		}
		for k, v := range r.PostForm {
			c.set(k, v[0])
		}
		return nil
	case "multipart/form-data":
		if err := r.ParseMultipartForm(32 << 20); err != nil {
			return err
		}
		for k, v := range r.MultipartForm.Value {
			c.set(k, v[0])
		}
		return nil
	}
	body, err := io.ReadAll(io.LimitReader(r.Body, 32<<20))
	if err != nil || len(body) == 0 {
		return err
	}
	return json.Unmarshal(body, &c.params)
}

// set keeps a text parameter: as it is where it holds a JSON object or list, otherwise as a JSON string.
func (c *call) set(key, value string) {
	if t := strings.TrimSpace(value); (strings.HasPrefix(t, "{") || strings.HasPrefix(t, "[")) && json.Valid([]byte(t)) {
		c.params[key] = json.RawMessage(t)
		return
	}
	c.params[key], _ = json.Marshal(value)
}

// text is a parameter as text, whether it came as string, number or boolean.
func (c *call) text(key string) string { return lenient(c.params[key]) }

// lenient reads a string, a number or a boolean as text, since the Graph takes either form.
func lenient(raw json.RawMessage) string {
	var s string
	if json.Unmarshal(raw, &s) == nil {
		return s
	}
	return string(raw)
}

// decode reads all parameters into v.
func (c *call) decode(v any) error {
	raw, err := json.Marshal(c.params)
	if err != nil {
		return err
	}
	return json.Unmarshal(raw, v)
}

// named lists the token's assets that a path's id may mean: itself, "me", the linked Page, the business account.
func (c *call) named(id string) []*Asset {
	var out []*Asset
	for _, a := range c.assets {
		if id == "me" || id == a.ID || id == a.PageID && id != "" || id == a.WABA && id != "" {
			out = append(out, a)
		}
	}
	// The account whose own id was named comes first, for calls about the account rather than about a person.
	slices.SortStableFunc(out, func(a, b *Asset) int {
		if a.ID == id && b.ID != id || a.Kind == Page && b.Kind == InstagramViaPage && b.ID != id {
			return -1
		}
		if b.ID == id && a.ID != id || b.Kind == Page && a.Kind == InstagramViaPage && a.ID != id {
			return 1
		}
		return 0
	})
	return out
}
