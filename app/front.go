package app

import (
	"net/http"
	"path"
	"strings"

	"tandem"
	"tandem/web"
)

// deskPolicy is what the desk's page may do: nothing but what comes from here, and no script that
// a text could become.
const deskPolicy = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data: blob:; media-src 'self'; font-src 'self'; " +
	"worker-src 'self'; manifest-src 'self'; frame-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; require-trusted-types-for 'script'"

// widgetPolicy is what the widget's frame may do; which sites may hold it is added.
const widgetPolicy = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data: blob:; font-src 'self'; base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'; frame-ancestors "

func noSuchRoute(w http.ResponseWriter, r *http.Request) {
	web.WriteProblem(w, r, words, tandem.Coded(tandem.NotFound, "not_found", "there is no such address"))
}

// pages are the built pages that are not the desk's and that the demo alone shows.
var pages = map[string]bool{"demo.html": true, "shop.html": true, "frame.html": true}

// elsewhere are addresses that only the demo serves: the desk asks whether they are there.
var elsewhere = map[string]bool{"demo": true, "demo/shop": true, "sim": true}

// static is the desk: a file, or its page for any address that is a place within it.
func (a *App) static(w http.ResponseWriter, r *http.Request) {
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		w.Header().Set("Allow", "GET, HEAD")
		web.WriteProblem(w, r, words, &web.Problem{Type: "about:blank", Title: words(web.Lang(r.Header.Get("Accept-Language")), "invalid"),
			Status: http.StatusMethodNotAllowed, Code: "method_not_allowed", Detail: "this address takes no " + r.Method})
		return
	}
	name := strings.TrimPrefix(path.Clean(r.URL.Path), "/")
	h := w.Header()
	h.Set("Content-Security-Policy", deskPolicy)
	h.Set("Cross-Origin-Opener-Policy", "same-origin")
	h.Set("Permissions-Policy", "camera=(), microphone=(), geolocation=()")
	if name != "" && !pages[name] && a.front.Serve(w, r, name) {
		return
	}
	if name != "" && (path.Ext(name) != "" || elsewhere[name]) {
		h.Del("Content-Security-Policy")
		noSuchRoute(w, r)
		return
	}
	if !a.front.Serve(w, r, "index.html") {
		web.WriteProblem(w, r, words, tandem.Coded(tandem.NotFound, "no_front_end", "the front end is not built: run make ui"))
	}
}

// loader is /widget.js, which any site may load.
func (a *App) loader(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Cross-Origin-Resource-Policy", "cross-origin")
	w.Header().Set("Access-Control-Allow-Origin", "*")
	if !a.front.Serve(w, r, "widget.js") {
		noSuchRoute(w, r)
	}
}

// frame is the widget's own page. Only the sites that the account allows may hold it.
func (a *App) frame(w http.ResponseWriter, r *http.Request) {
	s, err := a.site(r.Context(), r.PathValue("site"))
	if err != nil {
		web.WriteProblem(w, r, words, err)
		return
	}
	ancestors := "*"
	if list := strings.FieldsFunc(s.Settings["origins"], func(r rune) bool { return r == ',' || r == ' ' || r == ';' }); len(list) > 0 {
		ancestors = "'self' " + strings.Join(list, " ")
	}
	w.Header().Set("Content-Security-Policy", widgetPolicy+ancestors)
	if !a.front.Serve(w, r, "frame.html") {
		noSuchRoute(w, r)
	}
}

// Page serves one built page that is not the desk's: the demo's phone and shop.
func (a *App) Page(name string) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Security-Policy", strings.Replace(deskPolicy, "frame-ancestors 'none'", "frame-ancestors 'self'", 1))
		if !a.front.Serve(w, r, name) {
			noSuchRoute(w, r)
		}
	})
}
