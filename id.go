package tandem

import "github.com/google/uuid"

// Every noun has its own identifier type, so that the compiler refuses a mix-up. All are UUIDv7
// texts: they sort by the moment they were made and are the same in a URL, a row and a log line.
type (
	WorkspaceID    string
	AccountID      string // one connected channel account: a Page, a number, a mailbox, a website
	CustomerID     string
	IdentityID     string
	ConversationID string
	ThreadID       string
	MessageID      string
	CaseID         string
	DraftID        string
	DecisionID     string
	HandoverID     string
	NoteID         string
	PromiseID      string
	UserID         string // a person who works at the desk
	TeamID         string
	ArticleID      string
	ExampleID      string
	JobID          string
	NewsID         string
	FileID         string // of an attachment whose content is kept
)

// NewID makes an identifier that sorts by the moment it was made, within a process strictly.
func NewID[T ~string]() T { return T(uuid.Must(uuid.NewV7()).String()) }
