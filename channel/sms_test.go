package channel

import (
	"encoding/base64"
	"net/http"
	"net/url"
	"reflect"
	"strings"
	"testing"
	"time"

	"tandem"
)

const smsHook = "https://tandem.example/hook/sms/48799000222"

// twilioCall signs a form as Twilio does.
func twilioCall(secret string, body []byte) tandem.Webhook {
	form, _ := url.ParseQuery(string(body))
	return tandem.Webhook{Method: "POST", Path: "/48799000222", Address: smsHook, Body: body, At: arrived,
		Header: http.Header{"X-Twilio-Signature": {base64.StdEncoding.EncodeToString(twilioSignature(secret, smsHook, form))}}}
}

// The vector of CHANNELS.md 19, over whichever form of the address Twilio signed.
func TestTwilioSignature(t *testing.T) {
	form := url.Values{"MessageSid": {"SM00000000000000000000000000000001"}, "AccountSid": {"AC00000000000000000000000000000001"}, "From": {"+48600100200"},
		"To": {"+48799000111"}, "Body": {"Gdzie jest moja paczka? Miała być wczoraj"}, "NumMedia": {"0"}}
	const address, token = "https://tandem.example/hooks/sms/acc1", "tandem-twilio-token"
	call := tandem.Webhook{Address: address, Path: "/acc1", Body: []byte(form.Encode()), At: arrived, Header: http.Header{"X-Twilio-Signature": {"An7yaRMOGQCEMqb0gPv8yUR4p9Y="}}}
	in, err := parseSMS([]string{token}, call)
	if err != nil || len(in) != 1 || in[0].Text != form.Get("Body") || in[0].User != "48600100200" || in[0].Account != "acc1" {
		t.Fatalf("the vector: %+v %v", in, err)
	}
	for name, bad := range map[string]func(*tandem.Webhook){
		"another address":  func(c *tandem.Webhook) { c.Address = "https://tandem.example/hooks/sms/acc2" },
		"http":             func(c *tandem.Webhook) { c.Address = strings.Replace(address, "https", "http", 1) },
		"another port":     func(c *tandem.Webhook) { c.Address = "https://tandem.example:8443/hooks/sms/acc1" },
		"a longer query":   func(c *tandem.Webhook) { c.Search = "m=x" },
		"one word changed": func(c *tandem.Webhook) { c.Body = []byte(strings.Replace(form.Encode(), "paczka", "paczki", 1)) },
		"no address known": func(c *tandem.Webhook) { c.Address = "" },
		"no base64":        func(c *tandem.Webhook) { c.Header = http.Header{"X-Twilio-Signature": {"%%%"}} },
	} {
		c := call
		bad(&c)
		if _, err := parseSMS([]string{token}, c); tandem.KindOf(err) != tandem.Denied {
			t.Errorf("%s: %v", name, err)
		}
	}
	for _, told := range []string{"https://tandem.example:443/hooks/sms/acc1", address + "?old=1"} {
		c := call
		c.Address = told
		if _, err := parseSMS([]string{token}, c); err != nil {
			t.Errorf("told as %s: %v", told, err)
		}
	}
	call.Header.Set("X-Twilio-Signature", base64.StdEncoding.EncodeToString(twilioSignature(token, "https://tandem.example:443/hooks/sms/acc1", form)))
	if _, err := parseSMS([]string{token}, call); err != nil {
		t.Errorf("signed with the port: %v", err)
	}
	twice := url.Values{"Body": {"b", "a", "b"}}
	if a, b := twilioSignature(token, address, twice), twilioSignature(token, address, url.Values{"Body": {"a", "b"}}); !reflect.DeepEqual(a, b) {
		t.Error("a repeated parameter counts once and sorted")
	}
}

// A body in JSON is covered by its digest in the address.
func TestTwilioBodyDigest(t *testing.T) {
	body := []byte(`{"a":1}`)
	const digest = "015abd7f5cc57a2dd94b7590f04ad8084273905ee33ec5cebeae62276a97f862"
	call := tandem.Webhook{Address: smsHook, Search: "bodySHA256=" + digest, Query: map[string][]string{"bodySHA256": {digest}}, Body: body, Header: http.Header{}}
	call.Header.Set("X-Twilio-Signature", base64.StdEncoding.EncodeToString(twilioSignature("t", smsHook+"?bodySHA256="+digest, nil)))
	if in, err := parseSMS([]string{"t"}, call); err != nil || in != nil {
		t.Errorf("%v %v", in, err)
	}
	call.Body = []byte(`{"a":2}`)
	if _, err := parseSMS([]string{"t"}, call); tandem.KindOf(err) != tandem.Denied {
		t.Errorf("another body: %v", err)
	}
}

func TestSMSEvents(t *testing.T) {
	const id = "SM00000000000000000000000000000001"
	base := tandem.Inbound{Account: "48799000222", User: "48600100200", Surface: tandem.Direct, At: arrived}
	message := func(change func(*tandem.Inbound)) tandem.Inbound {
		in := base
		in.Kind, in.Key, in.External = tandem.InMessage, id, id
		change(&in)
		return in
	}
	wish := func(text, wish string) tandem.Inbound {
		in := base
		in.Kind, in.Key, in.Text, in.Subject = tandem.InConsent, "consent:"+id, wish, ConsentAll
		return in
	}
	receipt := func(status string, state tandem.Delivery, problem string) tandem.Inbound {
		in := base
		in.Kind, in.Key, in.Target, in.State, in.Problem, in.Ours = tandem.InReceipt, id+":"+status, id, state, problem, "0193f0aa"
		return in
	}
	for _, c := range []struct {
		form string
		want []tandem.Inbound
	}{
		{"Body=Dzie%C5%84+dobry", []tandem.Inbound{message(func(in *tandem.Inbound) { in.Text = "Dzień dobry" })}},
		{"Body=&NumMedia=2&MediaUrl0=https%3A%2F%2Fapi.twilio.com%2Fa&MediaContentType0=image%2Fjpeg&MediaUrl1=https%3A%2F%2Fapi.twilio.com%2Fb&MediaContentType1=application%2Fpdf", []tandem.Inbound{message(func(in *tandem.Inbound) {
			in.Parts = []tandem.Part{{Type: "image", URL: "https://api.twilio.com/a"}, {Type: "file", URL: "https://api.twilio.com/b"}}
		})}},
		{"Body=STOP", []tandem.Inbound{wish("", "stop")}},
		{"Body=+Rezygnuj%C4%99.+", []tandem.Inbound{wish("", "stop")}},
		{"Body=Koniec++SMS", []tandem.Inbound{wish("", "stop")}},
		{"Body=nie+chc%C4%99&OptOutType=STOP", []tandem.Inbound{wish("", "stop")}},
		{"Body=start", []tandem.Inbound{wish("", "resume")}},
		{"Body=YES&OptOutType=START", []tandem.Inbound{wish("", "resume"), message(func(in *tandem.Inbound) { in.Text = "YES" })}},
		{"Body=Kiedy+ten+stop+w+dostawach", []tandem.Inbound{message(func(in *tandem.Inbound) { in.Text = "Kiedy ten stop w dostawach" })}},
		{"Body=HELP&OptOutType=HELP", []tandem.Inbound{message(func(in *tandem.Inbound) { in.Text = "HELP" })}},
		{"MessageStatus=queued", nil},
		{"MessageStatus=sent", []tandem.Inbound{receipt("sent", tandem.Sent, "")}},
		{"MessageStatus=delivered", []tandem.Inbound{receipt("delivered", tandem.Delivered, "")}},
		{"MessageStatus=undelivered&ErrorCode=30006", []tandem.Inbound{receipt("undelivered", tandem.Failed, CodeUnreachable)}},
		{"MessageStatus=failed&ErrorCode=30007", []tandem.Inbound{receipt("failed", tandem.Failed, CodeRestricted)}},
		{"MessageStatus=failed&ErrorCode=77777", []tandem.Inbound{receipt("failed", tandem.Failed, CodeUnreachable)}},
	} {
		from, to := "%2B48600100200", "%2B48799000222"
		if strings.HasPrefix(c.form, "MessageStatus") {
			from, to = to, from
		}
		call := twilioCall("secret", []byte(c.form+"&MessageSid="+id+"&From="+from+"&To="+to))
		if strings.HasPrefix(c.form, "MessageStatus") {
			call.Search = "m=tandem%3A0193f0aa"
			call.Query = map[string][]string{"m": {mark("0193f0aa", 0, 1)}}
			form, _ := url.ParseQuery(string(call.Body))
			call.Header.Set("X-Twilio-Signature", base64.StdEncoding.EncodeToString(twilioSignature("secret", smsHook+"?"+call.Search, form)))
		}
		if got, err := parseSMS([]string{"secret"}, call); err != nil || !reflect.DeepEqual(got, c.want) {
			t.Errorf("%s:\n%+v %v\n%+v", c.form, got, err, c.want)
		}
	}
}

func TestSMSSend(t *testing.T) {
	var asked []url.Values
	a := canaries(smsKind)
	a.External, a.Settings["callback"], a.Settings["account_sid"] = "48 799 000 222", smsHook, "AC1"
	wire := func(r *http.Request) (*http.Response, error) {
		r.ParseForm()
		asked = append(asked, r.PostForm)
		if user, token, _ := r.BasicAuth(); user != "AC1" || token != "canary-token" || r.URL.Path != "/2010-04-01/Accounts/AC1/Messages.json" {
			t.Errorf("%s %s", user, r.URL)
		}
		return answer(201, `{"sid":"SM`+strings.Repeat("0", 31)+string(rune('0'+len(asked)))+`","status":"queued"}`), nil
	}
	o := tandem.Outgoing{Message: "m1", To: "+48600100200", Text: "Paczka już jedzie – będzie jutro… " + strings.Repeat("ż", 1600)}
	r, err := opened(t, a, wire).Send(t.Context(), o)
	if err != nil || len(asked) != 2 || len(r.Also) != 1 || r.Delivery != tandem.Sent || r.External == "" {
		t.Fatalf("%+v %v %d", r, err, len(asked))
	}
	if f := asked[1]; f.Get("To") != "+48600100200" || f.Get("From") != "+48799000222" || f.Get("StatusCallback") != smsHook+"?m="+url.QueryEscape(mark("m1", 1, 2)) {
		t.Errorf("%v", f)
	}
	a.Settings["letters"], a.External, asked = "plain", "MG1", nil
	if _, err := opened(t, a, wire).Send(t.Context(), tandem.Outgoing{Message: "m2", To: "48600100200", Text: "Zażółć „gęślą” – jaźń…"}); err != nil {
		t.Fatal(err)
	}
	if f := asked[0]; f.Get("Body") != `Zazolc "gesla" - jazn...` || f.Get("MessagingServiceSid") != "MG1" || f.Has("From") || Segments(f.Get("Body")) != 1 {
		t.Errorf("%v", f)
	}
	if _, err := opened(t, a, wire).Send(t.Context(), tandem.Outgoing{To: "1", Text: "a", Parts: []tandem.Part{{Type: "image"}}}); tandem.KindOf(err) != tandem.Invalid {
		t.Errorf("a picture: %v", err)
	}
}

func TestSMSRefusals(t *testing.T) {
	for code, want := range map[string]string{"21610": CodeOptedOut, "21211": CodeUnreachable, "21606": CodeNotRegistered, "21617": CodeBadRequest, "20003": CodeAuth, "63016": CodeWindow} {
		_, err := opened(t, canaries(smsKind), plain(400, `{"code":`+code+`,"message":"canary","status":400}`)).Send(t.Context(), sample(smsKind))
		if tandem.CodeOf(err) != want {
			t.Errorf("%s: %v", code, err)
		}
	}
}

func TestSMSTest(t *testing.T) {
	for _, c := range []struct{ numbers, wrong string }{
		{`[{"sms_url":"` + smsHook + `"}]`, ""}, {`[{"sms_url":"https://other.example"}]`, "callback_missing"}, {`[]`, "number_missing"},
	} {
		a := canaries(smsKind)
		a.Settings["callback"] = smsHook
		ch := opened(t, a, func(r *http.Request) (*http.Response, error) {
			if strings.Contains(r.URL.Path, "IncomingPhoneNumbers") {
				return answer(200, `{"incoming_phone_numbers":`+c.numbers+`}`), nil
			}
			return answer(200, `{"status":"active"}`), nil
		})
		ok, wrong, err := ch.(tandem.Tester).Test(t.Context())
		if err != nil || ok[0] != "token_valid" || strings.Join(wrong, " ") != c.wrong {
			t.Errorf("%s: %v %v %v", c.numbers, ok, wrong, err)
		}
	}
}

func TestSMSHistory(t *testing.T) {
	a := canaries(smsKind)
	a.External = "48799000222"
	ch := opened(t, a, func(r *http.Request) (*http.Response, error) {
		if q := r.URL.Query(); q.Get("PageToken") == "" && (q.Get("To") != "+48799000222" || q.Get("DateSent>") != "2026-11-22") {
			t.Errorf("%v", q)
		}
		return answer(200, `{"next_page_uri":"/2010-04-01/Accounts/AC1/Messages.json?Page=1&PageToken=PT1","messages":[
			{"sid":"SM1","from":"+48600100200","body":"Halo?","direction":"inbound","num_media":"0","date_sent":"Sun, 22 Nov 2026 10:00:00 +0000"},
			{"sid":"SM2","from":"+48600100200","body":"stop","direction":"inbound","num_media":"0","date_sent":"Sun, 22 Nov 2026 10:01:00 +0000"},
			{"sid":"SM3","from":"+48799000222","body":"Nasze","direction":"outbound-api","date_sent":"Sun, 22 Nov 2026 10:00:00 +0000"},
			{"sid":"SM4","from":"+48600100200","body":"Wcześniej","direction":"inbound","date_sent":"Sun, 22 Nov 2026 08:00:00 +0000"}]}`), nil
	}).(tandem.Historian)
	h, err := ch.History(t.Context(), time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC), "")
	if err != nil || len(h.Events) != 2 || h.Events[0].Key != "SM1" || !h.Events[0].Late || h.Events[1].Kind != tandem.InConsent || h.Next != "Page=1&PageToken=PT1" {
		t.Fatalf("%+v %v", h, err)
	}
	if _, err := ch.History(t.Context(), time.Time{}, h.Next); err != nil {
		t.Error(err)
	}
}

func TestSMSFetch(t *testing.T) {
	a := canaries(smsKind)
	delete(a.Settings, "base")
	ch := opened(t, a, func(r *http.Request) (*http.Response, error) {
		_, _, signed := r.BasicAuth()
		if signed != (r.URL.Host == "api.twilio.com") {
			t.Errorf("the token went to %s: %v", r.URL.Host, signed)
		}
		if r.URL.Host == "api.twilio.com" {
			res := answer(307, "")
			res.Header.Set("Location", "https://mms.twiliocdn.com/x")
			return res, nil
		}
		return answer(200, "picture"), nil
	}).(Fetcher)
	body, _, err := ch.Fetch(t.Context(), tandem.Part{Type: "image", URL: "https://api.twilio.com/a"})
	if err != nil {
		t.Fatal(err)
	}
	body.Close()
	for _, bad := range []string{"http://api.twilio.com/a", "https://169.254.169.254/", "https://twilio.com.evil.example/a", ""} {
		if _, _, err := ch.Fetch(t.Context(), tandem.Part{Type: "image", URL: bad}); tandem.KindOf(err) != tandem.Invalid {
			t.Errorf("%s: %v", bad, err)
		}
	}
}

func TestSegments(t *testing.T) {
	for text, want := range map[string]int{"": 0, "a": 1, strings.Repeat("a", 160): 1, strings.Repeat("a", 161): 2, strings.Repeat("a", 307): 3, strings.Repeat("€", 80): 1, strings.Repeat("€", 81): 2,
		strings.Repeat("ż", 70): 1, strings.Repeat("ż", 71): 2, strings.Repeat("ż", 135): 3, strings.Repeat("😀", 35): 1, strings.Repeat("😀", 36): 2} {
		if got := Segments(text); got != want {
			t.Errorf("%d letters of %.4q: %d, want %d", len(text), text, got, want)
		}
	}
}

// The wish of no more messages is a whole message; what only contains the word is for a person to read.
func TestConsentWords(t *testing.T) {
	for text, want := range map[string]bool{"STOP": true, "Rezygnuję!": true, "nie piszcie do mnie": true, "wypisz  mnie.": true, "Proszę do mnie nie pisać": true,
		"stop, to nie tak": false, "gdzie jest paczka": false, "": false, "nie pisz do mnie po 20": false} {
		in, got := Consent(tandem.Inbound{Kind: tandem.InMessage, Key: "k", Text: text, Surface: tandem.Direct})
		if got != want || got && (in.Kind != tandem.InConsent || in.Subject != ConsentMarketing || in.Key != "consent:k") {
			t.Errorf("%q: %v %+v", text, got, in)
		}
	}
	if _, got := Consent(tandem.Inbound{Kind: tandem.InMessage, Text: "stop", Surface: tandem.Comment}); got {
		t.Error("a public word stops nothing")
	}
}
