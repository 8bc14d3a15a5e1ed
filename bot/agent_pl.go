package bot

// agentPL are drafts and suggestions: what a person may send in Polish. They follow a salutation
// and begin in lower case. Each entry of a list is a strategy of its own, the best first. The person
// who sends has a gender that is not known, so nothing is said in a gendered past.
var agentPL = map[string][]string{
	"hello": {"{name}, tu {agent} z zespołu sklepu {brand}. ", "{name}, ", "[Dzień dobry|Cześć], tu {agent} z zespołu sklepu {brand}. ", "[Dzień dobry|Cześć], "},
	"sorry": {"przepraszam, że trzeba było o to dopytywać. "},

	"agent.promise":     {"ustalenia są aktualne: „{promise}”, termin: {promise_due}. Pilnuję tego i dam znać, gdy tylko coś się zmieni."},
	"agent.ask":         {"chętnie od razu to sprawdzę. [Proszę podać|Podaj, proszę,] numer zamówienia oraz e-mail lub telefon użyty przy zakupie."},
	"agent.ask.contact": {"dziękuję za numer. Brakuje mi jeszcze e-maila lub telefonu użytego przy zakupie – [proszę go podać|podaj go, proszę], a od razu to sprawdzę."},
	"agent.ask.order":   {"chętnie od razu to sprawdzę. Brakuje mi jeszcze numeru zamówienia – jest w mailu z potwierdzeniem zakupu. [Proszę go podać|Podaj go, proszę]."},
	"agent.ask.check":   {"po tych danych nie znajduję zamówienia. [Proszę sprawdzić|Sprawdź, proszę], czy numer jest taki jak w mailu z potwierdzeniem, a e-mail lub telefon ten sam co przy zakupie."},

	"agent.parcel_late": {
		"widzę, że paczka z zamówieniem {order} {stuck}<, a miała dotrzeć {promised_day}>. Bardzo przepraszam za to opóźnienie. Ustalam teraz z przewoźnikiem nowy termin i napiszę tutaj, gdy tylko go poznam.",
		"rozumiem, że na tę paczkę trzeba czekać za długo<: zamówienie {order} miało dotrzeć {promised_day}>. Przepraszam. Na kiedy najpóźniej jest potrzebna? Od tego zależy, co zrobię w pierwszej kolejności.",
		"przepraszam, że termin nie został dotrzymany. Mogę ponaglić przewoźnika albo, jeśli czas nagli, wysłać drugą sztukę. Co będzie lepsze?",
	},
	"agent.parcel_lost": {
		"{!parcel=delivered}bardzo przepraszam: paczka z zamówieniem {order} {parcel}. Zgłaszam to teraz przewoźnikowi. Co będzie lepsze: ponowna wysyłka czy zwrot pieniędzy?",
		"{?parcel=delivered}widzę, że paczka z zamówieniem {order} {parcel}<, ostatni skan: {scan}>. Przepraszam za ten kłopot. Zgłaszam sprawę przewoźnikowi, a tymczasem [proszę sprawdzić|sprawdź, proszę], czy nie czeka u sąsiadów lub w punkcie odbioru.",
		"bardzo przepraszam za tę sytuację. Sprawdzam teraz, gdzie przewoźnik ostatnio skanował paczkę. Czy mamy przygotować ponowną wysyłkę, czy zwrot pieniędzy?",
	},
	"agent.damaged_item": {
		"{?photo}bardzo mi przykro, że zamówienie< {order}> dotarło w takim stanie. Dziękuję za zdjęcie, przygotowuję reklamację. Co będzie lepsze: wymiana na nową sztukę czy zwrot pieniędzy?",
		"{!photo}bardzo mi przykro, że tak się stało< z zamówieniem {order}>. [Proszę przesłać|Prześlij, proszę,] zdjęcie uszkodzenia, a od razu przygotuję reklamację.",
		"przepraszam za ten kłopot. Mogę od razu wysłać nową sztukę albo zwrócić pieniądze – co będzie lepsze?",
	},
	"agent.wrong_item": {
		"przepraszam za tę pomyłkę< w zamówieniu {order}>. [Proszę napisać|Napisz, proszę], co było w paczce, najlepiej ze zdjęciem. Właściwą rzecz wyślemy na nasz koszt.",
		"bardzo mi przykro, że w paczce jest co innego. Co będzie lepsze: wysyłka właściwej rzeczy czy zwrot pieniędzy?",
	},
	"agent.refund_overdue": {
		"{!refund=paid}przepraszam: zwrot< {refund_amount}> za zamówienie {order} {refund}<, termin minął {refund_past}>. Sprawdzam teraz przelew w księgowości i napiszę tutaj z potwierdzeniem.",
		"{?refund=paid}widzę, że zwrot< {refund_amount}> za zamówienie {order} {refund}. Sprawdzam teraz w księgowości, kiedy wyszedł przelew, i napiszę tutaj.",
		"rozumiem, że te pieniądze powinny już być na koncie, i przepraszam za to opóźnienie. Czy numer konta do zwrotu nadal jest aktualny? Samego numeru [proszę nie podawać|nie podawaj] na czacie.",
	},
	"agent.payment_problem": {
		"rozumiem, że chodzi o pieniądze, więc sprawdzam to od razu< w zamówieniu {order}>. [Proszę podać|Podaj, proszę,] datę i kwotę obciążenia, bez numeru karty.",
		"przepraszam za to zamieszanie z płatnością. <Zamówienie {order} {status}. >Jeśli pobranie się powtórzyło, zwrócę nadpłatę. Wystarczy potwierdzenie z banku bez numeru karty.",
	},
	"agent.invoice_unclear": {
		"przepraszam za niejasność w fakturze< {invoice}>. [Proszę napisać|Napisz, proszę], które dane lub kwoty się nie zgadzają – sprawdzę je i w razie błędu przygotuję korektę.",
		"chętnie wyjaśnię fakturę< {invoice} do zamówienia {order}>. Która pozycja budzi wątpliwości?",
	},
	"agent.product_advice": {
		"chętnie pomogę wybrać. [Proszę napisać|Napisz, proszę], do czego ma służyć i co jest najważniejsze: rozmiar, materiał czy cena.",
		"żeby dobrze doradzić, potrzebuję dwóch rzeczy: jaki rozmiar zwykle pasuje i na jaką okazję to ma być?",
	},
	"agent.churn": {
		"przykro mi to czytać. Co przede wszystkim zawiodło? Zależy mi, żeby to naprawić, zanim rozstaniemy się na dobre.",
		"rozumiem tę decyzję i szanuję ją. Zajmę się formalnościami od razu – czy jest coś, co mogę jeszcze naprawić?",
	},
	"agent.bot_question": {"tę rozmowę prowadzi teraz człowiek, nie asystent AI. W czym mogę pomóc?"},
	"agent.greeting":     {"w czym mogę pomóc?"},
	"agent.thanks":       {"bardzo proszę, cieszę się, że mogę pomóc. Miłego dnia!"},
	"agent.goodbye":      {"do usłyszenia, miłego dnia!"},

	"draft.exchange": {
		"chętnie pomożemy w wymianie< w zamówieniu {order}>. Jaki rozmiar, kolor lub model mamy przygotować?",
	},
	"draft.refund_status": {"sprawdzamy zwrot< za zamówienie {order}>. [Proszę podać|Podaj, proszę,] datę odesłania paczki, to przyspieszy sprawę."},
	"draft.account_change": {
		"pomożemy zmienić dane konta. [Proszę napisać|Napisz, proszę], co dokładnie ma się zmienić. Dla bezpieczeństwa zmianę potwierdzamy przez adres przypisany do konta, a o hasło nigdy nie pytamy.",
	},
	"draft.order_change": {
		"{!status=sent}zamówienie {order} {status}, więc sprawdzamy, czy zmiana jest jeszcze możliwa. [Proszę potwierdzić|Potwierdź, proszę], co dokładnie zmienić.",
		"{?status=sent}zamówienie {order} {status}, dlatego zmiana w nim nie jest już możliwa. Możemy pomóc przekierować paczkę albo przyjąć zwrot – co będzie lepsze?",
		"{!order}chętnie pomożemy. [Proszę napisać, co dokładnie zmienić w zamówieniu, i podać jego numer|Napisz, proszę, co dokładnie zmienić w zamówieniu, i podaj jego numer].",
	},
	"draft.order_cancel": {
		"{!status=sent}zamówienie {order} {status}. [Proszę potwierdzić|Potwierdź, proszę], że mamy je anulować w całości – wtedy od razu się tym zajmiemy.",
		"{?status=sent}zamówienie {order} {status}. Można nie odbierać paczki albo zwrócić ją po odbiorze<, na zwrot jest {return_days}>. Jak będzie wygodniej?",
		"{!order}pomożemy anulować zamówienie. [Proszę podać|Podaj, proszę,] jego numer oraz e-mail lub telefon użyty przy zakupie.",
	},
	"draft.invoice_request": {"faktura do zamówienia {order} ma numer {invoice}. [Proszę napisać|Napisz, proszę], na jaki adres ją przesłać, a jeśli dane mają być inne, także NIP.",
		"{!order}przygotujemy fakturę. [Proszę podać|Podaj, proszę,] numer zamówienia i dane do faktury."},
	"draft.product_availability": {"sprawdzamy dostępność. [Proszę podać|Podaj, proszę,] nazwę lub link do produktu i rozmiar."},
	"draft.promo_code":           {"chętnie sprawdzimy ten kod. [Proszę przesłać|Prześlij, proszę,] jego treść i komunikat z koszyka."},
	"draft.cooperation":          {"dziękujemy za propozycję. [Proszę przesłać|Prześlij, proszę,] krótki opis i kontakt, a przekażemy ją właściwej osobie."},
	"draft.other":                {"dziękujemy za wiadomość. [Proszę napisać|Napisz, proszę], w czym dokładnie możemy pomóc."},
}
