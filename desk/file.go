package desk

import (
	"tandem"
	"tandem/store"
)

// attach makes parts of a message of the files that a person brought. Nothing is promised that the
// platform would refuse later: a public place takes no files, and each channel its own types and sizes.
func attach(tx *store.Tx, in Reply, th tandem.Thread, m *tandem.Message) error {
	if len(in.Files) == 0 {
		return nil
	}
	if th.Surface == tandem.Comment || in.Takes == nil {
		return tandem.Coded(tandem.Invalid, "no_files_here", "files can be sent in private only")
	}
	for _, id := range in.Files {
		f, err := tx.File(id)
		if err != nil {
			return err
		}
		p := tandem.Part{Type: f.Kind, Name: f.Name, File: f.ID, State: f.State, Mime: f.Mime, Size: f.Size}
		switch {
		case f.Message != "" || f.State != tandem.FileKept:
			return tandem.Coded(tandem.Conflict, "file_used", "this file was sent already; bring it again")
		case !in.Takes(th.Channel, p):
			return tandem.Coded(tandem.Invalid, "file_not_taken", "this channel sends no file of this type and size (%s, %d bytes)", f.Mime, f.Size)
		}
		m.Parts = append(m.Parts, p)
	}
	return nil
}

// belong ties the files to the message that was committed with them.
func belong(tx *store.Tx, m tandem.Message) error {
	for i, p := range m.Parts {
		if p.File == "" {
			continue
		}
		f, err := tx.File(p.File)
		if err != nil {
			return err
		}
		f.Message, f.Part = m.ID, i
		if err := tx.SettleFile(f); err != nil {
			return err
		}
	}
	return nil
}
