package channel

import (
	"cmp"
	"encoding/json"
	"strconv"
	"strings"
	"time"

	"tandem"
)

// What WhatsApp tells us (CHANNELS 6.1 to 6.4). The person is the business-scoped user id where
// there is one, with the phone number as an alias: people may hide their number (CHANNELS 6.7).

// waValue is the value of a change, of whatever field. metadata names the number; changes of the
// whole WhatsApp Business account have none and are routed by its own id.
type waValue struct {
	waBatch
	Metadata waNumber `json:"metadata"`
	Standby  waBatch  `json:"standby"`
	Errors   []struct {
		Code number `json:"code"`
	} `json:"errors"`
	Preferences []waPreference `json:"user_preferences"`
	NewIDs      []waNewID      `json:"user_id_update"`
	Calls       []waCall       `json:"calls"`

	// Of messaging_handovers.
	Sender struct {
		Phone id `json:"phone_number"`
		User  id `json:"user_id"`
	} `json:"sender"`
	Recipient waNumber `json:"recipient"`
	Type      string   `json:"type"`
	Time      stamp    `json:"timestamp"`
	Passed    struct {
		Role string `json:"new_owner_role"`
	} `json:"control_passed"`

	// Of alerts about templates, the number and the account.
	Event    string `json:"event"`
	Score    string `json:"new_quality_score"`
	Alert    string `json:"alert_type"`
	Template string `json:"message_template_name"`
	Phone    id     `json:"display_phone_number"`
}

// waNumber is one of our numbers. Accounts are known by its id, not by the digits.
type waNumber struct {
	ID id `json:"phone_number_id"`
}

// waBatch is what a value and its standby copy have in common. Messages stay raw, so that one of an
// odd form does not spoil the others.
type waBatch struct {
	Contacts []waContact       `json:"contacts"`
	Messages []json.RawMessage `json:"messages"`
	Echoes   []json.RawMessage `json:"message_echoes"`
	Statuses []waStatus        `json:"statuses"`
}

// waContact names a person. Either id may be missing, and the number may hold a user id.
type waContact struct {
	Phone   id `json:"wa_id"`
	User    id `json:"user_id"`
	Profile struct {
		Name     string `json:"name"`
		Username string `json:"username"`
	} `json:"profile"`
}

// waStatus is how far one of our messages got. Mark is what we gave it on its way; the receiver's
// number may be missing (CHANNELS 6.3).
type waStatus struct {
	ID        id     `json:"id"`
	Status    string `json:"status"`
	Type      string `json:"type"`
	Time      stamp  `json:"timestamp"`
	Recipient id     `json:"recipient_id"`
	User      id     `json:"recipient_user_id"`
	Mark      string `json:"biz_opaque_callback_data"`
	Errors    []struct {
		Code number `json:"code"`
	} `json:"errors"`
}

// waPreference is a choice about marketing messages, made in WhatsApp itself. It must be honoured on
// every way by which we would write first (CHANNELS 16).
type waPreference struct {
	Phone    id     `json:"wa_id"`
	User     id     `json:"user_id"`
	Category string `json:"category"`
	Value    string `json:"value"`
	Time     stamp  `json:"timestamp"`
}

// waNewID says that a person's user id has changed, which it does with the phone number.
type waNewID struct {
	Phone id `json:"wa_id"`
	User  struct {
		Previous id `json:"previous"`
		Current  id `json:"current"`
	} `json:"user_id"`
	Time stamp `json:"timestamp"`
}

// waCall is a call over the number. We take none, but it opens the reply window (CHANNELS 6.4).
type waCall struct {
	ID        id     `json:"id"`
	From      id     `json:"from"`
	Event     string `json:"event"`
	Direction string `json:"direction"`
	Time      stamp  `json:"timestamp"`
}

// parseWhatsApp reads the webhooks of WhatsApp Business accounts.
func parseWhatsApp(secrets []string, call tandem.Webhook) ([]tandem.Inbound, error) {
	e, err := open(secrets, call)
	if err != nil {
		return nil, err
	}
	return readWhatsApp(e, call.At), nil
}

func readWhatsApp(e envelope, at time.Time) []tandem.Inbound {
	if e.Object != "whatsapp_business_account" {
		return nil
	}
	var all []tandem.Inbound
	for _, entry := range e.Entry {
		p := place{account: string(entry.ID), sent: entry.Time.Time}
		if p.sent.IsZero() {
			p.sent = at
		}
		for _, c := range entry.Changes {
			all = append(all, whatsappChange(p, c)...)
		}
	}
	return all
}

// whatsappChange reads one change by its field; an unknown one is an alert or nothing.
func whatsappChange(p place, c change) []tandem.Inbound {
	var v waValue
	fitted, err := decode(c.Value, &v)
	if err != nil {
		return []tandem.Inbound{p.unreadable(c.Value)}
	}
	p.account = cmp.Or(string(v.Metadata.ID), string(v.Recipient.ID), p.account)
	var all []tandem.Inbound
	switch c.Field {
	case "messages", "smb_message_echoes", "standby":
		all = append(v.waBatch.read(p), v.errors(p, c.Value)...)
		// What another role owns comes inside standby, in the same form (CHANNELS 7.2).
		p.standby = true
		all = append(all, v.Standby.read(p)...)
	case "user_preferences":
		for _, u := range v.Preferences {
			all = append(all, u.inbound(p))
		}
	case "user_id_update":
		for _, u := range v.NewIDs {
			in := tandem.Inbound{Kind: tandem.InIdentity, Account: p.account, Surface: tandem.Direct, At: p.at(u.Time),
				User: cmp.Or(string(u.User.Previous), string(u.Phone)), Alias: known(u.User.Current, u.Phone)}
			in.Key = "identity:" + in.User + ":" + strings.Join(in.Alias, ":")
			all = append(all, in)
		}
	case "calls":
		for _, k := range v.Calls {
			all = append(all, k.inbound(p)...)
		}
	case "messaging_handovers":
		all = v.handover(p)
	default:
		return v.alert(p, c)
	}
	if len(all) == 0 && !fitted {
		return []tandem.Inbound{p.unreadable(c.Value)}
	}
	return all
}

// known returns the ids that are there.
func known(ids ...id) []string {
	var all []string
	for _, i := range ids {
		if i != "" {
			all = append(all, string(i))
		}
	}
	return all
}

// read reads messages, echoes and statuses. They are said not to be mixed; nothing relies on it.
func (b waBatch) read(p place) []tandem.Inbound {
	var all []tandem.Inbound
	for _, raw := range b.Messages {
		all = append(all, b.message(p, raw, false)...)
	}
	for _, raw := range b.Echoes {
		all = append(all, b.message(p, raw, true)...)
	}
	for _, s := range b.Statuses {
		all = append(all, s.inbound(p)...)
	}
	return all
}

// who finds out whom an event is about. Ids and contacts belong together by value, not by place,
// and either may be missing; a user id may stand where a number is meant.
func (b waBatch) who(in *tandem.Inbound, phone, user id) {
	if bsuid.MatchString(string(phone)) {
		phone, user = "", cmp.Or(user, phone)
	}
	for _, c := range b.Contacts {
		if bsuid.MatchString(string(c.Phone)) {
			c.Phone, c.User = "", cmp.Or(c.User, c.Phone)
		}
		if c.Phone != "" && c.Phone == phone || c.User != "" && c.User == user {
			phone, user = cmp.Or(phone, c.Phone), cmp.Or(user, c.User)
			in.Name, in.Username = c.Profile.Name, strings.TrimPrefix(c.Profile.Username, "@")
		}
	}
	in.User = string(cmp.Or(user, phone))
	if user != "" && phone != "" {
		in.Alias = []string{string(phone)}
	}
}

// waStates are the statuses; played is a voice message that was heard. Others say nothing to us.
var waStates = map[string]tandem.Delivery{"sent": tandem.Sent, "delivered": tandem.Delivered, "read": tandem.Read,
	"played": tandem.Read, "failed": tandem.Failed}

// inbound makes a status a receipt. Its key has the status in it, because a message has several,
// which come doubled and out of order.
func (s waStatus) inbound(p place) []tandem.Inbound {
	state, ok := waStates[s.Status]
	if !ok || s.ID == "" || s.Type == "call" {
		return nil
	}
	in := tandem.Inbound{Kind: tandem.InReceipt, Account: p.account, Surface: tandem.Direct, Target: string(s.ID),
		State: state, At: p.at(s.Time), Standby: p.standby}
	in.Ours, in.Piece = marked(s.Mark)
	waBatch{}.who(&in, s.Recipient, s.User)
	in.Key = p.key(in.Target + ":" + s.Status + ":" + strconv.FormatInt(in.At.Unix(), 10))
	if len(s.Errors) > 0 {
		in.Problem = waProblem(s.Errors[0].Code)
	}
	return []tandem.Inbound{in}
}

// waProblem words a number as the same code that Send would return for it.
func waProblem(code number) string {
	if r, ok := whatsappCodes.find(int(code), 0); ok && r != doubtful {
		return r.code
	}
	return "error_" + strconv.FormatInt(int64(code), 10)
}

// errors raises what WhatsApp complains about beside no message at all.
func (v waValue) errors(p place, raw []byte) []tandem.Inbound {
	if len(v.Errors) == 0 || len(v.Messages)+len(v.Statuses)+len(v.Echoes) > 0 {
		return nil
	}
	in := p.unreadable(raw)
	in.Problem = waProblem(v.Errors[0].Code)
	return []tandem.Inbound{in}
}

// inbound says that somebody wants no more marketing messages, or wants them again.
func (u waPreference) inbound(p place) tandem.Inbound {
	in := tandem.Inbound{Kind: tandem.InConsent, Account: p.account, Surface: tandem.Direct, At: p.at(u.Time), Text: "resume", Subject: ConsentMarketing}
	waBatch{}.who(&in, u.Phone, u.User)
	if u.Value == "stop" {
		in.Text = "stop"
	}
	in.Key = "consent:" + in.User + ":" + u.Category + ":" + u.Value + ":" + strconv.FormatInt(in.At.Unix(), 10)
	return in
}

// inbound makes a customer's call a message without words: it opens the window, and somebody should
// call back.
func (k waCall) inbound(p place) []tandem.Inbound {
	if k.Event != "connect" || k.Direction != "USER_INITIATED" || k.ID == "" || k.From == "" {
		return nil
	}
	in := tandem.Inbound{Kind: tandem.InMessage, Account: p.account, Key: string(k.ID), External: string(k.ID),
		Surface: tandem.Direct, At: p.at(k.Time), Parts: []tandem.Part{{Type: "call"}}}
	waBatch{}.who(&in, k.From, "")
	return []tandem.Inbound{in}
}

// handover says which role owns the thread now. Ours is the AI agent's, unless the account's
// setting role says otherwise, which Settle looks at.
func (v waValue) handover(p place) []tandem.Inbound {
	in := tandem.Inbound{Kind: tandem.InControl, Account: p.account, Surface: tandem.Direct, At: p.at(v.Time), App: v.Passed.Role}
	waBatch{}.who(&in, v.Sender.Phone, v.Sender.User)
	switch {
	case v.Type != "control_passed" && v.Type != "control_taken" || in.User == "":
		return nil
	case v.Type == "control_passed" && in.App == "ai_agent":
		in.State = tandem.StateOurs
	default:
		in.State = tandem.StateTheirs
	}
	in.Key = v.Type + ":" + in.User + ":" + strconv.FormatInt(in.At.Unix(), 10)
	return []tandem.Inbound{in}
}

// stopping are the pieces of news after which nothing can be sent.
var stopping = map[string]bool{"account_disabled_update": true, "account_account_restriction": true,
	"account_account_deleted": true, "account_partner_removed": true}

// alert turns news about templates, the number and the account into a code. Text names the template.
func (v waValue) alert(p place, c change) []tandem.Inbound {
	prefix, ok := map[string]string{"message_template_status_update": "template_", "message_template_quality_update": "template_quality_",
		"phone_number_quality_update": "quality_", "account_update": "account_", "account_alerts": "alert_"}[c.Field]
	what := cmp.Or(v.Event, v.Score, v.Alert)
	if !ok || what == "" {
		return nil
	}
	in := p.unreadable(c.Value)
	in.Key += ":" + strconv.FormatInt(p.sent.Unix(), 10)
	in.Problem, in.Text, in.Target = prefix+strings.ToLower(what), v.Template, string(v.Phone)
	if stopping[in.Problem] {
		in.Kind = tandem.InAlert
	}
	return []tandem.Inbound{in}
}
