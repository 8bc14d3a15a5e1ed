package sim

import "time"

// Out is something of ours that reached a customer.
type Out struct {
	ID     string    `json:"id"`
	To     string    `json:"to"` // the person's short name
	Text   string    `json:"text"`
	At     time.Time `json:"at"`
	Public bool      `json:"public"` // everybody can read it
	// Kind is text, attachment, template, buttons, reaction, comment or private_reply.
	Kind string `json:"kind"`
}

// reached notes that something of ours is with the customer now. Call with the lock held.
func (m *Meta) reached(platform string, p *Person, id, text, kind string, public bool) {
	o := Out{ID: id, To: p.Name, Text: text, At: time.Now().UTC(), Public: public, Kind: kind}
	m.outbox[platform] = append(m.outbox[platform], o)
	key := platform + "/" + p.Name
	m.outbox[key] = append(m.outbox[key], o)
}

// Outbox lists what reached a person (short name or platform id; empty: everybody) on a platform, oldest first.
// Platforms: "instagram" (messages and comment replies), "messenger", "facebook" (comment replies), "whatsapp".
// Replies by people in Meta's own inbox are not ours and not listed. Never nil.
func (m *Meta) Outbox(platform, to string) []Out {
	m.mu.Lock()
	defer m.mu.Unlock()
	key := platform
	if p := m.lookup(to); p != nil {
		key += "/" + p.Name
	} else if to != "" {
		key += "/" + to
	}
	return append([]Out{}, m.outbox[key]...)
}
