package sim

import (
	"encoding/json"
	"net/http"
	"slices"
	"sort"
	"strings"
	"time"
)

// lenientText is a JSON string or number as text; the Graph takes both for ids.
type lenientText string

// UnmarshalJSON reads a string or keeps a number's digits.
func (t *lenientText) UnmarshalJSON(b []byte) error {
	*t = lenientText(lenient(b))
	return nil
}

// unmarshal reads one raw parameter.
func unmarshal(raw json.RawMessage, v any) error { return json.Unmarshal(raw, v) }

// account answers GET /{id} or /me: what a "test connection" reads first.
func (m *Meta) account(w http.ResponseWriter, c *call, a *Asset) {
	m.mu.Lock()
	defer m.mu.Unlock()
	n := node("id", a.ID, "name", a.Name, "username", a.Username)
	switch a.Kind {
	case Instagram:
		// The trap of Instagram Login: id is app-scoped, webhooks name user_id (CHANNELS 3.1).
		n = node("id", "2"+a.ID[1:], "user_id", a.ID, "username", a.Username, "name", a.Name, "account_type", "BUSINESS",
			"profile_picture_url", "https://cdn.example/p.jpg")
		if c.path[0] != "me" {
			n[0].value = a.ID
		}
	case Page:
		var linked any
		for _, b := range m.assets {
			if b.Kind == InstagramViaPage && b.PageID == a.ID {
				linked = obj("id", b.ID)
			}
		}
		n = append(n, pair{"instagram_business_account", linked}, pair{"messaging_feature_status", obj("hop_v2", a.routing != "")})
	case WhatsApp:
		n = append(phoneNode(a), pair{"conversational_automation", automationNode(a)})
	}
	if f := c.text("fields"); strings.HasPrefix(f, "mentioned_") {
		m.readMention(w, c, a, f)
		return
	}
	defaults := map[Kind][]string{Page: {"name"}, WhatsApp: {"display_phone_number", "verified_name", "quality_rating"}}
	got, e := project(c.text("fields"), n, defaults[a.Kind]...)
	if e != nil {
		m.refuse(w, c, e)
		return
	}
	answer(w, got)
}

// phoneNode is the record of a WhatsApp number, which calls to the number and to its business account share.
func phoneNode(a *Asset) object {
	return node("id", a.ID, "display_phone_number", a.Phone, "verified_name", a.Name, "quality_rating", "GREEN",
		"code_verification_status", "VERIFIED", "platform_type", "CLOUD_API", "throughput", obj("level", "STANDARD"))
}

// subscribedApps lists, adds or removes the app at the asset level. It answers success even when the app-level field
// is missing: forgetting one of the layers means silence (CHANNELS 1.7).
func (m *Meta) subscribedApps(w http.ResponseWriter, c *call, a *Asset) {
	m.mu.Lock()
	defer m.mu.Unlock()
	switch c.r.Method {
	case http.MethodDelete:
		a.fields = nil
	case http.MethodPost:
		if a.Kind == WhatsApp {
			a.fields = fieldSet(allFields[a.object()])
			break
		}
		asked := strings.Split(strings.Trim(c.text("subscribed_fields"), `[]"`), ",")
		set := map[string]bool{}
		for _, f := range asked {
			f = strings.Trim(strings.TrimSpace(f), `"`)
			if !slices.Contains(allFields[a.object()], f) {
				m.refuse(w, c, graphError(100, 0, "(#100) Param subscribed_fields[0] must be one of {"+
					strings.Join(allFields[a.object()], ", ")+"}"))
				return
			}
			set[f] = true
		}
		a.fields, a.failing = set, time.Time{}
	default:
		data := []object{}
		if a.fields != nil {
			fields := []string{}
			for f := range a.fields {
				fields = append(fields, f)
			}
			sort.Strings(fields)
			data = append(data, obj("id", a.app.ID, "name", "tandem", "subscribed_fields", fields))
		}
		answer(w, obj("data", data))
		return
	}
	answer(w, obj("success", true))
}

// postSubscription is POST /{app}/subscriptions with an app token; it does the handshake before it answers.
func (m *Meta) postSubscription(w http.ResponseWriter, c *call) {
	var fields []string
	if f := c.text("fields"); f != "" {
		fields = strings.Split(f, ",")
	}
	err := m.Subscribe(c.r.Context(), Subscription{App: c.app.ID, Object: c.text("object"),
		Callback: c.text("callback_url"), VerifyToken: c.text("verify_token"), Fields: fields})
	if err != nil {
		m.refuse(w, c, graphError(2200, 0, "(#2200) "+err.Error()))
		return
	}
	answer(w, obj("success", true))
}

// permissions the three kinds of connection need (CHANNELS 3.1, 4.3).
func scopes(a *Asset) []string {
	switch a.Kind {
	case Instagram:
		return []string{"instagram_business_basic", "instagram_business_manage_messages", "instagram_business_manage_comments"}
	case WhatsApp:
		return []string{"whatsapp_business_management", "whatsapp_business_messaging"}
	}
	return []string{"pages_messaging", "pages_manage_metadata", "pages_read_engagement", "pages_manage_engagement",
		"pages_read_user_content", "pages_show_list", "instagram_basic", "instagram_manage_messages", "instagram_manage_comments"}
}

// permissions answers GET /me/permissions. Here a token always has all it needs; Revoke is the way to lose them.
func (m *Meta) permissions(w http.ResponseWriter, c *call) {
	data := []object{}
	for _, s := range scopes(c.assets[0]) {
		data = append(data, obj("permission", s, "status", "granted"))
	}
	answer(w, obj("data", data))
}

// debugToken answers GET /debug_token. A bad token is no error of the call: is_valid tells it, as on the Graph.
func (m *Meta) debugToken(w http.ResponseWriter, c *call) {
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, a := range m.assets {
		if t := c.text("input_token"); t == "" || a.Token != t {
			continue
		}
		data := obj("app_id", a.app.ID, "type", "PAGE", "application", "tandem", "is_valid", !a.revoked,
			"expires_at", 0, "scopes", scopes(a), "profile_id", a.ID)
		answer(w, obj("data", data))
		return
	}
	answer(w, obj("data", obj("is_valid", false, "scopes", []string{},
		"error", obj("code", 190, "message", "Invalid OAuth access token."))))
}

// refreshToken renews a long-lived Instagram user token; here the token itself stays the same.
func (m *Meta) refreshToken(w http.ResponseWriter, c *call) {
	if c.text("grant_type") != "ig_refresh_token" || len(c.assets) == 0 || c.assets[0].Kind != Instagram {
		m.refuse(w, c, graphError(100, 0, "(#100) Unsupported grant_type or token"))
		return
	}
	answer(w, obj("access_token", c.token, "token_type", "bearer", "expires_in", 60*24*3600))
}

// profile answers GET /{PSID} or /{IGSID}: only for people who wrote in private; a mere commenter on Instagram
// "needs consent" (CHANNELS 2.3, 3.4).
func (m *Meta) profile(w http.ResponseWriter, c *call, a *Asset, p *Person) {
	m.mu.Lock()
	defer m.mu.Unlock()
	t := a.threads[m.scoped(a, p)]
	if t == nil || t.lastUser.IsZero() {
		e := graphError(100, 2018218, "(#100) No profile available for this user.")
		if a.instagram() {
			e = graphError(230, 0, "(#230) User consent is required to access user profile")
		}
		m.refuse(w, c, e)
		return
	}
	id := m.scoped(a, p)
	n := node("id", id, "first_name", p.First, "last_name", p.Last, "name", p.full(), "profile_pic", "https://cdn.example/"+id+".jpg",
		"locale", "pl_PL", "timezone", 1, "gender", nil)
	defaults := []string{"first_name", "last_name", "profile_pic"}
	if a.instagram() {
		n = node("id", id, "name", p.full(), "username", p.Username, "profile_pic", "https://cdn.example/"+id+".jpg",
			"follower_count", 321, "is_user_follow_business", false, "is_business_follow_user", false, "is_verified_user", false)
		defaults = []string{"name", "username", "profile_pic"}
	}
	got, e := project(c.text("fields"), n, defaults...)
	if e != nil {
		m.refuse(w, c, e)
		return
	}
	answer(w, got)
}
