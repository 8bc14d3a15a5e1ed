package app

import (
	"context"
	"net/http"
	"net/mail"
	"strings"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"tandem"
	"tandem/access"
	"tandem/store"
	"tandem/web"
)

// MemberView is a person as those who look after the company's people see them.
type MemberView struct {
	ID       tandem.UserID `json:"id"`
	Name     string        `json:"name"`
	Email    string        `json:"email"`
	Role     tandem.Role   `json:"role" enum:"agent,manager,owner"`
	Lang     string        `json:"lang"`
	Present  bool          `json:"present"`
	Load     int           `json:"load" doc:"conversations in hand"`
	Disabled bool          `json:"disabled" doc:"may not sign in"`
	Invited  bool          `json:"invited" doc:"has never set a password"`
	Seen     *time.Time    `json:"seen,omitempty" doc:"when they last signed in, where that session still is"`
}

// Members are the people of a company.
type Members struct {
	Items []MemberView `json:"items" doc:"those who may sign in first"`
}

func (a *App) members(ctx context.Context, c caller, _ *nothing) (Members, error) {
	all, err := a.db.Members(ctx, c.Workspace)
	if err != nil {
		return Members{}, err
	}
	loads, err := a.db.Loads(ctx, c.Workspace)
	out := Members{Items: []MemberView{}}
	for _, m := range all {
		out.Items = append(out.Items, MemberView{ID: m.ID, Name: m.Name, Email: m.Email, Role: m.Role, Lang: m.Lang, Present: m.Present && !m.Disabled && a.here.online(m.ID),
			Load: loads[m.ID], Disabled: m.Disabled, Invited: m.Invited, Seen: when(m.Seen)})
	}
	return out, err
}

// invitedFor is how long a link to set a password is good.
const invitedFor = 7 * 24 * time.Hour

// Invitation is a link with which a person sets a password. It is shown once; only its hash is kept.
type Invitation struct {
	ID    tandem.UserID `json:"id" doc:"whose it is"`
	Path  string        `json:"path" doc:"to be opened at this address of the desk, once"`
	Until time.Time     `json:"until"`
}

type addMemberIn struct {
	Body struct {
		Name  string      `json:"name" minLength:"1" maxLength:"100" doc:"as colleagues see it; customers see the first one"`
		Email string      `json:"email" minLength:"3" maxLength:"320"`
		Role  tandem.Role `json:"role" enum:"agent,manager,owner"`
		Lang  string      `json:"lang,omitempty" enum:"pl,en"`
	}
}

// addMember adds a person who sets a password with the link of the answer.
func (a *App) addMember(ctx context.Context, c caller, in *addMemberIn) (Invitation, error) {
	b := in.Body
	u := tandem.User{ID: tandem.NewID[tandem.UserID](), Email: strings.ToLower(strings.TrimSpace(b.Email)), Name: strings.TrimSpace(b.Name), Role: b.Role, Lang: b.Lang}
	if at, err := mail.ParseAddress(u.Email); err != nil || at.Address != u.Email || u.Name == "" {
		return Invitation{}, tandem.Coded(tandem.Invalid, "bad_member", "a person needs a name and an e-mail address")
	}
	if u.Lang == "" {
		u.Lang = c.lang
	}
	return a.invited(ctx, c, u.ID, func(tx *store.Tx) error { return tx.SaveUser(u, "") })
}

type memberIn struct {
	ID tandem.UserID `path:"id" maxLength:"64"`
}

// invite makes a new link for a person; earlier ones end.
func (a *App) invite(ctx context.Context, c caller, in *memberIn) (Invitation, error) {
	return a.invited(ctx, c, in.ID, func(tx *store.Tx) error {
		_, err := tx.User(in.ID)
		return err
	})
}

func (a *App) invited(ctx context.Context, c caller, id tandem.UserID, first func(*store.Tx) error) (Invitation, error) {
	token, hash := access.NewToken()
	i := Invitation{ID: id, Path: "/#/invite/" + token}
	err := a.db.Write(ctx, c.Workspace, func(tx *store.Tx) error {
		if err := first(tx); err != nil {
			return err
		}
		i.Until = tx.Now.Add(invitedFor)
		return tx.Invite(id, hash, i.Until)
	})
	return i, err
}

type changeMemberIn struct {
	ID   tandem.UserID `path:"id" maxLength:"64"`
	Body struct {
		Role     tandem.Role `json:"role,omitempty" enum:"agent,manager,owner"`
		Disabled *bool       `json:"disabled,omitempty" doc:"true: sessions end at once, conversations return to the queue"`
	}
}

func (a *App) changeMember(ctx context.Context, c caller, in *changeMemberIn) error {
	if in.Body.Role != "" {
		if err := a.desk.SetRole(ctx, c.Workspace, in.ID, in.Body.Role); err != nil {
			return err
		}
	}
	switch {
	case in.Body.Disabled == nil:
		return nil
	case *in.Body.Disabled:
		return a.Disable(ctx, c.Workspace, in.ID, string(c.ID))
	}
	return a.Enable(ctx, c.Workspace, in.ID)
}

// Disable takes a person's access away in somebody's name: desk.Room.Disable.
func (a *App) Disable(ctx context.Context, ws tandem.WorkspaceID, id tandem.UserID, by string) error {
	return a.desk.Disable(ctx, ws, id, by)
}

// Enable gives a person's access back.
func (a *App) Enable(ctx context.Context, ws tandem.WorkspaceID, id tandem.UserID) error {
	return a.desk.Enable(ctx, ws, id)
}

type acceptIn struct {
	Body struct {
		Token    string `json:"token" minLength:"1" maxLength:"100" doc:"of the link"`
		Password string `json:"password" minLength:"8" maxLength:"1024"`
	}
}

// byInvitation registers the address that a link leads to: it sets the password and signs in.
func (a *App) byInvitation() {
	huma.Register(a.api, operation(http.MethodPost, "/api/invite", open, "Set your password with the link you were given; signs in"), func(ctx context.Context, in *acceptIn) (*loginOut, error) {
		c := callerOf(ctx)
		out, err := a.accept(ctx, c, in.Body.Token, in.Body.Password)
		if err != nil {
			return nil, web.ProblemOf(words, c.lang, err)
		}
		return out, nil
	})
}

func (a *App) accept(ctx context.Context, c caller, token, password string) (*loginOut, error) {
	if err := a.perIP.Take(c.ip, now()); err != nil {
		return nil, err
	}
	word := access.TokenHash(token)
	u, err := a.db.Invited(ctx, word, now())
	if err == nil {
		var hash string
		if hash, err = access.Hash(ctx, password); err != nil {
			return nil, err
		}
		err = a.db.Write(ctx, u.Workspace, func(tx *store.Tx) error { return tx.SetPassword(u.ID, word, hash) })
	}
	if tandem.KindOf(err) == tandem.NotFound && err != nil {
		return nil, tandem.Coded(tandem.Denied, "bad_invitation", "the link has ended or was used; ask for a new one")
	}
	if err != nil {
		return nil, err
	}
	return a.enter(ctx, c, u)
}
