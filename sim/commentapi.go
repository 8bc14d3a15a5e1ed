package sim

import (
	"cmp"
	"encoding/json"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode/utf8"
)

// replyWithin is how long after a comment the one private reply may be sent (CHANNELS 4.4).
const replyWithin = 7 * 24 * time.Hour

// number64 is an id as a JSON number, as old payloads have it.
func number64(id string) json.Number { return json.Number(id) }

// commentRoute are the calls to one comment. A deleted one does not exist any more.
func (m *Meta) commentRoute(c *call, cm *comment, edge string) handler {
	if cm.deleted {
		return nil
	}
	a := cm.post.asset
	locked := func(h func(http.ResponseWriter, *call) *refusal) handler {
		return func(w http.ResponseWriter, c *call) {
			m.mu.Lock()
			defer m.mu.Unlock()
			if e := h(w, c); e != nil {
				m.refuse(w, c, e)
			}
		}
	}
	switch c.r.Method + " " + edge {
	case "GET ":
		return locked(func(w http.ResponseWriter, c *call) *refusal { return m.readComment(w, c, cm) })
	case "POST ":
		return locked(func(w http.ResponseWriter, c *call) *refusal { return m.changeComment(w, c, cm) })
	case "DELETE ":
		return locked(func(w http.ResponseWriter, c *call) *refusal {
			m.remove(cm)
			answer(w, obj("success", true))
			return nil
		})
	case "POST likes":
		if a.instagram() {
			return nil
		}
		return locked(func(w http.ResponseWriter, c *call) *refusal {
			cm.liked = true
			answer(w, obj("success", true))
			return nil
		})
	case "POST comments", "POST replies":
		if (edge == "replies") != a.instagram() {
			return nil
		}
		return locked(func(w http.ResponseWriter, c *call) *refusal { return m.replyComment(w, c, cm) })
	case "GET comments", "GET replies":
		return locked(func(w http.ResponseWriter, c *call) *refusal { return m.listComments(w, c, cm.post, cm) })
	}
	return nil
}

// postRoute are the calls to one post or medium.
func (m *Meta) postRoute(c *call, p *post, edge string) handler {
	return func(w http.ResponseWriter, c *call) {
		m.mu.Lock()
		defer m.mu.Unlock()
		var e *refusal
		switch c.r.Method + " " + edge {
		case "GET ":
			n := node("id", p.id, "message", p.text, "caption", p.text, "permalink_url", "https://fb.example/"+p.id,
				"permalink", "https://ig.example/"+p.id, "full_picture", nil, "media_product_type", "FEED",
				"created_time", graphTime(p.at), "timestamp", graphTime(p.at))
			var got object
			if got, e = project(c.text("fields"), n); e == nil {
				answer(w, got)
			}
		case "GET comments":
			e = m.listComments(w, c, p, nil)
		case "POST comments":
			if p.asset.instagram() {
				e = unsupported("post")
				break
			}
			e = m.publish(w, c, p, nil, 8000)
		case "POST ":
			p.closed = c.text("comment_enabled") == "false"
			answer(w, obj("success", true))
		default:
			e = unsupported(strings.ToLower(c.r.Method))
		}
		if e != nil {
			m.refuse(w, c, e)
		}
	}
}

// unsupported is the answer for things that are not there: the Graph does not tell missing from forbidden.
func unsupported(method string) *refusal {
	return graphError(100, 33, "Unsupported "+method+" request.")
}

// commentNode is the whole record of a comment; the two platforms name the same things differently.
func (m *Meta) commentNode(cm *comment) object {
	a := cm.post.asset
	var parent any
	if cm.parent != nil {
		parent = obj("id", cm.parent.id)
	}
	id, name, username := a.ID, a.Name, a.Username
	if cm.person != nil {
		id, name, username = m.commenter(a, cm.person), cm.person.full(), cm.person.Username
	}
	if a.instagram() {
		n := node("id", cm.id, "text", cm.text, "username", username, "timestamp", graphTime(cm.at), "hidden", cm.hidden,
			"media", obj("id", cm.post.id), "from", obj("id", id, "username", username), "like_count", 0, "parent_id", nil)
		if cm.parent != nil {
			n[len(n)-1].value = cm.parent.id
		}
		return n
	}
	return node("id", cm.id, "message", cm.text, "from", obj("id", id, "name", name), "created_time", graphTime(cm.at),
		"parent", parent, "permalink_url", "https://fb.example/"+cm.id, "attachment", nil, "is_hidden", cm.hidden,
		"can_reply_privately", cm.person != nil && cm.private == "" && time.Since(cm.at) <= replyWithin,
		"can_hide", cm.person != nil, "comment_count", 0)
}

// readComment answers GET /{comment}: the check before answering, since an Instagram comment may have changed
// silently.
func (m *Meta) readComment(w http.ResponseWriter, c *call, cm *comment) *refusal {
	defaults := []string{"message", "from", "created_time"}
	if cm.post.asset.instagram() {
		defaults = []string{"text", "timestamp"}
	}
	got, e := project(c.text("fields"), m.commentNode(cm), defaults...)
	if e == nil {
		answer(w, got)
	}
	return e
}

// listComments lists what stands directly below a post or a comment; on a Page, filter=stream lists all
// levels. Instagram tells the newest first, a Page only when asked for order=reverse_chronological.
func (m *Meta) listComments(w http.ResponseWriter, c *call, p *post, parent *comment) *refusal {
	a := p.asset
	all := m.below(p, parent, !a.instagram() && c.text("filter") == "stream")
	if a.instagram() || c.text("order") == "reverse_chronological" {
		slices.Reverse(all)
	}
	fields := c.text("fields")
	data := []object{}
	for _, cm := range all {
		n := m.commentNode(cm)
		if a.instagram() {
			replies := []object{}
			for _, r := range m.below(p, cm, false) {
				replies = append(replies, m.commentNode(r))
			}
			n = append(n, pair{"replies", nil})
			if len(replies) > 0 {
				n[len(n)-1].value = obj("data", replies)
			}
		}
		got, e := project(fields, n)
		if e != nil {
			return e
		}
		data = append(data, got)
	}
	m.page(w, c, data)
	return nil
}

// below are the comments below a post or a comment that are there, oldest first.
func (m *Meta) below(p *post, parent *comment, deep bool) []*comment {
	var all []*comment
	for _, cm := range m.comments {
		if cm.post == p && (cm.parent == parent || deep) && !cm.deleted && !cm.root && !cm.foreign {
			all = append(all, cm)
		}
	}
	slices.SortFunc(all, func(x, y *comment) int { return cmp.Or(x.at.Compare(y.at), strings.Compare(x.id, y.id)) })
	return all
}

// changeComment hides or shows: is_hidden on Facebook, hide on Instagram (CHANNELS 4.3, 5.3).
func (m *Meta) changeComment(w http.ResponseWriter, c *call, cm *comment) *refusal {
	key := "is_hidden"
	if cm.post.asset.instagram() {
		key = "hide"
	}
	v := c.text(key)
	if v != "true" && v != "false" {
		return graphError(100, 0, "(#100) The parameter "+key+" is required")
	}
	if cm.person == nil {
		return graphError(100, 0, "(#100) The account's own comments cannot be hidden")
	}
	m.hide(cm, v == "true")
	answer(w, obj("success", true))
	return nil
}

// replyComment is a public reply. Instagram takes replies to visible top-level comments only.
func (m *Meta) replyComment(w http.ResponseWriter, c *call, cm *comment) *refusal {
	if !cm.post.asset.instagram() {
		return m.publish(w, c, cm.post, cm, 8000)
	}
	if cm.parent != nil {
		return graphError(100, 0, "(#100) Replies can only be made to top-level comments")
	}
	if cm.hidden {
		return graphError(100, 0, "(#100) Hidden comments cannot be replied to")
	}
	return m.publish(w, c, cm.post, cm, 2200)
}

// publish makes a comment of the company and reports it back as the platform does.
func (m *Meta) publish(w http.ResponseWriter, c *call, p *post, parent *comment, limit int) *refusal {
	text := c.text("message")
	if text == "" || utf8.RuneCountInString(text) > limit {
		return graphError(100, 0, "(#100) Param message must be a non-empty text of at most the allowed length")
	}
	if p.closed {
		return graphError(100, 0, "(#100) Comments are disabled for this media")
	}
	o := CommentOptions{}
	var to *Person
	if parent != nil {
		o.Parent, to = parent.id, parent.person
	}
	if name, _, _ := strings.Cut(strings.TrimPrefix(text, "@"), " "); strings.HasPrefix(text, "@") { // they see it who are named
		for _, other := range m.people {
			if strings.EqualFold(other.Username, name) {
				to = other
			}
		}
	}
	if to == nil {
		to = &Person{Name: p.id}
	}
	cm := m.write(p, nil, text, o)
	m.reached(p.asset.comments(), to, cm.id, text, "comment", true)
	m.alarms.after(quick, func() {
		m.mu.Lock()
		defer m.mu.Unlock()
		m.own(cm, Delivery{})
	})
	answer(w, obj("id", cm.id))
	return nil
}

// privateReply sends the one private answer to a comment (CHANNELS 4.4, 5.4). Called with the lock held.
func (m *Meta) privateReply(c *call, o outgoing) (object, <-chan struct{}, *refusal) {
	refused := graphError(100, 2534025, "(#100) The comment is invalid, too old or was answered in private already.")
	cm := m.comments[string(o.Recipient.CommentID)]
	if o.Recipient.CommentID == "" {
		cm = m.comments[string(o.Recipient.PostID)]
	}
	if cm == nil || cm.root != (o.Recipient.CommentID == "") || cm.deleted || cm.foreign || cm.person == nil || !c.opens(cm.post.asset) ||
		time.Since(cm.at) > replyWithin || cm.private != "" {
		return nil, nil, refused
	}
	a := cm.post.asset
	if e := checkMessage(a, o.Message); e != nil {
		return nil, nil, e
	}
	if e := m.checkFile(c, o.Message.Attachment); e != nil {
		return nil, nil, e
	}
	if a.instagram() && o.Message.Text == "" {
		return nil, nil, graphError(100, 0, "(#100) Only text may be sent as a private reply")
	}
	if cm.person.Blocked {
		return nil, nil, graphError(551, 1545041, "(#551) This person isn't available right now.")
	}
	if a.replies.full(750) {
		return nil, nil, graphError(613, 0, "(#613) Calls to this api have exceeded the rate limit.")
	}
	t := m.thread(a, cm.person)
	t.awaiting = t.lastUser.IsZero() || time.Since(t.lastUser) > freeWindow
	msg, wait := m.sent(t, o.Message, "private_reply")
	cm.private = msg.id
	return obj("recipient_id", t.id, "message_id", msg.id), wait, nil
}

var mentioned = regexp.MustCompile(`^mentioned_comment\.comment_id\((\d+)\)`)

// readMention answers fields=mentioned_comment.comment_id(ID){...}: a username, never an id (CHANNELS 5.2).
func (m *Meta) readMention(w http.ResponseWriter, c *call, a *Asset, fields string) {
	var cm *comment
	if found := mentioned.FindStringSubmatch(fields); found != nil {
		cm = m.comments[found[1]]
	}
	if cm == nil || cm.deleted || !cm.foreign || cm.post.asset != a {
		m.refuse(w, c, graphError(100, 33, "Unsupported get request."))
		return
	}
	answer(w, obj("mentioned_comment", obj("id", cm.id, "text", cm.text, "username", cm.person.Username,
		"timestamp", graphTime(cm.at), "media", obj("id", cm.post.id)), "id", a.ID))
}

// answerMention is POST /{ig}/mentions.
func (m *Meta) answerMention(w http.ResponseWriter, c *call, a *Asset) {
	m.mu.Lock()
	defer m.mu.Unlock()
	cm := m.comments[c.text("comment_id")]
	text := c.text("message")
	if cm == nil || cm.deleted || cm.post.asset != a || c.text("media_id") != cm.post.id || text == "" {
		m.refuse(w, c, graphError(100, 0, "(#100) Params media_id, comment_id and message must name a mention"))
		return
	}
	id := "17" + m.number()
	m.reached("instagram", cm.person, id, text, "comment", true)
	answer(w, obj("id", id))
}
