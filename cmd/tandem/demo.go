package main

import (
	"context"
	"flag"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"time"

	"tandem/access"
	"tandem/app"
	"tandem/demo"
	"tandem/sim"
)

// demoHost is what the simulated platforms call tandem by; it exists in memory only.
const demoHost = "tandem.demo"

func show(ctx context.Context, args []string, s streams) int {
	f := flag.NewFlagSet("demo", flag.ContinueOnError)
	addr := f.String("addr", "127.0.0.1:8080", "where to listen")
	data := f.String("data", "", "folder to keep the demo in; default: a temporary one")
	words := writerFlags(f)
	if err := parse(f, args, s, 0); err != nil {
		return done(s, err)
	}
	return done(s, demoAt(ctx, *addr, *data, words, s))
}

func demoAt(ctx context.Context, addr, data string, words *writer, s streams) error {
	l, err := listen(addr)
	if err != nil {
		return err
	}
	defer l.Close()
	if data == "" {
		if data, err = os.MkdirTemp("", "tandem-demo-"); err != nil {
			return fmt.Errorf("a temporary folder cannot be made: %w", err)
		}
		defer os.RemoveAll(data)
	} else if err := os.MkdirAll(data, 0o700); err != nil {
		return fmt.Errorf("the folder cannot be made: %w", err)
	}
	d, err := openDemo(ctx, filepath.Join(data, "demo.db"), words, false)
	if err != nil {
		return err
	}
	defer d.close()
	fmt.Fprintf(s.out, "tandem demo: http://%s\n", l.Addr())
	fmt.Fprintf(s.out, "the customer's phone: http://%s/demo\n", l.Addr())
	fmt.Fprintln(s.out, "sign in as ola@demo.pl or piotr@demo.pl (agents), kierownik@demo.pl (owner); password: "+demo.Password)
	return live(ctx, d.app, d.handler, l)
}

// demonstration is the demo company with its world, both in this process.
type demonstration struct {
	app     *app.App
	world   *sim.World
	handler http.Handler
}

// openDemo opens the demo company, whose people are at the desk day and night so that every scenario
// plays at any hour, and puts the simulated platforms beside it. They talk over an
// internet in memory: the product's own calls and the platforms' webhooks take the same code as in
// production, and no second port is opened.
func openDemo(ctx context.Context, address string, words *writer, fast bool) (*demonstration, error) {
	net := sim.NewNet()
	world := sim.ModnaSzafa(time.Now())
	world.Join(net)
	if words.url == simulated {
		words = &writer{url: "https://" + sim.LLMHost + "/v1", model: sim.LLMModel, key: sim.LLMKey, web: net.Client()}
	}
	model, err := words.open()
	if err != nil {
		return nil, err
	}
	a, err := app.New(ctx, app.Config{Address: address, Key: demoKey, Web: net.Client(), Quiet: true, Fast: fast, Writer: model})
	if err != nil {
		return nil, err
	}
	hash, err := access.Hash(ctx, demo.Password)
	if err == nil {
		err = demo.Company(ctx, a.DB(), demo.Options{Hosts: demo.InMemory, Here: "http://" + demoHost, Hash: hash, Hours: demo.Always})
	}
	if err != nil {
		a.Close()
		return nil, err
	}
	net.Handle(demoHost, a.Handler())
	base := "http://" + demoHost
	if err := world.Subscribe(ctx, base+"/hook/meta", base+"/hook/whatsapp", demo.VerifyToken); err != nil {
		a.Close()
		return nil, err
	}
	world.SMS.Point(demo.SMSHook(base))
	chat := &sim.Webchat{Client: net.Client(), Base: base, SiteKey: demo.Site, Secret: demo.SiteSecret}
	mux := http.NewServeMux()
	mux.Handle("/sim/", sim.NewControl(world, chat))
	mux.Handle("GET /demo", a.Page("demo.html"))
	mux.Handle("GET /demo/{$}", a.Page("demo.html"))
	mux.Handle("GET /demo/shop", a.Page("shop.html"))
	mux.Handle("/", a.Handler())
	return &demonstration{a, world, mux}, nil
}

// demoKey seals the demo's secrets, which are none: they are printed in docs.
var demoKey = []byte("tandem-demo-key-tandem-demo-key-")

func (d *demonstration) close() {
	d.world.Close()
	d.app.Close()
}
