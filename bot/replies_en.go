package bot

// repliesEN is what the bot says in English.
var repliesEN = map[string][]string{
	"intro":        {"Hello, this is the AI assistant of {brand}. You can write “human” at any time.", "Hello, this is an AI assistant. You can write “human” at any time."},
	"intro.public": {"Hello, this is the AI assistant of {brand}.", "Hello, this is an AI assistant."},
	"intro.again":  {"This is the AI assistant of {brand} again. You can write “human” at any time.", "This is the AI assistant again. You can write “human” at any time."},
	"pending":      {"What our team agreed with you still holds: “{promise}”, due {promise_due}."},
	"tail.phone":   {"Telephone: {phone}."},

	"answer.order_status": {
		"Order {order} {status}.<{?status=sent} The parcel {parcel}.{+tail}>< {?late}{!parcel}The promised delivery time passed {promised_past}; we are sorry.>< {!parcel}{?coming}Planned delivery: {promised}.>",
		"As of now, order {order} {status}.<{?status=sent} The parcel {parcel}.{+tail}>< {?late}{!parcel}The promised delivery time passed {promised_past}; we are sorry.>< {!parcel}{?coming}Planned delivery: {promised}.>",
	},
	"answer.parcel_tracking": {
		"The parcel of order {order} {parcel}.{+tail}",
		"Here is the status: the parcel of order {order} {parcel}.{+tail}",
		"Parcel {tracking} {parcel}.{+tail}",
	},
	"answer.parcel_late": {
		"<{?late}We are sorry for the delay. >The parcel of order {order} {parcel}.{+tail}",
		"<{?late}We apologise for the delay. >The parcel of order {order} {parcel}.{+tail}",
	},
	"tail": {"<{?coming} Planned delivery: {promised}.><{?late} The promised time passed {promised_past}.><{?parcel=delayed}{!late} The original date was {promised}.>" +
		"<{?parcel=delayed} The carrier has not given us a new date yet.>" +
		"<{?ready} Pick-up point: {place}.><{?parcel_note=temporary_place} This is a temporary place.>" +
		"<{?moving} Last scan: {scan}.>" +
		"<{?parcel=failed_attempt} Collection or another delivery can be arranged with the carrier under parcel number {tracking}.>" +
		"<{?parcel=returning} If you still need the parcel, just reply here.>" +
		"<{?parcel=delivered} If you do not have it, just reply here and a person will look into it.>" +
		"<{?late} If it is urgent, just write “human”.>"},
	"answer.delivery_options": {
		"<Delivery costs {delivery_price}<, and from {free_from} it is free>.>< Delivery time: {delivery_time}.>< Delivery methods: {methods}.>",
		"<The delivery fee is {delivery_price}<; orders from {free_from} are delivered free of charge>.>< A parcel usually takes {delivery_time}.>< You can choose: {methods}.>",
	},
	"answer.return_how_to": {
		"<You have {return_days} to return something.>< You can report a return here: {return_url}>",
		"<The time for a return is {return_days}.>< Return form: {return_url}>",
	},
	"answer.exchange": {
		"The easiest way to another size or colour is to order it separately and return the item that does not fit.< You have {return_days} for the return.>< You can report it here: {return_url}>",
		"The fastest exchange is a return and a new order.< The time for a return is {return_days}.>< Return form: {return_url}>",
	},
	"answer.refund_status": {
		"The refund for order {order} {refund}.<{?refund=pending} Amount: {refund_amount}.><{?refund=pending} Due by {refund_due}.><{?refund=paid} Amount: {refund_amount}.>",
		"As of today, the refund for order {order} {refund}.<{?refund=pending} The amount is {refund_amount}.><{?refund=pending} The money should arrive by {refund_due}.><{?refund=paid} Amount: {refund_amount}.>",
	},
	"answer.refund_overdue": {
		"We are sorry: the refund for order {order} {refund}.<{?refund=refund_overdue} It was due on {refund_past}.><{?refund=refund_overdue} Amount: {refund_amount}.>",
	},
	"answer.password_reset": {
		"You can set a new password at {reset_url} – enter the e-mail address of your account there and follow the steps. If the message from that page does not arrive, please check your spam folder. You never need to tell us the password itself.",
		"You can change your password yourself at {reset_url} – all you need is the e-mail address of your account. The message from that page may be in your spam folder. Please do not share your password in this chat.",
	},
	"answer.password_reset.address": {
		"Please enter this address at {reset_url}. If there is an account for it, a link for a new password will reach it within minutes; please look into the spam folder as well.",
	},
	"answer.payment_methods": {"You can pay by: {pay_methods}.", "Available payment methods: {pay_methods}."},
	"answer.invoice_request": {"The invoice for order {order} has the number {invoice}.", "Order {order} has the invoice {invoice}."},
	"answer.promo_code": {
		"Current offer: {promo}. If a code does not work, please tell us what message the basket shows.",
		"This applies now: {promo}. If a code fails, the message from the basket will help.",
	},
	"answer.store_hours": {
		"<Customer service: {hours}.>< Address: {address}.>< Telephone: {phone}.>",
		"<We are here for you: {hours}.>< Our address: {address}.>< Telephone: {phone}.>",
	},
	"answer.booking_make":    {"You can book a visit here: {booking_url}", "Free dates and booking: {booking_url}"},
	"answer.booking_change":  {"{?booking_url}<You can move or cancel a visit by telephone: {phone}.>< Booking a new date: {booking_url}>", "{?booking_url}<To move or cancel a visit, please call {phone}.>< A new date can be booked here: {booking_url}>"},
	"answer.warranty_terms":  {"Warranty: {warranty}.", "Warranty terms: {warranty}."},
	"answer.loyalty_program": {"Loyalty programme: {loyalty}.", "About our loyalty programme: {loyalty}."},
	"answer.newsletter":      {"Newsletter: {newsletter}.", "About our newsletter: {newsletter}."},

	"answer.bot_question": {
		"Yes, you are talking to the AI assistant of {brand}, not to a person. You can write “human” at any time and somebody from the team will take over.<{!staffed} Somebody from the team will be here {next}.>",
		"This is the AI assistant of {brand}, a program and not a person. The word “human” is enough for somebody from the team to take over.<{!staffed} Somebody from the team will be here {next}.>",
		"Yes, this is an AI assistant and not a person. You can write “human” at any time.",
	},
	"answer.greeting": {"<{!intro}Hello! >How can I help?", "<{!intro}Hello! >What can I do for you?", "<{!intro}Hello! >Please tell me how I can help."},
	"answer.thanks":   {"Glad to help.", "You are welcome! I am here if you have more questions.", "Thank you for your message, have a nice day!"},
	"answer.goodbye":  {"Goodbye, have a nice day!", "Take care, all the best!", "Have a nice day! I am here if you have more questions."},

	"ask.both": {
		"To check the order, please send its number and the e-mail or phone used for the purchase in one message.",
		"Could you send the order number and the e-mail or phone used for the purchase, ideally in one message?",
	},
	"ask.order":   {"Please send the order number as well.", "The order number is still needed – it is in the confirmation message."},
	"ask.contact": {"Please also send the e-mail or phone used for the purchase. That way only the right person sees the details.", "The e-mail or phone of the order is still needed. Without it I cannot show any details."},
	"ask.again": {
		"These data are not enough to show an order. Please check the number and send it again together with the e-mail or phone used for the purchase.",
		"With these data I cannot show an order. Please send the order number and the e-mail or phone used for the purchase again.",
	},
	"ask.topic":    {"Is it about {topics}?", "Just to be sure, is it about {topics}?"},
	"ask.more":     {"Please tell me in one sentence what it is about – for example a parcel, a return or a payment.", "I do not understand it yet. Please put it in other words."},
	"ask.private":  {"We do not share order details in public, so the answer comes in a private message.", "So that not everybody sees your data, we answer in a private message."},
	"button.human": {"I prefer a human"},
	"button.door":  {"Talk to a person"}, // at most 20 characters
}
