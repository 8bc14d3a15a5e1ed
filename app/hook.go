package app

import (
	"cmp"
	"context"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"slices"
	"strings"
	"time"

	"tandem"
	"tandem/channel"
	"tandem/intake"
	"tandem/store"
	"tandem/web"
)

// hook is /hook/{hook}: what platforms call. GET is the handshake, POST brings events. The answer
// 200 is given after everything is durable and never before; anything else makes the platform send
// it again.
func (a *App) hook(w http.ResponseWriter, r *http.Request) {
	h, ok := channel.FindHook(r.PathValue("hook"))
	if !ok || h.Name == "webchat" { // the widget has its own addresses
		web.WriteProblem(w, r, words, tandem.Coded(tandem.NotFound, "not_found", "there is no such hook"))
		return
	}
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, channel.MaxBody))
	if err != nil {
		web.WriteProblem(w, r, words, readFailed(err))
		return
	}
	call := tandem.Webhook{Method: r.Method, Path: r.PathValue("rest"), Query: r.URL.Query(), Search: r.URL.RawQuery, Header: r.Header, Body: body, At: now()}
	all, err := a.accounts(r.Context())
	if err != nil {
		web.WriteProblem(w, r, words, err)
		return
	}
	mine := hookAccounts(h, call, all)
	if r.Method == http.MethodGet {
		shake(w, h, mine, call)
		return
	}
	if err := a.receive(r.Context(), h, mine, call); err != nil {
		if tandem.KindOf(err) == tandem.Internal || tandem.KindOf(err) == tandem.Transient {
			slog.Error("a webhook cannot be stored; the platform will repeat it", "hook", h.Name, "err", err)
		}
		web.WriteProblem(w, r, words, err)
		return
	}
	w.Header().Set("Content-Type", cmp.Or(h.Type, "text/plain"))
	io.WriteString(w, cmp.Or(h.Answer, "EVENT_RECEIVED"))
}

// readFailed says why a body could not be read: it is too long, or it ended early. Both must not
// pass for a success.
func readFailed(err error) error {
	if _, long := errors.AsType[*http.MaxBytesError](err); long {
		return tandem.Coded(tandem.TooLarge, "too_large", "the body is longer than %d bytes", channel.MaxBody)
	}
	return tandem.Coded(tandem.Invalid, "truncated", "the body ended early")
}

// hookAccounts are the accounts that a call may be about: those of the hook's kinds, or the one that
// the address names.
func hookAccounts(h channel.Hook, call tandem.Webhook, all []store.StoredAccount) []store.StoredAccount {
	var out []store.StoredAccount
	kinds := h.Kinds()
	for _, s := range all {
		if slices.Contains(kinds, s.Kind) && s.State != tandem.AccountOff && (h.Account == nil || h.Account(call) == s.External) {
			out = append(out, s)
		}
	}
	return out
}

func shake(w http.ResponseWriter, h channel.Hook, mine []store.StoredAccount, call tandem.Webhook) {
	if h.Handshake == nil {
		w.WriteHeader(http.StatusMethodNotAllowed)
		return
	}
	var tokens []string
	for _, s := range mine {
		if t := s.Secrets[h.Token]; t != "" && !slices.Contains(tokens, t) {
			tokens = append(tokens, t)
		}
	}
	status, body := h.Handshake(tokens, call)
	w.Header().Set("Content-Type", "text/plain")
	w.WriteHeader(status)
	io.WriteString(w, body)
}

// receive verifies one call and stores what it brought. A company's secret opens its own accounts
// only: a body that one company signed cannot speak about another's account.
func (a *App) receive(ctx context.Context, h channel.Hook, mine []store.StoredAccount, call tandem.Webhook) error {
	var events []tandem.Inbound
	secret, denied := "", error(tandem.Coded(tandem.Denied, "unsigned", "no account of this hook is connected"))
	tried := map[string]bool{}
	for _, s := range mine {
		one := s.Secrets[h.Secret]
		call.Address = s.Settings[h.Address]
		if one == "" || tried[one+"\n"+call.Address] {
			continue
		}
		tried[one+"\n"+call.Address] = true
		got, err := h.Parse([]string{one}, call)
		if tandem.KindOf(err) == tandem.Denied && err != nil {
			denied = err
			continue
		}
		if err != nil {
			return err
		}
		events, secret, denied = got, one, nil
		break
	}
	if denied != nil {
		return denied
	}
	return a.store(ctx, h, owned(mine, h.Secret, secret), call, events)
}

func owned(mine []store.StoredAccount, name, secret string) []store.StoredAccount {
	var out []store.StoredAccount
	for _, s := range mine {
		if s.Secrets[name] == secret {
			out = append(out, s)
		}
	}
	return out
}

// earliest is before every platform we speak to.
var earliest = time.Date(2001, 9, 9, 0, 0, 0, 0, time.UTC)

// store gives each workspace its events, and of the call's body what is about its own accounts. What is about
// no account of ours is kept as it came where one company alone has signed it: it is acknowledged, because the
// platform would repeat it for hours otherwise.
func (a *App) store(ctx context.Context, h channel.Hook, mine []store.StoredAccount, call tandem.Webhook, events []tandem.Inbound) error {
	raw := intake.Raw{Hook: h.Name, Header: harmless(call.Header), Body: call.Body}
	sorted := map[tandem.WorkspaceID][]intake.Event{}
	strange := len(events) == 0
	for _, e := range events {
		if e.Kind == tandem.InTyping {
			continue // a passing thing; nothing to keep
		}
		if e.At.Before(earliest) || e.At.After(call.At.Add(24*time.Hour)) {
			e.At = call.At // a time that cannot be: a clock that is wrong must not spoil ours
		}
		known := false
		for _, s := range mine { // news of a whole WhatsApp Business account are about each of its numbers
			if channel.About(s.Account, e) {
				known = true
				sorted[s.Workspace] = append(sorted[s.Workspace], intake.Event{Inbound: channel.Settle(s.Account, e), Account: s})
			}
		}
		strange = strange || !known
	}
	for ws, batch := range sorted {
		s, err := a.space(ctx, ws)
		if err != nil {
			return err
		}
		raw.Body = call.Body
		if len(sorted) > 1 || strange {
			raw.Body = h.Only(call.Body, func(in tandem.Inbound) bool { return aboutAny(mine, ws, in) })
		}
		if err := a.intake(s).Accept(ctx, ws, raw, batch); err != nil {
			return err
		}
	}
	if !strange || !ofOne(mine) { // of several companies nobody knows whose it is, so nobody keeps it
		return nil
	}
	raw.Body = call.Body
	return a.db.Write(ctx, mine[0].Workspace, func(tx *store.Tx) error {
		return tx.KeepRaw(raw.Hook, raw.Header, string(raw.Body), "nothing of ours")
	})
}

// aboutAny tells whether an event is about an account of a company.
func aboutAny(mine []store.StoredAccount, ws tandem.WorkspaceID, in tandem.Inbound) bool {
	return slices.ContainsFunc(mine, func(s store.StoredAccount) bool { return s.Workspace == ws && channel.About(s.Account, in) })
}

// ofOne tells whether all accounts are one company's.
func ofOne(mine []store.StoredAccount) bool {
	return len(mine) > 0 && !slices.ContainsFunc(mine, func(s store.StoredAccount) bool { return s.Workspace != mine[0].Workspace })
}

// harmlessHeaders are the headers that are stored with a raw body: none of them proves anything or names
// anybody.
var harmlessHeaders = []string{"Content-Type", "User-Agent"}

func harmless(h http.Header) string {
	var b strings.Builder
	for _, name := range harmlessHeaders {
		if v := h.Get(name); v != "" {
			b.WriteString(name + ": " + v + "\n")
		}
	}
	return b.String()
}
