package channel

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"tandem"
)

const (
	numberID = "330000000000001"
	phone    = "48600100200"
	userID   = "PL.9f3Ka0000000001"
	waSample = `{"object":"whatsapp_business_account","entry":[{"id":"220000000000001","changes":[{"field":"messages","value":{"messaging_product":"whatsapp","metadata":{"display_phone_number":"48799000111","phone_number_id":"330000000000001"},"contacts":[{"profile":{"name":"Anna P.","username":"@anna_p"},"wa_id":"48600100200","user_id":"PL.9f3Ka0000000001"}],"messages":[{"from":"48600100200","from_user_id":"PL.9f3Ka0000000001","id":"wamid.T0001","timestamp":"1795341600","type":"text","text":{"body":"Gdzie jest moja paczka?!"}}]}}]}]}`
)

func init() {
	hookSamples["whatsapp"] = hookSample{metaSigned, waSample}
	fuzzSeeds = append(fuzzSeeds,
		onNumber("messages", `"messages":[null,{"id":"x","type":"interactive"},{"id":"y","from":"1","type":"image"},{"id":1,"from":2,"type":"edit"}],"statuses":[null,{"id":"w","status":"failed","errors":[{}]}]`),
		onNumber("standby", `"standby":{"messages":[{"id":"x","from":"1","type":"contacts","contacts":[{"phones":[{}]}]}]}`),
		onNumber("user_id_update", `"user_id_update":[{"user_id":{"previous":"a"}}]`),
		onNumber("calls", `"calls":[{"id":"c","from":"1","event":"connect","direction":"USER_INITIATED"}]`),
		onNumber("account_update", `"event":"X"`), onNumber("messaging_handovers", `"type":"control_taken","sender":{"phone_number":1}`))
}

// onNumber puts the inside of a value into the frame of a number.
func onNumber(field, value string) string {
	return fmt.Sprintf(`{"object":"whatsapp_business_account","entry":[{"id":"220000000000001","changes":[{"field":%q,"value":{"messaging_product":"whatsapp","metadata":{"phone_number_id":"330000000000001"},%s}}]}]}`, field, value)
}

func waFrom(rest string) string {
	return onNumber("messages", `"messages":[{"from":"48600100200","id":"wamid.T","timestamp":"1795341601",`+rest+`}]`)
}

func TestWhatsAppText(t *testing.T) {
	in := parseOne(t, "whatsapp", waSample)
	want := tandem.Inbound{Kind: tandem.InMessage, Account: numberID, Key: "wamid.T0001", External: "wamid.T0001", User: userID, Alias: []string{phone},
		Name: "Anna P.", Username: "anna_p", Surface: tandem.Direct, Text: "Gdzie jest moja paczka?!", At: time.Unix(1795341600, 0).UTC()}
	if fmt.Sprintf("%+v", in) != fmt.Sprintf("%+v", want) {
		t.Errorf("got  %+v\nwant %+v", in, want)
	}
}

func TestWhatsAppMessages(t *testing.T) {
	part := func(p tandem.Part) []tandem.Part { return []tandem.Part{p} }
	for _, c := range []struct {
		name, rest string
		want       tandem.Inbound
	}{
		{"image", `"type":"image","image":{"id":"7001","caption":"Uszkodzona paczka","url":"https://media.example/7001"}`,
			tandem.Inbound{Text: "Uszkodzona paczka", Parts: part(tandem.Part{Type: "image", Value: "7001", URL: "https://media.example/7001"})}},
		{"voice", `"type":"audio","audio":{"id":7002,"voice":true}`, tandem.Inbound{Parts: part(tandem.Part{Type: "audio", Value: "7002", Name: "voice"})}},
		{"document", `"type":"document","document":{"id":"7003","filename":"faktura.pdf"}`,
			tandem.Inbound{Parts: part(tandem.Part{Type: "file", Value: "7003", Name: "faktura.pdf"})}},
		{"sticker", `"type":"sticker","sticker":{"id":"7004"}`, tandem.Inbound{Parts: part(tandem.Part{Type: "sticker", Value: "7004"})}},
		{"location", `"type":"location","location":{"latitude":52.2297,"longitude":21.0122,"name":"Paczkomat WAW01A","address":"ul. Prosta 1"}`,
			tandem.Inbound{Parts: part(tandem.Part{Type: "location", Name: "Paczkomat WAW01A", Value: "ul. Prosta 1", Lat: 52.2297, Lon: 21.0122})}},
		{"contacts", `"type":"contacts","contacts":[{"name":{"formatted_name":"Jan P."},"phones":[{"phone":"+48 600 300 400","wa_id":"48600300400"}]}]`,
			tandem.Inbound{Parts: part(tandem.Part{Type: "contact", Name: "Jan P.", Value: "+48 600 300 400"})}},
		{"asks for a person", `"type":"interactive","context":{"id":"wamid.OUT1"},"interactive":{"type":"button_reply","button_reply":{"id":"talk_human","title":"Konsultant"}}`,
			tandem.Inbound{Kind: tandem.InHuman, Text: "Konsultant", ReplyTo: "wamid.OUT1"}},
		{"list", `"type":"interactive","context":{"id":"wamid.OUT2"},"interactive":{"type":"list_reply","list_reply":{"id":"order_1001","title":"Zamówienie 1001"}}`,
			tandem.Inbound{Text: "Zamówienie 1001", ReplyTo: "wamid.OUT2", Parts: part(tandem.Part{Type: "quick_reply", Name: "Zamówienie 1001", Value: "order_1001"})}},
		{"form", `"type":"interactive","interactive":{"type":"nfm_reply","nfm_reply":{"name":"flow","body":"Sent","response_json":"{\"order\":\"1001\"}"}}`,
			tandem.Inbound{Text: "Sent", Parts: part(tandem.Part{Type: "form", Name: "flow", Value: `{"order":"1001"}`})}},
		{"empty interactive", `"type":"interactive"`, tandem.Inbound{Parts: part(tandem.Part{Type: "unsupported", Value: "interactive"})}},
		{"template button", `"type":"button","context":{"id":"wamid.TPL1"},"button":{"payload":"STOP_PROMO","text":"Zatrzymaj promocje"}`,
			tandem.Inbound{Text: "Zatrzymaj promocje", ReplyTo: "wamid.TPL1", Parts: part(tandem.Part{Type: "quick_reply", Name: "Zatrzymaj promocje", Value: "STOP_PROMO"})}},
		{"reaction", `"type":"reaction","reaction":{"message_id":"wamid.OUT1","emoji":"👍"}`,
			tandem.Inbound{Kind: tandem.InReaction, Target: "wamid.OUT1", Text: "👍"}},
		{"reaction taken back", `"type":"reaction","reaction":{"message_id":"wamid.OUT1"}`, tandem.Inbound{Kind: tandem.InReaction, Target: "wamid.OUT1"}},
		{"advertisement", `"type":"text","text":{"body":"z reklamy"},"referral":{"source_url":"https://fb.example/ad","source_id":"ad1","headline":"Buty"}`,
			tandem.Inbound{Text: "z reklamy", Parts: part(tandem.Part{Type: "referral", Name: "Buty", URL: "https://fb.example/ad", Value: "ad1"})}},
		{"order", `"type":"order","order":{"text":"","product_items":[{"product_retailer_id":"SKU7","quantity":1}]}`,
			tandem.Inbound{Parts: part(tandem.Part{Type: "product", Value: "SKU7"})}},
		{"new number", `"type":"system","system":{"type":"user_changed_number","wa_id":"48600999888"}`,
			tandem.Inbound{Kind: tandem.InIdentity, Alias: []string{"48600999888"}}},
		{"new user id", `"type":"system","system":{"type":"user_changed_user_id","user_id":"PL.new1"}`,
			tandem.Inbound{Kind: tandem.InIdentity, Alias: []string{"PL.new1"}}},
		{"new phone or person", `"type":"system","system":{"type":"customer_identity_changed"}`,
			tandem.Inbound{Kind: tandem.InIdentity, Problem: "identity_changed"}},
		{"unsupported", `"type":"unsupported","errors":[{"code":131051}],"unsupported":{"type":"poll_creation"}`,
			tandem.Inbound{Parts: part(tandem.Part{Type: "unsupported", Value: "poll_creation"})}},
		{"unheard of", `"type":"hologram","hologram":{}`, tandem.Inbound{Parts: part(tandem.Part{Type: "unsupported", Value: "hologram"})}},
		{"revoke", `"type":"revoke","revoke":{"original_message_id":"wamid.T0"}`, tandem.Inbound{Kind: tandem.InDeleted, Target: "wamid.T0"}},
		{"edit", `"type":"edit","edit":{"original_message_id":"wamid.T0","message":{"type":"text","text":{"body":"poprawione"}}}`,
			tandem.Inbound{Kind: tandem.InEdited, Target: "wamid.T0", Text: "poprawione"}},
	} {
		in := parseOne(t, "whatsapp", waFrom(c.rest))
		if c.want.Kind == "" {
			c.want.Kind = tandem.InMessage
		}
		c.want.Account, c.want.User, c.want.Surface, c.want.Key = numberID, phone, tandem.Direct, "wamid.T"
		agrees(t, c.name, in, c.want, phone)
		if said := in.Kind == tandem.InMessage || in.Kind == tandem.InHuman; said != (in.External == "wamid.T") {
			t.Errorf("%s: external %q", c.name, in.External)
		}
	}
}

func TestWhatsAppLeavesOut(t *testing.T) {
	for _, rest := range []string{`"type":"text","text":{"body":"a"},"group_id":"g1"`, `"type":"request_welcome"`} {
		if all := parseAll(t, "whatsapp", waFrom(rest)); len(all) > 0 {
			t.Errorf("%s: %+v", rest, all)
		}
	}
}

func TestWhatsAppPersons(t *testing.T) {
	contacts := `"contacts":[{"wa_id":"1","profile":{"name":"Other"}},{"wa_id":"48600100200","user_id":"PL.9f3Ka0000000001","profile":{"name":"Anna"}}],`
	message := func(before, ids string) tandem.Inbound {
		return parseOne(t, "whatsapp", onNumber("messages", before+`"messages":[{`+ids+`"id":"wamid.T","timestamp":"1","type":"text","text":{"body":"a"}}]`))
	}
	for _, c := range []struct{ before, ids, user, alias, name string }{
		{"", `"from":"48600100200",`, phone, "", ""},
		{contacts, `"from":"48600100200",`, userID, phone, "Anna"},
		{contacts, `"from_user_id":"PL.9f3Ka0000000001",`, userID, phone, "Anna"},
		{"", `"from_user_id":"PL.9f3Ka0000000001",`, userID, "", ""},
		{"", `"from":"PL.9f3Ka0000000001",`, userID, "", ""},
		{`"contacts":[{"wa_id":"PL.9f3Ka0000000001","profile":{"name":"Anna"}}],`, `"from":"PL.9f3Ka0000000001",`, userID, "", "Anna"},
	} {
		in := message(c.before, c.ids)
		if in.User != c.user || strings.Join(in.Alias, " ") != c.alias || in.Name != c.name {
			t.Errorf("%s %s: %s %v %s", c.before, c.ids, in.User, in.Alias, in.Name)
		}
	}
	given := parseOne(t, "whatsapp", onNumber("messages", `"messages":[{"from_user_id":"PL.9f3Ka0000000001","id":"wamid.T18","timestamp":"1795341617","type":"contacts","origin":"contact_request","contacts":[{"phones":[{"phone":"48600100200"}]}]}]`))
	if !slices.Equal(given.Alias, []string{phone}) {
		t.Errorf("the number somebody gave on request is theirs: %+v", given)
	}
	given = parseOne(t, "whatsapp", onNumber("messages", `"messages":[{"from_user_id":"PL.9f3Ka0000000001","id":"wamid.T19","timestamp":"1795341617","type":"contacts","origin":"contact_request","contacts":[{"phones":[{"phone":"+48 600 100 200"}]}]}]`))
	if !slices.Equal(given.Alias, []string{phone}) {
		t.Errorf("the number as people write it is the same number: %+v", given)
	}
}

func TestWhatsAppStatuses(t *testing.T) {
	status := func(rest string) []tandem.Inbound {
		return parseAll(t, "whatsapp", onNumber("messages", `"statuses":[{"id":"wamid.OUT1","timestamp":"1795341620",`+rest+`}]`))
	}
	for given, want := range map[string]tandem.Delivery{"sent": tandem.Sent, "delivered": tandem.Delivered, "read": tandem.Read, "played": tandem.Read} {
		all := status(fmt.Sprintf(`"status":%q,"recipient_id":"48600100200","recipient_user_id":"PL.9f3Ka0000000001","biz_opaque_callback_data":"tnd:out_01J"`, given))
		if len(all) != 1 || all[0].State != want || all[0].Target != "wamid.OUT1" || all[0].Ours != "out_01J" || all[0].User != userID || all[0].Key != "wamid.OUT1:"+given+":1795341620" {
			t.Errorf("%s: %+v", given, all)
		}
	}
	for code, want := range map[int]string{131047: CodeWindow, 131026: CodeUnreachable, 132001: CodeTemplate, 131042: CodeRestricted, 131000: "error_131000", 7: "error_7"} {
		all := status(fmt.Sprintf(`"status":"failed","errors":[{"code":%d,"title":"x"}]`, code))
		if len(all) != 1 || all[0].State != tandem.Failed || all[0].Problem != want {
			t.Errorf("%d: %+v", code, all)
		}
	}
	for _, none := range []string{`"status":"warning"`, `"status":"read","type":"call"`} {
		if all := status(none); len(all) > 0 {
			t.Errorf("%s: %+v", none, all)
		}
	}
}

func TestWhatsAppOtherFields(t *testing.T) {
	for _, c := range []struct {
		name, field, value string
		want               tandem.Inbound
	}{
		{"a person on the phone", "smb_message_echoes", `"message_echoes":[{"from":"48799000111","to":"48600100200","id":"wamid.E","timestamp":"1795341601","type":"text","text":{"body":"Już sprawdzam"}}]`,
			tandem.Inbound{Kind: tandem.InEcho, Key: "wamid.E", App: companion, User: phone, Text: "Już sprawdzam"}},
		{"standby", "standby", `"standby":{"messages":[{"from":"48600100200","id":"wamid.S","timestamp":"1795341601","type":"text","text":{"body":"a"}}]}`,
			tandem.Inbound{Kind: tandem.InMessage, Key: "standby:wamid.S", External: "wamid.S", Standby: true, User: phone, Text: "a"}},
		{"stop", "user_preferences", `"user_preferences":[{"wa_id":"48600100200","category":"marketing_messages","value":"stop","timestamp":1795341601}]`,
			tandem.Inbound{Kind: tandem.InConsent, User: phone, Text: "stop", Subject: ConsentMarketing}},
		{"new id", "user_id_update", `"user_id_update":[{"wa_id":"48600100200","user_id":{"previous":"PL.old1","current":"PL.new1"},"timestamp":"1795341601"}]`,
			tandem.Inbound{Kind: tandem.InIdentity, User: "PL.old1", Alias: []string{"PL.new1", phone}}},
		{"call", "calls", `"calls":[{"id":"wacid.1","from":"48600100200","event":"connect","direction":"USER_INITIATED","timestamp":"1795341601"}]`,
			tandem.Inbound{Kind: tandem.InMessage, Key: "wacid.1", User: phone, Parts: []tandem.Part{{Type: "call"}}}},
		{"passed to people", "messaging_handovers", `"sender":{"phone_number":"48600100200"},"recipient":{"phone_number_id":"330000000000001"},"timestamp":"1795341650","type":"control_passed","control_passed":{"new_owner_role":"escalation"}`,
			tandem.Inbound{Kind: tandem.InControl, App: "escalation", State: tandem.StateTheirs, User: phone}},
		{"passed back", "messaging_handovers", `"sender":{"phone_number":"48600100200"},"timestamp":"1795341650","type":"control_passed","control_passed":{"new_owner_role":"ai_agent"}`,
			tandem.Inbound{Kind: tandem.InControl, App: "ai_agent", State: tandem.StateOurs, User: phone}},
		{"taken", "messaging_handovers", `"sender":{"phone_number":"48600100200"},"timestamp":"1795341650","type":"control_taken"`,
			tandem.Inbound{Kind: tandem.InControl, State: tandem.StateTheirs, User: phone}},
	} {
		c.want.Account, c.want.Surface = numberID, tandem.Direct
		agrees(t, c.name, parseOne(t, "whatsapp", onNumber(c.field, c.value)), c.want, phone)
	}
	for field, c := range map[string]struct {
		value, problem string
		kind           tandem.InboundKind
	}{
		"message_template_status_update": {`"event":"PAUSED","message_template_name":"status_paczki"`, "template_paused", tandem.InNews},
		"phone_number_quality_update":    {`"event":"FLAGGED"`, "quality_flagged", tandem.InNews},
		"account_update":                 {`"event":"DISABLED_UPDATE"`, "account_disabled_update", tandem.InAlert},
		"account_alerts":                 {`"alert_type":"X"`, "alert_x", tandem.InNews},
		"messages":                       {`"errors":[{"code":131031}]`, CodeRestricted, tandem.InNews},
	} {
		if in := parseOne(t, "whatsapp", onNumber(field, c.value)); in.Problem != c.problem || in.Kind != c.kind || in.Account != numberID {
			t.Errorf("%s: %+v", field, in)
		}
	}
	if in := parseOne(t, "whatsapp", `{"object":"whatsapp_business_account","entry":[{"id":"220000000000001","changes":[{"field":"account_update","value":{"event":"X"}}]}]}`); in.Account != "220000000000001" {
		t.Errorf("an alert of the whole account: %+v", in)
	}
}

const sentWA = `{"contacts":[{"input":"+48600100200","wa_id":"48600100200","user_id":"PL.9f3Ka0000000001"}],"messages":[{"id":"wamid.OUT1"}]}`

func TestWhatsAppSends(t *testing.T) {
	text := func(change func(*tandem.Outgoing)) tandem.Outgoing {
		o := tandem.Outgoing{Message: "out1", To: phone, Thread: phone, Surface: tandem.Direct, Text: "Sprawdzam"}
		change(&o)
		return o
	}
	to := `,"messaging_product":"whatsapp","recipient_type":"individual",`
	opaque := `{"biz_opaque_callback_data":"tnd:out1"`
	for _, c := range []struct {
		name string
		o    tandem.Outgoing
		want string
	}{
		{"text", text(func(o *tandem.Outgoing) { o.ReplyTo = "wamid.T0001" }),
			opaque + `,"context":{"message_id":"wamid.T0001"}` + to + `"text":{"body":"Sprawdzam","preview_url":false},"to":"+48600100200","type":"text"}`},
		{"to a user id", text(func(o *tandem.Outgoing) { o.To = userID }),
			opaque + `,"messaging_product":"whatsapp","recipient":"PL.9f3Ka0000000001","recipient_type":"individual","text":{"body":"Sprawdzam","preview_url":false},"type":"text"}`},
		{"buttons", text(func(o *tandem.Outgoing) { o.Choice = []string{"Tak", "Nie"} }),
			opaque + `,"interactive":{"action":{"buttons":[{"reply":{"id":"Tak","title":"Tak"},"type":"reply"},{"reply":{"id":"Nie","title":"Nie"},"type":"reply"}]},"body":{"text":"Sprawdzam"},"type":"button"}` + to + `"to":"+48600100200","type":"interactive"}`},
		{"list", text(func(o *tandem.Outgoing) { o.Choice, o.Lang = []string{"Rozmowa z człowiekiem teraz"}, "en" }),
			opaque + `,"interactive":{"action":{"button":"Choose","sections":[{"rows":[{"id":"Rozmowa z człowiekiem teraz","title":"Rozmowa z człowiekiem t…"}]}]},"body":{"text":"Sprawdzam"},"type":"list"}` + to + `"to":"+48600100200","type":"interactive"}`},
		{"template after the window", text(func(o *tandem.Outgoing) {
			o.Template, o.Since = &tandem.Filled{Name: "status_paczki", Lang: "pl", Values: []string{"1001"}}, 99*time.Hour
		}), opaque + to + `"template":{"components":[{"parameters":[{"text":"1001","type":"text"}],"type":"body"}],"language":{"code":"pl"},"name":"status_paczki"},"to":"+48600100200","type":"template"}`},
		{"document", text(func(o *tandem.Outgoing) {
			o.Text, o.Parts = "", []tandem.Part{{Type: "file", URL: "https://s.example/f.pdf", Name: "faktura.pdf"}}
		}), opaque + `,"document":{"filename":"faktura.pdf","link":"https://s.example/f.pdf"}` + to + `"to":"+48600100200","type":"document"}`},
	} {
		p := &platform{script: []string{sentWA}}
		r, err := connect(t, "whatsapp", numberID, nil, p).Send(t.Context(), c.o)
		want := "POST graph.facebook.com/v25.0/330000000000001/messages " + c.want
		if err != nil || len(p.calls) != 1 || p.calls[0] != want {
			t.Errorf("%s: %v\ngot  %s\nwant %s", c.name, err, strings.Join(p.calls, "\n     "), want)
		}
		if r.External != "wamid.OUT1" || r.User != userID || r.Delivery != tandem.Sent {
			t.Errorf("%s: %+v", c.name, r)
		}
	}
}

func TestButtonsStandBelowAShortText(t *testing.T) {
	p := &platform{script: []string{sentWA}}
	o := tandem.Outgoing{Message: "out1", To: phone, Text: strings.TrimSpace(strings.Repeat("słowo ", 300)), Choice: []string{"Tak"}}
	if _, err := connect(t, "whatsapp", numberID, nil, p).Send(t.Context(), o); err != nil {
		t.Fatal(err)
	}
	if len(p.calls) != 2 || !strings.Contains(p.calls[0], `"type":"text"`) || !strings.Contains(p.calls[1], `"type":"interactive"`) {
		t.Errorf("%d calls: %.200s", len(p.calls), p.calls)
	}
}

func TestWhatsAppErrors(t *testing.T) {
	for code, want := range map[int]string{131047: CodeWindow, 131056: CodeRateLimited, 130429: CodeRateLimited, 131026: CodeUnreachable,
		131000: "maybe_sent", 131016: "maybe_sent", 132015: CodeTemplate, 190: CodeAuth, 131005: CodeAuth, 368: CodeRestricted,
		131031: CodeRestricted, 133010: CodeNotRegistered, 131053: CodeMedia, 100: CodeBadRequest} {
		k, _ := Find("whatsapp")
		ch := opened(t, canaries(k), echoed(400, code, 2494010))
		_, err := ch.Send(t.Context(), sample(k))
		if tandem.CodeOf(err) != want || errors.Is(err, ErrMaybeSent) != (want == "maybe_sent") {
			t.Errorf("%d: %v, %s", code, err, tandem.CodeOf(err))
		}
		noCanary(t, err)
	}
}

func TestWhatsAppAsksAround(t *testing.T) {
	p := &platform{script: []string{`{"success":true}`}}
	c := connect(t, "whatsapp", numberID, map[string]string{"waba_id": "22"}, p)
	typer := c.(tandem.Typer)
	if err := typer.Typing(t.Context(), phone); tandem.KindOf(err) != tandem.Invalid || len(p.calls) > 0 {
		t.Errorf("typing for a person: %v", err)
	}
	if err := typer.Typing(t.Context(), "wamid.T0001"); err != nil || !strings.Contains(p.calls[0], `"typing_indicator":{"type":"text"}`) {
		t.Error(p.calls, err)
	}
	p.calls, p.script = nil, []string{`{"id":"330000000000001","quality_rating":"RED"}`,
		`{"data":[{"permission":"whatsapp_business_messaging","status":"granted"}]}`, `{"data":[]}`}
	ok, wrong, err := c.(tandem.Tester).Test(t.Context())
	if err != nil || !slices.Equal(ok, []string{"token_valid", "permission:whatsapp_business_messaging"}) ||
		!slices.Equal(wrong, []string{"quality_red", "permission_missing:whatsapp_business_management", "subscription_missing"}) {
		t.Error(ok, wrong, err)
	}
}

func TestWhatsAppFiles(t *testing.T) {
	fetch := func(p *platform, part tandem.Part) (string, error) {
		body, mime, err := connect(t, "whatsapp", numberID, nil, p).(Fetcher).Fetch(t.Context(), part)
		if err != nil {
			return "", err
		}
		defer body.Close()
		b, err := io.ReadAll(body)
		return mime + " " + string(b), err
	}
	image := tandem.Part{Type: "image", Value: "7001"}
	p := &platform{script: []string{`{"url":"https://lookaside.fbsbx.com/f?mid=1","mime_type":"image/jpeg"}`, "JPEG"}}
	if got, err := fetch(p, image); err != nil || got != "image/jpeg JPEG" || p.calls[1] != "GET lookaside.fbsbx.com/f mid=1" {
		t.Error(got, err, p.calls)
	}
	for _, bad := range []string{"https://evil.example/f", "http://lookaside.fbsbx.com/f", "https://evilfbsbx.com/f", "https://lookaside.fbsbx.com@evil.example/f", ""} {
		p := &platform{script: []string{fmt.Sprintf(`{"url":%q}`, bad), "x"}}
		if _, err := fetch(p, image); tandem.KindOf(err) != tandem.Invalid || len(p.calls) != 1 {
			t.Errorf("the token went to %s: %v", bad, err)
		}
	}
	if _, err := fetch(&platform{answers: []*http.Response{answer(400, `{"error":{"code":100,"error_subcode":33}}`)}}, image); tandem.KindOf(err) != tandem.NotFound {
		t.Errorf("an old file: %v", err)
	}
	if _, err := fetch(&platform{}, tandem.Part{Type: "image", URL: "https://x.example"}); tandem.KindOf(err) != tandem.Invalid {
		t.Errorf("a part without an id: %v", err)
	}
}
