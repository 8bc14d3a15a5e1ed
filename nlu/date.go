package nlu

import (
	"regexp"
	"strconv"
	"strings"
	"time"
)

var (
	isoDate   = regexp.MustCompile(`\b(20\d{2})-(\d{2})-(\d{2})\b`)
	pointDate = regexp.MustCompile(`\b(\d{1,2})[./](\d{1,2})(?:[./](20\d{2}|\d{2}))?\b`)
	monthDate = regexp.MustCompile(`(?i)\b(\d{1,2})(?:-?go|st|nd|rd|th|\.)?\s+(?:of\s+)?(\p{L}{3,12})(?:\s+(20\d{2}))?`)
)

// months by the first three folded letters, Polish and English; "maja", "may" and "mar" need care.
var months = map[string]time.Month{"sty": 1, "jan": 1, "lut": 2, "feb": 2, "mar": 3, "kwi": 4, "apr": 4, "maj": 5, "may": 5,
	"cze": 6, "jun": 6, "lip": 7, "jul": 7, "sie": 8, "aug": 8, "wrz": 9, "sep": 9, "paz": 10, "oct": 10, "lis": 11,
	"nov": 11, "gru": 12, "dec": 12}

// monthWords are beginnings that a month's name may have, so that "10 marek" is no date.
var monthWords = strings.Fields("stycz januar lut februar marca marzec march kwie april maja maj may czerw june lipca lipiec " +
	"july sierp august wrzes septem pazdz octob listopad novem grud decem jan feb apr jun jul aug sep oct nov dec")

func (f *finder) dates() {
	for _, m := range isoDate.FindAllStringSubmatchIndex(f.text, -1) {
		f.day(m, group(f.text, m, 1), group(f.text, m, 2), group(f.text, m, 3))
	}
	for _, m := range pointDate.FindAllStringSubmatchIndex(f.text, -1) {
		if edges(f.text, m[0], m[1]) && !hours(f.text, m) {
			f.day(m, group(f.text, m, 3), group(f.text, m, 2), group(f.text, m, 1))
		}
	}
	for _, m := range monthDate.FindAllStringSubmatchIndex(f.text, -1) {
		w := fold(group(f.text, m, 2))
		for _, p := range monthWords {
			if strings.HasPrefix(w, p) && (len(p) > 3 || w == p || p == "maj" && w == "maja" || p == "lut" && strings.HasPrefix(w, "luty") || w == "lutego") {
				f.day(m, group(f.text, m, 3), strconv.Itoa(int(months[w[:3]])), group(f.text, m, 1))
				break
			}
		}
	}
}

// hours tells whether "10.30" is a time of day or an amount: the word before or after says so.
func hours(s string, m []int) bool {
	if m[6] >= 0 {
		return false
	}
	before := strings.Fields(fold(s[max(0, m[0]-12):m[0]]))
	after := strings.TrimSpace(fold(clip(s[m[1]:], 8)))
	for _, w := range []string{"zl", "pln", "eur", "h", "%", "-"} {
		if strings.HasPrefix(after, w) {
			return true
		}
	}
	if n := len(before); n > 0 {
		switch before[n-1] {
		case "o", "godz", "godz.", "godzinie", "po", "at", "rozmiar":
			return true
		}
	}
	return strings.Contains(s[m[0]:m[1]], "/") && len(s) > m[1] && letter(rune(s[m[1]]))
}

// day puts a date, as 2006-01-02. Without a year it is the one nearest to now; without now it has
// none: --01-02 as in ISO 8601 of old.
func (f *finder) day(m []int, year, month, day string) {
	mo, _ := strconv.Atoi(month)
	d, _ := strconv.Atoi(day)
	if mo < 1 || mo > 12 || d < 1 || d > 31 {
		return
	}
	if year == "" && f.now.IsZero() {
		f.put("date", "--"+two(mo)+"-"+two(d), m[0], m[1])
		return
	}
	y, _ := strconv.Atoi(year)
	switch {
	case year == "":
		y = f.now.Year()
		if t := time.Date(y, time.Month(mo), d, 12, 0, 0, 0, time.UTC); t.Sub(f.now) > 182*24*time.Hour {
			y--
		} else if f.now.Sub(t) > 183*24*time.Hour {
			y++
		}
	case y < 100:
		y += 2000
	}
	if t := time.Date(y, time.Month(mo), d, 0, 0, 0, 0, time.UTC); t.Day() == d {
		f.put("date", t.Format(time.DateOnly), m[0], m[1])
	}
}

func two(n int) string { return string([]byte{'0' + byte(n/10), '0' + byte(n%10)}) }

// relative are words for days, folded, as days from now.
var relative = map[string]int{"dzis": 0, "dzisiaj": 0, "dzisiejszy": 0, "dzisiejsza": 0, "jutro": 1, "jutra": 1, "pojutrze": 2,
	"wczoraj": -1, "przedwczoraj": -2, "today": 0, "tomorrow": 1, "yesterday": -1, "tonight": 0}

// weekdays are words for days of the week, folded.
var weekdays = weekdayWords()

func weekdayWords() map[string]time.Weekday {
	m := map[string]time.Weekday{}
	for i, list := range []string{"niedziela niedziele niedzieli sunday nd", "poniedzialek poniedzialku poniedzialkowy monday pon",
		"wtorek wtorku tuesday", "sroda srode srody sr wednesday", "czwartek czwartku thursday czw",
		"piatek piatku friday pt", "sobota sobote soboty saturday"} {
		for w := range strings.FieldsSeq(list) {
			m[w] = time.Weekday(i)
		}
	}
	return m
}

// spans are units of time, folded, in days.
var spans = map[string]int{"dzien": 1, "dni": 1, "dnia": 1, "day": 1, "days": 1, "tydzien": 7, "tygodnie": 7, "tygodni": 7,
	"tyg": 7, "week": 7, "weeks": 7, "miesiac": 30, "miesiace": 30, "miesiecy": 30, "month": 30, "months": 30}

var numerals = map[string]int{"jeden": 1, "dwa": 2, "dwie": 2, "trzy": 3, "cztery": 4, "piec": 5, "szesc": 6, "siedem": 7,
	"osiem": 8, "dziewiec": 9, "dziesiec": 10, "pare": 2, "kilka": 3, "a": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5,
	"six": 6, "seven": 7, "ten": 10}

// days finds dates said relative to now.
func (f *finder) days() {
	for n := range f.s.words {
		t := f.s.at(n)
		if d, ok := relative[t.fold]; ok {
			f.relative(d, t.fold, t.start, t.end)
			continue
		}
		if d, ok := weekdays[t.fold]; ok && (len(t.fold) > 3 || n > 0 && f.s.at(n-1).fold == "w") {
			f.weekday(n, d)
			continue
		}
		f.span(n)
	}
}

func (f *finder) relative(days int, word string, start, end int) {
	v := word
	if !f.now.IsZero() {
		v = f.now.AddDate(0, 0, days).Format(time.DateOnly)
	}
	f.put("date", v, start, end)
}

// span reads "za 3 dni", "3 dni temu", "tydzień temu", "in two weeks", "a week ago".
func (f *finder) span(n int) {
	unit, ok := spans[f.s.at(n).fold]
	if !ok {
		return
	}
	count, from := 1, n
	if n > 0 {
		p := f.s.at(n - 1)
		if v, ok := numerals[p.fold]; ok {
			count, from = v, n-1
		} else if v, err := strconv.Atoi(p.fold); err == nil && v < 1000 {
			count, from = v, n-1
		}
	}
	start, end := f.s.at(from).start, f.s.at(n).end
	if from > 0 {
		if w := f.s.at(from - 1); w.fold == "za" || w.fold == "in" {
			f.relative(count*unit, f.text[w.start:end], w.start, end)
			return
		}
	}
	if n+1 < len(f.s.words) {
		if w := f.s.at(n + 1); w.fold == "temu" || w.fold == "ago" {
			f.relative(-count*unit, f.text[start:w.end], start, w.end)
		}
	}
}

// pastWords show that a day of the week is one that has been.
var pastWords = set("mial miala mialo mialy byla bylo byl byly zeszly zeszla zeszlym ostatni ostatnia ubiegly ubiegla last was " +
	"minal minela od since supposed")

// weekday puts a day of the week: the last one where the sentence speaks of the past, else the next.
func (f *finder) weekday(n int, d time.Weekday) {
	t := f.s.at(n)
	if f.now.IsZero() {
		f.put("date", t.fold, t.start, t.end)
		return
	}
	ahead := (int(d) - int(f.now.Weekday()) + 7) % 7
	past := false
	for i := n - 1; i >= 0 && i >= n-5 && !f.s.ends(i, i+1); i-- {
		w := f.s.at(i).fold
		past = past || pastWords[w] || strings.HasSuffix(w, "lam") || strings.HasSuffix(w, "lem") && !nouns[w]
	}
	if past {
		ahead = (ahead+6)%7 - 6
		if ahead == 0 && d != f.now.Weekday() {
			ahead = -7
		}
	}
	f.put("date", f.now.AddDate(0, 0, ahead).Format(time.DateOnly), t.start, t.end)
}
