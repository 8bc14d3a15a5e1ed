package sim

import (
	"cmp"
	"encoding/base64"
	"net/http"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
)

// newestShown is how many messages of an Instagram conversation the Graph gives details of: "all messages for the
// conversation will be returned. However, you will only be able to query data for the 20 most recent" (Meta, Graph
// API reference, Conversation, 2026-11). Of a Page's conversations it tells all.
const newestShown = 20

// threadQuiet is how long after the last message an Instagram chat is still listed (CHANNELS 2.4).
const threadQuiet = 30 * 24 * time.Hour

// conversations answers GET /{account}/conversations?platform=&user_id=: the only way to fetch what was missed.
func (m *Meta) conversations(w http.ResponseWriter, c *call) {
	m.mu.Lock()
	defer m.mu.Unlock()
	platform, user := c.text("platform"), c.text("user_id")
	if platform == "" {
		platform = "messenger"
		if c.assets[0].Kind == Instagram {
			platform = "instagram"
		}
	}
	data := []object{}
	for _, a := range c.named(c.path[0]) {
		if a.platform() != platform {
			continue
		}
		if a.reads.full(2) {
			m.refuse(w, c, graphError(613, 0, "(#613) Calls to this api have exceeded the rate limit."))
			return
		}
		for _, t := range a.threads {
			if len(t.messages) == 0 || user != "" && t.id != user {
				continue
			}
			last := t.messages[len(t.messages)-1].at
			if a.instagram() && time.Since(last) > threadQuiet {
				continue
			}
			one, e := m.conversation(t, last, c.text("fields"))
			if e != nil {
				m.refuse(w, c, e)
				return
			}
			data = append(data, one)
		}
	}
	// Newest first, as the Graph lists them.
	slices.SortFunc(data, func(x, y object) int {
		return strings.Compare(y.get("updated_time").(string)+y.get("id").(string), x.get("updated_time").(string)+x.get("id").(string))
	})
	m.page(w, c, data)
}

// page answers with a part of a list, 25 entries where nobody says otherwise, and where it goes on.
func (m *Meta) page(w http.ResponseWriter, c *call, data []object) {
	limit, err := strconv.Atoi(c.text("limit"))
	if err != nil || limit < 1 || limit > 100 {
		limit = 25
	}
	from, _ := strconv.Atoi(c.text("after"))
	from = min(max(from, 0), len(data))
	to := min(from+limit, len(data))
	if to == len(data) {
		answer(w, obj("data", data[from:], "paging", obj("cursors", obj("before", strconv.Itoa(from), "after", strconv.Itoa(to)))))
		return
	}
	answer(w, obj("data", data[from:to], "paging", obj("cursors", obj("before", strconv.Itoa(from), "after", strconv.Itoa(to)),
		"next", "https://"+hostOf(c.r)+"/next?after="+strconv.Itoa(to))))
}

// conversation is one entry of the list; the asked fields decide what it carries.
func (m *Meta) conversation(t *thread, last time.Time, fields string) (object, *refusal) {
	o := obj("id", "t_"+t.id, "updated_time", graphTime(last))
	if strings.Contains(fields, "is_owner") {
		o = o.with("is_owner", !m.standby(t))
	}
	for _, f := range split(fields) {
		if !strings.HasPrefix(f, "messages") {
			continue
		}
		page, e := m.messagePage(t, f)
		if e != nil {
			return nil, e
		}
		o = o.with("messages", page)
	}
	return o, nil
}

// expansion reads the limit and the cursor that stand behind a nested field: messages.limit(20).after(abc){...}.
var expansion = regexp.MustCompile(`\.(limit|after)\(([^)]*)\)`)

// messagePage is a page of a conversation, the newest message first; its cursors are ids, so that what is written
// meanwhile moves nothing.
func (m *Meta) messagePage(t *thread, field string) (object, *refusal) {
	limit, after := 25, ""
	head, _, _ := strings.Cut(field, "{")
	for _, x := range expansion.FindAllStringSubmatch(head, -1) {
		if n, err := strconv.Atoi(x[2]); x[1] == "limit" && err == nil && n > 0 {
			limit = min(n, 100)
		} else if x[1] == "after" {
			after = x[2]
		}
	}
	var all []*message
	for _, msg := range slices.Backward(t.messages) {
		if !msg.deleted {
			all = append(all, msg)
		}
	}
	from := 0
	if after != "" {
		from = 1 + slices.IndexFunc(all, func(msg *message) bool { return cursorOf(msg) == after })
		if from == 0 {
			return nil, graphError(100, 0, "(#100) Invalid cursor")
		}
	}
	to := min(from+limit, len(all))
	list := []object{}
	for i, msg := range all[from:to] {
		list = append(list, m.remember(t, msg, field, !t.asset.instagram() || from+i < newestShown))
	}
	paging := obj()
	if to > from {
		paging = obj("cursors", obj("before", cursorOf(all[from]), "after", cursorOf(all[to-1])))
	}
	if to < len(all) {
		paging = paging.with("next", "https://graph.facebook.com/t_"+t.id+"/messages?after="+cursorOf(all[to-1]))
	}
	return obj("data", list, "paging", paging), nil
}

// cursorOf is opaque to the product, as Meta's are.
func cursorOf(msg *message) string {
	return base64.RawURLEncoding.EncodeToString([]byte("cursor:" + msg.id))
}

// remember is one message of a conversation; without details it is its id alone.
func (m *Meta) remember(t *thread, msg *message, field string, details bool) object {
	one := obj("id", msg.id)
	if !details {
		return one
	}
	us, them := obj("id", t.asset.ID, "name", t.asset.Name), obj("id", t.id, "name", t.person.full())
	from, to := them, us
	if msg.out {
		from, to = us, them
	}
	one = one.with("created_time", graphTime(msg.at)).with("from", from).with("to", obj("data", []object{to})).with("message", msg.text)
	if strings.Contains(field, "attachments") && len(msg.attachments) > 0 {
		one = one.with("attachments", obj("data", remembered(msg.attachments)))
	}
	return one
}

// talkRoute is GET /{conversation}: one conversation with a page of its messages.
func (m *Meta) talkRoute(c *call) (string, handler) {
	for _, a := range c.assets {
		t := a.threads[strings.TrimPrefix(c.path[0], "t_")]
		if t == nil || a.Kind == WhatsApp || len(t.messages) == 0 {
			continue
		}
		return a.platform(), func(w http.ResponseWriter, c *call) {
			m.mu.Lock()
			defer m.mu.Unlock()
			if a.reads.full(2) {
				m.refuse(w, c, graphError(613, 0, "(#613) Calls to this api have exceeded the rate limit."))
				return
			}
			one, e := m.conversation(t, t.messages[len(t.messages)-1].at, c.text("fields"))
			if e != nil {
				m.refuse(w, c, e)
				return
			}
			answer(w, one)
		}
	}
	return "", nil
}

// remembered are attachments in the form of the Conversations API, which is not that of webhooks.
func remembered(all []object) []object {
	out := []object{}
	for _, a := range all {
		kind, _ := a.get("type").(string)
		payload, _ := a.get("payload").(object)
		address, name := payload.get("url"), payload.get("title")
		switch kind {
		case "image", "sticker":
			out = append(out, obj("mime_type", "image/jpeg", "image_data", obj("url", address)))
		case "video":
			out = append(out, obj("mime_type", "video/mp4", "video_data", obj("url", address)))
		case "audio":
			out = append(out, obj("mime_type", "audio/mp4", "file_url", address))
		case "file":
			out = append(out, obj("mime_type", "application/octet-stream", "name", name, "file_url", address))
		}
	}
	return out
}

// listPosts answers GET /{page}/feed and GET /{ig}/media: the account's own posts, the newest first.
func (m *Meta) listPosts(w http.ResponseWriter, c *call, a *Asset) {
	m.mu.Lock()
	defer m.mu.Unlock()
	var own []*post
	for _, p := range m.posts {
		if p.asset == a {
			own = append(own, p)
		}
	}
	slices.SortFunc(own, func(x, y *post) int { return cmp.Or(y.at.Compare(x.at), strings.Compare(y.id, x.id)) })
	data := []object{}
	for _, p := range own {
		got, e := project(c.text("fields"), node("id", p.id, "created_time", graphTime(p.at), "timestamp", graphTime(p.at), "message", p.text, "caption", p.text))
		if e != nil {
			m.refuse(w, c, e)
			return
		}
		data = append(data, got)
	}
	m.page(w, c, data)
}

// graphTime is the Graph's way to write a moment in answers.
func graphTime(t time.Time) string { return t.UTC().Format("2006-01-02T15:04:05-0700") }
