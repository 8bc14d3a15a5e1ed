package sim

import (
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"
)

// Address is where an order goes.
type Address struct {
	Name     string `json:"name,omitempty"`
	Street   string `json:"street"`
	Postcode string `json:"postcode"`
	City     string `json:"city"`
	Country  string `json:"country,omitempty"`
	Phone    string `json:"phone,omitempty"`
}

// Change is what an idempotency key stood for and what was answered.
type Change struct {
	Order  string
	What   string // refund or address
	Amount int64  // of a refund

	request string
	status  int
	answer  any
}

// Changes gives what was carried out through the API, oldest first; a repeated key is there once.
func (s *Shop) Changes() []Change {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.changes)
}

// changing answers the calls that change an order; false: it is none of them. The same key gets the
// same answer and nothing is done again; with another request it is refused. Called with the lock held.
func (s *Shop) changing(w http.ResponseWriter, r *http.Request, path []string) bool {
	if len(path) != 3 || path[0] != "orders" {
		return false
	}
	what := ""
	switch {
	case path[2] == "refunds" && r.Method == http.MethodPost:
		what = "refund"
	case path[2] == "address" && r.Method == http.MethodPut:
		what = "address"
	default:
		return false
	}
	key := r.Header.Get("Idempotency-Key")
	if key == "" || len(key) > 200 {
		problem(w, http.StatusBadRequest, "the header Idempotency-Key is missing")
		return true
	}
	var body json.RawMessage
	if err := json.NewDecoder(http.MaxBytesReader(w, r.Body, 16<<10)).Decode(&body); err != nil {
		problem(w, http.StatusBadRequest, "the body is no JSON")
		return true
	}
	request := what + " " + path[1] + " " + string(body)
	if was, ok := s.keys[key]; ok {
		if was.request != request {
			problem(w, http.StatusUnprocessableEntity, "this Idempotency-Key was used for something else")
			return true
		}
		replyWith(w, was.status, was.answer)
		return true
	}
	i := slices.IndexFunc(s.orders, func(o *Order) bool { return o.Number == path[1] })
	if i < 0 {
		problem(w, http.StatusNotFound, "no such order")
		return true
	}
	fresh := *s.orders[i]
	c := Change{Order: fresh.Number, What: what, request: request}
	status, wrong := 0, ""
	if what == "refund" {
		status, wrong = s.refund(&fresh, body, &c)
	} else {
		status, wrong = move(&fresh, body, &c)
	}
	if wrong != "" {
		problem(w, status, wrong)
		return true
	}
	s.orders[i] = &fresh
	if s.keys == nil {
		s.keys = map[string]Change{}
	}
	s.keys[key], s.changes = c, append(s.changes, c)
	replyWith(w, c.status, c.answer)
	return true
}

// refund sends money back; never more than was paid in all.
func (s *Shop) refund(o *Order, body json.RawMessage, c *Change) (int, string) {
	var in struct {
		Amount   int64  `json:"amount"`
		Currency string `json:"currency"`
		Reason   string `json:"reason"`
	}
	if err := strictly(body, &in); err != nil {
		return http.StatusBadRequest, "the body is amount, currency and reason"
	}
	before := int64(0)
	if o.Refund != nil && o.Refund.Status != "refused" {
		before = o.Refund.Amount.Amount
	}
	switch {
	case in.Reason == "":
		return http.StatusUnprocessableEntity, "a refund needs a reason"
	case in.Amount <= 0 || in.Currency != o.Total.Currency:
		return http.StatusUnprocessableEntity, "a refund has an amount above zero in the order's currency"
	case o.Status == "new":
		return http.StatusConflict, "the order is not paid"
	case before+in.Amount > o.Total.Amount:
		return http.StatusUnprocessableEntity, "refunds would be above the order's total"
	}
	due := time.Now().UTC().AddDate(0, 0, 14).Truncate(time.Second)
	o.Refund = &Refund{Status: "pending", Amount: Money{before + in.Amount, in.Currency}, DueAt: &due}
	c.Amount, c.status = in.Amount, http.StatusCreated
	c.answer = map[string]any{"id": fmt.Sprintf("R-%d", len(s.changes)+1), "status": "pending", "amount": Money{in.Amount, in.Currency}}
	return 0, ""
}

// move changes where an order goes, until it has been sent.
func move(o *Order, body json.RawMessage, c *Change) (int, string) {
	var in Address
	if err := strictly(body, &in); err != nil {
		return http.StatusBadRequest, "the body is an address"
	}
	if strings.TrimSpace(in.Street) == "" || strings.TrimSpace(in.Postcode) == "" || strings.TrimSpace(in.City) == "" {
		return http.StatusUnprocessableEntity, "an address has a street, a postcode and a city"
	}
	if !slices.Contains([]string{"new", "paid", "packed"}, o.Status) {
		return http.StatusConflict, "the order is on its way already"
	}
	o.Address = &in
	c.status, c.answer = http.StatusOK, map[string]any{"number": o.Number, "address": in}
	return 0, ""
}

// strictly reads JSON without keys that nobody knows.
func strictly(body json.RawMessage, v any) error {
	d := json.NewDecoder(strings.NewReader(string(body)))
	d.DisallowUnknownFields()
	return d.Decode(v)
}

// replyWith writes a JSON answer with a status.
func replyWith(w http.ResponseWriter, status int, v any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	json.NewEncoder(w).Encode(v)
}
