package turn

import (
	"regexp"
	"slices"
	"strings"
)

// way is how a customer who was offered a choice wants to hear from a person.
type way struct {
	code  string
	words *regexp.Regexp
}

// ways are the choices of the notices "choice" and "out_of_hours", as people word them, over plain
// words. The first that fits wins; who wants an answer here stays in the queue.
var ways = []way{
	{"call", regexp.MustCompile(`\b(?:za|od|prze)?dzwon(?:ic|cie|i|icie|imy)?\b|\btel(?:efon(?:u|em|ie|icznie|iczny|iczna)?)?\b|\b(?:call|phone|ring)\b|^(?:opcj[ae] |nr |numer |punkt |option )?2\)?\.?(?: |$)`)},
	{"mail", regexp.MustCompile(`\be-?mail(?:a|em|owo)?\b|\bmail(?:a|em|owo)?\b|^(?:opcj[ae] |nr |numer |punkt |option )?3\)?\.?(?: |$)`)},
}

// Words that say that something was, was not, or is to be asked about, and so is not chosen. Giving the
// conversation back takes the customer's own clear word; in doubt they stay where people see them.
var (
	unsaid   = strings.Fields("nie nikt nigdy ani zaden zadnego bez kiedy czemu dlaczego jak ile czy znowu znow dni razy raz not no never nobody none without why when how called phoned rang didn't don't won't isn't times")
	polite   = strings.Fields("chcialam chcialem chcialabym chcialbym wolalam wolalem wolalabym wolalbym prosilabym prosilbym poprosilabym poprosilbym")
	pastEnds = regexp.MustCompile(`.{2}(?:[aeiuy]l|[aeiuy]l[aiey]|l[ae]m|lismy|lysmy|liscie|lyscie)$`)
	clauses  = regexp.MustCompile(`[,;!?\n]+|\.\s|\s(?:ale|tylko|but)\s`)
)

// chosen is the code of the way that a text chooses; empty where it chooses none.
func chosen(text string) string {
	for _, clause := range clauses.Split(plain(text), -1) {
		clause = strings.TrimSpace(clause)
		if clause == "" || slices.ContainsFunc(strings.Fields(clause), denies) {
			continue
		}
		for _, w := range ways {
			if w.words.MatchString(clause) {
				return w.code
			}
		}
	}
	return ""
}

// denies tells whether a word says that the way beside it is not chosen.
func denies(word string) bool {
	word = strings.Trim(word, ".:()\"„”")
	if slices.Contains(polite, word) || strings.Contains(word, "mail") || strings.Contains(word, "tel") {
		return false
	}
	return slices.Contains(unsaid, word) || pastEnds.MatchString(word)
}

var diacritics = strings.NewReplacer("ą", "a", "ć", "c", "ę", "e", "ł", "l", "ń", "n", "ó", "o", "ś", "s", "ź", "z", "ż", "z", "’", "'")

// plain is a text in lower case without diacritics.
func plain(s string) string { return diacritics.Replace(strings.ToLower(s)) }
