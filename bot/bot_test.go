package bot

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"tandem"
)

// TestEveryTopicInEveryAct writes down what the bot says on all 40 topics, in both languages, as an
// answer, as a draft and as suggestions.
func TestEveryTopicInEveryAct(t *testing.T) {
	for _, lang := range []string{"pl", "en"} {
		var b strings.Builder
		for _, topic := range all {
			s := disclosed(shop())
			s.Conversation.Lang = lang
			f := found("in_transit", false)
			if topic == "parcel_late" || topic == "parcel_lost" {
				f = late(found("delayed", true))
			}
			if topic == "refund_overdue" {
				f = with(with(f, "refund", "refund_overdue"), "refund_due", stamp(monday.AddDate(0, 0, -3)))
			}
			fmt.Fprintf(&b, "## %s\n", topic)
			fmt.Fprintf(&b, "answer: %s", show(Compose(s, decide(tandem.Answer, topic), f)))
			fmt.Fprintf(&b, "ty: %s", show(Compose(s, decide(tandem.Answer, topic, ty), f)))
			fmt.Fprintf(&b, "draft: %s", show(Compose(s, decide(tandem.Propose, topic), f)))
			for i, r := range Suggestions(s, decide(tandem.Suggest, topic, mood(tandem.Angry)), f, Voice{Vocative: marku, Agent: "Ola"}) {
				fmt.Fprintf(&b, "suggestion %d: %s", i+1, show(r))
			}
			b.WriteString("\n")
		}
		golden(t, "topics."+lang, b.String())
	}
}

func marku(first string) (string, bool) {
	v, ok := map[string]string{"Marek": "Marku", "Anna": "Anno", "Kuba": "Kubo"}[first]
	return v, ok
}

func TestEveryStateOfAParcelAndAnOrder(t *testing.T) {
	for _, lang := range []string{"pl", "en"} {
		var b strings.Builder
		s := disclosed(shop())
		s.Conversation.Lang = lang
		for key := range polish {
			if state, ok := strings.CutPrefix(key, "parcel."); ok {
				for _, f := range []tandem.Findings{found(state, false), late(found(state, false))} {
					if r := Compose(s, decide(tandem.Answer, "parcel_tracking"), f); !r.OK || len(r.Claims) == 0 {
						t.Errorf("%s %s: %+v", lang, state, r)
					}
				}
			}
		}
		for _, state := range strings.Fields("created handed_over in_transit delayed out_for_delivery ready_for_pickup pickup_expiring failed_attempt delivered returning returned cancelled exception_lost exception_damaged exception_address exception_refused exception_oversize") {
			fmt.Fprintf(&b, "%s: %s", state, show(Compose(s, decide(tandem.Answer, "parcel_tracking"), found(state, false))))
			fmt.Fprintf(&b, "%s, late: %s", state, show(Compose(s, decide(tandem.Answer, "parcel_tracking"), late(found(state, false)))))
		}
		for _, status := range strings.Fields("new paid packed sent delivered cancelled returned") {
			f := with(found("unknown", false), "status", status)
			fmt.Fprintf(&b, "order %s: %s", status, show(Compose(s, decide(tandem.Answer, "order_status"), f)))
		}
		for _, refund := range strings.Fields("pending paid refused refund_overdue") {
			fmt.Fprintf(&b, "refund %s: %s", refund, show(Compose(s, decide(tandem.Answer, "refund_status"), with(found("delivered", false), "refund", refund))))
		}
		golden(t, "states."+lang, b.String())
	}
}

func TestEveryQuestion(t *testing.T) {
	for _, lang := range []string{"pl", "en"} {
		var b strings.Builder
		for _, m := range [][]string{{"order", "contact"}, {"order"}, {"contact"}, {"order", "contact", "again"}, {"topic"}, {"more"}, {"private"}} {
			for _, form := range []string{"", "ty"} {
				s := disclosed(shop())
				s.Conversation.Lang = lang
				d := decide(tandem.Ask, "parcel_tracking", missing(m...), func(d *tandem.Decision) {
					d.Reading.Form, d.Reading.Set = form, []string{"parcel_tracking", "order_status", "refund_status"}
				})
				for turn := range 2 {
					fmt.Fprintf(&b, "%s %s %d: %s", strings.Join(m, ","), form, turn, show(Compose(s, d, tandem.Findings{})))
					s.Messages = append(s.Messages, tandem.Message{Origin: tandem.FromBot, Text: "x"})
				}
			}
		}
		golden(t, "questions."+lang, b.String())
	}
}

func TestEveryNotice(t *testing.T) {
	for _, lang := range []string{"pl", "en"} {
		var b strings.Builder
		for _, kind := range Notices {
			for _, state := range []string{"staffed", "closed", "closed, no hours", "taken", "ty"} {
				s := shop()
				s.Conversation.Lang = lang
				s.Staffed = !strings.HasPrefix(state, "closed")
				if state == "closed, no hours" {
					s.Next = time.Time{}
				}
				if state == "taken" {
					s.Handover = &tandem.Handover{TakenBy: "ola"}
				}
				if state == "ty" {
					s.Messages[0].Reading = &tandem.Reading{Form: "ty"}
				}
				text, choice := Notice(kind, s)
				if text == "" {
					t.Errorf("%s %s: no text", kind, state)
				}
				fmt.Fprintf(&b, "%s, %s: %s %q\n", kind, state, text, choice)
			}
		}
		golden(t, "notices."+lang, b.String())
	}
	if text, _ := Notice("marketing", shop()); text != "" {
		t.Error("the list of notices is not closed")
	}
}

func TestTheWaitNoticeIsHonest(t *testing.T) {
	s := shop()
	if text, _ := Notice("wait", s); strings.Contains(text, "zajmuje się teraz") || strings.Contains(text, "minut") {
		t.Errorf("nobody has taken it, and no time is known: %s", text)
	}
	s.Staffed = false
	if text, _ := Notice("wait", s); !strings.Contains(text, "jutro o 9:00") {
		t.Errorf("nobody is there and the customer is not told when: %s", text)
	}
}

func TestNothingIsToldBeyondTheProof(t *testing.T) {
	for _, topic := range all {
		for _, act := range []tandem.Act{tandem.Answer, tandem.Propose, tandem.Suggest, tandem.Ask} {
			for who := tandem.V0; who <= tandem.V2; who++ {
				for _, public := range []bool{false, true} {
					s := disclosed(shop())
					s.Customer.Identities = nil
					if public {
						s.Messages[0].Thread = "post"
					}
					f := late(found("delayed", true))
					f.Verified = who
					replies := []tandem.Reply{Compose(s, decide(act, topic, missing("more")), f)}
					replies = append(replies, Suggestions(s, decide(act, topic), f, Voice{Vocative: marku})...)
					for _, r := range replies {
						if r.Class.Needs() > who || public && r.Class > tandem.D0 {
							t.Errorf("%s %s V%d public=%v: class D%d: %s", topic, act, who, public, r.Class, r.Text)
						}
						for _, fact := range f.Facts {
							told := strings.Contains(r.Text, fact.Value) && len(fact.Value) > 4
							if told && (fact.Class.Needs() > who || public) {
								t.Errorf("%s %s V%d public=%v tells %s: %s", topic, act, who, public, fact.Key, r.Text)
							}
						}
						if public && strings.Contains(r.Text, "Mark") {
							t.Errorf("a name in public: %s", r.Text)
						}
					}
				}
			}
		}
	}
}

func TestClaimsStandWhereTheySay(t *testing.T) {
	for _, lang := range []string{"pl", "en"} {
		for _, topic := range all {
			s := shop()
			s.Conversation.Lang = lang
			f := late(found("delayed", true))
			replies := append(Suggestions(s, decide(tandem.Suggest, topic, mood(tandem.Tense)), f, Voice{Vocative: marku, Agent: "Ola"}),
				Compose(s, decide(tandem.Answer, topic), f), Draft(s, decide(tandem.Propose, topic), f))
			for _, r := range replies {
				for _, c := range r.Claims {
					if c.Start < 0 || c.End > len(r.Text) || r.Text[c.Start:c.End] != c.Text || c.Source == "" || c.Text == "" {
						t.Errorf("%s: claim %+v in %q", topic, c, r.Text)
					}
				}
				if strings.ContainsAny(r.Text, "{}<>[]") || strings.Contains(r.Text, "  ") || strings.Contains(r.Text, "..") || strings.Contains(r.Text, " .") {
					t.Errorf("%s: %q", topic, r.Text)
				}
			}
		}
	}
}

func TestWhereNothingTrueCanBeSaidNothingIsSaid(t *testing.T) {
	s := shop()
	s.Workspace.Settings.ShopFacts = tandem.ShopFacts{}
	s.Workspace.Hours = tandem.Hours{}
	talk := map[string]bool{"greeting": true, "thanks": true, "goodbye": true, "bot_question": true}
	for _, topic := range all {
		if r := Compose(s, decide(tandem.Answer, topic), tandem.Findings{}); r.OK != talk[topic] {
			t.Errorf("%s: %v %s", topic, r.OK, r.Text)
		}
	}
	for _, act := range []tandem.Act{tandem.HandOver, tandem.Nothing} {
		if r := Compose(shop(), decide(act, "delivery_options"), tandem.Findings{}); r.OK || r.Text != "" {
			t.Errorf("%s speaks: %s", act, r.Text)
		}
	}
}

func TestTheFirstSentenceSaysThatAnAIWrites(t *testing.T) {
	s := shop()
	d := decide(tandem.Answer, "delivery_options")
	first := Compose(s, d, tandem.Findings{})
	if !strings.HasPrefix(first.Text, "Dzień dobry, tu asystent AI sklepu Modna Szafa. W każdej chwili można napisać „człowiek”. ") {
		t.Error(first.Text)
	}
	if r := Compose(disclosed(s), d, tandem.Findings{}); strings.Contains(r.Text, "AI") || !r.OK {
		t.Error(r.Text)
	}
	s.Conversation.Disclosed = s.Now.Add(-25 * time.Hour)
	if r := Compose(s, d, tandem.Findings{}); !strings.Contains(r.Text, "asystent AI") || !Discloses(s) {
		t.Error(r.Text)
	}
	if r := Draft(shop(), decide(tandem.Propose, "exchange"), tandem.Findings{}); strings.Contains(r.Text, "AI") {
		t.Error("a text that a person sends calls itself an AI: " + r.Text)
	}
	for _, owner := range []tandem.Owner{tandem.Bot, tandem.Queue, tandem.Human} {
		s := disclosed(shop())
		s.Conversation.Owner = owner
		if r := Compose(s, decide(tandem.Answer, "bot_question"), tandem.Findings{}); !strings.Contains(r.Text, "asystent") || !strings.Contains(r.Text, "AI") || !strings.Contains(r.Text, "człowiek") {
			t.Error(r.Text)
		}
	}
}

func TestAfterPeopleItIntroducesItselfAgainAndKnowsWhatWasPromised(t *testing.T) {
	s := shop()
	s.Messages = []tandem.Message{
		{Seq: 1, Thread: "t", Origin: tandem.FromCustomer, Text: "gdzie zwrot?"}, {Seq: 2, Thread: "t", Origin: tandem.FromHuman, Text: "Potwierdzę przelew do 17:00."},
		{Seq: 3, Thread: "t", Origin: tandem.FromCustomer, Text: "i co?"}}
	s.Promises = []tandem.Promise{{ID: "p1", By: "ola", Text: "Potwierdzę przelew do 17:00.", Due: monday.Add(7 * time.Hour)}}
	r := Compose(s, decide(tandem.Ask, "other", missing("more")), tandem.Findings{})
	want := "Tu ponownie asystent AI sklepu Modna Szafa. W każdej chwili można napisać „człowiek”. Ustalenia z zespołem są aktualne: „Potwierdzę przelew do 17:00”, termin: dziś o 17:00."
	if r.Text != want || len(r.Claims) != 2 || r.Claims[0].Source != "promise:p1" {
		t.Errorf("%+v", r)
	}
	s.Messages = append(s.Messages, tandem.Message{Seq: 4, Thread: "t", Origin: tandem.FromBot, Text: r.Text})
	if again := Compose(disclosed(s), decide(tandem.Answer, "delivery_options"), tandem.Findings{}); strings.Contains(again.Text, "Ustalenia") || strings.Contains(again.Text, "asystent") {
		t.Error(again.Text)
	}
	if text, _ := Notice("back", s); !strings.Contains(text, "Potwierdzę przelew do 17:00") || !strings.Contains(text, "asystent AI") {
		t.Error(text)
	}
}

func TestItObeysAWhisper(t *testing.T) {
	s := disclosed(shop())
	s.Conversation.Instructed = "Powiedz: „Wyjątkowo wysyłka jest dziś gratis.”"
	r := Compose(s, decide(tandem.Answer, "delivery_options"), tandem.Findings{})
	if !strings.HasSuffix(r.Text, "Wyjątkowo wysyłka jest dziś gratis.") || r.Claims[len(r.Claims)-1].Source != "whisper" {
		t.Errorf("%+v", r)
	}
	s.Messages = append(s.Messages, tandem.Message{Origin: tandem.FromBot, Text: r.Text})
	if r := Compose(s, decide(tandem.Answer, "delivery_options"), tandem.Findings{}); strings.Contains(r.Text, "gratis") {
		t.Error("said twice: " + r.Text)
	}
	s.Conversation.Instructed = "zapytaj o numer zamówienia i podaj telefon"
	if r := Compose(s, decide(tandem.Ask, "other", missing("more")), tandem.Findings{}); !strings.Contains(r.Text, "numer zamówienia") || !strings.Contains(r.Text, "12 345 67 89") {
		t.Error(r.Text)
	}
	s.Conversation.Instructed = "klient jest ważny, bądź miły"
	if r := Compose(s, decide(tandem.Answer, "store_hours"), tandem.Findings{}); strings.Contains(r.Text, "ważny") {
		t.Error("a note was read out: " + r.Text)
	}
}

func TestRepeatedRepliesDiffer(t *testing.T) {
	s := disclosed(shop())
	seen := map[string]bool{}
	for range 3 {
		r := Compose(s, decide(tandem.Answer, "thanks"), tandem.Findings{})
		if seen[r.Text] || seen[r.ID] {
			t.Errorf("again: %s %s", r.ID, r.Text)
		}
		seen[r.Text], seen[r.ID] = true, true
		s.Messages = append(s.Messages, tandem.Message{Origin: tandem.FromBot, Text: r.Text})
	}
	a := Compose(s, decide(tandem.Answer, "delivery_options"), tandem.Findings{})
	s.Messages = append(s.Messages, tandem.Message{Origin: tandem.FromBot, Text: a.Text})
	if b := Compose(s, decide(tandem.Answer, "delivery_options"), tandem.Findings{}); a.ID != b.ID || a.Text == b.Text {
		t.Errorf("the same matter in other words keeps its id: %s %s", a.ID, b.ID)
	}
}

func TestPasswordHelpNeverClaimsAMailAndNeverAsksForThePassword(t *testing.T) {
	s := disclosed(shop())
	for i := range 6 {
		s.Conversation.ID = tandem.ConversationID(fmt.Sprint(i))
		for _, lang := range []string{"pl", "en"} {
			s.Conversation.Lang = lang
			r := Compose(s, decide(tandem.Answer, "password_reset"), tandem.Findings{})
			low := strings.ToLower(r.Text)
			if !strings.Contains(r.Text, "https://modnaszafa.example/haslo") || containsAny(low, "wysłał", "wysyłamy", "wyślę", "wyślemy", "we sent", "have sent", "has been sent", "podaj hasło", "proszę podać hasło", "tell us your password") {
				t.Error(r.Text)
			}
		}
	}
}

func TestAPersonFindsTheirOwnWordsForGraveMatters(t *testing.T) {
	for _, kind := range []string{"safety", "legal", "privacy", "distress"} {
		d := decide(tandem.Suggest, "damaged_item", func(d *tandem.Decision) { d.Reading.HardKind = kind })
		if got := Suggestions(shop(), d, tandem.Findings{}, Voice{}); len(got) > 0 {
			t.Errorf("%s: %+v", kind, got)
		}
	}
	d := decide(tandem.Suggest, "parcel_late", func(d *tandem.Decision) { d.Level = tandem.L0 })
	if got := Suggestions(shop(), d, tandem.Findings{}, Voice{}); len(got) > 0 {
		t.Errorf("suggested on a topic of people alone: %+v", got)
	}
}

func TestASuggestionAddressesOnlyWhereItIsSure(t *testing.T) {
	f := late(found("delayed", true))
	say := func(first, form, gender string, v Voice) string {
		s := disclosed(shop())
		s.Customer.First, f.Customer.First = first, first
		d := decide(tandem.Suggest, "parcel_late", func(d *tandem.Decision) { d.Reading.Form, d.Reading.Gender = form, gender })
		return Suggestions(s, d, f, v)[0].Text
	}
	for _, c := range []struct{ first, form, gender, want string }{
		{"Marek", "", "", "Panie Marku, widzę, że paczka z zamówieniem 48213 utknęła w sortowni, a miała dotrzeć wczoraj."},
		{"Anna", "", "f", "Pani Anno, widzę"}, {"Kuba", "pan", "m", "Panie Kubo, widzę"}, {"Marek", "ty", "m", "Marku, widzę"},
		{"Marek", "", "f", "Dzień dobry, widzę"}, {"Xavia", "", "", "Dzień dobry, widzę"}, {"", "ty", "", "Cześć, widzę"},
	} {
		if got := say(c.first, c.form, c.gender, Voice{Vocative: marku}); !strings.HasPrefix(got, c.want) {
			t.Errorf("%+v: %s", c, got)
		}
	}
	if got := say("Marek", "", "", Voice{Vocative: marku, Agent: "Ola"}); !strings.HasPrefix(got, "Panie Marku, tu Ola z zespołu sklepu Modna Szafa. Widzę") {
		t.Error(got)
	}
	if got := say("Marek", "", "", Voice{}); !strings.HasPrefix(got, "Dzień dobry, widzę") {
		t.Error(got)
	}
}

func TestNobodyIsAskedWhetherItIsSomethingElse(t *testing.T) {
	for name, c := range map[string]struct {
		set     []string
		buttons int
		want    string
	}{
		"beside two topics": {[]string{"other", "order_status", "order_cancel"}, 3, "Anulować"},
		"beside one":        {[]string{"other", "order_status"}, 2, "Co z zamówieniem"},
		"nothing else":      {[]string{"human_request", "other"}, 4, ""},
	} {
		t.Run(name, func(t *testing.T) {
			d := decide(tandem.Ask, "other", missing("topic"))
			d.Reading.Set = c.set
			r := Compose(disclosed(shop()), d, tandem.Findings{})
			said := r.Text + strings.Join(r.Choice, "|")
			if strings.Contains(said, "Coś innego") || strings.Count(said, "Wolę człowieka") != 1 || !strings.Contains(r.Text, c.want) || len(r.Choice) != c.buttons {
				t.Errorf("asked %q with the buttons %q", r.Text, r.Choice)
			}
		})
	}
}
