package app

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"tandem"
	"tandem/access"
	"tandem/bot"
	"tandem/channel"
	"tandem/intake"
	"tandem/store"
	"tandem/web"
)

// visit is a visitor of a company's website who holds a valid token.
type visit struct {
	site    store.StoredAccount
	visitor string
	token   string
}

// longestWidgetBody bounds what a browser may post; a message has at most 4000 characters.
const longestWidgetBody = 32 << 10

// atSite finds the website that an address names and checks where the call comes from.
func (a *App) atSite(w http.ResponseWriter, r *http.Request) (store.StoredAccount, error) {
	s, err := a.site(r.Context(), r.PathValue("site"))
	if err != nil {
		return s, err
	}
	origin := r.Header.Get("Origin")
	if origin == "" {
		return s, nil // no browser, or the frame itself
	}
	if u, err := url.Parse(origin); err == nil && strings.EqualFold(u.Host, r.Host) {
		return s, nil
	}
	if !channel.FromSite(s.Account, origin) {
		return s, tandem.Coded(tandem.Denied, "cross_origin", "this website may not use this widget")
	}
	h := w.Header()
	h.Set("Access-Control-Allow-Origin", origin)
	h.Set("Access-Control-Allow-Headers", "Authorization, Content-Type, Last-Event-ID")
	h.Set("Access-Control-Allow-Methods", "GET, POST")
	h.Add("Vary", "Origin")
	return s, nil
}

// asVisitor wraps what a visitor may do: a known site, an allowed origin, a valid token, not too
// often. Signs of life, which a browser sends by itself, do not use up what a visitor may say.
func (a *App) asVisitor(often *access.Limiter, most int64, do func(http.ResponseWriter, *http.Request, visit) error) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		s, err := a.atSite(w, r)
		if err == nil {
			token, _ := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer ")
			visitor, ok := channel.VisitorOf(s.Secrets["widget_secret"], token)
			switch {
			case !ok:
				err = tandem.Coded(tandem.Denied, "token", "a visitor's token is missing or wrong")
			case r.Method == http.MethodPost:
				err = often.Take(visitor, now())
			}
			if err == nil {
				r.Body = http.MaxBytesReader(w, r.Body, most)
				err = do(w, r, visit{s, visitor, token})
			}
		}
		if err != nil {
			web.WriteProblem(w, r, words, err)
		}
	}
}

// allowed answers a browser's question before it posts from another site.
func (a *App) allowed(w http.ResponseWriter, r *http.Request) {
	if _, err := a.atSite(w, r); err != nil {
		web.WriteProblem(w, r, words, err)
		return
	}
	w.WriteHeader(http.StatusNoContent)
}

// Session is what a widget starts with.
type Session struct {
	Token      string `json:"token" doc:"proves the visitor; kept by the browser"`
	Visitor    string `json:"visitor"`
	Brand      string `json:"brand"`
	Lang       string `json:"lang"`
	Open       bool   `json:"open" doc:"people are at the desk"`
	Disclosure string `json:"disclosure" doc:"that an AI answers; to be shown first"`
}

// session is POST /widget/{site}/session. A token that is still good is kept, so that a visitor who
// comes back has the same conversation. With the shop's proof the visitor is the shop's customer.
func (a *App) session(w http.ResponseWriter, r *http.Request) {
	out, err := a.openSession(w, r)
	if err != nil {
		web.WriteProblem(w, r, words, err)
		return
	}
	web.WriteJSON(w, http.StatusOK, out)
}

func (a *App) openSession(w http.ResponseWriter, r *http.Request) (Session, error) {
	account, err := a.atSite(w, r)
	if err != nil {
		return Session{}, err
	}
	ip, _ := web.Caller(r, a.conf.Proxied)
	if err := a.perSite.Take(string(account.ID)+" "+ip, now()); err != nil {
		return Session{}, err
	}
	var in struct {
		Token string `json:"token"`
		User  string `json:"user_id"`
		Proof string `json:"proof"`
	}
	r.Body = http.MaxBytesReader(w, r.Body, longestWidgetBody)
	if err := read(r.Body, &in); err != nil {
		return Session{}, err
	}
	s, err := a.space(r.Context(), account.Workspace)
	if err != nil {
		return Session{}, err
	}
	secret, lang := account.Secrets["widget_secret"], s.Lang
	if r.Header.Get("Accept-Language") != "" {
		lang = web.Lang(r.Header.Get("Accept-Language"))
	}
	out := Session{Token: in.Token, Brand: s.Name, Lang: lang, Open: s.Hours.Open(now().In(s.zone())), Disclosure: disclosure(lang, s.Name)}
	visitor, ok := channel.VisitorOf(secret, in.Token)
	if out.Visitor = visitor; !ok {
		out.Visitor, out.Token = channel.NewVisitor(secret)
	}
	if in.User != "" {
		_, err = a.visitorSays(r.Context(), visit{account, out.Visitor, out.Token}, map[string]any{"event": "identify", "user_id": in.User, "proof": in.Proof})
	}
	return out, err
}

// disclosure is the notice that an AI writes. It cannot be switched off (HITL.md 7.2).
func disclosure(lang, brand string) string {
	if text, _ := bot.Notice("disclosure", tandem.Snapshot{Workspace: tandem.Workspace{Name: brand, Lang: lang}, Conversation: tandem.Conversation{Lang: lang}}); text != "" {
		return text
	}
	return fmt.Sprintf(words(lang, "widget_disclosure"), brand)
}

// read decodes a small JSON object; nothing at all is an empty one.
func read(from io.Reader, into any) error {
	b, err := io.ReadAll(from)
	if err != nil {
		return readFailed(err)
	}
	if len(bytes.TrimSpace(b)) == 0 {
		return nil
	}
	if err := json.Unmarshal(b, into); err != nil {
		return tandem.Coded(tandem.Invalid, "unreadable", "the body is no JSON of the known form")
	}
	return nil
}

// visitorSays brings a call of the widget in on the way of every channel: verified, normalised,
// accepted.
func (a *App) visitorSays(ctx context.Context, v visit, call map[string]any) ([]tandem.Inbound, error) {
	h, _ := channel.FindHook("webchat")
	body, err := json.Marshal(call)
	if err != nil {
		return nil, err
	}
	header := http.Header{"Authorization": {"Bearer " + v.token}, "Content-Type": {"application/json"}}
	in, err := h.Parse([]string{v.site.Secrets["widget_secret"]}, tandem.Webhook{Method: http.MethodPost, Path: v.site.External, Header: header, Body: body, At: now()})
	if err != nil {
		return nil, err
	}
	if words, ok := call["words"].(string); ok && len(in) == 1 && in[0].Kind == tandem.InRating {
		in[0].Text += words
	}
	if len(in) == 1 && in[0].Kind == tandem.InReceipt {
		if err := a.readUpTo(ctx, v, &in[0]); err != nil {
			return nil, err
		}
	}
	s, err := a.space(ctx, v.site.Workspace)
	if err != nil {
		return nil, err
	}
	var events []intake.Event
	for _, one := range in {
		events = append(events, intake.Event{Inbound: one, Account: v.site})
	}
	return in, a.intake(s).Accept(ctx, v.site.Workspace, intake.Raw{Hook: h.Name, Header: harmless(header), Body: body}, events)
}

// readUpTo turns the number of the newest message a visitor saw into the moment it was sent, which
// is what receipts go by.
func (a *App) readUpTo(ctx context.Context, v visit, e *tandem.Inbound) error {
	th, err := a.db.ThreadByExternal(ctx, v.site.Workspace, v.site.ID, v.visitor)
	if err != nil {
		return err
	}
	seen, err := a.db.ThreadMessages(ctx, v.site.Workspace, th.ID, e.Seq-1, 1)
	if err == nil && len(seen) == 1 && seen[0].Seq == e.Seq && !seen[0].SentAt.IsZero() {
		e.At = seen[0].SentAt
	}
	return err
}

// said is POST /widget/{site}/messages.
func (a *App) said(w http.ResponseWriter, r *http.Request, v visit) error {
	var in struct {
		Client string   `json:"client_id"`
		Text   string   `json:"text"`
		Files  []string `json:"files"` // tickets
	}
	if err := read(r.Body, &in); err != nil {
		return err
	}
	got, err := a.visitorSays(r.Context(), v, map[string]any{"client_id": in.Client, "text": in.Text, "files": in.Files})
	if err != nil {
		return err
	}
	return a.accepted(w, r, v, got)
}

// accepted answers with the id and number under which a visitor's message is stored.
func (a *App) accepted(w http.ResponseWriter, r *http.Request, v visit, got []tandem.Inbound) error {
	var m tandem.Message
	err := a.db.Write(r.Context(), v.site.Workspace, func(tx *store.Tx) (err error) { // a read that sees its own write on any engine
		m, err = tx.MessageByExternal(v.site.ID, got[0].External)
		return err
	})
	if err != nil {
		return err
	}
	web.WriteJSON(w, http.StatusOK, map[string]any{"id": m.ID, "seq": m.Seq})
	return nil
}

// human is POST /widget/{site}/human: the button that asks for a person.
func (a *App) human(w http.ResponseWriter, r *http.Request, v visit) error {
	s, err := a.space(r.Context(), v.site.Workspace)
	if err != nil {
		return err
	}
	text := "Wolę człowieka"
	if s.Lang == "en" || web.Lang(r.Header.Get("Accept-Language")) == "en" {
		text = "I prefer a person"
	}
	got, err := a.visitorSays(r.Context(), v, map[string]any{"event": "human", "text": text})
	if err != nil {
		return err
	}
	return a.accepted(w, r, v, got)
}

// rate is POST /widget/{site}/rating.
func (a *App) rate(w http.ResponseWriter, r *http.Request, v visit) error {
	var in struct {
		Value int    `json:"value"`
		Text  string `json:"text"`
	}
	if err := read(r.Body, &in); err != nil {
		return err
	}
	if _, err := a.visitorSays(r.Context(), v, map[string]any{"event": "rating", "value": in.Value, "words": cut(in.Text, 1000)}); err != nil {
		return err
	}
	w.WriteHeader(http.StatusNoContent)
	return nil
}

func cut(s string, most int) string {
	if r := []rune(s); len(r) > most {
		return string(r[:most])
	}
	return s
}

// saw is POST /widget/{site}/read.
func (a *App) saw(w http.ResponseWriter, r *http.Request, v visit) error {
	var in struct {
		Seq int64 `json:"seq"`
	}
	if err := read(r.Body, &in); err != nil {
		return err
	}
	_, err := a.visitorSays(r.Context(), v, map[string]any{"event": "read", "seq": in.Seq})
	if tandem.KindOf(err) == tandem.NotFound && err != nil {
		err = nil // nothing was ever said here
	}
	if err == nil {
		w.WriteHeader(http.StatusNoContent)
	}
	return err
}

// types is POST /widget/{site}/typing: told to colleagues who look, kept by nobody.
func (a *App) types(w http.ResponseWriter, r *http.Request, v visit) error {
	th, err := a.db.ThreadByExternal(r.Context(), v.site.Workspace, v.site.ID, v.visitor)
	if err == nil {
		a.hub.Say(v.site.Workspace, th.Conversation, "typing", Typing{th.Conversation, "customer"})
	} else if tandem.KindOf(err) != tandem.NotFound {
		return err
	}
	w.WriteHeader(http.StatusNoContent)
	return nil
}

// history is GET /widget/{site}/messages.
func (a *App) history(w http.ResponseWriter, r *http.Request, v visit) error {
	after, _ := strconv.ParseInt(r.URL.Query().Get("after"), 10, 64)
	out := struct {
		Messages []WidgetMessage `json:"messages"`
	}{[]WidgetMessage{}}
	th, err := a.db.ThreadByExternal(r.Context(), v.site.Workspace, v.site.ID, v.visitor)
	if err == nil {
		out.Messages, err = a.widgetMessages(r.Context(), v, th.ID, after)
	}
	if err != nil && tandem.KindOf(err) != tandem.NotFound {
		return err
	}
	web.WriteJSON(w, http.StatusOK, out)
	return nil
}
