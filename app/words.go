package app

import "tandem/bot"

// own are the words for codes that only the API knows; bot.Words has all others.
var own = map[string]map[string]string{
	"pl": {
		"invalid": "Coś w żądaniu się nie zgadza", "denied": "Brak uprawnień", "not_found": "Nie ma takiej rzeczy", "conflict": "Ktoś był szybszy",
		"too_large": "Za duże", "limited": "Za często, proszę chwilę poczekać", "transient": "Chwilowa przerwa, proszę spróbować ponownie", "internal": "Błąd po stronie serwera",
		"signed_out": "Sesja wygasła, proszę się zalogować", "wrong_login": "Zły adres e-mail lub hasło", "rate_limited": "Za dużo prób, proszę chwilę poczekać", "platform_limited": "Platforma prosi o rzadsze zapytania; proszę sprawdzić za chwilę", "platform_transient": "Platforma teraz nie odpowiada; proszę sprawdzić za chwilę",
		"not_allowed": "Brak uprawnień do tej czynności", "cross_origin": "Żądania z innych stron nie są przyjmowane", "taken": "Rozmowa jest już w czyichś rękach",
		"taken_by": "Rozmowę prowadzi już: %s", "leased_by": "Ten szkic ogląda teraz: %s", "newer_message": "Klient napisał coś nowego; proszę to najpierw przeczytać", "message_changed": "Klient zmienił lub cofnął wiadomość",
		"erased":    "Dane tej osoby zostały usunięte: nie ma dokąd odpisać",
		"opted_out": "Klient nie chce tu dostawać wiadomości; proszę odpisać w innym miejscu albo zadzwonić", "unreachable": "Platforma nie dostarczyła tu ostatniej wiadomości; proszę ponowić tamtą, odpisać w innym miejscu albo zadzwonić",
		"account_broken": "Połączenie z tym kanałem wygasło; proszę odpisać w innym miejscu albo połączyć kanał ponownie w ustawieniach", "account_off": "Ten kanał jest wyłączony; proszę odpisać w innym miejscu albo włączyć go w ustawieniach",
		"window_closed": "Okno odpowiedzi na tym kanale minęło; proszę wysłać zatwierdzony szablon albo odpisać w innym miejscu", "public_place": "Szkic można wysłać w innym miejscu tylko prywatnie",
		"window_none": "Klient jeszcze tu nie napisał, więc platforma nie przyjmie wiadomości; proszę wysłać zatwierdzony szablon albo odpisać w innym miejscu",
		"still_open":  "Najpierw proszę zamknąć rozmowy tej osoby: ktoś może właśnie odpisywać",
		"forgotten":   "Wiadomość została cofnięta: tego, z czego powstała decyzja, już nie ma, więc nie można jej odtworzyć",
		"stale_rev":   "Rozmowa zmieniła się w międzyczasie; proszę przeczytać ją ponownie", "trap": "To był szkic kontrolny z błędem. Nic nie wysłano", "trap_caught": "To był szkic kontrolny: błąd znaleziony. Nic nie wysłano",
		"blocked": "Szkic zawiera stwierdzenie bez potwierdzenia; proszę je poprawić", "leased": "Ktoś właśnie ogląda ten szkic", "already_sent": "Za późno: wiadomość jest już w drodze",
		"caller_unknown": "Numer jest ukryty lub błędny; proszę podać numer komórkowy", "caller_landline": "Na numerze stacjonarnym nie ma WhatsAppa; proszę podać numer komórkowy", "no_whatsapp": "Brak działającego konta WhatsApp z numerem telefonu",
		"file_too_large": "Plik jest za duży (najwyżej 25 MB)", "empty_file": "Plik jest pusty", "no_files_here": "Pliki można wysłać tylko w wiadomości prywatnej", "file_used": "Ten plik już wysłano; proszę dodać go ponownie", "visitor_file_too_large": "Plik jest za duży (najwyżej 8 MB)", "visitor_file_type": "Można wysłać zdjęcie (JPEG, PNG, GIF, WebP) albo PDF", "too_many_files": "Najwyżej 5 plików w jednej wiadomości", "file_ticket": "Ten plik nie należy do tej rozmowy", "file_not_taken": "Ten kanał nie przyjmuje plików tego rodzaju albo tej wielkości",
		"unsigned": "Brak podpisu", "signature": "Zły podpis", "token": "Brak ważnego tokenu", "bad_cursor": "Nie można odczytać miejsca na liście; proszę zacząć od początku",
		"over_limit": "Ta kwota przekracza limit tej roli; zatwierdza ją kierownik", "decided": "Decyzja już zapadła", "action_exists": "Takie działanie jest już zaproponowane", "action_done": "Koszt tej dostawy został już zwrócony",
		"action_no_amount": "Proszę podać kwotę i walutę zwrotu", "action_no_address": "Adres wymaga ulicy, kodu pocztowego i miejscowości", "action_no_order": "Proszę podać numer zamówienia", "action_unknown_kind": "Nie ma takiego działania", "no_reason": "Proszę podać powód",
		"durable_reply_missing": "Ta sprawa ma termin ustawowy: proszę odpowiedzieć listem lub mailem i zaznaczyć to w wyniku, albo zaznaczyć, że klient zrezygnował",
		"template_gone":         "Platforma nie przyjmuje teraz tego szablonu; proszę wybrać inny", "template_values": "Każde pole szablonu musi być wypełnione, w jednej linii, a w linku bez spacji", "template_file": "Ten szablon zaczyna się plikiem: proszę dodać jeden plik, takiego rodzaju i rozmiaru, jaki przyjmuje platforma", "empty_text": "Nie ma czego wysłać",
		"nothing_to_learn": "Żaden przykład nie jest zatwierdzony: nie ma się z czego uczyć", "bad_example": "Przykład to jedna linia, najwyżej 2000 znaków", "bad_lang": "Przykład jest po polsku albo po angielsku", "bad_mood": "Nie ma takiego nastroju",
		"no_evidence": "Za mało dowodów na wyższy poziom: powyżej początkowego podnosi się go po sprawdzonych szkicach, osobno dla języka i grupy kanałów", "no_such_topic": "Nie ma takiego tematu", "no_such_version": "Tej wersji nie można użyć: nie przeszła sprawdzianu albo nie jest już przechowywana", "bad_file": "Nie można odczytać pliku", "bad_word": "Nie można odczytać słowa: gwiazdka stoi przed literami albo po nich",
		"word_exists": "To słowo jest już na liście", "bad_side": "Nie ma takiego rodzaju słowa", "too_many_words": "Lista słów jest pełna (500)",
		"withdrawn":        "Zostało już wstrzymane",
		"action_under_way": "Za późno: działanie jest już wykonywane", "not_yours": "Cofnąć zatwierdzenie może tylko osoba, która je dała",
		"consent_all_stop": "Klient nie chce tu dostawać wiadomości", "consent_all_resume": "Klient znowu chce tu dostawać wiadomości",
		"consent_marketing_stop": "Klient nie chce wiadomości reklamowych", "consent_marketing_resume": "Klient znowu chce wiadomości reklamowe",
		"referral_ad": "Klient przyszedł z reklamy", "referral_link": "Klient przyszedł przez link",
		"no_sms": "Brak działającego konta SMS", "no_invitation": "Konto WhatsApp nie ma zatwierdzonego szablonu dla infolinii (ustawienie „Szablon dla infolinii”)",
		"token_valid": "Token jest ważny", "subscription": "Zdarzenia przychodzą do nas", "subscription_missing": "Zdarzenia do nas nie przychodzą: brak subskrypcji", "subscription_unchecked": "Nie można sprawdzić, czy zdarzenia do nas przychodzą",
		"quality_red": "Platforma ocenia jakość numeru jako niską", "number_missing": "Ten numer nie należy do tego konta", "callback_missing": "Numer wysyła wiadomości pod inny adres; proszę wpisać w Twilio adres zwrotny z formularza",
		"yourself": "Własnego dostępu nie można sobie odebrać", "last_owner": "Firma musi mieć co najmniej jedną osobę z rolą właściciela; najpierw proszę nadać tę rolę komuś innemu",
		"no_such_role": "Nie ma takiej roli", "bad_member": "Potrzebne są imię i nazwisko oraz adres e-mail", "email_taken": "Ten adres e-mail jest już na liście", "bad_invitation": "Ten odnośnik wygasł albo został już użyty; proszę poprosić o nowy",
		"widget_disclosure": "Rozmowę zaczyna asystent AI sklepu %s. W każdej chwili można poprosić o rozmowę z człowiekiem.",
		"T1":                "Prośba o rozmowę z człowiekiem",
	},
	"en": {
		"invalid": "Something in the request is not right", "denied": "Not allowed", "not_found": "There is no such thing", "conflict": "Somebody was quicker",
		"too_large": "Too large", "limited": "Too often, please wait a little", "transient": "A short interruption, please try again", "internal": "An error on the server's side",
		"signed_out": "Your session has ended, please sign in", "wrong_login": "Wrong e-mail address or password", "rate_limited": "Too many attempts, please wait a little", "platform_limited": "The platform asks for fewer questions; please check in a moment", "platform_transient": "The platform does not answer now; please check in a moment",
		"not_allowed": "You may not do this", "cross_origin": "Requests from other sites are not taken", "taken": "Somebody already has this conversation",
		"taken_by": "This conversation is already with %s", "leased_by": "%s is looking at this draft now", "newer_message": "The customer has written again; please read it first", "message_changed": "The customer changed the message or took it back",
		"erased":    "This person's data was erased: there is nowhere to write to",
		"opted_out": "The customer wants no messages here; please answer elsewhere or call", "unreachable": "The platform could not deliver the last message here; please try that one again, answer elsewhere or call",
		"account_broken": "The connection of this channel has ended; please answer elsewhere or connect it again in the settings", "account_off": "This channel is off; please answer elsewhere or switch it on in the settings",
		"window_closed": "The reply window of this channel is over; please send an approved template or answer elsewhere", "public_place": "A draft can be sent elsewhere only in private",
		"window_none": "The customer has not written here yet, so the platform takes no message; please send an approved template or answer elsewhere",
		"still_open":  "Close this person's conversations first: somebody may be answering",
		"forgotten":   "The customer took a message back: what the decision was made from is no longer kept, so it cannot be replayed",
		"stale_rev":   "The conversation has changed meanwhile; please read it again", "trap": "This was a planted draft with an error in it. Nothing was sent", "trap_caught": "This was a planted draft: you found the error. Nothing was sent",
		"blocked": "The draft states something without a source; please edit it", "leased": "Somebody is looking at this draft now", "already_sent": "Too late: the message is on its way",
		"caller_unknown": "The number is hidden or wrong; please give a mobile number", "caller_landline": "A landline has no WhatsApp; please give a mobile number", "no_whatsapp": "There is no working WhatsApp account with a phone number",
		"file_too_large": "The file is too large (at most 25 MB)", "empty_file": "The file is empty", "no_files_here": "Files can be sent in a private message only", "file_used": "This file was sent already; please add it again", "visitor_file_too_large": "The file is too large (at most 8 MB)", "visitor_file_type": "A picture (JPEG, PNG, GIF, WebP) or a PDF can be sent", "too_many_files": "At most 5 files in one message", "file_ticket": "This file does not belong to this conversation", "file_not_taken": "This channel does not take files of this type or size",
		"unsigned": "The signature is missing", "signature": "The signature is wrong", "token": "There is no valid token", "bad_cursor": "This place in the list cannot be read; please start from the first page",
		"over_limit": "The amount is above the limit of this role; a manager approves it", "decided": "This has been decided already", "action_exists": "The same is proposed already", "action_done": "The cost of this delivery was given back already",
		"action_no_amount": "Please give the amount and the currency of the refund", "action_no_address": "An address needs street, postcode and town", "action_no_order": "Please give the order number", "action_unknown_kind": "There is no such action", "no_reason": "Please give a reason",
		"durable_reply_missing": "This matter has a statutory term: answer by mail or letter and say so in the outcome, or say that the customer withdrew it",
		"template_gone":         "The platform does not take this template now; please choose another", "template_values": "Every field of the template must be filled, in one line, and in a link without spaces", "template_file": "This template begins with a file: please add one file, of the type and size that the platform takes", "empty_text": "There is nothing to send",
		"nothing_to_learn": "No example is approved: there is nothing to learn from", "bad_example": "An example is one line of at most 2000 letters", "bad_lang": "An example is in Polish or in English", "bad_mood": "There is no such mood",
		"no_evidence": "There is not enough evidence for a higher level: above the first one it is raised on reviewed drafts, apart for each language and group of channels", "no_such_topic": "There is no such topic", "no_such_version": "This version cannot be used: it did not pass its check or is no longer kept", "bad_file": "The file cannot be read", "bad_word": "The word cannot be read: a star stands before or after letters",
		"word_exists": "The word is on the list already", "bad_side": "There is no such kind of word", "too_many_words": "The list of words is full (500)",
		"withdrawn":        "It was held back already",
		"action_under_way": "Too late: the action is being carried out", "not_yours": "Only the person who approved it can take that back",
		"consent_all_stop": "The customer wants no messages here", "consent_all_resume": "The customer wants messages here again",
		"consent_marketing_stop": "The customer wants no marketing", "consent_marketing_resume": "The customer wants marketing again",
		"referral_ad": "The customer came from an advertisement", "referral_link": "The customer came by a link",
		"no_sms": "There is no working SMS account", "no_invitation": "The WhatsApp account has no approved template for the hotline (setting “Template for the hotline”)",
		"token_valid": "The token is valid", "subscription": "Events come to us", "subscription_missing": "No events come to us: the subscription is missing", "subscription_unchecked": "Nobody can check whether events come to us",
		"quality_red": "The platform rates the number's quality as low", "number_missing": "The number does not belong to this account", "callback_missing": "The number sends its messages to another address; put the callback address of the form into Twilio",
		"yourself": "You cannot take your own access away", "last_owner": "A company keeps at least one owner; please make somebody else one first",
		"no_such_role": "There is no such role", "bad_member": "A name and an e-mail address are needed", "email_taken": "This e-mail address is on the list already", "bad_invitation": "This link has ended or was used; please ask for a new one",
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

// refusal returns the words for the code of a refused request: a sentence that says what to do, where the
// words for the code alone only name it.
func refusal(lang, code string) string {
	if s, ok := own[lang][code]; ok {
		return s
	}
	return words(lang, code)
}
