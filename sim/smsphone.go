package sim

import (
	"context"
	"crypto/hmac"
	"crypto/sha1"
	"encoding/base64"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Twilio's own words, whole messages in any case (CHANNELS 14). It obeys them whatever the product does.
var (
	twilioStop  = []string{"STOP", "STOPALL", "UNSUBSCRIBE", "CANCEL", "END", "QUIT", "REVOKE", "OPTOUT"}
	twilioStart = []string{"START", "UNSTOP", "YES"}
)

// SMSOptions are what may be unusual about an SMS that somebody writes.
type SMSOptions struct {
	Copies       int  // how often the webhook comes; zero means once
	BadSignature bool // signed with another token
	Media        []InboundAtt
	Missed       bool // the webhook never comes: only the list of messages has it
}

// Text is a person writing an SMS to the company. It gives the message's id and the status of the webhook, 0
// where nobody answered. Twilio calls once and never again.
func (s *Twilio) Text(user, body string, o SMSOptions) (id string, status int) {
	from := "+" + s.book.numberOf(user)
	s.mu.Lock()
	t := &text{sid: s.sid(), from: from, to: s.Number, body: body, status: "received", at: time.Now()}
	s.all = append(s.all, t)
	form := url.Values{"MessageSid": {t.sid}, "SmsSid": {t.sid}, "SmsMessageSid": {t.sid}, "SmsStatus": {"received"}, "AccountSid": {s.Account}, "From": {from}, "To": {s.Number}, "Body": {body},
		"NumMedia": {strconv.Itoa(len(o.Media))}, "NumSegments": {strconv.Itoa(segments(body))}, "FromCountry": {"PL"}, "ApiVersion": {"2010-04-01"}}
	for i, m := range o.Media {
		form.Set("MediaUrl"+strconv.Itoa(i), m.URL)
		form.Set("MediaContentType"+strconv.Itoa(i), m.MIME)
	}
	word, meant := strings.ToUpper(strings.TrimSpace(body)), ""
	switch {
	case slices.Contains(twilioStop, word):
		s.stopped[from], meant = true, "STOP"
	case slices.Contains(twilioStart, word):
		delete(s.stopped, from)
		meant = "START"
	}
	if s.Advanced && meant != "" {
		form.Set("OptOutType", meant)
	}
	hook := s.hook
	s.mu.Unlock()
	token := ""
	if o.BadSignature {
		token = "stolen"
	}
	for range max(1, o.Copies) {
		if hook != "" && !o.Missed {
			status = s.knock(hook, form, token)
		}
	}
	return t.sid, status
}

// SwitchOff makes messages to a person come back undelivered with a code of Twilio's; an empty code makes the
// telephone work again.
func (s *Twilio) SwitchOff(user, code string) {
	number := "+" + s.book.numberOf(user)
	s.mu.Lock()
	defer s.mu.Unlock()
	s.off[number] = code
}

// Outbox lists what reached a person's telephone, oldest first; everybody's for an empty name. Never nil.
func (s *Twilio) Outbox(to string) []Out {
	if to != "" {
		to = s.book.nameOf("+" + s.book.numberOf(to))
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	out := []Out{}
	for _, o := range s.outbox {
		if to == "" || o.To == to {
			out = append(out, o)
		}
	}
	return out
}

// Calls are the answers to the webhooks so far: the status each got, 0 for none.
func (s *Twilio) Calls() []int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.log)
}

// SignSMS is the signature of a webhook of Twilio's.
func SignSMS(token, address string, form url.Values) string {
	m := hmac.New(sha1.New, []byte(token))
	m.Write([]byte(address))
	for _, name := range sorted(form) {
		for _, v := range form[name] {
			m.Write([]byte(name + v))
		}
	}
	return base64.StdEncoding.EncodeToString(m.Sum(nil))
}

func sorted(form url.Values) (names []string) {
	for name := range form {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

// knock calls the product once, within 15 seconds. An answer with words in it is sent to the person as an SMS:
// plain text as it is, TwiML's messages one by one.
func (s *Twilio) knock(address string, form url.Values, token string) int {
	ctx, cancel := context.WithTimeout(s.ctx, 15*time.Second)
	defer cancel()
	s.mu.Lock()
	client, signed := s.client, address
	if token == "" {
		token = s.Token
	}
	if s.SignPort {
		signed = withPort(address)
	}
	s.mu.Unlock()
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, address, strings.NewReader(form.Encode()))
	if err != nil {
		return 0
	}
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("User-Agent", "TwilioProxy/1.1")
	r.Header.Set("X-Twilio-Signature", SignSMS(token, signed, form))
	status, said, kind := 0, "", ""
	if answer, err := client.Do(r); err == nil {
		b, _ := io.ReadAll(io.LimitReader(answer.Body, 64<<10))
		answer.Body.Close()
		status, said, kind = answer.StatusCode, string(b), answer.Header.Get("Content-Type")
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.log = append(s.log, status)
	if form.Get("MessageStatus") != "" || status < 200 || status > 299 {
		return status
	}
	if _, after, words := strings.Cut(said, "<Message>"); words {
		said, _, _ = strings.Cut(after, "</Message>")
	} else if !strings.HasPrefix(kind, "text/plain") {
		said = ""
	}
	if said != "" {
		s.outbox = append(s.outbox, Out{ID: s.sid(), To: s.book.nameOf(form.Get("From")), Text: said, At: time.Now().UTC(), Kind: "text"})
	}
	return status
}

// withPort writes the usual port into an address.
func withPort(address string) string {
	u, err := url.Parse(address)
	if err != nil || u.Port() != "" {
		return address
	}
	u.Host += map[string]string{"http": ":80", "https": ":443"}[u.Scheme]
	return u.String()
}

// numberOf is a person's telephone number, digits with the country code.
func (m *Meta) numberOf(user string) string {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.person(user).Phone
}

// nameOf is the short name of whoever has a number.
func (m *Meta) nameOf(number string) string {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.person(number).Name
}

// sms is POST /sim/sms/message.
func (c *Control) sms(_ context.Context, in Inbound) (string, error) {
	id, status := c.world.SMS.Text(in.From, in.Text, SMSOptions{Copies: in.Repeat, Media: in.Attachments})
	if status < 200 || status > 299 {
		return "", errUnheard(status)
	}
	return id, nil
}

// errUnheard says that the product did not take a webhook: Twilio does not try again.
type errUnheard int

// Error names the status.
func (e errUnheard) Error() string {
	return "tandem answered " + strconv.Itoa(int(e)) + "; Twilio does not try again"
}
