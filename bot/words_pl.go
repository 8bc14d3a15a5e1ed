package bot

// titlesPL are the names of the touchpoints for people at the desk.
var titlesPL = map[string]string{
	"order_status": "Status zamówienia", "parcel_tracking": "Śledzenie paczki", "delivery_options": "Koszt i czas dostawy",
	"return_how_to": "Jak zwrócić", "exchange": "Wymiana", "refund_status": "Zwrot pieniędzy", "password_reset": "Hasło i logowanie",
	"account_change": "Zmiana danych konta", "order_change": "Zmiana zamówienia", "order_cancel": "Anulowanie zamówienia",
	"payment_methods": "Formy płatności", "invoice_request": "Faktura", "promo_code": "Rabat i kody", "product_availability": "Dostępność produktu",
	"store_hours": "Godziny i adres", "booking_make": "Rezerwacja wizyty", "booking_change": "Zmiana wizyty", "warranty_terms": "Warunki gwarancji",
	"loyalty_program": "Program lojalnościowy", "newsletter": "Newsletter", "damaged_item": "Uszkodzony towar", "wrong_item": "Nie ten towar",
	"parcel_late": "Opóźniona paczka", "parcel_lost": "Zaginiona paczka", "refund_overdue": "Zaległy zwrot pieniędzy",
	"payment_problem": "Problem z płatnością", "invoice_unclear": "Niejasna faktura", "product_advice": "Doradztwo", "service_complaint": "Skarga na obsługę",
	"fraud_safety": "Oszustwo i bezpieczeństwo", "privacy_request": "Dane osobowe", "legal_threat": "Groźba prawna", "churn": "Odejście klienta",
	"human_request": "Prośba o człowieka", "bot_question": "Pytanie, czy to bot", "greeting": "Powitanie", "thanks": "Podziękowanie",
	"goodbye": "Pożegnanie", "cooperation": "Współpraca", "other": "Inne",
}

// buttonsPL are the topics in the customer's words, at most 20 characters as Instagram and Messenger
// show them (CHANNELS.md 3, 2026-11). What a button says comes back as a message.
var buttonsPL = map[string]string{
	"order_status": "Co z zamówieniem?", "parcel_tracking": "Gdzie jest paczka?", "delivery_options": "Ile kosztuje dostawa", "return_how_to": "Jak zwrócić towar?",
	"exchange": "Wymiana rozmiaru", "refund_status": "Kiedy oddacie zwrot?", "password_reset": "Nie pamiętam hasła", "account_change": "Zmiana danych konta",
	"order_change": "Zmiana zamówienia", "order_cancel": "Anulować zamówienie", "payment_methods": "Jak można zapłacić?", "invoice_request": "Potrzebuję faktury",
	"promo_code": "Kod rabatowy", "product_availability": "Czy jest dostępne?", "store_hours": "Godziny otwarcia", "booking_make": "Rezerwacja wizyty",
	"booking_change": "Przełożenie wizyty", "warranty_terms": "Warunki gwarancji", "loyalty_program": "Punkty i karta", "newsletter": "Newsletter",
	"damaged_item": "Uszkodzony towar", "wrong_item": "Dotarło coś innego", "parcel_late": "Paczka się spóźnia", "parcel_lost": "Paczka zaginęła",
	"refund_overdue": "Zwrot nie dotarł", "payment_problem": "Problem z płatnością", "invoice_unclear": "Błąd na fakturze", "product_advice": "Pomoc w wyborze",
	"service_complaint": "Skarga na obsługę", "fraud_safety": "Bezpieczeństwo", "privacy_request": "Moje dane osobowe", "legal_threat": "Sprawa formalna",
	"churn": "Rezygnacja", "human_request": "Wolę człowieka", "bot_question": "Czy to bot?", "greeting": "Dzień dobry", "thanks": "Dziękuję",
	"goodbye": "Do widzenia", "cooperation": "Współpraca", "other": "Coś innego",
}

// codesPL are all other codes in words, for the desk and the API.
var codesPL = map[string]string{
	"T1": "Prośba o człowieka", "T1:request": "Prośba o człowieka", "T1:preference": "Klient woli człowieka", "T2": "Słowo krytyczne",
	"T2:fraud": "Zarzut oszustwa", "T2:repeat": "Sprawa się powtarza", "T2:complaint": "Reklamacja lub błąd", "T2:anger": "Ostre słowa", "T2:hard_word": "Słowo krytyczne",
	"T2:bot_fail": "Bot nie pomaga", "T2:leave": "Chęć odejścia", "T2:profanity": "Wulgarne słowa", "T2:urgency": "Pilna sprawa", "T2:media": "Media",
	"T3": "Narastające napięcie", "T3:complaint": "Spokojna skarga", "T4": "Nastrój szybko spada", "T5": "Klient powtarza pytanie", "T6": "Bot powtórzyłby odpowiedź", "T7": "Bot nie ma odpowiedzi",
	"T7:not_understood": "Bot dwa razy nie zrozumiał", "T7:no_knowledge": "Bot nie zna odpowiedzi", "T8": "Temat niepewny, jedno pytanie", "T9": "Temat dla człowieka",
	"T9:topic": "Temat dla człowieka", "T9:paused": "Bot wstrzymany", "T9:parked": "Sprawa czeka na człowieka", "T10": "Klient wymaga uwagi", "T10:vulnerable": "Klient wymaga szczególnej uwagi",
	"T11": "Bezpieczeństwo lub prawo", "T11:safety": "Zagrożenie zdrowia", "T11:privacy": "Dane osobowe", "T11:legal": "Groźba prawna", "T11:media": "Groźba nagłośnienia",
	"T12": "Brak postępu", "T12:no_progress": "Brak postępu", "T12:attempts": "Pięć nieudanych prób potwierdzenia", "T13": "System nie odpowiada", "T13:tool_failure": "System sklepu nie odpowiada", "T13:late": "Wiadomość dotarła z opóźnieniem", "T13:draft_waited": "Nikt nie zdecydował o szkicu", "T13:maybe_sent": "Nie wiadomo, czy odpowiedź bota wyszła", "withdrawn": "obietnica cofnięta razem z wiadomością",
	"T14": "Odpowiedź nie pomogła", "T15": "Kolejny kontakt w tej sprawie", "T16": "Zły fakt i emocje", "T16:bad_fact": "Zły fakt i emocje", "T16:lost": "Poważny problem z zamówieniem",
	"T17": "Załącznik do obejrzenia", "T18": "Inny język", "T19": "Osoba w kryzysie", "T20": "Minął termin obietnicy", "T21": "Zbyt długo bez odpowiedzi", "T22": "Klient jest zdenerwowany", "T23": "Tam, skąd klient pisze, nie można odpisać",
	"M1": "Przejęcie rozmowy", "M2": "Przekazanie do kolejki", "M3": "Zmiana w zespole: rozmowa bez prowadzącej osoby", "reply": "odpowiedź", "assign": "przypisanie", "reject": "odrzucony szkic",

	"ceiling": "Najwyższy dozwolony poziom: ", "ceiling:touchpoint": "Poziom ustawiony dla tematu", "ceiling:channel": "Miejsce publiczne", "ceiling:customer": "Ważny klient",
	"ceiling:whisper": "Wskazówka, którą wykona tylko człowiek", "ceiling:case": "Sprawa wróciła w ciągu tygodnia", "ceiling:knowledge": "Poza wiedzą bota", "ceiling:none": "Bez ograniczeń", "verification": "Brak potwierdzenia tożsamości",
	"owner": "Rozmowę prowadzi człowiek", "owner:queue": "Rozmowa czeka na człowieka", "owner:human": "Rozmowę prowadzi człowiek", "owner:closed": "Rozmowa zamknięta", "owner:bot": "Rozmowę prowadzi bot",
	"timeout": "Bot nie zdążył w czasie", "degraded": "Awaria, odpowiada człowiek",

	"answer": "odpowiedź", "ask": "pytanie", "propose": "szkic do zatwierdzenia", "suggest": "podpowiedź", "handover": "przekazanie człowiekowi", "nothing": "bez odpowiedzi",
	"L0": "tylko człowiek", "L1": "podpowiedzi", "L2": "zatwierdzanie", "L3": "autopilot z kontrolą", "L4": "autopilot",
	"pleased": "zadowolenie", "calm": "spokój", "tense": "napięcie", "angry": "złość", "urgent": "pilność",

	"takeover": "przejęcie rozmowy", "return": "oddanie botowi", "external_reply": "odpowiedź spoza tandem", "reopened": "rozmowa otwarta ponownie", "paused": "bot wstrzymany",
	"resumed": "bot wznowiony", "closed": "zamknięcie rozmowy", "assigned": "przypisanie", "released": "zwolnienie do kolejki", "silent_owner": "prowadzący długo nie odpisuje", "parked": "sprawa odłożona dla człowieka",
	"widened": "wezwano szerszy zespół", "draft_expired": "nikt nie zatwierdził szkicu na czas", "promise_due": "zbliża się termin obietnicy", "customer_choice": "wybór klienta", "auto_return": "samoczynny powrót do bota",
	"unknown_owner": "rozmowę prowadzi inna aplikacja", "rejected": "odrzucony szkic", "trap": "pułapka kontrolna", "new": "nowa rozmowa", "rated": "ocena klienta", "merged": "połączenie klientów", "split": "rozdzielenie klientów",
	"edited": "wiadomość zmieniona", "removed": "wiadomość usunięta", "reaction": "reakcja", "linked": "kanał połączony z klientem",

	"owner_changed": "rozmowę prowadzi ktoś inny", "stale_epoch": "rozmowę przejął człowiek", "newer_message": "klient napisał coś nowego", "stale_version": "ktoś zmienił to wcześniej",
	"finished": "zadanie jest zakończone",

	"rate_limited": "za często, trzeba chwilę poczekać", "window_closed": "okno odpowiedzi jest zamknięte", "window_none": "klient jeszcze tu nie napisał", "unreachable": "klient jest nieosiągalny", "owned_elsewhere": "rozmowę prowadzi inna aplikacja",
	"private_reply_refused": "platforma nie przyjmuje odpowiedzi prywatnej", "restricted": "konto jest ograniczone przez platformę", "auth": "trzeba ponownie połączyć konto", "media": "załącznik odrzucony",
	"bad_request": "platforma odrzuciła wiadomość", "template": "szablon jest niedostępny", "already_sent": "wiadomość już wyszła", "partly_sent": "wyszła tylko część wiadomości", "no_answer": "platforma nie odpowiada",
	"not_registered": "numer nie jest zarejestrowany", "opted_out": "klient nie chce tu dostawać wiadomości", "no_marketing": "klient nie chce wiadomości reklamowych", "maybe_sent": "nie wiadomo, czy wiadomość wyszła", "token_expired": "token wygasł", "permission_missing": "brak uprawnienia: ", "door": "przycisk „Porozmawiaj z człowiekiem” jest ustawiony", "door_missing": "brak przycisku „Porozmawiaj z człowiekiem”: ", "field_missing": "brak subskrypcji: ",
	"permission": "uprawnienie: ", "field": "subskrypcja: ", "account_mismatch": "token należy do innego konta", "policy_block": "platforma zablokowała konto", "policy_warning": "ostrzeżenie platformy", "unreadable": "treść nie do odczytania",
	"status_unknown": "nieznany status przewoźnika: ", "lookup_auth": "system sklepu odrzuca token", "lookup_down": "system nie działa", "lookup_timeout": "system nie odpowiada na czas", "lookup_busy": "za dużo pytań do systemu",
	"lookup_paused": "system chwilowo pominięty po awariach", "lookup_unreadable": "system odpowiada niezrozumiale", "setting_missing": "brak ustawienia", "setting_wrong": "błędne ustawienie",

	"fact.order": "zamówienie", "fact.status": "status", "fact.parcel": "paczka", "fact.promised": "obiecana dostawa", "fact.scan": "ostatni skan", "fact.place": "punkt odbioru", "fact.refund": "zwrot pieniędzy",
	"data.order": "numer zamówienia", "data.contact": "e-mail lub telefon", "data.again": "dane jeszcze raz", "data.topic": "temat", "data.more": "o co chodzi", "data.private": "wiadomość prywatna",
	"data.tracking": "numer paczki", "data.phone": "telefon", "data.email": "e-mail", "data.nip": "NIP", "data.iban": "numer konta", "data.amount": "kwota", "data.date": "data", "data.size": "rozmiar", "data.name": "imię",
	"data.surname": "nazwisko", "data.postcode": "kod pocztowy", "data.photo": "zdjęcie", "source.httpjson": "sklep", "source.inpost": "InPost",
	"whisper": "wskazówka od człowieka", "brief": "wskazówka przy oddaniu",

	"window.closing": "okno odpowiedzi się zamyka", "window_free": "okno odpowiedzi zamknie się za kilka godzin", "window_human": "za dobę minie ostatni termin odpowiedzi",
	"message.added": "nowa wiadomość", "message.changed": "zmiana wiadomości", "owner.changed": "zmiana prowadzącego", "alert.raised": "potrzebny człowiek", "alert.widened": "nikt jeszcze nie odpowiedział",
	"card.changed": "nowe fakty na karcie", "card.worded": "podsumowanie modelu językowego", "decision.made": "decyzja bota", "draft.added": "nowy szkic", "draft.changed": "zmiana szkicu", "note.added": "nowa notatka", "promise.added": "nowa obietnica",
	"promise.changed": "zmiana obietnicy", "conversation.changed": "zmiana rozmowy", "customer.changed": "zmiana danych klienta", "customer.merged": "połączenie klientów", "customer.split": "rozdzielenie klientów",
	"account.changed": "zmiana kanału", "policy.changed": "zmiana zasad", "presence.changed": "zmiana obecności", "bot.suppressed": "bot zatrzymany w porę", "job.dead": "zadanie nieudane", "user.signed_in": "logowanie",
	"request": "prośba o człowieka", "preference": "klient woli człowieka", "hard_word": "słowo krytyczne", "fraud": "zarzut oszustwa", "repeat": "sprawa się powtarza", "complaint": "reklamacja lub błąd", "anger": "ostre słowa", "own_word": "słowo z listy firmy",
	"bot_fail": "bot nie pomaga", "leave": "chęć odejścia", "profanity": "wulgarne słowa", "safety": "zagrożenie zdrowia", "privacy": "dane osobowe", "legal": "groźba prawna", "distress": "osoba w kryzysie",
	"tension": "napięcie", "slope": "nastrój szybko spada", "rephrasing": "klient powtarza pytanie", "loop": "powtórzona odpowiedź", "not_understood": "bot nie zrozumiał", "no_knowledge": "bot nie zna odpowiedzi",
	"vulnerable": "klient wymaga uwagi", "no_progress": "brak postępu", "attempts": "nieudane potwierdzenia", "tool_failure": "system nie odpowiada", "bad_feedback": "odpowiedź nie pomogła", "repeat_contact": "kolejny kontakt",
	"bad_fact": "zły fakt i emocje", "lost": "poważny problem z zamówieniem", "language": "inny język",
	"close": "zamknięcie rozmowy", "answered_elsewhere": "odpowiedź spoza tandem", "cancelled": "wysyłka cofnięta", "withheld": "bez podpowiedzi, próba porównawcza", "unreconciled": "nie wiadomo, czy wiadomość wyszła", "dispatch": "zatrzymane przed wysłaniem",
	"demoted": "poziom obniżony automatycznie", "sample": "kontrola wyrywkowa", "second_review": "druga kontrola", "moved": "rozmowa się zmieniła", "hidden": "komentarz ukryty", "away": "przerwa", "here": "przy biurku",
	"pending": "czeka", "approved": "zatwierdzony", "stale": "nieaktualny", "caught": "pułapka wychwycona", "missed": "pułapka przeoczona", "handed": "przekazany człowiekowi", "used": "użyty", "ignored": "nieużyty",
	"task.call": "Zadzwonić do klienta", "task.mail": "Napisać do klienta e-mail", "task.here": "Odpisać klientowi tutaj", "nothing_to_test": "tego kanału nie trzeba sprawdzać", "shop": "sklep odpowiada", "tracking": "śledzenie odpowiada",
}
