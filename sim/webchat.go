package sim

import (
	"bytes"
	"cmp"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"net/http"
	"strconv"
	"sync"
	"time"
)

// Webchat is people with the shop's site open: a small client of tandem's widget API. Each user name is a browser of
// its own with its own session. Safe for many goroutines.
type Webchat struct {
	Client  *http.Client
	Base    string // of tandem, for example http://127.0.0.1:8080
	SiteKey string
	Secret  string // of the widget, on the shop's server: it vouches for people who are signed in to the shop

	mu       sync.Mutex
	visitors map[string]*visitor
}

// visitor is one browser: its bearer token and how often it wrote.
type visitor struct {
	token string
	sent  int
}

// WidgetMessage is one line of the chat as the widget shows it. Author is customer, bot, human or notice.
type WidgetMessage struct {
	ID     string    `json:"id"`
	Seq    int64     `json:"seq"`
	Author string    `json:"author"`
	Name   string    `json:"name"`
	Text   string    `json:"text"`
	At     time.Time `json:"at"`
	Kind   string    `json:"kind"`
}

// Say is a user writing in the widget; repeat sends the same client id so many times, as a browser on a bad line does.
// It gives the id tandem answered.
func (c *Webchat) Say(ctx context.Context, user, text string, repeat int) (string, error) {
	v, err := c.visitor(ctx, user)
	if err != nil {
		return "", err
	}
	c.mu.Lock()
	v.sent++
	client := fmt.Sprintf("%s-%d-%d", user, v.sent, time.Now().UnixNano())
	c.mu.Unlock()
	var got struct {
		ID string `json:"id"`
	}
	for range max(1, repeat) {
		body := map[string]string{"client_id": client, "text": text}
		if err := c.call(ctx, http.MethodPost, "/messages", v.token, body, &got); err != nil {
			return "", err
		}
	}
	return got.ID, nil
}

// Messages reads the whole chat of a user, oldest first; nothing when the user has not opened one.
func (c *Webchat) Messages(ctx context.Context, user string) ([]WidgetMessage, error) {
	c.mu.Lock()
	v := c.visitors[user]
	c.mu.Unlock()
	var all []WidgetMessage
	var after int64
	for v != nil {
		var page struct {
			Messages []WidgetMessage `json:"messages"`
		}
		if err := c.call(ctx, http.MethodGet, "/messages?after="+strconv.FormatInt(after, 10), v.token, nil, &page); err != nil {
			return nil, err
		}
		// A server that ignores "after" must not keep us here for ever.
		if len(page.Messages) == 0 || page.Messages[len(page.Messages)-1].Seq <= after {
			break
		}
		after = page.Messages[len(page.Messages)-1].Seq
		all = append(all, page.Messages...)
	}
	return all, nil
}

// Outbox lists what the company said to a user, oldest first. Never nil without an error.
func (c *Webchat) Outbox(ctx context.Context, user string) ([]Out, error) {
	out := []Out{}
	list, err := c.Messages(ctx, user)
	for _, m := range list {
		if m.Author != "customer" {
			out = append(out, Out{ID: m.ID, To: user, Text: m.Text, At: m.At, Kind: cmp.Or(m.Kind, "text")})
		}
	}
	return out, err
}

// SignIn is a user signing in to the shop as one of its customers: the shop's server proves the id to the widget
// (docs/channel-webchat.md).
func (c *Webchat) SignIn(ctx context.Context, user, customer string) error {
	v, err := c.visitor(ctx, user)
	if err != nil {
		return err
	}
	m := hmac.New(sha256.New, []byte(c.Secret))
	m.Write([]byte(customer))
	in := map[string]string{"token": v.token, "user_id": customer, "proof": hex.EncodeToString(m.Sum(nil))}
	var got struct{}
	return c.call(ctx, http.MethodPost, "/session", "", in, &got)
}

// visitor gives a user's browser, opening a session on the first word as the widget does.
func (c *Webchat) visitor(ctx context.Context, user string) (*visitor, error) {
	c.mu.Lock()
	v := c.visitors[user]
	c.mu.Unlock()
	if v != nil {
		return v, nil
	}
	var got struct {
		Token string `json:"token"`
	}
	if err := c.call(ctx, http.MethodPost, "/session", "", map[string]string{}, &got); err != nil {
		return nil, err
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.visitors == nil {
		c.visitors = map[string]*visitor{}
	}
	if c.visitors[user] == nil {
		c.visitors[user] = &visitor{token: got.Token}
	}
	return c.visitors[user], nil
}

// call makes one widget request. Errors name the status only, never the text.
func (c *Webchat) call(ctx context.Context, method, path, token string, in, out any) error {
	var body bytes.Buffer
	if in != nil {
		if err := json.NewEncoder(&body).Encode(in); err != nil {
			return err
		}
	}
	r, err := http.NewRequestWithContext(ctx, method, c.Base+"/widget/"+c.SiteKey+path, &body)
	if err != nil {
		return err
	}
	if in != nil {
		r.Header.Set("Content-Type", "application/json")
	}
	if token != "" {
		r.Header.Set("Authorization", "Bearer "+token)
	}
	answer, err := c.Client.Do(r)
	if err != nil {
		return err
	}
	defer answer.Body.Close()
	if answer.StatusCode < 200 || answer.StatusCode > 299 {
		return fmt.Errorf("widget answered %d to %s", answer.StatusCode, method)
	}
	return json.NewDecoder(answer.Body).Decode(out)
}
