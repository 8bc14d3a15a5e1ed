package bot

// agentEN are drafts and suggestions in English.
var agentEN = map[string][]string{
	"hello": {"Hello {name}, this is {agent} from the {brand} team. ", "Hello {name}, ", "Hello, this is {agent} from the {brand} team. ", "Hello, "},
	"sorry": {"I am sorry that you had to ask again. "},

	"agent.promise":     {"what we agreed still holds: “{promise}”, due {promise_due}. I am watching it and will write as soon as anything changes."},
	"agent.ask":         {"I will gladly check this right away. Could you send me the order number and the e-mail or phone used for the purchase?"},
	"agent.ask.contact": {"Thank you for the number. I still need the e-mail or phone used for the purchase, and I will check this right away."},
	"agent.ask.order":   {"I will gladly check this right away. I still need the order number, it is in the e-mail that confirmed the purchase."},
	"agent.ask.check":   {"I cannot find an order with these details. Could you check that the number is the one in the confirmation, and that the e-mail or phone is the one used for the purchase?"},

	"agent.parcel_late": {
		"I can see that the parcel of order {order} {stuck}<, although it should have arrived {promised_day}>. I am very sorry for this delay. I am asking the carrier for a new date now and will write here as soon as I know it.",
		"I understand that this parcel has taken too long<: order {order} should have arrived {promised_day}>. I am sorry. By when do you need it at the latest? That decides what I do first.",
		"I am sorry that we did not keep the date. I can press the carrier or, if time is short, send a second item. Which would be better for you?",
	},
	"agent.parcel_lost": {
		"{!parcel=delivered}I am very sorry: the parcel of order {order} {parcel}. I am reporting it to the carrier now. What would be better for you: a new shipment or a refund?",
		"{?parcel=delivered}I can see that the parcel of order {order} {parcel}<, last scan: {scan}>. I am sorry for the trouble. I am reporting it to the carrier; meanwhile, could you check whether it is with a neighbour or at a pick-up point?",
		"I am very sorry about this. I am checking where the carrier last scanned the parcel. Shall we prepare a new shipment or a refund?",
	},
	"agent.damaged_item": {
		"{?photo}I am very sorry that your order< {order}> arrived like this. Thank you for the photo, I am preparing the complaint. What would be better for you: a new item or a refund?",
		"{!photo}I am very sorry that this happened< with order {order}>. Could you send me a photo of the damage? I will prepare the complaint right away.",
		"I am sorry for the trouble. I can send a new item straight away or refund the money – which would you prefer?",
	},
	"agent.wrong_item": {
		"I am sorry for this mistake< with order {order}>. Could you tell me what was in the parcel, ideally with a photo? We will send the right item at our cost.",
		"I am very sorry that the parcel has something else in it. What would be better for you: the right item or a refund?",
	},
	"agent.refund_overdue": {
		"{!refund=paid}I am sorry: the refund< of {refund_amount}> for order {order} {refund}<; it was due on {refund_past}>. I am checking the transfer with our accountants now and will confirm here.",
		"{?refund=paid}I can see that the refund< of {refund_amount}> for order {order} {refund}. I am asking our accountants when the transfer went out and will write here.",
		"I understand that the money should be in your account by now, and I am sorry for the delay. Is the account for the refund still the right one? Please do not write the number itself in the chat.",
	},
	"agent.payment_problem": {
		"I understand that this is about your money, so I am checking it right away< in order {order}>. Could you tell me the date and the amount of the charge, without the card number?",
		"I am sorry for the confusion about the payment. <Order {order} {status}. >If you were charged twice, I will refund the difference. A confirmation from the bank without the card number is enough.",
	},
	"agent.invoice_unclear": {
		"I am sorry that the invoice< {invoice}> is not clear. Which data or amounts are wrong? I will check them and prepare a correction if there is a mistake.",
		"I will gladly explain the invoice< {invoice} of order {order}>. Which line is unclear?",
	},
	"agent.product_advice": {
		"I will gladly help you choose. What is it for, and what matters most to you: size, material or price?",
		"to advise you well I need two things: which size usually fits, and what is the occasion?",
	},
	"agent.churn": {
		"I am sorry to read this. What let you down most? I would like to put it right before we part for good.",
		"I understand and respect your decision. I will take care of the formalities right away – is there anything I can still put right?",
	},
	"agent.bot_question": {"a person is leading this conversation now, not the AI assistant. How can I help?"},
	"agent.greeting":     {"how can I help?"},
	"agent.thanks":       {"you are welcome, I am glad to help. Have a nice day!"},
	"agent.goodbye":      {"take care and have a nice day!"},

	"draft.exchange":       {"we will gladly help with an exchange< in order {order}>. Which size, colour or model would you like instead?"},
	"draft.refund_status":  {"we are checking the refund< for order {order}>. Could you tell us when you sent the parcel back? That will speed things up."},
	"draft.account_change": {"we will help you change your account. Please tell us what exactly should change. For your safety we confirm a change through the address of the account, and we never ask for your password."},
	"draft.order_change": {
		"{!status=sent}order {order} {status}, so we are checking whether a change is still possible. Please confirm what exactly should change.",
		"{?status=sent}order {order} {status}, so it can no longer be changed. We can help redirect the parcel or accept a return – which would be better?",
		"{!order}we will gladly help. Please tell us what exactly should change in the order, and its number.",
	},
	"draft.order_cancel": {
		"{!status=sent}order {order} {status}. Please confirm that we should cancel all of it, and we will do so right away.",
		"{?status=sent}order {order} {status}. You can refuse the parcel or return it after collection<; you have {return_days} for that>. Which is easier for you?",
		"{!order}we will help you cancel the order. Please send its number and the e-mail or phone used for the purchase.",
	},
	"draft.invoice_request": {"the invoice of order {order} has the number {invoice}. Please tell us where to send it and, if the data should be different, your tax number.",
		"{!order}we will prepare an invoice. Please send the order number and the data for the invoice."},
	"draft.product_availability": {"we are checking the stock. Please send us the name of the product or a link to it, and the size."},
	"draft.promo_code":           {"we will gladly check this code. Please send us the code and the message from the basket."},
	"draft.cooperation":          {"thank you for your proposal. Please send us a short description and a contact, and we will pass it on to the right person."},
	"draft.other":                {"thank you for your message. Please tell us how exactly we can help."},
}
