package web

import (
	"crypto/sha256"
	"encoding/hex"
	"io/fs"
	"mime"
	"net/http"
	"path"
	"strconv"
	"strings"
)

// Files serves built files from memory, compressed where a compressed neighbour (.br, .gz) lies
// beside them and the browser takes it.
type Files struct{ files map[string]file }

type file struct {
	plain, br, gz []byte
	kind, etag    string
	forever       bool
}

// types are told here and not looked up, so that they are the same on every machine.
var types = map[string]string{
	".html": "text/html; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".mjs": "text/javascript; charset=utf-8", ".css": "text/css; charset=utf-8",
	".svg": "image/svg+xml", ".png": "image/png", ".woff2": "font/woff2", ".json": "application/json", ".webmanifest": "application/manifest+json", ".ico": "image/x-icon",
	".txt": "text/plain; charset=utf-8", ".map": "application/json", ".wav": "audio/wav", ".mp3": "audio/mpeg", ".jpg": "image/jpeg", ".webp": "image/webp",
}

// NewFiles reads all files of a tree into memory.
func NewFiles(tree fs.FS) (*Files, error) {
	f := &Files{files: map[string]file{}}
	err := fs.WalkDir(tree, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		b, err := fs.ReadFile(tree, name)
		if err != nil {
			return err
		}
		base, ext := strings.TrimSuffix(name, path.Ext(name)), path.Ext(name)
		switch ext {
		case ".br":
			one := f.files[base]
			one.br = b
			f.files[base] = one
			return nil
		case ".gz":
			one := f.files[base]
			one.gz = b
			f.files[base] = one
			return nil
		}
		one := f.files[name]
		sum := sha256.Sum256(b)
		one.plain, one.etag, one.kind = b, hex.EncodeToString(sum[:12]), types[ext]
		one.forever = strings.HasPrefix(name, "assets/") // their names carry a hash of their content
		if one.kind == "" {
			one.kind = mime.TypeByExtension(ext)
		}
		f.files[name] = one
		return nil
	})
	for name, one := range f.files {
		if one.plain == nil { // a compressed file of nothing
			delete(f.files, name)
		}
	}
	return f, err
}

// Has tells whether there is a file of this name.
func (f *Files) Has(name string) bool { _, ok := f.files[name]; return ok }

// Serve answers with one file, and false where there is none of this name.
func (f *Files) Serve(w http.ResponseWriter, r *http.Request, name string) bool {
	one, ok := f.files[name]
	if !ok {
		return false
	}
	body, encoding, etag := one.plain, "", `"`+one.etag+`"`
	accepts := r.Header.Get("Accept-Encoding")
	switch {
	case one.br != nil && takes(accepts, "br"):
		body, encoding, etag = one.br, "br", `"`+one.etag+`-br"`
	case one.gz != nil && takes(accepts, "gzip"):
		body, encoding, etag = one.gz, "gzip", `"`+one.etag+`-gz"`
	}
	h := w.Header()
	h.Set("Content-Type", one.kind)
	h.Set("ETag", etag)
	h.Set("Vary", "Accept-Encoding")
	h.Set("Cache-Control", "no-cache")
	if one.forever {
		h.Set("Cache-Control", "public, max-age=31536000, immutable")
	}
	if encoding != "" {
		h.Set("Content-Encoding", encoding)
	}
	if strings.Contains(r.Header.Get("If-None-Match"), etag) {
		w.WriteHeader(http.StatusNotModified)
		return true
	}
	h.Set("Content-Length", strconv.Itoa(len(body)))
	if r.Method != http.MethodHead {
		w.Write(body)
	}
	return true
}

// takes tells whether a header Accept-Encoding allows a coding.
func takes(accept, coding string) bool {
	for part := range strings.SplitSeq(accept, ",") {
		name, params, _ := strings.Cut(strings.TrimSpace(part), ";")
		if strings.EqualFold(strings.TrimSpace(name), coding) {
			q, has := strings.CutPrefix(strings.ReplaceAll(params, " ", ""), "q=")
			return !has || strings.Trim(q, "0.") != ""
		}
	}
	return false
}
