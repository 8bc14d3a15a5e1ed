package nlu

import (
	"fmt"
	"os"
	"testing"
)

var cxMap = map[string]string{"order_status": "order_status parcel_tracking parcel_late parcel_lost", "return": "return_how_to", "human": "human_request",
	"password_reset": "password_reset", "cancel_order": "order_cancel", "change_address": "order_change account_change", "complaint": "damaged_item wrong_item service_complaint",
	"delivery_cost": "delivery_options", "discount": "promo_code", "exchange": "exchange", "greeting": "greeting", "invoice": "invoice_request invoice_unclear",
	"loyalty": "loyalty_program", "opening_hours": "store_hours", "payment": "payment_methods payment_problem", "product_advice": "product_advice", "product_availability": "product_availability",
	"refund_status": "refund_status refund_overdue", "thanks": "thanks goodbye", "warranty": "warranty_terms"}

func TestExpCX(t *testing.T) {
	if os.Getenv("CX") == "" {
		t.Skip()
	}
	m := open(t)
	te, tl := loadTSV("pl_cx_intents/test.tsv")
	ok, ok3 := 0, 0
	for i := range te {
		r := m.Read(te[i], Context{})
		w := set(cxMap[tl[i]])
		hit := w[r.Touchpoint]
		if hit {
			ok++
		}
		h3 := hit
		for k, a := range r.Alternatives {
			if k < 2 && w[a.Touchpoint] {
				h3 = true
			}
		}
		if h3 {
			ok3++
		}
		if !hit && os.Getenv("CX") == "2" {
			fmt.Printf("%s -> %s %.2f %v | %s\n", tl[i], r.Touchpoint, r.Confidence, r.Alternatives, te[i])
		}
	}
	fmt.Println("cx_intents top1", ok, "top3", ok3)
	te, tl = loadTSV("pl_cx_handoff/test.tsv")
	var b, ho Binary
	for i := range te {
		r := m.Read(te[i], Context{})
		b.Add(tl[i] == "frustrated", r.Mood == "angry")
		ho.Add(tl[i] == "frustrated", HandsOver(r, High))
		if os.Getenv("CX") == "2" && (tl[i] == "frustrated") != HandsOver(r, High) {
			fmt.Printf("%s mood %s %.2f esc %.2f hard %v human %v | %s\n", tl[i], r.Mood, r.Anger, r.Escalation, r.Hard, r.WantsHuman, te[i])
		}
	}
	fmt.Println("handoff: angry", b.Rates(), "handsover", ho.Rates())
}
