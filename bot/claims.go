package bot

import (
	"strings"
)

// notion is something that may have happened, or be promised, in all the words for it. A summary may
// have a notion only where what is known has it, and deny it only where that is denied.
type notion struct {
	kind, name string
	words      lazy   // over folded text
	implies    string // what is known by this may also be told so: "!x" denies
}

func row(kind, name, words, implies string) notion {
	return notion{kind, name, pattern(`\b(?:nie)?(?:` + words + `)`), implies}
}

// notions are states of things, then what is promised or ordered. Polish forms are folded stems.
var notions = []notion{
	row("status", "delivered", `doreczon|doreczono|dostarczon|dotarl|doszl|przyszl|otrzymal|dostal|odebral|odebran|jest na miejscu|(?:was|been|is|were) delivered|delivered|arrived|received`, ""),
	row("status", "sent", `wyslan|wyslal|nadan|nadal[aoi]? (?:paczk|przesylk)|wyszl[ao] z|shipped|dispatched|(?:was|been|were) sent|posted`, ""),
	row("status", "delayed", `opozni|spozni|spoznion|po terminie|nieterminow|zaleg|delay|late\b|overdue|behind schedule`, "!delivered"),
	row("status", "awaited", `gdzie (?:jest|sa|moj|ta|to)|czeka|nie ma (?:jej|go|paczki|przesylki|zamowienia)|where(?:'s| is| are)|waiting|not here`, "!delivered"),
	row("status", "lost", `zagin|zgubi|zgubion|przepad|lost\b|went missing|is missing`, ""),
	row("status", "damaged", `uszkodz|zniszcz|zepsu|pekni|stluc|stlucz|potluc|rozdar|wadliw|niesprawn|damag|broken|torn\b|faulty|defect|smashed`, ""),
	row("status", "cancelled", `anulowan[aeoy]?\b|anulowal|odwolan[aeoy]?\b|odwolal|cancell?ed`, ""),
	row("status", "to_cancel", `anuluj|anulowac|anulowani|odwolac|odwolani|cancel(?:l?ing|lation)?\b`, ""),
	row("status", "gave_back", `zwrocon|zwrocil|oddan|oddal|przelan|przelal|refunded|returned|reimburs|paid back|sent back`, ""),
	row("status", "paid", `zaplac|oplac|oplat|uiszcz|pobran|pobral|obciaz|paid\b|charged`, ""),
	row("status", "accepted", `uznan|uznal|zaakcept|zatwierdz|przyznan|przyznal|approved|accepted|granted|upheld`, ""),
	row("status", "rejected", `odrzuc|odmow|rejected|refused|denied|declined|turned down`, ""),
	row("status", "solved", `rozwiazan|zalatwi|wyjasnion|zakonczon|zamkniet|resolved|solved|settled|closed\b|fixed\b`, ""),
	row("status", "on_its_way", `w drodze|w transporcie|w doreczeniu|wydan\w* (?:kurierow|do)|jedzie|in transit|on (?:its|the) way|out for delivery`, ""),
	row("status", "ready", `gotow\w* do odbioru|czeka w (?:paczkomacie|punkcie)|ready (?:for|to)`, ""),
	row("status", "stuck", `utkn|zatrzyman|zawrocon|sortown|stuck|sorting|held up|on hold`, ""),
	row("status", "exchanged", `wymienion|wymienil|exchanged|replaced`, ""),
	row("status", "confirmed", `potwierdz|confirm`, ""),
	row("status", "verified", `zweryfikow|verified|authenticated`, ""),
	row("status", "apologised", `przepro|przeprasz|apolog|sorry`, ""),
	row("status", "contacted", `skontaktowa|oddzwoni[lw]|zadzwoni[lw]|called (?:back|the customer)|contacted|phoned`, ""),
	row("status", "withdrew", `odstapi|odstepuj|withdrew|withdraw`, ""),
	row("status", "complaint", `reklam|complaint`, ""),
	row("status", "mistake", `pomyl|blad\b|bled[uny]|bledem|omylk|mistake|error\b|wrong|niewlasciw|nie ten\b|nie ta\b|nie to\b|inny (?:rozmiar|kolor|produkt|towar)`, ""),
	row("status", "hurt", `skalecz|zrani|siniak|poparz|obrazen|uczuleni|szpital|injur|hurt\b|burn|hospital|allerg`, ""),
	row("status", "fraud", `oszus|oszuk|kradzie|ukrad|zlodziej|wyludz|fraud|scam|theft|stolen|thie[fv]|stole\b`, ""),
	row("status", "law", `prawnik|adwokat|prawn[aeiy]|sadu\b|sad\b|sadow|pozew|pozw|uokik|rzecznik|policj|prokurat|lawyer|solicitor|court|sue\b|suing|police|legal|ombudsman`, ""),
	row("status", "leaving", `odejsc|odejdz|odchodz|rezygn|konkurencj|wypowied|leav(?:e|ing)|switch|unsubscrib|competitor`, ""),
	row("status", "angry", `zlosc|zl[ay]\b|wsciek|zdenerw|gniew|oburz|zirytow|irytac|irytuj|sfrustr|frustr|rozzloszcz|angr[yi]|anger|furious|upset|annoy|irritat|outrag`, ""),
	row("status", "pleased", `zadowol|dziekuj|wdzieczn|pleased|happy|satisf|thank|grateful`, ""),
	row("status", "calm", `spokoj|calm`, ""),
	row("status", "urgent", `piln|natychmiast|niezwloczn|urgen|immediate`, ""),
	row("status", "threat", `groz[iay]|grozb|zagroz|threat`, ""),
	row("status", "vip", `vip\b|stal[yaei]\w* klient|loyal`, ""),
	row("status", "person", `czlowiek|konsultant|pracownik|human\b|real person|agent\b|manager|kierowni`, ""),
	row("status", "agent_acts", `konsultant(?:ka)?\b|agent(?:ka)?\b:?|pracowni(?:k|ca)\b`, ""), // before a person came nobody of ours but the bot spoke

	row("promise", "promise", `obiec|obietnic|zobowiaz|gwarant|zapewnil|zapewnia|promis|guarant|committed to|commitment`, ""),
	row("promise", "call", `oddzwon|zadzwon|przedzwon|telefon zwrotny|call(?:ed|ing|s)? back|call\b|ring back|phone back`, ""),
	row("promise", "write", `odpisz|odpowie\b|odpowiem|odezw|poinformuj|powiadom|da znac|damy znac|dam znac|get back to|let (?:him|her|them|you) know|be in touch`, ""),
	row("promise", "send", `wysle\b|wyslemy|wysla\b|przesle|przesla\b|dosle|dosla\b|nada\b|nadamy`, ""),
	row("promise", "refund", `zwroci\b|zwroca\b|zwroce\b|zwrocimy|oddamy|odda\b|oddadza|przeleje|przelej|zwrotu? (?:zostanie|bedzie)|will (?:be )?refund`, ""),
	row("promise", "replace", `wymieni\b|wymienimy|wymienia\b`, ""),
	row("promise", "deliver", `dostarczy\b|dostarcza\b|doreczy\b|dotrze|przyjdzie|przyjedzie|dojdzie`, ""),
	row("promise", "receive", `otrzyma\b|dostanie\b|otrzymaja|dostana\b`, ""),
	row("promise", "check", `sprawdzi\b|sprawdze\b|sprawdzimy|wyjasni\b|wyjasnimy|ustali\b|ustalimy|zajmie sie|zajmiemy|dopilnuj`, ""),
	row("promise", "future", `bedzie|beda\b|zostanie|zostana\b|will\b|won't|shall\b|going to\b|'ll\b`, ""),
	row("promise", "right", `nale(?:zy|za|zal\w*) (?:(?:mi|ci|mu|jej|nam|wam|im) )?sie|nalezny|przysluguj|ma prawo|maja prawo|upowazn|entitled|has the right|is owed|is due\b`, ""),
	row("promise", "gift", `rabat|kupon|rekompens|zadoscuczyn|znizk|gratis|bezplatn|za darmo|voucher|discount|coupon|compensat|free of charge|for free`, ""),
	row("promise", "advice", `nalezy\b|nalezaloby|trzeba|powin|musi\b|musz[aey]|warto\b|zaleca|rekomend|sugeru|proponuj|konieczn|should|must\b|recommend|suggest|advis|needs? to|ha(?:s|ve) to|ought`, ""),
}

// denials before a notion turn it round; they reach over two words at most.
var denial = pattern(`(?:\b(?:nie|bez|brak|nigdy|zaden|zadn\w+|ani|not|no|never|without|cannot|nor|neither)|n't|\bnic)(?:\s+(?:[^\s.,;:!?]+\s+){0,2})?$`)

// claims finds the notions of a folded text.
func claims(text string, wide bool) []stated {
	var out []stated
	for _, n := range notions {
		for _, m := range n.words().FindAllStringIndex(text, -1) {
			value := n.name
			said := text[m[0]:m[1]]
			if rest, glued := strings.CutPrefix(said, "nie"); glued && n.words().MatchString(rest) || denial().MatchString(text[max(0, m[0]-40):m[0]]) {
				value = "!" + n.name
			}
			out = append(out, stated{n.kind, value})
			if wide && n.implies != "" && value == n.name {
				out = append(out, stated{n.kind, n.implies})
			}
		}
	}
	return out
}
