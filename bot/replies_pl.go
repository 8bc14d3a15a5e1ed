package bot

// repliesPL is what the bot says in Polish. Form: neutral, and after the bar on first-name terms.
// The bot has no gender, so it says nothing about itself in the past.
var repliesPL = map[string][]string{
	"intro":        {"[Dzień dobry|Cześć], tu asystent AI sklepu {brand}. W każdej chwili [można|możesz] napisać „człowiek”.", "[Dzień dobry|Cześć], tu asystent AI. W każdej chwili [można|możesz] napisać „człowiek”."},
	"intro.public": {"[Dzień dobry|Cześć], tu asystent AI sklepu {brand}.", "[Dzień dobry|Cześć], tu asystent AI."},
	"intro.again":  {"Tu ponownie asystent AI sklepu {brand}. W każdej chwili [można|możesz] napisać „człowiek”.", "Tu ponownie asystent AI. W każdej chwili [można|możesz] napisać „człowiek”."},
	"pending":      {"Ustalenia z zespołem są aktualne: „{promise}”, termin: {promise_due}."},
	"tail.phone":   {"Telefon: {phone}."},

	"answer.order_status": {
		"Zamówienie {order} {status}.<{?status=sent} Paczka {parcel}.{+tail}>< {?late}{!parcel}Obiecany termin dostawy minął {promised_past}, przepraszamy.>< {!parcel}{?coming}Planowana dostawa: {promised}.>",
		"Stan na teraz: zamówienie {order} {status}.<{?status=sent} Paczka {parcel}.{+tail}>< {?late}{!parcel}Obiecany termin dostawy minął {promised_past}, przepraszamy.>< {!parcel}{?coming}Planowana dostawa: {promised}.>",
	},
	"answer.parcel_tracking": {
		"Paczka z zamówieniem {order} {parcel}.{+tail}",
		"Najnowszy status: paczka z zamówieniem {order} {parcel}.{+tail}",
		"Paczka o numerze {tracking} {parcel}.{+tail}",
	},
	"answer.parcel_late": {
		"<{?late}Przepraszamy za opóźnienie. >Paczka z zamówieniem {order} {parcel}.{+tail}",
		"<{?late}Bardzo nam przykro z powodu opóźnienia. >Paczka z zamówieniem {order} {parcel}.{+tail}",
	},
	"tail": {"<{?coming} Planowana dostawa: {promised}.><{?late} Obiecany termin minął {promised_past}.><{?parcel=delayed}{!late} Pierwotny termin: {promised}.>" +
		"<{?parcel=delayed} Nowego terminu przewoźnik jeszcze nam nie przekazał.>" +
		"<{?ready} Miejsce odbioru: {place}.><{?parcel_note=temporary_place} To miejsce tymczasowe.>" +
		"<{?moving} Ostatni skan: {scan}.>" +
		"<{?parcel=failed_attempt} Odbiór lub ponowne doręczenie można uzgodnić z przewoźnikiem pod numerem paczki {tracking}.>" +
		"<{?parcel=returning} Jeśli paczka nadal jest potrzebna, wystarczy odpisać.>" +
		"<{?parcel=delivered} Jeśli jednak jej brakuje, wystarczy odpisać, a sprawą zajmie się człowiek.>" +
		"<{?late} Jeśli sprawa jest pilna, wystarczy napisać „człowiek”.>"},
	"answer.delivery_options": {
		"<Dostawa kosztuje {delivery_price}<, a od {free_from} jest bezpłatna>.>< Czas dostawy: {delivery_time}.>< Sposoby dostawy: {methods}.>",
		"<Koszt dostawy to {delivery_price}<, przy zamówieniu od {free_from} dostawa jest za darmo>.>< Czas dostawy to zwykle {delivery_time}.>< Do wyboru: {methods}.>",
	},
	"answer.return_how_to": {
		"<Na zwrot jest {return_days}.>< Zwrot [zgłasza się|zgłosisz] tutaj: {return_url}>",
		"<Termin na zwrot to {return_days}.>< Formularz zwrotu: {return_url}>",
	},
	"answer.exchange": {
		"Inny rozmiar lub kolor najłatwiej zamówić osobno, a niepasującą rzecz zwrócić.< Na zwrot jest {return_days}.>< Zwrot [zgłasza się|zgłosisz] tutaj: {return_url}>",
		"Najszybsza wymiana to zwrot i nowe zamówienie.< Termin na zwrot to {return_days}.>< Formularz zwrotu: {return_url}>",
	},
	"answer.refund_status": {
		"Zwrot pieniędzy za zamówienie {order} {refund}.<{?refund=pending} Kwota: {refund_amount}.><{?refund=pending} Termin: do {refund_due}.><{?refund=paid} Kwota: {refund_amount}.>",
		"Stan na dziś: zwrot pieniędzy za zamówienie {order} {refund}.<{?refund=pending} Kwota to {refund_amount}.><{?refund=pending} Pieniądze powinny dotrzeć do {refund_due}.><{?refund=paid} Kwota: {refund_amount}.>",
	},
	"answer.refund_overdue": {
		"Przepraszamy: zwrot pieniędzy za zamówienie {order} {refund}.<{?refund=refund_overdue} Termin minął {refund_past}.><{?refund=refund_overdue} Kwota: {refund_amount}.>",
	},
	"answer.password_reset": {
		"Nowe hasło [można ustawić|ustawisz] na stronie {reset_url} – wystarczy wpisać tam adres e-mail z konta i przejść przez kolejne kroki. Jeśli wiadomość z tej strony nie dociera, warto zajrzeć do spamu. Hasła nigdy nie trzeba nam podawać.",
		"Hasło [można zmienić|zmienisz] samodzielnie na stronie {reset_url} – potrzebny jest tylko adres e-mail z konta. Wiadomość z tej strony bywa w spamie. Hasła [proszę nie podawać|nie podawaj] w rozmowie.",
	},
	"answer.password_reset.address": {
		"Ten adres [należy wpisać|wpisz] na stronie {reset_url}. Jeśli jest do niego konto, link do nowego hasła przyjdzie na niego w kilka minut; [warto zajrzeć|zajrzyj] też do spamu.",
	},
	"answer.payment_methods": {
		"[Można zapłacić|Zapłacisz] tak: {pay_methods}.",
		"Dostępne formy płatności: {pay_methods}.",
	},
	"answer.invoice_request": {
		"Faktura do zamówienia {order} ma numer {invoice}.",
		"Do zamówienia {order} jest faktura {invoice}.",
	},
	"answer.promo_code": {
		"Aktualna oferta: {promo}. Jeśli kod nie działa, [proszę napisać|napisz], jaki komunikat pokazuje koszyk.",
		"Teraz obowiązuje: {promo}. Gdy kod nie działa, pomoże treść komunikatu z koszyka.",
	},
	"answer.store_hours": {
		"<Obsługa klienta: {hours}.>< Adres: {address}.>< Telefon: {phone}.>",
		"<Jesteśmy do dyspozycji: {hours}.>< Adres: {address}.>< Telefon: {phone}.>",
	},
	"answer.booking_make": {
		"Termin wizyty [można zarezerwować|zarezerwujesz] tutaj: {booking_url}",
		"Wolne terminy i rezerwacja: {booking_url}",
	},
	"answer.booking_change": {
		"{?booking_url}<Wizytę [można przełożyć lub odwołać|przełożysz lub odwołasz] telefonicznie: {phone}.>< Rezerwacja nowego terminu: {booking_url}>",
		"{?booking_url}<Zmiana lub odwołanie wizyty: telefon {phone}.>< Nowy termin [rezerwuje się|zarezerwujesz] tutaj: {booking_url}>",
	},
	"answer.warranty_terms":  {"Gwarancja: {warranty}.", "Warunki gwarancji: {warranty}."},
	"answer.loyalty_program": {"Program lojalnościowy: {loyalty}.", "O programie lojalnościowym: {loyalty}."},
	"answer.newsletter":      {"Newsletter: {newsletter}.", "O newsletterze: {newsletter}."},

	"answer.bot_question": {
		"Tak, to rozmowa z asystentem AI sklepu {brand}, nie z człowiekiem. W każdej chwili [można|możesz] napisać „człowiek”, a rozmowę przejmie ktoś z zespołu.<{!staffed} Ktoś z zespołu będzie {next}.>",
		"Tu asystent AI sklepu {brand}, czyli program, a nie człowiek. Słowo „człowiek” wystarczy, żeby rozmowę przejął ktoś z zespołu.<{!staffed} Ktoś z zespołu będzie {next}.>",
		"Tak, tu asystent AI, a nie człowiek. W każdej chwili [można|możesz] napisać „człowiek”.",
	},
	"answer.greeting": {
		"<{!intro}[Dzień dobry|Cześć]! >W czym mogę pomóc?",
		"<{!intro}[Dzień dobry|Hej]! >Jak mogę pomóc?",
		"<{!intro}[Dzień dobry|Cześć]! >[Proszę napisać|Napisz], w czym pomóc.",
	},
	"answer.thanks": {
		"Miło mi, że mogę pomóc.",
		"Bardzo proszę! W razie pytań jestem tutaj.",
		"[Dziękujemy za wiadomość|Dzięki za wiadomość], miłego dnia!",
	},
	"answer.goodbye": {
		"Do usłyszenia, miłego dnia!",
		"[Do widzenia|Na razie], wszystkiego dobrego!",
		"Miłego dnia! W razie pytań jestem tutaj.",
	},

	"ask.both": {
		"Żeby sprawdzić zamówienie, [proszę podać|podaj, proszę,] jego numer oraz e-mail lub telefon użyty przy zakupie, najlepiej w jednej wiadomości.",
		"[Proszę o|Poproszę o] numer zamówienia oraz e-mail albo telefon podany przy zakupie. Wszystko może być w jednej wiadomości.",
	},
	"ask.order": {
		"[Proszę podać|Podaj, proszę,] jeszcze numer zamówienia.",
		"Potrzebny jest jeszcze numer zamówienia – jest w wiadomości z potwierdzeniem.",
	},
	"ask.contact": {
		"[Proszę podać|Podaj, proszę,] jeszcze e-mail lub telefon użyty przy zakupie. Dzięki temu szczegóły zamówienia zobaczy tylko właściwa osoba.",
		"Potrzebny jest jeszcze e-mail lub telefon z zamówienia. Bez tego nie mogę pokazać szczegółów.",
	},
	"ask.again": {
		"Te dane nie wystarczają, żeby pokazać zamówienie. [Proszę sprawdzić numer i podać go|Sprawdź, proszę, numer i podaj go] jeszcze raz razem z e-mailem lub telefonem użytym przy zakupie.",
		"Na podstawie tych danych nie mogę pokazać zamówienia. [Proszę podać|Podaj, proszę,] jeszcze raz numer zamówienia oraz e-mail lub telefon użyty przy zakupie.",
	},
	"ask.topic": {"Czy chodzi o: {topics}?", "Żeby dobrze pomóc, dopytam: chodzi o {topics}?"},
	"ask.more": {
		"[Proszę napisać|Napisz, proszę,] jednym zdaniem, czego dotyczy sprawa – na przykład paczki, zwrotu albo płatności.",
		"Jeszcze nie rozumiem, o co chodzi. [Proszę opisać to|Opisz to, proszę,] innymi słowami.",
	},
	"ask.private": {
		"Szczegółów zamówień nie podajemy publicznie, dlatego odpowiedź wysyłamy w wiadomości prywatnej.",
		"Żeby nie pokazywać danych wszystkim, odpowiadamy w wiadomości prywatnej.",
	},
	"button.human": {"Wolę człowieka"},
	"button.door":  {"Poproszę człowieka"}, // at most 20 characters
}
