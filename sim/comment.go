package sim

import (
	"fmt"
	"strings"
	"time"
)

// post is something public of the company: a Page's post or an Instagram medium.
type post struct {
	id     string
	asset  *Asset
	text   string
	at     time.Time
	closed bool // comments switched off
}

// comment is somebody's public word below a post; person nil means the company's own.
type comment struct {
	id      string
	post    *post
	parent  *comment
	person  *Person
	text    string
	at      time.Time
	edited  time.Time
	hidden  bool
	deleted bool
	liked   bool
	private string // mid of the one private reply
	root    bool   // a visitor's post on our Page rather than a comment
	foreign bool   // below somebody else's medium: only a mention
}

// CommentOptions are the less usual parts of a comment. The zero value is a top-level comment now.
type CommentOptions struct {
	ID       string    // empty: a new one
	At       time.Time // zero: now
	Parent   string    // id of the comment it answers
	Ad       bool      // below an ad
	Live     bool      // Instagram: during a broadcast
	Photo    string    // Facebook: a picture; the text may then be empty
	Delivery Delivery
}

// Post publishes something of the company under a short name such as "p1" and gives its platform id. The same name
// gives the same post. Comments on unknown names publish the post first.
func (m *Meta) Post(a *Asset, name, text string) string {
	fail(a, "post", Instagram, InstagramViaPage, Page)
	m.mu.Lock()
	defer m.mu.Unlock()
	p := m.post(a, name)
	if text != "" {
		p.text = text
	}
	return p.id
}

// post finds by short name or id. Ids come from the name, so that a restarted demo knows the same posts.
func (m *Meta) post(a *Asset, name string) *post {
	if p := m.posts[name]; p != nil && p.asset == a {
		return p
	}
	n := hash("post "+a.ID, name) % 1e9
	id := fmt.Sprintf("%s_7%09d", a.ID, n)
	if a.instagram() {
		id = fmt.Sprintf("180%014d", n)
	}
	p := m.posts[id]
	if p == nil {
		p = &post{id: id, asset: a, text: "Nowa kolekcja " + name, at: time.Now()}
		m.posts[id] = p
	}
	return p
}

// Comment is a person commenting on a post (short name or id). It gives the comment's id. A comment opens no window
// (CHANNELS 9.1).
func (m *Meta) Comment(a *Asset, user, post, text string, o CommentOptions) string {
	fail(a, "comment", Instagram, InstagramViaPage, Page)
	m.mu.Lock()
	defer m.mu.Unlock()
	p := m.person(user)
	m.thread(a, p)
	cm := m.write(m.post(a, post), p, text, o)
	if a.instagram() {
		m.instagramComment(cm, o)
		return cm.id
	}
	v := m.feed(cm, "add")
	if o.Photo != "" {
		v = v.with("photo", o.Photo)
	}
	m.emit(a, "feed", cm.id, v, o.Delivery)
	return cm.id
}

// write stores a comment; person nil is the company.
func (m *Meta) write(p *post, who *Person, text string, o CommentOptions) *comment {
	cm := &comment{id: o.ID, post: p, person: who, text: text, at: o.At, parent: m.comments[o.Parent]}
	if cm.at.IsZero() {
		cm.at = time.Now()
	}
	if cm.id == "" && p.asset.instagram() {
		cm.id = "17" + m.number()
	} else if cm.id == "" {
		_, short, _ := strings.Cut(p.id, "_")
		cm.id = short + "_" + m.number()
	}
	m.comments[cm.id] = cm
	return cm
}

// commenter is the id comments name a person by: the PSID or IGSID, so that a later private message joins, unless the
// quirk says that the two differ (CHANNELS 8.1).
func (m *Meta) commenter(a *Asset, p *Person) string {
	id := m.scoped(a, p)
	if m.quirks.OtherRecipient {
		return "55" + id[2:]
	}
	return id
}

// feed is the value of a Page's feed change (CHANNELS 4.1).
func (m *Meta) feed(cm *comment, verb string) object {
	a := cm.post.asset
	parent := cm.post.id
	if cm.parent != nil {
		parent = cm.parent.id
	}
	id, name := a.ID, a.Name
	if cm.person != nil {
		id, name = m.commenter(a, cm.person), cm.person.full()
	}
	v := obj("item", "comment", "verb", verb, "post_id", cm.post.id, "comment_id", cm.id, "parent_id", parent)
	if cm.root {
		v = obj("item", "status", "verb", verb, "post_id", cm.id)
	}
	switch {
	case m.quirks.NoFrom:
	// Hiding names the moderator, in the old form with a number.
	case verb == "hide" || verb == "unhide":
		v = append(v, pair{"sender_id", number64(a.ID)}, pair{"sender_name", a.Name})
	case m.quirks.OldSenderForm:
		v = append(v, pair{"sender_id", number64(id)}, pair{"sender_name", name})
	default:
		v = v.with("from", obj("id", id, "name", name))
	}
	if verb == "remove" {
		return v
	}
	v = append(v, obj("message", nonEmpty(cm.text), "created_time", cm.at.Unix())...)
	if verb == "edited" {
		return v.with("edited_time", cm.edited.Unix())
	}
	if verb == "add" && !cm.root {
		v = v.with("post", obj("id", cm.post.id, "type", "status", "permalink_url", "https://fb.example/"+cm.post.id,
			"is_published", true, "status_type", "mobile_status_update", "updated_time", graphTime(cm.post.at)))
	}
	return v
}

// instagramComment sends the comments or live_comments change (CHANNELS 5.1).
func (m *Meta) instagramComment(cm *comment, o CommentOptions) {
	a, key := cm.post.asset, "id"
	if m.quirks.CommentIDKey {
		key = "comment_id"
	}
	from := obj("id", a.ID, "username", a.Username, "self_ig_scoped_id", a.ID)
	if cm.person != nil {
		from = obj("id", m.commenter(a, cm.person), "username", cm.person.Username)
	}
	media := obj("id", cm.post.id, "media_product_type", "FEED")
	if o.Ad {
		media = obj("id", cm.post.id, "media_product_type", "AD", "ad_id", "120"+cm.post.id[3:], "ad_title", "Reklama")
	}
	v := obj(key, cm.id, "text", cm.text)
	if !m.quirks.NoFrom {
		v = v.with("from", from)
	}
	v = v.with("media", media)
	if cm.parent != nil {
		v = v.with("parent_id", cm.parent.id)
	}
	field := "comments"
	if o.Live {
		field = "live_comments"
	}
	m.emit(a, field, cm.id, v, o.Delivery)
}

// VisitorPost is a person writing on the Page's own wall: a public thread root like a comment, with a post's id
// (CHANNELS 4.1). It gives that id.
func (m *Meta) VisitorPost(a *Asset, user, text string) string {
	fail(a, "visitor post", Page)
	m.mu.Lock()
	defer m.mu.Unlock()
	who := m.person(user)
	m.thread(a, who)
	p := &post{id: a.ID + "_" + m.number(), asset: a, text: text, at: time.Now()}
	m.posts[p.id] = p
	cm := m.write(p, who, text, CommentOptions{ID: p.id})
	cm.root = true
	m.emit(a, "feed", cm.id, m.feed(cm, "add"), Delivery{})
	return cm.id
}

// Like is a person liking a post: a feed change that says nothing a service desk could answer (CHANNELS 4.1).
func (m *Meta) Like(a *Asset, user, post string) {
	fail(a, "like", Page)
	m.mu.Lock()
	defer m.mu.Unlock()
	p, now := m.person(user), time.Now()
	m.emit(a, "feed", "likes", obj("item", "reaction", "verb", "add", "reaction_type", "like", "post_id", m.post(a, post).id,
		"from", obj("id", m.commenter(a, p), "name", p.full()), "created_time", now.Unix()), Delivery{})
}

// EditComment is a person changing a comment. Instagram sends no event for it (CHANNELS 5.1).
func (m *Meta) EditComment(id, text string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	cm := m.comments[id]
	cm.text, cm.edited = text, time.Now()
	m.feedEvent(cm, "edited")
}

// RemoveComment is a person deleting a comment. Instagram sends no event for it.
func (m *Meta) RemoveComment(id string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.remove(m.comments[id])
}

// remove deletes a comment, whoever asked for it: a person, the company in Meta's tools, or the product.
func (m *Meta) remove(cm *comment) {
	cm.deleted = true
	m.feedEvent(cm, "remove")
}

// HideComment is somebody of the company hiding or showing a comment in Meta's own tools.
func (m *Meta) HideComment(id string, hide bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.hide(m.comments[id], hide)
}

// hide takes a comment out of other people's sight, or brings it back.
func (m *Meta) hide(cm *comment, hide bool) {
	verb := "unhide"
	if hide {
		verb = "hide"
	}
	cm.hidden = hide
	m.feedEvent(cm, verb)
}

// feedEvent reports a change of a comment on a Page. On Instagram nobody hears of it.
func (m *Meta) feedEvent(cm *comment, verb string) {
	if !cm.post.asset.instagram() {
		m.emit(cm.post.asset, "feed", cm.id, m.feed(cm, verb), Delivery{})
	}
}

// ReplyFromInbox is a human of the company answering a comment in Meta's own tools: it comes back as the company's
// own comment that the product did not make (CHANNELS 4.1).
func (m *Meta) ReplyFromInbox(comment, text string) string {
	m.mu.Lock()
	defer m.mu.Unlock()
	parent := m.comments[comment]
	cm := m.write(parent.post, nil, text, CommentOptions{Parent: comment})
	m.own(cm, Delivery{})
	return cm.id
}

// own reports a comment of the company.
func (m *Meta) own(cm *comment, d Delivery) {
	if cm.post.asset.instagram() {
		m.instagramComment(cm, CommentOptions{Delivery: d})
		return
	}
	m.emit(cm.post.asset, "feed", cm.id, m.feed(cm, "add"), d)
}

// Mention is a person naming the Instagram account below somebody else's medium. Only an account connected through a
// Page hears of it as mentions, with ids only (CHANNELS 5.2); with Instagram Login it arrives as a comment.
func (m *Meta) Mention(a *Asset, user, text string) string {
	fail(a, "mention", Instagram, InstagramViaPage)
	m.mu.Lock()
	defer m.mu.Unlock()
	p := m.person(user)
	cm := m.write(m.post(a, "foreign of "+p.Name), p, text, CommentOptions{})
	cm.foreign = true
	if a.Kind == Instagram {
		m.instagramComment(cm, CommentOptions{})
		return cm.id
	}
	m.emit(a, "mentions", cm.id, obj("media_id", cm.post.id, "comment_id", cm.id), Delivery{})
	return cm.id
}
