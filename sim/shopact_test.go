package sim

import (
	"net/http"
	"strings"
	"testing"
	"time"
)

// change sends the shop a call that changes an order.
func (s *scene) change(method, path, token, key, body string) result {
	r, err := http.NewRequest(method, "https://"+ShopHost+path, strings.NewReader(body))
	if err != nil {
		s.t.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/json")
	if token != "" {
		r.Header.Set("Authorization", "Bearer "+token)
	}
	if key != "" {
		r.Header.Set("Idempotency-Key", key)
	}
	return s.send(r, 3*time.Minute)
}

func TestShopChangesOrdersStrictly(t *testing.T) {
	const home = `{"street":"Długa 1","postcode":"00-950","city":"Warszawa"}`
	play(t, func(s *scene) {
		done := 0
		for _, row := range []struct {
			name, method, path, token, key, body string
			status, more                         int
		}{
			{"a refund", "POST", "/orders/48213/refunds", ShopToken, "k1", `{"amount":1499,"currency":"PLN","reason":"parcel_late"}`, 201, 1},
			{"the same key, the same answer", "POST", "/orders/48213/refunds", ShopToken, "k1", `{"amount":1499,"currency":"PLN","reason":"parcel_late"}`, 201, 0},
			{"the same key for something else", "POST", "/orders/48213/refunds", ShopToken, "k1", `{"amount":1500,"currency":"PLN","reason":"parcel_late"}`, 422, 0},
			{"no token", "POST", "/orders/48213/refunds", "", "k2", `{"amount":1,"currency":"PLN","reason":"x"}`, 401, 0},
			{"no key", "POST", "/orders/48213/refunds", ShopToken, "", `{"amount":1,"currency":"PLN","reason":"x"}`, 400, 0},
			{"no such order", "POST", "/orders/1/refunds", ShopToken, "k3", `{"amount":1,"currency":"PLN","reason":"x"}`, 404, 0},
			{"the rest of the total", "POST", "/orders/48213/refunds", ShopToken, "k4", `{"amount":23499,"currency":"PLN","reason":"x"}`, 201, 1},
			{"above the total", "POST", "/orders/48213/refunds", ShopToken, "k5", `{"amount":1,"currency":"PLN","reason":"x"}`, 422, 0},
			{"another currency", "POST", "/orders/48377/refunds", ShopToken, "k6", `{"amount":1,"currency":"EUR","reason":"x"}`, 422, 0},
			{"nothing", "POST", "/orders/48377/refunds", ShopToken, "k7", `{"amount":0,"currency":"PLN","reason":"x"}`, 422, 0},
			{"no reason", "POST", "/orders/48377/refunds", ShopToken, "k8", `{"amount":1,"currency":"PLN"}`, 422, 0},
			{"an unknown key in the body", "POST", "/orders/48377/refunds", ShopToken, "k9", `{"amount":1,"currency":"PLN","reason":"x","now":true}`, 400, 0},
			{"an order that is not paid", "POST", "/orders/48399/refunds", ShopToken, "k10", `{"amount":1,"currency":"PLN","reason":"x"}`, 409, 0},
			{"an address", "PUT", "/orders/48391/address", ShopToken, "a1", home, 200, 1},
			{"an address of an order already sent", "PUT", "/orders/48213/address", ShopToken, "a2", home, 409, 0},
			{"an address without a town", "PUT", "/orders/48391/address", ShopToken, "a3", `{"street":"Długa 1","postcode":"00-950"}`, 422, 0},
			{"an address with something else", "PUT", "/orders/48391/address", ShopToken, "a4", `{"street":"a","postcode":"b","city":"c","planet":"d"}`, 400, 0},
			{"deleting", "DELETE", "/orders/48391/address", ShopToken, "a5", home, 405, 0},
		} {
			done += row.more
			if r := s.change(row.method, row.path, row.token, row.key, row.body); r.status != row.status {
				t.Errorf("%s: %d %v, want %d", row.name, r.status, r.body, row.status)
			}
			if n := len(s.Shop.Changes()); n != done {
				t.Fatalf("%s: %d changes, want %d", row.name, n, done)
			}
		}
		o := find(t, s.World, "48213")
		if o.Refund == nil || o.Refund.Amount.Amount != 24998 || o.Refund.Status != "pending" {
			t.Errorf("refund of 48213: %+v", o.Refund)
		}
		if o := find(t, s.World, "48391"); o.Address == nil || o.Address.City != "Warszawa" {
			t.Errorf("address of 48391: %+v", o.Address)
		}
	})
}
