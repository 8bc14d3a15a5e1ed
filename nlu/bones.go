package nlu

import "strings"

// plainWords are words that tell how a sentence is built rather than what it is about; folded.
var plainWords = set(`a ale i oraz lub albo bo ze zeby aby gdy gdyby jak jako jesli jezeli czy co czego czemu kto kogo komu kim
	gdzie kiedy skad dokad ile ilu ktory ktora ktore ktorej ktorego ktorym dlaczego po na w we z ze do od u o za przed przez
	przy pod nad bez dla mimo zamiast to ten ta te tego tej tych tym ja mnie mi moj moja moje mojej mojego my nas nam nasz nasza
	sie siebie sobie sam sama nie tak juz jeszcze dopiero znow znowu nadal wciaz dalej tylko nawet choc chociaz az no
	wiec czyli zatem tez takze rowniez ani nic nikt nikogo zaden zadna zadnej zadnego wszystko wszyscy kazdy ktos ktokolwiek cos cokolwiek
	jest sa byl byla bylo byli bedzie beda jestem mam ma maja mial miala mialo mialy moge moze mozna mozecie macie prosze
	dziekuje dzieki dzien dobry szkoda wreszcie nareszcie podobno rzekomo niby chyba pewnie wlasnie teraz dzis dzisiaj wczoraj
	jutro potem tam tu tutaj taki taka takie jaki jaka jakie inny inna raz razy bardzo
	the an and or but because that which if when why what who where how is are was were be been am have has had do does did
	not no nothing nobody never i me my mine we us our it its this these those they them their to of in on at for from with
	without by after before since until so then just only even still again already yet can could would will should may please
	thanks thank every each another any anyone some one more`)

// theirs are the endings of what "you" did or do, in the plural that Poles use to a company.
var theirs = []string{"liscie", "lyscie", "acie", "ecie", "icie", "ycie", "jcie", "cie"}

// own are the endings of what the writer did.
var own = []string{"lem", "lam", "elismy", "alismy", "ilismy", "alysmy", "ilysmy"}

func endsWith(w string, endings []string) bool {
	for _, e := range endings {
		if len(w) > len(e)+2 && strings.HasSuffix(w, e) {
			return true
		}
	}
	return false
}

// bone is what is left of a token when its subject is taken away: a plain word stays, another becomes
// what it does in the sentence.
func bone(t *token) string {
	switch {
	case t.kind == emoji:
		return "@"
	case t.kind == mark:
		return squash(t.raw)
	case t.kind == number:
		return "#"
	case youWords[t.fold]:
		return "YOU"
	case plainWords[t.fold]:
		return t.fold
	case ordinals[t.fold]:
		return "TH"
	case endsWith(t.fold, theirs):
		return "YDO"
	case endsWith(t.fold, own):
		return "IDO"
	}
	if _, ok := spans[t.fold]; ok {
		return "DAY"
	}
	if t.caps && len(t.fold) > 3 {
		return "XX"
	}
	return "x"
}

// bones adds runs of two to four of a text's bones: "Płacę za co dokładnie?" and "Mieszkam gdzie
// według was?" ask nothing in the same way. Words of content beside one another are one bone.
func bones(b *bag, s *scanned) {
	const high = 3
	var run [high]string
	n, last := 1, "^"
	run[0] = "^"
	start := seed(groupManner, 3)
	for i := 0; i <= len(s.tokens); i++ {
		w := "$"
		if i < len(s.tokens) {
			w = bone(&s.tokens[i])
		}
		if w == last && w == "x" {
			continue
		}
		last = w
		if n == high {
			copy(run[:], run[1:])
			n--
		}
		run[n] = w
		n++
		h := start
		for k := n - 1; k >= 0; k-- {
			h = mix(mix(h, run[k]), " ")
			if k < n-1 {
				b.add(seal(h ^ uint32(n-k)))
			}
		}
	}
}
