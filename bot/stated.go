package bot

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// stated is one thing that a text says: a kind (date, time, amount, number, code, status, promise) and
// its normal form, so that "1 240,00 zł" and "1240 zł", "wczoraj" and "22 listopada" are the same.
type stated struct{ kind, value string }

// reader takes the statements out of one folded text, each kind out of what the kinds before it left.
type reader struct {
	text string
	now  time.Time
	wide bool // of what is known: also the looser ways in which the same may be told
	out  []stated
}

// statements reads a text. now gives days their dates; wide is for what is known.
func statements(text, lang string, now time.Time, wide bool) []stated {
	r := &reader{text: counted(folded(text), lang), now: now, wide: wide}
	r.amounts()
	r.dates()
	r.times()
	r.codes()
	r.numbers()
	return append(r.out, claims(folded(text), wide)...)
}

// folded is a text in lower case without diacritics, with plain spaces and dashes.
func folded(s string) string {
	return ascii(strings.Map(func(c rune) rune {
		switch c {
		case '\u00a0', '\u202f', '\u2009', '\n', '\t':
			return ' '
		case '’', '‘', '`':
			return '\''
		}
		return c
	}, strings.ToLower(s)))
}

func (r *reader) say(kind, value string) { r.out = append(r.out, stated{kind, value}) }

// take reads every match of a form and, where do takes it, blanks it.
func (r *reader) take(form lazy, do func(g []string) bool) {
	b := []byte(r.text)
	for _, m := range form().FindAllStringSubmatchIndex(r.text, -1) {
		g := make([]string, len(m)/2)
		for i := range g {
			if m[2*i] >= 0 {
				g[i] = r.text[m[2*i]:m[2*i+1]]
			}
		}
		if do(g) {
			for i := m[0]; i < m[1]; i++ {
				b[i] = ' '
			}
		}
	}
	r.text = string(b)
}

const figure = `(\d{1,3}(?:[ .,]\d{3})+(?:[.,]\d{1,2})?|\d+(?:[.,]\d{1,2})?)`

var (
	moneyForm = pattern(`(?:\b(pln|eur|gbp|usd)\s?|([€£$])\s?)?\b` + figure + `(?:\s?(zl(?:ot\w*)?|pln|eur(?:o|os)?|gbp|usd|pounds?|dollars?)\b|\s?([€£$]))?`)
	money     = map[string]string{"z": "PLN", "pl": "PLN", "e": "EUR", "€": "EUR", "g": "GBP", "po": "GBP", "£": "GBP", "u": "USD", "d": "USD", "$": "USD"}
)

func (r *reader) amounts() {
	r.take(moneyForm, func(g []string) bool {
		name := g[1] + g[2] + g[4] + g[5]
		if name == "" {
			return false
		}
		for begin, currency := range money {
			if strings.HasPrefix(name, begin) {
				r.say("amount", plainFigure(g[3])+" "+currency)
			}
		}
		if r.wide {
			r.say("number", plainFigure(g[3]))
		}
		return true
	})
}

// plainFigure drops the spaces and points between thousands, and empty cents.
func plainFigure(s string) string {
	whole, cents := s, ""
	if i := strings.LastIndexAny(s, ".,"); i >= 0 && len(s)-i-1 < 3 {
		whole, cents = s[:i], s[i+1:]
	}
	whole = strings.TrimLeft(strings.NewReplacer(" ", "", ".", "", ",", "").Replace(whole), "0")
	if whole == "" {
		whole = "0"
	}
	if cents = strings.TrimRight(cents, "0"); cents != "" {
		whole += "." + cents
	}
	return whole
}

// monthNames are whole words: "od Marka" is no March.
const monthNames = `(stycz(?:en|nia|niu|niem)|lut(?:y|ego|ym)|mar(?:zec|ca|cu|cem)|kwie(?:cien|tnia|tniu|tniem)|maj(?:a|u|em)?|czerw(?:iec|ca|cu|cem)|lip(?:iec|ca|cu|cem)|` +
	`sierp(?:ien|nia|niu|niem)|wrze(?:sien|snia|sniu|sniem)|pazdziernik\w*|listopad\w*|grud(?:zien|nia|niu|niem)|` +
	`jan(?:uary)?|feb(?:ruary)?|march|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)`

var (
	dateForms = []lazy{ // groups: year, month, day in this order by name
		pattern(`\b(?P<y>20\d\d)-(?P<m>\d\d)-(?P<d>\d\d)\b`),
		pattern(`\b(?P<d>\d{1,2})[./](?P<m>\d{1,2})[./](?P<y>20\d\d|\d\d)\b`),
		pattern(`\b(?P<d>\d{1,2})\.(?P<m>0[1-9]|1[0-2])\b`),
		pattern(`\b(?P<d>\d{1,2})(?:-?go|st|nd|rd|th|\.)?\s+(?:of\s+)?(?P<m>` + monthNames[1:] + `\b(?:\s+(?P<y>20\d\d)\b)?`),
		pattern(`\b(?P<m>` + monthNames[1:] + `\s+(?P<d>\d{1,2})(?:st|nd|rd|th)?\b(?:,?\s+(?P<y>20\d\d)\b)?`),
	}
	monthForm = pattern(`\b(20\d\d)-(0[1-9]|1[0-2])\b|\b(?:we?|od|do|in|since|until|from|of|z) ` + monthNames + `\b(?:\s+(20\d\d))?`)
	dayForm   = pattern(`\b(przedwczoraj\w*|wczoraj\w*|dzis\b|dzisiaj|dzisiejsz\w*|jutr\w*|pojutrz\w*|yesterday|today|tonight|tomorrow)`)
	dayShift  = map[string]int{"prz": -2, "wcz": -1, "yes": -1, "dzi": 0, "tod": 0, "ton": 0, "jut": 1, "tom": 1, "poj": 2}
	weekForm  = pattern(`\b(niedziel\w*|poniedzial\w*|wtor\w*|srod[aeyęo]\w{0,2}|czwart(?:ek|ku|kow\w*)|piat(?:ek|ku|kow\w*)|sobot\w*|sunday|monday|tuesday|wednesday|thursday|friday|saturday)\b`)
	weekDays  = map[string]int{"nie": 0, "sun": 0, "pon": 1, "mon": 1, "wto": 2, "tue": 2, "sro": 3, "wed": 3, "czw": 4, "thu": 4, "pia": 5, "fri": 5, "sob": 6, "sat": 6}
	monthOf   = map[string]int{"sty": 1, "jan": 1, "lut": 2, "feb": 2, "mar": 3, "kwi": 4, "apr": 4, "maj": 5, "may": 5, "cze": 6, "jun": 6, "lip": 7, "jul": 7,
		"sie": 8, "aug": 8, "wrz": 9, "sep": 9, "paz": 10, "oct": 10, "lis": 11, "nov": 11, "gru": 12, "dec": 12}
)

func (r *reader) dates() {
	for _, form := range dateForms {
		y, m, d := form().SubexpIndex("y"), form().SubexpIndex("m"), form().SubexpIndex("d")
		r.take(form, func(g []string) bool {
			year := ""
			if y >= 0 {
				year = g[y]
			}
			at, ok := r.calendar(year, g[m], g[d])
			if ok {
				r.day(at)
			}
			return ok
		})
	}
	r.take(monthForm, func(g []string) bool {
		month, year := monthNumber(g[2]+g[3]), g[1]+g[4]
		r.say("date", fmt.Sprintf("month %d", month))
		if year != "" {
			r.say("number", year)
		}
		return true
	})
	r.take(dayForm, func(g []string) bool {
		r.day(r.now.AddDate(0, 0, dayShift[g[1][:3]]))
		return true
	})
	r.take(weekForm, func(g []string) bool {
		r.say("date", fmt.Sprintf("weekday %d", weekDays[g[1][:3]]))
		return true
	})
}

func monthNumber(s string) int {
	if n, err := strconv.Atoi(s); err == nil {
		return n
	}
	return monthOf[s[:3]]
}

// calendar is a day; without a year it is the one nearest to now.
func (r *reader) calendar(year, month, day string) (time.Time, bool) {
	m := monthNumber(month)
	d, err := strconv.Atoi(day)
	if err != nil || m < 1 || m > 12 || d < 1 || d > 31 {
		return time.Time{}, false
	}
	y, err := strconv.Atoi(year)
	switch {
	case err != nil:
		y = r.now.Year()
		if off := time.Date(y, time.Month(m), d, 12, 0, 0, 0, r.now.Location()).Sub(r.now); off > 183*24*time.Hour {
			y--
		} else if off < -183*24*time.Hour {
			y++
		}
	case y < 100:
		y += 2000
	}
	return time.Date(y, time.Month(m), d, 12, 0, 0, 0, r.now.Location()), true
}

// day says a date. What is known on a day within a week may also be told by its weekday, and any by its month.
func (r *reader) day(t time.Time) {
	r.say("date", t.Format(time.DateOnly))
	if !r.wide {
		return
	}
	if off := t.Sub(r.now); off > -8*24*time.Hour && off < 8*24*time.Hour {
		r.say("date", fmt.Sprintf("weekday %d", t.Weekday()))
	}
	r.say("date", fmt.Sprintf("month %d", t.Month()))
}

var (
	timeForm = pattern(`\b([01]?\d|2[0-3]):([0-5]\d)(?::[0-5]\d)?\b(?:\s?([ap])\.?m\b)?`)
	hourForm = pattern(`\b(?:godz\w*\.?\s+)([01]?\d|2[0-3])(?:[.]([0-5]\d))?\b|\b(1[0-2]|[1-9])\s?([ap])\.?m\b`)
)

func (r *reader) times() {
	say := func(hour, minute, half string) bool {
		h, _ := strconv.Atoi(hour)
		if half == "p" && h < 12 {
			h += 12
		}
		m, _ := strconv.Atoi(minute)
		r.say("time", fmt.Sprintf("%d:%02d", h, m))
		return true
	}
	r.take(timeForm, func(g []string) bool { return say(g[1], g[2], g[3]) })
	r.take(hourForm, func(g []string) bool { return say(g[1]+g[3], g[2], g[4]) })
}

// codeForm finds what a number is the number of.
var codeForm = pattern(`\b(zam(?:owie\w*|\.)|order\w*|paczk\w*|paczc\w*|parcel\w*|przesyl\w*|shipment\w*|faktur\w*|invoice\w*)(?:\s+(?:nr|numer\w*|no|number|o numerze|about|is|id))*\.?\s*:?\s*#?\s*((?:[a-z]{1,4}[/-]?)*\d[\w/-]{3,})`)

var roles = map[string]string{"zam": "order", "ord": "order", "pac": "parcel", "par": "parcel", "prz": "parcel", "shi": "parcel", "fak": "invoice", "inv": "invoice"}

// codes keeps the number for numbers: a parcel's number told as an order's is a wrong role.
func (r *reader) codes() {
	for _, g := range codeForm().FindAllStringSubmatch(r.text, -1) {
		r.say("code", roles[g[1][:3]]+" "+code(g[2]))
	}
}

func code(s string) string { return strings.ToUpper(strings.Trim(s, "-/_")) }

var (
	spanForm = pattern(`\b` + figure + `(?:\s?|-)(?:(dni\w*|dzien|dnia|days?|godz\w*|h|hours?|min\w*|tyg\w*|weeks?|mies\w*|months?|lat|lata|latach|rok\w*|years?|szt\w*|pieces?|razy?|times?|proc\w*|percent)\b|(%))`)
	units    = map[string]string{"dn": "day", "dz": "day", "da": "day", "go": "hour", "h": "hour", "ho": "hour", "mi": "minute", "ty": "week", "we": "week", "me": "month",
		"mo": "month", "la": "year", "ro": "year", "ye": "year", "sz": "piece", "pi": "piece", "ra": "time", "ti": "time", "pr": "%", "pe": "%", "%": "%"}
	bigForm    = pattern(`\b\d{1,3}(?: \d{3})+\b`)
	numberForm = pattern(`#?\b[\w/-]*\d[\w/-]*(?:[.,]\d+)?`)
)

func (r *reader) numbers() {
	r.take(spanForm, func(g []string) bool {
		name := g[2] + g[3]
		unit := units[name[:min(2, len(name))]]
		if strings.HasPrefix(name, "mies") {
			unit = "month"
		}
		r.say("number", plainFigure(g[1])+" "+unit)
		if r.wide {
			r.say("number", plainFigure(g[1]))
		}
		return true
	})
	if r.wide {
		for _, m := range bigForm().FindAllString(r.text, -1) {
			r.say("number", plainFigure(m))
		}
	}
	r.take(numberForm, func(g []string) bool {
		n := strings.TrimPrefix(g[0], "#")
		if strings.Trim(n, "0123456789.,") == "" {
			n = plainFigure(n)
		} else if n = code(n); r.wide { // PX1234567890, FV/11/203
			r.say("number", strings.NewReplacer("-", "", "/", "").Replace(n))
		}
		r.say("number", n)
		return true
	})
}

// counts are numbers in words; one is left out, being "a" and "some" as well.
var counts = countWords()

func countWords() map[string]string {
	counts := map[string]string{}
	for n, words := range map[int]string{
		2: "dwa dwie dwaj dwoch dwom dwoma drugi druga drugie drugiego drugiej drugim dwukrotnie two second twice", 3: "trzy trzech trzem trzema trzeci trzecia trzecie trzeciego trzeciej trzykrotnie three third",
		4: "cztery czterech czterem czwarty czwarta czwarte four fourth", 5: "piec pieciu piaty piata five fifth", 6: "szesc szesciu szosty six sixth", 7: "siedem siedmiu siodmy seven seventh",
		8: "osiem osmiu osmy eight eighth", 9: "dziewiec dziewieciu dziewiaty nine ninth", 10: "dziesiec dziesieciu dziesiaty tenth", 11: "jedenascie eleven", 12: "dwanascie twelve",
		14: "czternascie czternastu fourteen", 15: "pietnascie pietnastu fifteen", 20: "dwadziescia dwudziestu twenty", 30: "trzydziesci trzydziestu thirty", 40: "czterdziesci forty", 50: "piecdziesiat fifty",
		100: "sto stu hundred", 200: "dwiescie", 300: "trzysta", 400: "czterysta", 500: "piecset", 1000: "tysiac tysiace tysiecy thousand",
	} {
		for w := range strings.FieldsSeq(words) {
			counts[w] = strconv.Itoa(n)
		}
	}
	return counts
}

var countForm = pattern(`\b[a-z]{2,12}\b`)

// counted writes numbers in words as figures.
func counted(s, lang string) string {
	return countForm().ReplaceAllStringFunc(s, func(w string) string {
		if w == "ten" && lang == "en" { // in Polish it is "this"
			return "10"
		}
		if n, ok := counts[w]; ok {
			return n
		}
		return w
	})
}
