package sim

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"sync"
	"time"
)

// Courier is InPost's public tracking, ShipX: GET /v1/tracking/{number} and GET /v1/statuses, as an http.Handler.
// It needs no token (HITL.md 4.3). Safe for many goroutines.
type Courier struct {
	faults  Faults
	mu      sync.Mutex
	parcels map[string]*Parcel
}

// Parcel is one InPost parcel.
type Parcel struct {
	Number  string
	Locker  string // the target parcel locker, such as WAW01A; empty: to the door
	Service string // empty: by Locker
	Events  []Scan // oldest first
}

// Scan is one status of a parcel.
type Scan struct {
	Status string // a ShipX status
	At     time.Time
}

// NewCourier gives a courier without parcels.
func NewCourier() *Courier { return &Courier{parcels: map[string]*Parcel{}} }

// Faults gives the courier's faults.
func (c *Courier) Faults() *Faults { return &c.faults }

// Add adds or replaces (by number) a parcel. A status that ShipX does not know is an error.
func (c *Courier) Add(p Parcel) error {
	if p.Number == "" || len(p.Events) == 0 {
		return fmt.Errorf("parcel needs a number and at least one status")
	}
	for _, e := range p.Events {
		if _, ok := shipx[e.Status]; !ok {
			return fmt.Errorf("ShipX has no status %q; it has delay_in_delivery, out_for_delivery, ready_to_pickup, delivered and others", e.Status)
		}
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.parcels[p.Number] = &p
	return nil
}

// Scan gives a parcel its next status, at the moment at; a new number becomes a new parcel to the door.
func (c *Courier) Scan(number, status string, at time.Time) error {
	c.mu.Lock()
	p := c.parcels[number]
	fresh := Parcel{Number: number}
	if p != nil {
		fresh = *p
	}
	c.mu.Unlock()
	fresh.Events = append(slices.Clone(fresh.Events), Scan{status, at})
	return c.Add(fresh)
}

// ServeHTTP answers ShipX calls.
func (c *Courier) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	c.faults.serve(w, r, plainCrash, c.serve)
}

// serve answers a call when no fault is in force.
func (c *Courier) serve(w http.ResponseWriter, r *http.Request) {
	number, tracking := strings.CutPrefix(r.URL.Path, "/v1/tracking/")
	switch {
	case r.Method != http.MethodGet:
		shipxError(w, http.StatusMethodNotAllowed, "method_not_allowed")
	case r.URL.Path == "/v1/statuses":
		items := []map[string]string{}
		for _, name := range statusOrder {
			items = append(items, map[string]string{"name": name, "title": shipx[name], "description": shipx[name] + "."})
		}
		reply(w, map[string]any{"href": "https://api-shipx-pl.easypack24.net/v1/statuses", "items": items})
	case tracking:
		c.mu.Lock()
		p := c.parcels[number]
		c.mu.Unlock()
		if p == nil {
			shipxError(w, http.StatusNotFound, "resource_not_found")
			return
		}
		reply(w, p.json())
	default:
		shipxError(w, http.StatusNotFound, "resource_not_found")
	}
}

// shipxError is ShipX's own error form.
func shipxError(w http.ResponseWriter, status int, code string) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	w.Write(encode(obj("status", status, "error", code, "message", strings.ReplaceAll(code, "_", " "), "details", obj())))
}

// json is the tracking answer; details are newest first.
func (p *Parcel) json() map[string]any {
	service, locker := p.Service, any(nil)
	if p.Locker != "" {
		locker = p.Locker
	}
	if service == "" {
		service = "inpost_courier_standard"
		if p.Locker != "" {
			service = "inpost_locker_standard"
		}
	}
	details := []map[string]any{}
	for i := len(p.Events) - 1; i >= 0; i-- {
		e := p.Events[i]
		details = append(details, map[string]any{"status": e.Status, "origin_status": strings.ToUpper(e.Status),
			"agency": nil, "location": nil, "datetime": warsaw(e.At)})
	}
	return map[string]any{
		"tracking_number": p.Number, "service": service, "type": service, "status": p.Events[len(p.Events)-1].Status,
		"custom_attributes": map[string]any{"size": "B", "target_machine_id": locker, "dropoff_machine_id": nil},
		"tracking_details":  details, "expected_flow": []any{},
		"created_at": warsaw(p.Events[0].At), "updated_at": warsaw(p.Events[len(p.Events)-1].At),
	}
}

// warsaw writes a moment as ShipX does: Polish local time with its offset.
func warsaw(t time.Time) string {
	zone, err := time.LoadLocation("Europe/Warsaw")
	if err != nil {
		// Machines without time zone data: still a right moment, only written in winter time.
		zone = time.FixedZone("CET", 3600)
	}
	return t.In(zone).Format("2006-01-02T15:04:05.000-07:00")
}
