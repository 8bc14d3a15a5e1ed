package sim

import (
	"bytes"
	"encoding/json"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

// The same world on real ports, as in the demo: webhook out, answer in, echo out.
func TestOnARealPort(t *testing.T) {
	w := ModnaSzafa(time.Now())
	defer w.Close()
	world := httptest.NewServer(w.Handler())
	defer world.Close()
	got := make(chan string, 10)
	product := httptest.NewServer(http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodGet {
			rw.Write([]byte(r.URL.Query().Get("hub.challenge")))
			return
		}
		var b bytes.Buffer
		b.ReadFrom(r.Body)
		if r.Header.Get("X-Hub-Signature-256") != Sign("tandem-test-instagram-secret", b.Bytes()) {
			t.Error("wrong signature")
		}
		got <- b.String()
	}))
	defer product.Close()
	if err := w.Subscribe(t.Context(), product.URL+"/hook/meta", "", "v"); err != nil {
		t.Fatal(err)
	}
	wait := func(want string) {
		t.Helper()
		select {
		case b := <-got:
			if !strings.Contains(b, want) {
				t.Errorf("webhook lacks %s: %s", want, b)
			}
		case <-time.After(2 * time.Minute):
			t.Fatalf("no webhook with %s", want)
		}
	}
	w.Meta.DM(w.Instagram, "marek", "Gdzie paczka?", DMOptions{})
	wait("Gdzie paczka?")
	body, _ := json.Marshal(map[string]any{"recipient": map[string]any{"id": w.Meta.UserID(w.Instagram, "marek")}, "message": map[string]any{"text": "Sprawdzam"}})
	r, _ := http.NewRequest("POST", world.URL+"/graph.instagram.com/v25.0/me/messages", bytes.NewReader(body))
	r.Header.Set("Authorization", "Bearer "+InstagramToken)
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	answer.Body.Close()
	if answer.StatusCode != 200 || len(w.Meta.Outbox("instagram", "marek")) != 1 {
		t.Errorf("send: %d", answer.StatusCode)
	}
	wait("is_echo")
}

// Closing in the middle of everything leaves nothing running: the bubble would not end otherwise.
func TestCloseLeavesNothingBehind(t *testing.T) {
	play(t, func(s *scene) {
		s.answer(500, time.Second)
		for range 5 {
			s.Meta.DM(s.Instagram, "ola", "x", DMOptions{})
			s.Meta.DM(s.Page, "ela", "x", DMOptions{Delivery: Delivery{Delay: time.Hour}})
		}
		s.ig("ola", "a")
		s.Close()
		n := len(s.hooks())
		s.Meta.DM(s.Instagram, "ola", "po zamknięciu", DMOptions{})
		s.settle(24 * time.Hour)
		if len(s.hooks()) != n {
			t.Error("delivered after Close")
		}
	})
}

func TestVisitorPostsLikesAndUnknownObjects(t *testing.T) {
	play(t, func(s *scene) {
		id := s.Meta.VisitorPost(s.Page, "ola", "Nie polecam!")
		synctest.Wait()
		s.has(`"item":"status"`, `"post_id":"`+id+`"`, "Nie polecam!")
		s.lacks("comment_id")
		reply := func(key string) result {
			return s.do("POST", FacebookHost, "/v25.0/me/messages", PageToken, map[string]any{
				"recipient": map[string]any{key: id}, "message": map[string]any{"text": "Przepraszamy"}})
		}
		s.want(reply("comment_id"), "100/2534025", "a post is no comment")
		s.want(reply("post_id"), "", "private reply to a post")
		s.want(s.do("POST", FacebookHost, "/v25.0/"+id+"/comments", PageToken, map[string]any{"message": "Przykro nam"}), "", "public reply")
		if out := s.Meta.Outbox("facebook", "ola"); len(out) != 1 {
			t.Errorf("outbox %+v", out)
		}
		s.fresh()
		s.Meta.Like(s.Page, "ola", "p1")
		s.Meta.DM(s.Page, "ola", "x", DMOptions{Delivery: Delivery{Object: "permissions"}})
		synctest.Wait()
		s.has(`"item":"reaction"`, `"object":"permissions"`)
	})
}

func TestAttachmentsByUploadAndByFile(t *testing.T) {
	play(t, func(s *scene) {
		s.Meta.DM(s.Page, "ola", "x", DMOptions{})
		image := func(payload map[string]any) map[string]any {
			return map[string]any{"attachment": map[string]any{"type": "image", "payload": payload}}
		}
		up := s.do("POST", FacebookHost, "/v25.0/me/message_attachments", PageToken,
			map[string]any{"message": image(map[string]any{"url": "https://x/a.jpg", "is_reusable": true})})
		s.want(up, "", "upload")
		s.want(s.fb("ola", "", "message", image(map[string]any{"attachment_id": up.text("attachment_id")})), "", "by id")
		s.want(s.fb("ola", "", "message", image(map[string]any{"attachment_id": "1"})), "100/2018047", "unknown id")
		file := func(size int) result {
			var b bytes.Buffer
			w := multipart.NewWriter(&b)
			w.WriteField("recipient", `{"id":"`+s.Meta.UserID(s.Page, "ola")+`"}`)
			w.WriteField("messaging_type", "RESPONSE")
			w.WriteField("message", `{"attachment":{"type":"image","payload":{}}}`)
			part, _ := w.CreateFormFile("filedata", "a.png")
			part.Write(make([]byte, size))
			w.Close()
			r, _ := http.NewRequest("POST", "https://"+FacebookHost+"/v25.0/me/messages", &b)
			r.Header.Set("Authorization", "Bearer "+PageToken)
			r.Header.Set("Content-Type", w.FormDataContentType())
			return s.send(r, time.Minute)
		}
		s.want(file(1000), "", "by file")
		s.want(file(8<<20+1), "100/2018109", "an image over 8 MB")
	})
}
