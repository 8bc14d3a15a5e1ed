package nlu

import "strings"

// tyWords show that the customer is on first-name terms, singular or plural; panWords that not.
var (
	tyWords = set("hej hejka hejo czesc siema siemka elo yo heja witajcie masz macie mozesz mozecie jestes jestescie wiesz " +
		"wiecie wyslij wyslijcie sprawdz sprawdzcie powiedz powiedzcie dasz dacie robisz robicie daj dajcie oddajcie zrob " +
		"zrobcie napisz napiszcie pomoz pomozcie ci ciebie tobie ty twoj twoja wam wasz wasza wasze waszej waszego was wami " +
		"chcesz chcecie bedziesz bedziecie umiesz umiecie rozumiesz znasz znacie odpisz odpiszcie piszesz sprzedajecie " +
		"wysylacie oferujecie moglbys moglabys moglibyscie powiecie ogarnij ogarniecie zobacz zobaczcie")
	panWords = set("pan pani panu pania panem panie panstwo panstwa panstwu panstwem szanowni szanowna szanowny uprzejmie " +
		"powazaniem pani")
)

// formOf tells how the customer addresses the company: "ty", "pan", or empty; n is how many words
// show it.
func formOf(s *scanned) (form string, n int) {
	ty, pan := 0, 0
	for _, i := range s.words {
		f := s.tokens[i].fold
		if tyWords[f] {
			ty++
		}
		if panWords[f] {
			pan++
		}
	}
	switch {
	case pan > 0 && pan*2 >= ty:
		return "pan", pan
	case ty > 0:
		return "ty", ty
	}
	return "", 0
}

// nouns end like a verb in the first person and are none.
var nouns = set("problem mailem emailem meilem profilem stylem detalem portalem terminalem kanalem medalem celem hotelem modelem " +
	"fotelem panelem golem tytulem dzialem materialem oddzialem udzialem podzialem artykulem protokolem stolem kolem dolem " +
	"zespolem pomyslem umyslem przemyslem zmyslem calem sklepem sygnalem cwiklem serialem szpitalem kartelem stolem " +
	"reklam klam skalam szkolem zlem zolem alem balem moralem originalem oryginalem reklamam regulaminem " +
	"miodlem ogolem kilem kryminalem urlopem ulem")

// spoken are words that tell the speaker's gender; folded.
var spoken = map[string]string{"zadowolona": "f", "zadowolony": "m", "pewna": "f", "pewien": "m", "rozczarowana": "f",
	"rozczarowany": "m", "niezadowolona": "f", "niezadowolony": "m", "powinnam": "f", "powinienem": "m", "zainteresowana": "f",
	"zainteresowany": "m", "zmuszona": "f", "zmuszony": "m", "gotowa": "f", "gotowy": "m", "wdzieczna": "f", "wdzieczny": "m",
	"zla": "f", "wsciekla": "f", "wsciekly": "m", "oburzona": "f", "oburzony": "m", "sama": "f", "sam": "m",
	"zaskoczona": "f", "zaskoczony": "m", "poszlam": "f", "poszedlem": "m", "doszlam": "f", "doszedlem": "m",
	"wyszlam": "f", "wyszedlem": "m", "moglam": "f", "moglem": "m", "wzielam": "f", "wzialem": "m", "przyszlam": "f",
	"przyszedlem": "m", "klientka": "f"}

// needsBe are those of spoken that tell only beside a form of "to be" in the first person.
var needsBe = set("zadowolona zadowolony pewna pewien gotowa gotowy zla wsciekla wsciekly zainteresowana zainteresowany " +
	"rozczarowana rozczarowany niezadowolona niezadowolony wdzieczna wdzieczny oburzona oburzony zaskoczona zaskoczony klientka")

// genderOf tells the customer's grammatical gender from their own verbs: "f", "m", or empty where
// nothing or both speak. It is for grammar only and is not to be stored.
func genderOf(s *scanned) string {
	f, m := 0, 0
	for n, i := range s.words {
		switch verbGender(s, n, s.tokens[i].fold) {
		case "f":
			f++
		case "m":
			m++
		}
	}
	switch {
	case f > 0 && m == 0 || f > 2*m:
		return "f"
	case m > 0 && f == 0 || m > 2*f:
		return "m"
	}
	return ""
}

func verbGender(s *scanned, n int, w string) string {
	if g, ok := spoken[w]; ok {
		if w == "sam" || w == "sama" || needsBe[w] && !besideBe(s, n) {
			return ""
		}
		return g
	}
	if nouns[w] || len(w) < 5 {
		return ""
	}
	for _, c := range []struct{ end, gender string }{{"labym", "f"}, {"lbym", "m"}, {"lam", "f"}, {"lem", "m"}} {
		if stem, ok := strings.CutSuffix(w, c.end); ok && stem != "" && (strings.ContainsRune("aiyueo", rune(stem[len(stem)-1])) ||
			strings.HasSuffix(c.end, "bym") || strings.ContainsRune("dgzskt", rune(stem[len(stem)-1])) && c.gender == "f") {
			if c.end == "lem" && strings.ContainsRune("eo", rune(stem[len(stem)-1])) {
				return "" // "hotelem", "stołem"
			}
			return c.gender
		}
	}
	return ""
}

func besideBe(s *scanned, n int) bool {
	for i := max(0, n-3); i < min(len(s.words), n+3); i++ {
		if f := s.at(i).fold; f == "jestem" || f == "bylam" || f == "bylem" || f == "czuje" {
			return true
		}
	}
	return false
}
