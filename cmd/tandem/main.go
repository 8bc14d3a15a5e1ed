// Command tandem is the program: it serves, shows the demo and looks after a database. Each
// subcommand is one row of the table below and one function that returns an exit code: 0 good, 1
// the work failed, 2 wrong usage. What went wrong is one sentence on standard error.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"log/slog"
	"os"
	"os/signal"
	"strings"
	"syscall"
	_ "time/tzdata" // a machine without time zones shows the right hours too
)

// The exit codes.
const (
	good   = 0
	failed = 1
	misuse = 2
)

// streams are what a command reads and writes, so that tests can give their own.
type streams struct {
	in       io.Reader
	out, err io.Writer
}

// command is one subcommand.
type command struct {
	name, says string
	run        func(ctx context.Context, args []string, s streams) int
}

func commands() []command {
	return []command{
		{"demo", "the demo company with simulated platforms", show},
		{"serve", "the real thing", serve},
		{"openapi", "print the description of the API", openapi},
		{"user", "user add|disable|enable: add a person, first of all an owner, or take access away", user},
		{"channel", "channel add|test: connect a channel, or ask what is wrong with it", channels},
		{"key", "key new|rotate: make a secrets key, or replace it", key},
		{"check", "look whether the database is whole", check},
		{"backup", "copy the database to a file while it is used", backup},
		{"restore", "put a backup in place", restore},
		{"migrate", "bring a database up to this program's version", migrate},
		{"nlu", "classify, eval, train, bench: understanding", understanding},
		{"version", "print the version", version},
	}
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	slog.SetDefault(slog.New(slog.NewTextHandler(os.Stderr, nil)))
	code := run(ctx, os.Args[1:], streams{os.Stdin, os.Stdout, os.Stderr})
	stop()
	os.Exit(code)
}

// run finds the subcommand.
func run(ctx context.Context, args []string, s streams) int {
	if len(args) == 0 || args[0] == "help" || args[0] == "-h" || args[0] == "--help" {
		usage(s.out)
		if len(args) == 0 {
			return misuse
		}
		return good
	}
	if args[0] == "--version" || args[0] == "-version" {
		args = append([]string{"version"}, args[1:]...)
	}
	for _, c := range commands() {
		if c.name == args[0] {
			return c.run(ctx, args[1:], s)
		}
	}
	fmt.Fprintf(s.err, "tandem: there is no command %q; tandem help lists them\n", args[0])
	return misuse
}

func usage(w io.Writer) {
	fmt.Fprintln(w, "usage: tandem COMMAND [flags]")
	for _, c := range commands() {
		fmt.Fprintf(w, "  %-9s %s\n", c.name, c.says)
	}
}

// errMisuse marks what the caller of the program got wrong.
var errMisuse = errors.New("usage")

// misused makes an error of wrong usage.
func misused(format string, args ...any) error {
	return fmt.Errorf("%s%w", fmt.Sprintf(format, args...), quiet{errMisuse})
}

// quiet keeps a marker out of the sentence.
type quiet struct{ error }

func (quiet) Error() string   { return "" }
func (q quiet) Unwrap() error { return q.error }

// done turns an error into one sentence and an exit code.
func done(s streams, err error) int {
	switch {
	case err == nil:
		return good
	case errors.Is(err, flag.ErrHelp):
		return good
	}
	fmt.Fprintln(s.err, "tandem: "+strings.ReplaceAll(err.Error(), "\n", " "))
	if errors.Is(err, errMisuse) {
		return misuse
	}
	return failed
}

// parse reads flags; what is left over is wrong usage unless rest allows it.
func parse(f *flag.FlagSet, args []string, s streams, rest int) error {
	f.SetOutput(io.Discard)
	err := f.Parse(args)
	switch {
	case errors.Is(err, flag.ErrHelp):
		f.SetOutput(s.out)
		f.Usage()
		return err
	case err != nil:
		return misused("%s: %v", f.Name(), err)
	case f.NArg() > rest:
		return misused("%s: %q is one argument too many", f.Name(), f.Arg(rest))
	}
	return nil
}
