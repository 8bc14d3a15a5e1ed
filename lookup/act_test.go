package lookup_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"tandem"
	"tandem/lookup"
	"tandem/sim"
)

// shops are all kinds that know orders, opened on one client.
func shops(t *testing.T, web *http.Client) *lookup.Chain {
	c := &lookup.Chain{}
	for _, k := range lookup.Kinds() {
		if k.Name == "httpjson" {
			c.Sources = append(c.Sources, open(t, k, web))
		}
	}
	return c
}

func refundOf(number string, amount int64) tandem.Action {
	return tandem.Action{Kind: tandem.RefundDelivery, Subject: number, Amount: amount, Currency: "PLN", Reason: "parcel_late", Key: "key-" + number}
}

// TestEveryAnswerToAnActionIsSorted: only an answer that refuses proves that nothing was done.
func TestEveryAnswerToAnActionIsSorted(t *testing.T) {
	for status, want := range map[int]string{
		200: "", 201: "", 301: "maybe_done", 400: "action_refused", 401: "lookup_auth", 403: "lookup_auth", 404: "lookup_none", 405: "action_refused", 408: "maybe_done",
		409: "action_late", 422: "action_refused", 429: "lookup_busy", 500: "maybe_done", 502: "maybe_done", 503: "maybe_done",
	} {
		calls := 0
		web := serve(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			calls++
			if r.Header.Get("Idempotency-Key") != "key-"+secretOrder || r.Header.Get("Authorization") != "Bearer "+secretToken || r.Method != "POST" {
				t.Errorf("%s with the key %q", r.Method, r.Header.Get("Idempotency-Key"))
			}
			w.WriteHeader(status)
		}))
		_, err := shops(t, web).Do(t.Context(), refundOf(secretOrder, 1499))
		got := ""
		if err != nil {
			got = tandem.CodeOf(err)
			for _, secret := range []string{secretToken, secretHost, secretOrder} {
				if strings.Contains(err.Error(), secret) {
					t.Errorf("%d: the error tells %q", status, secret)
				}
			}
		}
		if got != want || calls != 1 {
			t.Errorf("http %d: %q after %d calls, want %q", status, got, calls, want)
		}
	}
	calls := 0
	elsewhere := serve(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { // a page to sign in at is no yes
		if calls++; r.Method == http.MethodPost {
			http.Redirect(w, r, "/login", http.StatusFound)
		}
	}))
	if _, err := shops(t, elsewhere).Do(t.Context(), refundOf("1", 1)); tandem.CodeOf(err) != "maybe_done" || calls != 1 {
		t.Errorf("a shop that sends us elsewhere: %v after %d calls", err, calls)
	}
	broken := &http.Client{Transport: world(func(*http.Request) (*http.Response, error) { return nil, http.ErrHandlerTimeout })}
	if _, err := shops(t, broken).Do(t.Context(), refundOf("1", 1)); tandem.CodeOf(err) != "maybe_done" {
		t.Errorf("a broken line: %v", err)
	}
	if _, err := (&lookup.Chain{}).Do(t.Context(), refundOf("1", 1)); tandem.CodeOf(err) != "action_unsupported" {
		t.Errorf("without a shop: %v", err)
	}
}

// TestTheShopDoesWhatWasAsked speaks to the simulated shop, which is strict.
func TestTheShopDoesWhatWasAsked(t *testing.T) {
	s := sim.NewShop(secretToken)
	if err := s.AddCustomer(sim.Customer{ID: "c"}); err != nil {
		t.Fatal(err)
	}
	if err := s.AddOrder(sim.Order{Number: "77", Status: "paid", Total: sim.Money{Amount: 5000, Currency: "PLN"}, Customer: sim.Customer{ID: "c"}}); err != nil {
		t.Fatal(err)
	}
	c := shops(t, &http.Client{Transport: world(func(r *http.Request) (*http.Response, error) {
		w := httptest.NewRecorder()
		s.ServeHTTP(w, r)
		return w.Result(), nil
	})})
	for range 2 { // the same key twice is the same refund
		if id, err := c.Do(t.Context(), refundOf("77", 1499)); err != nil || id != "R-1" {
			t.Errorf("refund %q, %v", id, err)
		}
	}
	move := tandem.Action{Kind: tandem.ChangeAddress, Subject: "77", Key: "m", Args: map[string]string{"street": "Długa 1", "postcode": "00-950", "city": "Warszawa"}}
	if _, err := c.Do(t.Context(), move); err != nil {
		t.Error(err)
	}
	if got := s.Changes(); len(got) != 2 || got[0].Amount != 1499 || got[1].What != "address" {
		t.Errorf("%+v", got)
	}
	if _, err := c.Do(t.Context(), tandem.Action{Kind: tandem.Resend, Subject: "77", Key: "r"}); tandem.CodeOf(err) != "action_unsupported" {
		t.Errorf("sending again: %v", err)
	}
}
