package channel

import (
	"context"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"tandem"
)

func init() {
	k := whatsappKind
	k.Open = openWhatsApp
	Register(k)
	RegisterHook(Hook{Name: "whatsapp", Secret: "app_secret", Token: "verify_token",
		Handshake: handshake, Parse: parseWhatsApp, read: readWhatsApp})
}

var whatsappKind = Kind{
	Name:  "whatsapp",
	Title: Words{"WhatsApp", "WhatsApp"},
	Icon:  "M12 2a10 10 0 0 0-8.6 15L2 22l5.1-1.4A10 10 0 1 0 12 2zM8.6 7l1.6.2.9 2.2-.9 1.2c.7 1.4 1.8 2.5 3.2 3.2l1.2-1 2.2 1 .2 1.6c-.5 1-1.5 1.6-2.6 1.5-3.7-.5-6.8-3.6-7.3-7.3C7 8.500 7.600 7.500 8.600 7z",
	Hook:  "whatsapp",
	Group: Chat,
	Fields: append([]Field{
		{Name: External, Required: true,
			Label: Words{"Identyfikator numeru (phone_number_id)", "Phone number id"},
			Help:  Words{"Nie sam numer telefonu, lecz jego identyfikator z panelu WhatsApp.", "Not the phone number itself but its id in the WhatsApp panel."}},
		{Name: "waba_id",
			Label: Words{"Identyfikator konta WhatsApp Business", "WhatsApp Business account id"},
			Help:  Words{"Potrzebny do sprawdzenia subskrypcji i do alertów o szablonach.", "Needed to check the subscription and for alerts about templates."}},
		{Name: "phone",
			Label: Words{"Numer telefonu", "Phone number"},
			Help:  Words{"Z kodem kraju, np. 48799000111. Potrzebny do linków wa.me i do alertów o jakości tego numeru.", "With the country code, such as 48799000111. Needed for wa.me links and for alerts about the quality of this number."}},
		{Name: "invitation",
			Label: Words{"Szablon dla infolinii", "Template for the hotline"},
			Help: Words{"Nazwa zatwierdzonego szablonu (utility), który dostaje osoba dzwoniąca na infolinię, gdy woli pisać; najwyżej jedno pole: temat.",
				"Name of an approved utility template for callers of the hotline who would rather write; one placeholder at most: the topic."}},
		{Name: "role", Options: []string{"ai_agent", "customer_service", "escalation"},
			Label: Words{"Nasza rola przy podziale rozmów", "Our role in conversation routing"},
			Help:  Words{"Tylko gdy kilka aplikacji obsługuje jeden numer.", "Only where several apps serve one number."}},
	}, slices.DeleteFunc(slices.Clone(metaFields), func(f Field) bool { return f.Name == "metadata" || f.Name == "app_id" })...),
	Limit:    4096,
	Window:   24 * time.Hour, // and no exception for people (CHANNELS 6.6)
	Receipts: ByMessage,
	Surfaces: []tandem.Surface{tandem.Direct},
	Buttons:  10,
	Media:    []string{"image", "video", "audio", "file", "sticker"},
	Approved: true,
	fits:     func(p tandem.Part) bool { _, _, ok := waFits(p); return ok },
}

// Limits of interactive messages, in characters (CHANNELS 6.5).
const (
	buttonsMost   = 3
	buttonTitle   = 20
	buttonsBody   = 1024
	rowTitle      = 24
	rowID         = 200
	listLabelSize = 20
)

// whatsapp is one number on the WhatsApp Cloud API.
type whatsapp struct {
	graph
	number string // its phone_number_id
	waba   string
}

func openWhatsApp(s Settings) (tandem.Channel, error) {
	a := s.Account
	return whatsapp{openGraph(s, "https://graph.facebook.com", whatsappCodes), a.External, a.Settings["waba_id"]}, nil
}

// bsuid is the form of a business-scoped user id: a country, perhaps ENT, and letters and digits
// (CHANNELS 6.7). It stands where a phone number stood before.
var bsuid = regexp.MustCompile(`^[A-Z]{2}\.(ENT\.)?[A-Za-z0-9]+$`)

// frame begins the body of a send. A number always gets its plus: without it Meta puts the country
// of the business in front (CHANNELS 6.5).
func (c whatsapp) frame(o tandem.Outgoing, piece, of int) map[string]any {
	f := map[string]any{"messaging_product": "whatsapp", "recipient_type": "individual",
		"biz_opaque_callback_data": mark(o.Message, piece, of)}
	if bsuid.MatchString(o.To) {
		f["recipient"] = o.To
	} else {
		f["to"] = "+" + strings.TrimPrefix(o.To, "+")
	}
	if piece == 0 && o.ReplyTo != "" {
		f["context"] = map[string]string{"message_id": o.ReplyTo}
	}
	return f
}

// Send sends a text in as many pieces as it takes, the last with its buttons, then the attachments;
// or a template. WhatsApp does not promise to keep several in order. That it took a message does not
// mean that it will deliver it: a refusal often comes as a status only (CHANNELS 6.3).
func (c whatsapp) Send(ctx context.Context, o tandem.Outgoing) (tandem.Receipt, error) {
	if o.Template == nil && o.Since > whatsappKind.Window {
		return tandem.Receipt{}, tandem.Coded(tandem.Invalid, CodeWindow, "the customer's window is over; only a template may be sent")
	}
	pieces, err := c.pieces(ctx, o)
	if err != nil {
		return tandem.Receipt{}, err
	}
	if o.Template != nil {
		c.codes = templateCodes
	}
	return inPieces(len(pieces), o.Done, func(i int) (tandem.Receipt, error) {
		body := c.frame(o, i, len(pieces))
		body["type"], body[pieces[i].kind] = pieces[i].kind, pieces[i].body
		return c.post(ctx, body)
	})
}

// piece is one message of WhatsApp: the key and value of its type.
type piece struct {
	kind string
	body any
}

// pieces turns a message into the calls it takes. Files are uploaded first: nothing has been sent then.
func (c whatsapp) pieces(ctx context.Context, o tandem.Outgoing) ([]piece, error) {
	if o.Template != nil {
		one, err := c.templated(ctx, o)
		return []piece{one}, err
	}
	texts := Split(o.Text, whatsappKind.Limit, false)
	last := len(texts) - 1
	if last >= 0 && len(o.Choice) > 0 && utf8.RuneCountInString(texts[last]) > buttonsBody {
		// Buttons stand below a short text only, so the end of a long one becomes a piece of its own.
		texts = append(texts[:last], Split(texts[last], buttonsBody, false)...)
		last = len(texts) - 1
	}
	var all []piece
	for i, t := range texts {
		if i == last && len(o.Choice) > 0 {
			all = append(all, piece{"interactive", choices(t, o)})
			continue
		}
		all = append(all, piece{"text", map[string]any{"body": t, "preview_url": false}})
	}
	for _, p := range o.Parts {
		data := o.Files[p.File]
		if p.URL == "" && len(data) == 0 || !slices.Contains(whatsappKind.Media, p.Type) {
			return nil, tandem.Coded(tandem.Invalid, CodeMedia, "whatsapp sends no part of this type")
		}
		body, kind := map[string]string{"link": p.URL}, p.Type
		if len(data) > 0 {
			id, as, err := c.upload(ctx, p, data)
			if err != nil {
				return nil, err
			}
			body, kind = map[string]string{"id": id}, as
		}
		if kind == "file" {
			kind = "document"
			if p.Name != "" {
				body["filename"] = p.Name
			}
		}
		all = append(all, piece{kind, body})
	}
	if len(all) == 0 {
		return nil, tandem.Coded(tandem.Invalid, CodeBadRequest, "nothing to send")
	}
	return all, nil
}

// choices puts up to three short answers on buttons and more or longer ones into a list.
func choices(text string, o tandem.Outgoing) any {
	long := func(s string) bool { return utf8.RuneCountInString(s) > buttonTitle }
	body := map[string]string{"text": text}
	if len(o.Choice) <= buttonsMost && !slices.ContainsFunc(o.Choice, long) {
		var buttons []any
		for _, c := range o.Choice {
			buttons = append(buttons, map[string]any{"type": "reply", "reply": map[string]string{"id": carried(c, rowID), "title": c}})
		}
		return map[string]any{"type": "button", "body": body, "action": map[string]any{"buttons": buttons}}
	}
	var rows []any
	for _, c := range o.Choice[:min(len(o.Choice), whatsappKind.Buttons)] {
		rows = append(rows, map[string]string{"id": carried(c, rowID), "title": clip(c, rowTitle)})
	}
	label := "Wybierz"
	if strings.HasPrefix(o.Lang, "en") {
		label = "Choose"
	}
	return map[string]any{"type": "list", "body": body, "action": map[string]any{
		"button": clip(label, listLabelSize), "sections": []any{map[string]any{"rows": rows}}}}
}

// post sends one piece. The answer's wa_id may differ from what was asked, and is the one to keep.
func (c whatsapp) post(ctx context.Context, body any) (tandem.Receipt, error) {
	var answer struct {
		Contacts []struct {
			Phone id `json:"wa_id"`
			User  id `json:"user_id"`
		} `json:"contacts"`
		Messages []struct {
			ID id `json:"id"`
		} `json:"messages"`
	}
	if err := c.send(ctx, c.path(), body, &answer); err != nil {
		return tandem.Receipt{}, err
	}
	if len(answer.Messages) == 0 || answer.Messages[0].ID == "" {
		return tandem.Receipt{}, ErrMaybeSent
	}
	r := tandem.Receipt{External: string(answer.Messages[0].ID), Delivery: tandem.Sent}
	if len(answer.Contacts) > 0 {
		r.User = orElse(string(answer.Contacts[0].User), string(answer.Contacts[0].Phone))
	}
	return r, nil
}

// path is where everything is sent, reading marks and typing too.
func (c whatsapp) path() string { return "/" + url.PathEscape(c.number) + "/messages" }

// Typing shows for up to 25 seconds that somebody writes and marks the customer's messages as read.
// WhatsApp wants the message that is being answered, not the person: Invalid for anything but its id.
func (c whatsapp) Typing(ctx context.Context, to string) error {
	if !strings.HasPrefix(to, "wamid.") {
		return tandem.Coded(tandem.Invalid, CodeBadRequest, "whatsapp shows typing for a message, not for a person")
	}
	return c.act(ctx, http.MethodPost, c.path(), map[string]any{"messaging_product": "whatsapp", "status": "read",
		"message_id": to, "typing_indicator": map[string]string{"type": "text"}})
}

// Test looks at the token, the quality of the number and whether the account's events come here.
func (c whatsapp) Test(ctx context.Context) (ok, wrong []string, err error) {
	var number struct {
		ID      id     `json:"id"`
		Quality string `json:"quality_rating"`
	}
	err = c.get(ctx, "/"+url.PathEscape(c.number), url.Values{"fields": {"id,display_phone_number,quality_rating"}}, &number)
	switch {
	case tandem.KindOf(err) == tandem.Denied:
		return nil, []string{"token_expired"}, nil
	case err != nil:
		return nil, nil, err
	}
	ok = append(ok, "token_valid")
	if string(number.ID) != c.number {
		wrong = append(wrong, "account_mismatch")
	}
	if number.Quality == "RED" {
		wrong = append(wrong, "quality_red")
	}
	good, bad := c.permitted(ctx, []string{"whatsapp_business_messaging", "whatsapp_business_management"})
	ok, wrong = append(ok, good...), append(wrong, bad...)
	return c.testAccount(ctx, ok, wrong)
}

// Subscribed tells whether the events of the WhatsApp Business account come here. Without the account's id
// nobody can ask.
func (c whatsapp) Subscribed(ctx context.Context) (bool, error) {
	var apps struct {
		Data []any `json:"data"`
	}
	if c.waba == "" {
		return true, nil
	}
	err := c.get(ctx, "/"+url.PathEscape(c.waba)+"/subscribed_apps", nil, &apps)
	return len(apps.Data) > 0, err
}

// Subscribe asks for the events of the WhatsApp Business account. Asking again changes nothing.
func (c whatsapp) Subscribe(ctx context.Context) error {
	if c.waba == "" {
		return tandem.Coded(tandem.Invalid, "setting_missing", "whatsapp needs the setting waba_id to subscribe")
	}
	return c.act(ctx, http.MethodPost, "/"+url.PathEscape(c.waba)+"/subscribed_apps", nil)
}

// testAccount asks whether any app gets the events of the WhatsApp Business account.
func (c whatsapp) testAccount(ctx context.Context, ok, wrong []string) ([]string, []string, error) {
	var apps struct {
		Data []any `json:"data"`
	}
	switch {
	case c.waba == "" || c.get(ctx, "/"+url.PathEscape(c.waba)+"/subscribed_apps", nil, &apps) != nil:
		ok = append(ok, "subscription_unchecked")
	case len(apps.Data) == 0:
		wrong = append(wrong, "subscription_missing")
	default:
		ok = append(ok, "subscription")
	}
	return ok, wrong, nil
}
