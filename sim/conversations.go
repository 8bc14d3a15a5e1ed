package sim

import (
	"net/http"
	"slices"
	"strings"
	"time"
)

// newestShown is how many messages of a conversation the Graph gives details of (CHANNELS 2.4).
const newestShown = 20

// threadQuiet is how long after the last message an Instagram chat is still listed (CHANNELS 2.4).
const threadQuiet = 30 * 24 * time.Hour

// conversations answers GET /{account}/conversations?platform=&user_id=: the only way to fetch what was missed.
func (m *Meta) conversations(w http.ResponseWriter, c *call) {
	m.mu.Lock()
	defer m.mu.Unlock()
	platform, user := c.text("platform"), c.text("user_id")
	if platform == "" {
		platform = "messenger"
		if c.assets[0].Kind == Instagram {
			platform = "instagram"
		}
	}
	data := []object{}
	for _, a := range c.named(c.path[0]) {
		if a.platform() != platform {
			continue
		}
		if a.reads.full(2) {
			m.refuse(w, c, graphError(613, 0, "(#613) Calls to this api have exceeded the rate limit."))
			return
		}
		for _, t := range a.threads {
			if len(t.messages) == 0 || user != "" && t.id != user {
				continue
			}
			last := t.messages[len(t.messages)-1].at
			if a.instagram() && time.Since(last) > threadQuiet {
				continue
			}
			data = append(data, m.conversation(t, last, c.text("fields")))
		}
	}
	// Newest first, as the Graph lists them.
	slices.SortFunc(data, func(x, y object) int {
		return strings.Compare(y.get("updated_time").(string)+y.get("id").(string), x.get("updated_time").(string)+x.get("id").(string))
	})
	answer(w, obj("data", data))
}

// conversation is one entry of the list; the asked fields decide what it carries.
func (m *Meta) conversation(t *thread, last time.Time, fields string) object {
	o := obj("id", "t_"+t.id, "updated_time", graphTime(last))
	if strings.Contains(fields, "is_owner") {
		o = o.with("is_owner", !m.standby(t))
	}
	if !strings.Contains(fields, "messages") {
		return o
	}
	list := []object{}
	for i := len(t.messages) - 1; i >= 0 && len(list) < newestShown; i-- {
		msg := t.messages[i]
		if msg.deleted {
			continue
		}
		us, them := obj("id", t.asset.ID, "name", t.asset.Name), obj("id", t.id, "name", t.person.full())
		from, to := them, us
		if msg.out {
			from, to = us, them
		}
		list = append(list, obj("id", msg.id, "created_time", graphTime(msg.at), "from", from,
			"to", obj("data", []object{to}), "message", msg.text))
	}
	return o.with("messages", obj("data", list))
}

// graphTime is the Graph's way to write a moment in answers.
func graphTime(t time.Time) string { return t.UTC().Format("2006-01-02T15:04:05-0700") }
