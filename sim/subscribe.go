package sim

import (
	"context"
	"crypto/rand"
	"encoding/binary"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"time"
)

// subscription is what an app subscribed to for one webhook object.
type subscription struct {
	callback string
	verify   string
	fields   map[string]bool
}

// Subscription is an app-level webhook subscription, as made in the app's dashboard (CHANNELS 1.7, layer 1).
type Subscription struct {
	App         string // FacebookApp or InstagramApp
	Object      string // page, instagram or whatsapp_business_account
	Callback    string
	VerifyToken string
	Fields      []string // empty means all fields of the object
}

// Fields that exist per webhook object (CHANNELS 1.7).
var allFields = map[string][]string{
	"page": {"messages", "message_echoes", "message_deliveries", "message_reads", "message_reactions", "message_edits",
		"messaging_postbacks", "messaging_referrals", "messaging_optins", "messaging_handovers", "standby",
		"messaging_policy_enforcement", "feed", "mention"},
	"instagram": {"messages", "message_reactions", "messaging_postbacks", "messaging_referral", "messaging_seen",
		"message_edit", "messaging_optins", "messaging_handover", "standby", "comments", "live_comments", "mentions",
		"story_insights"},
	"whatsapp_business_account": {"messages", "smb_message_echoes", "user_preferences", "user_id_update", "standby",
		"messaging_handovers", "message_template_status_update", "message_template_quality_update",
		"phone_number_quality_update", "account_update", "account_alerts", "calls"},
}

// Subscribe makes an app-level subscription after the GET handshake: the callback must answer 200 and exactly the
// challenge (CHANNELS 1.1), else nothing changes and the error tells what came instead.
func (m *Meta) Subscribe(ctx context.Context, s Subscription) error {
	m.mu.Lock()
	app, client := m.apps[s.App], m.client
	m.mu.Unlock()
	if app == nil {
		return fmt.Errorf("no app %q", s.App)
	}
	known := fieldSet(allFields[s.Object])
	if len(known) == 0 {
		return fmt.Errorf("no webhook object %q", s.Object)
	}
	fields := fieldSet(s.Fields)
	for f := range fields {
		if !known[f] {
			return fmt.Errorf("object %s has no field %q", s.Object, f)
		}
	}
	if len(fields) == 0 {
		fields = known
	}
	if err := handshake(ctx, client, s.Callback, s.VerifyToken); err != nil {
		return err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	app.hooks[s.Object] = &subscription{s.Callback, s.VerifyToken, fields}
	return nil
}

// SubscribeAsset subscribes an account at the asset level (CHANNELS 1.7, layer 2), as POST subscribed_apps would;
// no fields means all.
func (m *Meta) SubscribeAsset(a *Asset, fields ...string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if len(fields) == 0 {
		fields = allFields[a.object()]
	}
	a.fields = fieldSet(fields)
}

// handshake asks the callback to repeat a challenge.
func handshake(ctx context.Context, client *http.Client, callback, verify string) error {
	var b [4]byte
	rand.Read(b[:])
	challenge := strconv.FormatUint(1e9+uint64(binary.BigEndian.Uint32(b[:])), 10)
	u, err := url.Parse(callback)
	if err != nil {
		return fmt.Errorf("callback is not a URL: %w", err)
	}
	q := u.Query()
	q.Set("hub.mode", "subscribe")
	q.Set("hub.challenge", challenge)
	q.Set("hub.verify_token", verify)
	u.RawQuery = q.Encode()
	ctx, cancel := context.WithTimeout(ctx, answerWithin)
	defer cancel()
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, u.String(), nil)
	if err != nil {
		return err
	}
	answer, err := client.Do(r)
	if err != nil {
		return fmt.Errorf("callback could not be reached: %w", err)
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(io.LimitReader(answer.Body, 1000))
	if err != nil {
		return err
	}
	if answer.StatusCode != http.StatusOK || string(body) != challenge {
		return fmt.Errorf("callback verification failed: status %d, %d bytes where %d were expected",
			answer.StatusCode, len(body), len(challenge))
	}
	return nil
}

// fieldSet is a list of fields as a set, never nil: nil means not subscribed.
func fieldSet(fields []string) map[string]bool {
	set := map[string]bool{}
	for _, f := range fields {
		set[f] = true
	}
	return set
}

// quick is how long after a Graph call its consequences arrive, unless Quirks say otherwise.
const quick = 30 * time.Millisecond
