package tandem

import (
	"errors"
	"fmt"
)

// Kind sorts errors by what has to happen next, not by where they came from.
type Kind string

// The kinds of error. Each decides the HTTP status, whether a job tries again and what a person
// is told.
const (
	Invalid   Kind = "invalid"   // the caller must change something
	Denied    Kind = "denied"    // not allowed, or not proven who is asking
	NotFound  Kind = "not_found" // nothing of that name
	Conflict  Kind = "conflict"  // somebody was quicker; read again
	TooLarge  Kind = "too_large" // more than is taken
	Limited   Kind = "limited"   // too often; later
	Transient Kind = "transient" // the same call may go through later
	Internal  Kind = "internal"  // a fault of ours
)

// Error is an error with a kind and a stable code that catalogues translate for people.
type Error struct {
	Kind Kind
	Code string // such as "stale_rev"; may be empty
	Text string // for operators; holds no secret and no customer's word
	Err  error
}

// Error returns the text for operators.
func (e *Error) Error() string { return e.Text }

// Unwrap returns the cause.
func (e *Error) Unwrap() error { return e.Err }

// Errorf makes an error of a kind; %w works as in fmt.Errorf.
func Errorf(k Kind, format string, args ...any) error {
	err := fmt.Errorf(format, args...)
	return &Error{Kind: k, Text: err.Error(), Err: errors.Unwrap(err)}
}

// Coded makes an error with a code that the desk and the API show in the reader's language.
func Coded(k Kind, code, format string, args ...any) error {
	return &Error{Kind: k, Code: code, Text: fmt.Sprintf(format, args...)}
}

// KindOf returns the kind of the first Error in err's chain, Internal if there is none.
func KindOf(err error) Kind {
	if e, ok := errors.AsType[*Error](err); ok {
		return e.Kind
	}
	return Internal
}

// CodeOf returns the code of the first Error in err's chain, or the kind where it has none.
func CodeOf(err error) string {
	if e, ok := errors.AsType[*Error](err); ok && e.Code != "" {
		return e.Code
	}
	return string(KindOf(err))
}

// Wrap adds what was being done to *err, if there is one. It is meant for defer, so that every
// return of a function is annotated once.
func Wrap(err *error, format string, args ...any) {
	if *err != nil {
		*err = fmt.Errorf("%s: %w", fmt.Sprintf(format, args...), *err)
	}
}
