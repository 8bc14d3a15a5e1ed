package app

import (
	"context"
	"fmt"
	"strings"
	"time"

	"tandem"
	"tandem/channel"
	"tandem/store"
)

// NewsView is something about a connection that people should know.
type NewsView struct {
	ID      tandem.NewsID    `json:"id"`
	Account tandem.AccountID `json:"account"`
	Code    string           `json:"code"`
	Text    string           `json:"text" doc:"in the reader's language"`
	Times   int              `json:"times" doc:"how often it came"`
	Since   *time.Time       `json:"since,omitempty" doc:"of a stretch of time: its begin; at is its end"`
	At      time.Time        `json:"at"`
}

// accountNews are the news about the caller's accounts that nobody has put aside, newest first.
func (a *App) accountNews(ctx context.Context, c caller) ([]NewsView, error) {
	s, err := a.space(ctx, c.Workspace)
	if err != nil {
		return nil, err
	}
	all, err := a.accounts(ctx)
	if err != nil {
		return nil, err
	}
	kinds := map[tandem.AccountID]string{}
	for _, acc := range all {
		kinds[acc.ID] = acc.Kind
	}
	news, err := a.db.News(ctx, c.Workspace)
	out := []NewsView{}
	for _, n := range news {
		k, _ := channel.Find(kinds[n.Account])
		out = append(out, NewsView{ID: n.ID, Account: n.Account, Code: n.Code, Text: newsText(n, k.Name, say(k.Title, c.lang), c.lang, s.zone()), Times: n.Times, Since: when(n.Since), At: n.At})
	}
	return out, err
}

type newsIn struct {
	ID tandem.NewsID `path:"id" maxLength:"64"`
}

// seeNews puts a piece of news aside.
func (a *App) seeNews(ctx context.Context, c caller, in *newsIn) error {
	return a.db.Write(ctx, c.Workspace, func(tx *store.Tx) error { return tx.SeeNews(in.ID, c.ID) })
}

// newsText words a piece of news: its own sentence, or that of the group its code belongs to, which then
// holds the platform's own word.
func newsText(n tandem.News, kind, title, lang string, zone *time.Location) string {
	from, to := n.Since.In(zone), n.At.In(zone)
	day, until := from.Format("02.01 15:04"), to.Format("15:04")
	if from.YearDay() != to.YearDay() {
		until = to.Format("02.01 15:04")
	}
	fill := strings.NewReplacer("{from}", day, "{to}", until, "{title}", title, "{name}", n.Subject)
	say := newsWords[lang]
	if say == nil {
		say = newsWords["en"]
	}
	for _, code := range []string{n.Code + "_" + kind, n.Code} {
		if s, ok := say[code]; ok {
			return fill.Replace(s)
		}
	}
	for _, g := range newsGroups {
		if rest, ok := strings.CutPrefix(n.Code, g); ok {
			return fill.Replace(fmt.Sprintf(say[g], strings.ReplaceAll(rest, "_", " ")))
		}
	}
	return words(lang, n.Code)
}

// newsGroups are the beginnings of codes that end with a platform's own word; longer ones first.
var newsGroups = []string{"template_quality_", "template_", "quality_", "account_", "alert_", "policy_", "door_"}

// newsWords are the sentences of the channels page. {from}, {to}, {title} and {name} are put in.
var newsWords = map[string]map[string]string{
	"pl": {
		"unreadable":               "{title} przysyła coś, czego nie umiemy odczytać. Treść jest zachowana; proszę zajrzeć do skrzynki platformy, czy nie czeka tam wiadomość.",
		"gap_lost":                 "{from}–{to}: nie odbieraliśmy wiadomości, a {title} nie udostępnia historii. Proszę sprawdzić w aplikacji platformy, czy ktoś wtedy nie pisał.",
		"gap_lost_whatsapp":        "{from}–{to}: nie odbieraliśmy wiadomości; WhatsApp nie udostępnia historii. Niedoręczone zdarzenia Meta ponawia do 7 dni.",
		"gap_lost_webchat":         "{from}–{to}: czat na stronie nie działał. Wiadomości z tego czasu nie ma.",
		"gap_filled":               "{from}–{to}: nie odbieraliśmy wiadomości. Pobrano z historii: {name}.",
		"gap_partial":              "{from}–{to}: nie odbieraliśmy wiadomości. Pobrano z historii: {name}, ale platforma oddała tylko jej część; resztę proszę sprawdzić w jej skrzynce.",
		"gap_failed":               "{from}–{to}: nie odbieraliśmy wiadomości i nie udało się pobrać historii. Proszę sprawdzić połączenie.",
		"subscription_lost":        "Platforma przestała przysyłać zdarzenia. Subskrypcję założono na nowo, historia jest pobierana.",
		"subscription_lost_closed": "Platforma przestała przysyłać zdarzenia i nie udało się założyć subskrypcji na nowo. Proszę sprawdzić połączenie.",
		"template_approved":        "Szablon „{name}” jest zatwierdzony.",
		"template_rejected":        "Szablon „{name}” został odrzucony przez Metę.",
		"template_paused":          "Szablon „{name}” jest wstrzymany z powodu złych ocen odbiorców.",
		"template_disabled":        "Szablon „{name}” jest wyłączony przez Metę.",
		"quality_flagged":          "Meta ostrzega: jakość numeru spadła. Wiadomości, o które nikt nie prosił, trzeba ograniczyć.",
		"quality_unflagged":        "Jakość numeru wróciła do normy.",
		"policy_warning":           "Meta ostrzega stronę przed naruszeniem zasad.",
		"policy_block":             "Meta zablokowała wysyłanie wiadomości ze strony.",
		"policy_unblock":           "Meta odblokowała wysyłanie wiadomości. Proszę włączyć połączenie na nowo.",
		"template_":                "Szablon „{name}”: nowy stan u Mety (%s).",
		"template_quality_":        "Szablon „{name}”: nowa ocena jakości (%s).",
		"quality_":                 "Ocena numeru u Mety zmieniła się (%s).",
		"account_":                 "Meta zmieniła stan konta WhatsApp Business (%s).",
		"alert_":                   "Meta przysyła ostrzeżenie o koncie WhatsApp Business (%s).",
		"policy_":                  "Meta zmieniła stan strony (%s).",
		"door_":                    "Nie udało się ustawić przycisku „Porozmawiaj z człowiekiem” (%s). Proszę sprawdzić uprawnienia i użyć „Sprawdź połączenie”.",
	},
	"en": {
		"unreadable":               "{title} sends something that we cannot read. It is kept; please look into the platform's inbox for a message that waits there.",
		"gap_lost":                 "{from}–{to}: we did not receive messages, and {title} has no history to ask for. Please look into the platform's own app for messages of that time.",
		"gap_lost_whatsapp":        "{from}–{to}: we did not receive messages; WhatsApp has no history to ask for. Meta repeats what it could not deliver for up to 7 days.",
		"gap_lost_webchat":         "{from}–{to}: the website chat did not work. There are no messages of that time.",
		"gap_filled":               "{from}–{to}: we did not receive messages. Fetched from the history: {name}.",
		"gap_partial":              "{from}–{to}: we did not receive messages. Fetched from the history: {name}, but the platform gave only a part of it; please look up the rest in its inbox.",
		"gap_failed":               "{from}–{to}: we did not receive messages, and the history could not be fetched. Please check the connection.",
		"subscription_lost":        "The platform stopped sending events. We subscribed again; the history is being fetched.",
		"subscription_lost_closed": "The platform stopped sending events, and subscribing again failed. Please check the connection.",
		"template_approved":        "The template “{name}” is approved.",
		"template_rejected":        "Meta refused the template “{name}”.",
		"template_paused":          "The template “{name}” is paused because of bad ratings.",
		"template_disabled":        "Meta switched the template “{name}” off.",
		"quality_flagged":          "Meta warns: the quality of the number has dropped. Send less that nobody asked for.",
		"quality_unflagged":        "The quality of the number is normal again.",
		"policy_warning":           "Meta warns the Page about a breach of its rules.",
		"policy_block":             "Meta blocked the Page from sending messages.",
		"policy_unblock":           "Meta lets the Page send messages again. Please switch the connection on.",
		"template_":                "The template “{name}” has a new state at Meta (%s).",
		"template_quality_":        "The template “{name}” has a new quality rating (%s).",
		"quality_":                 "Meta's rating of the number has changed (%s).",
		"account_":                 "Meta changed the state of the WhatsApp Business account (%s).",
		"alert_":                   "Meta sends a warning about the WhatsApp Business account (%s).",
		"policy_":                  "Meta changed the state of the Page (%s).",
		"door_":                    "The button “Talk to a person” could not be set (%s). Please check the permissions and use “Test connection”.",
	},
}
