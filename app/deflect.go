package app

import (
	"cmp"
	"context"
	"crypto/rand"
	"net/url"
	"slices"
	"strings"
	"time"

	"tandem"
	"tandem/intake"
	"tandem/store"
	"tandem/turn"
)

type deflectIn struct {
	Body struct {
		Caller  string `json:"caller" maxLength:"40" doc:"the caller's number, +48600100200"`
		Call    string `json:"call_id" minLength:"1" maxLength:"100" doc:"the hotline's id of the call; the same again answers with the same link and sends nothing twice"`
		Channel string `json:"channel,omitempty" enum:"sms,whatsapp" doc:"send the way to go on from here: an SMS, or WhatsApp's template and an SMS where the number has no WhatsApp; absent: the hotline sends the text itself"`
		Topic   string `json:"topic,omitempty" maxLength:"120" doc:"what the caller chose or said"`
		Waited  int64  `json:"waited_s,omitempty" minimum:"0" maximum:"86400" doc:"seconds in the hotline's queue"`
		Prompt  string `json:"prompt,omitempty" maxLength:"100" doc:"version of the announcement that the caller agreed to: the record of consent to this one message"`
		Lang    string `json:"lang,omitempty" enum:"pl,en"`
	}
}

// Deflected is what a hotline sends to a caller who wants to go on in writing.
type Deflected struct {
	Code    string    `json:"code" doc:"good once"`
	Link    string    `json:"link,omitempty" doc:"opens WhatsApp with the code written; absent where there is no WhatsApp account"`
	Text    string    `json:"text,omitempty" doc:"for the hotline's own SMS"`
	Sent    string    `json:"sent,omitempty" enum:"sms,whatsapp" doc:"what was sent from here"`
	Expires time.Time `json:"expires_at"`
}

// deflect lets a caller of the hotline go on in writing. The caller's yes is the consent to one message, so
// the SMS or the template may go out; who opens the link writes first, which opens WhatsApp's window and
// needs neither (CHANNELS.md 15).
func (a *App) deflect(ctx context.Context, c caller, in *deflectIn) (Deflected, error) {
	phone, err := mobile(in.Body.Caller)
	if err != nil {
		return Deflected{}, err
	}
	w, err := a.space(ctx, c.Workspace)
	if err != nil {
		return Deflected{}, err
	}
	number, err := a.whatsappNumber(ctx, c.Workspace)
	if err != nil && (in.Body.Channel != "sms" || tandem.CodeOf(err) != "no_whatsapp") {
		return Deflected{}, err
	}
	var way invitation
	if in.Body.Channel != "" {
		if way, err = a.invitation(ctx, c.Workspace, in.Body.Channel, cmp.Or(in.Body.Lang, w.Lang), cmp.Or(in.Body.Topic, w.Name)); err != nil {
			return Deflected{}, err
		}
	}
	var d store.Deflection
	out := Deflected{Sent: in.Body.Channel}
	err = a.db.Write(ctx, c.Workspace, func(tx *store.Tx) error {
		b := in.Body
		if d, err = tx.Deflect(store.Deflection{Code: newCode(), Phone: phone, Call: b.Call, Topic: b.Topic, Prompt: b.Prompt, Waited: time.Duration(b.Waited) * time.Second}); err != nil {
			return err
		}
		out.link(number, w.Name, d.Code, b.Lang)
		if b.Channel == "sms" && out.Link != "" {
			way.text = "WhatsApp: " + out.Link
		}
		if b.Channel == "" {
			return nil
		}
		return turn.Invite(tx, way.account, d.Phone, way.text, way.template, "invited:"+d.Call)
	})
	out.Code, out.Expires = d.Code, d.At.Add(intake.DeflectionLife)
	return out, err
}

// link words the way to WhatsApp, where the company has a number there.
func (d *Deflected) link(number, company, code, lang string) {
	if number == "" {
		return
	}
	word, text := "Kod ", company+": tu można dokończyć rozmowę na WhatsAppie, bez czekania na linii (24 h): "
	if lang == "en" {
		word, text = "Code ", company+": go on here on WhatsApp, without waiting on the line (24 h): "
	}
	d.Link = "https://wa.me/" + number + "?text=" + url.PathEscape(word+code)
	d.Text = text + d.Link
}

// invitation is how a caller is sent the way to go on.
type invitation struct {
	account  tandem.AccountID
	text     string
	template *tandem.Filled
}

// invitation finds what can be sent on a channel: nothing more for an SMS; for WhatsApp the template that the
// account names for callers, in the caller's language where there is one. Conflict no_sms, no_whatsapp or
// no_invitation: there is no account, or no template that the platform takes now.
func (a *App) invitation(ctx context.Context, ws tandem.WorkspaceID, by, lang, topic string) (out invitation, err error) {
	all, err := a.accounts(ctx)
	if err != nil {
		return out, err
	}
	i := slices.IndexFunc(all, func(s store.StoredAccount) bool {
		return s.Workspace == ws && s.Kind == by && s.State == tandem.AccountOK
	})
	if i < 0 {
		return out, tandem.Coded(tandem.Conflict, "no_"+by, "there is no working %s account", by)
	}
	out.account = all[i].ID
	if by == "sms" {
		return out, nil
	}
	name := all[i].Settings["invitation"]
	known, err := a.db.Templates(ctx, ws, out.account)
	if err == nil && name != "" && now().Sub(known.At) > templatesFresh {
		known, err = a.askTemplates(ctx, ws, out.account, known)
	}
	if err != nil {
		return out, err
	}
	best := -1
	for i, t := range known.Items {
		if t.Name == name && t.State == tandem.TemplateApproved && t.Category != "marketing" && forCallers(t) && (best < 0 || strings.HasPrefix(t.Lang, lang)) {
			best = i
		}
	}
	if best < 0 {
		return out, tandem.Coded(tandem.Conflict, "no_invitation", "the WhatsApp account names no approved utility template for callers (setting invitation)")
	}
	values := []string{}
	if len(known.Items[best].Slots()) == 1 {
		values = append(values, strings.Join(strings.Fields(topic), " "))
	}
	text, filled, err := known.Items[best].Fill(values, nil)
	out.text, out.template = text, &filled
	return out, err
}

// forCallers tells whether a template can be sent with nothing but a topic: no file, and one placeholder at most,
// in its text.
func forCallers(t tandem.Template) bool {
	slots := t.Slots()
	return t.Header.File == "" && (len(slots) == 0 || len(slots) == 1 && slots[0].Place != tandem.InButton)
}

// whatsappNumber is the number that customers write to.
func (a *App) whatsappNumber(ctx context.Context, ws tandem.WorkspaceID) (string, error) {
	all, err := a.accounts(ctx)
	for _, s := range all {
		if digits := strings.Trim(s.Settings["phone"], "+ "); s.Workspace == ws && s.Kind == "whatsapp" && s.State == tandem.AccountOK && digits != "" {
			return strings.ReplaceAll(digits, " ", ""), err
		}
	}
	if err == nil {
		err = tandem.Coded(tandem.Conflict, "no_whatsapp", "there is no working WhatsApp account with the setting phone")
	}
	return "", err
}

// withheld stands in the place of a number that a caller hides: "anonymous" on a telephone's keys.
const withheld = "266696687"

// polishMobile are the first two digits of Polish mobile numbers.
const polishMobile = "45 50 51 53 57 60 66 69 72 73 78 79 88"

// mobile returns the digits of a number that can have WhatsApp. Invalid, with a code that tells the hotline
// to ask for a mobile number: it is hidden, or a Polish landline.
func mobile(caller string) (string, error) {
	digits := strings.Map(func(r rune) rune {
		if strings.ContainsRune(" -()+", r) {
			return -1
		}
		return r
	}, caller)
	if strings.Trim(digits, "0123456789") != "" || digits == withheld || len(digits) < 9 || len(digits) > 15 {
		return "", tandem.Coded(tandem.Invalid, "caller_unknown", "the number is hidden or none; ask the caller for a mobile number")
	}
	if len(digits) == 9 {
		digits = "48" + digits
	}
	if rest, polish := strings.CutPrefix(digits, "48"); polish && (len(rest) != 9 || !strings.Contains(polishMobile, rest[:2])) {
		return "", tandem.Coded(tandem.Invalid, "caller_landline", "a landline has no WhatsApp; ask the caller for a mobile number")
	}
	return digits, nil
}

// newCode is easy to read out: no zero, no one, no O, no I.
func newCode() string {
	const letters = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
	var b [6]byte
	rand.Read(b[:]) // never fails
	for i := range b {
		b[i] = letters[int(b[i])%len(letters)]
	}
	return string(b[:])
}
