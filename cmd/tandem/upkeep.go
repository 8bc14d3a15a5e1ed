package main

import (
	"bytes"
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime/debug"
	"time"

	"tandem/app"
	"tandem/store"
)

func openapi(ctx context.Context, args []string, s streams) int {
	if err := parse(flag.NewFlagSet("openapi", flag.ContinueOnError), args, s, 0); err != nil {
		return done(s, err)
	}
	a, err := app.New(ctx, app.Config{Address: ":memory:"})
	if err != nil {
		return done(s, err)
	}
	defer a.Close()
	b, err := a.OpenAPI()
	if err == nil {
		_, err = s.out.Write(b)
	}
	return done(s, err)
}

func version(_ context.Context, args []string, s streams) int {
	if err := parse(flag.NewFlagSet("version", flag.ContinueOnError), args, s, 0); err != nil {
		return done(s, err)
	}
	name := "built from source"
	if b, ok := debug.ReadBuildInfo(); ok {
		for _, v := range b.Settings {
			if v.Key == "vcs.revision" {
				name = v.Value
			}
		}
	}
	fmt.Fprintf(s.out, "tandem %s, database version %d\n", name, store.Version())
	return good
}

func understanding(_ context.Context, args []string, s streams) int {
	return nluCommand(args, s.in, s.out, s.err)
}

func check(ctx context.Context, args []string, s streams) int {
	var p place
	f := flag.NewFlagSet("check", flag.ContinueOnError)
	p.flags(f)
	if err := parse(f, args, s, 0); err != nil {
		return done(s, err)
	}
	a, err := p.open(ctx)
	if err != nil {
		return done(s, err)
	}
	defer a.Close()
	found, looked, err := a.DB().Check(ctx)
	if err != nil {
		return done(s, a.DB().Plainly(err))
	}
	all, err := a.DB().Workspaces(ctx)
	if err != nil {
		return done(s, err)
	}
	for _, w := range all {
		n, err := a.DB().Overdue(ctx, w.ID, time.Now().Add(-30*time.Second))
		if err != nil {
			return done(s, err)
		}
		if looked++; n > 0 {
			found = append(found, store.Fault{Name: "overdue messages without a disposition", Count: n})
		}
	}
	for _, x := range found {
		fmt.Fprintf(s.out, "%6d %s\n", x.Count, x.Name)
	}
	if len(found) > 0 {
		return done(s, fmt.Errorf("%d of %d checks found something", len(found), looked))
	}
	fmt.Fprintf(s.out, "%d checks, all good\n", looked)
	return good
}

func backup(ctx context.Context, args []string, s streams) int {
	var p place
	f := flag.NewFlagSet("backup", flag.ContinueOnError)
	p.flags(f)
	if err := parse(f, args, s, 1); err != nil {
		return done(s, err)
	}
	if f.NArg() != 1 {
		return done(s, misused("usage: tandem backup [--data DIR] FILE"))
	}
	if p.database != "" {
		return done(s, misused("PostgreSQL is backed up with its own tool: pg_dump"))
	}
	a, err := p.open(ctx)
	if err != nil {
		return done(s, err)
	}
	defer a.Close()
	if err := a.DB().Backup(ctx, f.Arg(0)); err != nil {
		return done(s, err)
	}
	fmt.Fprintf(s.out, "%s is a copy of %s; the secrets key %s is not in it: keep it apart\n", f.Arg(0), p.address(), p.keyPath())
	return good
}

func restore(ctx context.Context, args []string, s streams) int {
	var p place
	f := flag.NewFlagSet("restore", flag.ContinueOnError)
	p.flags(f)
	if err := parse(f, args, s, 1); err != nil {
		return done(s, err)
	}
	if f.NArg() != 1 {
		return done(s, misused("usage: tandem restore [--data DIR] FILE"))
	}
	if p.database != "" {
		return done(s, misused("PostgreSQL is restored with its own tool: pg_restore"))
	}
	return done(s, restoreFrom(ctx, p, f.Arg(0), s))
}

// restoreFrom puts a backup where there is no database yet: what is there is never overwritten.
func restoreFrom(ctx context.Context, p place, file string, s streams) error {
	v, err := store.FileVersion(ctx, file)
	if err != nil {
		return err
	}
	if v > store.Version() {
		return fmt.Errorf("the backup is of version %d, this program knows %d: use the newer program", v, store.Version())
	}
	// What is left of a journal would be played into the copy.
	for _, left := range []string{"", "-wal", "-shm", "-journal"} {
		if _, err := os.Stat(p.address() + left); err == nil {
			return fmt.Errorf("%s is there: move it away first", p.address()+left)
		}
	}
	if err := os.MkdirAll(p.data, 0o700); err != nil {
		return err
	}
	if err := copyFile(file, p.address()); err != nil {
		return err
	}
	fmt.Fprintf(s.out, "%s is restored (version %d); put the secrets key to %s\n", p.address(), v, p.keyPath())
	return nil
}

// copyFile writes beside the target and renames, so that a half copy never has its name.
func copyFile(from, to string) error {
	in, err := os.Open(from)
	if err != nil {
		return err
	}
	defer in.Close()
	out, err := os.CreateTemp(filepath.Dir(to), ".restore-*")
	if err != nil {
		return err
	}
	defer os.Remove(out.Name())
	_, err = io.Copy(out, in)
	if err = errors.Join(err, out.Sync(), out.Close()); err != nil {
		return err
	}
	return os.Rename(out.Name(), to)
}

func migrate(ctx context.Context, args []string, s streams) int {
	var p place
	f := flag.NewFlagSet("migrate", flag.ContinueOnError)
	p.flags(f)
	if err := parse(f, args, s, 0); err != nil {
		return done(s, err)
	}
	a, err := p.open(ctx)
	if err != nil {
		return done(s, err)
	}
	defer a.Close()
	fmt.Fprintf(s.out, "the database is of version %d\n", store.Version())
	return good
}

func key(ctx context.Context, args []string, s streams) int {
	if len(args) == 1 && args[0] == "new" {
		fmt.Fprintln(s.out, app.NewKey())
		return good
	}
	if len(args) == 0 || args[0] != "rotate" {
		return done(s, misused("usage: tandem key new, or tandem key rotate [--data DIR]"))
	}
	var p place
	f := flag.NewFlagSet("key rotate", flag.ContinueOnError)
	p.flags(f)
	if err := parse(f, args[1:], s, 0); err != nil {
		return done(s, err)
	}
	return done(s, rotate(ctx, p, s))
}

// rotate puts a new key before the old one in the key file and seals everything with it. The old one
// stays in the file: running nodes and backups still need it.
func rotate(ctx context.Context, p place, s streams) error {
	old, err := os.ReadFile(p.keyPath())
	if err != nil {
		return fmt.Errorf("the key file cannot be read; keys in TANDEM_KEY are replaced by hand, newest first: %w", err)
	}
	fresh := []byte(app.NewKey() + "\n")
	if err := os.WriteFile(p.keyPath(), append(fresh, bytes.TrimLeft(old, "\n")...), 0o600); err != nil {
		return err
	}
	a, err := p.open(ctx)
	if err != nil {
		return err
	}
	defer a.Close()
	n, err := a.Reseal(ctx)
	if err != nil {
		return err
	}
	fmt.Fprintf(s.out, "%d secrets are sealed with the new key; restart running nodes. The old key stays in %s for backups: delete its line when they are gone\n", n, p.keyPath())
	return nil
}
