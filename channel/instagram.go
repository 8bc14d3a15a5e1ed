package channel

import (
	"context"
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"time"
	"unicode/utf8"

	"tandem"
)

func init() {
	k := instagramKind
	k.Open = openInstagram
	Register(k)
}

var instagramKind = Kind{
	Name:  "instagram",
	Title: Words{"Instagram", "Instagram"},
	Icon: "M7 2h10a5 5 0 0 1 5 5v10a5 5 0 0 1-5 5H7a5 5 0 0 1-5-5V7a5 5 0 0 1 5-5zm5 5.5a4.5 4.5 0 1 0 0 9 " +
		"4.5 4.5 0 0 0 0-9zm5.2-1.7a1 1 0 1 0 0 2 1 1 0 0 0 0-2z",
	Hook:  "meta",
	Group: Public,
	Fields: append([]Field{
		{Name: External, Required: true,
			Label: Words{"Identyfikator konta Instagram", "Instagram account id"},
			Help: Words{"Pole user_id z zapytania /me?fields=user_id,username, zwykle zaczyna się od 17841. Pole id to inny numer.",
				"The user_id of /me?fields=user_id,username, usually beginning with 17841. The field id is another number."}},
		{Name: "login", Options: []string{"instagram", "facebook"},
			Label: Words{"Sposób połączenia", "Way of connecting"},
			Help: Words{"instagram: logowanie kontem Instagram. facebook: konto połączone ze stroną na Facebooku.",
				"instagram: login with the Instagram account. facebook: account linked to a Facebook Page."}},
		{Name: "page_id",
			Label: Words{"Identyfikator połączonej strony", "Id of the linked Page"},
			Help:  Words{"Tylko przy połączeniu przez Facebooka.", "Only when connected through Facebook."}},
	}, metaFields...),
	Limit: 1000, LimitBytes: true, // CHANNELS 3.3: bytes of UTF-8
	Window: 24 * time.Hour, HumanWindow: 7 * 24 * time.Hour,
	Receipts: ByMessage,
	Surfaces: []tandem.Surface{tandem.Direct, tandem.Comment},
	Buttons:  quickReplies,
	Media:    []string{"image", "video", "audio", "file"},
	fits: func(p tandem.Part) bool { // CHANNELS 3.3: of documents only PDF
		return fitsMeta(p) && (p.Type != "file" || p.Mime == "application/pdf")
	},
}

// metaFields are what every account of a Meta app needs besides its own id.
var metaFields = []Field{
	{Name: "token", Secret: true, Required: true,
		Label: Words{"Token dostępu", "Access token"},
		Help:  Words{"Długoterminowy token konta lub strony.", "The long-lived token of the account or the Page."}},
	{Name: "app_secret", Secret: true, Required: true,
		Label: Words{"Klucz tajny aplikacji", "App secret"},
		Help: Words{"Nim Meta podpisuje zdarzenia. Przy logowaniu przez Instagram to klucz aplikacji Instagram, nie Facebook.",
			"Meta signs events with it. With Instagram login it is the Instagram app's secret, not Facebook's."}},
	{Name: "verify_token", Secret: true, Required: true,
		Label: Words{"Token weryfikacyjny", "Verify token"},
		Help:  Words{"Dowolny tekst; ten sam wpisz w konsoli Meta.", "Any text; enter the same one in Meta's console."}},
	{Name: "app_id",
		Label: Words{"Identyfikator aplikacji", "App id"},
		Help: Words{"Po nim poznajemy, czy wiadomość wysłano stąd, czy ze skrzynki Meta.",
			"Tells messages sent from here from those of Meta's inbox."}},
	{Name: "proof", Options: []string{"off", "on"},
		Label: Words{"Dowód klucza (appsecret_proof)", "Proof of the secret (appsecret_proof)"},
		Help:  Words{"Włącz, jeśli aplikacja tego wymaga.", "Switch on where the app requires it."}},
	{Name: "metadata", Options: []string{"on", "off"},
		Label: Words{"Własny znacznik w wiadomościach", "Our mark in messages"},
		Help: Words{"Po nim poznajemy echo własnych wiadomości.",
			"By it we recognise the echo of our own messages."}},
	{Name: EchoSetting, Options: []string{"people", "always", "never"},
		Label: Words{"Co ucisza bota poza tandemem", "What silences the bot outside tandem"},
		Help: Words{"people: odpowiedzi osób, nie automaty Meta (powitania, wiadomości o nieobecności). always: każda odpowiedź. never: żadna.",
			"people: answers of people, not Meta's automation (greetings, away messages). always: every answer. never: none."}},
	{Name: "version",
		Label: Words{"Wersja Graph API", "Graph API version"},
		Help:  Words{"Puste pole oznacza v25.0.", "Empty means v25.0."}},
}

// instagram is one professional account, connected in either of the two ways (CHANNELS 3.1).
type instagram struct {
	messenger
	viaPage bool
}

func openInstagram(s Settings) (tandem.Channel, error) {
	a := s.Account
	host, path := "https://graph.instagram.com", "/"+a.External
	viaPage := a.Settings["login"] == "facebook"
	if viaPage {
		host, path = "https://graph.facebook.com", "/"+orElse(a.Settings["page_id"], "me")
	}
	hooked := subscription{"/me/subscribed_apps", instagramFields, []string{"messages", "comments"}}
	if viaPage { // the Page is subscribed; the account's own fields are the app's (CHANNELS 1.7)
		hooked = subscription{path + "/subscribed_apps", []string{"messages"}, []string{"messages"}}
	}
	return instagram{messenger{graph: openGraph(s, host, metaCodes), kind: &instagramKind, account: a.External,
		path: path, carries: a.Settings["metadata"] != "off", hooked: hooked}, viaPage}, nil
}

// instagramFields are the webhook fields of an Instagram account that we read (CHANNELS 1.7).
var instagramFields = []string{"messages", "message_reactions", "messaging_postbacks", "messaging_referral", "messaging_seen", "message_edit", "messaging_handover",
	"standby", "comments", "live_comments"}

// mentionMark begins the thread key of a mention under somebody else's post, which is answered by a
// call of its own: the mark, the media's id and the comment's, if there is one.
const mentionMark = "mention:"

// Send sends a private message, a reply to a comment or a private reply to one.
func (c instagram) Send(ctx context.Context, o tandem.Outgoing) (tandem.Receipt, error) {
	switch {
	case o.Private && strings.HasPrefix(o.Thread, mentionMark): // it has no author's id to write to
		return tandem.Receipt{}, tandem.Coded(tandem.Invalid, CodePrivate, "a mention elsewhere takes no private reply")
	case o.Private:
		return c.private(ctx, "comment_id", o)
	case inPublic(o):
		return c.comment(ctx, o)
	}
	return c.direct(ctx, o)
}

// longestComment is in characters; documents disagree about 2200 and 300 (CHANNELS 5.3).
const longestComment = 2200

// comment answers in public. Only a top comment takes replies, so a reply to a reply goes to the
// top of its thread (CHANNELS 5.3).
func (c instagram) comment(ctx context.Context, o tandem.Outgoing) (tandem.Receipt, error) {
	root := rootOf(o.Thread)
	path, body := "/"+url.PathEscape(orElse(root, o.ReplyTo))+"/replies", map[string]string{"message": named(o, root)}
	if rest, mention := strings.CutPrefix(root, mentionMark); mention {
		media, comment, _ := strings.Cut(rest, ":")
		path, body["media_id"] = "/"+c.account+"/mentions", media
		if comment != "" {
			body["comment_id"] = comment
		}
	}
	return c.public(ctx, path, body, longestComment)
}

// named begins an answer that cannot stand below its comment with the name of whom it is for.
func named(o tandem.Outgoing, root string) string {
	if o.Mention == "" || o.ReplyTo == "" || o.ReplyTo == root || strings.Contains(strings.ToLower(o.Text), "@"+strings.ToLower(o.Mention)) {
		return o.Text
	}
	return "@" + o.Mention + " " + o.Text
}

// public posts what everybody can read and returns its id.
func (m messenger) public(ctx context.Context, path string, body map[string]string, longest int) (tandem.Receipt, error) {
	if n := utf8.RuneCountInString(body["message"]); n == 0 || n > longest {
		return tandem.Receipt{}, tandem.Coded(tandem.Invalid, CodeBadRequest, "a comment has 1 to %d characters", longest)
	}
	var answer struct {
		ID id `json:"id"`
	}
	if err := m.send(ctx, path, body, &answer); err != nil {
		return tandem.Receipt{}, err
	}
	if answer.ID == "" {
		return tandem.Receipt{}, ErrMaybeSent
	}
	return tandem.Receipt{External: string(answer.ID), Delivery: tandem.Sent}, nil
}

// Profile tells name and username, once the person has written to us. Somebody who only commented
// has not agreed to that: NotFound (CHANNELS 3.4).
func (c instagram) Profile(ctx context.Context, user string) (tandem.Profile, error) {
	var p tandem.Profile
	err := c.get(ctx, "/"+url.PathEscape(user), url.Values{"fields": {"name,username"}}, &p)
	return p, noProfile(err)
}

// noProfile turns a refusal into NotFound: a name that we may not see is no broken connection. A
// dead token is noticed by the next send.
func noProfile(err error) error {
	if k := tandem.KindOf(err); err != nil && (k == tandem.Denied || k == tandem.Invalid) {
		return tandem.Coded(tandem.NotFound, "no_profile", "the platform tells nothing about this person")
	}
	return err
}

// Moderate hides, shows or deletes a comment. Instagram lets nobody like one through the API.
func (c instagram) Moderate(ctx context.Context, external, action string) error {
	path := "/" + url.PathEscape(external)
	switch action {
	case "hide", "unhide":
		return c.act(ctx, http.MethodPost, path, map[string]bool{"hide": action == "hide"})
	case "delete":
		return c.act(ctx, http.MethodDelete, path, nil)
	}
	return tandem.Coded(tandem.Invalid, CodeBadRequest, "instagram cannot do this to a comment")
}

// History reads the account's conversations, then the comments below its media.
func (c instagram) History(ctx context.Context, since time.Time, page string) (tandem.History, error) {
	const comment = "id,text,username,from,timestamp,parent_id"
	return c.history(ctx, "instagram", wall{posts: "/" + url.PathEscape(c.account) + "/media", at: "timestamp", comment: comment + ",replies{" + comment + "}", read: mediaComment}, since, page)
}

// mediaComment reads a comment and the replies to it as the Graph tells them.
func mediaComment(p place, media string, raw json.RawMessage) []tandem.Inbound {
	var n struct {
		igComment
		Replies struct {
			Data []igComment `json:"data"`
		} `json:"replies"`
	}
	if _, err := decode(raw, &n); err != nil {
		return nil
	}
	var all []tandem.Inbound
	for _, v := range append([]igComment{n.igComment}, n.Replies.Data...) {
		v.Media.ID = id(media)
		v.From.Username = orElse(v.From.Username, v.Username)
		if v.ID != n.ID {
			v.Parent = orElse(v.Parent, n.ID)
		}
		all = append(all, v.inbound(p, "comments")...)
	}
	return all
}

// Test looks at the token, the permissions and the subscription of this way of connecting.
func (c instagram) Test(ctx context.Context) (ok, wrong []string, err error) {
	if c.viaPage {
		return c.test(ctx, func() (string, error) {
			var page struct {
				Account struct {
					ID id `json:"id"`
				} `json:"instagram_business_account"`
			}
			err := c.get(ctx, c.path, url.Values{"fields": {"instagram_business_account"}}, &page)
			return string(page.Account.ID), err
		}, []string{"instagram_basic", "instagram_manage_messages", "instagram_manage_comments", "pages_manage_metadata"})
	}
	// id would be the app-scoped one; webhooks name user_id (CHANNELS 3.1).
	return c.test(ctx, func() (string, error) {
		var me struct {
			ID id `json:"user_id"`
		}
		err := c.get(ctx, "/me", url.Values{"fields": {"user_id,username"}}, &me)
		return string(me.ID), err
	}, []string{"instagram_business_basic", "instagram_business_manage_messages", "instagram_business_manage_comments"})
}

// instagramChange reads comments, live comments and mentions (CHANNELS 5). Instagram tells nothing
// about edits and deletions of comments.
func instagramChange(p place, c change) []tandem.Inbound {
	if c.Field != "comments" && c.Field != "live_comments" && c.Field != "mentions" {
		return nil
	}
	var v igComment
	if _, err := decode(c.Value, &v); err != nil {
		return []tandem.Inbound{p.unreadable(c.Value)}
	}
	return v.inbound(p, c.Field)
}

// igComment is a comment, as webhooks and as the history tell it.
type igComment struct {
	ID       id     `json:"id"`
	Comment  id     `json:"comment_id"` // the name of id in the Facebook Login documents
	Text     string `json:"text"`
	Username string `json:"username"` // in the history only
	Parent   id     `json:"parent_id"`
	MediaID  id     `json:"media_id"`
	Time     stamp  `json:"timestamp"`
	From     struct {
		ID       id     `json:"id"` // the same as in private messages (CHANNELS 8.1)
		Username string `json:"username"`
		Self     id     `json:"self_ig_scoped_id"` // only where the comment is ours
	} `json:"from"`
	Media struct {
		ID      id     `json:"id"`
		Product string `json:"media_product_type"`
		AdTitle string `json:"ad_title"`
	} `json:"media"`
}

// inbound makes an event of a comment or a mention.
func (v igComment) inbound(p place, field string) []tandem.Inbound {
	// The value has no edit and no time; an ad and its post may both report one comment, hence its id
	// alone is the key.
	comment := orElse(string(v.ID), string(v.Comment))
	in := tandem.Inbound{Kind: tandem.InMessage, Account: p.account, External: comment, User: string(v.From.ID),
		Username: v.From.Username, Surface: tandem.Comment, Text: v.Text, At: p.at(v.Time), Standby: p.standby,
		Thread: orElse(string(v.Parent), comment), ReplyTo: string(v.Parent)}
	if field == "mentions" {
		in.External = orElse(comment, string(v.MediaID))
		in.Thread = mentionMark + string(v.MediaID) + ":" + comment
		in.Parts = []tandem.Part{{Type: "mention", Value: string(v.MediaID)}}
	} else if v.Media.ID != "" {
		in.Parts = []tandem.Part{{Type: "post", Value: string(v.Media.ID), Name: orElse(v.Media.AdTitle, v.Media.Product)}}
	}
	if in.External == "" {
		return nil
	}
	in.Key = in.External
	if v.From.Self != "" || in.User == p.account {
		in.Kind, in.User, in.Username = tandem.InEcho, "", ""
	} else if in.User == "" {
		in.User = nobody(in.External)
	}
	if in.User != "" {
		in.Thread = inThread(in.Thread, in.User)
	}
	return []tandem.Inbound{in}
}

// nobody is the scoped id of an author whom the platform does not name. It is different for every
// post, so that two strangers never become one customer.
func nobody(external string) string { return "anonymous:" + external }
