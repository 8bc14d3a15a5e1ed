package sim

import (
	"crypto/subtle"
	"encoding/json"
	"net/http"
	"slices"
	"strconv"
	"strings"
)

// ServeHTTP answers the tandem shop JSON protocol (docs/shop-api.md).
func (s *Shop) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if subtle.ConstantTimeCompare([]byte(r.Header.Get("Authorization")), []byte("Bearer "+s.Token)) != 1 || s.Token == "" {
		w.Header().Set("WWW-Authenticate", "Bearer")
		problem(w, http.StatusUnauthorized, "the bearer token is missing or wrong")
		return
	}
	s.mu.Lock()
	busy := s.calls.full(s.perSecond)
	s.mu.Unlock()
	if busy {
		tooMany(w)
		return
	}
	s.faults.serve(w, r, plainCrash, s.serve)
}

// plainCrash is how the shop and the courier fail.
var plainCrash = crash{
	down:      func(w http.ResponseWriter) { problem(w, http.StatusServiceUnavailable, "the service is down") },
	limited:   tooMany,
	transient: func(w http.ResponseWriter) { problem(w, http.StatusBadGateway, "please try again") },
	failed:    func(w http.ResponseWriter) { problem(w, http.StatusInternalServerError, "something went wrong") },
}

// tooMany is the shop's 429.
func tooMany(w http.ResponseWriter) {
	w.Header().Set("Retry-After", "1")
	problem(w, http.StatusTooManyRequests, "too many calls")
}

// serve answers a call when no fault is in force.
func (s *Shop) serve(w http.ResponseWriter, r *http.Request) {
	path := strings.Split(strings.Trim(r.URL.Path, "/"), "/")
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.changing(w, r, path) {
		return
	}
	if r.Method != http.MethodGet {
		w.Header().Set("Allow", "GET")
		problem(w, http.StatusMethodNotAllowed, "this can only be read")
		return
	}
	switch {
	case len(path) == 1 && path[0] == "ping":
		reply(w, map[string]string{"shop": "Modna Szafa"})
	case len(path) == 1 && path[0] == "customers":
		s.findCustomers(w, r)
	case len(path) == 2 && path[0] == "customers":
		if c := s.byID(path[1]); c != nil {
			reply(w, c)
			return
		}
		problem(w, http.StatusNotFound, "no such customer")
	case len(path) == 3 && path[0] == "customers" && path[2] == "orders":
		s.ordersOf(w, r, path[1])
	case len(path) == 2 && path[0] == "orders":
		for _, o := range s.orders {
			if o.Number == path[1] {
				reply(w, s.whole(o))
				return
			}
		}
		problem(w, http.StatusNotFound, "no such order")
	default:
		problem(w, http.StatusNotFound, "no such resource")
	}
}

// byID finds by id only: a URL with an e-mail in it must not work by chance.
func (s *Shop) byID(id string) *Customer {
	for _, c := range s.customers {
		if c.ID == id {
			return c
		}
	}
	return nil
}

// findCustomers takes exactly one way to ask.
func (s *Shop) findCustomers(w http.ResponseWriter, r *http.Request) {
	q := r.URL.Query()
	found := []*Customer{}
	switch {
	case q.Get("channel") != "" && q.Get("user") != "" && len(q) == 2:
		if c := s.byID(s.links[q.Get("channel")+"/"+strings.ToLower(q.Get("user"))]); c != nil {
			found = append(found, c)
		}
	case q.Get("email") != "" && len(q) == 1:
		for _, c := range s.customers {
			if strings.EqualFold(c.Email, q.Get("email")) {
				found = append(found, c)
			}
		}
	case q.Get("phone") != "" && len(q) == 1:
		if c := s.byPhone(q.Get("phone")); c != nil {
			found = append(found, c)
		}
	default:
		problem(w, http.StatusBadRequest, "ask by channel and user, or by email, or by phone")
		return
	}
	reply(w, map[string]any{"customers": found})
}

// ordersOf lists a customer's orders, newest first.
func (s *Shop) ordersOf(w http.ResponseWriter, r *http.Request, customer string) {
	if s.byID(customer) == nil {
		problem(w, http.StatusNotFound, "no such customer")
		return
	}
	limit := 20
	if v := r.URL.Query().Get("limit"); v != "" {
		n, err := strconv.Atoi(v)
		if err != nil || n < 1 || n > 100 {
			problem(w, http.StatusBadRequest, "limit is a number from 1 to 100")
			return
		}
		limit = n
	}
	list := []Order{}
	for _, o := range s.orders {
		if o.Customer.ID == customer {
			list = append(list, s.whole(o))
		}
	}
	slices.SortStableFunc(list, func(a, b Order) int { return b.CreatedAt.Compare(a.CreatedAt) })
	reply(w, map[string]any{"orders": list[:min(limit, len(list))]})
}

// whole is an order with its customer's present data.
func (s *Shop) whole(o *Order) Order {
	full := *o
	if c := s.byID(o.Customer.ID); c != nil {
		full.Customer = *c
	}
	if full.Items == nil {
		full.Items = []Item{}
	}
	return full
}

// reply writes a JSON answer.
func reply(w http.ResponseWriter, v any) {
	w.Header().Set("Content-Type", "application/json")
	json.NewEncoder(w).Encode(v)
}

// problem writes an RFC 9457 error answer.
func problem(w http.ResponseWriter, status int, detail string) {
	w.Header().Set("Content-Type", "application/problem+json")
	w.WriteHeader(status)
	json.NewEncoder(w).Encode(map[string]any{"type": "about:blank", "title": http.StatusText(status), "status": status, "detail": detail})
}
