package sim

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
)

// Host names the world answers to on a Net.
const (
	FacebookHost  = "graph.facebook.com"
	InstagramHost = "graph.instagram.com"
	CDNHost       = "cdn.meta.example"
	ShopHost      = "shop.modnaszafa.example"
	CourierHost   = "api-shipx-pl.easypack24.net"
)

// World is the outside of one company: Meta with its accounts there, its telephone number, its shop, its courier and a language model, should it ask one.
type World struct {
	Meta      *Meta
	Shop      *Shop
	Courier   *Courier
	LLM       *LLM
	Instagram *Asset
	Page      *Asset
	WhatsApp  *Asset
	SMS       *Twilio
}

// Join puts the world on a net and lets Meta's webhooks travel over it.
func (w *World) Join(n *Net) {
	n.Handle(FacebookHost, w.Meta)
	n.Handle(InstagramHost, w.Meta)
	n.Handle(CDNHost, w.Meta)
	n.Handle(ShopHost, w.Shop)
	n.Handle(CourierHost, w.Courier)
	n.Handle(LLMHost, w.LLM)
	n.Handle(TwilioHost, w.SMS)
	w.SMS.Connect(n.Client())
	w.Meta.Connect(n.Client())
}

// Handler serves the world on one real port, each host below its name: a product on the same machine uses
// http://127.0.0.1:PORT/graph.instagram.com as the base URL in place of https://graph.instagram.com, and so on.
func (w *World) Handler() http.Handler {
	mux := http.NewServeMux()
	for host, h := range map[string]http.Handler{FacebookHost: w.Meta, InstagramHost: w.Meta, CDNHost: w.Meta,
		ShopHost: w.Shop, CourierHost: w.Courier, LLMHost: w.LLM, TwilioHost: w.SMS} {
		mux.Handle("/"+host+"/", http.StripPrefix("/"+host, http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
			in := r.Clone(r.Context())
			in.Host = host
			h.ServeHTTP(rw, in)
		})))
	}
	return mux
}

// Subscribe makes the app-level webhook subscriptions of all three objects, with the handshake, and subscribes every
// account of the world to all fields. An empty whatsapp callback leaves WhatsApp out.
func (w *World) Subscribe(ctx context.Context, meta, whatsapp, verifyToken string) error {
	err := errors.Join(
		w.Meta.Subscribe(ctx, Subscription{App: FacebookApp, Object: "page", Callback: meta, VerifyToken: verifyToken}),
		w.Meta.Subscribe(ctx, Subscription{App: FacebookApp, Object: "instagram", Callback: meta, VerifyToken: verifyToken}),
		w.Meta.Subscribe(ctx, Subscription{App: InstagramApp, Object: "instagram", Callback: meta, VerifyToken: verifyToken}),
	)
	if whatsapp != "" {
		err = errors.Join(err, w.Meta.Subscribe(ctx, Subscription{App: FacebookApp, Object: "whatsapp_business_account",
			Callback: whatsapp, VerifyToken: verifyToken}))
	}
	for _, a := range []*Asset{w.Instagram, w.Page, w.WhatsApp} {
		w.Meta.SubscribeAsset(a)
	}
	return err
}

// Link says that a platform's user is a shop customer (id, e-mail, phone or full name): the shop then finds the
// customer by the user's name there and by the id webhooks carry. On the site, where a visitor has no name, the shop
// knows its own ids.
func (w *World) Link(platform, user, customer string) error {
	found, ok := w.Shop.Find(customer)
	if !ok {
		return fmt.Errorf("the shop has no customer %q: POST /sim/shop/orders makes one", customer)
	}
	// A made-up person becomes the customer in name and number; one given by a platform's own id stays as it is.
	if platform != "webchat" && !digits(strings.TrimPrefix(user, "+")) {
		w.Meta.resemble(user, found)
	}
	names := []string{user}
	switch a := w.Meta.Asset(platform); {
	case a != nil && a.Kind == WhatsApp:
		names = append(names, w.Meta.UserID(a, user), "+"+w.Meta.UserID(a, user), w.Meta.BSUID(user))
	case a != nil:
		names = append(names, w.Meta.UserID(a, user))
	case platform == "sms":
		names = append(names, "+"+w.Meta.numberOf(user))
	case platform == "webchat":
		names = []string{found.ID}
	default:
		return fmt.Errorf("no platform %q; there are facebook, instagram, messenger, sms, webchat, whatsapp", platform)
	}
	for _, name := range names {
		if err := w.Shop.Link(platform, name, customer); err != nil {
			return err
		}
	}
	return nil
}

// Close ends everything the world has under way.
func (w *World) Close() {
	w.Meta.Close()
	w.SMS.Close()
}
