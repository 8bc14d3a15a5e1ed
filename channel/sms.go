package channel

import (
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptrace"
	"net/url"
	"strconv"
	"strings"
	"time"

	"tandem"
)

// SMS through Twilio: one number, or one messaging service with several. Facts are from CHANNELS 14 and,
// through it, from Twilio's documents (Messages resource, request validation, opt-out keywords), 2026-11.

func init() {
	k := smsKind
	k.Open = openSMS
	Register(k)
	RegisterHook(Hook{Name: "sms", Secret: "token", Address: "callback", Account: site, Parse: parseSMS,
		Type: "text/xml", Answer: "<Response/>"}) // an answer in plain text would be sent to the customer as an SMS
}

var smsKind = Kind{
	Name:  "sms",
	Title: Words{"SMS", "SMS"},
	Icon:  "M7 2h10a2 2 0 0 1 2 2v16a2 2 0 0 1-2 2H7a2 2 0 0 1-2-2V4a2 2 0 0 1 2-2zm0 3v12h10V5zm4 14v1h2v-1z",
	Hook:  "sms",
	Group: Chat,
	Fields: []Field{
		{Name: External, Required: true,
			Label: Words{"Numer nadawcy", "Sender's number"},
			Help: Words{"Z kodem kraju, same cyfry, np. 48799000222; albo identyfikator usługi (MG…), gdy numerów jest kilka. Jest też końcówką adresu zwrotnego.",
				"With the country code, digits only, such as 48799000222; or the id of a messaging service (MG…) with several numbers. The callback address ends with it as well."}},
		{Name: "account_sid", Required: true,
			Label: Words{"Identyfikator konta (Account SID)", "Account SID"},
			Help:  Words{"Zaczyna się od AC. Jest na stronie głównej konsoli Twilio.", "Begins with AC. It is on the first page of Twilio's console."}},
		{Name: "token", Secret: true, Required: true,
			Label: Words{"Token konta (Auth Token)", "Auth Token"},
			Help:  Words{"Podpisuje też zdarzenia, które do nas przychodzą.", "It also signs the events that come to us."}},
		{Name: "callback", Required: true,
			Label: Words{"Adres zwrotny", "Callback address"},
			Help: Words{"Dokładnie ten, który ma numer w konsoli Twilio: https://TWÓJ-ADRES/hook/sms/NUMER. Twilio go podpisuje, więc liczy się każdy znak.",
				"Exactly the one that the number has in Twilio's console: https://YOUR-HOST/hook/sms/NUMBER. Twilio signs it, so every character counts."}},
		{Name: "letters", Options: []string{"polish", "plain"},
			Label: Words{"Litery", "Letters"},
			Help: Words{"plain wysyła bez polskich znaków: 160 znaków w SMS-ie zamiast 70.",
				"plain sends without Polish letters: 160 characters in one SMS in the place of 70."}},
	},
	Limit:    1600,
	Receipts: Delivered,
	Surfaces: []tandem.Surface{tandem.Direct},
	Segments: true,
}

// sms is one sender of one account of Twilio's.
type sms struct {
	web      *http.Client
	base     string // scheme and host
	account  string // Account SID, whose path everything is below
	token    string
	from     string // a number in E.164, or the id of a messaging service
	callback string
	plain    bool
}

func openSMS(s Settings) (tandem.Channel, error) {
	a := s.Account
	c := sms{base: strings.TrimRight(orElse(a.Settings["base"], "https://api.twilio.com"), "/"), account: a.Settings["account_sid"],
		token: a.Secrets["token"], from: a.External, callback: a.Settings["callback"], plain: a.Settings["letters"] == "plain"}
	if !strings.HasPrefix(c.from, "MG") {
		c.from = "+" + numeral(c.from)
	}
	client := http.Client{}
	if s.Web != nil {
		client = *s.Web
	}
	client.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	c.web = &client
	return c, nil
}

// smsCodes are Twilio's errors, in answers and in the statuses of messages alike (CHANNELS 14). Numbers that
// cannot be reached are told apart from people who opted out: only those come back by a word of their own.
var smsCodes = table(
	says(tandem.Limited, CodeRateLimited, whole(14107, 20429, 63018)...),
	says(tandem.Invalid, CodeOptedOut, whole(21610)...),
	says(tandem.Invalid, CodeUnreachable, whole(21211, 21214, 21217, 21265, 21408, 21612, 21614, 30003, 30004, 30005, 30006, 30008)...),
	says(tandem.Invalid, CodeRestricted, whole(30007, 30034)...),
	says(tandem.Invalid, CodeWindow, whole(63016)...),
	says(tandem.Invalid, CodeBadRequest, whole(21602, 21605, 21617, 21619)...),
	says(tandem.Denied, CodeAuth, whole(20003, 20404, 20005)...),
	says(tandem.Denied, CodeRestricted, whole(20006, 30001, 30002)...),
	says(tandem.Denied, CodeNotRegistered, whole(21603, 21606, 21659, 21660, 21703)...),
)

// Send sends a text in as many messages as it takes; Twilio cuts each into segments by itself. That it took
// one does not mean that it will deliver it: a status says so later.
func (c sms) Send(ctx context.Context, o tandem.Outgoing) (tandem.Receipt, error) {
	text := o.Text
	if c.plain {
		text = plainLetters.Replace(text)
	}
	texts := Split(text, smsKind.Limit, false)
	if len(texts) == 0 || len(o.Parts) > 0 || o.Template != nil {
		return tandem.Receipt{}, tandem.Coded(tandem.Invalid, CodeBadRequest, "an sms takes a text and nothing else")
	}
	return inPieces(len(texts), o.Done, func(i int) (tandem.Receipt, error) {
		form := url.Values{"To": {"+" + strings.TrimPrefix(o.To, "+")}, "Body": {texts[i]},
			"StatusCallback": {withMark(c.callback, mark(o.Message, i, len(texts)))}}
		if strings.HasPrefix(c.from, "MG") {
			form.Set("MessagingServiceSid", c.from)
		} else {
			form.Set("From", c.from)
		}
		var answer struct {
			SID string `json:"sid"`
		}
		if err := c.call(ctx, http.MethodPost, c.path("/Messages.json"), nil, form, &answer); err != nil {
			return tandem.Receipt{}, err
		}
		if answer.SID == "" {
			return tandem.Receipt{}, ErrMaybeSent
		}
		return tandem.Receipt{External: answer.SID, User: o.To, Delivery: tandem.Sent}, nil
	})
}

// withMark puts our id of a message into the address of its statuses: a status may overtake the answer
// to the send, which is the first to tell Twilio's id.
func withMark(address, mark string) string {
	address, _, _ = strings.Cut(address, "?")
	return address + "?" + url.Values{"m": {mark}}.Encode()
}

// plainLetters takes away what would make an SMS one of 70 characters.
var plainLetters = strings.NewReplacer("ą", "a", "ć", "c", "ę", "e", "ł", "l", "ń", "n", "ó", "o", "ś", "s", "ź", "z", "ż", "z",
	"Ą", "A", "Ć", "C", "Ę", "E", "Ł", "L", "Ń", "N", "Ó", "O", "Ś", "S", "Ź", "Z", "Ż", "Z",
	"„", `"`, "”", `"`, "“", `"`, "’", "'", "‘", "'", "–", "-", "—", "-", "…", "...", "\u00a0", " ")

// path is below the account.
func (c sms) path(rest string) string {
	return "/2010-04-01/Accounts/" + url.PathEscape(c.account) + rest
}

// call makes one call. A POST sends, so its doubtful end is ErrMaybeSent. Errors hold numbers and codes only.
func (c sms) call(ctx context.Context, method, path string, query, form url.Values, out any) error {
	sends := method == http.MethodPost
	doubt := tandem.Coded(tandem.Transient, CodeNoAnswer, "no usable answer from the platform")
	if sends {
		doubt = ErrMaybeSent
	}
	address, w := c.base+path, new(way)
	if len(query) > 0 {
		address += "?" + query.Encode()
	}
	req, err := http.NewRequestWithContext(httptrace.WithClientTrace(ctx, w.trace()), method, address, strings.NewReader(form.Encode()))
	if err != nil {
		return tandem.Coded(tandem.Invalid, CodeBadRequest, "the platform's address is wrong")
	}
	req.SetBasicAuth(c.account, c.token)
	if sends {
		req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	res, err := c.web.Do(req)
	if err != nil {
		if w.unsent(err) {
			return tandem.Coded(tandem.Transient, CodeNoAnswer, "the platform cannot be reached")
		}
		return doubt
	}
	defer res.Body.Close()
	answer, err := io.ReadAll(io.LimitReader(res.Body, maxAnswer))
	var said struct {
		Code number `json:"code"`
	}
	broken := err != nil || json.Unmarshal(answer, &said) != nil
	switch {
	case res.StatusCode >= 300 || !broken && said.Code != 0:
		return smsCodes.refused(fault{Code: said.Code}, res, sends)
	case broken || out != nil && json.Unmarshal(answer, out) != nil: // it said yes, but its id is lost
		return doubt
	}
	return nil
}

// Test looks at the account, and whether the number is its own and calls us.
func (c sms) Test(ctx context.Context) (ok, wrong []string, err error) {
	var account struct {
		Status string `json:"status"`
	}
	err = c.call(ctx, http.MethodGet, c.path(".json"), nil, nil, &account)
	switch {
	case tandem.KindOf(err) == tandem.Denied:
		return nil, []string{"token_expired"}, nil
	case err != nil:
		return nil, nil, err
	}
	ok = append(ok, "token_valid")
	if account.Status != "active" {
		wrong = append(wrong, "restricted")
	}
	if strings.HasPrefix(c.from, "MG") { // a service's numbers are told elsewhere
		return append(ok, "subscription_unchecked"), wrong, nil
	}
	var numbers struct {
		All []struct {
			URL string `json:"sms_url"`
		} `json:"incoming_phone_numbers"`
	}
	err = c.call(ctx, http.MethodGet, c.path("/IncomingPhoneNumbers.json"), url.Values{"PhoneNumber": {c.from}}, nil, &numbers)
	switch {
	case err != nil:
		return ok, wrong, err
	case len(numbers.All) == 0:
		wrong = append(wrong, "number_missing")
	case numbers.All[0].URL != c.callback:
		wrong = append(wrong, "callback_missing")
	default:
		ok = append(ok, "subscription")
	}
	return ok, wrong, nil
}

// historyPage is how many messages are asked for at once.
const historyPage = "100"

// History reads what customers wrote; Twilio makes one attempt to tell us, so this is how a message of a
// minute's outage is found (CHANNELS 14). A page is the query of the address that Twilio names next.
func (c sms) History(ctx context.Context, since time.Time, page string) (tandem.History, error) {
	query := url.Values{"PageSize": {historyPage}, "DateSent>": {since.UTC().Format(time.DateOnly)}}
	if !strings.HasPrefix(c.from, "MG") {
		query.Set("To", c.from)
	}
	if page != "" {
		var err error
		if query, err = url.ParseQuery(page); err != nil || query.Get("PageToken") == "" {
			return tandem.History{}, tandem.Coded(tandem.Invalid, CodeBadRequest, "there is no such place in the history")
		}
	}
	var list struct {
		Messages []struct {
			SID       string `json:"sid"`
			From      string `json:"from"`
			Body      string `json:"body"`
			Direction string `json:"direction"`
			Service   string `json:"messaging_service_sid"`
			Media     number `json:"num_media"`
			Sent      string `json:"date_sent"`
		} `json:"messages"`
		Next string `json:"next_page_uri"`
	}
	if err := c.call(ctx, http.MethodGet, c.path("/Messages.json"), query, nil, &list); err != nil {
		return tandem.History{}, err
	}
	h := tandem.History{}
	for _, m := range list.Messages {
		at, err := time.Parse(time.RFC1123Z, m.Sent)
		if m.Direction != "inbound" || err != nil || at.Before(since) || strings.HasPrefix(c.from, "MG") && m.Service != c.from {
			continue
		}
		var parts []tandem.Part
		if m.Media > 0 {
			parts = []tandem.Part{{Type: "unsupported", Value: "mms"}}
		}
		for _, in := range received(m.SID, m.From, m.Body, "", parts, at) {
			in.Account, in.Late = strings.TrimPrefix(c.from, "+"), true
			h.Events = append(h.Events, in)
		}
	}
	if _, next, more := strings.Cut(list.Next, "?"); more {
		h.Next = next
	}
	return h, nil
}

// smsHosts are where Twilio keeps pictures; only its own API gets the token.
var smsHosts = []string{".twilio.com", ".twiliocdn.com", "s3-external-1.amazonaws.com"}

// Fetch opens a picture of an MMS.
func (c sms) Fetch(ctx context.Context, p tandem.Part) (io.ReadCloser, string, error) {
	return download(ctx, c.web, p.URL, func(u *url.URL) bool { return sameBase(u, c.base) || onHost(u, smsHosts) }, func(r *http.Request) {
		if sameBase(r.URL, c.base) {
			r.SetBasicAuth(c.account, c.token)
		}
	})
}

var (
	_ tandem.Tester    = sms{}
	_ tandem.Historian = sms{}
	_ Fetcher          = sms{}
)

// Segments is how many SMS a text is billed as: 160 letters of the GSM alphabet, or 70 as soon as one letter
// is Polish; 153 and 67 where there are several (CHANNELS 14).
func Segments(text string) int {
	units, wide := 0, false
	for _, r := range text {
		switch {
		case strings.ContainsRune(gsmTwice, r):
			units += 2
		case strings.ContainsRune(gsm, r):
			units++
		default:
			wide = true
		}
	}
	one, each := 160, 153
	if wide {
		one, each, units = 70, 67, 0
		for _, r := range text {
			units++
			if r > 0xffff {
				units++
			}
		}
	}
	if units <= one {
		return min(units, 1)
	}
	return (units + each - 1) / each
}

// The letters of an SMS (GSM 03.38), and those that take the room of two.
const (
	gsm = "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿" +
		"abcdefghijklmnopqrstuvwxyzäöñüà"
	gsmTwice = "^{}\\[~]|€\f"
)

// smsFailure says with a code of ours why a status tells that a message failed.
func smsFailure(code string) string {
	n, _ := strconv.Atoi(code)
	if r, ok := smsCodes.find(n, 0); ok && r != doubtful {
		return r.code
	}
	return CodeUnreachable
}
