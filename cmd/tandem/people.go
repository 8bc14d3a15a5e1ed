package main

import (
	"bufio"
	"context"
	"flag"
	"fmt"
	"net/mail"
	"strings"
	"time"

	"tandem"
	"tandem/access"
	"tandem/app"
	"tandem/store"
)

const userUsage = "usage: tandem user add --email E --name N --role agent|manager|owner [--company NAME], or tandem user disable|enable --email E [--company NAME]"

func user(ctx context.Context, args []string, s streams) int {
	switch {
	case len(args) > 0 && args[0] == "add":
		return userAdd(ctx, args[1:], s)
	case len(args) > 0 && (args[0] == "disable" || args[0] == "enable"):
		return done(s, userTurn(ctx, args[0], args[1:], s))
	}
	return done(s, misused(userUsage))
}

// userTurn takes a person's access away, or gives it back.
func userTurn(ctx context.Context, what string, args []string, s streams) error {
	var p place
	f := flag.NewFlagSet("user "+what, flag.ContinueOnError)
	p.flags(f)
	email := f.String("email", "", "whose access it is")
	company := f.String("company", "", "name of the company, where there are several")
	if err := parse(f, args, s, 0); err != nil {
		return err
	}
	if *email == "" {
		return misused("--email is missing")
	}
	a, err := p.open(ctx)
	if err != nil {
		return err
	}
	defer a.Close()
	all, err := a.DB().Workspaces(ctx)
	if err != nil {
		return err
	}
	var found []store.Member
	for _, w := range all {
		if *company != "" && w.Name != *company {
			continue
		}
		people, err := a.DB().Members(ctx, w.ID)
		if err != nil {
			return err
		}
		for _, m := range people {
			if m.Email == strings.ToLower(strings.TrimSpace(*email)) {
				found = append(found, m)
			}
		}
	}
	switch {
	case len(found) == 0:
		return fmt.Errorf("there is nobody with this address")
	case len(found) > 1:
		return misused("this address is known to several companies: name one with --company")
	}
	m := found[0]
	if what == "enable" {
		if err := a.Enable(ctx, m.Workspace, m.ID); err != nil {
			return err
		}
		fmt.Fprintf(s.out, "%s can sign in again as %s\n", m.Email, m.Role)
		return nil
	}
	if err := a.Disable(ctx, m.Workspace, m.ID, "tandem"); err != nil {
		return err
	}
	fmt.Fprintf(s.out, "%s can no longer sign in; what they had in hand is back in the queue\n", m.Email)
	return nil
}

func userAdd(ctx context.Context, args []string, s streams) int {
	var p place
	f := flag.NewFlagSet("user add", flag.ContinueOnError)
	p.flags(f)
	email := f.String("email", "", "address to sign in with")
	name := f.String("name", "", "name that colleagues see; customers see the first one")
	role := f.String("role", "agent", "agent, manager or owner")
	lang := f.String("lang", "pl", "pl or en")
	company := f.String("company", "", "name of the company; a new one is made where there is none of this name")
	zone := f.String("zone", "Europe/Warsaw", "time zone of a new company")
	password := f.String("password", "", "default: the first line of standard input")
	if err := parse(f, args, s, 0); err != nil {
		return done(s, err)
	}
	u := tandem.User{ID: tandem.NewID[tandem.UserID](), Email: strings.ToLower(strings.TrimSpace(*email)), Name: *name, Role: tandem.Role(*role), Lang: *lang}
	if err := sound(u, *zone); err != nil {
		return done(s, err)
	}
	if *password == "" {
		fmt.Fprint(s.err, "password: ")
		line, _ := bufio.NewReader(s.in).ReadString('\n')
		*password = strings.TrimRight(line, "\r\n")
	}
	if len(*password) < 8 {
		return done(s, misused("a password has at least 8 characters"))
	}
	return done(s, addUser(ctx, p, u, *company, *zone, *password, s))
}

func sound(u tandem.User, zone string) error {
	if a, err := mail.ParseAddress(u.Email); err != nil || a.Address != u.Email {
		return misused("--email takes an e-mail address")
	}
	if u.Name == "" {
		return misused("--name is missing")
	}
	if u.Role != tandem.RoleAgent && u.Role != tandem.RoleManager && u.Role != tandem.RoleOwner {
		return misused("--role is agent, manager or owner")
	}
	if u.Lang != "pl" && u.Lang != "en" {
		return misused("--lang is pl or en")
	}
	if _, err := time.LoadLocation(zone); err != nil {
		return misused("--zone takes the name of a time zone such as Europe/Warsaw")
	}
	return nil
}

func addUser(ctx context.Context, p place, u tandem.User, company, zone, password string, s streams) error {
	a, err := p.open(ctx)
	if err != nil {
		return err
	}
	defer a.Close()
	all, err := a.DB().Workspaces(ctx)
	if err != nil {
		return err
	}
	for _, w := range all {
		if w.Name == company || company == "" && len(all) == 1 {
			u.Workspace = w.ID
		}
	}
	switch {
	case u.Workspace != "":
	case company == "" && len(all) > 1:
		return misused("there are several companies: name one with --company")
	case company == "":
		return misused("there is no company yet: name one with --company")
	default:
		return found(ctx, a, u, company, zone, password, s)
	}
	hash, err := access.Hash(ctx, password)
	if err != nil {
		return err
	}
	if err := a.DB().Write(ctx, u.Workspace, func(tx *store.Tx) error { return tx.SaveUser(u, hash) }); err != nil {
		return err
	}
	fmt.Fprintf(s.out, "%s can sign in as %s\n", u.Email, u.Role)
	return nil
}

// found makes a company with its first person. People are at its desk on weekdays from 9 to 17 until
// somebody says otherwise.
func found(ctx context.Context, a *app.App, u tandem.User, company, zone, password string, s streams) error {
	w := tandem.Workspace{ID: tandem.NewID[tandem.WorkspaceID](), Name: company, Zone: zone, Lang: u.Lang}
	for day := time.Monday; day <= time.Friday; day++ {
		w.Hours.Week[day] = tandem.Span{From: 9 * 60, To: 17 * 60}
	}
	w.Settings = tandem.Settings{Profile: "wysoka", Gather: 700 * time.Millisecond, AgentSilence: 15 * time.Minute}
	u.Workspace = w.ID
	if err := a.Found(ctx, app.Company{Workspace: w, People: []app.Employee{{User: u, Password: password}}}); err != nil {
		return err
	}
	fmt.Fprintf(s.out, "%s is there, and %s can sign in as %s\n", company, u.Email, u.Role)
	return nil
}
