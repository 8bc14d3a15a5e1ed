package app

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"net/http"
	"slices"
	"strings"

	"tandem"
	"tandem/channel"
	"tandem/store"
	"tandem/upkeep"
	"tandem/web"
)

// What a visitor of the website may send: pictures and PDF, of which the content decides and not the name.
// Anybody can be a visitor, so the limits are below those of people at the desk.
const maxVisitorFile = 8 << 20

var visitorTypes = []string{"image/jpeg", "image/png", "image/gif", "image/webp", "application/pdf"}

// WidgetFile is a file of a message as a visitor sees it; its content is at files/{id}.
type WidgetFile struct {
	ID   tandem.FileID `json:"id"`
	Name string        `json:"name"`
	Kind string        `json:"kind" enum:"image,video,audio,file"`
	Size int64         `json:"size"`
}

// widgetFiles are the files of a message of which there is a copy.
func widgetFiles(m tandem.Message) (out []WidgetFile) {
	for _, p := range m.Parts {
		if p.File != "" && p.State == tandem.FileKept {
			out = append(out, WidgetFile{ID: p.File, Name: p.Name, Kind: p.Type, Size: p.Size})
		}
	}
	return out
}

// visitorBrings is POST /widget/{site}/files: the body is the content, the query has its name. The ticket in the
// answer is what a message names; it is good for this visitor alone. A file that no message names is
// forgotten after a day.
func (a *App) visitorBrings(w http.ResponseWriter, r *http.Request, v visit) error {
	ip, _ := web.Caller(r, a.conf.Proxied)
	for _, who := range []string{v.visitor, ip} {
		if err := a.perUpload.Take(string(v.site.ID)+" "+who, now()); err != nil {
			return err
		}
	}
	body, err := io.ReadAll(r.Body)
	if err != nil {
		if err = readFailed(err); tandem.KindOf(err) == tandem.TooLarge {
			err = tandem.Coded(tandem.TooLarge, "visitor_file_too_large", "a file has at most %d MB", maxVisitorFile>>20)
		}
		return err
	}
	f := kept(body, "", r.URL.Query().Get("name"))
	f.Account = v.site.ID
	switch {
	case len(body) == 0:
		return tandem.Coded(tandem.Invalid, "empty_file", "the file is empty")
	case !slices.Contains(visitorTypes, f.Mime):
		return tandem.Coded(tandem.Invalid, "visitor_file_type", "only pictures (JPEG, PNG, GIF, WebP) and PDF can be sent")
	}
	if err := a.keepBrought(r.Context(), v.site.Workspace, f, body); err != nil {
		return err
	}
	web.WriteJSON(w, http.StatusOK, map[string]any{"ticket": channel.FileTicket(v.site.Secrets["widget_secret"], v.visitor, f.ID), "file": WidgetFile{f.ID, f.Name, f.Kind, f.Size}})
	return nil
}

// visitorReads is GET /widget/{site}/files/{id}: a file of the visitor's own conversation on this website.
func (a *App) visitorReads(w http.ResponseWriter, r *http.Request, v visit) error {
	none := tandem.Coded(tandem.NotFound, "not_found", "there is no such file in this conversation")
	f, err := a.db.File(r.Context(), v.site.Workspace, tandem.FileID(r.PathValue("id")))
	if err != nil || f.Message == "" || f.State != tandem.FileKept {
		return none
	}
	m, err := a.db.Message(r.Context(), v.site.Workspace, f.Message)
	if err != nil || m.Removed {
		return none
	}
	th, err := a.db.ThreadByExternal(r.Context(), v.site.Workspace, v.site.ID, v.visitor)
	if err != nil || th.ID != m.Thread || m.Delivery == tandem.Queued {
		return none
	}
	a.serveFile(w, r, v.site.Workspace, f)
	return nil
}

// kept describes a file by its content; name is only what it may be saved as.
func kept(body []byte, said, name string) store.File {
	sum := sha256.Sum256(body)
	f := store.File{ID: tandem.NewID[tandem.FileID](), State: tandem.FileKept, Mime: upkeep.Sniff(body, said), Size: int64(len(body)), Digest: hex.EncodeToString(sum[:])}
	if f.Kind, _, _ = strings.Cut(f.Mime, "/"); f.Kind != "image" && f.Kind != "video" && f.Kind != "audio" {
		f.Kind = "file"
	}
	f.Name = fileName(store.File{Name: name, Kind: f.Kind, Mime: f.Mime})
	return f
}

// keepBrought stores a file that somebody brought. It is on record first: what is cut off in the middle is
// forgotten after a day, like all that nobody sends.
func (a *App) keepBrought(ctx context.Context, ws tandem.WorkspaceID, f store.File, body []byte) error {
	if err := a.db.Write(ctx, ws, func(tx *store.Tx) error { return tx.AddFile(f) }); err != nil {
		return err
	}
	return a.db.KeepFile(ctx, ws, f.ID, body)
}
