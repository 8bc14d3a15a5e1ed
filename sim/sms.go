package sim

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"
	"unicode/utf8"
)

// Twilio is api.twilio.com with one account and one number, and the telephones of the people who write to it
// (CHANNELS 14). Safe for many goroutines. Close it when done.
type Twilio struct {
	Account string // AC...
	Token   string
	Number  string // E.164, with the plus
	// Quirks of a day. Set them before anything is sent.
	SignPort   bool          // signs the address with its port, as older services do
	Advanced   bool          // Advanced Opt-Out: the webhook names what an opt-out word meant
	Reorder    bool          // the status "delivered" comes before "sent"
	EarlyState bool          // the first status comes before the answer to the send
	Per        int           // sends a second before 20429; zero means 30
	Late       time.Duration // how long a status takes; zero means 200 ms

	mu      sync.Mutex
	client  *http.Client
	book    *Meta // whose people have the telephones
	hook    string
	all     []*text
	stopped map[string]bool // by number: wrote STOP
	off     map[string]string
	sent    []time.Time
	clock   int64
	outbox  []Out
	log     []int
	faults  Faults
	ctx     context.Context
	cancel  context.CancelFunc
	alarms  alarms
}

// text is one SMS, either way.
type text struct {
	sid, from, to, body, status, callback string
	out                                   bool
	at                                    time.Time
	failure                               int
}

// The demo company's account at Twilio.
const (
	TwilioHost    = "api.twilio.com"
	TwilioAccount = "AC00000000000000000000000000000001"
	TwilioToken   = "tandem-twilio-token"
	SMSNumber     = "+48799000222"
)

// NewTwilio gives an account with one number. Its people are those of book, with the numbers they have there.
func NewTwilio(book *Meta) *Twilio {
	s := &Twilio{Account: TwilioAccount, Token: TwilioToken, Number: SMSNumber, book: book, client: http.DefaultClient, stopped: map[string]bool{}, off: map[string]string{}}
	s.ctx, s.cancel = context.WithCancel(context.Background())
	return s
}

// Connect sets the client that webhooks go out through.
func (s *Twilio) Connect(c *http.Client) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.client = c
}

// Point sets the address that the number sends its messages to, as in Twilio's console.
func (s *Twilio) Point(address string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.hook = address
}

// Faults gives the faults of the API.
func (s *Twilio) Faults() *Faults { return &s.faults }

// Close stops every callback.
func (s *Twilio) Close() {
	s.cancel()
	s.alarms.close()
}

// ServeHTTP answers the calls of the API that a product may make.
func (s *Twilio) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	fail := func(status, code int, what string) func(http.ResponseWriter) {
		return func(w http.ResponseWriter) { twilioError(w, status, code, what) }
	}
	s.faults.serve(w, r, crash{down: fail(503, 20503, "Service unavailable"), limited: fail(429, 20429, "Too Many Requests"), transient: fail(503, 20503, "Service unavailable"), failed: fail(500, 20500, "Internal Server Error")}, s.answer)
}

// twilioError writes an error as Twilio does.
func twilioError(w http.ResponseWriter, status, code int, what string) {
	if status == http.StatusTooManyRequests {
		w.Header().Set("Retry-After", "1")
	}
	replyWith(w, status, map[string]any{"code": code, "message": what, "more_info": "https://www.twilio.com/docs/errors/" + strconv.Itoa(code), "status": status})
}

func (s *Twilio) answer(w http.ResponseWriter, r *http.Request) {
	user, token, _ := r.BasicAuth()
	path, below := strings.CutPrefix(r.URL.Path, "/2010-04-01/Accounts/"+s.Account)
	switch {
	case user != s.Account || token != s.Token:
		twilioError(w, 401, 20003, "Authenticate")
	case !below:
		twilioError(w, 404, 20404, "The requested resource was not found")
	case r.Method == http.MethodGet && path == ".json":
		reply(w, map[string]string{"sid": s.Account, "status": "active", "type": "Full"})
	case r.Method == http.MethodGet && path == "/IncomingPhoneNumbers.json":
		s.numbers(w, r)
	case r.Method == http.MethodGet && path == "/Messages.json":
		s.list(w, r)
	case r.Method == http.MethodPost && path == "/Messages.json":
		s.send(w, r)
	default:
		twilioError(w, 404, 20404, "The requested resource was not found")
	}
}

// numbers tells which numbers the account has and where they send what arrives.
func (s *Twilio) numbers(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	list := []any{}
	if want := r.URL.Query().Get("PhoneNumber"); want == "" || want == s.Number {
		list = append(list, map[string]any{"sid": "PN00000000000000000000000000000001", "phone_number": s.Number, "sms_url": s.hook, "capabilities": map[string]bool{"sms": true}})
	}
	reply(w, map[string]any{"incoming_phone_numbers": list})
}

// list tells messages, newest first, two to a page so that paging is seen.
func (s *Twilio) list(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	q := r.URL.Query()
	from, _ := strconv.Atoi(strings.TrimPrefix(q.Get("PageToken"), "PT"))
	const page = 2
	list, next := []any{}, any(nil)
	seen := 0
	for _, t := range slices.Backward(s.all) {
		if to := q.Get("To"); to != "" && to != t.to || t.at.UTC().Format(time.DateOnly) < q.Get("DateSent>") {
			continue
		}
		if seen++; seen <= from {
			continue
		}
		if len(list) == page {
			q.Set("PageToken", "PT"+strconv.Itoa(from+page))
			q.Set("Page", strconv.Itoa((from+page)/page))
			next = r.URL.Path + "?" + q.Encode()
			break
		}
		list = append(list, t.told())
	}
	reply(w, map[string]any{"messages": list, "next_page_uri": next})
}

// told is a message as the API tells it.
func (t *text) told() map[string]any {
	direction, code := "inbound", any(nil)
	if t.out {
		direction = "outbound-api"
	}
	if t.failure != 0 {
		code = t.failure
	}
	return map[string]any{"sid": t.sid, "from": t.from, "to": t.to, "body": t.body, "status": t.status, "direction": direction, "num_media": "0", "error_code": code,
		"num_segments": strconv.Itoa(segments(t.body)), "date_created": t.at.UTC().Format(time.RFC1123Z), "date_sent": t.at.UTC().Format(time.RFC1123Z), "messaging_service_sid": nil}
}

// segments is how many SMS a text takes: UCS-2 as soon as one letter is not ASCII, which is stricter than GSM.
func segments(body string) int {
	one, each, n := 160, 153, utf8.RuneCountInString(body)
	if n != len(body) {
		one, each = 70, 67
	}
	if n <= one {
		return 1
	}
	return (n + each - 1) / each
}

var (
	internationalNumber = regexp.MustCompile(`^\+[1-9]\d{6,14}$`)
	landline            = regexp.MustCompile(`^\+48(?:1[2-8]|2[2-5]|3[2-4]|4[1-46-8]|5[24-689]|6[1-3578]|7[14-7]|8[1-79]|9[14-5])\d{7}$`)
)

// send takes a message or says why not. Taken is not delivered: a status tells that.
func (s *Twilio) send(w http.ResponseWriter, r *http.Request) {
	if err := r.ParseForm(); err != nil || r.Header.Get("Content-Type") != "application/x-www-form-urlencoded" {
		twilioError(w, 400, 20001, "The request body is no form")
		return
	}
	f := r.PostForm
	to, body := f.Get("To"), f.Get("Body")
	s.mu.Lock()
	code, what := 0, ""
	switch {
	case !internationalNumber.MatchString(to):
		code, what = 21211, "The 'To' number "+to+" is not a valid phone number."
	case landline.MatchString(to):
		code, what = 21614, "'To' number is not a valid mobile number"
	case f.Get("From") == "" && f.Get("MessagingServiceSid") == "":
		code, what = 21603, "A 'From' phone number is required"
	case f.Get("From") != s.Number:
		code, what = 21606, "The 'From' phone number provided is not a valid message-capable Twilio phone number for this destination/account"
	case body == "":
		code, what = 21602, "Message body is required."
	case utf8.RuneCountInString(body) > 1600:
		code, what = 21617, "The concatenated message body exceeds the 1600 character limit"
	case s.stopped[to]:
		code, what = 21610, "Attempt to send to unsubscribed recipient"
	}
	now, per := time.Now(), s.Per
	if per == 0 {
		per = 30
	}
	s.sent = slices.DeleteFunc(s.sent, func(at time.Time) bool { return now.Sub(at) >= time.Second })
	if code != 0 || len(s.sent) >= per {
		s.mu.Unlock()
		if code == 0 {
			twilioError(w, 429, 20429, "Too Many Requests")
			return
		}
		twilioError(w, 400, code, what)
		return
	}
	s.sent = append(s.sent, now)
	t := &text{sid: s.sid(), from: s.Number, to: to, body: body, status: "queued", callback: f.Get("StatusCallback"), out: true, at: now}
	s.all = append(s.all, t)
	told, early := t.told(), s.EarlyState
	s.mu.Unlock()
	if early {
		s.step(t, "sent")
	}
	s.journey(t)
	replyWith(w, http.StatusCreated, told)
}

// sid gives a new id. It grows with time, so that a product that keeps its data does not meet an old one again.
func (s *Twilio) sid() string {
	s.clock = max(s.clock+1, time.Now().UnixMicro())
	return fmt.Sprintf("SM%032x", s.clock)
}

// journey brings a message to the telephone and tells each step.
func (s *Twilio) journey(t *text) {
	late := s.Late
	if late == 0 {
		late = 200 * time.Millisecond
	}
	steps := []string{"sending", "sent", "delivered"}
	if s.Reorder {
		steps = []string{"delivered", "sent"}
	}
	s.mu.Lock()
	if s.off[t.to] != "" {
		steps = []string{"sent", "undelivered"}
		t.failure, _ = strconv.Atoi(s.off[t.to])
	} else {
		s.outbox = append(s.outbox, Out{ID: t.sid, To: s.book.nameOf(t.to), Text: t.body, At: t.at.UTC(), Kind: "text"})
	}
	s.mu.Unlock()
	for i, step := range steps {
		s.alarms.after(time.Duration(i+1)*late, func() { s.step(t, step) })
	}
}

// step tells the address of a message's statuses how far it got.
func (s *Twilio) step(t *text, status string) {
	s.mu.Lock()
	t.status = status
	form := url.Values{"MessageSid": {t.sid}, "SmsSid": {t.sid}, "MessageStatus": {status}, "SmsStatus": {status}, "AccountSid": {s.Account}, "From": {t.from}, "To": {t.to}, "ApiVersion": {"2010-04-01"}}
	if status == "undelivered" || status == "failed" {
		form.Set("ErrorCode", strconv.Itoa(t.failure))
	}
	s.mu.Unlock()
	if t.callback != "" {
		s.knock(t.callback, form, "")
	}
}
