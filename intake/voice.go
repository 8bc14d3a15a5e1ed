package intake

import (
	"fmt"
	"regexp"
	"strings"
	"time"

	"tandem"
	"tandem/store"
)

// DeflectionLife is how long a caller may go on in writing with what the hotline knew.
const DeflectionLife = 24 * time.Hour

// codes is the code in the text that a wa.me link fills in (CHANNELS.md 15).
var codes = regexp.MustCompile(`(?i)\b(?:kod|code)\s+([A-HJ-NP-Z2-9]{6})\b`)

// fromVoice recognises a caller who goes on in writing: by the code of the link, or by the number. The
// conversation gets what the hotline knew, and its place in the queue is not worse than there.
func (r Room) fromVoice(tx *store.Tx, e Event, c *tandem.Conversation) error {
	if e.Account.Kind != "whatsapp" && e.Account.Kind != "sms" {
		return nil
	}
	code, phone := "-", "-"
	if m := codes.FindStringSubmatch(e.Text); m != nil {
		code = strings.ToUpper(m[1])
	}
	for _, id := range append([]string{e.User}, e.Alias...) {
		if digits := strings.TrimPrefix(id, "+"); digits != "" && strings.Trim(digits, "0123456789") == "" {
			phone = digits
		}
	}
	d, err := tx.Deflected(code, phone, tx.Now.Add(-DeflectionLife))
	if err != nil {
		return known(err)
	}
	if err := tx.UseDeflection(d, c.ID); err != nil {
		return err
	}
	w, err := tx.Workspace()
	if err != nil {
		return err
	}
	if err := tx.AddNote(tandem.Note{ID: tandem.NewID[tandem.NoteID](), Conversation: c.ID, Text: voiceNote(d, w.Lang), At: tx.Now}); err != nil {
		return err
	}
	c.Priority = max(c.Priority, tandem.High)
	return tx.SaveConversation(*c)
}

// voiceNote says in a line what the hotline knew.
func voiceNote(d store.Deflection, lang string) string {
	minutes := int(d.Waited.Round(time.Minute) / time.Minute)
	form, topic := "Ciąg dalszy rozmowy z infolinii (połączenie %s). Czas oczekiwania: %d min", ". Temat z infolinii: "
	if lang == "en" {
		form, topic = "Continued from the hotline (call %s). Waited there: %d min", ". Topic at the hotline: "
	}
	text := fmt.Sprintf(form, d.Call, minutes)
	if d.Topic != "" {
		text += topic + d.Topic
	}
	return text + "."
}
