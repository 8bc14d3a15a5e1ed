package sim

import (
	"strconv"
	"time"
)

// TemplateStatus is Meta changing its mind about a template: APPROVED, REJECTED, PAUSED, DISABLED ... The change
// names the WhatsApp Business account, not a number (CHANNELS 6.4).
func (m *Meta) TemplateStatus(a *Asset, template, event, reason string) {
	fail(a, "template status", WhatsApp)
	m.mu.Lock()
	defer m.mu.Unlock()
	m.emit(a, "message_template_status_update", "news", obj("event", event, "message_template_id", strconv.FormatUint(hash("template", template)%1e12, 10),
		"message_template_name", template, "message_template_language", "pl", "reason", nonEmpty(reason)), Delivery{})
}

// NumberQuality is Meta judging a number: FLAGGED, UNFLAGGED, DOWNGRADE ... The change names the account, and the
// number by its digits only.
func (m *Meta) NumberQuality(a *Asset, event string) {
	fail(a, "number quality", WhatsApp)
	m.mu.Lock()
	defer m.mu.Unlock()
	m.emit(a, "phone_number_quality_update", "news", obj("display_phone_number", a.Phone, "event", event, "current_limit", "TIER_2K"), Delivery{})
}

// AccountUpdate is Meta restricting or disabling a whole WhatsApp Business account: DISABLED_UPDATE,
// ACCOUNT_RESTRICTION ...
func (m *Meta) AccountUpdate(a *Asset, event string) {
	fail(a, "account update", WhatsApp)
	m.mu.Lock()
	defer m.mu.Unlock()
	m.emit(a, "account_update", "news", obj("event", event, "ban_info", obj("waba_ban_state", "DISABLE", "waba_ban_date", graphTime(time.Now()))), Delivery{})
}

// Strange sends an event of a form that nobody knows under a field that is subscribed.
func (m *Meta) Strange(a *Asset) {
	m.mu.Lock()
	defer m.mu.Unlock()
	field, event := "messages", obj("sender", "nobody", "message", obj("mid", obj("x", 1)))
	if a.Kind == WhatsApp {
		event = obj("metadata", obj("phone_number_id", a.ID), "messages", []any{"7"})
	}
	m.emit(a, field, "news", event, Delivery{})
}
