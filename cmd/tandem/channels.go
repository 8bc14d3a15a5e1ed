package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"strings"

	"tandem"
	"tandem/app"
	"tandem/channel"
	"tandem/store"
)

func channels(ctx context.Context, args []string, s streams) int {
	if len(args) > 0 && args[0] == "add" {
		return done(s, channelAdd(ctx, args[1:], s))
	}
	if len(args) > 0 && args[0] == "test" {
		return done(s, channelTest(ctx, args[1:], s))
	}
	return done(s, misused("usage: tandem channel add KIND --name N field=value ... (secrets: field=@FILE or field=$VARIABLE), or tandem channel test [ID]"))
}

// fields reads field=value. A secret is better not on a command line, which others on the machine
// can see: @FILE and $VARIABLE say where it is.
func fields(args []string) (map[string]string, error) {
	out := map[string]string{}
	for _, a := range args {
		name, value, ok := strings.Cut(a, "=")
		if !ok || name == "" {
			return nil, misused("%q is no field=value", name)
		}
		switch {
		case strings.HasPrefix(value, "@"):
			b, err := os.ReadFile(value[1:])
			if err != nil {
				return nil, fmt.Errorf("the value of %s cannot be read: %w", name, err)
			}
			value = strings.TrimSpace(string(b))
		case strings.HasPrefix(value, "$"):
			if value = os.Getenv(value[1:]); value == "" {
				return nil, misused("the variable for %s is empty", name)
			}
		}
		out[name] = value
	}
	return out, nil
}

func channelAdd(ctx context.Context, args []string, s streams) error {
	if len(args) == 0 || strings.HasPrefix(args[0], "-") {
		var names []string
		for _, k := range channel.Kinds() {
			names = append(names, k.Name)
		}
		return misused("name the kind of channel: %s; tandem channel add KIND --help tells its settings", strings.Join(names, ", "))
	}
	var p place
	f := flag.NewFlagSet("channel add", flag.ContinueOnError)
	p.flags(f)
	name := f.String("name", "", "for people, such as \"Instagram @shop\"")
	company := f.String("company", "", "where there are several")
	f.Usage = func() { describe(f, args[0]) }
	if err := parse(f, args[1:], s, len(args)); err != nil {
		return err
	}
	given, err := fields(f.Args())
	if err != nil {
		return err
	}
	if *name == "" {
		*name = args[0]
	}
	acc, err := app.Connect(args[0], *name, given)
	if err != nil {
		return err
	}
	a, err := p.open(ctx)
	if err != nil {
		return err
	}
	defer a.Close()
	ws, err := workspace(ctx, a, *company)
	if err != nil {
		return err
	}
	if err := a.DB().Write(ctx, ws, func(tx *store.Tx) error { return tx.SaveAccount(acc) }); err != nil {
		return err
	}
	fmt.Fprintf(s.out, "%s is connected as %s\n", acc.Name, acc.ID)
	if k, _ := channel.Find(acc.Kind); k.Hook != "" && k.Hook != "webchat" {
		fmt.Fprintf(s.out, "let the platform call https://YOUR-HOST/hook/%s\n", k.Hook)
	}
	return nil
}

// describe tells the settings of a kind of channel as the desk's form does, then the flags.
func describe(f *flag.FlagSet, kind string) {
	w := f.Output()
	fmt.Fprintf(w, "usage: tandem channel add %s [flags] field=value ... (secrets: field=@FILE or field=$VARIABLE)\n", kind)
	k, _ := channel.Find(kind)
	for _, x := range k.Fields {
		need := ""
		if x.Required {
			need = ", required"
		}
		fmt.Fprintf(w, "  %s%s\n    \t%s. %s\n", x.Name, need, x.Label.EN, x.Help.EN)
	}
	fmt.Fprintln(w, "flags:")
	f.PrintDefaults()
}

// workspace finds a company by name; without a name there must be exactly one.
func workspace(ctx context.Context, a *app.App, name string) (tandem.WorkspaceID, error) {
	all, err := a.DB().Workspaces(ctx)
	if err != nil {
		return "", err
	}
	for _, w := range all {
		if w.Name == name || name == "" && len(all) == 1 {
			return w.ID, nil
		}
	}
	if len(all) == 0 {
		return "", fmt.Errorf("there is no company yet: tandem user add --company makes one")
	}
	return "", misused("name the company with --company")
}

func channelTest(ctx context.Context, args []string, s streams) error {
	var p place
	f := flag.NewFlagSet("channel test", flag.ContinueOnError)
	p.flags(f)
	lang := f.String("lang", "pl", "pl or en")
	if err := parse(f, args, s, 1); err != nil {
		return err
	}
	a, err := p.open(ctx)
	if err != nil {
		return err
	}
	defer a.Close()
	all, err := a.DB().Accounts(ctx)
	if err != nil {
		return err
	}
	wrong, seen := 0, 0
	for _, acc := range all {
		if f.NArg() == 1 && string(acc.ID) != f.Arg(0) {
			continue
		}
		seen++
		r, err := a.Test(ctx, acc.ID, *lang)
		fmt.Fprintf(s.out, "%s (%s, %s)\n", acc.Name, acc.Kind, acc.ID)
		for _, w := range r.OK {
			fmt.Fprintf(s.out, "  ok     %s\n", w.Text)
		}
		for _, w := range r.Wrong {
			fmt.Fprintf(s.out, "  wrong  %s\n", w.Text)
		}
		if err != nil {
			fmt.Fprintf(s.out, "  wrong  %s\n", tandem.CodeOf(err))
		}
		if err != nil || len(r.Wrong) > 0 {
			wrong++
		}
	}
	switch {
	case seen == 0:
		return fmt.Errorf("there is no such account")
	case wrong > 0:
		return fmt.Errorf("%d of %d connections have something wrong", wrong, seen)
	}
	return nil
}
