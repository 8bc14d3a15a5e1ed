package app

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"mime"
	"net/http"
	"path"
	"reflect"
	"strings"
	"unicode"

	"github.com/danielgtaylor/huma/v2"

	"tandem"
	"tandem/access"
	"tandem/channel"
	"tandem/store"
	"tandem/upkeep"
	"tandem/web"
)

// shown are the parts of a message as the desk gets them: a file by our own address, once its copy is
// here. The platform's address and id are nobody's business: they die soon, and some open a door.
func shown(parts []tandem.Part) []tandem.Part {
	out := make([]tandem.Part, 0, len(parts))
	for _, p := range parts {
		if p.File != "" {
			p.URL, p.Value = "", ""
			if p.State == tandem.FileKept {
				p.URL = "/api/files/" + string(p.File)
			}
		}
		out = append(out, p)
	}
	return out
}

// describeFile adds the route of files to the description of the API.
func (a *App) describeFile() {
	o := operation(http.MethodGet, "/api/files/{id}", access.ConversationRead, "The content of a file of a message")
	o.Parameters = []*huma.Param{{Name: "id", In: "path", Required: true, Schema: a.api.OpenAPI().Components.Schemas.Schema(reflect.TypeFor[string](), true, "")}}
	o.Responses = map[string]*huma.Response{"200": {Description: "the content; of a type that a browser may show, or application/octet-stream",
		Content: map[string]*huma.MediaType{"application/octet-stream": {Schema: &huma.Schema{Type: "string", Format: "binary"}}}}}
	a.api.OpenAPI().AddOperation(&o)
	schema := a.api.OpenAPI().Components.Schemas.Schema(reflect.TypeFor[Upload](), true, "Upload")
	p := operation(http.MethodPost, "/api/files", access.ConversationReply, "Bring a file that a reply will send; the body is its content")
	p.Parameters = []*huma.Param{{Name: "name", In: "query", Schema: &huma.Schema{Type: "string"}}}
	p.RequestBody = &huma.RequestBody{Required: true, Content: map[string]*huma.MediaType{"application/octet-stream": {Schema: &huma.Schema{Type: "string", Format: "binary"}}}}
	p.Responses = map[string]*huma.Response{"200": {Description: "OK", Content: map[string]*huma.MediaType{"application/json": {Schema: schema}}}}
	a.api.OpenAPI().AddOperation(&p)
}

// file is GET /api/files/{id}.
func (a *App) file(w http.ResponseWriter, r *http.Request) {
	c := callerOf(r.Context())
	if err := c.may(access.ConversationRead, c.object()); err != nil {
		web.WriteProblem(w, r, words, err)
		return
	}
	f, err := a.db.File(r.Context(), c.Workspace, tandem.FileID(r.PathValue("id")))
	if err == nil && f.State != tandem.FileKept {
		err = tandem.Coded(tandem.NotFound, "not_found", "there is no copy of this file")
	}
	if err != nil {
		web.WriteProblem(w, r, words, err)
		return
	}
	a.serveFile(w, r, c.Workspace, f)
}

// serveFile answers with a file in the way of somebody who does not trust it: the type is one we found
// and know to be harmless, nothing in it may run, and what is no picture, recording or film is saved and
// not shown.
func (a *App) serveFile(w http.ResponseWriter, r *http.Request, ws tandem.WorkspaceID, f store.File) {
	body, err := a.db.FileBody(r.Context(), ws, f.ID)
	if err != nil {
		web.WriteProblem(w, r, words, err)
		return
	}
	how := "attachment"
	if kind, _, _ := strings.Cut(f.Mime, "/"); kind == "image" || kind == "audio" || kind == "video" {
		how = "inline"
	}
	h := w.Header()
	h.Set("Content-Type", f.Mime)
	h.Set("Content-Disposition", mime.FormatMediaType(how, map[string]string{"filename": fileName(f)}))
	h.Set("Content-Security-Policy", "default-src 'none'; sandbox")
	h.Set("Cross-Origin-Resource-Policy", "same-origin")
	h.Set("Cache-Control", "private, max-age=86400, immutable")
	h.Set("ETag", `"`+f.Digest+`"`)
	http.ServeContent(w, r, "", f.At, bytes.NewReader(body))
}

// extensions are the endings of the types that are shown, for files that came without a name.
var extensions = map[string]string{"image/jpeg": ".jpg", "image/png": ".png", "image/gif": ".gif", "image/webp": ".webp", "application/pdf": ".pdf", "audio/mpeg": ".mp3",
	"audio/ogg": ".ogg", "audio/mp4": ".m4a", "audio/wave": ".wav", "audio/aac": ".aac", "audio/amr": ".amr", "video/mp4": ".mp4", "video/webm": ".webm"}

// fileName is a name under which a file may be saved: the customer's, without a path and without signs
// that change how it reads.
func fileName(f store.File) string {
	name := path.Base(strings.ReplaceAll(f.Name, `\`, "/"))
	name = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || unicode.Is(unicode.Cf, r) || strings.ContainsRune(`<>:"|?*/`, r) {
			return -1
		}
		return r
	}, name)
	if name = strings.Trim(name, ". "); name == "" || name == "voice" {
		return f.Kind + extensions[f.Mime]
	}
	if r := []rune(name); len(r) > 120 {
		name = string(r[len(r)-120:])
	}
	return name
}

// takes tells whether a kind of channel sends such a file.
func takes(kind string, p tandem.Part) bool {
	k, _ := channel.Find(kind)
	return k.Sends(p)
}

// Upload is a file that was brought and waits to be sent.
type Upload struct {
	ID   tandem.FileID `json:"id"`
	Name string        `json:"name"`
	Kind string        `json:"kind" enum:"image,video,audio,file"`
	Mime string        `json:"mime" doc:"as found in the content"`
	Size int64         `json:"size"`
}

// upload is POST /api/files: the content is the body. Without a reply that names it, the file is forgotten
// after a day.
func (a *App) upload(w http.ResponseWriter, r *http.Request) {
	c := callerOf(r.Context())
	if err := c.may(access.ConversationReply, c.object()); err != nil {
		web.WriteProblem(w, r, words, err)
		return
	}
	out, err := a.bring(r, c)
	if err != nil {
		web.WriteProblem(w, r, words, err)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	if err := json.NewEncoder(w).Encode(out); err != nil {
		return // who asked is gone
	}
}

func (a *App) bring(r *http.Request, c caller) (Upload, error) {
	body, err := io.ReadAll(http.MaxBytesReader(nil, r.Body, upkeep.MaxFile))
	if _, long := errors.AsType[*http.MaxBytesError](err); long {
		return Upload{}, tandem.Coded(tandem.TooLarge, "file_too_large", "a file has at most %d MB", upkeep.MaxFile>>20)
	}
	if err != nil {
		return Upload{}, tandem.Coded(tandem.Invalid, "truncated", "the file ended early")
	}
	if len(body) == 0 {
		return Upload{}, tandem.Coded(tandem.Invalid, "empty_file", "the file is empty")
	}
	f := kept(body, r.Header.Get("Content-Type"), r.URL.Query().Get("name"))
	err = a.keepBrought(r.Context(), c.Workspace, f, body)
	return Upload{ID: f.ID, Name: f.Name, Kind: f.Kind, Mime: f.Mime, Size: f.Size}, err
}
