package lookup

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"time"

	"tandem"
)

func init() {
	Register(Kind{
		Name: "inpost", Role: Courier,
		Title: Words{"InPost, śledzenie przesyłek", "InPost parcel tracking"},
		Fields: []Field{
			{Name: "base", Label: Words{"Adres ShipX", "ShipX address"},
				Help: Words{"Puste: publiczne śledzenie InPost. Token nie jest potrzebny.", "Empty: InPost's public tracking. It needs no token."}},
			{Name: "cache", Label: Words{"Pamięć odpowiedzi w sekundach", "Seconds an answer is remembered"},
				Help: Words{"Domyślnie 60.", "60 unless told."}},
		},
		// 24 digits are on every InPost label; other numbers are asked for only where a shop names the carrier.
		Typed: func(number string) bool { return len(number) == 24 && digits(number) == number },
		Open: func(settings, _ map[string]string, web *http.Client) (tandem.Lookup, error) {
			d, err := newDoor(settings, "https://api-shipx-pl.easypack24.net", "", web)
			if err != nil {
				return nil, err
			}
			return &inpost{d}, nil
		},
	})
}

// inpost asks ShipX: GET /v1/tracking/{number} without a token (HITL.md 4.3, ShipX documentation as
// of 2026-11).
type inpost struct{ door *door }

type shipment struct {
	Number  string `json:"tracking_number"`
	Status  string `json:"status"`
	Details []struct {
		Status string    `json:"status"`
		At     time.Time `json:"datetime"`
	} `json:"tracking_details"`
	Custom struct {
		Machine string `json:"target_machine_id"`
	} `json:"custom_attributes"`
	Updated time.Time `json:"updated_at"`
}

// Find answers for the first tracking number among the entities. A number that InPost does not know
// (yet) is no fact and no error.
func (i *inpost) Find(ctx context.Context, q tandem.Query) (tandem.Findings, error) {
	var out tandem.Findings
	for _, e := range q.Entities {
		if e.Kind != "tracking" {
			continue
		}
		var s shipment
		at, err := i.door.get(ctx, "/v1/tracking/"+url.PathEscape(e.Value), &s, nil)
		if tandem.KindOf(err) == tandem.NotFound && err != nil {
			return out, nil
		}
		if err == nil && s.Status == "" {
			err = tandem.Coded(tandem.Transient, "lookup_unreadable", "the answer names no status")
		}
		if err != nil {
			return out, err
		}
		out.Facts = s.facts(e.Value, at, q)
		return out, nil
	}
	return out, nil
}

func (s shipment) facts(number string, at time.Time, q tandem.Query) []tandem.Fact {
	known, ok := shipx[s.Status]
	if !ok {
		// Stored and shown to people as it came; to a customer nothing is guessed.
		known = state{value: "unknown", words: Words{"Nieznany status przewoźnika: " + s.Status, "Unknown carrier status: " + s.Status}}
	}
	fact := func(key, value, text string, class tandem.Class) tandem.Fact {
		return tandem.Fact{Key: key, Value: value, Text: text, Source: "InPost", At: at, Class: class, Subject: number}
	}
	parcel := fact("parcel", known.value, known.words.in(q.Lang), tandem.D1)
	parcel.Bad = !known.alone && known.value != "unknown"
	out := []tandem.Fact{parcel}
	if known.note != "" {
		out = append(out, fact("parcel_note", known.note, notes[known.note].in(q.Lang), tandem.D1))
	}
	if t := s.last(); !t.IsZero() {
		out = append(out, fact("scan", t.UTC().Format(time.RFC3339), Words{"Ostatni skan: ", "Last scan: "}.in(q.Lang)+moment(t, q), tandem.D1))
	}
	if m := s.Custom.Machine; m != "" {
		out = append(out, fact("place", m, Words{"Punkt odbioru: ", "Pick-up point: "}.in(q.Lang)+m, tandem.D2))
	}
	return out
}

// last is the newest moment the courier spoke of; the details come in no order that is promised.
func (s shipment) last() time.Time {
	t := time.Time{}
	for _, d := range s.Details {
		if d.At.After(t) {
			t = d.At
		}
	}
	if t.IsZero() {
		return s.Updated
	}
	return t
}

// Test asks for the dictionary of statuses and names those that this version does not know.
func (i *inpost) Test(ctx context.Context) (ok, wrong []string, err error) {
	ctx, stop := context.WithTimeout(ctx, patience)
	defer stop()
	var dictionary struct {
		Items []struct {
			Name string `json:"name"`
		} `json:"items"`
	}
	if _, err := i.door.get(ctx, "/v1/statuses", &dictionary, nil); err != nil {
		return nil, nil, err
	}
	if len(dictionary.Items) == 0 {
		return nil, nil, errors.New("the dictionary of statuses is empty")
	}
	for _, item := range dictionary.Items {
		if _, known := shipx[item.Name]; !known {
			wrong = append(wrong, "status_unknown:"+item.Name)
		}
	}
	return []string{"tracking"}, wrong, nil
}
