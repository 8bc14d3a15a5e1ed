package intake

import (
	"tandem"
	"tandem/channel"
	"tandem/store"
)

// mostFiles bounds how many files of one message are kept; no platform sends as many.
const mostFiles = 30

// brought makes parts of the files that a customer brought before the message that names them. Conflict
// file_used: another message has it, or it was forgotten.
func brought(tx *store.Tx, account tandem.AccountID, parts []tandem.Part) error {
	for i, p := range parts {
		if p.Type != channel.Brought {
			continue
		}
		f, err := tx.File(p.File)
		if err != nil && tandem.KindOf(err) != tandem.NotFound {
			return err
		}
		if err != nil || f.Message != "" || f.Account != account {
			return tandem.Coded(tandem.Conflict, "file_used", "this file was sent already; bring it again")
		}
		parts[i] = tandem.Part{Type: f.Kind, Name: f.Name, File: f.ID, State: f.State, Mime: f.Mime, Size: f.Size}
	}
	return nil
}

// keeping gives each file of a message an id, under which its copy will be found.
func keeping(parts []tandem.Part) []tandem.Part {
	out := append([]tandem.Part(nil), parts...)
	n := 0
	for i := range out {
		if p := &out[i]; p.File == "" && p.Keepable() && n < mostFiles {
			p.File, p.State = tandem.NewID[tandem.FileID](), tandem.FileWaiting
			n++
		}
	}
	return out
}

// fetch owes the copies of a message's files: the platforms forget theirs within minutes or days.
func fetch(tx *store.Tx, account tandem.AccountID, m tandem.Message) error {
	for i, p := range m.Parts {
		if p.File == "" {
			continue
		}
		if p.State == tandem.FileKept { // brought
			f, err := tx.File(p.File)
			if err != nil {
				return err
			}
			f.Message, f.Part = m.ID, i
			if err := tx.SettleFile(f); err != nil {
				return err
			}
			continue
		}
		if err := tx.AddFile(store.File{ID: p.File, Message: m.ID, Part: i, Account: account, State: p.State, Kind: p.Type, Name: p.Name}); err != nil {
			return err
		}
		if err := tx.Enqueue(store.Job{Kind: "fetch", Arg: string(p.File)}); err != nil {
			return err
		}
	}
	return nil
}
