package bot

import (
	"fmt"
	"strings"
	"time"

	"tandem"
)

var (
	monthsPL   = strings.Fields("stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada grudnia")
	weekdaysPL = [...]string{"w niedzielę", "w poniedziałek", "we wtorek", "w środę", "w czwartek", "w piątek", "w sobotę"}
	shortPL    = [...]string{"niedz.", "pon.", "wt.", "śr.", "czw.", "pt.", "sob."}
	shortEN    = [...]string{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"}
)

func sameDay(a, b time.Time) bool { return a.Format(time.DateOnly) == b.Format(time.DateOnly) }

// date is a day without a weekday: "23 listopada", "23 November".
func date(lang string, t time.Time) string {
	if lang == "en" {
		return t.Format("2 January")
	}
	return fmt.Sprintf("%d %s", t.Day(), monthsPL[t.Month()-1])
}

// dayOf is a day as people say it: today, tomorrow, yesterday, a weekday of the coming week, a date.
func dayOf(lang string, t, now time.Time) string {
	t = t.In(now.Location())
	pl := lang != "en"
	for shift, words := range map[int][2]string{0: {"dziś", "today"}, 1: {"jutro", "tomorrow"}, -1: {"wczoraj", "yesterday"}} {
		if sameDay(t, now.AddDate(0, 0, shift)) {
			if pl {
				return words[0]
			}
			return words[1]
		}
	}
	if t.After(now) && t.Before(now.AddDate(0, 0, 6)) {
		if pl {
			return weekdaysPL[t.Weekday()]
		}
		return "on " + t.Format("Monday")
	}
	if pl {
		return date(lang, t)
	}
	return "on " + date(lang, t)
}

// clock is a time of day: "9:00".
func clock(t time.Time) string { return fmt.Sprintf("%d:%02d", t.Hour(), t.Minute()) }

// when is a day and a time: "jutro o 9:00".
func when(lang string, t, now time.Time) string {
	t = t.In(now.Location())
	if lang == "en" {
		return dayOf(lang, t, now) + " at " + clock(t)
	}
	return dayOf(lang, t, now) + " o " + clock(t)
}

// until is a day with the time by which something happens; midnight says nothing and is left out.
func until(lang string, t, now time.Time) string {
	if t.Hour() == 0 && t.Minute() == 0 || t.Hour() == 23 && t.Minute() == 59 {
		return dayOf(lang, t, now)
	}
	if lang == "en" {
		return dayOf(lang, t, now) + " by " + clock(t)
	}
	return dayOf(lang, t, now) + " do " + clock(t)
}

// hours words a week, Monday first; days with the same hours are put together.
func hours(lang string, h tandem.Hours) string {
	short := shortPL
	if lang == "en" {
		short = shortEN
	}
	span := func(s tandem.Span) string {
		return fmt.Sprintf("%d:%02d–%d:%02d", s.From/60, s.From%60, s.To/60, s.To%60)
	}
	var parts []string
	for i := 0; i < 7; {
		s := h.Week[(i+1)%7]
		j := i
		for j+1 < 7 && h.Week[(j+2)%7] == s {
			j++
		}
		if s.From != s.To {
			name := short[(i+1)%7]
			switch {
			case i == 0 && j == 6 && lang == "en":
				name = "every day"
			case i == 0 && j == 6:
				name = "codziennie"
			case j > i:
				name += "–" + short[(j+1)%7]
			}
			if i == 0 && j == 6 && s == (tandem.Span{To: 24 * 60}) {
				return pick(lang, "całą dobę", "around the clock")
			}
			parts = append(parts, name+" "+span(s))
		}
		i = j + 1
	}
	return strings.Join(parts, ", ")
}
