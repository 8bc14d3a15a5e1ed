package bot

// titlesEN are the names of the touchpoints for people at the desk.
var titlesEN = map[string]string{
	"order_status": "Order status", "parcel_tracking": "Parcel tracking", "delivery_options": "Delivery cost and time",
	"return_how_to": "How to return", "exchange": "Exchange", "refund_status": "Refund status", "password_reset": "Password and login",
	"account_change": "Account change", "order_change": "Order change", "order_cancel": "Order cancellation",
	"payment_methods": "Payment methods", "invoice_request": "Invoice", "promo_code": "Discounts and codes", "product_availability": "Product availability",
	"store_hours": "Hours and address", "booking_make": "Booking", "booking_change": "Booking change", "warranty_terms": "Warranty terms",
	"loyalty_program": "Loyalty programme", "newsletter": "Newsletter", "damaged_item": "Damaged item", "wrong_item": "Wrong item",
	"parcel_late": "Late parcel", "parcel_lost": "Lost parcel", "refund_overdue": "Overdue refund",
	"payment_problem": "Payment problem", "invoice_unclear": "Unclear invoice", "product_advice": "Advice", "service_complaint": "Complaint about service",
	"fraud_safety": "Fraud and safety", "privacy_request": "Personal data", "legal_threat": "Legal threat", "churn": "Leaving customer",
	"human_request": "Asks for a person", "bot_question": "Asks whether it is a bot", "greeting": "Greeting", "thanks": "Thanks",
	"goodbye": "Goodbye", "cooperation": "Cooperation", "other": "Other",
}

var buttonsEN = map[string]string{
	"order_status": "My order's status", "parcel_tracking": "Where is my parcel?", "delivery_options": "Delivery cost", "return_how_to": "How do I return?",
	"exchange": "Exchange the size", "refund_status": "When is my refund?", "password_reset": "Forgot my password", "account_change": "Change my account",
	"order_change": "Change my order", "order_cancel": "Cancel my order", "payment_methods": "How can I pay?", "invoice_request": "I need an invoice",
	"promo_code": "Discount code", "product_availability": "Is it in stock?", "store_hours": "Opening hours", "booking_make": "Book a visit",
	"booking_change": "Move my visit", "warranty_terms": "Warranty terms", "loyalty_program": "Loyalty programme", "newsletter": "Newsletter",
	"damaged_item": "Damaged item", "wrong_item": "Got the wrong item", "parcel_late": "My parcel is late", "parcel_lost": "My parcel is lost",
	"refund_overdue": "Refund not here", "payment_problem": "Payment problem", "invoice_unclear": "Invoice is wrong", "product_advice": "Help me choose",
	"service_complaint": "Service complaint", "fraud_safety": "Safety", "privacy_request": "My personal data", "legal_threat": "Formal matter",
	"churn": "I want to leave", "human_request": "I prefer a human", "bot_question": "Are you a bot?", "greeting": "Hello", "thanks": "Thank you",
	"goodbye": "Goodbye", "cooperation": "Cooperation", "other": "Something else",
}

// codesEN are all other codes in words, for the desk and the API.
var codesEN = map[string]string{
	"T1": "Asks for a person", "T1:request": "Asks for a person", "T1:preference": "Prefers a person", "T2": "Critical word",
	"T2:fraud": "Accusation of fraud", "T2:repeat": "It happens again", "T2:complaint": "Complaint or mistake", "T2:anger": "Harsh words", "T2:hard_word": "Critical word",
	"T2:bot_fail": "The bot does not help", "T2:leave": "Wants to leave", "T2:profanity": "Profanity", "T2:urgency": "Urgent matter", "T2:media": "Media",
	"T3": "Rising tension", "T3:complaint": "A calm complaint", "T4": "Mood falls fast", "T5": "Asks the same again", "T6": "The bot would repeat itself", "T7": "The bot has no answer",
	"T7:not_understood": "The bot did not understand twice", "T7:no_knowledge": "The bot does not know the answer", "T8": "Unsure topic, one question", "T9": "Topic for a person",
	"T9:topic": "Topic for a person", "T9:paused": "The bot is paused", "T9:parked": "The matter waits for a person", "T10": "Customer needs care", "T10:vulnerable": "Customer needs special care",
	"T11": "Safety or law", "T11:safety": "Danger to health", "T11:privacy": "Personal data", "T11:legal": "Legal threat", "T11:media": "Threat to go public",
	"T12": "No progress", "T12:no_progress": "No progress", "T12:attempts": "Five failed proofs of identity", "T13": "A system does not answer", "T13:tool_failure": "The shop's system does not answer", "T13:late": "The message reached us late", "T13:draft_waited": "Nobody decided about the draft", "T13:maybe_sent": "Unknown whether the bot's answer was sent", "withdrawn": "promise taken back with its message",
	"T14": "The answer did not help", "T15": "Another contact about this", "T16": "Bad fact and feelings", "T16:bad_fact": "Bad fact and feelings", "T16:lost": "Serious problem with the order",
	"T17": "Attachment to look at", "T18": "Another language", "T19": "Person in distress", "T20": "A promise is overdue", "T21": "Too long without an answer", "T22": "The customer is upset", "T23": "Nothing can be sent where the customer writes from",
	"M1": "Taken over", "M2": "Put into the queue", "M3": "Who had it has left the team", "reply": "answered", "assign": "assigned", "reject": "draft rejected",

	"ceiling": "Highest level allowed: ", "ceiling:touchpoint": "Level of the topic", "ceiling:channel": "Public place", "ceiling:customer": "Important customer",
	"ceiling:whisper": "A whisper that only a person can follow", "ceiling:case": "The matter came back within a week", "ceiling:knowledge": "Outside the bot's knowledge", "ceiling:none": "No limit", "verification": "Identity not proven",
	"owner": "A person leads", "owner:queue": "Waits for a person", "owner:human": "A person leads", "owner:closed": "Closed", "owner:bot": "The bot leads",
	"timeout": "The bot was too slow", "degraded": "Outage, a person answers",

	"answer": "answer", "ask": "question", "propose": "draft to approve", "suggest": "suggestion", "handover": "handed to a person", "nothing": "no answer",
	"L0": "people only", "L1": "suggestions", "L2": "approval", "L3": "autopilot with checks", "L4": "autopilot",
	"pleased": "pleased", "calm": "calm", "tense": "tense", "angry": "angry", "urgent": "urgent",

	"takeover": "took over", "return": "given back to the bot", "external_reply": "answered outside tandem", "reopened": "opened again", "paused": "bot paused",
	"resumed": "bot resumed", "closed": "closed", "assigned": "assigned", "released": "released to the queue", "silent_owner": "the owner has been silent for long", "parked": "parked for a person",
	"widened": "wider team called", "draft_expired": "nobody approved the draft in time", "promise_due": "a promise is due soon", "customer_choice": "the customer's choice", "auto_return": "automatic return to the bot",
	"unknown_owner": "another app leads", "rejected": "draft rejected", "trap": "control trap", "new": "new conversation", "rated": "rated by the customer", "merged": "customers merged", "split": "customers split",
	"edited": "message edited", "removed": "message removed", "reaction": "reaction", "linked": "channel linked to the customer",

	"owner_changed": "somebody else leads", "stale_epoch": "a person took over", "newer_message": "the customer wrote something new", "stale_version": "somebody changed it before",
	"finished": "the job is finished",

	"rate_limited": "too often, please wait a little", "window_closed": "the reply window is closed", "window_none": "the customer has not written here yet", "unreachable": "the customer cannot be reached", "owned_elsewhere": "another app owns the conversation",
	"private_reply_refused": "the platform takes no private reply", "restricted": "the platform restricted the account", "auth": "the account must be connected again", "media": "attachment refused",
	"bad_request": "the platform refused the message", "template": "the template is not available", "already_sent": "already sent", "partly_sent": "only a part was sent", "no_answer": "the platform does not answer",
	"not_registered": "the number is not registered", "opted_out": "the customer wants no messages here", "no_marketing": "the customer wants no marketing", "maybe_sent": "unknown whether it was sent", "token_expired": "the token has expired", "permission_missing": "permission missing: ", "door": "the button “Talk to a person” is there", "door_missing": "the button “Talk to a person” is missing: ", "field_missing": "subscription missing: ",
	"permission": "permission: ", "field": "subscription: ", "account_mismatch": "the token belongs to another account", "policy_block": "the platform blocked the account", "policy_warning": "warning of the platform", "unreadable": "cannot be read",
	"status_unknown": "unknown carrier status: ", "lookup_auth": "the shop's system refuses the token", "lookup_down": "the system is down", "lookup_timeout": "the system does not answer in time", "lookup_busy": "too many questions to the system",
	"lookup_paused": "the system is left alone after failures", "lookup_unreadable": "the system's answer makes no sense", "setting_missing": "a setting is missing", "setting_wrong": "a setting is wrong",

	"fact.order": "order", "fact.status": "status", "fact.parcel": "parcel", "fact.promised": "promised delivery", "fact.scan": "last scan", "fact.place": "pick-up point", "fact.refund": "refund",
	"data.order": "order number", "data.contact": "e-mail or phone", "data.again": "the data again", "data.topic": "topic", "data.more": "what it is about", "data.private": "private message",
	"data.tracking": "parcel number", "data.phone": "phone", "data.email": "e-mail", "data.nip": "tax number", "data.iban": "account number", "data.amount": "amount", "data.date": "date", "data.size": "size", "data.name": "first name",
	"data.surname": "surname", "data.postcode": "postcode", "data.photo": "photo", "source.httpjson": "shop", "source.inpost": "InPost",
	"whisper": "a person's instruction", "brief": "instruction at giving back",

	"window.closing": "the reply window is closing", "window_free": "the reply window closes in a few hours", "window_human": "the last time to answer ends in a day",
	"message.added": "new message", "message.changed": "message changed", "owner.changed": "somebody else leads", "alert.raised": "a person is needed", "alert.widened": "nobody has answered yet",
	"card.changed": "new facts on the card", "card.worded": "summary of the language model", "decision.made": "decision of the bot", "draft.added": "new draft", "draft.changed": "draft changed", "note.added": "new note", "promise.added": "new promise",
	"promise.changed": "promise changed", "conversation.changed": "conversation changed", "customer.changed": "customer changed", "customer.merged": "customers merged", "customer.split": "customers split",
	"account.changed": "channel changed", "policy.changed": "rules changed", "presence.changed": "presence changed", "bot.suppressed": "bot stopped in time", "job.dead": "job failed", "user.signed_in": "signed in",
	"request": "asks for a person", "preference": "prefers a person", "hard_word": "critical word", "fraud": "accusation of fraud", "repeat": "it happens again", "complaint": "complaint or mistake", "anger": "harsh words", "own_word": "a word from the company’s own list",
	"bot_fail": "the bot does not help", "leave": "wants to leave", "profanity": "profanity", "safety": "danger to health", "privacy": "personal data", "legal": "legal threat", "distress": "person in distress",
	"tension": "tension", "slope": "mood falls fast", "rephrasing": "asks the same again", "loop": "repeated answer", "not_understood": "not understood", "no_knowledge": "answer not known",
	"vulnerable": "needs care", "no_progress": "no progress", "attempts": "failed proofs", "tool_failure": "a system does not answer", "bad_feedback": "the answer did not help", "repeat_contact": "another contact",
	"bad_fact": "bad fact and feelings", "lost": "serious problem with the order", "language": "another language",
	"close": "closed", "answered_elsewhere": "answered outside tandem", "cancelled": "sending undone", "withheld": "no suggestion, for comparison", "unreconciled": "unknown whether it was sent", "dispatch": "stopped before sending",
	"demoted": "level lowered automatically", "sample": "random check", "second_review": "second review", "moved": "the conversation has changed", "hidden": "comment hidden", "away": "away", "here": "at the desk",
	"pending": "waiting", "approved": "approved", "stale": "out of date", "caught": "trap caught", "missed": "trap missed", "handed": "handed to a person", "used": "used", "ignored": "not used",
	"task.call": "Call the customer", "task.mail": "Write the customer an e-mail", "task.here": "Answer the customer here", "nothing_to_test": "this channel needs no test", "shop": "the shop answers", "tracking": "tracking answers",
}
