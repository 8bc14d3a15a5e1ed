package upkeep

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"net/http"
	"strings"
	"time"

	"tandem"
	"tandem/channel"
	"tandem/job"
	"tandem/store"
)

// MaxFile is the largest file that is kept, in bytes. Messenger and Instagram take no larger ones;
// WhatsApp has documents of up to 100 MB (CHANNELS.md 2.2, 3.3, 6.5), which are looked at in the app.
const MaxFile = 25 << 20

const (
	atOnce    = 4                  // files fetched at the same time: each is in memory as a whole
	crowded   = 2 * time.Second    // until the next look where they are that many
	forgotten = 7 * 24 * time.Hour // after this no platform has the file (CHANNELS.md 6.5)
	deadToken = 15 * time.Minute   // between looks while an account is broken
)

// places bounds how many files are fetched at once on this node.
var places = make(chan struct{}, atOnce)

// Fetch keeps a copy of one file. What it is, is found in its content; what the platform says of it is
// not believed.
func (k Keeper) Fetch(ctx context.Context, j store.Job) (err error) {
	defer tandem.Wrap(&err, "file %s", j.Arg)
	select {
	case places <- struct{}{}:
		defer func() { <-places }()
	default:
		return job.Later{At: time.Now().Add(crowded), Why: "crowded"}
	}
	f, err := k.DB.File(ctx, j.Workspace, tandem.FileID(j.Arg))
	if err != nil || f.State != tandem.FileWaiting {
		return unlessGone(err)
	}
	m, err := k.DB.Message(ctx, j.Workspace, f.Message)
	if err != nil {
		return err
	}
	if f.Part >= len(m.Parts) || m.Parts[f.Part].File != f.ID {
		return nil
	}
	line, _ := k.Line(f.Account)
	from, can := line.(channel.Fetcher)
	if !can {
		f.State, f.Problem = tandem.FileRefused, "no_files"
		return k.write(ctx, j, func(tx *store.Tx) (bool, error) { return false, tx.SettleFile(f) })
	}
	body, said, err := read(ctx, from, m.Parts[f.Part])
	switch kind := tandem.KindOf(err); {
	case err == nil:
		f.State, f.Size, f.Mime = tandem.FileKept, int64(len(body)), Sniff(body, said)
		sum := sha256.Sum256(body)
		f.Digest = hex.EncodeToString(sum[:])
		if err := k.DB.KeepFile(ctx, j.Workspace, f.ID, body); err != nil {
			return unlessGone(err)
		}
	case kind == tandem.NotFound:
		f.State, f.Problem = tandem.FileGone, tandem.CodeOf(err)
	case kind == tandem.Invalid || kind == tandem.TooLarge:
		f.State, f.Problem = tandem.FileRefused, tandem.CodeOf(err)
	case time.Since(f.At) > forgotten:
		f.State, f.Problem = tandem.FileGone, tandem.CodeOf(err)
	case kind == tandem.Denied:
		return job.Later{At: time.Now().Add(deadToken), Why: tandem.CodeOf(err)}
	default:
		return job.Later{At: time.Now().Add(job.Backoff(j.Tries)), Why: tandem.CodeOf(err), Failed: true}
	}
	return k.write(ctx, j, func(tx *store.Tx) (bool, error) { return false, tx.SettleFile(f) })
}

// unlessGone lets pass that a file is no longer on record: its message was taken back.
func unlessGone(err error) error {
	if tandem.KindOf(err) == tandem.NotFound {
		return nil
	}
	return err
}

// read reads a whole file, up to the limit.
func read(ctx context.Context, from channel.Fetcher, p tandem.Part) ([]byte, string, error) {
	in, said, err := from.Fetch(ctx, p)
	if err != nil {
		return nil, "", err
	}
	defer in.Close()
	body, err := io.ReadAll(io.LimitReader(in, MaxFile+1))
	switch {
	case err != nil:
		return nil, "", tandem.Coded(tandem.Transient, channel.CodeNoAnswer, "the file ended early")
	case len(body) > MaxFile:
		return nil, "", tandem.Coded(tandem.TooLarge, "too_large", "the file is longer than %d bytes", MaxFile)
	}
	return body, said, nil
}

// trusty are the types that a browser may show: what the content is, and never text, markup or SVG.
var trusty = map[string]bool{"image/jpeg": true, "image/png": true, "image/gif": true, "image/webp": true, "application/pdf": true,
	"audio/mpeg": true, "audio/ogg": true, "audio/mp4": true, "audio/wave": true, "audio/aac": true, "audio/amr": true, "video/mp4": true, "video/webm": true}

// Sniff says what a file is by its first bytes. What is not one of the harmless types is bytes and
// nothing else. said settles only what the bytes leave open: whether an MP4 or an Ogg has pictures.
func Sniff(body []byte, said string) string {
	found, _, _ := strings.Cut(http.DetectContentType(body), ";")
	said, _, _ = strings.Cut(strings.ToLower(strings.TrimSpace(said)), ";")
	head := string(body[:min(len(body), 12)])
	switch {
	case found == "application/ogg":
		found = "audio/ogg"
	case found == "video/mp4" && said == "audio/mp4", len(head) >= 11 && head[4:11] == "ftypM4A":
		found = "audio/mp4"
	case strings.HasPrefix(head, "#!AMR"):
		found = "audio/amr"
	case strings.HasPrefix(head, "\xff\xf1"), strings.HasPrefix(head, "\xff\xf9"):
		found = "audio/aac"
	}
	if !trusty[found] {
		return "application/octet-stream"
	}
	return found
}
