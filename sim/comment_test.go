package sim

import (
	"fmt"
	"net/url"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

// private makes the private-reply call for a comment.
func (s *scene) private(a *Asset, comment, text string) result {
	body := map[string]any{"recipient": map[string]any{"comment_id": comment}, "message": map[string]any{"text": text}}
	if a.Kind == Instagram {
		return s.do("POST", InstagramHost, "/v25.0/"+a.ID+"/messages", InstagramToken, body)
	}
	return s.do("POST", FacebookHost, "/v25.0/me/messages", PageToken, body)
}

// Line 13.
func TestPrivateReply(t *testing.T) {
	for _, platform := range []string{"instagram", "messenger"} {
		t.Run(platform, func(t *testing.T) {
			play(t, func(s *scene) {
				a := s.Meta.Asset(platform)
				id := s.Meta.Comment(a, "ola", "p1", "Gdzie paczka?!", CommentOptions{})
				r := s.private(a, id, "Już sprawdzamy.")
				s.want(r, "", "the first reply")
				if r.text("recipient_id") != s.Meta.UserID(a, "ola") {
					t.Errorf("recipient %v", r.body)
				}
				synctest.Wait()
				s.has(`"from":{"id":"` + r.text("recipient_id") + `"`)
				s.want(s.private(a, id, "Jeszcze raz"), "100/2534025", "a second reply")
				send, closed := s.ig, "10/2534022"
				if platform == "messenger" {
					send, closed = s.fb, "10/2018278"
				}
				s.want(send("ola", "I jeszcze"), closed, "a message before the answer")
				s.Meta.DM(a, "ola", "Numer 1001", DMOptions{})
				s.want(send("ola", "Dziękujemy"), "", "after the answer")
				out := s.Meta.Outbox(platform, "ola")
				if len(out) != 2 || out[0].Kind != "private_reply" || out[0].Public {
					t.Errorf("outbox %+v", out)
				}
				old := s.Meta.Comment(a, "ela", "p1", "stare", CommentOptions{At: time.Now().Add(-8 * 24 * time.Hour)})
				s.want(s.private(a, old, "x"), "100/2534025", "a comment of last week")
				s.want(s.private(a, "999", "x"), "100/2534025", "no such comment")
				gone := s.Meta.Comment(a, "ela", "p1", "x", CommentOptions{})
				s.Meta.RemoveComment(gone)
				s.want(s.private(a, gone, "x"), "100/2534025", "a deleted comment")
			})
		})
	}
}

func TestPrivateReplyMayNameAnotherId(t *testing.T) {
	play(t, func(s *scene) {
		s.Meta.Quirk(func(q *Quirks) { q.OtherRecipient = true })
		id := s.Meta.Comment(s.Page, "ola", "p1", "x", CommentOptions{})
		r := s.private(s.Page, id, "a")
		synctest.Wait()
		s.lacks(`"from":{"id":"` + r.text("recipient_id") + `"`)
	})
}

// Line 14, Facebook.
func TestPageComments(t *testing.T) {
	play(t, func(s *scene) {
		post := s.Meta.Post(s.Page, "p1", "Nowość")
		id := s.Meta.Comment(s.Page, "ola", "p1", "Znowu opóźnienie", CommentOptions{})
		synctest.Wait()
		s.has(`"verb":"add"`, `"post_id":"`+post+`"`, `"parent_id":"`+post+`"`, `"field":"feed"`, id)
		s.want(s.fb("ola", "a"), "10/2018278", "a comment opens no window")
		s.fresh()
		s.Meta.EditComment(id, "Opóźnienie!")
		s.Meta.HideComment(id, true)
		s.Meta.HideComment(id, false)
		synctest.Wait()
		s.has(`"verb":"edited"`, `"edited_time"`, `"verb":"hide"`, `"sender_id":504100000000001,`, `"verb":"unhide"`)
		s.fresh()
		r := s.form("POST", FacebookHost, "/v25.0/"+id+"/comments", PageToken, url.Values{"message": {"Przepraszamy"}})
		s.want(r, "", "public reply")
		s.settle(time.Second)
		s.has(`"comment_id":"`+r.text("id")+`"`, `"from":{"id":"504100000000001"`, `"parent_id":"`+id+`"`)
		s.fresh()
		human := s.Meta.ReplyFromInbox(id, "Tu Ania")
		synctest.Wait()
		s.has(human, `"from":{"id":"504100000000001"`)
		r = s.do("GET", FacebookHost, "/v25.0/"+id+"?fields=message,from,can_reply_privately,is_hidden", PageToken, nil)
		if r.text("message") != "Opóźnienie!" || r.body["can_reply_privately"] != true {
			t.Errorf("comment %v", r.body)
		}
		s.want(s.form("POST", FacebookHost, "/v25.0/"+id, PageToken, url.Values{"is_hidden": {"true"}}), "", "hide")
		s.want(s.do("POST", FacebookHost, "/v25.0/"+id+"/likes", PageToken, nil), "", "like")
		s.fresh()
		s.want(s.do("DELETE", FacebookHost, "/v25.0/"+id, PageToken, nil), "", "delete")
		synctest.Wait()
		s.has(`"verb":"remove"`)
		s.lacks("created_time", `"message"`)
		s.want(s.form("POST", FacebookHost, "/v25.0/"+id+"/comments", PageToken, url.Values{"message": {"x"}}), "100/33", "reply to deleted")
		out := s.Meta.Outbox("facebook", "ola")
		if len(out) != 1 || !out[0].Public || out[0].Kind != "comment" || out[0].Text != "Przepraszamy" {
			t.Errorf("outbox %+v", out)
		}
		s.Meta.Quirk(func(q *Quirks) { q.OldSenderForm = true })
		s.fresh()
		s.Meta.Comment(s.Page, "ola", post, "stara forma", CommentOptions{})
		synctest.Wait()
		s.has(`"sender_id":` + s.Meta.UserID(s.Page, "ola"))
		s.lacks(`"from"`)
	})
}

// Line 14, Instagram.
func TestInstagramComments(t *testing.T) {
	play(t, func(s *scene) {
		id := s.Meta.Comment(s.Instagram, "ola", "p1", "Gdzie paczka?", CommentOptions{})
		synctest.Wait()
		s.has(`"field":"comments"`, `"id":"`+id+`"`, `"username":"ola"`, s.Meta.Post(s.Instagram, "p1", ""))
		s.want(s.ig("ola", "a"), "10/2534022", "a comment opens no window")
		s.fresh()
		s.Meta.EditComment(id, "zmienione")
		synctest.Wait()
		if len(s.hooks()) != 0 {
			t.Errorf("Instagram told of an edit: %s", s.all())
		}
		r := s.form("POST", InstagramHost, "/v25.0/"+id+"/replies", InstagramToken, url.Values{"message": {"Już sprawdzamy"}})
		s.want(r, "", "reply")
		s.settle(time.Second)
		s.has(r.text("id"), "self_ig_scoped_id", `"parent_id":"`+id+`"`)
		s.want(s.form("POST", InstagramHost, "/v25.0/"+r.text("id")+"/replies", InstagramToken, url.Values{"message": {"x"}}), "100/0", "reply to a reply")
		s.want(s.form("POST", InstagramHost, "/v25.0/"+id+"/comments", InstagramToken, url.Values{"message": {"x"}}), "100/33", "Facebook's edge")
		s.want(s.form("POST", InstagramHost, "/v25.0/"+id, InstagramToken, url.Values{"hide": {"true"}}), "", "hide")
		s.want(s.form("POST", InstagramHost, "/v25.0/"+id+"/replies", InstagramToken, url.Values{"message": {"x"}}), "100/0", "reply to hidden")
		s.fresh()
		s.Meta.RemoveComment(id)
		s.settle(time.Minute)
		if len(s.hooks()) != 0 {
			t.Error("Instagram told of a removal")
		}
		s.want(s.do("GET", InstagramHost, "/v25.0/"+id, InstagramToken, nil), "100/33", "read a deleted comment")
		s.Meta.Quirk(func(q *Quirks) { q.CommentIDKey = true })
		s.fresh()
		s.Meta.Comment(s.Instagram, "ola", "p2", "reklama", CommentOptions{Ad: true})
		s.Meta.Comment(s.Instagram, "ola", "p2", "na żywo", CommentOptions{Live: true})
		synctest.Wait()
		s.has(`"comment_id":"17`, `"media_product_type":"AD"`, `"field":"live_comments"`)
	})
}

func TestMentionsCarryNoId(t *testing.T) {
	play(t, func(s *scene) {
		via := s.Meta.Add(&Asset{Kind: InstagramViaPage, ID: "17841400000000009", Name: "Modna Szafa", Username: "modnaszafa.fb",
			Token: PageToken, PageID: s.Page.ID})
		s.Meta.SubscribeAsset(via)
		id := s.Meta.Mention(via, "ola", "@modnaszafa.fb polecam")
		synctest.Wait()
		s.has(`"field":"mentions"`, id)
		s.lacks(s.Meta.UserID(via, "ola"), "polecam")
		r := s.do("GET", FacebookHost, "/v25.0/"+via.ID+"?fields=mentioned_comment.comment_id("+id+"){text,username,media}", PageToken, nil)
		if got := fmt.Sprint(r.body); !strings.Contains(got, "username:ola") || strings.Contains(got, s.Meta.UserID(via, "ola")) {
			t.Errorf("mention %s", got)
		}
		media := r.body["mentioned_comment"].(map[string]any)["media"].(map[string]any)["id"].(string)
		s.want(s.form("POST", FacebookHost, "/v25.0/"+via.ID+"/mentions", PageToken,
			url.Values{"media_id": {media}, "comment_id": {id}, "message": {"Dziękujemy"}}), "", "answer")
		if out := s.Meta.Outbox("instagram", "ola"); len(out) != 1 || !out[0].Public {
			t.Errorf("outbox %+v", out)
		}
		s.fresh()
		s.Meta.Mention(s.Instagram, "ola", "@modnaszafa super")
		synctest.Wait()
		s.has(`"field":"comments"`)
	})
}

// One Page token serves the Page and its Instagram account; the recipient tells which is meant.
func TestInstagramThroughAPage(t *testing.T) {
	play(t, func(s *scene) {
		via := s.Meta.Add(&Asset{Kind: InstagramViaPage, ID: "17841400000000009", Token: PageToken, PageID: s.Page.ID})
		s.Meta.SubscribeAsset(via)
		s.Meta.DM(via, "ola", "na Instagramie", DMOptions{})
		synctest.Wait()
		if at := s.Meta.Attempts()[0]; at.Signature != Sign("tandem-test-app-secret", at.Body) || !strings.Contains(string(at.Body), `"object":"instagram"`) {
			t.Errorf("webhook %s", at.Body)
		}
		for _, path := range []string{"me", s.Page.ID, via.ID} {
			r := s.do("POST", FacebookHost, "/v25.0/"+path+"/messages", PageToken, s.message(via, "ola", "odpowiedź", nil))
			s.want(r, "", path)
		}
		if out := s.Meta.Outbox("instagram", "ola"); len(out) != 3 {
			t.Errorf("outbox %+v", out)
		}
	})
}
