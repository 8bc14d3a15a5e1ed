package channel

import (
	"encoding/json"
	"maps"
	"slices"
	"time"

	"tandem"
)

// Only returns what of a call's body is about some accounts alone: one app of Meta's may serve several companies, and
// each keeps of a call what concerns itself. The lists of its entries are cut, everything else is as it came; nil where
// nothing is left. A call whose address names the account is about that one and comes back whole.
func (h Hook) Only(body []byte, mine func(tandem.Inbound) bool) []byte {
	if h.read == nil {
		return body
	}
	var all struct {
		Object json.RawMessage              `json:"object"`
		Entry  []map[string]json.RawMessage `json:"entry"`
	}
	if _, err := decode(body, &all); err != nil {
		return nil
	}
	var kept []map[string]json.RawMessage
	for _, entry := range all.Entry {
		probe := func(part map[string]json.RawMessage) bool {
			var e envelope
			text, err := json.Marshal(map[string]any{"object": all.Object, "entry": []any{part}})
			if err != nil {
				return false
			}
			if _, err := decode(text, &e); err != nil {
				return false
			}
			events := h.read(e, time.Time{})
			return len(events) > 0 && !slices.ContainsFunc(events, func(in tandem.Inbound) bool { return !mine(in) })
		}
		if part := cutEntry(entry, probe); part != nil {
			kept = append(kept, part)
		}
	}
	if kept == nil {
		return nil
	}
	text, err := json.Marshal(map[string]any{"object": all.Object, "entry": kept})
	if err != nil {
		return nil
	}
	return text
}

// lists are the keys of an entry that hold several events.
var lists = []string{"messaging", "standby", "changes"}

// cutEntry leaves in an entry the elements that ours says yes to; nil where there are none.
func cutEntry(entry map[string]json.RawMessage, ours func(map[string]json.RawMessage) bool) map[string]json.RawMessage {
	bare := maps.Clone(entry)
	maps.DeleteFunc(bare, func(key string, _ json.RawMessage) bool { return slices.Contains(lists, key) })
	out, any := maps.Clone(bare), len(bare["field"]) > 0 && ours(bare) // the flat form is one event by itself
	for _, key := range lists {
		var elements, left []json.RawMessage
		if json.Unmarshal(entry[key], &elements) != nil {
			continue
		}
		for _, one := range elements {
			probe := map[string]json.RawMessage{"id": entry["id"], "time": entry["time"]}
			list, err := json.Marshal([]json.RawMessage{one})
			if probe[key] = list; err == nil && ours(probe) {
				left = append(left, one)
			}
		}
		if len(left) > 0 {
			list, err := json.Marshal(left)
			if err != nil {
				continue
			}
			out[key], any = list, true
		}
	}
	if !any {
		return nil
	}
	return out
}
