package channel

import (
	"context"
	"encoding/json"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"tandem"
)

// The history of Pages and Instagram accounts: private messages from the Conversations API, comments
// from the edges of the newest posts (CHANNELS 1.4, 2.4). WhatsApp and the website have none.

const (
	talksPage    = 25                  // conversations asked for at once
	talksShown   = 20                  // messages of a conversation asked for at once
	deepest      = 100                 // pages of one conversation that are followed
	postsPage    = 25                  // posts asked for at once
	commentsPage = 50                  // comments asked for at once
	postsBack    = 30 * 24 * time.Hour // how old, at the begin of the gap, a post may be for its comments to be read
)

// cursor is a place in the history: first the private conversations, of each list of them the older pages of those
// with more to tell, one after the other; then the posts, and of each list of posts the comments of one after the
// other.
type cursor struct {
	Stage string   `json:"stage"`
	After string   `json:"after,omitempty"`
	Talks []deep   `json:"talks,omitempty"`
	Posts []string `json:"posts,omitempty"`
	More  string   `json:"more,omitempty"` // where the list of conversations or posts goes on
}

func (c cursor) String() string {
	text, err := json.Marshal(c)
	if err != nil {
		panic(err) // our own texts always marshal
	}
	return string(text)
}

// paging says where a list goes on. Next is there only where it does.
type paging struct {
	Cursors struct {
		After string `json:"after"`
	} `json:"cursors"`
	Next string `json:"next"`
}

func (p paging) more() string {
	if p.Next == "" {
		return ""
	}
	return p.Cursors.After
}

// wall is where the public side of an account is read: the list of posts and the fields of comments.
type wall struct {
	posts   string // path of the list
	at      string // name of a post's time
	comment string // fields of a comment
	query   url.Values
	read    func(p place, post string, raw json.RawMessage) []tandem.Inbound
}

// history returns one page of what was said since a moment; it makes one call.
func (m messenger) history(ctx context.Context, platform string, w wall, since time.Time, page string) (tandem.History, error) {
	at := cursor{Stage: "talks"}
	if page != "" && json.Unmarshal([]byte(page), &at) != nil {
		return tandem.History{}, tandem.Coded(tandem.Invalid, CodeBadRequest, "this is no place in the history")
	}
	switch at.Stage {
	case "talks":
		return m.talks(ctx, platform, since, at)
	case "deep":
		return m.deeper(ctx, since, at)
	case "posts":
		return m.listPosts(ctx, w, since, at)
	case "below":
		return m.comments(ctx, w, since, at)
	}
	return tandem.History{}, tandem.Coded(tandem.Invalid, CodeBadRequest, "this is no place in the history")
}

// listPosts reads the newest posts. One that was old when the gap began is not looked at: it may get a
// comment still, and asking for each post ever made would take hours.
func (m messenger) listPosts(ctx context.Context, w wall, since time.Time, at cursor) (tandem.History, error) {
	var list struct {
		Data   []map[string]json.RawMessage `json:"data"`
		Paging paging                       `json:"paging"`
	}
	query := url.Values{"fields": {"id," + w.at}, "limit": {strconv.Itoa(postsPage)}}
	if at.After != "" {
		query.Set("after", at.After)
	}
	if err := m.get(ctx, w.posts, query, &list); err != nil {
		return tandem.History{}, err
	}
	next, old := cursor{Stage: "below"}, false
	for _, p := range list.Data {
		var post id
		var made stamp
		json.Unmarshal(p["id"], &post)
		json.Unmarshal(p[w.at], &made)
		if !made.IsZero() && made.Before(since.Add(-postsBack)) {
			old = true
		} else if post != "" {
			next.Posts = append(next.Posts, string(post))
		}
	}
	if !old {
		next.More = list.Paging.more()
	}
	return tandem.History{Next: next.end()}, nil
}

// end is where the history goes on once posts are read: empty where nothing is left.
func (c cursor) end() string {
	switch {
	case len(c.Posts) > 0:
		return c.String()
	case c.More != "":
		return cursor{Stage: "posts", After: c.More}.String()
	}
	return ""
}

// comments reads the comments below one post, the newest first, until they are older than the gap.
func (m messenger) comments(ctx context.Context, w wall, since time.Time, at cursor) (tandem.History, error) {
	if len(at.Posts) == 0 {
		return tandem.History{}, tandem.Coded(tandem.Invalid, CodeBadRequest, "this is no place in the history")
	}
	var list struct {
		Data   []json.RawMessage `json:"data"`
		Paging paging            `json:"paging"`
	}
	query := url.Values{"fields": {w.comment}, "limit": {strconv.Itoa(commentsPage)}}
	for k, v := range w.query {
		query[k] = v
	}
	if at.After != "" {
		query.Set("after", at.After)
	}
	post := at.Posts[0]
	err := m.get(ctx, "/"+url.PathEscape(post)+"/comments", query, &list)
	if err != nil && tandem.KindOf(err) != tandem.Invalid { // a post that is gone, or takes none, has no comments
		return tandem.History{}, err
	}
	var h tandem.History
	fresh := false
	for _, raw := range list.Data {
		for _, in := range w.read(place{account: m.account}, post, raw) {
			if in.At.IsZero() || in.At.Before(since) {
				continue
			}
			fresh, in.Late = true, true
			h.Events = append(h.Events, in)
		}
	}
	next := cursor{Stage: "below", Posts: at.Posts, More: at.More, After: list.Paging.more()}
	if !fresh || next.After == "" {
		next.Posts, next.After = at.Posts[1:], ""
	}
	h.Next = next.end()
	return h, nil
}

// subscription is what a Page or an Instagram account asks Meta to call us for.
type subscription struct {
	path   string
	fields []string // all that we read
	needed []string // those without which customers are not heard or colleagues not noticed
}

// Subscribed tells whether the platform calls us for all that we need.
func (m messenger) Subscribed(ctx context.Context) (bool, error) {
	var answer struct {
		Data []struct {
			Fields []string `json:"subscribed_fields"`
		} `json:"data"`
	}
	if err := m.get(ctx, m.hooked.path, nil, &answer); err != nil {
		return false, err
	}
	there := map[string]bool{}
	for _, d := range answer.Data {
		for _, f := range d.Fields {
			there[f] = true
		}
	}
	return !slices.ContainsFunc(m.hooked.needed, func(f string) bool { return !there[f] }), nil
}

// Subscribe asks the platform to call us. Asking again changes nothing.
func (m messenger) Subscribe(ctx context.Context) error {
	return m.act(ctx, http.MethodPost, m.hooked.path, map[string]string{"subscribed_fields": strings.Join(m.hooked.fields, ",")})
}
