package store

import (
	"errors"
	"fmt"

	"modernc.org/sqlite"

	"tandem"
)

// troubles are what SQLite says of a file that it cannot use (https://www.sqlite.org/rescode.html), and what
// whoever runs tandem can do about it.
var troubles = map[int]string{
	5:  "the database %s is locked by another program: end that one first",
	8:  "the database %s cannot be written: give this user the right to it and to its folder",
	10: "the disk under the database %s does not read or write: look at the disk and its messages",
	11: "the database %s is damaged: move it away with its -wal and -shm files and put a backup in place (tandem restore)",
	13: "there is no room left on the disk of the database %s: make room and start again",
	14: "the database %s cannot be opened: look at the rights and at what lies there",
	26: "the file %s is no database: give another folder with --data, or move it away and put a backup in place (tandem restore)",
}

// plainly makes a sentence of an error that the file at address is the cause of; others stay as they are.
func plainly(address string, err error) error {
	e, ok := errors.AsType[*sqlite.Error](err)
	if !ok {
		return err
	}
	text, known := troubles[e.Code()&0xff] // the low byte is the primary code
	if !known {
		return err
	}
	return &tandem.Error{Kind: tandem.Internal, Code: "database_file", Text: fmt.Sprintf(text, address), Err: err}
}

// Plainly makes a sentence of an error that the database's own file is the cause of; others stay as they are.
func (db *DB) Plainly(err error) error { return plainly(db.address, err) }
