package sim

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"sync"
	"time"
)

// Inbound is what POST /sim/{platform}/{kind} asks for: somebody writes to the company.
type Inbound struct {
	From        string       `json:"from"` // short name or platform id; a new name is a new person
	Text        string       `json:"text"`
	Post        string       `json:"post"`     // comments: short name or id of the post, default p1
	Parent      string       `json:"parent"`   // comments: id of the comment it answers
	ReplyTo     string       `json:"reply_to"` // messages: id of the message it answers
	Attachments []InboundAtt `json:"attachments"`
	Repeat      int          `json:"repeat"`    // deliveries of the same event, 1 to 20
	HoursAgo    float64      `json:"hours_ago"` // messages: when the person wrote it, up to 240 hours before now; the windows count from then
}

// at is when the person wrote it.
func (in Inbound) at() time.Time {
	return time.Now().Add(-time.Duration(in.HoursAgo * float64(time.Hour)))
}

// InboundAtt is an attachment of an Inbound.
type InboundAtt struct {
	Type  string `json:"type"`
	URL   string `json:"url"`
	Title string `json:"title"`
	Data  []byte `json:"data"` // content of the file, base64; without it and without an address a sample stands for it
	MIME  string `json:"mime"`
}

// Deliver lets one person write to the company and gives the platform's id of it.
type Deliver func(ctx context.Context, in Inbound) (id string, err error)

// Read lists what reached a person on a platform, oldest first.
type Read func(ctx context.Context, to string) ([]Out, error)

// Control is the HTTP handler of "Simulator control" (/sim/...): it lets a script or the demo page play the customers.
// Platforms beyond Meta's are added with Platform, Outbox and Target. Safe for many goroutines.
type Control struct {
	world   *World
	chat    *Webchat // nil: there is none
	mu      sync.Mutex
	deliver map[string]Deliver
	read    map[string]Read
	targets map[string]*Faults
}

// NewControl gives a control of a world; chat may be nil, then there is no webchat.
func NewControl(w *World, chat *Webchat) *Control {
	c := &Control{world: w, chat: chat, deliver: map[string]Deliver{}, read: map[string]Read{}, targets: map[string]*Faults{}}
	c.Platform("instagram", "dm", c.dm(w.Instagram))
	c.Platform("messenger", "dm", c.dm(w.Page))
	c.Platform("instagram", "comment", c.comment(w.Instagram))
	c.Platform("facebook", "comment", c.comment(w.Page))
	c.Platform("whatsapp", "message", c.whatsapp)
	c.Platform("sms", "message", c.sms)
	c.Outbox("sms", func(_ context.Context, to string) ([]Out, error) { return w.SMS.Outbox(to), nil })
	c.Target("sms", w.SMS.Faults())
	for _, p := range []string{"instagram", "messenger", "facebook", "whatsapp"} {
		c.Outbox(p, func(_ context.Context, to string) ([]Out, error) { return w.Meta.Outbox(p, to), nil })
		c.Target(p, w.Meta.Faults(p))
	}
	c.Target("shop", w.Shop.Faults())
	c.Target("courier", w.Courier.Faults())
	c.Target("llm", w.LLM.Faults())
	if chat != nil {
		c.Platform("webchat", "message", func(ctx context.Context, in Inbound) (string, error) {
			return chat.Say(ctx, in.From, in.Text, in.Repeat)
		})
		c.Outbox("webchat", chat.Outbox)
	}
	return c
}

// Platform adds a way to write to the company, for example "email", "message".
func (c *Control) Platform(platform, kind string, d Deliver) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.deliver[platform+"/"+kind] = d
}

// Outbox adds a platform's outbox.
func (c *Control) Outbox(platform string, r Read) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.read[platform] = r
}

// Target adds something that can have faults, for example "llm".
func (c *Control) Target(name string, f *Faults) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.targets[name] = f
}

// errAsk marks what the caller of the control got wrong.
var errAsk = errors.New("")

// wrong makes an error that is the caller's own, answered with 400 and the reason.
func wrong(format string, args ...any) error {
	return fmt.Errorf("%w"+format, append([]any{errAsk}, args...)...)
}

// ServeHTTP answers /sim/... (also with the /sim prefix already taken off).
func (c *Control) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	path := strings.TrimPrefix(strings.Trim(r.URL.Path, "/"), "sim/")
	platform, kind, _ := strings.Cut(path, "/")
	var err error
	switch {
	case r.Method == http.MethodGet && kind == "outbox":
		err = c.serveOutbox(w, r, platform)
	case r.Method != http.MethodPost:
		w.Header().Set("Allow", "GET, POST")
		problem(w, http.StatusMethodNotAllowed, "use GET /sim/{platform}/outbox or POST")
		return
	case path == "shop/orders":
		err = c.serveOrder(w, r)
	case path == "courier/parcels":
		err = c.serveParcel(w, r)
	case kind == "read":
		err = c.serveRead(w, r, platform)
	case path == "link":
		err = c.serveLink(w, r)
	case path == "faults":
		err = c.serveFault(w, r)
	default:
		err = c.serveDeliver(w, r, path)
	}
	switch {
	case errors.Is(err, errAsk):
		problem(w, http.StatusBadRequest, strings.TrimSpace(err.Error()))
	case err != nil:
		problem(w, http.StatusBadGateway, err.Error())
	}
}

// body reads a small JSON object and refuses unknown keys, so that a typing mistake does not pass for success.
func body(r *http.Request, v any) error {
	d := json.NewDecoder(http.MaxBytesReader(nil, r.Body, 1<<20))
	d.DisallowUnknownFields()
	if err := d.Decode(v); err != nil {
		return wrong("the body is not the JSON object expected here: %v", err)
	}
	return nil
}

// serveDeliver answers POST /sim/{platform}/{kind}.
func (c *Control) serveDeliver(w http.ResponseWriter, r *http.Request, path string) error {
	c.mu.Lock()
	d := c.deliver[path]
	var known []string
	for k := range c.deliver {
		known = append(known, k)
	}
	c.mu.Unlock()
	if d == nil {
		slices.Sort(known)
		problem(w, http.StatusNotFound, "no such platform and kind; there are "+strings.Join(known, ", "))
		return nil
	}
	var in Inbound
	if err := body(r, &in); err != nil {
		return err
	}
	if in.Repeat == 0 {
		in.Repeat = 1
	}
	switch {
	case strings.TrimSpace(in.From) == "":
		return wrong("from is required: the name of the person who writes")
	case in.Text == "" && len(in.Attachments) == 0:
		return wrong("text or attachments is required")
	case in.HoursAgo < 0 || in.HoursAgo > 240:
		return wrong("hours_ago is a number from 0 to 240")
	case in.Repeat < 1 || in.Repeat > 20:
		return wrong("repeat is a number from 1 to 20")
	}
	id, err := d(r.Context(), in)
	if err == nil {
		reply(w, map[string]string{"id": id})
	}
	return err
}

// serveOutbox answers GET /sim/{platform}/outbox.
func (c *Control) serveOutbox(w http.ResponseWriter, r *http.Request, platform string) error {
	c.mu.Lock()
	read := c.read[platform]
	c.mu.Unlock()
	if read == nil {
		problem(w, http.StatusNotFound, "no outbox of that platform")
		return nil
	}
	list, err := read(r.Context(), r.URL.Query().Get("to"))
	if err == nil {
		reply(w, list)
	}
	return err
}

// serveRead answers POST /sim/{platform}/read {"from"}: the person opens the chat and sees what came.
func (c *Control) serveRead(w http.ResponseWriter, r *http.Request, platform string) error {
	var in struct {
		From string `json:"from"`
	}
	if err := body(r, &in); err != nil {
		return err
	}
	a := c.world.Meta.Asset(platform)
	switch {
	case a == nil || platform == "facebook":
		return wrong("nobody tells what was read on %q; instagram, messenger and whatsapp do", platform)
	case strings.TrimSpace(in.From) == "":
		return wrong("from is required: the name of the person who reads")
	}
	c.world.Meta.Read(a, in.From)
	reply(w, map[string]bool{"ok": true})
	return nil
}

// serveLink answers POST /sim/link.
func (c *Control) serveLink(w http.ResponseWriter, r *http.Request) error {
	var in struct {
		Platform string `json:"platform"`
		User     string `json:"user"`
		Customer string `json:"customer"`
	}
	if err := body(r, &in); err != nil {
		return err
	}
	if in.Platform == "" || in.User == "" || in.Customer == "" {
		return wrong("platform, user and customer are required")
	}
	if err := c.world.Link(in.Platform, in.User, in.Customer); err != nil {
		return wrong("%v", err)
	}
	if in.Platform == "webchat" {
		if err := c.signIn(r.Context(), in.User, in.Customer); err != nil {
			return err
		}
	}
	reply(w, map[string]bool{"ok": true})
	return nil
}

// signIn is how a visitor of the site becomes a customer of the shop: by signing in there.
func (c *Control) signIn(ctx context.Context, user, customer string) error {
	if c.chat == nil {
		return wrong("there is no website chat")
	}
	found, _ := c.world.Shop.Find(customer)
	return c.chat.SignIn(ctx, user, found.ID)
}

// serveFault answers POST /sim/faults.
func (c *Control) serveFault(w http.ResponseWriter, r *http.Request) error {
	var in struct {
		Target  string  `json:"target"`
		Mode    Mode    `json:"mode"`
		Seconds float64 `json:"seconds"`
	}
	if err := body(r, &in); err != nil {
		return err
	}
	c.mu.Lock()
	f := c.targets[in.Target]
	var known []string
	for k := range c.targets {
		known = append(known, k)
	}
	c.mu.Unlock()
	if f == nil {
		slices.Sort(known)
		return wrong("no such target; there are %s", strings.Join(known, ", "))
	}
	if in.Seconds < 0 || in.Seconds > 86400 {
		return wrong("seconds is a number from 0 to 86400; 0 means until changed")
	}
	if err := f.Set(in.Mode, time.Duration(in.Seconds*float64(time.Second))); err != nil {
		return wrong("%v", err)
	}
	reply(w, map[string]bool{"ok": true})
	return nil
}
