package sim

import (
	"net/http"
	"strings"
)

// route finds the handler of a call and the platform whose faults apply to it; nil for nothing there.
func (m *Meta) route(c *call) (platform string, h handler) {
	m.mu.Lock()
	defer m.mu.Unlock()
	id, edge := c.path[0], ""
	if len(c.path) > 1 {
		edge = c.path[1]
	}
	if len(c.path) > 2 {
		return "", nil
	}
	if id == "debug_token" || id == "refresh_access_token" || edge == "subscriptions" || edge == "permissions" {
		return "", m.tokenRoute(c, id, edge)
	}
	if cm := m.comments[id]; cm != nil && c.opens(cm.post.asset) {
		return cm.post.asset.comments(), m.commentRoute(c, cm, edge)
	}
	if p := m.posts[id]; p != nil && c.opens(p.asset) {
		return p.asset.comments(), m.postRoute(c, p, edge)
	}
	if named := c.named(id); len(named) > 0 {
		return m.faultOf(c, named, edge), m.assetRoute(c, named[0], edge)
	}
	if f := m.files[id]; f != nil && c.opens(f.asset) && edge == "" && c.r.Method == http.MethodGet {
		return "whatsapp", func(w http.ResponseWriter, c *call) { m.mediaInfo(w, c, f) }
	}
	if strings.HasPrefix(id, "t_") && edge == "" && c.r.Method == http.MethodGet {
		return m.talkRoute(c)
	}
	if p := m.byID[id]; p != nil && edge == "" && c.r.Method == http.MethodGet {
		for _, a := range c.assets {
			if a.Kind != WhatsApp && m.scoped(a, p) == id {
				return a.platform(), func(w http.ResponseWriter, c *call) { m.profile(w, c, a, p) }
			}
		}
	}
	return "", nil
}

// opens tells whether the token gives access to an asset.
func (c *call) opens(a *Asset) bool {
	for _, b := range c.assets {
		if a == b {
			return true
		}
	}
	return false
}

// comments is the platform name of an account's public side.
func (a *Asset) comments() string {
	if a.Kind == Page {
		return "facebook"
	}
	return a.platform()
}

// faultOf is the platform of a call to an account: where one token serves a Page and its Instagram account, the
// recipient of a message decides.
func (m *Meta) faultOf(c *call, named []*Asset, edge string) string {
	if edge == "messages" && len(named) > 1 {
		if a, _, e := m.recipient(c); e == nil {
			return a.platform()
		}
	}
	return named[0].platform()
}

// tokenRoute are the calls about a token or an app rather than about an account.
func (m *Meta) tokenRoute(c *call, id, edge string) handler {
	get := c.r.Method == http.MethodGet
	switch {
	case id == "debug_token" && get:
		return m.debugToken
	case id == "refresh_access_token" && get:
		return m.refreshToken
	case edge == "subscriptions" && c.appOnly && id == c.app.ID && c.r.Method == http.MethodPost:
		return m.postSubscription
	case edge == "permissions" && id == "me" && get && !c.appOnly:
		return m.permissions
	}
	return nil
}

// assetRoute are the calls to an account.
func (m *Meta) assetRoute(c *call, a *Asset, edge string) handler {
	switch c.r.Method + " " + edge {
	case "GET ":
		return func(w http.ResponseWriter, c *call) { m.account(w, c, a) }
	case "POST messages":
		if a.Kind == WhatsApp {
			return func(w http.ResponseWriter, c *call) { m.sendWhatsApp(w, c, a) }
		}
		return m.send
	case "GET subscribed_apps", "POST subscribed_apps", "DELETE subscribed_apps":
		return func(w http.ResponseWriter, c *call) { m.subscribedApps(w, c, a) }
	}
	if a.Kind == WhatsApp {
		return m.whatsappRoute(c, a, edge)
	}
	switch c.r.Method + " " + edge {
	case "GET conversations":
		return func(w http.ResponseWriter, c *call) { m.conversations(w, c) }
	case "GET messenger_profile", "POST messenger_profile":
		return m.profileEdge
	case "GET feed", "GET media":
		if (edge == "media") == a.instagram() {
			return func(w http.ResponseWriter, c *call) { m.listPosts(w, c, a) }
		}
	case "GET thread_owner":
		return m.threadOwner
	case "POST pass_thread_control", "POST take_thread_control", "POST release_thread_control",
		"POST request_thread_control", "POST extend_thread_control":
		return func(w http.ResponseWriter, c *call) { m.threadControl(w, c, edge) }
	case "POST mentions":
		if a.Kind == InstagramViaPage {
			return func(w http.ResponseWriter, c *call) { m.answerMention(w, c, a) }
		}
	case "POST message_attachments":
		return m.upload
	}
	return nil
}

// whatsappRoute are the calls that only a WhatsApp number or its business account has.
func (m *Meta) whatsappRoute(c *call, a *Asset, edge string) handler {
	switch c.r.Method + " " + edge {
	case "GET message_templates":
		return func(w http.ResponseWriter, c *call) { m.listTemplates(w, c, a) }
	case "GET phone_numbers":
		return func(w http.ResponseWriter, c *call) {
			answer(w, obj("data", []object{phoneNode(a)}))
		}
	case "POST media":
		return func(w http.ResponseWriter, c *call) { m.uploadMedia(w, c, a) }
	case "POST conversational_automation":
		return func(w http.ResponseWriter, c *call) { m.automationEdge(w, c, a) }
	case "POST thread_control":
		return func(w http.ResponseWriter, c *call) { m.whatsappControl(w, c, a) }
	}
	return nil
}

// recipient finds whom a call is about. Only people who wrote or commented before exist for an account.
func (m *Meta) recipient(c *call) (*Asset, *thread, *refusal) {
	var r struct {
		ID lenientText `json:"id"`
	}
	id := strings.Trim(string(c.params["recipient"]), `"`)
	if strings.HasPrefix(id, "{") {
		if err := unmarshal(c.params["recipient"], &r); err != nil {
			return nil, nil, graphError(100, 0, "(#100) Param recipient must be a JSON object")
		}
		id = string(r.ID)
	}
	named := c.named(c.path[0])
	for _, a := range named {
		if t := a.threads[id]; t != nil && a.Kind != WhatsApp {
			return a, t, nil
		}
	}
	if id == "" {
		return nil, nil, graphError(100, 0, "(#100) The parameter recipient is required")
	}
	if named[0].instagram() {
		return nil, nil, graphError(100, 2534014, "(#100) The requested user cannot be found.")
	}
	return nil, nil, graphError(100, 2018001, "(#100) No matching user found")
}
