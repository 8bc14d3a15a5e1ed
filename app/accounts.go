package app

import (
	"context"
	"slices"
	"strings"

	"tandem"
	"tandem/channel"
	"tandem/store"
	"tandem/upkeep"
)

// KindView describes a kind of channel that can be connected.
type KindView struct {
	Kind   string      `json:"kind"`
	Title  string      `json:"title"`
	Icon   string      `json:"icon" doc:"path of a 24x24 icon"`
	Group  string      `json:"group" enum:"chat,public,mail"`
	Fields []FieldView `json:"fields"`
}

// FieldView is one line of the form with which an account is connected.
type FieldView struct {
	Name     string   `json:"name"`
	Label    string   `json:"label"`
	Help     string   `json:"help"`
	Secret   bool     `json:"secret" doc:"written, never shown again"`
	Required bool     `json:"required"`
	Options  []string `json:"options" doc:"the allowed values, the first is the default; empty: any"`
}

// Accounts are the connected accounts and what else can be connected.
type Accounts struct {
	Items []ChannelView `json:"items"`
	Kinds []KindView    `json:"kinds"`
	News  []NewsView    `json:"news" doc:"what people should know about the connections, newest first; put aside once read"`
}

func (a *App) listAccounts(ctx context.Context, c caller, _ *nothing) (Accounts, error) {
	out := Accounts{Kinds: []KindView{}}
	for _, k := range channel.Kinds() {
		v := KindView{Kind: k.Name, Title: say(k.Title, c.lang), Icon: k.Icon, Group: string(k.Group), Fields: []FieldView{}}
		for _, f := range k.Fields {
			one := FieldView{Name: f.Name, Label: say(f.Label, c.lang), Help: say(f.Help, c.lang), Secret: f.Secret, Required: f.Required, Options: f.Options}
			if one.Options == nil {
				one.Options = []string{}
			}
			v.Fields = append(v.Fields, one)
		}
		out.Kinds = append(out.Kinds, v)
	}
	var err error
	if out.Items, err = a.channels(ctx, c); err != nil {
		return out, err
	}
	out.News, err = a.accountNews(ctx, c)
	return out, err
}

type newAccountIn struct {
	Body struct {
		Kind   string            `json:"kind"`
		Name   string            `json:"name" minLength:"1" maxLength:"100" doc:"for people"`
		Fields map[string]string `json:"fields" doc:"by the names of the kind's form"`
	}
}

func (a *App) addAccount(ctx context.Context, c caller, in *newAccountIn) (ChannelView, error) {
	acc, err := Connect(in.Body.Kind, in.Body.Name, in.Body.Fields)
	if err != nil {
		return ChannelView{}, err
	}
	return a.saveAccount(ctx, c, acc)
}

// Connect makes an account out of a filled-in form and checks that its adapter would open. Invalid
// names the field that is missing, never its value.
func Connect(kind, name string, fields map[string]string) (tandem.Account, error) {
	acc := tandem.Account{ID: tandem.NewID[tandem.AccountID](), Kind: kind, Name: name, State: tandem.AccountOK, Settings: map[string]string{}, Secrets: map[string]string{}}
	if err := fill(&acc, fields); err != nil {
		return acc, err
	}
	_, err := channel.Open(channel.Settings{Account: acc})
	return acc, err
}

// fill puts the values of a form where the kind wants them. A field that is absent stays.
func fill(acc *tandem.Account, fields map[string]string) error {
	k, ok := channel.Find(acc.Kind)
	if !ok {
		return tandem.Coded(tandem.Invalid, "channel_unknown", "there is no channel of the kind %q", acc.Kind)
	}
	known := map[string]bool{"base": true} // how simulators are reached; not on the form
	for _, f := range k.Fields {
		known[f.Name] = true
		value, given := fields[f.Name]
		switch {
		case !given:
		case f.Name == channel.External:
			acc.External = value
		case f.Secret:
			acc.Secrets[f.Name] = value
		default:
			acc.Settings[f.Name] = value
		}
	}
	for name := range fields {
		if !known[name] {
			return tandem.Coded(tandem.Invalid, "setting_unknown", "%s has no setting %q", acc.Kind, name)
		}
	}
	if base := fields["base"]; base != "" {
		acc.Settings["base"] = base
	}
	return nil
}

func (a *App) saveAccount(ctx context.Context, c caller, acc tandem.Account) (ChannelView, error) {
	err := a.db.Write(ctx, c.Workspace, func(tx *store.Tx) error {
		if err := tx.SaveAccount(acc); err != nil {
			return err
		}
		return tx.Trail(c.ID, "account", string(acc.ID), map[string]any{"kind": acc.Kind, "state": acc.State})
	})
	return channelView(store.StoredAccount{Account: acc, Workspace: c.Workspace}, c.lang), err
}

type accountIn struct {
	ID   tandem.AccountID `path:"id" maxLength:"64"`
	Body struct {
		Name   string              `json:"name,omitempty" maxLength:"100"`
		State  tandem.AccountState `json:"state,omitempty" enum:"ok,off"`
		Fields map[string]string   `json:"fields,omitempty" doc:"only those that change; a secret that is absent stays"`
	}
}

// own finds an account of the caller's company.
func (a *App) own(ctx context.Context, c caller, id tandem.AccountID) (tandem.Account, error) {
	all, err := a.accounts(ctx)
	if err != nil {
		return tandem.Account{}, err
	}
	for _, s := range all {
		if s.ID == id && s.Workspace == c.Workspace {
			acc := s.Account
			acc.Settings, acc.Secrets = copied(acc.Settings), copied(acc.Secrets)
			return acc, nil
		}
	}
	return tandem.Account{}, tandem.Coded(tandem.NotFound, "not_found", "there is no such account")
}

func copied(m map[string]string) map[string]string {
	out := make(map[string]string, len(m))
	for k, v := range m {
		out[k] = v
	}
	return out
}

// changeAccount changes a connection; new secrets make a broken one good again until it is proven
// otherwise.
func (a *App) changeAccount(ctx context.Context, c caller, in *accountIn) (ChannelView, error) {
	acc, err := a.own(ctx, c, in.ID)
	if err != nil {
		return ChannelView{}, err
	}
	if in.Body.Name != "" {
		acc.Name = in.Body.Name
	}
	if err := fill(&acc, in.Body.Fields); err != nil {
		return ChannelView{}, err
	}
	if in.Body.State != "" {
		acc.State = in.Body.State
	} else if len(in.Body.Fields) > 0 && acc.State == tandem.AccountBroken {
		acc.State = tandem.AccountOK
	}
	if acc.State != tandem.AccountBroken {
		acc.Reason = ""
	}
	if _, err := channel.Open(channel.Settings{Account: acc}); err != nil {
		return ChannelView{}, err
	}
	return a.saveAccount(ctx, c, acc)
}

type testIn struct {
	ID tandem.AccountID `path:"id" maxLength:"64"`
}

// Tested is what a test of a connection found, in words.
type Tested struct {
	OK    []Word `json:"ok"`
	Wrong []Word `json:"wrong"`
}

// Word is a code with its words.
type Word struct {
	Code string `json:"code"`
	Text string `json:"text"`
}

func (a *App) testAccount(ctx context.Context, c caller, in *testIn) (Tested, error) {
	if _, err := a.own(ctx, c, in.ID); err != nil {
		return Tested{}, err
	}
	return a.Test(ctx, in.ID, c.lang)
}

// Test asks a platform what is wrong with a connection.
func (a *App) Test(ctx context.Context, id tandem.AccountID, lang string) (Tested, error) {
	out := Tested{OK: []Word{}, Wrong: []Word{}}
	line, open := a.line(id)
	if !open {
		return out, tandem.Coded(tandem.Invalid, "setting_missing", "the account cannot be opened: a setting is missing")
	}
	t, can := line.Channel.(tandem.Tester)
	if !can {
		out.OK = append(out.OK, Word{"nothing_to_test", words(lang, "nothing_to_test")})
		return out, nil
	}
	ok, wrong, err := t.Test(ctx)
	away := false // the platform's answer, and no fault of the question
	if kind := tandem.KindOf(err); err != nil && (kind == tandem.Limited || kind == tandem.Transient) {
		away, wrong, err = true, append(wrong, "platform_"+string(kind)), nil
	}
	for _, code := range ok {
		out.OK = append(out.OK, Word{code, words(lang, code)})
	}
	if d, can := line.Channel.(tandem.Doorkeeper); can && err == nil && !away && !slices.Contains(wrong, "token_expired") {
		if missing := door(ctx, d); missing == "" {
			out.OK = append(out.OK, Word{"door", words(lang, "door")})
		} else {
			wrong = append(wrong, missing)
		}
	}
	for _, code := range wrong {
		out.Wrong = append(out.Wrong, Word{code, words(lang, code)})
	}
	return out, err
}

// door offers "talk to a person" at the platform where that is missing, and says with a code why it
// still is.
func door(ctx context.Context, d tandem.Doorkeeper) string {
	err := upkeep.OpenDoor(ctx, d)
	if err == nil {
		return ""
	}
	if missing, err := d.Door(ctx); err == nil && len(missing) > 0 {
		return "door_missing:" + strings.Join(missing, ", ")
	}
	return "door_missing:" + tandem.CodeOf(err)
}
