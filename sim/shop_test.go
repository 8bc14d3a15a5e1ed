package sim

import (
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

// ask reads the shop or the courier over the net.
func (s *scene) ask(host, path, token string) result {
	r, err := http.NewRequest("GET", "https://"+host+path, nil)
	if err != nil {
		s.t.Fatal(err)
	}
	if token != "" {
		r.Header.Set("Authorization", "Bearer "+token)
	}
	return s.send(r, time.Minute)
}

func TestShopFindsTheDemoCustomers(t *testing.T) {
	play(t, func(s *scene) {
		for path, want := range map[string]string{
			"/customers?channel=instagram&user=marek":                                  "Dąbrowski",
			"/customers?channel=instagram&user=" + s.Meta.UserID(s.Instagram, "marek"): "Dąbrowski",
			"/customers?channel=instagram&user=kasia":                                  "Lis",
			"/customers?channel=whatsapp&user=" + s.Meta.UserID(s.WhatsApp, "kasia"):   "Lis",
			"/customers?channel=messenger&user=" + s.Meta.UserID(s.Page, "agnieszka"):  "Wójcik",
			"/customers?email=MAREK.DABROWSKI@example.pl":                              "c-1001",
			"/customers?phone=600100201":                                               "c-1001",
			"/customers?phone=%2B48600100202":                                          "c-1002",
			"/customers?channel=instagram&user=nikt":                                   "customers:[]",
			"/customers/c-1001/orders":                                                 "47102",
			"/customers/c-1001/orders?limit=1":                                         "48213",
			"/orders/48213":                                                            "inpost",
			"/orders/47755":                                                            "status:pending",
			"/customers/c-1002":                                                        "Katarzyna",
			"/ping":                                                                    "Modna Szafa",
		} {
			r := s.ask(ShopHost, path, ShopToken)
			if r.status != 200 || !strings.Contains(fmt.Sprint(r.body), want) {
				t.Errorf("%s: %d %v lacks %s", path, r.status, r.body, want)
			}
		}
		if r := s.ask(ShopHost, "/customers/c-1001/orders?limit=1", ShopToken); strings.Contains(fmt.Sprint(r.body), "47102") {
			t.Error("limit is ignored")
		}
		for path, want := range map[string]int{"/orders/1": 404, "/customers/x": 404, "/customers/x/orders": 404, "/customers": 400, "/nothing": 404,
			"/customers?email=a@b.pl&phone=1": 400, "/customers/c-1001/orders?limit=0": 400} {
			if r := s.ask(ShopHost, path, ShopToken); r.status != want || r.header.Get("Content-Type") != "application/problem+json" {
				t.Errorf("%s: %d, want %d", path, r.status, want)
			}
		}
		for _, token := range []string{"", "wrong"} {
			if r := s.ask(ShopHost, "/ping", token); r.status != 401 {
				t.Errorf("token %q: %d", token, r.status)
			}
		}
	})
}

func TestShopLimitsAndFaults(t *testing.T) {
	play(t, func(s *scene) {
		s.Shop.Limit(2)
		s.ask(ShopHost, "/ping", ShopToken)
		s.ask(ShopHost, "/ping", ShopToken)
		if r := s.ask(ShopHost, "/ping", ShopToken); r.status != 429 || r.header.Get("Retry-After") == "" {
			t.Errorf("third call in a second: %d", r.status)
		}
		s.settle(time.Second)
		s.Shop.Faults().Set(Down, time.Minute)
		if r := s.ask(ShopHost, "/ping", ShopToken); r.status != 503 {
			t.Errorf("down: %d", r.status)
		}
		s.settle(time.Minute)
		if r := s.ask(ShopHost, "/ping", ShopToken); r.status != 200 {
			t.Errorf("after the fault: %d", r.status)
		}
		if s.Shop.Faults().Set("lazy", 0) == nil {
			t.Error("an unknown mode was taken")
		}
	})
}

func TestDemoParcels(t *testing.T) {
	for _, minute := range []int{30, 9*60 + 30, 17*60 + 30, 21*60 + 58, 22*60 + 30, 22*60 + 59, 23*60 + 30} { // Warsaw is an hour ahead
		synctest.Test(t, func(t *testing.T) {
			now := time.Date(2026, 11, 22, 0, minute, 0, 0, time.UTC)
			w := ModnaSzafa(now)
			defer w.Close()
			zone, err := time.LoadLocation("Europe/Warsaw")
			if err != nil {
				t.Skip("no time zone data")
			}
			for number, want := range map[string]struct {
				status string
				days   int
			}{"48213": {"delay_in_delivery", -1}, "48377": {"out_for_delivery", 0}} {
				o := find(t, w, number)
				p := w.Courier.parcels[o.Parcel.Number]
				if got := p.Events[len(p.Events)-1].Status; got != want.status {
					t.Errorf("%s is %s", number, got)
				}
				if !slices.IsSortedFunc(p.Events, func(a, b Scan) int { return a.At.Compare(b.At) }) {
					t.Errorf("%s: events not in order: %v", number, p.Events)
				}
				day := now.In(zone).YearDay() + want.days
				if want.days == 0 && now.In(zone).Hour() == 23 {
					day++ // within the hour nobody comes any more
				}
				if got := o.Parcel.PromisedAt.In(zone).YearDay(); got != day {
					t.Errorf("%s, %s: promised on day %d, want %d", now, number, got, day)
				}
			}
			if p := find(t, w, "48377").Parcel.PromisedAt; p.Before(now.Add(58 * time.Minute)) {
				t.Errorf("%s: 48377 is late already, or soon", now)
			}
		})
	}
}

func find(t *testing.T, w *World, number string) *Order {
	t.Helper()
	for _, o := range w.Shop.orders {
		if o.Number == number {
			return o
		}
	}
	t.Fatalf("no order %s", number)
	return nil
}

func TestCourierSpeaksShipX(t *testing.T) {
	play(t, func(s *scene) {
		number := find(t, s.World, "48213").Parcel.Number
		r := s.ask(CourierHost, "/v1/tracking/"+number, "")
		raw, _ := json.Marshal(r.body)
		var got struct {
			Status  string `json:"status"`
			Details []struct {
				Status   string    `json:"status"`
				Datetime time.Time `json:"datetime"`
			} `json:"tracking_details"`
		}
		if err := json.Unmarshal(raw, &got); err != nil {
			t.Fatal(err)
		}
		if got.Status != "delay_in_delivery" || len(got.Details) < 4 || got.Details[0].Status != got.Status ||
			!got.Details[0].Datetime.After(got.Details[1].Datetime) {
			t.Errorf("tracking %s", raw)
		}
		if r := s.ask(CourierHost, "/v1/tracking/1", ""); r.status != 404 || r.text("error") != "resource_not_found" {
			t.Errorf("unknown parcel: %d %v", r.status, r.body)
		}
		statuses := fmt.Sprint(s.ask(CourierHost, "/v1/statuses", "").body)
		for _, name := range ShipXStatuses() {
			if !strings.Contains(statuses, "name:"+name+" ") {
				t.Errorf("dictionary lacks %s", name)
			}
		}
		if !strings.Contains(statuses, "Opóźnienie w sortowni") || len(ShipXStatuses()) < 50 {
			t.Errorf("dictionary %s", statuses)
		}
		if err := s.Courier.Scan(number, "teleported", time.Now()); err == nil {
			t.Error("an unknown status was taken")
		}
		if err := s.Courier.Scan(number, "delivered", time.Now()); err != nil {
			t.Error(err)
		}
		if r := s.ask(CourierHost, "/v1/tracking/"+number, ""); r.text("status") != "delivered" {
			t.Errorf("after delivery %v", r.body)
		}
	})
}
