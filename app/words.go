package app

import "tandem/bot"

// own are the words for codes that only the API knows; bot.Words has all others.
var own = map[string]map[string]string{
	"pl": {
		"invalid": "Coś w żądaniu się nie zgadza", "denied": "Brak uprawnień", "not_found": "Nie ma takiej rzeczy", "conflict": "Ktoś był szybszy",
		"too_large": "Za duże", "limited": "Za często, proszę chwilę poczekać", "transient": "Chwilowa przerwa, proszę spróbować ponownie", "internal": "Błąd po stronie serwera",
		"signed_out": "Sesja wygasła, proszę się zalogować", "wrong_login": "Zły adres e-mail lub hasło", "rate_limited": "Za dużo prób, proszę chwilę poczekać",
		"not_allowed": "Brak uprawnień do tej czynności", "cross_origin": "Żądania z innych stron nie są przyjmowane", "taken": "Rozmowa jest już w czyichś rękach",
		"taken_by": "Rozmowę prowadzi już: %s", "leased_by": "Ten szkic ogląda teraz: %s", "newer_message": "Klient napisał coś nowego; proszę to najpierw przeczytać",
		"stale_rev": "Rozmowa zmieniła się w międzyczasie; proszę przeczytać ją ponownie", "trap": "To był szkic kontrolny z błędem. Nic nie wysłano", "trap_caught": "To był szkic kontrolny: błąd znaleziony. Nic nie wysłano",
		"blocked": "Szkic zawiera stwierdzenie bez potwierdzenia; proszę je poprawić", "leased": "Ktoś właśnie ogląda ten szkic", "already_sent": "Za późno: wiadomość jest już w drodze",
		"unsigned": "Brak podpisu", "signature": "Zły podpis", "token": "Brak ważnego tokenu", "bad_cursor": "Nie można odczytać miejsca na liście; proszę zacząć od początku",
		"over_limit": "Ta kwota przekracza limit tej roli; zatwierdza ją kierownik", "decided": "Decyzja już zapadła", "action_exists": "Takie działanie jest już zaproponowane", "action_done": "Koszt tej dostawy został już zwrócony",
		"action_no_amount": "Proszę podać kwotę i walutę zwrotu", "action_no_address": "Adres wymaga ulicy, kodu pocztowego i miejscowości", "action_no_order": "Proszę podać numer zamówienia", "action_unknown_kind": "Nie ma takiego działania", "no_reason": "Proszę podać powód",
		"widget_disclosure": "Rozmowę zaczyna asystent AI sklepu %s. W każdej chwili można poprosić o rozmowę z człowiekiem.",
		"T1":                "Prośba o rozmowę z człowiekiem",
	},
	"en": {
		"invalid": "Something in the request is not right", "denied": "Not allowed", "not_found": "There is no such thing", "conflict": "Somebody was quicker",
		"too_large": "Too large", "limited": "Too often, please wait a little", "transient": "A short interruption, please try again", "internal": "An error on the server's side",
		"signed_out": "Your session has ended, please sign in", "wrong_login": "Wrong e-mail address or password", "rate_limited": "Too many attempts, please wait a little",
		"not_allowed": "You may not do this", "cross_origin": "Requests from other sites are not taken", "taken": "Somebody already has this conversation",
		"taken_by": "This conversation is already with %s", "leased_by": "%s is looking at this draft now", "newer_message": "The customer has written again; please read it first",
		"stale_rev": "The conversation has changed meanwhile; please read it again", "trap": "This was a planted draft with an error in it. Nothing was sent", "trap_caught": "This was a planted draft: you found the error. Nothing was sent",
		"blocked": "The draft states something without a source; please edit it", "leased": "Somebody is looking at this draft now", "already_sent": "Too late: the message is on its way",
		"unsigned": "The signature is missing", "signature": "The signature is wrong", "token": "There is no valid token", "bad_cursor": "This place in the list cannot be read; please start from the first page",
		"over_limit": "The amount is above the limit of this role; a manager approves it", "decided": "This has been decided already", "action_exists": "The same is proposed already", "action_done": "The cost of this delivery was given back already",
		"action_no_amount": "Please give the amount and the currency of the refund", "action_no_address": "An address needs street, postcode and town", "action_no_order": "Please give the order number", "action_unknown_kind": "There is no such action", "no_reason": "Please give a reason",
		"widget_disclosure": "An AI assistant of %s answers first. You can ask for a person at any time.",
		"T1":                "Asked for a person",
	},
}

// words returns the words for a code in a language, or the code itself where there are none.
func words(lang, code string) string {
	if s := bot.Words(lang, code); s != code && s != "" {
		return s
	}
	if s, ok := own[lang][code]; ok {
		return s
	}
	return code
}
