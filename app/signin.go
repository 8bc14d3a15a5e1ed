package app

import (
	"context"
	"net/http"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"tandem"
	"tandem/access"
	"tandem/bot"
	"tandem/channel"
	"tandem/store"
	"tandem/turn"
	"tandem/web"
)

// loginIn is what signing in asks for.
type loginIn struct {
	Body struct {
		Email    string `json:"email" maxLength:"320" example:"ola@demo.pl"`
		Password string `json:"password" maxLength:"1024"`
	}
}

type loginOut struct {
	SetCookie http.Cookie `header:"Set-Cookie"`
	Body      Me
}

type logoutOut struct {
	SetCookie http.Cookie `header:"Set-Cookie"`
}

// signIn registers login and logout, which set cookies and so do not fit the form of other routes.
func (a *App) signIn() {
	huma.Register(a.api, operation(http.MethodPost, "/api/login", open, "Sign in; sets the session cookie"), func(ctx context.Context, in *loginIn) (*loginOut, error) {
		c := callerOf(ctx)
		out, err := a.login(ctx, c, in.Body.Email, in.Body.Password)
		if err != nil {
			return nil, web.ProblemOf(words, c.lang, err)
		}
		return out, nil
	})
	huma.Register(a.api, operation(http.MethodPost, "/api/logout", open, "Sign out; takes the cookie away"), func(ctx context.Context, _ *nothing) (*logoutOut, error) {
		c := callerOf(ctx)
		if c.ID != "" {
			if err := a.db.Write(ctx, c.Workspace, func(tx *store.Tx) error { return tx.EndSession(c.ID, c.session) }); err != nil {
				return nil, web.ProblemOf(words, c.lang, err)
			}
		}
		return &logoutOut{access.SessionCookie("", c.secure)}, nil
	})
}

// login checks an address and a password. Unknown address and wrong password are told apart neither
// by the answer nor by the time it takes.
func (a *App) login(ctx context.Context, c caller, email, password string) (*loginOut, error) {
	email = strings.ToLower(strings.TrimSpace(email))
	if err := a.perIP.Take(c.ip, now()); err != nil {
		return nil, err
	}
	if err := a.perEmail.Take(email, now()); err != nil {
		return nil, err
	}
	found, err := a.db.Credentials(ctx, email)
	if err != nil {
		return nil, err
	}
	if len(found) == 0 {
		found = []store.Credential{{}} // checked against a hash that nothing fits
	}
	var u tandem.User
	for _, f := range found {
		ok, err := access.Check(ctx, f.Hash, password)
		if err != nil {
			return nil, err
		}
		if ok && u.ID == "" {
			u = f.User
		}
	}
	if u.ID == "" {
		return nil, tandem.Coded(tandem.Denied, "wrong_login", "the address or the password is wrong")
	}
	a.perEmail.Clear(email)
	a.perIP.Refund(c.ip) // an office behind one address signs in as often as it likes
	return a.enter(ctx, c, u)
}

// enter begins a session of a person who has shown who they are.
func (a *App) enter(ctx context.Context, c caller, u tandem.User) (*loginOut, error) {
	token, hash := access.NewToken()
	if err := a.db.Write(ctx, u.Workspace, func(tx *store.Tx) error {
		return tx.StartSession(hash, u.ID, tx.Now.Add(access.SessionLasts), c.agent)
	}); err != nil {
		return nil, err
	}
	c.User, c.session = u, hash
	if u.Lang != "" {
		c.lang = u.Lang
	}
	me, err := a.me(ctx, c, nil)
	return &loginOut{access.SessionCookie(token, c.secure), me}, err
}

// me is everything the desk needs to know once.
func (a *App) me(ctx context.Context, c caller, _ *nothing) (Me, error) {
	all, err := a.people(ctx, c.Workspace)
	if err != nil {
		return Me{}, err
	}
	s, err := a.space(ctx, c.Workspace)
	if err != nil {
		return Me{}, err
	}
	m := Me{Can: access.Actions(c.User), People: all.list(), Workspace: workspaceView(s), Teams: []TeamView{}}
	if p := all.person(c.ID); p != nil {
		m.User = *p
	}
	teams, err := a.db.Teams(ctx, c.Workspace)
	if err != nil {
		return m, err
	}
	for _, t := range teams {
		m.Teams = append(m.Teams, TeamView{t.ID, t.Name})
	}
	if m.Touchpoints, err = a.touchpoints(ctx, c); err != nil {
		return m, err
	}
	if m.Channels, err = a.channels(ctx, c); err != nil {
		return m, err
	}
	m.Counts, err = a.counts(ctx, c)
	return m, err
}

func workspaceView(s space) WorkspaceView {
	v := WorkspaceView{ID: s.ID, Name: s.Name, Zone: s.Zone, Lang: s.Lang, Paused: s.Settings.Paused}
	here := now().In(s.zone())
	v.Open = s.Hours.Open(here)
	if next, ok := s.Hours.Next(here); ok && !v.Open {
		v.Next = when(next.UTC())
	}
	return v
}

func (a *App) touchpoints(ctx context.Context, c caller) ([]TouchpointView, error) {
	all, err := a.db.Touchpoints(ctx, c.Workspace)
	out := []TouchpointView{}
	for _, t := range all {
		out = append(out, TouchpointView{
			ID: t.ID, Title: bot.Title(c.lang, t.ID), Temper: t.Temper, Speed: t.Speed, Empathy: t.Empathy, Level: t.Level, ByHand: turn.ByHand(t), Profile: t.Profile, Paused: t.Paused, Version: t.Version,
		})
	}
	return out, err
}

func (a *App) channels(ctx context.Context, c caller) ([]ChannelView, error) {
	all, err := a.accounts(ctx)
	out := []ChannelView{}
	for _, s := range all {
		if s.Workspace == c.Workspace {
			out = append(out, channelView(s, c.lang))
		}
	}
	return out, err
}

func channelView(s store.StoredAccount, lang string) ChannelView {
	k, _ := channel.Find(s.Kind)
	return ChannelView{Media: append([]string{}, k.Media...),
		ID: s.ID, Kind: s.Kind, Title: say(k.Title, lang), Name: s.Name, Icon: k.Icon, State: string(s.State), Reason: s.Reason,
		Segments: k.Segments, Limit: k.Limit, ByBytes: k.LimitBytes, Receipts: k.Receipts == channel.ByWatermark || k.Receipts == channel.ByMessage,
	}
}

// say chooses the language of a text of the channel registry.
func say(w channel.Words, lang string) string {
	if lang == "en" {
		return w.EN
	}
	return w.PL
}

func (a *App) counts(ctx context.Context, c caller) (Counts, error) {
	n, err := a.db.Counts(ctx, c.Workspace, c.ID)
	return Counts(n), err
}

// meIn is what a person changes about themselves.
type meIn struct {
	Body struct {
		Lang *string `json:"lang,omitempty" enum:"pl,en"`
		Away *bool   `json:"away,omitempty" doc:"takes no conversations"`
	}
}

func (a *App) setMe(ctx context.Context, c caller, in *meIn) (Me, error) {
	err := a.db.Write(ctx, c.Workspace, func(tx *store.Tx) error {
		if in.Body.Lang != nil {
			u, err := tx.User(c.ID)
			if err != nil {
				return err
			}
			u.Lang = *in.Body.Lang
			if err := tx.SaveUser(u, ""); err != nil {
				return err
			}
		}
		if in.Body.Away != nil {
			return tx.SetAway(c.ID, *in.Body.Away)
		}
		return nil
	})
	if err != nil {
		return Me{}, err
	}
	if in.Body.Lang != nil {
		c.lang = *in.Body.Lang
	}
	return a.me(ctx, c, nil)
}
