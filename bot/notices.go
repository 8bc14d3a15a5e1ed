package bot

// noticesPL and noticesEN are the closed list of system notices. The first wording whose conditions
// hold is used. The telephone numbers of the distress notice, all free and, as their pages say, answered day and
// night: 112 is the EU's emergency number; 116 123 is for adults in an emotional crisis (Ministry of Digital Affairs,
// 2024-01-19 and 2025-11); 116 111 is for children and the young (the same campaign, 2025-11; police quarterly on 15
// years of the line); 800 70 2222 is the support centre for people in a mental crisis (Itaka; zdrowie.pap.pl). Read
// on 2026-11-22 in stored public pages; nobody has called.
var noticesPL = map[string][]string{
	"notice.wait": {
		"{?taken}Sprawą zajmuje się teraz osoba z naszego zespołu i odpowie tutaj.",
		"{?staffed}Przekazujemy sprawę osobie z zespołu, odpowie tutaj najszybciej, jak to możliwe.",
		"Przekazujemy sprawę osobie z zespołu. Teraz nikogo nie ma przy komputerze, odpowiedź przyjdzie tutaj, najwcześniej {next}.",
		"Przekazujemy sprawę osobie z zespołu. Teraz nikogo nie ma przy komputerze, odpowiedź przyjdzie tutaj.",
	},
	"notice.out_of_hours": {
		"Teraz nikogo z zespołu nie ma przy komputerze. Pierwsza osoba będzie {next}. Możemy: 1) odpisać tutaj, 2) zadzwonić, 3) wysłać e-mail. [Co wybrać?|Co wybierasz?]",
		"Teraz nikogo z zespołu nie ma przy komputerze. Możemy: 1) odpisać tutaj, 2) zadzwonić, 3) wysłać e-mail. [Co wybrać?|Co wybierasz?]",
	},
	"notice.choice": {
		"{?staffed}Przepraszamy, że to trwa – nikt z zespołu jeszcze nie odpisał.<{?clock} Termin na odpowiedź liczymy od pierwszej wiadomości.> Możemy: 1) odpisać tutaj, 2) zadzwonić, 3) wysłać e-mail. [Co wybrać?|Co wybierasz?]",
		"Przepraszamy, że to trwa – nikogo z zespołu nie ma już przy komputerze<, pierwsza osoba będzie {next}>.<{?clock} Termin na odpowiedź liczymy od pierwszej wiadomości.> Możemy: 1) odpisać tutaj, 2) zadzwonić, 3) wysłać e-mail. [Co wybrać?|Co wybierasz?]",
	},
	"notice.choices": {"Odpowiedź tutaj", "Telefon", "E-mail"},
	"notice.parked": {
		"{!staffed}Zapisane: tą sprawą zajmie się osoba z zespołu, najwcześniej {next}. W innych sprawach nadal pomaga tu asystent AI sklepu {brand}.",
		"Zapisane: tą sprawą zajmie się osoba z zespołu. W innych sprawach nadal pomaga tu asystent AI sklepu {brand}.",
	},
	"notice.hold": {
		"{?staffed}Tu asystent AI sklepu {brand}. Sprawdzamy to i zaraz odpiszemy.",
		"Tu asystent AI sklepu {brand}. Odpowiedź musi jeszcze sprawdzić ktoś z zespołu, a nikogo nie ma teraz przy komputerze. Odpiszemy tutaj, najwcześniej {next}.",
		"Tu asystent AI sklepu {brand}. Odpowiedź musi jeszcze sprawdzić ktoś z zespołu. Odpiszemy tutaj.",
	},
	"notice.back": {
		"Rozmowę prowadzi znów asystent AI sklepu {brand}.< Ustalenia z zespołem są aktualne: „{promise}”, termin: {promise_due}.> W każdej chwili [można|możesz] napisać „człowiek”.",
	},
	"notice.invited":    {"{brand}: rozmowę z infolinii można dokończyć na piśmie, bez czekania na linii. Wystarczy odpisać na tego SMS-a."},
	"notice.disclosure": {"[Dzień dobry|Cześć], tu asystent AI sklepu {brand}. W każdej chwili [można|możesz] napisać „człowiek”."},
	"notice.distress": {
		"To brzmi bardzo poważnie. Powiadamiamy osobę z naszego zespołu. Jeśli życie lub zdrowie jest zagrożone, [proszę zadzwonić|zadzwoń] pod 112. Bezpłatne wsparcie przez całą dobę: 800 70 2222, 116 123, a dla dzieci i młodzieży 116 111.",
	},
}

var noticesEN = map[string][]string{
	"notice.wait": {
		"{?taken}Somebody from our team is on it now and will answer here.",
		"{?staffed}We are passing this to somebody from our team, who will answer here as soon as possible.",
		"We are passing this to somebody from our team. Nobody is at the desk now; the answer will come here, {next} at the earliest.",
		"We are passing this to somebody from our team. Nobody is at the desk now; the answer will come here.",
	},
	"notice.out_of_hours": {
		"Nobody from our team is at the desk now. The first person will be here {next}. We can: 1) answer here, 2) call you, 3) send an e-mail. Which do you prefer?",
		"Nobody from our team is at the desk now. We can: 1) answer here, 2) call you, 3) send an e-mail. Which do you prefer?",
	},
	"notice.choice": {
		"{?staffed}We are sorry that this takes so long – nobody from our team has answered yet.<{?clock} The time for our answer counts from your first message.> We can: 1) answer here, 2) call you, 3) send an e-mail. Which do you prefer?",
		"We are sorry that this takes so long – nobody from our team is at the desk any more<; the first person will be here {next}>.<{?clock} The time for our answer counts from your first message.> We can: 1) answer here, 2) call you, 3) send an e-mail. Which do you prefer?",
	},
	"notice.choices": {"Answer here", "Phone", "E-mail"},
	"notice.parked": {
		"{!staffed}Noted: somebody from our team will take care of this, {next} at the earliest. With other matters the AI assistant of {brand} still helps here.",
		"Noted: somebody from our team will take care of this. With other matters the AI assistant of {brand} still helps here.",
	},
	"notice.hold": {
		"{?staffed}This is the AI assistant of {brand}. We are checking this and will reply in a moment.",
		"This is the AI assistant of {brand}. Somebody from our team has to check the answer first, and nobody is at the desk now. We will reply here, {next} at the earliest.",
		"This is the AI assistant of {brand}. Somebody from our team has to check the answer first. We will reply here.",
	},
	"notice.back": {
		"The AI assistant of {brand} is leading this conversation again.< What our team agreed with you still holds: “{promise}”, due {promise_due}.> You can write “human” at any time.",
	},
	"notice.invited":    {"{brand}: go on with your call in writing, without waiting on the line. Just answer this text message."},
	"notice.disclosure": {"Hello, this is the AI assistant of {brand}. You can write “human” at any time."},
	"notice.distress": {
		"This sounds very serious. We are alerting somebody from our team. If a life is in danger, please call 112. Free support in Poland, day and night: 800 70 2222, 116 123, and 116 111 for the young.",
	},
}
