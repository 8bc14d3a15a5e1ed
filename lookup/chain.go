package lookup

import (
	"cmp"
	"context"
	"slices"
	"sync"
	"time"

	"tandem"
)

// Chain asks all sources of a company: the shops at once, then the couriers for the parcels that
// the shops or the customer named. It is a tandem.Lookup itself.
type Chain struct {
	Sources []Source
	// Report, where set, hears why a source did not answer; the error is safe to log. It is called
	// from several goroutines.
	Report func(source string, err error)
}

// Find returns what the sources know. It never fails: a source that does not answer is named in
// Failed. What the customer gave proves V2 where it is an order number and one matching datum; a
// parcel's number typed by the customer shows what the carrier shows to anybody and counts as V1
// for that parcel alone (HITL.md 4.2). Data that do not match leave no facts, the same as data of
// no order at all.
func (c *Chain) Find(ctx context.Context, q tandem.Query) (tandem.Findings, error) {
	if q.Now.IsZero() {
		q.Now = time.Now()
	}
	out := c.shops(ctx, q)
	number, carrier := parcelOf(out.Facts)
	if number == "" && !out.Mismatch {
		if typed := read(q).tracking; len(typed) > 0 {
			number = typed[0]
		}
	}
	if number != "" {
		c.couriers(ctx, q, number, carrier, &out)
	}
	judge(out.Facts, q)
	sortFacts(out.Facts)
	return out, nil
}

// shops asks every shop and keeps the answer that proves most.
func (c *Chain) shops(ctx context.Context, q tandem.Query) tandem.Findings {
	var best tandem.Findings
	var failed []string
	for _, f := range c.ask(ctx, Shop, q) {
		failed = append(failed, f.Failed...)
		better := len(f.Facts) > 0 && len(best.Facts) == 0 || best.Customer == nil && f.Customer != nil || f.Verified > best.Verified
		if better || f.Mismatch && len(best.Facts) == 0 {
			best = f
		}
	}
	best.Failed = failed
	return best
}

// couriers asks for one parcel: the courier that the shop named, or those whose numbers look so.
func (c *Chain) couriers(ctx context.Context, q tandem.Query, number, carrier string, out *tandem.Findings) {
	q.Entities = []tandem.Entity{{Kind: "tracking", Value: number}}
	q.Customer = tandem.Customer{} // a courier learns a number and nothing else
	for _, f := range c.ask(ctx, Courier, q, func(k Kind) bool {
		return k.Name == carrier || carrier == "" && k.Typed != nil && k.Typed(number)
	}) {
		out.Failed = append(out.Failed, f.Failed...)
		if len(f.Facts) == 0 {
			continue
		}
		if carrier == "" {
			out.Verified = max(out.Verified, tandem.V1)
		}
		out.Facts = append(out.Facts, f.Facts...)
	}
}

// ask asks all sources of a role at the same time, each within its own patience, and returns the
// answers in the order of the sources.
func (c *Chain) ask(ctx context.Context, role Role, q tandem.Query, which ...func(Kind) bool) []tandem.Findings {
	answers := make([]tandem.Findings, len(c.Sources))
	var wait sync.WaitGroup
	for i, s := range c.Sources {
		if s.Kind.Role != role || len(which) > 0 && !which[0](s.Kind) {
			continue
		}
		wait.Go(func() {
			ctx, stop := context.WithTimeout(ctx, patience)
			defer stop()
			f, err := s.Lookup.Find(ctx, q)
			if err != nil {
				f = tandem.Findings{Failed: []string{s.Name}}
				if c.Report != nil {
					c.Report(s.Name, err)
				}
			}
			answers[i] = f
		})
	}
	wait.Wait()
	return answers
}

func parcelOf(facts []tandem.Fact) (number, carrier string) {
	return value(facts, "tracking"), value(facts, "carrier")
}

func value(facts []tandem.Fact, key string) string {
	for _, f := range facts {
		if f.Key == key {
			return f.Value
		}
	}
	return ""
}

// arrived are states after which a promised day of delivery is no longer broken.
var arrived = []string{"delivered", "ready_for_pickup", "pickup_expiring", "returned", "cancelled"}

// judge marks a promise that has passed while nothing has arrived.
func judge(facts []tandem.Fact, q tandem.Query) {
	for i, f := range facts {
		if f.Key != "promised" {
			continue
		}
		at, err := time.Parse(time.RFC3339, f.Value)
		if err != nil || !q.Now.After(at) || slices.Contains(arrived, value(facts, "parcel")) || slices.Contains(arrived, value(facts, "status")) {
			continue
		}
		facts[i].Bad = true
		facts[i].Text += Words{" (termin minął)", " (passed)"}.in(q.Lang)
	}
}

var order = []string{"order", "status", "parcel", "promised", "scan", "parcel_note", "place", "carrier", "tracking", "refund",
	"refund_amount", "refund_due", "items", "total", "delivery", "ordered", "invoice", "address", "open_orders"}

// severe are the bad facts that are a person's whatever the mood (T16); they come first.
var severe = []string{"exception_lost", "exception_damaged", "refund_overdue", "wrong_charge"}

// sortFacts puts what matters most first.
func sortFacts(facts []tandem.Fact) {
	rank := func(f tandem.Fact) int {
		if f.Bad && slices.Contains(severe, f.Value) {
			return -1
		}
		return slices.Index(order, f.Key)
	}
	slices.SortStableFunc(facts, func(a, b tandem.Fact) int { return cmp.Compare(rank(a), rank(b)) })
}
