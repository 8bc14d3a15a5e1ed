package bot

import (
	"strconv"
	"strings"
	"time"
)

// endOf is the last minute of a day.
func endOf(t time.Time) time.Time {
	return time.Date(t.Year(), t.Month(), t.Day(), 23, 59, 0, 0, t.Location())
}

// at puts a time of day on a day.
func at(day time.Time, hour, minute int) time.Time {
	return time.Date(day.Year(), day.Month(), day.Day(), hour, minute, 0, 0, day.Location())
}

// working goes n working days on.
func working(t time.Time, n int) time.Time {
	for n > 0 {
		t = t.AddDate(0, 0, 1)
		if !dayOff(t) {
			n--
		}
	}
	return t
}

// weekday goes to the next such day; the day itself counts only with "by".
func weekday(now time.Time, d time.Weekday, by, next bool) time.Time {
	n := (int(d) - int(now.Weekday()) + 7) % 7
	if n == 0 && !by {
		n = 7
	}
	if next && (int(d)+6)%7 > (int(now.Weekday())+6)%7 { // "next Friday" is not this week's
		n += 7
	}
	return now.AddDate(0, 0, n)
}

// sunday ends the week that t is in.
func sunday(t time.Time) time.Time { return t.AddDate(0, 0, (7-int(t.Weekday()))%7) }

// grammar is the words for time of one language, over folded lower-case text.
type grammar struct {
	spelt       []spelt // what is put another way first: "two days", "between 10 and 12"
	soon, later lazy    // "in a moment": an hour; "shortly": a day
	span        lazy    // a number and a unit from now
	units       map[string]string
	one         map[string]time.Duration // spans without a number
	days        map[string]int           // today, tomorrow ...
	week        map[string]time.Weekday
	weekRe      lazy // groups: preposition, next, name
	ends        []ending
	date        lazy
	months      map[string]time.Month
	clock       lazy           // groups: hour, minute, half of the day
	bare        lazy           // an hour without minutes
	dotted      lazy           // a time written like a date: "o 9.10"; nil where that is not done
	parts       map[string]int // morning: the hour by which it is over
}

type spelt struct {
	as  lazy
	put string
}

type ending struct {
	words string
	day   func(time.Time) time.Time
}

// find returns the moment a text names. real is false for "soon".
func (g grammar) find(text string, now time.Time) (due time.Time, ok, real bool) {
	for _, w := range g.spelt {
		text = w.as().ReplaceAllString(text, w.put)
	}
	if m := g.span().FindStringSubmatch(text); m != nil {
		if t, ok := g.after(m[1], m[2], now); ok {
			return t, true, true
		}
	}
	for words, d := range g.one {
		if strings.Contains(text, words) {
			return now.Add(d), true, true
		}
	}
	if g.dotted != nil {
		text = g.dotted().ReplaceAllString(text, "$1 $2:$3")
	}
	day, have := g.day(text, now)
	if h, m, ok := g.hour(g.date().ReplaceAllString(text, " ")); ok { // 06.12 is a date, not a time
		if !have {
			if day = now; !at(now, h, m).After(now) {
				day = now.AddDate(0, 0, 1)
			}
		}
		return at(day, h, m), true, true
	}
	if h, ok := g.part(text); ok {
		if !have {
			if day = now; !at(now, h, 0).After(now) {
				day = now.AddDate(0, 0, 1)
			}
		}
		return at(day, h, 0), true, true
	}
	switch {
	case have:
		return endOf(day), true, true
	case g.soon().MatchString(text):
		return now.Add(time.Hour), true, false
	case g.later().MatchString(text):
		return now.Add(24 * time.Hour), true, false
	}
	return time.Time{}, false, false
}

func (g grammar) after(number, unit string, now time.Time) (time.Time, bool) {
	n, err := strconv.Atoi(number)
	if err != nil || n < 1 || n > 366 {
		return now, false
	}
	kind := ""
	for prefix, k := range g.units {
		if strings.HasPrefix(unit, prefix) && len(prefix) > 0 && (kind == "" || k == "working") {
			kind = k
		}
	}
	switch kind {
	case "minute":
		return now.Add(time.Duration(n) * time.Minute), true
	case "hour":
		return now.Add(time.Duration(n) * time.Hour), true
	case "day":
		return endOf(now.AddDate(0, 0, n)), true
	case "working":
		return endOf(working(now, n)), true
	case "week":
		return endOf(now.AddDate(0, 0, 7*n)), true
	}
	return now, false
}

// day finds the day alone.
func (g grammar) day(text string, now time.Time) (time.Time, bool) {
	for _, e := range g.ends {
		if strings.Contains(text, e.words) {
			return e.day(now), true
		}
	}
	best, found := 0, false
	for words, n := range g.days {
		if hasWord(text, words) && (!found || n > best) { // "pojutrze" is more than "jutro"
			best, found = n, true
		}
	}
	if found {
		return now.AddDate(0, 0, best), true
	}
	if m := g.weekRe().FindStringSubmatch(text); m != nil {
		d := g.week[m[3]]
		return weekday(now, d, m[1] == "do" || m[1] == "by" || m[1] == "before" || m[1] == "until", m[2] != ""), true
	}
	return g.calendar(text, now)
}

// calendar finds "6 grudnia", "06.12", "December 6" or "2026-12-06"; a day long past means next year's.
func (g grammar) calendar(text string, now time.Time) (time.Time, bool) {
	m := g.date().FindStringSubmatch(text)
	if m == nil {
		return now, false
	}
	group := func(name string) string { return m[g.date().SubexpIndex(name)] }
	first := func(names ...string) int {
		for _, n := range names {
			if v, err := strconv.Atoi(group(n)); err == nil {
				return v
			}
		}
		return 0
	}
	d, y := first("d1", "d2", "d3", "d4"), first("y1", "y2", "y3")
	month := time.Month(first("m2", "m3"))
	for _, n := range []string{"m1", "m4"} {
		if name := group(n); name != "" {
			month = g.months[name[:3]]
		}
	}
	if d < 1 || d > 31 || month < 1 || month > 12 {
		return now, false
	}
	if y == 0 {
		y = now.Year()
		if time.Date(y, month, d, 0, 0, 0, 0, now.Location()).Before(now.AddDate(0, 0, -60)) {
			y++
		}
	}
	return time.Date(y, month, d, 12, 0, 0, 0, now.Location()), true
}

// part is the hour by which the named part of the day is over, the latest where several are named.
func (g grammar) part(text string) (hour int, ok bool) {
	for words, h := range g.parts {
		if strings.Contains(text, words) {
			hour, ok = max(hour, h), true
		}
	}
	return hour, ok
}

func (g grammar) hour(text string) (h, m int, ok bool) {
	if c := g.clock().FindStringSubmatch(text); c != nil {
		h, _ = strconv.Atoi(c[1])
		m, _ = strconv.Atoi(c[2])
		return half(h, c[3]), m, h < 24 && m < 60
	}
	if c := g.bare().FindStringSubmatch(text); c != nil {
		h, _ = strconv.Atoi(c[1])
		h = half(h, c[2])
		return h, 0, h >= 6 && h <= 23
	}
	return 0, 0, false
}

func half(h int, mark string) int {
	switch {
	case strings.HasPrefix(mark, "p") && h < 12:
		return h + 12
	case strings.HasPrefix(mark, "a") && h == 12:
		return 0
	}
	return h
}

func hasWord(text, word string) bool {
	for i := 0; ; {
		j := strings.Index(text[i:], word)
		if j < 0 {
			return false
		}
		j += i
		end := j + len(word)
		if (j == 0 || !letter(text[j-1])) && (end == len(text) || !letter(text[end])) {
			return true
		}
		i = end
	}
}

func letter(c byte) bool { return 'a' <= c && c <= 'z' || c >= 0x80 }

func duePL(text string, now time.Time) (time.Time, bool, bool) { return grammarPL.find(text, now) }

func dueEN(text string, now time.Time) (time.Time, bool, bool) { return grammarEN.find(text, now) }
