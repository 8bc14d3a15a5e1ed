package sim

import (
	"crypto/sha256"
	"encoding/base64"
	"io"
	"net/http"
	"slices"
	"strings"
	"time"
)

// file is a picture, a voice note or a document behind a short-lived URL.
type file struct {
	id      string
	asset   *Asset
	name    string // of an upload
	data    []byte
	mime    string
	expires time.Time // of the file
	url     time.Time // of the URL; zero: as long as the file
}

// PutFile stores a file of a message and gives its URL, which answers 403 once life is over; story media live 24 h,
// other CDN links minutes to days (CHANNELS 2.1, 3.2).
func (m *Meta) PutFile(a *Asset, data []byte, mime string, life time.Duration) string {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.cdn(m.store(a, data, mime, life))
}

// store keeps a file for as long as the platform would.
func (m *Meta) store(a *Asset, data []byte, mime string, life time.Duration) *file {
	f := &file{id: m.number(), asset: a, data: data, mime: mime, expires: time.Now().Add(life)}
	m.files[f.id] = f
	return f
}

// cdn is a file's URL. In the demo the host is a path of the one real port.
func (m *Meta) cdn(f *file) string {
	base := m.quirks.CDN
	if base == "" {
		base = "https://cdn.meta.example"
	}
	return base + "/cdn/" + f.id
}

// serveFile answers a CDN URL. WhatsApp's need the Bearer token, the others are open (CHANNELS 6.5).
func (m *Meta) serveFile(w http.ResponseWriter, r *http.Request) {
	m.mu.Lock()
	f := m.files[strings.TrimPrefix(r.URL.Path, "/cdn/")]
	m.mu.Unlock()
	now := time.Now()
	switch {
	case f == nil:
		http.NotFound(w, r)
	case f.asset.Kind == WhatsApp && r.Header.Get("Authorization") != "Bearer "+f.asset.Token:
		http.Error(w, "unauthorized", http.StatusUnauthorized)
	case now.After(f.expires) || !f.url.IsZero() && now.After(f.url):
		http.Error(w, "URL signature expired", http.StatusForbidden)
	default:
		w.Header().Set("Content-Type", f.mime)
		w.Write(f.data)
	}
}

// mediaInfo answers GET /{media_id}: a URL that lives 5 minutes.
func (m *Meta) mediaInfo(w http.ResponseWriter, c *call, f *file) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if time.Now().After(f.expires) {
		m.refuse(w, c, graphError(100, 33, "Unsupported get request. Object with this ID does not exist"))
		return
	}
	f.url = time.Now().Add(5 * time.Minute)
	answer(w, obj("messaging_product", "whatsapp", "url", m.cdn(f), "mime_type", f.mime, "sha256", digest(f.data),
		"file_size", len(f.data), "id", f.id))
}

// digest is WhatsApp's sha256 of a file: base64, not hex.
func digest(data []byte) string {
	sum := sha256.Sum256(data)
	return base64.StdEncoding.EncodeToString(sum[:])
}

// uploadMedia is POST /{phone_number_id}/media, multipart; ids of uploads live 30 days.
func (m *Meta) uploadMedia(w http.ResponseWriter, c *call, a *Asset) {
	if c.text("messaging_product") != "whatsapp" || c.r.MultipartForm == nil || len(c.r.MultipartForm.File["file"]) != 1 {
		m.refuse(w, c, graphError(100, 0, "(#100) The parameters messaging_product and file are required"))
		return
	}
	part, err := c.r.MultipartForm.File["file"][0].Open()
	if err != nil {
		m.refuse(w, c, graphError(131053, 0, "(#131053) Media upload error"))
		return
	}
	defer part.Close()
	kind := c.text("type")
	if kind == "" {
		kind = c.r.MultipartForm.File["file"][0].Header.Get("Content-Type")
	}
	if !slices.Contains(mediaTypes, kind) {
		m.refuse(w, c, graphError(100, 0, "(#100) Param file must be a file with one of the following types: "+strings.Join(mediaTypes, ", ")+". Received file of type '"+kind+"'."))
		return
	}
	data, err := io.ReadAll(part)
	if err != nil || len(data) > mediaLimit(kind) {
		m.refuse(w, c, graphError(131053, 0, "(#131053) Media upload error"))
		return
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	f := m.store(a, data, kind, 30*24*time.Hour)
	f.name = c.r.MultipartForm.File["file"][0].Filename
	answer(w, obj("id", f.id))
}

// mediaTypes are what WhatsApp takes at an upload; anything else is refused by name.
var mediaTypes = []string{"audio/aac", "audio/mp4", "audio/mpeg", "audio/amr", "audio/ogg", "audio/opus", "application/vnd.ms-powerpoint", "application/msword",
	"application/vnd.openxmlformats-officedocument.wordprocessingml.document", "application/vnd.openxmlformats-officedocument.presentationml.presentation",
	"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "application/pdf", "text/plain", "application/vnd.ms-excel", "image/jpeg", "image/png", "image/webp", "video/mp4", "video/3gpp"}

// mediaLimit is the size WhatsApp takes of a media type, in bytes (CHANNELS 6.5).
func mediaLimit(mime string) int {
	switch kind, _, _ := strings.Cut(mime, "/"); {
	case mime == "image/webp":
		return 500 << 10
	case kind == "image":
		return 5 << 20
	case kind == "audio" || kind == "video":
		return 16 << 20
	}
	return 100 << 20
}
