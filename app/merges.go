package app

import (
	"cmp"
	"context"
	"slices"
	"time"

	"tandem"
	"tandem/store"
)

// MergeView is a merge of two customers that can be undone.
type MergeView struct {
	ID       store.MergeID     `json:"id"`
	Kept     tandem.CustomerID `json:"kept"`
	Gone     tandem.CustomerID `json:"gone"`
	GoneName string            `json:"gone_name,omitempty" doc:"whom the kept one was joined with"`
	Brought  []IdentityView    `json:"brought" doc:"the channels that the one who is gone brought along"`
	By       string            `json:"by" doc:"a person's name; empty where proof alone decided"`
	Reason   string            `json:"reason"`
	Evidence []string          `json:"evidence"`
	Messages int               `json:"messages" doc:"how many were brought in"`
	At       time.Time         `json:"at"`
	UndoneAt *time.Time        `json:"undone_at,omitempty"`
}

// ProposalView says that two customers may be one person. A person decides.
type ProposalView struct {
	ID       store.ProposalID `json:"id"`
	A        CustomerView     `json:"a"`
	B        CustomerView     `json:"b"`
	Evidence []string         `json:"evidence" doc:"codes: name, username, order, email, phone, platform; shop_differs speaks against it"`
	Score    float64          `json:"score" doc:"0 to 1: how much the evidence weighs, not a probability"`
	At       time.Time        `json:"at"`
}

type mergesOut struct {
	Merges    []MergeView    `json:"merges"`
	Proposals []ProposalView `json:"proposals"`
}

type mergesIn struct {
	Customer tandem.CustomerID `query:"customer" maxLength:"64" doc:"about one customer; absent: all proposals that wait"`
}

// merges lists the proposals that wait, and the merges of a customer.
func (a *App) merges(ctx context.Context, c caller, in *mergesIn) (mergesOut, error) {
	out := mergesOut{Merges: []MergeView{}, Proposals: []ProposalView{}}
	if in.Customer != "" {
		if err := a.mergesOf(ctx, c, in.Customer, &out); err != nil {
			return out, err
		}
	}
	waiting, err := a.db.MergeProposals(ctx, c.Workspace)
	if err != nil {
		return out, err
	}
	for _, p := range waiting {
		if in.Customer != "" && p.A != in.Customer && p.B != in.Customer {
			continue
		}
		one, err := a.db.Customer(ctx, c.Workspace, p.A)
		if err != nil {
			return out, err
		}
		other, err := a.db.Customer(ctx, c.Workspace, p.B)
		if err != nil {
			return out, err
		}
		out.Proposals = append(out.Proposals, ProposalView{ID: p.ID, A: customerView(one), B: customerView(other), Evidence: p.Evidence, Score: p.Score, At: p.At})
	}
	return out, nil
}

func (a *App) mergesOf(ctx context.Context, c caller, who tandem.CustomerID, out *mergesOut) error {
	p, err := a.people(ctx, c.Workspace)
	if err != nil {
		return err
	}
	all, err := a.db.Merges(ctx, c.Workspace, who)
	if err != nil {
		return err
	}
	for _, m := range all {
		kept, err := a.db.Customer(ctx, c.Workspace, m.Kept)
		if err != nil {
			return err
		}
		gone, err := a.db.Customer(ctx, c.Workspace, m.Gone)
		if err != nil {
			return err
		}
		name, brought := gone.Name, []IdentityView{}
		for _, i := range append(kept.Identities, gone.Identities...) {
			if slices.Contains(m.Moved.Identities, string(i.ID)) {
				brought = append(brought, IdentityView{ID: i.ID, Channel: i.Channel, Name: i.Name, Username: i.Username, Verified: i.Verified})
				name = cmp.Or(name, i.Name, i.Username)
			}
		}
		out.Merges = append(out.Merges, MergeView{ID: m.ID, Kept: m.Kept, Gone: m.Gone, GoneName: name, Brought: brought, By: p.name(tandem.UserID(m.Actor)), Reason: m.Reason, Evidence: m.Evidence,
			Messages: len(m.Moved.Messages), At: m.At, UndoneAt: when(m.UndoneAt)})
	}
	return nil
}

type mergeIn struct {
	Body struct {
		Keep   tandem.CustomerID `json:"keep" maxLength:"64"`
		Gone   tandem.CustomerID `json:"gone" maxLength:"64"`
		Reason string            `json:"reason,omitempty" doc:"a short code; absent: same_person"`
	}
}

type mergeOut struct {
	ID store.MergeID `json:"id"`
}

func (a *App) merge(ctx context.Context, c caller, in *mergeIn) (mergeOut, error) {
	id, err := a.desk.MergeCustomers(ctx, c.Workspace, c.User, in.Body.Keep, in.Body.Gone, in.Body.Reason)
	return mergeOut{id}, err
}

type splitIn struct {
	ID store.MergeID `path:"id" maxLength:"64"`
}

func (a *App) split(ctx context.Context, c caller, in *splitIn) error {
	return a.desk.SplitCustomers(ctx, c.Workspace, c.User, in.ID)
}

type eraseIn struct {
	ID tandem.CustomerID `path:"id" maxLength:"64"`
}

func (a *App) eraseCustomer(ctx context.Context, c caller, in *eraseIn) error {
	return a.desk.EraseCustomer(ctx, c.Workspace, c.User, in.ID)
}

type proposalIn struct {
	ID   store.ProposalID `path:"id" maxLength:"64"`
	Body struct {
		Yes bool `json:"yes" doc:"they are one person"`
	}
}

func (a *App) decideProposal(ctx context.Context, c caller, in *proposalIn) (mergeOut, error) {
	id, err := a.desk.DecideProposal(ctx, c.Workspace, c.User, in.ID, in.Body.Yes)
	return mergeOut{id}, err
}
