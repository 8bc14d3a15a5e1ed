package policy

import "tandem"

// Need says what facts a topic is about and what the bot must have before it answers.
type Need struct {
	Facts   bool         // look up the order and the parcel
	Bot     bool         // the bot cannot answer without them
	Class   tandem.Class // of the answer
	Subject string       // order, parcel, refund, account, booking
}

// Needs are the topics that are about a customer's own matter. All others are general: D0.
var Needs = map[string]Need{
	"order_status":    {Facts: true, Bot: true, Class: tandem.D1, Subject: "order"},
	"parcel_tracking": {Facts: true, Bot: true, Class: tandem.D1, Subject: "parcel"},
	"refund_status":   {Facts: true, Bot: true, Class: tandem.D2, Subject: "refund"},
	"parcel_late":     {Facts: true, Class: tandem.D1, Subject: "parcel"},
	"parcel_lost":     {Facts: true, Class: tandem.D1, Subject: "parcel"},
	"refund_overdue":  {Facts: true, Class: tandem.D2, Subject: "refund"},
	"order_change":    {Facts: true, Class: tandem.D2, Subject: "order"},
	"order_cancel":    {Facts: true, Class: tandem.D2, Subject: "order"},
	"damaged_item":    {Facts: true, Class: tandem.D2, Subject: "order"},
	"wrong_item":      {Facts: true, Class: tandem.D2, Subject: "order"},
	"payment_problem": {Facts: true, Class: tandem.D2, Subject: "order"},
	"invoice_request": {Facts: true, Class: tandem.D2, Subject: "order"},
	"invoice_unclear": {Facts: true, Class: tandem.D2, Subject: "order"},
	"exchange":        {Facts: true, Class: tandem.D2, Subject: "order"},
}

// Shipped is the map a company starts with (TOUCHPOINTS.md, priors of HITL.md 5.4). Clock marks the
// topics on which a message is a complaint or a right with a statutory deadline.
var Shipped = []tandem.Touchpoint{
	{ID: "order_status", Temper: "speed", Speed: 85, Empathy: 20, Level: tandem.L4},
	{ID: "parcel_tracking", Temper: "speed", Speed: 85, Empathy: 25, Level: tandem.L4},
	{ID: "delivery_options", Temper: "speed", Speed: 75, Empathy: 10, Level: tandem.L4},
	{ID: "return_how_to", Temper: "speed", Speed: 60, Empathy: 25, Level: tandem.L4},
	{ID: "exchange", Temper: "speed", Speed: 60, Empathy: 35, Level: tandem.L2},
	{ID: "refund_status", Temper: "speed", Speed: 65, Empathy: 40, Level: tandem.L2},
	{ID: "password_reset", Temper: "speed", Speed: 90, Empathy: 10, Level: tandem.L4},
	{ID: "account_change", Temper: "speed", Speed: 70, Empathy: 40, Level: tandem.L2},
	{ID: "order_change", Temper: "speed", Speed: 80, Empathy: 35, Level: tandem.L2},
	{ID: "order_cancel", Temper: "speed", Speed: 65, Empathy: 40, Level: tandem.L2},
	{ID: "payment_methods", Temper: "speed", Speed: 75, Empathy: 10, Level: tandem.L4},
	{ID: "invoice_request", Temper: "speed", Speed: 60, Empathy: 10, Level: tandem.L2},
	{ID: "promo_code", Temper: "speed", Speed: 65, Empathy: 25, Level: tandem.L4},
	{ID: "product_availability", Temper: "speed", Speed: 65, Empathy: 20, Level: tandem.L4},
	{ID: "store_hours", Temper: "speed", Speed: 80, Empathy: 5, Level: tandem.L4},
	{ID: "booking_make", Temper: "speed", Speed: 80, Empathy: 15, Level: tandem.L4},
	{ID: "booking_change", Temper: "speed", Speed: 80, Empathy: 20, Level: tandem.L4},
	{ID: "warranty_terms", Temper: "speed", Speed: 50, Empathy: 25, Level: tandem.L4},
	{ID: "loyalty_program", Temper: "speed", Speed: 50, Empathy: 10, Level: tandem.L4},
	{ID: "newsletter", Temper: "speed", Speed: 50, Empathy: 10, Level: tandem.L4},
	{ID: "damaged_item", Temper: "empathy", Speed: 60, Empathy: 80, Level: tandem.L1, Clock: true},
	{ID: "wrong_item", Temper: "empathy", Speed: 60, Empathy: 65, Level: tandem.L1, Clock: true},
	{ID: "parcel_late", Temper: "empathy", Speed: 85, Empathy: 65, Level: tandem.L1},
	{ID: "parcel_lost", Temper: "empathy", Speed: 80, Empathy: 80, Level: tandem.L1},
	{ID: "refund_overdue", Temper: "empathy", Speed: 70, Empathy: 75, Level: tandem.L1},
	{ID: "payment_problem", Temper: "empathy", Speed: 80, Empathy: 75, Level: tandem.L1},
	{ID: "invoice_unclear", Temper: "empathy", Speed: 45, Empathy: 60, Level: tandem.L1},
	{ID: "product_advice", Temper: "empathy", Speed: 40, Empathy: 55, Level: tandem.L1},
	{ID: "service_complaint", Temper: "empathy", Speed: 60, Empathy: 85, Level: tandem.L0, Clock: true},
	{ID: "fraud_safety", Temper: "empathy", Speed: 95, Empathy: 95, Level: tandem.L0},
	{ID: "privacy_request", Temper: "empathy", Speed: 40, Empathy: 60, Level: tandem.L0, Clock: true},
	{ID: "legal_threat", Temper: "empathy", Speed: 65, Empathy: 85, Level: tandem.L0, Clock: true},
	{ID: "churn", Temper: "empathy", Speed: 55, Empathy: 75, Level: tandem.L1},
	{ID: "human_request", Temper: "empathy", Speed: 80, Empathy: 60, Level: tandem.L0},
	{ID: "bot_question", Temper: "speed", Speed: 60, Empathy: 40, Level: tandem.L4},
	{ID: "greeting", Temper: "speed", Speed: 70, Empathy: 20, Level: tandem.L4},
	{ID: "thanks", Temper: "speed", Speed: 30, Empathy: 30, Level: tandem.L4},
	{ID: "goodbye", Temper: "speed", Speed: 20, Empathy: 10, Level: tandem.L4},
	{ID: "cooperation", Temper: "speed", Speed: 20, Empathy: 30, Level: tandem.L2},
	{ID: "other", Temper: "speed", Speed: 40, Empathy: 40, Level: tandem.L2},
}
