package sim

import (
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

// desk is a product that takes Twilio's webhooks and answers as it is told.
type smsDesk struct {
	forms        []url.Values
	kind, answer string
	status       int
}

func (d *smsDesk) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	r.ParseForm()
	if r.Header.Get("X-Twilio-Signature") != SignSMS(TwilioToken, "https://"+r.Host+r.URL.RequestURI(), r.PostForm) {
		w.WriteHeader(403)
		return
	}
	d.forms = append(d.forms, r.PostForm)
	w.Header().Set("Content-Type", d.kind)
	w.WriteHeader(max(200, d.status))
	io.WriteString(w, d.answer)
}

// twilio runs a test with an account and a product in one bubble.
func twilio(t *testing.T, run func(t *testing.T, s *Twilio, d *smsDesk, send func(form url.Values) (int, map[string]any))) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		n, w, d := NewNet(), ModnaSzafa(time.Now()), &smsDesk{kind: "text/xml", answer: "<Response/>"}
		w.Join(n)
		n.Handle("desk.test", d)
		w.SMS.Point("https://desk.test/hook")
		defer w.Close()
		run(t, w.SMS, d, func(form url.Values) (int, map[string]any) {
			r, _ := http.NewRequest("POST", "https://"+TwilioHost+"/2010-04-01/Accounts/"+TwilioAccount+"/Messages.json", strings.NewReader(form.Encode()))
			r.SetBasicAuth(TwilioAccount, TwilioToken)
			r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
			res, err := n.Client().Do(r)
			if err != nil {
				return 0, nil
			}
			var out map[string]any
			json.NewDecoder(res.Body).Decode(&out)
			return res.StatusCode, out
		})
	})
}

// CHANNELS.md 17, "Others": Twilio's signature with the variants of the port, 21610, and what else it refuses.
func TestTwilioRefuses(t *testing.T) {
	twilio(t, func(t *testing.T, s *Twilio, d *smsDesk, send func(url.Values) (int, map[string]any)) {
		ok := url.Values{"From": {SMSNumber}, "To": {"+48600100200"}, "Body": {"Dzień dobry"}}
		for name, c := range map[string]struct {
			change func(url.Values)
			code   float64
		}{
			"no plus":     {func(f url.Values) { f.Set("To", "48600100200") }, 21211},
			"landline":    {func(f url.Values) { f.Set("To", "+48221002030") }, 21614},
			"not ours":    {func(f url.Values) { f.Set("From", "+48111222333") }, 21606},
			"nobody":      {func(f url.Values) { f.Del("From") }, 21603},
			"empty":       {func(f url.Values) { f.Del("Body") }, 21602},
			"1601 letter": {func(f url.Values) { f.Set("Body", strings.Repeat("ż", 1601)) }, 21617},
		} {
			f := url.Values{}
			for k, v := range ok {
				f[k] = v
			}
			c.change(f)
			if status, got := send(f); status != 400 || got["code"] != c.code {
				t.Errorf("%s: %d %v", name, status, got)
			}
		}
		s.Text("ania", "stop", SMSOptions{})
		f := url.Values{"From": {SMSNumber}, "To": {"+" + s.book.numberOf("ania")}, "Body": {"a"}}
		if status, got := send(f); status != 400 || got["code"] != float64(21610) {
			t.Errorf("opted out: %d %v", status, got)
		}
		s.Text("ania", "Start", SMSOptions{})
		if status, _ := send(f); status != 201 {
			t.Errorf("opted in: %d", status)
		}
		s.Per = 2
		send(ok)
		if status, got := send(ok); status != 429 || got["code"] != float64(20429) {
			t.Errorf("too often: %d %v", status, got)
		}
	})
}

func TestTwilioTellsTheWay(t *testing.T) {
	twilio(t, func(t *testing.T, s *Twilio, d *smsDesk, send func(url.Values) (int, map[string]any)) {
		f := url.Values{"From": {SMSNumber}, "To": {"+48600100200"}, "Body": {strings.Repeat("ż", 71)}, "StatusCallback": {"https://desk.test/hook?m=1"}}
		status, got := send(f)
		if status != 201 || got["status"] != "queued" || got["num_segments"] != "2" {
			t.Fatalf("%d %v", status, got)
		}
		time.Sleep(5 * time.Second)
		synctest.Wait()
		way := func() (out []string) {
			for _, f := range d.forms {
				out = append(out, f.Get("MessageStatus"))
			}
			d.forms = nil
			return out
		}
		if w := strings.Join(way(), " "); w != "sending sent delivered" {
			t.Errorf("%s", w)
		}
		s.SwitchOff("48600100200", "30003")
		send(f)
		time.Sleep(5 * time.Second)
		synctest.Wait()
		if last := d.forms[len(d.forms)-1]; last.Get("MessageStatus") != "undelivered" || last.Get("ErrorCode") != "30003" {
			t.Errorf("%v", last)
		}
		if n := len(s.Outbox("48600100200")); n != 1 {
			t.Errorf("%d reached the telephone", n)
		}
	})
}

// What a product answers in plain text goes to the customer: the mistake is seen, not hidden.
func TestTwilioSendsWhatItIsAnswered(t *testing.T) {
	twilio(t, func(t *testing.T, s *Twilio, d *smsDesk, _ func(url.Values) (int, map[string]any)) {
		s.Advanced = true
		if _, status := s.Text("ania", "STOP", SMSOptions{}); status != 200 || d.forms[0].Get("OptOutType") != "STOP" || len(s.Outbox("ania")) != 0 {
			t.Errorf("%d %v", status, d.forms)
		}
		d.kind, d.answer = "text/plain", "EVENT_RECEIVED"
		s.Text("ania", "Halo", SMSOptions{Copies: 2})
		d.kind, d.answer = "text/xml", "<Response><Message>Już</Message></Response>"
		s.Text("ania", "Halo", SMSOptions{})
		if got := s.Outbox("ania"); len(got) != 3 || got[0].Text != "EVENT_RECEIVED" || got[2].Text != "Już" {
			t.Errorf("%+v", got)
		}
		s.SignPort = true
		if _, status := s.Text("ania", "Halo", SMSOptions{}); status != 403 {
			t.Errorf("signed with the port: %d", status)
		}
	})
}
