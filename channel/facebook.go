package channel

import (
	"context"
	"encoding/json"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"tandem"
)

func init() {
	k := facebookKind
	k.Open = openFacebook
	Register(k)
}

var facebookKind = Kind{
	Name:  "facebook",
	Title: Words{"Facebook i Messenger", "Facebook and Messenger"},
	Icon:  "M12 2C6.4 2 2 6.1 2 11.5c0 3 1.4 5.7 3.6 7.4V23l3.7-2.1c.9.2 1.8.3 2.7.3 5.6 0 10-4.1 10-9.7S17.6 2 12 2zm1 13-2.6-2.7L5.4 15 11 9l2.7 2.7L18.6 9z",
	Hook:  "meta",
	Group: Public,
	Fields: append([]Field{
		{Name: External, Required: true,
			Label: Words{"Identyfikator strony", "Page id"},
			Help:  Words{"Numer strony na Facebooku, nie jej nazwa.", "The number of the Facebook Page, not its name."}},
	}, metaFields...),
	Limit:  2000, // CHANNELS 2.2
	Window: 24 * time.Hour, HumanWindow: 7 * 24 * time.Hour,
	Receipts: ByWatermark,
	Surfaces: []tandem.Surface{tandem.Direct, tandem.Comment},
	Buttons:  quickReplies,
	Media:    []string{"image", "video", "audio", "file"},
	fits:     fitsMeta,
}

// facebook is one Page: its Messenger and the comments under its posts. The author of a comment has
// the same id there as in Messenger, which makes both one conversation (CHANNELS 8.1).
type facebook struct{ messenger }

func openFacebook(s Settings) (tandem.Channel, error) {
	a := s.Account
	return facebook{messenger{graph: openGraph(s, "https://graph.facebook.com", metaCodes), kind: &facebookKind,
		account: a.External, path: "/" + url.PathEscape(a.External),
		carries: a.Settings["metadata"] != "off", replies: true, hooked: subscription{"/" + url.PathEscape(a.External) + "/subscribed_apps", pageFields,
			[]string{"messages", "message_echoes", "message_deliveries", "message_reads", "messaging_postbacks", "feed"}}}}, nil
}

// pageFields are the webhook fields of a Page that we read (CHANNELS 1.7).
var pageFields = []string{"messages", "message_echoes", "message_deliveries", "message_reads", "message_reactions", "message_edits", "messaging_postbacks",
	"messaging_referrals", "messaging_handovers", "standby", "messaging_policy_enforcement", "feed"}

// longestPageComment is in characters; not verified (CHANNELS 4.3).
const longestPageComment = 8000

// Send sends a private message, a reply to a comment or a private reply to one.
func (c facebook) Send(ctx context.Context, o tandem.Outgoing) (tandem.Receipt, error) {
	answered := orElse(o.ReplyTo, rootOf(o.Thread))
	switch {
	case o.Private && strings.HasPrefix(answered, c.account+"_"):
		// The id of a post begins with the Page's, that of a comment with the post's (CHANNELS 4.1).
		return c.private(ctx, "post_id", o)
	case o.Private:
		return c.private(ctx, "comment_id", o)
	case inPublic(o):
		return c.public(ctx, "/"+url.PathEscape(answered)+"/comments", map[string]string{"message": o.Text}, longestPageComment)
	}
	return c.direct(ctx, o)
}

// Profile tells the name of somebody who has written to us. The picture is not asked for: its
// address dies soon.
func (c facebook) Profile(ctx context.Context, user string) (tandem.Profile, error) {
	var p struct {
		First  string `json:"first_name"`
		Last   string `json:"last_name"`
		Locale string `json:"locale"`
	}
	err := c.get(ctx, "/"+url.PathEscape(user), url.Values{"fields": {"first_name,last_name,locale"}}, &p)
	lang, _, _ := strings.Cut(p.Locale, "_")
	return tandem.Profile{Name: strings.TrimSpace(p.First + " " + p.Last), Lang: lang}, noProfile(err)
}

// Moderate hides, shows, likes or deletes a comment.
func (c facebook) Moderate(ctx context.Context, external, action string) error {
	path := "/" + url.PathEscape(external)
	switch action {
	case "hide", "unhide":
		return c.act(ctx, http.MethodPost, path, map[string]bool{"is_hidden": action == "hide"})
	case "like":
		return c.act(ctx, http.MethodPost, path+"/likes", nil)
	case "delete":
		return c.act(ctx, http.MethodDelete, path, nil)
	}
	return tandem.Coded(tandem.Invalid, CodeBadRequest, "facebook cannot do this to a comment")
}

// History reads the Page's conversations, then the comments below its posts.
func (c facebook) History(ctx context.Context, since time.Time, page string) (tandem.History, error) {
	return c.history(ctx, "messenger", wall{posts: c.path + "/feed", at: "created_time", comment: "id,message,from,created_time,parent,attachment",
		query: url.Values{"filter": {"stream"}, "order": {"reverse_chronological"}}, read: pageComment}, since, page)
}

// pageComment reads a comment as the Graph tells it: in the form of a webhook, so that both give the
// same event.
func pageComment(p place, post string, raw json.RawMessage) []tandem.Inbound {
	var n struct {
		ID      id     `json:"id"`
		Message string `json:"message"`
		Created stamp  `json:"created_time"`
		From    author `json:"from"`
		Parent  struct {
			ID id `json:"id"`
		} `json:"parent"`
		Attachment struct {
			Type  string `json:"type"`
			URL   string `json:"url"`
			Media struct {
				Image struct {
					Src string `json:"src"`
				} `json:"image"`
			} `json:"media"`
		} `json:"attachment"`
	}
	if _, err := decode(raw, &n); err != nil || n.ID == "" {
		return nil
	}
	return feed{Item: "comment", Verb: "add", Post: id(post), Comment: n.ID, Parent: orElse(n.Parent.ID, id(post)), Message: n.Message, Photo: n.Attachment.Media.Image.Src,
		Created: n.Created, From: n.From}.inbound(p, "feed")
}

// Test looks at the token, the permissions and the Page's subscription. Without the field feed no
// comment arrives, without message_echoes nobody notices an answer from Meta's inbox.
func (c facebook) Test(ctx context.Context) (ok, wrong []string, err error) {
	return c.test(ctx, func() (string, error) {
		var me struct {
			ID id `json:"id"`
		}
		err := c.get(ctx, "/me", url.Values{"fields": {"id"}}, &me)
		return string(me.ID), err
	}, []string{"pages_messaging", "pages_manage_metadata", "pages_read_engagement", "pages_manage_engagement"})
}

// feed is a change on the Page: a comment, a visitor's post, a mention elsewhere. Old payloads name
// the author as sender_id; on hide that is the moderator (CHANNELS 4.1).
type feed struct {
	Item       string `json:"item"`
	Verb       string `json:"verb"`
	Post       id     `json:"post_id"` // may be of an ad that nobody told us of
	Comment    id     `json:"comment_id"`
	Parent     id     `json:"parent_id"`
	Message    string `json:"message"`
	Photo      string `json:"photo"`
	Video      string `json:"video"`
	Link       string `json:"link"`
	Created    stamp  `json:"created_time"`
	Edited     stamp  `json:"edited_time"`
	SenderID   id     `json:"sender_id"`
	SenderName string `json:"sender_name"`
	From       author `json:"from"`
	About      struct {
		Permalink string `json:"permalink_url"`
	} `json:"post"`
}

// author is who wrote a comment on a Page.
type author struct {
	ID   id     `json:"id"`
	Name string `json:"name"`
}

// verbs are the one name of each verb; the schema knows two for some.
var verbs = map[string]string{"add": "add", "edited": "edited", "edit": "edited", "update": "edited",
	"remove": "remove", "delete": "remove", "hide": "hide", "unhide": "unhide"}

// visitorItems are the posts that visitors write on a Page; each begins a public thread.
var visitorItems = map[string]bool{"post": true, "status": true, "photo": true, "video": true}

// pageChange reads comments, visitors' posts and mentions; likes and reactions are left out.
func pageChange(p place, c change) []tandem.Inbound {
	if c.Field != "feed" && c.Field != "mention" {
		return nil
	}
	var f feed
	if _, err := decode(c.Value, &f); err != nil {
		return []tandem.Inbound{p.unreadable(c.Value)}
	}
	return f.inbound(p, c.Field)
}

// inbound makes an event of what happened, where it matters to us.
func (f feed) inbound(p place, field string) []tandem.Inbound {
	verb := verbs[f.Verb]
	external := string(f.Comment)
	if field == "feed" && visitorItems[f.Item] || field == "mention" && external == "" {
		external = string(f.Post)
	} else if f.Item != "comment" && field == "feed" {
		return nil
	}
	if verb == "" || external == "" {
		return nil
	}
	in := tandem.Inbound{Account: p.account, External: external, Surface: tandem.Comment, Standby: p.standby,
		User: orElse(string(f.From.ID), string(f.SenderID)), Name: orElse(f.From.Name, f.SenderName)}
	moment := f.Edited
	switch {
	case verb == "hide" || verb == "unhide":
		moment = stamp{} // the same comment may be hidden twice, so its own time would be no key
	case moment.IsZero():
		moment = f.Created
	}
	in.At = p.at(moment)
	in.Key = external + ":" + verb + ":" + strconv.FormatInt(in.At.Unix(), 10)
	f.thread(&in)
	own := in.User == p.account
	f.fill(&in, verb, own)
	if field == "mention" {
		in.Parts = append(in.Parts, tandem.Part{Type: "mention", Value: string(f.Post)})
	}
	if own && visitorItems[f.Item] {
		return nil // our own posts are no part of any conversation
	}
	return []tandem.Inbound{in}
}

// thread sets where a comment hangs: below the top comment of its thread, or below a visitor's post.
func (f feed) thread(in *tandem.Inbound) {
	in.Thread = in.External
	if f.Comment != "" && f.Parent != "" && f.Parent != f.Post {
		in.Thread, in.ReplyTo = string(f.Parent), string(f.Parent)
	}
}

// fill sets what happened. Our own comments come back as well and are the echoes of the feed.
func (f feed) fill(in *tandem.Inbound, verb string, own bool) {
	switch verb {
	case "add":
		in.Kind, in.Text = tandem.InMessage, f.Message
		in.Parts = f.parts()
		if own {
			in.Kind = tandem.InEcho
		}
	case "edited":
		in.Kind, in.Text = tandem.InEdited, f.Message
	case "remove":
		in.Kind = tandem.InDeleted
	case "hide":
		in.Kind, in.State = tandem.InHidden, tandem.StateHidden
	case "unhide":
		in.Kind, in.State = tandem.InHidden, tandem.StateShown
	}
	if verb != "add" { // about the comment, and not a second one of the same id
		in.Target, in.External = in.External, ""
	}
	switch {
	// The page itself and moderators are no customers; an event about a comment finds its person by it.
	case own, verb == "hide", verb == "unhide":
		in.User, in.Name = "", ""
	case in.User == "" && verb == "add":
		in.User = nobody(in.External)
	}
	if in.User != "" {
		in.Thread = inThread(in.Thread, in.User)
	}
}

// parts are the picture, film or link of a comment and the post that it hangs below.
func (f feed) parts() []tandem.Part {
	var parts []tandem.Part
	for _, p := range []tandem.Part{{Type: "image", URL: f.Photo}, {Type: "video", URL: f.Video}, {Type: "share", URL: f.Link}} {
		if p.URL != "" {
			parts = append(parts, p)
		}
	}
	if f.Post != "" && f.Comment != "" {
		parts = append(parts, tandem.Part{Type: "post", Value: string(f.Post), URL: f.About.Permalink})
	}
	return parts
}
