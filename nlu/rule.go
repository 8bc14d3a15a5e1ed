package nlu

import (
	"strings"
	"sync"
)

// rules are short lists of patterns, in the lexicon's language, for things that are said in few ways.
type rules struct{ yes, no []pattern }

// The rules for what is neither topic nor mood.
var (
	asksBot = ruled(`czy to bot/automat/robot/ai|czy .. botem/robotem/automatem/czlowiekiem|czy .. rozmawiam/pisze/gadam .. z
		bot*/czlowiek*/automat*/robot*/sztuczn*/maszyn*/ai/kims/osoba|jestes .. bot/botem/robotem/czlowiekiem/automatem/prawdziw*/ai|
		czy .. prawdziwy/zywy .. czlowiek|czy .. sztuczna inteligencja|are you .. bot/robot/human/real/person/ai/machine|is this .. bot/robot/human/ai/automated|
		am i .. talking/speaking/chatting .. to/with .. bot/human/person/machine/robot|kto .. po drugiej stronie|bot czy czlowiek|czlowiek czy bot|
		bot or human|human or bot|to bot czy`, `robot kuchenn*/sprzataj*/koszac*|roboty kuchenn*`)
	notHelped = ruled(`nie pomogl*|nic nie pomogl*|to nic nie dalo|nic to nie dalo|nadal/dalej/wciaz/ciagle nie dziala*|nie zadzialalo|bez
		skutku|to nie pomaga|nie rozwiaz*/rozwiazuje .. problem*|didnt/not/doesnt help*|not helpful|still not/doesnt work*|still
		doesnt|that didnt work|no help`, ``)
	helped = ruled(`juz dziala/dzialaja/dziala|dziala .. dzieki/dziekuje|dzieki/dziekuje .. dziala/pomoglo/wszystko|pomoglo|udalo sie|wszystko
		jasne|problem .. rozwiazany|sprawa .. zalatwiona/wyjasniona|zadzialalo|works now|that worked|it works|fixed now|solved|all good now|
		that helped`, `nie pomoglo|nie zadzialalo|nie udalo|nie .. rozwiazany|not .. works|didnt`)
	nudge = ruled(`halo|i co|i jak|no i|jest tam ktos|odpowie ktos|ktos odpowie|hello anyone|anyone there|any update/updates/news|sa jakies
		wiesci|wiadomo cos`, ``)
	protests = ruled(`nie o to/tym/tego|nie na temat|chodzi/chodzilo mi o|pytam/pytalam/pytalem/pytalismy .. o|no ale|ale czy/jak/kiedy/ile/gdzie/co/ja/o/skad|tak/rozumiem/wiem
		ale|to nie odpowiedz|to wiem|tak albo/lub/czy nie|to nie to|to samo .. pisal*|tak pisal*|wlasnie z niego/tego/stamtad|juz podalam/podalem/pisalam/pisalem/mowilam/mowilem|
		i mean the|i asked/meant|not what i|yes but|but what/when/how/where/why|yes or no|thats not|you just said|i already`,
		`no ale .. niech bedzie/trudno/dobra/dobrze/spoko/okej/ok/luz`)
	wantsHuman = ruled(`konsultant*|z czlowiekiem|zywy/zywym/zywego/zywa/zywej .. czlowiek*/osob*/kims/pracownik*|porozmawia*/pogada*/rozmawia*/rozmowe .. z
		.. kims/osoba/pracownikiem/konsultant*/doradc*/czlowiek*/kierownik*/specjalist*|polacz*/przelacz* .. mnie/z|oddzwon*|prosze .. o .. kontakt
		telefoniczny/rozmowe/polaczenie|zadzwoncie|zadzwoni* do mnie|ktos .. zadzwonic/oddzwoni/zadzwoni|kogos .. z .. obslugi/biura/zespolu|nie chce .. rozmawiac/pisac/gadac .. z
		.. botem/automatem/robotem/maszyna|real/actual/live/human person/agent/human/being|speak/talk/chat .. to/with .. someone/person/human/agent/representative/manager/somebody|
		call/phone me|representative|dajcie/daj .. kogos/czlowieka/konsultanta|czlowieka .. prosze/poprosze|prosze/poprosze .. czlowieka|wolalbym/wolalabym/wole .. z
		.. czlowiekiem/osoba/kims|numer .. do .. kierownik*/konsultant*`,
		`praca|rekrutac*|polacz* .. zamowieni*/paczk*/konta/konto/telefon*/bluetooth/przesylk*|konsultant* .. mowil*/powiedzial*/obiecal*/zapewni*|bluetooth`)
)

// ruled compiles the lists when they are first asked for.
func ruled(yes, no string) func() rules {
	return sync.OnceValue(func() rules { return rules{patterns(yes), patterns(no)} })
}

// patterns reads patterns separated by "|"; they are part of the program, so a wrong one panics in
// every test.
func patterns(list string) []pattern {
	var out []pattern
	for _, s := range splitBar(list) {
		p, err := parsePattern(s)
		if err != nil {
			panic(err)
		}
		out = append(out, p)
	}
	return out
}

// in finds the first place of a text where a rule holds: words [from, to), or false.
func (r rules) in(s *scanned) (from, to int, ok bool) {
	for _, p := range r.no {
		for i := range s.words {
			if p.at(s, i, true) > 0 {
				return 0, 0, false
			}
		}
	}
	for i := range s.words {
		for _, p := range r.yes {
			if to := p.at(s, i, true); to > 0 {
				return i, to, true
			}
		}
	}
	return 0, 0, false
}

func splitBar(list string) []string {
	var out []string
	for s := range strings.SplitSeq(list, "|") {
		if s = strings.TrimSpace(s); s != "" {
			out = append(out, s)
		}
	}
	return out
}
