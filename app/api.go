package app

import (
	"bytes"
	"context"
	"encoding/json"
	"net/http"
	"strings"
	"sync"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"tandem"
	"tandem/access"
	"tandem/web"
)

// caller is who sent a request.
type caller struct {
	tandem.User        // the zero User where nobody is signed in
	session     string // hash of the session's token
	ip          string
	secure      bool
	lang        string // of answers: the person's own, or what the browser asks for
	agent       string
}

// object is the caller's own company as an access.Object.
func (c caller) object() access.Object { return access.Object{Workspace: c.Workspace} }

type callerKey struct{}

func callerOf(ctx context.Context) caller {
	c, _ := ctx.Value(callerKey{}).(caller)
	return c
}

// identified finds out who calls. It refuses nobody: routes ask access.Can.
func (a *App) identified(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		c, err := a.who(r)
		if err != nil {
			web.WriteProblem(w, r, words, err)
			return
		}
		in := r.WithContext(context.WithValue(r.Context(), callerKey{}, c))
		if r.Header.Get("Origin") == "" && r.Header.Get("Content-Type") == "application/x-www-form-urlencoded" {
			in.Header.Set("Content-Type", "application/json") // curl -d says so of everything; no browser sends a form without an Origin
		}
		w.Header().Set("Cache-Control", "no-store")
		next.ServeHTTP(w, in)
		r.Pattern = in.Pattern // for the log line
	})
}

func (a *App) who(r *http.Request) (caller, error) {
	c := caller{lang: web.Lang(r.Header.Get("Accept-Language")), agent: r.UserAgent()}
	c.ip, c.secure = web.Caller(r, a.conf.Proxied)
	cookie, err := r.Cookie(access.Cookie)
	if err != nil || cookie.Value == "" {
		return c, nil
	}
	hash := access.TokenHash(cookie.Value)
	u, err := a.db.Session(r.Context(), hash, now())
	switch {
	case tandem.KindOf(err) == tandem.NotFound && err != nil:
		return c, nil
	case err != nil:
		return c, err
	}
	c.User, c.session = u, hash
	if u.Lang != "" {
		c.lang = u.Lang
	}
	return c, nil
}

// may asks access.Can and words the refusal.
func (c caller) may(action string, o access.Object) error {
	switch {
	case c.ID == "":
		return tandem.Coded(tandem.Denied, "signed_out", "nobody is signed in")
	case !access.Can(c.User, action, o):
		return tandem.Coded(tandem.Denied, "not_allowed", "the role %s may not do this", c.Role)
	}
	return nil
}

// answer wraps a body as huma wants it.
type answer[T any] struct{ Body T }

// nothing is the input of a route without parameters, and the output of one without an answer.
type nothing struct{}

// open is the action of a route that needs no right.
const open = ""

// route adds one URL of the API. Before do is called the caller's right to action was asked; what
// it is done to is asked again where the rule looks at it.
func route[I, O any](a *App, method, path, action, summary string, do func(context.Context, caller, *I) (O, error)) {
	huma.Register(a.api, operation(method, path, action, summary), func(ctx context.Context, in *I) (*answer[O], error) {
		c := callerOf(ctx)
		if action != open {
			if err := c.may(action, c.object()); err != nil {
				return nil, web.ProblemOf(refusal, c.lang, err)
			}
		}
		out, err := do(ctx, c, in)
		if err != nil {
			return nil, web.ProblemOf(refusal, c.lang, err)
		}
		return &answer[O]{out}, nil
	})
}

// act adds one URL that does something and answers 204.
func act[I any](a *App, method, path, action, summary string, do func(context.Context, caller, *I) error) {
	huma.Register(a.api, operation(method, path, action, summary), func(ctx context.Context, in *I) (*nothing, error) {
		c := callerOf(ctx)
		if action != open {
			if err := c.may(action, c.object()); err != nil {
				return nil, web.ProblemOf(refusal, c.lang, err)
			}
		}
		if err := do(ctx, c, in); err != nil {
			return nil, web.ProblemOf(refusal, c.lang, err)
		}
		return nil, nil
	})
}

// longestBody bounds the body of an API call: the longest text of a mail fits many times.
const longestBody = 256 << 10

func operation(method, path, action, summary string) huma.Operation {
	id := strings.ToLower(method) + strings.NewReplacer("/api", "", "/", "-", "{", "", "}", "").Replace(path)
	o := huma.Operation{
		OperationID: id, Method: method, Path: path, Summary: summary, MaxBodyBytes: longestBody,
		Extensions: map[string]any{"x-action": action}, Tags: []string{strings.Split(strings.TrimPrefix(path, "/api/"), "/")[0]},
	}
	if action != open {
		o.Security = []map[string][]string{{"session": {}}}
	}
	return o
}

// describe prepares huma: errors are web.Problem, lists are never null.
var describe = sync.OnceFunc(func() {
	huma.DefaultArrayNullable = false
	huma.NewError = func(status int, detail string, errs ...error) huma.StatusError {
		return problem("pl", status, detail, errs)
	}
	huma.NewErrorWithContext = func(ctx huma.Context, status int, detail string, errs ...error) huma.StatusError {
		lang := web.Lang("")
		if ctx != nil {
			lang = callerOf(ctx.Context()).lang
		}
		return problem(lang, status, detail, errs)
	}
})

// problem words an error that huma found: a field of the wrong form, a body that is no JSON.
func problem(lang string, status int, detail string, errs []error) *web.Problem {
	kind := tandem.Invalid
	switch {
	case status == http.StatusRequestEntityTooLarge:
		kind = tandem.TooLarge
	case status >= 500:
		kind = tandem.Internal
	}
	p := &web.Problem{Type: "about:blank", Status: status, Code: string(kind), Title: words(lang, string(kind)), Detail: detail}
	if kind == tandem.Internal {
		p.Detail = ""
	}
	for _, e := range errs {
		if d, ok := e.(huma.ErrorDetailer); ok {
			one := d.ErrorDetail()
			p.Errors = append(p.Errors, web.Fault{Where: one.Location, What: one.Message})
		}
	}
	return p
}

// newAPI makes the described API below /api/ on a mux.
func newAPI(mux *http.ServeMux) huma.API {
	describe()
	conf := huma.DefaultConfig("tandem", "1")
	conf.Info.Description = "Rozmowy z klientami: bot i ludzie w jednym wątku. Conversations with customers: bot and people in one thread. " +
		"Errors are application/problem+json; their code is stable. Sign in with POST /api/login. GET /api/events is a stream of server-sent events."
	conf.OpenAPIPath, conf.DocsPath, conf.SchemasPath = "/api/openapi", "", ""
	conf.CreateHooks = nil
	conf.Components.SecuritySchemes = map[string]*huma.SecurityScheme{"session": {Type: "apiKey", In: "cookie", Name: access.Cookie}}
	return humago.New(mux, conf)
}

// OpenAPI returns the description of the API (OpenAPI 3.1) as indented JSON.
func (a *App) OpenAPI() ([]byte, error) {
	b, err := json.Marshal(a.api.OpenAPI())
	if err != nil {
		return nil, err
	}
	var out bytes.Buffer
	err = json.Indent(&out, b, "", "  ")
	out.WriteByte('\n')
	return out.Bytes(), err
}
