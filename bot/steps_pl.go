package bot

import "tandem"

type steps = map[string][]tandem.NextStep

func do(action, why string) tandem.NextStep { return tandem.NextStep{Action: action, Why: why} }

// stepsPL propose what to do: by trigger, by bad fact, by topic.
var stepsPL = steps{
	"T1":                      {do("Przedstaw się z imienia i dopytaj tylko o to, czego jeszcze nie wiadomo", "klient prosi o człowieka")},
	"T11:safety":              {do("Zapytaj, czy nikomu nic się nie stało, i poproś o zaprzestanie używania", "zagrożenie zdrowia"), do("Zgłoś sprawę osobie odpowiedzialnej za bezpieczeństwo produktów", "obowiązek wobec kupujących")},
	"T11:legal":               {do("Potwierdź odbiór pisma i podaj, kto i do kiedy odpowie", "sprawa formalna")},
	"T11:media":               {do("Potwierdź odbiór i daj znać osobie od komunikacji", "groźba nagłośnienia")},
	"T11:privacy":             {do("Potwierdź wniosek i przekaż go osobie od danych osobowych", "biegnie miesiąc na odpowiedź")},
	"T14":                     {do("Zapytaj, czego zabrakło w odpowiedzi bota", "odpowiedź nie pomogła")},
	"T15":                     {do("Zacznij od tego, co ustalono poprzednio", "kolejny kontakt w tej sprawie")},
	"T17":                     {do("Obejrzyj załącznik", "bot go nie odczyta")},
	"T18":                     {do("Odpowiedz w języku klienta albo zapytaj o angielski", "język spoza polskiego i angielskiego")},
	"T19":                     {do("Odpisz spokojnie od siebie, zapytaj, czy ktoś jest obok, podaj 112 i 800 70 2222", "osoba w kryzysie")},
	"T12:attempts":            {do("Potwierdź tożsamość inną drogą", "pięć nieudanych prób")},
	"T13:late":                {do("Sprawdź, czy sprawa jest jeszcze aktualna, i przeproś za zwłokę", "wiadomość dotarła do nas po czasie")},
	"T13":                     {do("Sprawdź zamówienie ręcznie w sklepie", "system nie odpowiada")},
	"fact:delayed":            {do("Przeproś, ustal u przewoźnika nowy termin i podaj go klientowi", "paczka opóźniona w sortowni"), do("Zaproponuj zwrot kosztu dostawy lub kupon według zasad firmy", "obietnica nie została dotrzymana")},
	"fact:returning":          {do("Zapytaj, czy wysłać ponownie", "minął termin odbioru")},
	"fact:exception_lost":     {do("Przeproś, zgłoś zaginięcie przewoźnikowi i zaproponuj ponowną wysyłkę albo zwrot", "przewoźnik podaje: zagubiona")},
	"fact:exception_damaged":  {do("Przeproś i zaproponuj nową sztukę albo zwrot", "przewoźnik podaje: uszkodzona")},
	"fact:exception_address":  {do("Ustal adres i zleć ponowne doręczenie", "paczka nie mogła zostać doręczona")},
	"fact:exception_refused":  {do("Zapytaj, dlaczego paczka wróciła, i zaproponuj ponowną wysyłkę", "odmowa przyjęcia")},
	"fact:exception_oversize": {do("Uzgodnij z przewoźnikiem inny sposób dostawy", "przekroczone wymiary")},
	"fact:refund_overdue":     {do("Przeproś, zleć przelew i podaj dzień, w którym dotrze", "termin zwrotu minął")},

	"order_status":      {do("Sprawdź, na jakim etapie jest zamówienie, i podaj termin wysyłki", "klient czeka na konkret")},
	"parcel_tracking":   {do("Podaj status i przewidywany dzień doręczenia", "klient czeka na konkret")},
	"parcel_late":       {do("Przeproś i podaj realny termin doręczenia", "obiecany termin minął"), do("Zaproponuj rekompensatę według zasad firmy", "obietnica nie została dotrzymana")},
	"parcel_lost":       {do("Przeproś i zgłoś sprawę przewoźnikowi", "klient nie ma paczki"), do("Zaproponuj ponowną wysyłkę albo zwrot pieniędzy", "klient czeka na rozwiązanie")},
	"damaged_item":      {do("Przeproś, poproś o zdjęcie i przyjmij reklamację", "biegnie 14 dni na odpowiedź"), do("Zaproponuj wymianę albo zwrot pieniędzy", "klient czeka na rozwiązanie")},
	"wrong_item":        {do("Przeproś i wyślij właściwą rzecz na koszt firmy", "pomyłka po stronie sklepu"), do("Przyjmij reklamację", "biegnie 14 dni na odpowiedź")},
	"refund_overdue":    {do("Przeproś, sprawdź przelew i podaj dzień, w którym dotrze", "pieniądze powinny już być u klienta")},
	"refund_status":     {do("Sprawdź zwrot i podaj dzień przelewu", "klient czeka na pieniądze")},
	"payment_problem":   {do("Sprawdź płatność i powiedz, kiedy nadpłata wróci", "chodzi o pieniądze klienta")},
	"invoice_unclear":   {do("Sprawdź fakturę i w razie błędu wystaw korektę", "klient widzi błąd")},
	"invoice_request":   {do("Wyślij fakturę na adres z zamówienia", "klient prosi o dokument")},
	"exchange":          {do("Sprawdź dostępność i uzgodnij wymianę", "klient chce inny wariant")},
	"order_change":      {do("Sprawdź, czy zamówienie da się jeszcze zmienić", "czas liczy się do wysyłki")},
	"order_cancel":      {do("Sprawdź, czy zamówienie da się jeszcze anulować", "czas liczy się do wysyłki")},
	"account_change":    {do("Potwierdź tożsamość i zmień dane", "dane konta wymagają pewności")},
	"product_advice":    {do("Dopytaj o potrzebę i poleć jedną lub dwie rzeczy", "klient szuka rady")},
	"service_complaint": {do("Wysłuchaj, przeproś i podaj, co się teraz zmieni", "skarga na obsługę"), do("Przyjmij skargę", "biegnie 14 dni na odpowiedź")},
	"fraud_safety":      {do("Zapytaj, co dokładnie się stało, i zabezpiecz konto lub zamówienie", "podejrzenie oszustwa albo zagrożenie")},
	"privacy_request":   {do("Potwierdź wniosek i przekaż go osobie od danych osobowych", "biegnie miesiąc na odpowiedź")},
	"legal_threat":      {do("Potwierdź odbiór i podaj, kto i do kiedy odpowie", "sprawa formalna")},
	"churn":             {do("Zapytaj o powód i zaproponuj naprawę", "klient chce odejść")},
	"human_request":     {do("Przedstaw się z imienia i zapytaj, w czym pomóc", "klient prosi o człowieka")},
	"delivery_options":  {do("Odpowiedz wprost na pytanie o dostawę i przeproś za powtarzanie", "klient nie dostał odpowiedzi")},
	"password_reset":    {do("Pomóż ustawić nowe hasło, nie prosząc o stare", "klient nie może się zalogować")},
	"cooperation":       {do("Przekaż propozycję właściwej osobie", "sprawa handlowa")},
	"other":             {do("Przeczytaj rozmowę i odpowiedz od siebie", "bot nie ma pewnej odpowiedzi")},
}

// openPL is the one open question of a topic once the order is known.
var openPL = map[string]string{
	"parcel_late": "Na kiedy paczka jest potrzebna?", "parcel_lost": "Ponowna wysyłka czy zwrot pieniędzy?", "damaged_item": "Wymiana czy zwrot pieniędzy?",
	"wrong_item": "Co było w paczce?", "refund_overdue": "Czy numer konta do zwrotu jest aktualny?", "payment_problem": "Jaka kwota i kiedy została pobrana?",
	"invoice_unclear": "Które dane się nie zgadzają?", "exchange": "Jaki rozmiar lub kolor?", "order_change": "Co dokładnie zmienić?",
	"product_advice": "Do czego ma służyć?", "churn": "Co przesądziło o decyzji?", "service_complaint": "Co się dokładnie stało?",
	"fraud_safety": "Co się dokładnie stało i czy ktoś ucierpiał?", "account_change": "Które dane zmienić?", "product_availability": "Jaki produkt i rozmiar?",
	"invoice_request": "Na jaki adres i z jakimi danymi?", "human_request": "W jakiej sprawie?",
}
