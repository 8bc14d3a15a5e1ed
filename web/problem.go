package web

import (
	"encoding/json"
	"net/http"
	"strconv"
	"strings"

	"tandem"
)

// Problem is an error as the API tells it (RFC 9457). Code is stable and for programs; Title and
// Detail are for people, in the language the caller asked for.
type Problem struct {
	Type   string  `json:"type" doc:"about:blank: the status says what kind of error it is" example:"about:blank"`
	Title  string  `json:"title" doc:"for people, in the caller's language"`
	Status int     `json:"status" example:"409"`
	Detail string  `json:"detail,omitempty" doc:"what is special about this occurrence"`
	Code   string  `json:"code" doc:"stable, for programs" example:"newer_message"`
	Errors []Fault `json:"errors,omitempty" doc:"each field that is wrong"`
}

// Fault is one wrong field of a request.
type Fault struct {
	Where string `json:"where" doc:"such as body.text"`
	What  string `json:"what"`
}

// Words returns the words for a code in a language, or the code itself where there are none.
type Words func(lang, code string) string

// Error makes a Problem an error.
func (p *Problem) Error() string { return p.Code + ": " + p.Detail }

// GetStatus returns the HTTP status.
func (p *Problem) GetStatus() int { return p.Status }

// ContentType returns the media type of a Problem in place of plain JSON.
func (p *Problem) ContentType(string) string { return "application/problem+json" }

// GetHeaders returns what goes beside a Problem: when to come again.
func (p *Problem) GetHeaders() http.Header {
	h := http.Header{}
	switch p.Status {
	case http.StatusTooManyRequests:
		h.Set("Retry-After", "10")
	case http.StatusServiceUnavailable:
		h.Set("Retry-After", "2")
	case http.StatusUnauthorized:
		h.Set("WWW-Authenticate", `Session realm="tandem"`)
	}
	return h
}

var statuses = map[tandem.Kind]int{
	tandem.Invalid: http.StatusUnprocessableEntity, tandem.Denied: http.StatusForbidden, tandem.NotFound: http.StatusNotFound,
	tandem.Conflict: http.StatusConflict, tandem.TooLarge: http.StatusRequestEntityTooLarge, tandem.Limited: http.StatusTooManyRequests,
	tandem.Transient: http.StatusServiceUnavailable, tandem.Internal: http.StatusInternalServerError,
}

// unknown are the codes of Denied that mean: it is not known who you are. All others mean: it is
// known, and not allowed.
var unknown = map[string]bool{"signed_out": true, "wrong_login": true, "unsigned": true, "token": true}

// Status returns the HTTP status of an error.
func Status(err error) int {
	if p, ok := err.(*Problem); ok {
		return p.Status
	}
	k := tandem.KindOf(err)
	if k == tandem.Denied && unknown[tandem.CodeOf(err)] {
		return http.StatusUnauthorized
	}
	return statuses[k]
}

// ProblemOf words an error. What went wrong inside is not told to the outside: only kinds that the
// caller can do something about carry their text.
func ProblemOf(words Words, lang string, err error) *Problem {
	if p, ok := err.(*Problem); ok {
		return p
	}
	kind, code := tandem.KindOf(err), tandem.CodeOf(err)
	p := &Problem{Type: "about:blank", Status: Status(err), Code: code, Title: words(lang, code)}
	if p.Title == code {
		p.Title = words(lang, string(kind))
	}
	switch kind {
	case tandem.Internal, tandem.Transient:
		p.Code = string(kind)
		if kind == tandem.Transient && code != "" {
			p.Code = code
		}
	default:
		p.Detail = detail(err)
	}
	return p
}

// detail is the text of the innermost error of ours, without what was being done around it.
func detail(err error) string {
	for e := err; e != nil; {
		if t, ok := e.(*tandem.Error); ok {
			return t.Text
		}
		u, ok := e.(interface{ Unwrap() error })
		if !ok {
			break
		}
		e = u.Unwrap()
	}
	return ""
}

// WriteProblem answers a request with an error.
func WriteProblem(w http.ResponseWriter, r *http.Request, words Words, err error) {
	p := ProblemOf(words, Lang(r.Header.Get("Accept-Language")), err)
	for k, v := range p.GetHeaders() {
		w.Header()[k] = v
	}
	w.Header().Set("Content-Type", "application/problem+json")
	w.WriteHeader(p.Status)
	json.NewEncoder(w).Encode(p)
}

// WriteJSON answers a request with a value.
func WriteJSON(w http.ResponseWriter, status int, v any) {
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	json.NewEncoder(w).Encode(v)
}

// Lang chooses pl or en for a header Accept-Language; Polish where it says neither.
func Lang(accept string) string {
	best, weight := "pl", -1.0
	for part := range strings.SplitSeq(accept, ",") {
		tag, params, _ := strings.Cut(strings.TrimSpace(part), ";")
		q := 1.0
		if s, ok := strings.CutPrefix(strings.TrimSpace(params), "q="); ok {
			q, _ = strconv.ParseFloat(s, 64)
		}
		base, _, _ := strings.Cut(strings.ToLower(tag), "-")
		if (base == "pl" || base == "en") && q > weight {
			best, weight = base, q
		}
	}
	return best
}
