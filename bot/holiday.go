package bot

import "time"

// fixed are the days on which nobody works in Poland, month and day (act of 18 January 1951 on days off
// work; 24 December since 2025, Dz.U. 2024 poz. 1965).
var fixed = map[[2]int]bool{{1, 1}: true, {1, 6}: true, {5, 1}: true, {5, 3}: true, {8, 15}: true, {11, 1}: true, {11, 11}: true, {12, 24}: true, {12, 25}: true, {12, 26}: true}

// dayOff tells whether nobody works on a day: at weekends and, where the company is in Poland, on public
// holidays.
func dayOff(t time.Time) bool {
	if t.Weekday() == time.Saturday || t.Weekday() == time.Sunday {
		return true
	}
	if t.Location().String() != "Europe/Warsaw" {
		return false
	}
	e := easter(t.Year())
	day := time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, time.UTC)
	monday, corpusChristi := e.AddDate(0, 0, 1), e.AddDate(0, 0, 60)
	return fixed[[2]int{int(t.Month()), t.Day()}] || day.Equal(monday) || day.Equal(corpusChristi)
}

// easter is Easter Sunday by the Gregorian rule (Meeus, Jones and Butcher).
func easter(year int) time.Time {
	a, b, c := year%19, year/100, year%100
	d, e, f := b/4, b%4, (b+8)/25
	g := (b - f + 1) / 3
	h := (19*a + b - d - g + 15) % 30
	i, k := c/4, c%4
	l := (32 + 2*e + 2*i - h - k) % 7
	m := (a + 11*h + 22*l) / 451
	n := h + l - 7*m + 114
	return time.Date(year, time.Month(n/31), n%31+1, 0, 0, 0, 0, time.UTC)
}
