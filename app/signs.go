package app

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"time"

	"tandem"
)

// SignView is a line of the thread that is no message: how the customer came, and what they said about
// being written to.
type SignView struct {
	At      time.Time `json:"at"`
	Code    string    `json:"code" doc:"referral_ad, referral_link, consent_all_stop, consent_all_resume, consent_marketing_stop, consent_marketing_resume"`
	Text    string    `json:"text"`
	Channel string    `json:"channel"`
	URL     string    `json:"url,omitempty" doc:"of the advertisement"`
}

// signs adds the lines.
func (a *App) signs(ctx context.Context, c caller, s tandem.Snapshot, v *ConversationView) error {
	wishes, err := a.db.Consents(ctx, c.Workspace, s.Customer.ID)
	if err != nil {
		return err
	}
	came, err := a.db.Referrals(ctx, c.Workspace, s.Customer.ID)
	if err != nil {
		return err
	}
	channel := map[tandem.AccountID]string{}
	for _, i := range s.Customer.Identities {
		channel[i.Account] = i.Channel
	}
	for _, w := range wishes {
		code := "consent_" + w.Scope + "_" + w.Wish
		v.Signs = append(v.Signs, SignView{At: w.At, Code: code, Text: words(c.lang, code), Channel: channel[w.Account]})
	}
	for _, f := range came {
		one := SignView{At: f.At, Code: "referral_" + f.Kind, Text: words(c.lang, "referral_"+f.Kind), Channel: channel[f.Account]}
		if what := cmp.Or(f.Title, f.Ref); what != "" {
			one.Text += ": " + hide(what)
		}
		if strings.HasPrefix(f.URL, "https://") {
			one.URL = f.URL
		}
		v.Signs = append(v.Signs, one)
	}
	slices.SortStableFunc(v.Signs, func(a, b SignView) int { return a.At.Compare(b.At) })
	return nil
}
